"""Tasks as lists and one by one: mine, nobody's, by day, done lately, and what grew from what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor, DepotView
from depot.base.clock import local_day
from depot.base.kinds import GrownFrom
from depot.models import Activity, ActivityStep, Assignment, Person, TemperatureReading
from depot.rota.naming import name_of_day, parse_name
from depot.rota.occurring import Occurrence, RoutineState, occurrence, occurrences
from depot.rota.parts import Part, Standing, own_part, people_in
from depot.rota.rows import on_day, parts_of, regulars, routine_versions
from depot.rota.touching import find_row

#: So far ahead the next day of a task that comes round is listed, and so far back one missed.
AHEAD: Final = timedelta(days=7)
_BACK: Final = timedelta(days=31)
LATELY: Final = timedelta(days=14)
_MOST_DONE: Final = 50
#: More open tasks than these are no list that anybody reads.
_MOST_OPEN: Final = 500


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task, with a row or a day of a routine without one."""

    name_of: str
    name: str
    text: str
    due_on: date | None
    parts: tuple[Part, ...] = ()
    id: int | None = None
    routine_id: int | None = None
    steps: int = 0
    steps_done: int = 0
    created_at: datetime | None = None
    created_by: str = ""
    done_at: datetime | None = None
    done_by: str = ""
    called_off_at: datetime | None = None
    called_off_why: str = ""
    grown_from: GrownFrom | None = None
    grown_from_id: int | None = None

    @property
    def people(self) -> list[Part]:
        """Who took it."""
        return sorted(
            people_in(self.parts), key=lambda part: (part.name.casefold(), part.person_id)
        )

    @property
    def asked(self) -> list[Part]:
        """Who was asked, and said neither yes nor no."""
        return [part for part in self.parts if part.standing == "asked"]

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.called_off_at is None

    def standing_of(self, person_id: int | None) -> Standing:
        """Return how somebody stands to it."""
        own = own_part(self.parts, person_id)
        return "out" if own is None else own.standing


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step, and who ticked it when."""

    number: int
    text: str
    done_at: datetime | None = None
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class TaskLists:
    """Open tasks, each in the first list that it belongs to, and those done lately."""

    mine: tuple[TaskRow, ...]
    asked: tuple[TaskRow, ...]
    nobodys: tuple[TaskRow, ...]
    others: tuple[TaskRow, ...]
    done: tuple[TaskRow, ...]


def task_lists(session: Session, who: Actor, now: datetime) -> TaskLists:
    """Return all tasks that are open, the soonest first, and what was done in two weeks."""
    rows = open_tasks(session, who.depot, now)
    by_standing: dict[str, list[TaskRow]] = {"mine": [], "asked": [], "nobodys": [], "others": []}
    for row in rows:
        by_standing[_list_of(row, who.person_id)].append(row)
    done = _rows(
        session,
        who.depot_id,
        (Activity.kind == "task") & (Activity.done_at > now - LATELY),
        most=_MOST_DONE,
        newest_first=True,
    )
    return TaskLists(
        **{name: tuple(found) for name, found in by_standing.items()}, done=tuple(done)
    )


def _list_of(row: TaskRow, person_id: int | None) -> str:
    standing = row.standing_of(person_id)
    if standing in ("in", "seeking"):
        return "mine"
    if standing == "asked":
        return "asked"
    return "others" if row.people else "nobodys"


def open_tasks(session: Session, depot: DepotView, now: datetime) -> list[TaskRow]:
    """Return what is to be done, the soonest first, without a day last. Six statements.

    Of a task that comes round it is the last day up to today, if nobody did it, and the next one.
    """
    is_open = (
        (Activity.kind == "task") & Activity.done_at.is_(None) & Activity.called_off_at.is_(None)
    )
    rows = _rows(session, depot.id, is_open, most=_MOST_OPEN)
    rows += _coming_round(session, depot, local_day(now, depot.time_zone))
    return sorted(rows, key=_soonest)


def _soonest(row: TaskRow) -> tuple[bool, date, str, str]:
    return row.due_on is None, row.due_on or date.min, row.name.casefold(), row.name_of


def _coming_round(session: Session, depot: DepotView, today: date) -> list[TaskRow]:
    first, last = today - _BACK, today + AHEAD
    versions = routine_versions(session, depot.id, kinds=("task",))
    touched = {
        (routine_id, on)
        for routine_id, on in session.execute(
            select(Activity.routine_id, Activity.occurrence_on).where(
                Activity.depot_id == depot.id, Activity.occurrence_on.between(first, last)
            )
        )
    }
    those = regulars(session, depot)
    days = occurrences(versions, (), first, last, depot.time_zone, depot.week_start)
    # of each the last day up to today, and the one after it
    shown = {(one.state.routine_id, one.on <= today): one.key for one in reversed(days)}
    shown |= {(one.state.routine_id, True): one.key for one in days if one.on <= today}
    return [
        _of_day(one, [part.part() for part in on_day(those.get(one.state.routine_id, []), one.on)])
        for one in days
        if one.key not in touched and one.key in shown.values()
    ]


def _of_day(one: Occurrence, parts: Iterable[Part]) -> TaskRow:
    state: RoutineState = one.state
    return TaskRow(
        name_of=name_of_day(*one.key),
        name=state.name,
        text=state.text,
        due_on=one.times.due_on,
        parts=tuple(parts),
        routine_id=state.routine_id,
        steps=len(state.steps),
    )


def _rows(
    session: Session,
    depot_id: int,
    about: ColumnElement[bool],
    *,
    most: int | None = None,
    newest_first: bool = False,
) -> list[TaskRow]:
    """Return activities with who takes part, and how many of their steps are ticked."""
    maker, doer = aliased(Person), aliased(Person)
    order = Activity.done_at.desc() if newest_first else Activity.due_on
    wanted = (
        select(Activity, maker.name, doer.name)
        .outerjoin(maker, maker.id == Activity.created_by_id)
        .outerjoin(doer, doer.id == Activity.done_by_id)
        .where(Activity.depot_id == depot_id, about)
        .order_by(order, Activity.id)
        .limit(most)
        .execution_options(populate_existing=True)
    )
    found = session.execute(wanted).all()
    numbers = [row.id for row, _maker, _doer in found]
    parts = parts_of(session, depot_id, Assignment.activity_id.in_(numbers))
    steps = _steps_of(session, depot_id, numbers)
    return [
        _of_row(row, maker_name, doer_name, parts.get(row.id, ()), steps.get(row.id, (0, 0)))
        for row, maker_name, doer_name in found
    ]


def _of_row(
    row: Activity,
    maker: str | None,
    doer: str | None,
    parts: Sequence[Part],
    steps: tuple[int, int],
) -> TaskRow:
    return TaskRow(
        name_of=str(row.id),
        name=row.name,
        text=row.text,
        due_on=row.due_on,
        parts=tuple(parts),
        id=row.id,
        routine_id=row.routine_id,
        steps=steps[0],
        steps_done=steps[1],
        created_at=row.created_at,
        created_by=maker or "",
        done_at=row.done_at,
        done_by=doer or "",
        called_off_at=row.called_off_at,
        called_off_why=row.called_off_why,
        grown_from=row.grown_from,
        grown_from_id=row.grown_from_id,
    )


def _steps_of(
    session: Session, depot_id: int, numbers: Sequence[int]
) -> Mapping[int, tuple[int, int]]:
    rows = session.execute(
        select(
            ActivityStep.activity_id,
            func.count(),
            func.count(ActivityStep.done_at),
        )
        .where(ActivityStep.depot_id == depot_id, ActivityStep.activity_id.in_(numbers))
        .group_by(ActivityStep.activity_id)
    )
    return {number: (all_of, done) for number, all_of, done in rows}


def find_task(session: Session, depot: DepotView, name: str) -> TaskRow | None:
    """Return the task of that name, with a row or without; None: there is none."""
    named = parse_name(name)
    row = find_row(session, depot.id, named)
    if row is not None:
        if row.kind != "task":
            return None
        return _rows(session, depot.id, Activity.id == row.id)[0]
    if named.routine_id is None or named.on is None:
        return None
    versions = routine_versions(session, depot.id, named.routine_id, ("task",))
    states = versions.get(named.routine_id, [])
    one = occurrence(states, named.on, depot.time_zone, depot.week_start)
    if one is None:
        return None
    those = regulars(session, depot, named.routine_id).get(named.routine_id, [])
    return _of_day(one, [part.part() for part in on_day(those, one.on)])


def steps_of(session: Session, depot: DepotView, name: str) -> list[StepRow]:
    """Return the steps of the activity of that name, ticked or not."""
    named = parse_name(name)
    row = find_row(session, depot.id, named)
    if row is not None:
        ticked = session.execute(
            select(ActivityStep, Person.name)
            .outerjoin(Person, Person.id == ActivityStep.done_by_id)
            .where(ActivityStep.depot_id == depot.id, ActivityStep.activity_id == row.id)
            .order_by(ActivityStep.number)
            .execution_options(populate_existing=True)
        )
        return [StepRow(one.number, one.text, one.done_at, by or "") for one, by in ticked]
    if named.routine_id is None or named.on is None:
        return []
    versions = routine_versions(session, depot.id, named.routine_id).get(named.routine_id, [])
    one = occurrence(versions, named.on, depot.time_zone, depot.week_start)
    steps = () if one is None else one.state.steps
    return [StepRow(number, text) for number, text in enumerate(steps, start=1)]


@dataclass(frozen=True, slots=True)
class GrownTask:
    """A task that grew from a thing, as the thing's page links it."""

    name_of: str
    name: str
    done_at: datetime | None
    called_off_at: datetime | None


def grown_from(
    session: Session, depot_id: int, kind: GrownFrom, numbers: Sequence[int]
) -> dict[int, list[GrownTask]]:
    """Return the tasks that grew from each of these things, the newest first. One statement."""
    rows = session.execute(
        select(
            Activity.grown_from_id,
            Activity.id,
            Activity.name,
            Activity.done_at,
            Activity.called_off_at,
        )
        .where(
            Activity.depot_id == depot_id,
            Activity.grown_from == kind,
            Activity.grown_from_id.in_(numbers),
        )
        .order_by(Activity.id.desc())
    )
    found: dict[int, list[GrownTask]] = {}
    for number, task_id, name, done_at, called_off_at in rows:
        if number is None:  # none that was asked for is
            continue
        found.setdefault(number, []).append(GrownTask(str(task_id), name, done_at, called_off_at))
    return found


def place_of_reading(session: Session, depot_id: int, reading_id: int) -> int | None:
    """Return the id of the fridge or freezer that a reading is of."""
    return session.scalar(
        select(TemperatureReading.location_id).where(
            TemperatureReading.depot_id == depot_id, TemperatureReading.id == reading_id
        )
    )
