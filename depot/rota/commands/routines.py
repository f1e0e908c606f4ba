"""What is done again and again: begun, changed from a day on, ended. For coordinators.

A day that somebody touched keeps what people were told; a routine that is changed changes none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import TIMED_KINDS, ActivityKind
from depot.base.names import clean_name, need_one_alphabet
from depot.base.text import N_
from depot.distribution.series.repeating import NTHS, RepeatRule, check_rule
from depot.distribution.series.rows import WEEKDAYS, to_bits
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Location, Routine, RoutineVersion
from depot.rota.occurring import current
from depot.rota.touching import load_routine

MAX_NAME: Final = 200
MAX_TEXT: Final = 4000
MAX_STEPS: Final = 50
#: More people than this are no shift.
MAX_PEOPLE: Final = 500
MAX_MINUTES: Final = 24 * 60
#: So far ahead a day may be named.
_FAR: Final = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineFacts:
    """What is said of a routine from a day on."""

    name: str
    rule: RepeatRule
    text: str = ""
    steps: tuple[str, ...] = ()
    people_min: int = 1
    people_max: int | None = None
    #: So many of its places are no regular's.
    open_places: int = 0
    #: Minutes after midnight on the depot's wall clock, and for how long; of shifts and meetings.
    begins_minute: int | None = None
    minutes: int | None = None
    #: How many days a duty lasts; None: up to the next one.
    days: int | None = None
    location_id: int | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRoutine:
    """Something is done again and again, from a day on."""

    command_id: UUID
    kind: ActivityKind
    facts: RoutineFacts
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRoutine:
    """From a day on it is as is said here; all of it is said anew."""

    command_id: UUID
    routine_id: int = 0
    facts: RoutineFacts
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRoutine:
    """It comes round no more after a day."""

    command_id: UUID
    routine_id: int = 0
    last_on: date


def start_routine(command: StartRoutine, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Begin a routine. Nothing is made ahead.

    Raises Forbidden, NotFound for another depot's place, Invalid at the field that is wrong.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _start, Saved)


def change_routine(command: ChangeRoutine, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Change a routine from a day on. Days before, and days that somebody touched, stay.

    Raises Forbidden, NotFound, Invalid.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _change, Saved)


def end_routine(command: EndRoutine, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """End a routine with a day. What somebody touched of later days stays until it is called off.

    Raises Forbidden, NotFound, and Invalid for a last day before yesterday.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _end, Saved)


def _start(command: StartRoutine, work: Work) -> Saved:
    facts = _checked(work, command.kind, command.facts, command.from_on)
    made = work.session.execute(
        insert(Routine)
        .values(
            depot_id=work.depot_id,
            kind=command.kind,
            created_at=work.recorded_at,
            created_by_id=work.actor.person_id,
        )
        .returning(Routine.id)
    ).scalar_one()
    _write_version(work, made, facts, command.from_on)
    return Saved(id=made, name=facts.name)


def _change(command: ChangeRoutine, work: Work) -> Saved:
    kind = current(load_routine(work, command.routine_id)).kind
    facts = _checked(work, kind, command.facts, command.from_on)
    _write_version(work, command.routine_id, facts, command.from_on)
    return Saved(id=command.routine_id, name=facts.name)


def _end(command: EndRoutine, work: Work) -> Saved:
    newest = current(load_routine(work, command.routine_id))
    since = command.last_on + timedelta(days=1)
    _check_day(work, "last_on", since)
    facts = RoutineFacts(
        name=newest.name,
        rule=newest.rule,
        text=newest.text,
        steps=newest.steps,
        people_min=newest.people_min,
        people_max=newest.people_max,
        open_places=newest.open_places,
        begins_minute=newest.begins_minute,
        minutes=newest.minutes,
        days=newest.days,
        location_id=newest.location_id,
        ends_on=command.last_on,
    )
    _write_version(work, command.routine_id, facts, since)
    return Saved(id=command.routine_id, name=facts.name)


def _checked(work: Work, kind: ActivityKind, facts: RoutineFacts, from_on: date) -> RoutineFacts:
    """Return the facts with what was typed cleaned. Raises Invalid, NotFound."""
    check_rule(facts.rule)
    _check_day(work, "from_on", from_on)
    if facts.ends_on is not None and facts.ends_on < from_on:
        raise Invalid(field="ends_on", problem=N_("It would end before it begins."))
    check_people(facts.people_min, facts.people_max)
    if not 0 <= facts.open_places <= (facts.people_max or 0):
        problem = N_("Of how many places? No more can be kept open than there are.")
        raise Invalid(field="open_places", problem=problem)
    _check_times(kind, facts)
    check_place(work, facts.location_id)
    if len(facts.steps) > MAX_STEPS:
        raise Invalid(field="steps", problem=N_("At most 50 steps, please."))
    steps = tuple(step for step in map(clean_name, facts.steps) if step)
    return replace(facts, name=checked_name(facts.name), text=facts.text.strip(), steps=steps)


def _check_times(kind: ActivityKind, facts: RoutineFacts) -> None:
    if kind not in TIMED_KINDS:
        if facts.begins_minute is not None or facts.minutes is not None:
            raise Invalid(field="begins", problem=N_("Shifts and meetings alone have a time."))
        if facts.days is not None and not 1 <= facts.days <= 366:
            raise Invalid(field="days", problem=N_("From 1 to 366 days."))
        return
    if facts.begins_minute is None or not 0 <= facts.begins_minute < 24 * 60:
        raise Invalid(field="begins", problem=N_("Write the time as 10:00."))
    if facts.minutes is None or not 1 <= facts.minutes <= MAX_MINUTES:
        raise Invalid(field="ends", problem=N_("It lasts a day at most."))


def checked_name(name: str) -> str:
    """Return a name as it is kept. Raises Invalid for one that is none."""
    found = clean_name(name)
    if not 1 <= len(found) <= MAX_NAME:
        raise Invalid(field="name", problem=N_("A name, please: at most 200 letters."))
    need_one_alphabet(found)
    return found


def check_people(least: int, most: int | None) -> None:
    """Raise Invalid unless so many people can take part."""
    if not 0 <= least <= MAX_PEOPLE:
        raise Invalid(field="people_min", problem=N_("A number from 0 to 500, please."))
    if most is not None and not max(1, least) <= most <= MAX_PEOPLE:
        problem = N_("At least as many as are needed, and at most 500.")
        raise Invalid(field="people_max", problem=problem)


def check_place(work: Work, location_id: int | None) -> None:
    """Raise NotFound for what is no place of the depot."""
    if location_id is None:
        return
    own = select(Location.id).where(
        Location.depot_id == work.depot_id,
        Location.id == location_id,
        Location.kind == "storage",
    )
    if not 0 < location_id < 2**63 or work.session.scalar(own) is None:
        raise NotFound(field="location_id", what=N_("place"), name=str(location_id))


def _check_day(work: Work, field: str, day: date) -> None:
    """What was before today does not change."""
    if not work.today <= day <= work.today + _FAR:
        raise Invalid(field=field, problem=N_("From today on, and at most three years ahead."))


def _write_version(work: Work, routine_id: int, facts: RoutineFacts, from_on: date) -> None:
    rule = facts.rule
    work.session.execute(
        insert(RoutineVersion).values(
            depot_id=work.depot_id,
            routine_id=routine_id,
            from_on=from_on,
            ends_on=facts.ends_on,
            name=facts.name,
            text=facts.text,
            steps=json.dumps(facts.steps, ensure_ascii=False),
            people_min=facts.people_min,
            people_max=facts.people_max,
            open_places=facts.open_places,
            frequency=rule.frequency,
            every=rule.every,
            weekdays=to_bits(rule.weekdays, WEEKDAYS),
            nths=to_bits(rule.nths, NTHS),
            month_day=rule.month_day,
            begins_minute=facts.begins_minute,
            minutes=facts.minutes,
            days=facts.days,
            location_id=facts.location_id,
            made_at=work.recorded_at,
            made_by_id=work.actor.person_id,
        )
    )
