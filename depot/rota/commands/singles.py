"""One shift or meeting: made, changed, called off with a reason, on again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid
from depot.base.kinds import TIMED_KINDS, ActivityKind
from depot.base.text import N_
from depot.distribution.event_state import load_event
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_member, run_once
from depot.models import Activity
from depot.rota.commands.routines import check_people, check_place, checked_name
from depot.rota.parts import people_in
from depot.rota.touching import parts_in, touch

MAX_WHY: Final = 500
#: So far ahead something can be planned, and so long ago it can have been.
_FAR: Final = timedelta(days=3 * 366)
_LONGEST: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    """What is said of one shift or meeting."""

    name: str
    starts_at: datetime
    ends_at: datetime
    text: str = ""
    people_min: int = 1
    people_max: int | None = None
    location_id: int | None = None
    #: The hand-out that it is for.
    event_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeActivity:
    """There is one more shift or meeting."""

    command_id: UUID
    kind: ActivityKind = "shift"
    facts: ActivityFacts
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeActivity:
    """One shift or meeting is as is said here; all of it is said anew."""

    command_id: UUID
    #: A number, or a routine's and a day (depot/rota/naming.py).
    activity: str = ""
    facts: ActivityFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOff:
    """It does not take place, and why. Who was in stays written."""

    command_id: UUID
    activity: str = ""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOn:
    """It takes place after all."""

    command_id: UUID
    activity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedActivity(Answer):
    """An activity, and how many people are in it."""

    id: int
    name: str
    people: int = 0


def make_activity(
    command: MakeActivity, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedActivity]:
    """Plan one shift or meeting.

    Raises Forbidden for a helper, NotFound for another depot's place or hand-out, Invalid.
    """
    need_member(actor)
    return run_once(command, actor, clock, _make, SavedActivity)


def change_activity(
    command: ChangeActivity, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedActivity]:
    """Change one shift or meeting, also one day of a routine, which then goes its own way.

    Raises Forbidden for a helper, NotFound, NoSuchDay, Invalid.
    """
    need_member(actor)
    return run_once(command, actor, clock, _change, SavedActivity)


def call_off(command: CallOff, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedActivity]:
    """Call one off, keeping who was in. Called off twice, the first reason stays.

    Raises Forbidden for who neither coordinates nor planned it, NotFound, NoSuchDay, Invalid
    without a reason.
    """
    need_member(actor)
    return run_once(command, actor, clock, _call_off, SavedActivity)


def call_on(command: CallOn, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedActivity]:
    """Have it take place after all, with those who were in. Raises Forbidden, NotFound."""
    need_member(actor)
    return run_once(command, actor, clock, _call_on, SavedActivity)


def _make(command: MakeActivity, work: Work) -> SavedActivity:
    _check_kind(command.kind)
    row = Activity(
        depot_id=work.depot_id,
        kind=command.kind,
        created_at=work.recorded_at,
        created_by_id=work.actor.person_id,
        **_values(work, command.facts),
    )
    work.session.add(row)
    return _saved(work, row)


def _change(command: ChangeActivity, work: Work) -> SavedActivity:
    row = touch(work, command.activity)
    _check_kind(row.kind)
    for name, value in _values(work, command.facts).items():
        setattr(row, name, value)
    return _saved(work, row)


def _call_off(command: CallOff, work: Work) -> SavedActivity:
    row = touch(work, command.activity)
    _need_right(work, row)
    why = command.why.strip()
    if not 1 <= len(why) <= MAX_WHY:
        problem = N_("Why is it called off? Those who would have come read it.")
        raise Invalid(field="why", problem=problem)
    if row.called_off_at is None:
        row.called_off_at, row.called_off_why = work.recorded_at, why
        row.called_off_by_id = work.actor.person_id
    return _saved(work, row)


def _call_on(command: CallOn, work: Work) -> SavedActivity:
    row = touch(work, command.activity)
    _need_right(work, row)
    row.called_off_at, row.called_off_why, row.called_off_by_id = None, "", None
    return _saved(work, row)


def _values(work: Work, facts: ActivityFacts) -> dict[str, Any]:
    """Return what is written of an activity. Raises Invalid, NotFound."""
    if facts.starts_at.tzinfo is None or facts.ends_at.tzinfo is None:
        raise Invalid(field="starts_at", problem=N_("The time needs its time zone."))
    if abs(facts.starts_at - work.recorded_at) > _FAR:
        raise Invalid(field="starts_at", problem=N_("That is more than three years away."))
    if not facts.starts_at < facts.ends_at <= facts.starts_at + _LONGEST:
        problem = N_("It ends after it begins, within two days.")
        raise Invalid(field="ends_at", problem=problem)
    check_people(facts.people_min, facts.people_max)
    check_place(work, facts.location_id)
    event_id = None if facts.event_id is None else load_event(work, facts.event_id).id
    return {
        "name": checked_name(facts.name),
        "text": facts.text.strip(),
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "people_min": facts.people_min,
        "people_max": facts.people_max,
        "location_id": facts.location_id,
        "event_id": event_id,
    }


def _check_kind(kind: ActivityKind) -> None:
    if kind not in TIMED_KINDS:
        raise Invalid(field="kind", problem=N_("A shift or a meeting, please."))


def _need_right(work: Work, row: Activity) -> None:
    """Raise Forbidden for who neither coordinates nor planned it."""
    own = work.actor.person_id
    planned_it = row.routine_id is None and own is not None and row.created_by_id == own
    if not (work.actor.is_coordinator or planned_it):
        raise Forbidden()


def _saved(work: Work, row: Activity) -> SavedActivity:
    work.session.flush()
    return SavedActivity(id=row.id, name=row.name, people=len(people_in(parts_in(work, row))))
