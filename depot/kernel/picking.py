"""Taking goods from where the book says they are, and accepting it when they were not there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from depot.base.dates import UNDATED
from depot.base.errors import OnHold, PastUseBy
from depot.kernel.draft import Draft
from depot.kernel.holdings import Holding
from depot.kernel.lookups import FixedPlaces, ItemRow, LotKey, find_or_make_lots
from depot.kernel.once import Work
from depot.ledger.booking import Booking, Stock, book_exact, book_fefo
from depot.ledger.entries import Place


def keep_safe(held: Sequence[Holding], on: date) -> list[Holding]:
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


def let_go(draft: Draft, held: Sequence[Holding]) -> None:
    """Let all of these goods go out: what is unsafe is refused, or, as a fact, asked about.

    Raises PastUseBy or OnHold.
    """
    on = draft.work.occurred_on
    if not draft.work.is_fact:
        refuse_unsafe(held, on)
    safe = keep_safe(held, on)
    for holding in held:
        if holding not in safe:
            _ask_about(draft, holding, holding.stock.quantity, is_certain=True)


def _ask_about(draft: Draft, holding: Holding, quantity: int, *, is_certain: bool) -> None:
    """Ask about goods that went out, or probably did, and must not; once for all of a date."""
    draft.discrepancy(
        "unsafe_out" if is_certain else "unsafe_likely",
        item_id=holding.stock.item_id,
        location_id=holding.stock.place.id,
        actual=quantity,
        detail="" if holding.on_hold or holding.use_by is None else holding.use_by.isoformat(),
    )


def choose_lots(held: Sequence[Holding], wanted: int, lot_id: int | None = None) -> Booking:
    """Choose lots FEFO, or exactly the one lot named."""
    stocks = [holding.stock for holding in held]
    return book_fefo(stocks, wanted) if lot_id is None else book_exact(stocks, wanted, lot_id)


class Pool:
    """Stock that several lines of one document book from, so that nothing is booked twice."""

    def __init__(self, draft: Draft, held: Sequence[Holding]) -> None:
        self._draft = draft
        self._held = list(held)

    def book(
        self,
        item_id: int,
        wanted: int,
        at: Collection[int] | None = None,
        lot_id: int | None = None,
    ) -> Booking:
        """Choose lots FEFO (or the one lot) at the locations given, what is safe first.

        Where that is not enough and unsafe goods are there too, an act is stopped: raises PastUseBy
        or OnHold. Of what happened already they are what most likely went out, and are asked about.
        """
        here = [
            holding
            for holding in self._held
            if holding.stock.item_id == item_id
            and (at is None or holding.stock.place.id in at)
            and lot_id in (None, holding.stock.lot_id)
        ]
        safe = keep_safe(here, self._draft.work.occurred_on)
        booking = choose_lots(safe, wanted, lot_id)
        self._lower(booking)
        if not booking.shortfall:
            return booking
        unsafe = [
            holding
            for holding in here
            # what is set apart somewhere is not what was at hand
            if holding not in safe and (at is not None or not safe or not holding.on_hold)
        ]
        return self._book_unsafe(booking, unsafe, lot_id, is_certain=not safe)

    def _book_unsafe(
        self, booking: Booking, unsafe: Sequence[Holding], lot_id: int | None, *, is_certain: bool
    ) -> Booking:
        work = self._draft.work
        unsafe = [holding for holding in unsafe if holding.stock.quantity]
        if not work.is_fact:
            refuse_unsafe(unsafe, work.occurred_on)
        more = choose_lots(unsafe, booking.shortfall, lot_id)
        self._lower(more)
        for pick in more.picks:
            holding = next(one for one in unsafe if one.stock is pick.stock)
            _ask_about(self._draft, holding, pick.quantity, is_certain=is_certain)
        return Booking((*booking.picks, *more.picks), more.shortfall)

    def _lower(self, booking: Booking) -> None:
        taken = {id(pick.stock): pick.quantity for pick in booking.picks}
        self._held = [
            replace(holding, stock=_less(holding.stock, taken.get(id(holding.stock), 0)))
            for holding in self._held
        ]


def _less(stock: Stock, quantity: int) -> Stock:
    return replace(stock, quantity=stock.quantity - quantity) if quantity else stock


def draft_moves(
    draft: Draft,
    rooms: FixedPlaces,
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
        lot_id = (
            booking.picks[-1].stock.lot_id if booking.picks else get_unknown_lot(draft.work, item)
        )
        draft.move(item.id, lot_id, rooms["count_variance"], target, booking.shortfall)
        draft.discrepancy(
            "short_stock",
            item_id=item.id,
            location_id=at.id if at else None,
            expected=found,
            actual=found + booking.shortfall,
        )


def get_unknown_lot(work: Work, item: ItemRow) -> int:
    """Return the item's lot for goods of which nobody knows where they came from."""
    key = LotKey(item.id, "other")
    return find_or_make_lots(work, [(key, UNDATED)])[key]
