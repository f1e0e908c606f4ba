"""Taking goods from where the book says they are, and accepting it when they were not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from depot.base.dates import UNDATED
from depot.base.errors import HeldBack, OnHold, PastUseBy
from depot.base.kinds import DiscrepancyKind
from depot.kernel.draft import Draft
from depot.kernel.holdings import Holding
from depot.kernel.lookups import FixedPlaces, ItemRow, LotKey, find_or_make_lots
from depot.kernel.once import Work
from depot.kernel.promises.waiting import waiting_elsewhere
from depot.ledger.choice.booking import Booking, Pick, Stock, book_exact, book_fefo
from depot.ledger.doubts.questions import PastItsDay
from depot.ledger.entries import Place


def keep_free(held: Sequence[Holding], on: date) -> list[Holding]:
    """Leave out what is not handed out on that day without a question."""
    return [holding for holding in held if holding.may_go_out(on).is_free]


def refuse_unsafe(held: Sequence[Holding], on: date) -> None:
    """Raise PastUseBy or OnHold for the first holding that must not be handed out on that day."""
    for holding in held:
        verdict = holding.may_go_out(on)
        if verdict.answer == "no":
            if holding.held_because is not None:
                raise HeldBack(item=holding.item_name, why=holding.held_because)
            if verdict.reason == "held" or holding.date_on is None:
                raise OnHold(item=holding.item_name)
            raise PastUseBy(item=holding.item_name, date=holding.date_on)


def let_go(draft: Draft, held: Sequence[Holding]) -> None:
    """Let all of these goods go out, and have what is not free looked at.

    What must not go out is refused, and of what is past its day a reason is asked; what happened
    already is booked. Raises PastUseBy or OnHold.
    """
    on = draft.work.occurred_on
    if not draft.work.is_fact:
        refuse_unsafe(held, on)
    for holding in held:
        _ask_about(draft, holding, holding.stock.quantity, is_certain=True)


def _ask_about(draft: Draft, holding: Holding, quantity: int, *, is_certain: bool) -> None:
    """Have goods looked at that go out, or probably did, and are not free; once for all of a date.

    Whoever hands out goods past their day without a note is asked first, if it is still to be done.
    """
    work = draft.work
    verdict = holding.may_go_out(work.occurred_on)
    if verdict.is_free:
        return
    if verdict.answer == "asked" and not draft.note and work.is_attended and not work.is_fact:
        work.doubt(PastItsDay(item=holding.item_name, date=verdict.until))
    unsafe: DiscrepancyKind = "unsafe_out" if is_certain else "unsafe_likely"
    is_held = verdict.reason == "held"
    draft.discrepancy(
        unsafe if verdict.answer == "no" else "past_day_out",
        item_id=holding.stock.item_id,
        location_id=holding.stock.place.id,
        actual=quantity,
        detail="" if is_held or holding.date_on is None else holding.date_on.isoformat(),
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
        work = draft.work
        # nothing is fetched where nothing is promised: then nothing is asked
        self._fetched: Mapping[tuple[int, int], int] = (
            waiting_elsewhere(work.session, work.depot_id, draft.event_id or 0)
            if work.head.has_promises
            else {}
        )

    def book(
        self,
        item_id: int,
        wanted: int,
        at: Collection[int] | None = None,
        lot_id: int | None = None,
    ) -> Booking:
        """Choose lots FEFO (or the one lot) at the locations given, of what is free first.

        What was fetched for other events is left alone as long as there is more.
        Where that is not enough and goods past their day are there too, they go, and a reason is
        asked. Where only what must not go out is left, an act is stopped: raises PastUseBy or
        OnHold. Of what happened already they are what most likely went out, and are looked at.
        """
        booking = Booking((), wanted)
        for fetched in (self._fetched, {}) if self._fetched else ({},):
            here = self._here(item_id, at, lot_id)
            free = keep_free(here, self._draft.work.occurred_on)
            more = choose_lots(without(free, fetched), booking.shortfall, lot_id)
            self._lower(more)
            booking = Booking((*booking.picks, *more.picks), more.shortfall)
            if not booking.shortfall:
                return booking
        others = [
            holding
            for holding in here
            # what is set apart somewhere is not what was at hand
            if holding not in free and (at is not None or not free or not holding.is_apart)
        ]
        return self._book_others(booking, others, lot_id, is_certain=not free)

    def _here(self, item_id: int, at: Collection[int] | None, lot_id: int | None) -> list[Holding]:
        return [
            holding
            for holding in self._held
            if holding.stock.item_id == item_id
            and (at is None or holding.stock.place.id in at)
            and lot_id in (None, holding.stock.lot_id)
        ]

    def book_there(
        self, item_id: int, wanted: int, spots: Mapping[tuple[int, int], int]
    ) -> Booking:
        """Choose lots that lie ready, by location and lot: so much of each, as far as it is free.

        What is lacking is no shortfall to complain of: `book` looks for it elsewhere.
        """
        on = self._draft.work.occurred_on
        ready = [
            Pick(holding.stock, quantity)
            for holding in keep_free(self._held, on)
            if holding.stock.item_id == item_id
            and (quantity := spots.get((holding.stock.place.id, holding.stock.lot_id), 0)) > 0
        ]
        picks: list[Pick] = []
        for stock, quantity in ready:
            taken = min(quantity, stock.quantity, wanted)
            if taken > 0:
                picks.append(Pick(stock, taken))
                wanted -= taken
        booking = Booking(tuple(picks), wanted)
        self._lower(booking)
        return booking

    def _book_others(
        self, booking: Booking, others: Sequence[Holding], lot_id: int | None, *, is_certain: bool
    ) -> Booking:
        """Book what is still wanted from goods that are not free: those past their day first."""
        work = self._draft.work
        others = [holding for holding in others if holding.stock.quantity]
        late = [one for one in others if one.may_go_out(work.occurred_on).answer == "asked"]
        unsafe = [one for one in others if one not in late]
        for held in (late, unsafe):
            if not work.is_fact and booking.shortfall:
                refuse_unsafe(held, work.occurred_on)
            more = choose_lots(held, booking.shortfall, lot_id)
            self._lower(more)
            for pick in more.picks:
                holding = next(one for one in held if one.stock is pick.stock)
                _ask_about(self._draft, holding, pick.quantity, is_certain=is_certain)
            booking = Booking((*booking.picks, *more.picks), more.shortfall)
        return booking

    def _lower(self, booking: Booking) -> None:
        taken = {(stock.place.id, stock.lot_id): quantity for stock, quantity in booking.picks}
        self._held = [
            replace(
                one, stock=_less(one.stock, taken.get((one.stock.place.id, one.stock.lot_id), 0))
            )
            for one in self._held
        ]


def without(held: Sequence[Holding], fetched: Mapping[tuple[int, int], int]) -> list[Holding]:
    """Return the holdings less what was fetched from them, by location and lot."""
    left = []
    for one in held:
        quantity = one.stock.quantity - fetched.get((one.stock.place.id, one.stock.lot_id), 0)
        if quantity > 0:
            left.append(replace(one, stock=replace(one.stock, quantity=quantity)))
    return left


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
