"""Somebody comes each time a routine comes round, or no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_member, run_once
from depot.models import Activity, Assignment
from depot.rota.errors import RegularsFull
from depot.rota.occurring import current
from depot.rota.parts import free_places
from depot.rota.rows import Regular, regulars
from depot.rota.touching import add_regular, load_routine, parts_in


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomeRegular:
    """The actor comes each time from a day on; None: from today."""

    command_id: UUID
    routine_id: int = 0
    from_on: date | None = None
    learning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StopBeingRegular:
    """The actor, or whom a coordinator names, comes no longer each time.

    `last_on` is the last day on which they still do; None: yesterday.
    """

    command_id: UUID
    routine_id: int = 0
    last_on: date | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegularSaved(Answer):
    """Of which routine somebody is a regular now, or no longer."""

    routine_id: int
    name: str
    is_regular: bool


def become_regular(
    command: BecomeRegular, actor: Actor, clock: Clock = utc_now
) -> Outcome[RegularSaved]:
    """Come each time; also to those days that have a row and a place. Twice is once.

    Raises Forbidden for a helper, NotFound, Invalid for a day that is over, RegularsFull where all
    places but those kept open have a regular.
    """
    need_member(actor)
    return run_once(command, actor, clock, _become, RegularSaved)


def stop_being_regular(
    command: StopBeingRegular, actor: Actor, clock: Clock = utc_now
) -> Outcome[RegularSaved]:
    """Come no longer each time: what they had taken of it after the last day is free.

    Raises Forbidden for somebody else where the actor coordinates nothing, NotFound, Invalid.
    """
    need_member(actor)
    return run_once(command, actor, clock, _stop, RegularSaved)


def _become(command: BecomeRegular, work: Work) -> RegularSaved:
    person_id = _own_id(work)
    state = current(load_routine(work, command.routine_id))
    from_on = command.from_on or work.today
    if from_on < work.today:
        raise Invalid(field="from_on", problem=N_("Choose a day from today on."))
    known = _live(work, command.routine_id)
    if all(one.person_id != person_id for one in known):
        others = [one for one in known if not one.learning]
        places = None if state.people_max is None else state.people_max - state.open_places
        if places is not None and not command.learning and len(others) >= places:
            raise RegularsFull(
                name=state.name,
                count=len(others),
                people_max=state.people_max,
                open_places=state.open_places,
            )
        _write(work, command, person_id, from_on)
    return RegularSaved(routine_id=command.routine_id, name=state.name, is_regular=True)


def _write(work: Work, command: BecomeRegular, person_id: int, from_on: date) -> None:
    row = Assignment(
        depot_id=work.depot_id,
        routine_id=command.routine_id,
        person_id=person_id,
        learning=command.learning,
        from_on=from_on,
        taken_at=work.recorded_at,
    )
    work.session.add(row)
    work.session.flush()
    regular = Regular(
        row.id,
        command.routine_id,
        person_id,
        work.actor.name,
        command.learning,
        from_on,
        None,
        work.recorded_at,
    )
    for activity in _touched_since(work, command.routine_id, from_on):
        parts = parts_in(work, activity)
        free = free_places(parts, activity.people_max)
        has_said = any(part.person_id == person_id for part in parts)
        if not has_said and (free is None or free > 0):
            add_regular(work, activity, regular)


def _stop(command: StopBeingRegular, work: Work) -> RegularSaved:
    person_id = command.person_id or _own_id(work)
    if person_id != work.actor.person_id and not work.actor.is_coordinator:
        raise Forbidden()
    state = current(load_routine(work, command.routine_id))
    last_on = command.last_on or work.today - timedelta(days=1)
    if last_on < work.today - timedelta(days=1):
        raise Invalid(field="last_on", problem=N_("Choose a day from today on."))
    ended = work.session.scalars(
        update(Assignment)
        .where(
            Assignment.depot_id == work.depot_id,
            Assignment.routine_id == command.routine_id,
            Assignment.person_id == person_id,
            Assignment.given_back_at.is_(None),
        )
        .values(given_back_at=work.recorded_at, until_on=last_on)
        .returning(Assignment.id)
        .execution_options(synchronize_session=False)
    ).all()
    if ended:
        _leave_days(work, command.routine_id, person_id, last_on + timedelta(days=1))
    return RegularSaved(routine_id=command.routine_id, name=state.name, is_regular=False)


def _leave_days(work: Work, routine_id: int, person_id: int, since: date) -> None:
    days = [activity.id for activity in _touched_since(work, routine_id, since)]
    work.session.execute(
        update(Assignment)
        .where(
            Assignment.depot_id == work.depot_id,
            Assignment.activity_id.in_(days),
            Assignment.person_id == person_id,
            Assignment.given_back_at.is_(None),
            Assignment.came_at.is_(None),
        )
        .values(given_back_at=work.recorded_at)
        .execution_options(synchronize_session=False)
    )


def _touched_since(work: Work, routine_id: int, since: date) -> list[Activity]:
    """Return the days of a routine that have a row and are still to come."""
    found = work.session.scalars(
        select(Activity).where(
            Activity.depot_id == work.depot_id,
            Activity.routine_id == routine_id,
            Activity.occurrence_on >= since,
            Activity.called_off_at.is_(None),
            Activity.done_at.is_(None),
            or_(Activity.starts_at.is_(None), Activity.starts_at > work.recorded_at),
        )
    )
    return list(found)


def _live(work: Work, routine_id: int) -> list[Regular]:
    """Return the regulars who come on, or are still to come."""
    found = regulars(work.session, work.actor.depot, routine_id).get(routine_id, [])
    return [one for one in found if one.until_on is None]


def _own_id(work: Work) -> int:
    if work.actor.person_id is None:
        raise Invalid(field="person_id", problem=N_("Who is it? A program has to say so."))
    return work.actor.person_id
