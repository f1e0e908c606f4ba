"""Goods are fetched for an event: by a crate that is scanned, or by lines; or put back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.errors import EventState, Invalid
from depot.base.text import N_
from depot.base.units import MAX_QUANTITY, Measure
from depot.distribution.errors import NotHereToPick, NotOnTheList, OtherUnit
from depot.distribution.event_state import load_event
from depot.distribution.picked import picked_for, refuse_past
from depot.distribution.reserving import reserve_plan
from depot.kernel.answers import Answer
from depot.kernel.holdings import Holding, load_holdings, places_within
from depot.kernel.lookups import (
    CrateRow,
    ItemRef,
    ItemRow,
    find_items,
    look_up_places,
    need_crate,
    need_items,
)
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import keep_free, without
from depot.kernel.promises.reserving import handed_out_at
from depot.kernel.promises.waiting import Picked, add_picks, waiting_elsewhere
from depot.ledger.choice.booking import book_fefo
from depot.ledger.facts import Spot
from depot.models import DistributionEvent, PlannedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PickLine:
    """So many of an item were fetched, from anywhere or from the place or crate named."""

    item: ItemRef
    quantity: int
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PickGoods:
    """Fetched for an event: what is wanted of a crate that was scanned, or lines.

    With `instead_of` it was taken in place of that item, which is planned.
    """

    command_id: UUID
    event_id: int = 0
    crate_code: str | None = None
    lines: tuple[PickLine, ...] = ()
    instead_of: ItemRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedLine:
    """So much of an item was fetched."""

    item_id: int
    item: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedGoods(Answer):
    """What was fetched, by item."""

    event_id: int
    crate_code: str | None = None
    instead_of: str | None = None
    lines: tuple[PickedLine, ...] = ()


def pick_goods(command: PickGoods, actor: Actor, clock: Clock = utc_now) -> Outcome[PickedGoods]:
    """Write down what was fetched for an event; nothing is moved until it is handed out.

    Lots are chosen oldest date first, of what may go out on the day of the event and was fetched
    for none. What was taken instead of something is set aside for the event in its place.

    Raises NotFound, EventState for a closed event, Invalid for one that was called off,
    UnknownItem, UnknownCrate, UnknownLocation, OnHold, PastUseBy or PastForPicking for goods
    that must stay, NotOnTheList for a crate of which nothing is wanted, NotHereToPick, OtherUnit.
    """
    return run_once(command, actor, clock, _pick, PickedGoods)


def _pick(command: PickGoods, work: Work) -> PickedGoods:
    if (command.crate_code is None) == (not command.lines):
        raise Invalid(field="crate_code", problem=N_("Name a crate, or items with how many."))
    event = _open_event(work, command.event_id)
    basket = _Basket(work, event)
    instead = None
    if command.instead_of is not None:
        instead = need_items(work, [command.instead_of])[command.instead_of]
    crate = None
    if command.crate_code is not None:
        crate = need_crate(work, command.crate_code)
        picks = basket.take_crate(crate, instead)
    else:
        picks = basket.take_lines(command.lines, instead)
    add_picks(work, event.id, picks)
    reserve_plan(work, event.id, event.starts_at, "picked")
    items = find_items(work, [one.item_id for one in picks])
    return PickedGoods(
        event_id=event.id,
        crate_code=crate.code if crate else None,
        instead_of=instead.name if instead else None,
        lines=_added_up(picks, items),
    )


def _open_event(work: Work, event_id: int) -> DistributionEvent:
    event = load_event(work, event_id)
    work.session.refresh(event)
    if event.state == "closed":
        raise EventState(name=event.name)
    if event.called_off_at is not None:
        problem = N_("It was called off: put back what was fetched.")
        raise Invalid(field="event_id", problem=problem)
    return event


def _added_up(picks: Sequence[Picked], items: Mapping[ItemRef, ItemRow]) -> tuple[PickedLine, ...]:
    sums: defaultdict[int, int] = defaultdict(int)
    for one in picks:
        sums[one.item_id] += one.quantity
    rows = {item.id: item for item in items.values()}
    return tuple(
        PickedLine(
            item_id=item_id,
            item=rows[item_id].name,
            unit=rows[item_id].base_unit,
            quantity=quantity,
        )
        for item_id, quantity in sums.items()
    )


class _Basket:
    """What is fetched for one event, beside what was fetched before."""

    def __init__(self, work: Work, event: DistributionEvent) -> None:
        self._work = work
        self._event = event
        self._before = picked_for(work, event.id)
        self._elsewhere = waiting_elsewhere(work.session, work.depot_id, event.id)
        self._on = max(local_day(event.starts_at, work.actor.depot.time_zone), work.today)

    def take_crate(self, crate: CrateRow, instead: ItemRow | None) -> list[Picked]:
        """Take of a crate what is still to be fetched, or that much instead of another item."""
        held = load_holdings(self._work, inside=[crate.place.id])
        left = self._left()
        free = self._free(held)
        picks: list[Picked] = []
        if instead is not None:
            wanted = left.get(instead.id, 0)
            for item_id in dict.fromkeys(one.stock.item_id for one in held):
                taken = self._book(free, held, item_id, wanted, instead)
                picks += taken
                wanted -= sum(one.quantity for one in taken)
        else:
            for item_id in dict.fromkeys(one.stock.item_id for one in held):
                picks += self._book(free, held, item_id, left.get(item_id, 0), None)
        if not picks:
            raise NotOnTheList(field="crate_code", crate=crate.code)
        return picks

    def take_lines(self, lines: Sequence[PickLine], instead: ItemRow | None) -> list[Picked]:
        """Take what the lines say. Raises NotHereToPick where that is not there."""
        items = need_items(self._work, [line.item for line in lines])
        places = look_up_places(self._work, [line.location for line in lines if line.location])
        inside = places_within(self._work, places.values())
        held = load_holdings(self._work, items={item.id for item in items.values()})
        free = self._free(held)
        picks: list[Picked] = []
        for line in lines:
            if not 0 < line.quantity <= MAX_QUANTITY:
                problem = N_("That is more or less than can be booked.")
                raise Invalid(field="quantity", problem=problem)
            at = inside[places[line.location].id] if line.location else None
            here = [one for one in held if at is None or one.stock.place.id in at]
            some = [one for one in free if at is None or one.stock.place.id in at]
            item = items[line.item]
            taken = self._book(some, here, item.id, line.quantity, instead)
            found = sum(one.quantity for one in taken)
            if found < line.quantity:
                raise NotHereToPick(
                    field="quantity",
                    item=item.name,
                    here=Measure(found, item.base_unit),
                    wanted=Measure(line.quantity, item.base_unit),
                )
            free = without(free, _sums(taken))
            picks += taken
        return picks

    def _book(
        self,
        free: Sequence[Holding],
        held: Sequence[Holding],
        item_id: int,
        wanted: int,
        instead: ItemRow | None,
    ) -> list[Picked]:
        """Take so much of an item, oldest date first; say so where only what must stay is there."""
        if wanted <= 0:
            return []
        mine = [one for one in free if one.stock.item_id == item_id]
        if not mine:
            refuse_past([one for one in held if one.stock.item_id == item_id], self._on)
            return []
        if instead is not None and instead.id != item_id:
            self._check_unit(mine[0], instead)
        booking = book_fefo((one.stock for one in mine), wanted)
        instead_of = None if instead is None or instead.id == item_id else instead.id
        return [
            Picked(Spot(stock.place.id, stock.lot_id), item_id, quantity, instead_of)
            for stock, quantity in booking.picks
        ]

    def _check_unit(self, holding: Holding, instead: ItemRow) -> None:
        if holding.base_unit != instead.base_unit:
            raise OtherUnit(field="instead_of", item=holding.item_name, instead_of=instead.name)

    def _free(self, held: Sequence[Holding]) -> list[Holding]:
        """Return what may go out that day and was not fetched already."""
        free = without(keep_free(held, self._on), _sums(self._before))
        return without(free, self._elsewhere)

    def _left(self) -> dict[int, int]:
        """Return how much of each planned item is neither fetched nor handed out."""
        work, event_id = self._work, self._event.id
        rows = work.session.execute(
            select(PlannedLine.item_id, PlannedLine.quantity).where(
                PlannedLine.depot_id == work.depot_id, PlannedLine.event_id == event_id
            )
        )
        planned = {item_id: quantity for item_id, quantity in rows}
        out = handed_out_at(work, event_id, planned)
        fetched: defaultdict[int, int] = defaultdict(int)
        for one in self._before:
            fetched[one.instead_of_id or one.item_id] += one.quantity
        return {
            item_id: max(quantity - max(fetched[item_id], out.get(item_id, 0)), 0)
            for item_id, quantity in planned.items()
        }


def _sums(picks: Collection[Picked]) -> dict[tuple[int, int], int]:
    taken: defaultdict[tuple[int, int], int] = defaultdict(int)
    for one in picks:
        taken[one.spot] += one.quantity
    return dict(taken)
