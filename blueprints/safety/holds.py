"""Goods that are held back: their list, the form, one hold, and lifting it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    Answer,
    found_or_404,
    reader,
    show_answer,
    show_message,
)
from blueprints.safety.holds_schemas import HoldFormSchema, ReleaseFormSchema
from blueprints.safety.named_goods import asked_form, show_named
from blueprints.words.weights import total_text
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.kernel.once import Outcome
from depot.safety.commands import holds as commands
from depot.safety.papers.holds import hold_story, hold_subject
from depot.safety.queries import holds as query
from depot.safety.queries.holds import HoldRow


def index() -> ResponseReturnValue:
    """List what is held back, and what was."""
    session, who = reader()
    rows = query.listed_holds(session, who.depot_id, query.LIFTED_SHOWN)
    return render_template(
        "safety/holds.html",
        open_holds=[row for row in rows if row.is_open],
        lifted=[row for row in rows if not row.is_open],
        **_words(),
    )


def _words() -> dict[str, Any]:
    _session, who = reader()
    reads = current_reader()
    return {
        "subject": partial(hold_subject, reader=reads),
        "story": partial(hold_story, reader=reads),
        "total_text": partial(total_text, reader=reads),
        "today": local_day(utc_now(), who.depot.time_zone),
    }


def new() -> ResponseReturnValue:
    """Ask what is held back, and why."""
    return _form_page(asked_form())


def _form_page(form: Form) -> str:
    return show_named("safety/new_hold.html", form)


def place() -> ResponseReturnValue:
    """Hold it back."""

    def done(outcome: Outcome[commands.PlacedHold]) -> ResponseReturnValue:
        show_answer(answer_hold(outcome))
        return redirect(url_for("holds.show", hold_id=outcome.answer.id), 303)

    return submit_form(
        HoldFormSchema(form=True),
        lambda form, who: commands.place_hold(form.command(), who),
        done=done,
        again=_form_page,
    )


def answer_hold(outcome: Outcome[commands.PlacedHold]) -> Answer:
    """Say how much is held back now."""
    lots = outcome.answer.lots
    told = ngettext("Held back: %(num)s lot.", "Held back: %(num)s lots.", lots)
    return Answer(told if lots else _("Held back: what comes of it from now on."))


def show(hold_id: int) -> ResponseReturnValue:
    """Show a hold: what, why, where it lies."""
    return _hold_page(hold_id, Form())


def _own(hold_id: int) -> HoldRow:
    session, who = reader()
    return found_or_404(N_("hold"), hold_id, query.hold_row(session, who.depot_id, hold_id))


def _hold_page(hold_id: int, form: Form) -> str:
    session, who = reader()
    return show_form(
        "safety/hold.html",
        form,
        who=who,
        hold=_own(hold_id),
        goods=query.held_goods(session, who.depot_id, hold_id),
        recall_id=query.open_recall_of(session, who.depot_id, hold_id),
        **_words(),
    )


def release(hold_id: int) -> ResponseReturnValue:
    """Let it go out again."""
    need_coordinator()
    _own(hold_id)

    def done(_outcome: Outcome[commands.ReleasedHold]) -> ResponseReturnValue:
        show_message(_("The hold is lifted: it may go out again."))
        return redirect(url_for("holds.show", hold_id=hold_id), 303)

    return submit_form(
        ReleaseFormSchema(form=True),
        commands.release_hold,
        done=done,
        again=lambda form: _hold_page(hold_id, form),
        extra={"hold_id": hold_id},
    )
