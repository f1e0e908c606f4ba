"""The access journal: who came in, who did not, what changed about who may. For coordinators."""

from __future__ import annotations

from typing import Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.language import current_reader
from blueprints.frame.web import keep_no_copy, query_id, reader
from blueprints.people.words import access_lines
from depot.people.queries import access_events

PAGE: Final = 100


def show() -> ResponseReturnValue:
    """Show a page of the journal, the newest first."""
    keep_no_copy()
    session, who = reader()
    rows = access_events(session, who.depot_id, query_id("before"), PAGE + 1)
    more = url_for("people.journal", before=rows[PAGE - 1].id) if len(rows) > PAGE else None
    return render_template(
        "people/journal.html", lines=access_lines(rows[:PAGE], current_reader()), older=more
    )
