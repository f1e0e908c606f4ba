"""The page that every member and helper finds, and those by which coordinators fill it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.conduct.schemas import ConfidantsSchema, ReadSchema, WordSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader, show_message
from depot.conduct import queries
from depot.conduct.commands import (
    MOST_CONFIDANTS,
    read_conduct,
    save_confidants,
    word_conduct,
)
from depot.conduct.start import START
from depot.kernel.once import AnyOutcome
from depot.people.members import colleagues


def show() -> str:
    """Show whom to turn to, what to do, and what people here promise each other."""
    return _page(Form())


def _page(_form: Form) -> str:
    session, who = reader()
    found = queries.present_conduct(session, who.depot_id)
    version = found.version if found else 0
    return render_template(
        "conduct/show.html",
        who=who,
        found=found,
        lines=found.text.splitlines() if found else [],
        has_read=queries.has_read(session, who.depot_id, who.person_id, version),
        unread=queries.not_read_by(session, who.depot_id, version) if who.is_coordinator else [],
        confidants=queries.confidants(session, who.depot_id),
    )


def read() -> ResponseReturnValue:
    """Write down that the reader has read it."""
    return submit_form(
        ReadSchema(form=True),
        read_conduct,
        done=partial(_done, _("Thank you for reading it.")),
        again=_page,
    )


def _done(sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(url_for("conduct.show"), 303)


def ask_words() -> str:
    """Show the form of the words: those of now, or the text to begin with where it is asked for."""
    session, who = reader()
    found = queries.present_conduct(session, who.depot_id)
    text = found.text if found else ""
    if query_text("start"):
        text = "\n\n".join(current_reader().gettext(line) for line in START)
    return _words_page(Form({"text": text}))


def _words_page(form: Form) -> str:
    session, who = reader()
    found = queries.present_conduct(session, who.depot_id)
    return show_form("conduct/words.html", form, version=found.version if found else 0)


def save_words() -> ResponseReturnValue:
    """Save what people here promise each other."""
    return submit_form(
        WordSchema(form=True),
        word_conduct,
        done=partial(_done, _("Saved. Everybody finds a link to it on Today, until they read it.")),
        again=_words_page,
    )


def ask_confidants() -> str:
    """Show the form of whom to turn to."""
    session, who = reader()
    values: dict[str, Any] = {}
    for index, row in enumerate(queries.confidants(session, who.depot_id)):
        name = "" if row.person_id else row.name
        row_values = {"person_id": row.person_id or "", "name": name, "reach": row.reach}
        values |= {f"confidants-{index}-{key}": value for key, value in row_values.items()}
    return _confidants_page(Form(values))


def _confidants_page(form: Form) -> str:
    session, who = reader()
    people = colleagues(session, who.depot_id)
    return show_form("conduct/confidants.html", form, people=people, places=range(MOST_CONFIDANTS))


def keep_confidants() -> ResponseReturnValue:
    """Save whom to turn to."""
    return submit_form(
        ConfidantsSchema(form=True),
        save_confidants,
        done=partial(_done, _("Saved. Everybody here finds it under More.")),
        again=_confidants_page,
    )
