"""Freezing and thawing: the goods become a lot of their own, with its date and its way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LONGEST_YEARS, LotDate, parse_lot_date
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import DateKind
from depot.base.text import N_
from depot.base.units import Measure
from depot.kernel.answers import Booked
from depot.kernel.draft import Draft, take_into_use
from depot.kernel.holdings import Holding, load_holdings, places_within
from depot.kernel.lookups import (
    FixedPlaces,
    ItemRow,
    LotKey,
    find_or_make_lots,
    find_place_or_crate,
    load_fixed_places,
    look_up_places,
    need_items,
)
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import Pool, draft_moves
from depot.ledger.entries import Place
from depot.ledger.holds import hold_what_was_made
from depot.models import Lot, StockEntry
from depot.production.errors import (
    AlreadyFrozen,
    AlreadyThawed,
    FewerHere,
    NoDateAfter,
    TooLateToFreeze,
)
from depot.production.frozen_lives import ChangeOfState, frozen_life_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeState:
    """So much of a lot, all of it if nothing is said, wherever it lies or `at` a place or crate.

    It stays where it lies, or goes `to` a place or crate. `date` is until when it keeps now;
    without one it is as the depot's table says.
    """

    command_id: UUID
    lot_id: int
    quantity: int | None = None
    at: str | None = None
    to: str | None = None
    date: str | None = None
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeGoods(ChangeState):
    """Goods are put into the freezer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThawGoods(ChangeState):
    """Goods are taken out of the freezer, to be eaten soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedGoods(Booked):
    """What was frozen or thawed is this lot now, with this date."""

    lot_id: int
    item_id: int
    item: str
    quantity: int
    unit: str
    date: str
    date_kind: DateKind


def freeze_goods(
    command: FreezeGoods, actor: Actor, clock: Clock = utc_now
) -> Outcome[ChangedGoods]:
    """Freeze goods before their use-by date: they become a lot with a date of its own.

    Raises NotFound, TooLateToFreeze, AlreadyFrozen, AlreadyThawed for what was frozen once before,
    FewerHere, NoDateAfter where nobody said how long it keeps, OnHold, UnknownLocation, Invalid.
    """
    return run_once(command, actor, clock, partial(_change, "frozen"), ChangedGoods)


def thaw_goods(command: ThawGoods, actor: Actor, clock: Clock = utc_now) -> Outcome[ChangedGoods]:
    """Thaw goods: they become a lot that is to be used by a near day.

    Raises as `freeze_goods` does, and PastUseBy for what must not be used any more.
    """
    return run_once(command, actor, clock, partial(_change, "thawed"), ChangedGoods)


def _change(state: ChangeOfState, command: ChangeState, work: Work) -> ChangedGoods:
    lot = _need_lot(work, command.lot_id)
    item = need_items(work, [lot.item_id])[lot.item_id]
    if not work.is_fact:
        _refuse(work, state, lot, item)
    draft = Draft(work, "production", note=command.note, reason=state)
    rooms = load_fixed_places(work)
    target, crate = None, None
    if command.to:
        target, crate = find_place_or_crate(work, command.to, "to")
    dated = _new_date(work, state, command, lot, item)
    new_lot = _new_lot(work, lot, dated)
    taken = _taken(draft, rooms, command, item)
    for place, quantity in taken:
        draft.move(item.id, new_lot, rooms["production"], target or place, quantity)
    if crate is not None:
        take_into_use(draft, crate)
    if work.is_fact:  # an act would have been stopped
        hold_what_was_made(work.session, work.depot_id, {lot.id}, {new_lot})
    return draft.post(
        partial(
            ChangedGoods,
            lot_id=new_lot,
            item_id=item.id,
            item=item.name,
            quantity=sum(quantity for _place, quantity in taken),
            unit=item.base_unit,
            date=dated.text,
            date_kind=dated.kind,
        )
    )


def _need_lot(work: Work, lot_id: int) -> Lot:
    found = work.session.scalar(select(Lot).where(Lot.depot_id == work.depot_id, Lot.id == lot_id))
    if found is None:
        raise NotFound(field="lot_id", what=N_("lot"), name=lot_id)
    return found


def _state_of(work: Work, lot: Lot) -> str:
    """Return what made a lot: frozen, thawed, or something else."""
    if not lot.produced_by_seq:
        return ""
    made_by = select(StockEntry.reason).where(
        StockEntry.depot_id == work.depot_id, StockEntry.seq == lot.produced_by_seq
    )
    return work.session.scalar(made_by) or ""


def _refuse(work: Work, state: ChangeOfState, lot: Lot, item: ItemRow) -> None:
    """Stop what is still to be done and must not be."""
    known = _state_of(work, lot)
    if known == "thawed":
        raise AlreadyThawed(item=item.name)
    if state == known:
        raise AlreadyFrozen(item=item.name)
    if state == "frozen" and lot.date_on is not None and _is_over(state, lot, work.occurred_on):
        raise TooLateToFreeze(item=item.name, date=lot.date_on)


def _is_over(state: ChangeOfState, lot: Lot, on: date) -> bool:
    """Say whether a use-by date is over: freezing is done before that day, thawing until it is."""
    if lot.date_kind != "use_by" or lot.date_on is None:
        return False
    return lot.date_on <= on if state == "frozen" else lot.date_on < on


def _new_date(
    work: Work,
    state: ChangeOfState,
    command: ChangeState,
    lot: Lot,
    item: ItemRow,
) -> LotDate:
    """Return the date of the new lot: as said, else by the depot's table.

    What was frozen keeps its kind of date; what was thawed is to be used by its day. Goods whose
    use-by date was over, which was done and is no question any more, keep the date they had.
    """
    on = work.occurred_on
    kind: DateKind = "use_by" if state == "thawed" or lot.date_kind == "use_by" else "best_before"
    if _is_over(state, lot, on):
        return parse_lot_date(lot.date_text, lot.date_kind)
    if command.date:
        dated = parse_lot_date(command.date, kind)
        _check_date(work, dated)
        return dated
    life = frozen_life_of(work.session, work.depot_id, item.id)
    until = None if life is None else life.last_day(state, on)
    if until is None:
        raise NoDateAfter(field="date", item=item.name)
    return LotDate(kind, until.isoformat(), "day", until)


def _check_date(work: Work, dated: LotDate) -> None:
    on = work.occurred_on
    latest = date(on.year + LONGEST_YEARS, on.month, 1)
    if dated.on is None or not on <= dated.on <= latest:
        problem = N_("The new date is today or later, and at most ten years from now.")
        raise Invalid(field="date", problem=problem)


def _new_lot(work: Work, lot: Lot, dated: LotDate) -> int:
    """Make the lot that it becomes; its codes stay, so that a recall by them finds both."""
    key = LotKey(
        lot.item_id,
        "production",
        produced_by_seq=work.head.seq + 1,
        lot_code=lot.lot_code,
        date_kind=dated.kind,
        date_text=dated.text,
        gtin=lot.gtin,
    )
    return find_or_make_lots(work, [(key, dated)])[key]


def _taken(
    draft: Draft, rooms: FixedPlaces, command: ChangeState, item: ItemRow
) -> list[tuple[Place, int]]:
    """Use up the old lot; return how much was taken from where.

    Raises FewerHere if it is not there; what was done already is booked and looked at.
    """
    work = draft.work
    of_lot = [one for one in load_holdings(work, items={item.id}) if _is_of(one, command)]
    place = look_up_places(work, [command.at])[command.at] if command.at else None
    inside = None if place is None else places_within(work, [place])[place.id]
    here = [one for one in of_lot if inside is None or one.stock.place.id in inside]
    known = sum(one.stock.quantity for one in here)
    wanted = known if command.quantity is None else command.quantity
    if wanted <= 0 or (wanted > known and not work.is_fact):
        said, there = (Measure(max(number, 0), item.base_unit) for number in (wanted, known))
        raise FewerHere(field="quantity", item=item.name, said=said, here=there)
    booking = Pool(draft, here).book(item.id, wanted, inside, command.lot_id)
    draft_moves(draft, rooms, item, booking, rooms["production"], place)
    taken = [(stock.place, quantity) for stock, quantity in booking.picks]
    if booking.shortfall:
        taken.append((place or rooms.arrival, booking.shortfall))
    return taken


def _is_of(held: Holding, command: ChangeState) -> bool:
    return held.stock.lot_id == command.lot_id
