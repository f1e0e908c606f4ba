"""Taking goods from where the book says they are, and accepting it when they were not there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import CTE, ColumnElement, Select, exists, select

from depot.commands.base import Work
from depot.commands.draft import Draft
from depot.commands.lookups import House, ItemRow, LotKey, find_or_make_lots
from depot.dates import UNDATED, give_out_until
from depot.errors import OnHold, PastUseBy
from depot.ledger.booking import Booking, Stock, exact, fefo
from depot.ledger.entries import Place
from depot.models import Category, Item, Location, Lot, StockBalance


@dataclass(frozen=True, slots=True)
class Holding:
    """One lot at one place, with what food safety needs to know of it."""

    stock: Stock
    item_name: str
    base_unit: str
    use_by: date | None
    on_hold: bool


def within(work: Work, roots: Collection[int]) -> CTE:
    """Return, as rows (root, id), the locations given and all that stands in them, however deep.

    A crate's contents are those of the crates on it too; a shelf's are those of its crates.
    """
    inside = (
        select(Location.id.label("root"), Location.id.label("id"))
        .where(Location.depot_id == work.depot_id, Location.id.in_(roots))
        .cte("within", recursive=True)
    )
    return inside.union(
        select(inside.c.root, Location.id).join(
            inside, (Location.parent_id == inside.c.id) & (Location.depot_id == work.depot_id)
        )
    )


def holdings(
    work: Work,
    *,
    at: Collection[int] | Select[int] | None = None,
    items: Collection[int] | None = None,
) -> list[Holding]:
    """Return what lies at the given locations (None: anywhere) of the given items (None: all)."""
    wanted: list[ColumnElement[bool]] = [
        StockBalance.depot_id == work.depot_id,
        StockBalance.quantity > 0,
    ]
    if at is not None:
        wanted.append(StockBalance.location_id.in_(at))
    if items is not None:
        wanted.append(StockBalance.item_id.in_(items))
    statement: Select[StockBalance, Lot, str, str, str, int, bool] = (
        select(
            StockBalance,
            Lot,
            Location.kind,
            Item.name,
            Item.base_unit,
            Category.best_before_extension_days,
            _in_quarantine(wanted),
        )
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Location, Location.id == StockBalance.location_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(*wanted)
        .order_by(StockBalance.location_id, StockBalance.lot_id)
    )
    return [
        Holding(
            Stock(
                Place(balance.location_id, kind),
                balance.lot_id,
                balance.item_id,
                balance.quantity,
                give_out_until(lot.date_kind, lot.date_on, extension),
                lot.first_received_on,
            ),
            name,
            unit,
            lot.date_on if lot.date_kind == "use_by" else None,
            bool(on_hold),
        )
        for balance, lot, kind, name, unit, extension, on_hold in work.session.execute(statement)
    ]


def _in_quarantine(wanted: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Say whether a balance lies in quarantine: at such a place or in a crate that stands there."""
    above = (
        select(Location.id.label("start"), Location.parent_id, Location.kind)
        .where(Location.id.in_(select(StockBalance.location_id).where(*wanted)))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(above.c.start, Location.parent_id, Location.kind).join(
            above, Location.id == above.c.parent_id
        )
    )
    return exists(
        select(above.c.start)
        .where(above.c.start == StockBalance.location_id, above.c.kind == "quarantine")
        .correlate(StockBalance)
    )


def safe_to_hand_out(held: Sequence[Holding], on: date) -> list[Holding]:
    """Leave out what must not be handed out on that day: past use-by, or in quarantine."""
    return [
        holding
        for holding in held
        if not holding.on_hold and (holding.use_by is None or holding.use_by >= on)
    ]


def refuse_unsafe(held: Sequence[Holding], on: date) -> None:
    """Raise PastUseBy or OnHold for the first holding that must not be handed out on that day."""
    for holding in held:
        if holding.use_by is not None and holding.use_by < on:
            raise PastUseBy(item=holding.item_name, date=holding.use_by)
        if holding.on_hold:
            raise OnHold(item=holding.item_name)


def book(held: Sequence[Holding], wanted: int, lot_id: int | None = None) -> Booking:
    """Choose lots FEFO, or exactly the one lot named."""
    stocks = [holding.stock for holding in held]
    return fefo(stocks, wanted) if lot_id is None else exact(stocks, wanted, lot_id)


class Pool:
    """Stock that several lines of one document book from, so that nothing is booked twice."""

    def __init__(self, held: Sequence[Holding], on: date) -> None:
        self._held = list(held)
        self._on = on

    def book(
        self,
        item_id: int,
        wanted: int,
        at: Collection[int] | None = None,
        lot_id: int | None = None,
    ) -> Booking:
        """Choose lots FEFO (or the one lot) at the locations given, never what is unsafe.

        Raises PastUseBy or OnHold if the only stock there is must not be handed out.
        """
        here = [
            holding
            for holding in self._held
            if holding.stock.item_id == item_id
            and (at is None or holding.stock.place.id in at)
            and lot_id in (None, holding.stock.lot_id)
        ]
        safe = safe_to_hand_out(here, self._on)
        if not safe:
            refuse_unsafe(here, self._on)
        booking = book(safe, wanted, lot_id)
        self._lower(booking)
        return booking

    def _lower(self, booking: Booking) -> None:
        taken = {id(pick.stock): pick.quantity for pick in booking.picks}
        self._held = [
            replace(holding, stock=_less(holding.stock, taken.get(id(holding.stock), 0)))
            for holding in self._held
        ]


def _less(stock: Stock, quantity: int) -> Stock:
    return replace(stock, quantity=stock.quantity - quantity) if quantity else stock


def take(
    draft: Draft,
    rooms: House,
    item: ItemRow,
    booking: Booking,
    target: Place,
    at: Place | None,
) -> None:
    """Add a booking's moves to the draft; what the book did not have comes from count variance.

    The shortfall becomes a discrepancy naming the place (`at`), what the book said there and what
    was taken. Its lot is the last lot picked, else one of unknown origin.
    """
    for stock, quantity in booking.picks:
        draft.move(item.id, stock.lot_id, stock.place, target, quantity)
    if booking.shortfall:
        found = sum(quantity for _, quantity in booking.picks)
        lot_id = booking.picks[-1].stock.lot_id if booking.picks else unknown_lot(draft.work, item)
        draft.move(item.id, lot_id, rooms["count_variance"], target, booking.shortfall)
        draft.discrepancy(
            "short_stock",
            item_id=item.id,
            location_id=at.id if at else None,
            expected=found,
            actual=found + booking.shortfall,
        )


def unknown_lot(work: Work, item: ItemRow) -> int:
    """Return the item's lot for goods of which nobody knows where they came from."""
    key = LotKey(item.id, "other")
    return find_or_make_lots(work, [(key, UNDATED)])[key]
