"""The open tasks as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.web import reader
from blueprints.words.columns import DAY, WHOLE, Column
from blueprints.words.exports import send_list
from depot.base.clock import utc_now
from depot.rota.queries.tasks import open_tasks


def index_file(ending: str) -> Response:
    """Send what is to be done."""
    session, who = reader()
    columns: list[Column[Any]] = [
        Column(_("Task"), lambda row: row.name),
        Column(_("By when"), lambda row: row.due_on, DAY),
        Column(_("What to know"), lambda row: row.text),
        Column(_("Who does it"), lambda row: ", ".join(part.name for part in row.people)),
        Column(_("Steps"), lambda row: row.steps, WHOLE),
        Column(_("Steps done"), lambda row: row.steps_done, WHOLE),
    ]
    return send_list(ending, _("Tasks"), columns, open_tasks(session, who.depot, utc_now()))
