"""Distribution events: opened, people counted, closed. Plans: planning.py, plans.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import EventState, Invalid
from depot.base.text import N_
from depot.distribution.ages import BandPeople, ages_said, keep_bands
from depot.distribution.commands.handouts import IssueAtEvent, IssueLine, issue_at_event
from depot.distribution.commands.planning import PlanEvent, plan_event
from depot.distribution.commands.returns import ReturnGoods, ReturnLine, return_goods
from depot.distribution.event_state import (
    SavedEvent,
    event_for_issue,
    load_event,
    note_late,
    saved_event,
    set_state,
)
from depot.distribution.reserving import reserve_plan
from depot.kernel.answers import Booked
from depot.kernel.draft import Draft
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.promises.reserving import free_event
from depot.ledger.entries import People

__all__ = [
    "CloseEvent",
    "CountPeople",
    "IssueAtEvent",
    "IssueLine",
    "OpenEvent",
    "PlanEvent",
    "ReturnGoods",
    "ReturnLine",
    "SavedEvent",
    "close_event",
    "count_people",
    "issue_at_event",
    "open_event",
    "plan_event",
    "return_goods",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEvent:
    """The doors are open; or they are open again."""

    command_id: UUID
    event_id: int = 0
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPeople:
    """People helped, as numbers alone; None means not asked, which is not zero."""

    command_id: UUID
    event_id: int = 0
    households: int
    adults: int | None = None
    children: int | None = None
    seniors: int | None = None
    new_households: int | None = None
    #: Or people by the depot's age bands, which then are adults, children and seniors too.
    bands: tuple[BandPeople, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEvent:
    """The hand-out is over."""

    command_id: UUID
    event_id: int = 0
    occurred_at: datetime | None = None


def open_event(command: OpenEvent, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedEvent]:
    """Open an event, or open a closed one again (the undo of closing). Raises NotFound.

    One that did not take place, or was over, is promised what is planned for it anew.
    """
    return run_once(command, actor, clock, _open, SavedEvent)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPeople(Booked):
    """So many households were added to an event."""

    event_id: int
    households: int


def count_people(
    command: CountPeople, actor: Actor, clock: Clock = utc_now
) -> Outcome[CountedPeople]:
    """Add people helped to an event's count; several counts add up, each can be undone.

    A planned event opens; a closed one accepts the late count and says so to a coordinator.
    Raises NotFound, and Invalid for more new households than households.
    """
    return run_once(command, actor, clock, _count, CountedPeople)


def close_event(command: CloseEvent, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedEvent]:
    """Close an event; what was still promised to it is free again.

    Raises NotFound, and EventState if it is closed already.
    """
    return run_once(command, actor, clock, _close, SavedEvent)


def _open(command: OpenEvent, work: Work) -> SavedEvent:
    event = load_event(work, command.event_id)
    was_on = event.state != "closed" and event.called_off_at is None
    if event.state != "open":
        set_state(work, event.id, "open")
    if not was_on:
        reserve_plan(work, event.id, event.starts_at, "opened")
    return saved_event(event.id, event.name, "open")


def _count(command: CountPeople, work: Work) -> CountedPeople:
    new = command.new_households
    ages = ages_said(command.adults, command.children, command.seniors, command.bands)
    if not any((command.households, ages.adults, ages.children, ages.seniors)):
        raise Invalid(field="households", problem=N_("How many came?"))
    if new is not None and new > command.households:
        problem = N_("More new households than households: please look again.")
        raise Invalid(field="new_households", problem=problem)
    event_id, was_closed, _partner = event_for_issue(work, command.event_id)
    people = People(event_id, command.households, ages.adults, ages.children, ages.seniors, new)
    draft = Draft(work, "people", event_id=event_id, people=people, note=command.note)
    note_late(draft, was_closed)
    counted = draft.post(partial(CountedPeople, event_id=event_id, households=command.households))
    keep_bands(work, counted.entry_id, command.bands)
    return counted


def _close(command: CloseEvent, work: Work) -> SavedEvent:
    event = load_event(work, command.event_id)
    if event.state == "closed":
        raise EventState(name=event.name)
    set_state(work, event.id, "closed")
    free_event(work, event.id, "closed")
    return saved_event(event.id, event.name, "closed")
