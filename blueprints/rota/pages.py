"""The week as a list, one shift or meeting, what is mine; taking part and giving back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    next_page,
    query_text,
    reader,
    show_answer,
    show_message,
)
from blueprints.rota.actions import answer_taken
from blueprints.rota.schemas import (
    AskSchema,
    GiveBackSchema,
    RegularSchema,
    SeekSchema,
    StopSchema,
    TakeSchema,
)
from blueprints.rota.words import (
    KIND_WORDS,
    names_of,
    over_full_words,
    people_words,
    shown_name,
    time_span,
    when_words,
)
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.errors import NotFound
from depot.base.periods import week_of
from depot.base.text import N_
from depot.kernel.once import Outcome
from depot.people.members import colleagues
from depot.rota.commands import regulars, taking
from depot.rota.commands.taking import Taken
from depot.rota.queries import week as query
from depot.rota.queries.routines import find_routine
from depot.rota.queries.tasks import grown_from, steps_of
from depot.rota.queries.week import ActivityRow


def index() -> str:
    """Show a week as a list of days, and what lacks people soon."""
    session, who = reader()
    today = local_day(utc_now(), who.depot.time_zone)
    first = week_of(_asked_day() or today, who.depot.week_start).first
    return show_form(
        "rota/index.html",
        Form(),
        days=query.week(session, who.depot, first),
        lacking=query.short_of_people(session, who.depot, utc_now()),
        first=first,
        today=today,
        earlier=first - timedelta(days=7),
        later=first + timedelta(days=7),
        **_words(who),
    )


def mine() -> str:
    """Show what somebody is in, was asked to or waits for."""
    session, who = reader()
    today = local_day(utc_now(), who.depot.time_zone)
    rows = query.mine(session, who.depot, who.person_id or 0, today)
    return show_form("rota/mine.html", Form(), rows=rows, today=today, **_words(who))


def show(activity: str) -> ResponseReturnValue:
    """Show a shift or meeting: who comes, what one can do about it. A task has a page elsewhere."""
    session, who = reader()
    row = query.find_activity(session, who.depot, activity)
    if row is not None and row.kind == "task":
        return redirect(url_for("tasks.show", activity=row.name_of))
    return _page(activity, Form())


def _page(activity: str, form: Form) -> str:
    session, who = reader()
    row = found_activity(activity)
    today = local_day(utc_now(), who.depot.time_zone)
    own = query.mine(session, who.depot, who.person_id or 0, row.day(who.depot.time_zone), days=1)
    routine = find_routine(session, who.depot, row.routine_id or 0, today)
    return show_form(
        "rota/show.html",
        form,
        row=row,
        standing=row.standing_of(who.person_id),
        may_come=row.has_place_for(who.person_id or 0, utc_now()),
        is_over=row.is_over(utc_now()),
        overlapping=query.overlapping_rows(row, own),
        routine=routine,
        steps=steps_of(session, who.depot, activity),
        grown=grown_from(session, who.depot_id, "activity", [row.id or 0]).get(row.id or 0, []),
        is_regular=routine is not None
        and any(one.person_id == who.person_id for one in routine.regulars),
        colleagues=[] if who.is_helper else colleagues(session, who.depot_id),
        may_call_off=may_call_off(row, who),
        **_words(who),
    )


def may_call_off(row: ActivityRow, who: Actor) -> bool:
    """Say whether somebody coordinates it, or planned it."""
    planned_it = row.routine_id is None and row.created_by_id == who.person_id
    return who.is_coordinator or (planned_it and not who.is_helper)


def found_activity(activity: str) -> ActivityRow:
    """Return the shift or meeting that the address names; 404 where there is none."""
    session, who = reader()
    row = query.find_activity(session, who.depot, activity)
    if row is None or row.starts_at is None:
        raise NotFound(what=N_("shift"), name=activity)
    return row


def _words(who: Actor) -> dict[str, Any]:
    reads = current_reader()
    return {
        "who": who,
        "now": utc_now(),
        "kind_words": {kind: reads.gettext(word) for kind, word in KIND_WORDS.items()},
        "time_of": partial(time_span, reader=reads),
        "when_of": partial(when_words, reader=reads),
        "count_of": partial(people_words, reader=reads),
        "names_of": partial(names_of, who=who, reader=reads),
        "name_shown": partial(shown_name, who=who),
        "over_full": partial(over_full_words, reader=reads),
    }


def _asked_day() -> date | None:
    try:
        found = date.fromisoformat(query_text("from"))
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def take(activity: str) -> ResponseReturnValue:
    """Come, or take over from somebody."""
    return _act(activity, TakeSchema(form=True), taking.take_part)


def seek(activity: str) -> ResponseReturnValue:
    """Can't come: look for somebody."""
    return _act(activity, SeekSchema(form=True), taking.seek_stand_in)


def give_back(activity: str) -> ResponseReturnValue:
    """Take no part any more, or say no."""
    return _act(activity, GiveBackSchema(form=True), taking.give_back)


def ask(activity: str) -> ResponseReturnValue:
    """Ask somebody to come."""
    return _act(activity, AskSchema(form=True), taking.ask_person)


def _act(
    activity: str, schema: CommandSchema, command: Callable[[Any, Actor], Outcome[Taken]]
) -> ResponseReturnValue:
    def done(outcome: Outcome[Taken]) -> ResponseReturnValue:
        show_answer(answer_taken(outcome))
        return redirect(next_page(url_for("rota.show", activity=outcome.answer.activity_id)), 303)

    return submit_form(
        schema,
        lambda said, who: command(replace(said, activity=activity), who),
        done=done,
        again=lambda form: _page(activity, form),
    )


def come_each_time(activity: str) -> ResponseReturnValue:
    """Become a regular of the routine that a shift is of."""
    return _each_time(activity, RegularSchema(form=True), regulars.become_regular)


def no_longer_each_time(activity: str) -> ResponseReturnValue:
    """Be no regular any more."""
    return _each_time(activity, StopSchema(form=True), regulars.stop_being_regular)


def _each_time(
    activity: str,
    schema: CommandSchema,
    command: Callable[[Any, Actor], Outcome[regulars.RegularSaved]],
) -> ResponseReturnValue:
    def done(outcome: Outcome[regulars.RegularSaved]) -> ResponseReturnValue:
        show_message(_regular_words(outcome.answer))
        return redirect(url_for("rota.show", activity=activity), 303)

    return submit_form(
        schema,
        command,
        done=done,
        again=lambda form: _page(activity, form),
        extra={"routine_id": found_activity(activity).routine_id or 0},
    )


def _regular_words(saved: regulars.RegularSaved) -> str:
    reads = current_reader()
    if saved.is_regular:
        return reads.gettext("You come each time: %(name)s.", name=saved.name)
    return reads.gettext("You come no longer each time: %(name)s.", name=saved.name)
