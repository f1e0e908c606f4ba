"""Who may do what, since when, until when and by which decision."""

from __future__ import annotations

from typing import Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.language import current_reader
from blueprints.frame.web import keep_no_copy, query_id, reader
from blueprints.open_book.told import setting_lines
from blueprints.open_book.words import change_lines, right_lines
from depot.base.clock import utc_now
from depot.ledger.seal import short_seal
from depot.open_book import queries

PAGE: Final = 50


def index() -> ResponseReturnValue:
    """Show who may do what now, and a page of what changed, the newest first."""
    keep_no_copy()
    session, who = reader()
    reads = current_reader()
    rows = queries.right_changes(session, who.depot_id, query_id("before"), PAGE + 1)
    more = url_for("open_book.index", before=rows[PAGE - 1].seq) if len(rows) > PAGE else None
    return render_template(
        "open_book/index.html",
        rights=right_lines(queries.rights(session, who.depot_id, utc_now()), reads),
        changes=change_lines(rows[:PAGE], reads),
        older=more,
        seal=short_seal(queries.last_seal(session, who.depot_id)),
    )


def settings() -> ResponseReturnValue:
    """Show what was set otherwise, with what it was before, the newest first."""
    keep_no_copy()
    session, who = reader()
    rows = queries.setting_changes(session, who.depot_id, query_id("before"), PAGE + 1)
    more = url_for("open_book.settings", before=rows[PAGE - 1].id) if len(rows) > PAGE else None
    return render_template(
        "open_book/settings.html", lines=setting_lines(rows[:PAGE], current_reader()), older=more
    )
