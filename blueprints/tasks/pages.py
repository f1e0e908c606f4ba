"""Tasks: the list, one of them, and what is done with it in one tap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    Answer,
    next_page,
    query_text,
    reader,
    show_answer,
    show_message,
)
from blueprints.tasks import schemas
from blueprints.tasks.actions import answer_finish, answer_take
from blueprints.words.people.tasks import source_link, task_small
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.db.database import current_session
from depot.kernel.once import A, AnyOutcome, Outcome
from depot.people.queries import members
from depot.rota.commands import singles, taking, tasks
from depot.rota.commands.singles import SavedActivity
from depot.rota.commands.taking import Taken
from depot.rota.commands.tasks import SavedTask
from depot.rota.queries.tasks import (
    TaskRow,
    find_task,
    place_of_reading,
    steps_of,
    task_lists,
)


def index() -> ResponseReturnValue:
    """Show what is to be done: mine, nobody's, the others', and what was done lately."""
    return _list_page(Form())


def _list_page(form: Form) -> str:
    session, who = reader()
    now = utc_now()
    return show_form(
        "tasks/index.html",
        form,
        who=who,
        lists=task_lists(session, who, now),
        today=local_day(now, who.depot.time_zone),
        small=_small(who),
    )


def _small(who: Actor) -> Callable[[TaskRow], str]:
    today = local_day(utc_now(), who.depot.time_zone)
    return partial(task_small, today=today, who=who, reader=current_reader())


def new() -> ResponseReturnValue:
    """Ask what is to be done."""
    return _new_page(Form({"name": query_text("name")}))


def _new_page(form: Form) -> str:
    return show_form("tasks/edit.html", form, task=None)


def create() -> ResponseReturnValue:
    """Write a task down; one that grows from a thing comes here in one tap."""

    def done(outcome: Outcome[SavedTask]) -> ResponseReturnValue:
        show_message(_("Written down: %(what)s", what=outcome.answer.name))
        return redirect(url_for("tasks.show", activity=outcome.answer.id), 303)

    return submit_form(
        schemas.TypedTaskSchema(form=True), tasks.make_task, done=done, again=_new_page
    )


def _need(activity: str) -> TaskRow:
    session, who = reader()
    found = find_task(session, who.depot, activity)
    if found is None:
        raise NotFound(what=N_("task"), name=activity)
    return found


def show(activity: str) -> ResponseReturnValue:
    """Show a task, its steps and who does it."""
    return _page(activity, Form())


def _page(activity: str, form: Form) -> str:
    session, who = reader()
    task = _need(activity)
    taking_part = {part.person_id for part in (*task.people, *task.asked)}
    return show_form(
        "tasks/show.html",
        form,
        who=who,
        task=task,
        small=_small(who),
        steps=steps_of(session, who.depot, activity),
        source=_source(task, who),
        askable=[]
        if who.is_helper
        else [
            (one.person_id, one.name)
            for one in members(session, who.depot_id)
            if one.person_id not in taking_part and one.person_id != who.person_id
        ],
    )


def _source(task: TaskRow, who: Actor) -> tuple[str, str] | None:
    """Return where it grew from; the list of things to look at is coordinators' alone."""
    session, place_id = current_session(), None
    if task.grown_from == "discrepancy" and not who.is_coordinator:
        return None
    if task.grown_from == "reading" and task.grown_from_id is not None:
        place_id = place_of_reading(session, who.depot_id, task.grown_from_id)
    return source_link(task, place_id, url_for, current_reader())


def edit(activity: str) -> ResponseReturnValue:
    """Show the form of a task."""
    session, who = reader()
    task = _need(activity)
    values = {
        "name": task.name,
        "text": task.text,
        "due_on": task.due_on.isoformat() if isinstance(task.due_on, date) else "",
        "steps": "\n".join(step.text for step in steps_of(session, who.depot, activity)),
    }
    return show_form("tasks/edit.html", Form(values), task=task)


def save(activity: str) -> ResponseReturnValue:
    """Save what the form says."""
    task = _need(activity)

    def done(outcome: Outcome[SavedTask]) -> ResponseReturnValue:
        show_message(_("Saved: %(what)s", what=outcome.answer.name))
        return redirect(url_for("tasks.show", activity=outcome.answer.id), 303)

    return submit_form(
        schemas.ChangedTaskSchema(form=True),
        lambda command, who: tasks.change_task(replace(command, activity=activity), who),
        done=done,
        again=lambda form: show_form("tasks/edit.html", form, task=task),
    )


def take(activity: str) -> ResponseReturnValue:
    """Let the task be the reader's: it was nobody's, or they were asked and say yes."""
    return _act(activity, schemas.TakeTaskSchema, taking.take_part, answer_take)


def give_back(activity: str) -> ResponseReturnValue:
    """Give it back, or say no."""

    def say(outcome: Outcome[Taken]) -> Answer:
        return Answer(_("Given back: %(what)s", what=outcome.answer.name))

    return _act(activity, schemas.GiveTaskBackSchema, taking.give_back, say)


def ask(activity: str) -> ResponseReturnValue:
    """Ask somebody to do it."""

    def say(outcome: Outcome[Taken]) -> Answer:
        return Answer(
            _("%(name)s is asked: it is theirs when they say yes.", name=outcome.answer.person)
        )

    return _act(activity, schemas.AskForTaskSchema, taking.ask_person, say)


def finish(activity: str) -> ResponseReturnValue:
    """Say that it is done."""
    return _act(activity, schemas.FinishSchema, tasks.finish_task, answer_finish)


def reopen(activity: str) -> ResponseReturnValue:
    """Say that it is not."""

    def say(outcome: Outcome[SavedTask]) -> Answer:
        return Answer(_("Not done yet: %(what)s", what=outcome.answer.name))

    return _act(activity, schemas.ReopenSchema, tasks.reopen_task, say)


def call_off(activity: str) -> ResponseReturnValue:
    """Say that it is not to be done any more, and why."""

    def say(outcome: Outcome[SavedActivity]) -> Answer:
        return Answer(_("Called off: %(what)s", what=outcome.answer.name))

    return _act(activity, schemas.CallTaskOffSchema, singles.call_off, say)


def tick(activity: str, number: int) -> ResponseReturnValue:
    """Tick a step, or take the tick out."""

    def done(_outcome: AnyOutcome) -> ResponseReturnValue:
        return redirect(next_page(url_for("tasks.show", activity=activity)), 303)

    return submit_form(
        schemas.TickSchema(form=True),
        lambda form, who: tasks.tick_step(replace(form, activity=activity, number=number), who),
        done=done,
        again=lambda form: _page(activity, form),
    )


def _act(
    activity: str,
    schema: type[CommandSchema],
    command: Callable[[Any, Actor], Outcome[A]],
    say: Callable[[Outcome[A]], Answer],
) -> ResponseReturnValue:
    """Do one thing with a task, and go back to where it was asked for."""

    def done(outcome: Outcome[A]) -> ResponseReturnValue:
        show_answer(say(outcome))
        return redirect(next_page(url_for("tasks.index")), 303)

    return submit_form(
        schema(form=True),
        lambda form, who: command(replace(form, activity=activity), who),
        done=done,
        again=lambda form: _page(activity, form),
    )
