"""The duties of a depot, one of them, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.duties import words
from blueprints.duties.schemas import (
    AcceptSchema,
    EndDutySchema,
    LearnSchema,
    NewDuty,
    NewDutySchema,
    PassSchema,
    WillingSchema,
)
from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader, show_message
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.duties.commands import accept_term, be_willing, learn_duty, pass_term
from depot.duties.queries.carrying import load, resting_on_one
from depot.duties.queries.duties import duties, find_duty
from depot.kernel.answers import Saved
from depot.kernel.once import AnyOutcome, Outcome
from depot.rota.commands.routines import end_routine, start_routine


def index() -> str:
    """List the duties, who carries how much, and what rests on one person alone."""
    session, who = reader()
    rows = duties(session, who.depot, _today(who))
    return show_form(
        "duties/index.html",
        Form(),
        who=who,
        rows=rows,
        asking=[row for row in rows if row.wanted is not None],
        load=load(session, who.depot, rows, utc_now()) if not who.is_helper else [],
        leaning=resting_on_one(session, who.depot, _today(who)) if not who.is_helper else [],
        **_words(),
    )


def show(routine_id: int) -> ResponseReturnValue:
    """Show a duty: who holds it, whose turn is next."""
    return _page(routine_id, Form())


def _page(routine_id: int, form: Form) -> str:
    session, who = reader()
    row = find_duty(session, who.depot, routine_id, _today(who))
    row = found_or_404(N_("duty"), routine_id, row)
    return show_form(
        "duties/show.html",
        form,
        who=who,
        row=row,
        is_willing=any(one.person_id == who.person_id for one in row.turns)
        or any(one.person_id == who.person_id for one in row.passed),
        holds=any(one.person_id == who.person_id for one in row.holders),
        holds_next=any(one.person_id == who.person_id for one in row.next_holders),
        learns=any(one.person_id == who.person_id for one in row.learners),
        has_said_no=any(one.person_id == who.person_id for one in row.passed),
        today=_today(who),
        **_words(),
    )


def _words() -> dict[str, Any]:
    reads = current_reader()
    return {
        "states": {key: (_(word), colour) for key, (word, colour) in words.STATES.items()},
        "term_words": partial(words.term_words, reader=reads),
        "holder_words": partial(words.holder_words, reader=reads),
        "held_words": partial(words.held_words, reader=reads),
        "load_words": partial(words.load_words, reader=reads),
    }


def _today(who: Actor) -> date:
    return local_day(utc_now(), who.depot.time_zone)


def new() -> str:
    """Ask what the duty is and how long a term lasts."""
    need_coordinator()
    start = {"from_on": _today(actor()).isoformat(), "every": "3", "unit": "month"}
    return _new_page(Form(start))


def _new_page(form: Form) -> str:
    return show_form("duties/form.html", form)


def create() -> ResponseReturnValue:
    """Begin it."""
    need_coordinator()
    return submit_form(NewDutySchema(form=True), _create, done=_created, again=_new_page)


def _create(said: NewDuty, who: Actor) -> Outcome[Saved]:
    return start_routine(said.command(), who)


def _created(outcome: Outcome[Saved]) -> ResponseReturnValue:
    show_message(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("duties.show", routine_id=outcome.answer.id), 303)


def willing(routine_id: int) -> ResponseReturnValue:
    """Would hold it, or would no longer."""
    schema = WillingSchema(form=True)
    return _act(routine_id, schema, be_willing, _("Saved."), {"routine_id": routine_id})


def accept(routine_id: int) -> ResponseReturnValue:
    """Say yes to a term."""
    return _act(routine_id, AcceptSchema(form=True), accept_term, _("It is yours for that term."))


def pass_on(routine_id: int) -> ResponseReturnValue:
    """Say no to a term."""
    done = _("Said. The next one in turn is asked, and nothing is held against you.")
    return _act(routine_id, PassSchema(form=True), pass_term, done)


def learn(routine_id: int) -> ResponseReturnValue:
    """Learn it beside who holds it."""
    return _act(routine_id, LearnSchema(form=True), learn_duty, _("You learn it in this term."))


def end(routine_id: int) -> ResponseReturnValue:
    """End the duty with a day."""
    need_coordinator()
    return submit_form(
        EndDutySchema(form=True),
        end_routine,
        done=partial(_back, url_for("duties.index"), _("Saved.")),
        again=partial(_page, routine_id),
        extra={"routine_id": routine_id},
    )


def _act(
    routine_id: int,
    schema: CommandSchema,
    command: Callable[[Any, Actor], AnyOutcome],
    sentence: str,
    extra: dict[str, Any] | None = None,
) -> ResponseReturnValue:
    return submit_form(
        schema,
        command,
        done=partial(_back, url_for("duties.show", routine_id=routine_id), sentence),
        again=partial(_page, routine_id),
        extra=extra,
    )


def _back(to: str, sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(to, 303)
