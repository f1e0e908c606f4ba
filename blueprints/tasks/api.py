"""/tasks for programs: what is to be done; made, ticked, done, open again."""

from __future__ import annotations

from dataclasses import replace

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.tasks.schemas import (
    FinishSchema,
    ReopenSchema,
    TaskAnswer,
    TaskListSchema,
    TaskSchema,
    TickAnswer,
    TickSchema,
)
from depot.base.clock import utc_now
from depot.rota.commands import tasks
from depot.rota.commands.tasks import FinishTask, MakeTask, ReopenTask, TickStep
from depot.rota.queries.tasks import open_tasks

blp = ApiBlueprint("tasks_api", __name__, description="What is to be done, and who does it.")


@blp.response(200, TaskListSchema)
def index() -> object:
    """List what is to be done, the soonest first."""
    session, who = reader()
    return {"tasks": open_tasks(session, who.depot, utc_now()), "next": None}


@blp.arguments(TaskSchema())
@blp.response(201, TaskAnswer)
def create(command: MakeTask) -> object:
    """Write a task down; from one thing grows one open task of a name."""
    return write_answer(tasks.make_task(command, actor()))


@blp.arguments(FinishSchema())
@blp.response(201, TaskAnswer)
def finish(command: FinishTask, task: str) -> object:
    """Say that a task is done."""
    return write_answer(tasks.finish_task(replace(command, activity=task), actor()))


@blp.arguments(ReopenSchema())
@blp.response(201, TaskAnswer)
def reopen(command: ReopenTask, task: str) -> object:
    """Say that a task is not done after all."""
    return write_answer(tasks.reopen_task(replace(command, activity=task), actor()))


@blp.arguments(TickSchema())
@blp.response(201, TickAnswer)
def tick(command: TickStep, task: str, step: int) -> object:
    """Tick a step of an activity, or take the tick out."""
    found = replace(command, activity=task, number=step)
    return write_answer(tasks.tick_step(found, actor()))
