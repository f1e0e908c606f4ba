"""A parcel goes out at the table, and its household is counted: one entry, undone as one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.names import name_key
from depot.base.text import N_
from depot.distribution.commands.handouts import ready_for, take_goods
from depot.distribution.event_state import event_for_issue, note_late
from depot.distribution.fetched import Fetched
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.draft import Draft, moved_goods, names_of
from depot.kernel.lookups import need_items
from depot.kernel.once import Outcome, Work, run_once
from depot.ledger.entries import People
from depot.models import EventParcel, Parcel, ParcelVersion
from depot.production.errors import EmptyCategory, NotOfTheLine
from depot.production.multiplied import HouseholdsSaid, check_households
from depot.production.parcel_rows import ParcelRow, is_newest_parcel, load_parcels
from depot.production.parcels import Households, Need, expand
from depot.production.serving import AtHand, may_be_taken, serve
from depot.production.supply import When, load_supply

#: So many parcels alike go out at once; more are several.
MOST_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenItem:
    """What was taken of a line that offers a choice, by the number of the line."""

    line: int
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOutParcel:
    """A parcel was handed out: of which kind, to what household, and what it chose.

    `households` alike get one each. With `counts` they are people helped, too.
    """

    command_id: UUID
    event_id: int = 0
    parcel: int | str = 0
    households: int = 1
    adults: int = 0
    children: int = 0
    size: int | str | None = None
    diet: str = ""
    choices: tuple[ChosenItem, ...] = ()
    counts: bool = True
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedParcel(Booked):
    """A parcel that went out, what was in it, and how many households were counted with it."""

    event_id: int
    parcel: str
    households: int
    lines: tuple[BookedGoods, ...] = ()


def hand_out_parcel(
    command: HandOutParcel, actor: Actor, clock: Clock = utc_now
) -> Outcome[HandedParcel]:
    """Hand out what a parcel holds, by the version that the event was planned by, else the newest.

    What was fetched for the event goes first, then what expires first. What the book does not have
    went out all the same and is looked at. Raises NotFound, NoVariant, NotOfTheLine, EmptyCategory,
    Invalid, and PastUseBy or OnHold for goods that must not be handed out.
    """
    return run_once(command, actor, clock, _hand_out, HandedParcel)


def _hand_out(command: HandOutParcel, work: Work) -> HandedParcel:
    if not 0 < command.households <= MOST_AT_ONCE:
        raise Invalid(field="households", problem=N_("Say for how many households."))
    event_id, was_closed, partner_id = event_for_issue(work, command.event_id)
    parcel = _parcel(work, event_id, command.parcel)
    said = HouseholdsSaid(
        count=command.households,
        adults=command.adults,
        children=command.children,
        size=command.size,
        diet=command.diet,
    )
    grid = check_households(parcel, said)
    people = _people(event_id, grid) if command.counts else None
    draft = Draft(
        work, "issue", partner_id=partner_id, event_id=event_id, people=people, note=command.note
    )
    note_late(draft, was_closed)
    fetched = ready_for(draft)
    chosen = {one.line: one.item_id for one in command.choices}
    wanted = _wanted(work, event_id, parcel, grid, fetched, chosen)
    items = need_items(work, wanted)
    take_goods(draft, [(items[number], wanted[number], None) for number in wanted], {}, fetched)
    lines = moved_goods(draft, names_of(items.values()))
    made = partial(
        HandedParcel,
        event_id=event_id,
        parcel=parcel.name,
        households=grid.count if people else 0,
        lines=lines,
    )
    return draft.post(made)


def _people(event_id: int, grid: Households) -> People:
    """Return the households as a count; of a size nobody knows how many people it is."""
    if grid.size:
        return People(event_id, grid.count)
    return People(event_id, grid.count, grid.count * grid.adults, grid.count * grid.children)


def _parcel(work: Work, event_id: int, ref: int | str) -> ParcelRow:
    """Return a parcel as the event was planned by, else its newest version. Raises NotFound."""
    by_plan = select(EventParcel.version_id).where(
        EventParcel.depot_id == work.depot_id, EventParcel.event_id == event_id
    )
    named = Parcel.id == ref if isinstance(ref, int) else Parcel.name_key == name_key(ref)
    found = load_parcels(
        work.session,
        work.depot_id,
        named,
        is_newest_parcel() | ParcelVersion.id.in_(by_plan),
    )
    if not found:
        raise NotFound(field="parcel", what=N_("parcel"), name=ref)
    return found[0]  # the older of two is that of the plan


def _wanted(
    work: Work,
    event_id: int,
    parcel: ParcelRow,
    grid: Households,
    fetched: list[Fetched],
    chosen: dict[int, int],
) -> dict[int, int]:
    """Return how much of each item goes out (three statements)."""
    needs = expand(parcel.goods, [grid])
    when = When(work.occurred_on, work.occurred_on, event_id)
    supply = load_supply(work.session, work.depot_id, parcel.goods, when)
    ready: defaultdict[int, int] = defaultdict(int)
    instead: defaultdict[int, list[int]] = defaultdict(list)
    for one in fetched:
        ready[one.item_id] += one.waiting
        if one.instead_of_id is not None:
            instead[one.instead_of_id].append(one.item_id)
    # what was fetched, and is held or past its day by now, is not at hand
    ready_now = {item: min(some, supply.free.get(item, some)) for item, some in ready.items()}
    at_hand = AtHand(ready_now, supply.free, supply.members, instead)
    _check_choices(parcel, needs, at_hand, chosen)
    try:
        return serve(needs, at_hand, chosen)
    except LookupError as error:
        need: Need = error.args[0]
        category = parcel.lines[need.goods.line - 1].category
        raise EmptyCategory(field="parcel", category=category.name if category else "") from error


def _check_choices(
    parcel: ParcelRow, needs: tuple[Need, ...], at_hand: AtHand, chosen: dict[int, int]
) -> None:
    of_line = {need.goods.line: need for need in needs}
    for line, item_id in chosen.items():
        need = of_line.get(line)
        if need is None or item_id not in may_be_taken(need, at_hand):
            raise NotOfTheLine(field="choices", parcel=parcel.name)
