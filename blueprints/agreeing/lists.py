"""What takes two people, as a file: asked, answered, by whom."""

from __future__ import annotations

from typing import Any, Final

from flask import Response
from flask_babel import gettext as _

from blueprints.agreeing.words import asked_title
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import MOMENT, Column, wall_clock
from blueprints.words.exports import send_list
from depot.agreeing.queries import acts_after
from depot.base.text import N_

_ANSWERS: Final = {
    "agreed": N_("agreed"),
    "declined": N_("not agreed"),
    "withdrawn": N_("taken back"),
}
#: More than any depot asks for in a lifetime.
_MOST: Final = 100_000


def index_file(ending: str) -> Response:
    """Send all that the reader may see."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("What"), lambda row: asked_title(row, reads)),
        Column(_("Asked by"), lambda row: row.asked_by),
        Column(_("Asked"), lambda row: wall_clock(row.asked_at, reads), MOMENT),
        Column(_("Until"), lambda row: wall_clock(row.until, reads), MOMENT),
        Column(_("Answer"), lambda row: _(_ANSWERS[row.answer]) if row.answer else ""),
        Column(_("Answered by"), lambda row: row.by or ""),
        Column(_("Answered"), lambda row: wall_clock(row.answered_at, reads), MOMENT),
        Column(_("Why"), lambda row: row.why),
    ]
    return send_list(ending, _("Takes two people"), columns, acts_after(session, who, None, _MOST))
