"""Notes for the next shift: written in a minute, seen, taken down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    next_page,
    query_id,
    query_text,
    reader,
    show_answer,
    show_message,
)
from blueprints.handover.actions import (
    answer_note,
    answer_seen,
    answer_task,
    run_seen,
    run_task,
)
from blueprints.handover.schemas import (
    LineForm,
    NoteForm,
    SeenForm,
    TakeDownSchema,
)
from blueprints.words.needs import list_short
from blueprints.words.people.notes import drafted_lines, note_words
from depot.base.clock import utc_now
from depot.entries.queries.discrepancies import open_count, open_discrepancies
from depot.handover.commands import take_down_note, write_note
from depot.handover.notes import MOST_NOTICE_DAYS, NOTICE_DAYS
from depot.handover.queries import notes_before
from depot.kernel.answers import SavedId
from depot.kernel.once import AnyOutcome, Outcome
from depot.rota.commands.tasks import SavedTask
from depot.safety.queries.temperatures import cold_places_to_see_to
from depot.words import figures

PAGE: Final = 20
#: So many lines of each sort are drafted.
MOST_COLD: Final = 6
MOST_SHORT: Final = 5
MOST_WAITING: Final = 4


def index() -> ResponseReturnValue:
    """Show the notes that came here last, who has seen them, and what became of them."""
    return _index(Form())


def new() -> str:
    """Show the form: what the depot knows stands there already, to be left out or not."""
    form = Form({"kind": query_text("kind", "handover"), "text": query_text("text")})
    lines = _draft()
    ticked = {f"facts-{number}-text": line for number, line in enumerate(lines)}
    last = figures.to_local(utc_now(), current_reader()).date() + timedelta(days=NOTICE_DAYS)
    form.values |= ticked | {"shown_until": last.isoformat()}
    return _page(form, lines)


def write() -> ResponseReturnValue:
    """Write a note."""

    def done(outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_answer(answer_note(outcome))
        return redirect(next_page(url_for("handover.index")), 303)

    return submit_form(NoteForm(form=True), write_note, done=done, again=_again)


def see(note_id: int) -> ResponseReturnValue:
    """Note that who is signed in has seen a note."""

    def done(outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_answer(answer_seen(outcome))
        return redirect(next_page(url_for("today.show")), 303)

    return submit_form(
        SeenForm(form=True),
        lambda form, who: run_seen(form, note_id, who),
        done=done,
        again=_index,
    )


def make_task(note_id: int) -> ResponseReturnValue:
    """Make a task of a line."""

    def done(outcome: Outcome[SavedTask]) -> ResponseReturnValue:
        show_answer(answer_task(outcome))
        return redirect(next_page(url_for("handover.index")), 303)

    return submit_form(
        LineForm(form=True),
        lambda form, who: run_task(form, note_id, who),
        done=done,
        again=_index,
    )


def take_down(note_id: int) -> ResponseReturnValue:
    """Erase the words of a note."""

    def done(_outcome: AnyOutcome) -> ResponseReturnValue:
        show_message(_("Taken down. Its words are gone."))
        return redirect(next_page(url_for("handover.index")), 303)

    return submit_form(
        TakeDownSchema(form=True),
        lambda form, who: take_down_note(replace(form, note_id=note_id), who),
        done=done,
        again=_index,
    )


def _index(form: Form) -> str:
    session, who = reader()
    rows = notes_before(session, who, PAGE + 1, query_id("before"))
    older = url_for("handover.index", before=rows[PAGE - 1].id) if len(rows) > PAGE else None
    return show_form(
        "handover/index.html", form, rows=rows[:PAGE], older=older, **note_words(current_reader())
    )


def _again(form: Form) -> str:
    """Show the form as it was sent: what was left out stays in the draft, without a tick."""
    kept = [value for name, value in form.values.items() if name.startswith("facts-")]
    return _page(form, kept + [line for line in _draft() if line not in kept])


def _page(form: Form, lines: list[str]) -> str:
    today = figures.to_local(utc_now(), current_reader()).date()
    return show_form(
        "handover/new.html",
        form,
        lines=lines,
        today=today.isoformat(),
        last=(today + timedelta(days=MOST_NOTICE_DAYS)).isoformat(),
    )


def _draft() -> list[str]:
    """Return what the depot knows that the next shift should."""
    session, who = reader()
    reads = current_reader()
    today = figures.to_local(utc_now(), reads).date()
    waiting = open_discrepancies(session, who.depot_id, MOST_WAITING)
    return drafted_lines(
        cold_places_to_see_to(session, who, utc_now())[:MOST_COLD],
        list_short(session, who, today, MOST_SHORT, reads),
        waiting,
        open_count(session, who.depot_id) - len(waiting),
        reads,
    )
