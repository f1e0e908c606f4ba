"""Tasks, with or without a day: made, changed, ticked step by step, done, open again.

Taking, asking, giving back and calling off are those of all activities. A task that comes round is
a day of a routine, and gets its row with the first of these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.kinds import GrownFrom
from depot.base.names import clean_name
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_member, run_once
from depot.models import Activity, ActivityStep
from depot.rota.commands.routines import MAX_STEPS, checked_name
from depot.rota.errors import CalledOff
from depot.rota.growing import check_source
from depot.rota.touching import add_steps, touch

MAX_TEXT: Final = 500
_FAR: Final = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeTask:
    """There is something to do: by a day, or whenever somebody has time."""

    command_id: UUID
    name: str
    text: str = ""
    due_on: date | None = None
    steps: tuple[str, ...] = ()
    #: What it grows from, and that one's number.
    grown_from: GrownFrom | None = None
    grown_from_id: int | None = None
    #: Or the shift, meeting or task it grows from, by its name (depot/rota/naming.py).
    grown_from_activity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTask:
    """A task is as is said here; steps that read the same keep their ticks."""

    command_id: UUID
    #: A number, or a routine's and a day (depot/rota/naming.py).
    activity: str = ""
    name: str
    text: str = ""
    due_on: date | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TickStep:
    """A step was done, or was not after all."""

    command_id: UUID
    activity: str = ""
    number: int = 0
    done: bool = True
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishTask:
    """A task is done."""

    command_id: UUID
    activity: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenTask:
    """A task is not done after all."""

    command_id: UUID
    activity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedTask(Answer):
    """A task, and whether it is done."""

    id: int
    name: str
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked(Answer):
    """A step of an activity, and whether it is done."""

    activity_id: int
    number: int
    text: str
    is_done: bool


def make_task(command: MakeTask, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedTask]:
    """Write down something to do. From one thing grows one open task of a name: it is returned.

    Raises Forbidden for a helper, Invalid, NotFound for what it would grow from.
    """
    need_member(actor)
    return run_once(command, actor, clock, _make, SavedTask)


def change_task(command: ChangeTask, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedTask]:
    """Say a task anew. Raises Forbidden for a helper, NotFound, NoSuchDay, Invalid."""
    need_member(actor)
    return run_once(command, actor, clock, _change, SavedTask)


def tick_step(command: TickStep, actor: Actor, clock: Clock = utc_now) -> Outcome[Ticked]:
    """Tick a step, or take the tick out; twice is once. Raises NotFound, NoSuchDay."""
    return run_once(command, actor, clock, _tick, Ticked)


def finish_task(command: FinishTask, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedTask]:
    """Say that a task is done, whoever took it. Done twice, the first time counts.

    Raises NotFound, NoSuchDay, CalledOff, and Invalid for what is no task.
    """
    return run_once(command, actor, clock, _finish, SavedTask)


def reopen_task(command: ReopenTask, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedTask]:
    """Say that it is not done. Raises NotFound, and Forbidden for a helper who did not do it."""
    return run_once(command, actor, clock, _reopen, SavedTask)


def _make(command: MakeTask, work: Work) -> SavedTask:
    if command.grown_from_activity:
        number = touch(work, command.grown_from_activity).id
        command = replace(command, grown_from="activity", grown_from_id=number)
    check_source(work, command.grown_from, command.grown_from_id)
    name, steps = checked_name(command.name), _steps(command.steps)
    _check(work, command.text, command.due_on)
    if command.grown_from is not None:
        known = _grown_before(work, command, name)
        if known is not None:
            return _saved(work, known)
    row = Activity(
        depot_id=work.depot_id,
        kind="task",
        name=name,
        text=command.text.strip(),
        due_on=command.due_on,
        people_min=1,
        people_max=None,
        grown_from=command.grown_from,
        grown_from_id=command.grown_from_id,
        created_at=work.recorded_at,
        created_by_id=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()
    add_steps(work, row, steps)
    return _saved(work, row)


def _grown_before(work: Work, command: MakeTask, name: str) -> Activity | None:
    return work.session.scalars(
        select(Activity)
        .where(
            Activity.depot_id == work.depot_id,
            Activity.grown_from == command.grown_from,
            Activity.grown_from_id == command.grown_from_id,
            Activity.name == name,
            Activity.done_at.is_(None),
            Activity.called_off_at.is_(None),
        )
        .order_by(Activity.id)
    ).first()


def _change(command: ChangeTask, work: Work) -> SavedTask:
    row = _task(work, command.activity)
    name, steps = checked_name(command.name), _steps(command.steps)
    _check(work, command.text, command.due_on)
    row.name, row.text, row.due_on = name, command.text.strip(), command.due_on
    _write_steps(work, row, steps)
    return _saved(work, row)


def _write_steps(work: Work, row: Activity, steps: tuple[str, ...]) -> None:
    about = (ActivityStep.depot_id == work.depot_id) & (ActivityStep.activity_id == row.id)
    before = work.session.scalars(select(ActivityStep).where(about)).all()
    ticks = {one.text: (one.done_at, one.done_by_id) for one in before}
    work.session.execute(
        delete(ActivityStep).where(about).execution_options(synchronize_session="fetch")
    )
    for number, text in enumerate(steps, start=1):
        done_at, done_by_id = ticks.get(text, (None, None))
        work.session.add(
            ActivityStep(
                activity_id=row.id,
                number=number,
                depot_id=work.depot_id,
                text=text,
                done_at=done_at,
                done_by_id=done_by_id,
            )
        )


def _tick(command: TickStep, work: Work) -> Ticked:
    row = touch(work, command.activity)
    step = work.session.scalar(
        select(ActivityStep)
        .where(
            ActivityStep.depot_id == work.depot_id,
            ActivityStep.activity_id == row.id,
            ActivityStep.number == command.number,
        )
        .execution_options(populate_existing=True)
    )
    if step is None:
        raise NotFound(what=N_("step"), name=command.number)
    if not command.done:
        step.done_at, step.done_by_id = None, None
    elif step.done_at is None:
        step.done_at, step.done_by_id = work.occurred_at, work.actor.person_id
    work.session.flush()
    return Ticked(activity_id=row.id, number=step.number, text=step.text, is_done=command.done)


def _finish(command: FinishTask, work: Work) -> SavedTask:
    row = _task(work, command.activity)
    if row.called_off_at is not None:
        raise CalledOff(name=row.name, why=row.called_off_why)
    if row.done_at is None:
        row.done_at, row.done_by_id = work.occurred_at, work.actor.person_id
    return _saved(work, row)


def _reopen(command: ReopenTask, work: Work) -> SavedTask:
    row = _task(work, command.activity)
    if work.actor.is_helper and row.done_by_id not in (None, work.actor.person_id):
        raise Forbidden()
    row.done_at, row.done_by_id = None, None
    return _saved(work, row)


def _task(work: Work, name: str) -> Activity:
    row = touch(work, name)
    if row.kind != "task":
        raise Invalid(field="activity", problem=N_("A task, please."))
    return row


def _steps(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the steps as they are kept: one line each, each once. Raises Invalid."""
    steps = tuple(dict.fromkeys(step for step in map(clean_name, typed) if step))
    if len(steps) > MAX_STEPS:
        raise Invalid(field="steps", problem=N_("At most 50 steps, please."))
    if any(len(step) > MAX_TEXT for step in steps):
        raise Invalid(field="steps", problem=N_("At most 500 letters a step, please."))
    return steps


def _check(work: Work, text: str, due_on: date | None) -> None:
    if len(text.strip()) > MAX_TEXT:
        raise Invalid(field="text", problem=N_("At most 500 letters, please."))
    if due_on is not None and abs(due_on - work.today) > _FAR:
        raise Invalid(field="due_on", problem=N_("That is more than three years away."))


def _saved(work: Work, row: Activity) -> SavedTask:
    work.session.flush()
    return SavedTask(id=row.id, name=row.name, is_done=row.done_at is not None)
