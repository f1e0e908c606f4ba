"""Taking goods from where the book says they are, and accepting it when they were not there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

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
    use_by: date | None


def holdings(
    work: Work, *, at: Collection[int] | None = None, items: Collection[int] | None = None
) -> list[Holding]:
    """Return what lies at the given locations (None: anywhere) of the given items (None: all)."""
    statement: Select[tuple[StockBalance, Lot, str, str, int]] = (
        select(StockBalance, Lot, Location.kind, Item.name, Category.best_before_extension_days)
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Location, Location.id == StockBalance.location_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(StockBalance.depot_id == work.depot_id, StockBalance.quantity > 0)
        .order_by(StockBalance.location_id, StockBalance.lot_id)
    )
    if at is not None:
        statement = statement.where(StockBalance.location_id.in_(at))
    if items is not None:
        statement = statement.where(StockBalance.item_id.in_(items))
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
            lot.date_on if lot.date_kind == "use_by" else None,
        )
        for balance, lot, kind, name, extension in work.session.execute(statement)
    ]


def safe_to_hand_out(held: Sequence[Holding], on: date) -> list[Holding]:
    """Leave out what must not be handed out on that day: past use-by, or in quarantine."""
    return [
        holding
        for holding in held
        if holding.stock.place.kind != "quarantine"
        and (holding.use_by is None or holding.use_by >= on)
    ]


def refuse_unsafe(held: Sequence[Holding], on: date) -> None:
    """Raise PastUseBy or OnHold for the first holding that must not be handed out on that day."""
    for holding in held:
        if holding.use_by is not None and holding.use_by < on:
            raise PastUseBy(item=holding.item_name, date=holding.use_by)
        if holding.stock.place.kind == "quarantine":
            raise OnHold(item=holding.item_name)


def book(held: Sequence[Holding], wanted: int, lot_id: int | None = None) -> Booking:
    """Choose lots FEFO, or exactly the one lot named."""
    stocks = [holding.stock for holding in held]
    return fefo(stocks, wanted) if lot_id is None else exact(stocks, wanted, lot_id)


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
