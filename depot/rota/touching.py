"""Finding what a command is about: a day of a routine gets its row when somebody touches it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from depot.base.errors import NotFound
from depot.base.text import N_
from depot.kernel.once import Work
from depot.models import Activity, ActivityStep, Assignment
from depot.rota.errors import NoSuchDay
from depot.rota.naming import Named, parse_name
from depot.rota.occurring import Occurrence, RoutineState, current, occurrence
from depot.rota.parts import Part
from depot.rota.rows import Regular, on_day, parts_of, regulars, routine_versions

#: So far ahead a day of a routine can be touched.
_FAR: Final = timedelta(days=366)


def find_row(session: Session, depot_id: int, named: Named) -> Activity | None:
    """Return the row of an activity of the depot, as it is now; None: it has none."""
    if named.id is not None:
        meant: ColumnElement[bool] = Activity.id == named.id
    else:
        meant = (Activity.routine_id == named.routine_id) & (Activity.occurrence_on == named.on)
    return session.scalar(
        select(Activity)
        .where(Activity.depot_id == depot_id, meant)
        .execution_options(populate_existing=True)
    )


def touch(work: Work, name: str) -> Activity:
    """Return the row of the activity that is meant; a day of a routine gets one if it has none.

    With the row come the routine's steps and its regulars of that day, who are in as they were
    before. Raises NotFound, and NoSuchDay for a day that its routine has not.
    """
    named = parse_name(name)
    row = find_row(work.session, work.depot_id, named)
    if row is not None:
        return row
    if named.routine_id is None or named.on is None:
        raise NotFound(what=N_("activity"), name=name)
    return _write(work, _untouched(work, named.routine_id, named.on))


def load_routine(work: Work, routine_id: int) -> list[RoutineState]:
    """Return the versions of the depot's routine. Raises NotFound."""
    found: list[RoutineState] = []
    if 0 < routine_id < 2**63:
        found = routine_versions(work.session, work.depot_id, routine_id).get(routine_id, [])
    if not found:
        raise NotFound(what=N_("routine"), name=str(routine_id))
    return found


def parts_in(work: Work, activity: Activity) -> list[Part]:
    """Return all parts in an activity, given back ones too."""
    about = Assignment.activity_id == activity.id
    return parts_of(work.session, work.depot_id, about).get(activity.id, [])


def _untouched(work: Work, routine_id: int, day: date) -> Occurrence:
    versions = load_routine(work, routine_id)
    depot = work.actor.depot
    found = None
    if day <= work.today + _FAR:
        found = occurrence(versions, day, depot.time_zone, depot.week_start)
    if found is None:
        raise NoSuchDay(name=current(versions).name, day=day)
    return found


def _write(work: Work, one: Occurrence) -> Activity:
    state, times = one.state, one.times
    row = Activity(
        depot_id=work.depot_id,
        kind=state.kind,
        routine_id=state.routine_id,
        occurrence_on=one.on,
        name=state.name,
        text=state.text,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        due_on=times.due_on,
        starts_on=times.starts_on,
        ends_on=times.ends_on,
        people_min=state.people_min,
        people_max=state.people_max,
        location_id=state.location_id,
        created_at=work.recorded_at,
        created_by_id=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()
    add_steps(work, row, state.steps)
    found = regulars(work.session, work.actor.depot, state.routine_id)
    for regular in on_day(found.get(state.routine_id, []), one.on):
        add_regular(work, row, regular)
    return row


def add_steps(work: Work, activity: Activity, steps: tuple[str, ...]) -> None:
    """Write what is to be ticked in an activity, in its order."""
    work.session.add_all(
        ActivityStep(activity_id=activity.id, number=number, depot_id=work.depot_id, text=text)
        for number, text in enumerate(steps, start=1)
    )
    work.session.flush()


def add_regular(work: Work, activity: Activity, regular: Regular) -> None:
    """Have a regular take part in a day of their routine."""
    part = Assignment(
        depot_id=work.depot_id,
        activity_id=activity.id,
        person_id=regular.person_id,
        learning=regular.learning,
        taken_at=regular.taken_at,
    )
    work.session.add(part)
    work.session.flush()
