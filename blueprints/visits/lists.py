"""Visits by month as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.visits.pages import months
from blueprints.words.columns import DAY, WHOLE, Column
from blueprints.words.exports import send_list


def index_file(ending: str) -> Response:
    """Send the visits of the last months, the newest first."""
    columns: list[Column[Any]] = [
        Column(_("Month"), lambda row: row.name),
        Column(_("First day"), lambda row: row.sums.first, DAY),
        Column(_("Last day"), lambda row: row.sums.last, DAY),
        Column(_("Visits"), lambda row: row.sums.visits, WHOLE),
        Column(_("With a card"), lambda row: row.sums.by_card, WHOLE),
        Column(_("Without a card"), lambda row: row.sums.without_card, WHOLE),
        Column(_("Different households"), lambda row: row.sums.households, WHOLE),
        Column(_("New households"), lambda row: row.sums.new_households, WHOLE),
        Column(_("Returning households"), lambda row: row.sums.returning_households, WHOLE),
    ]
    return send_list(ending, _("Visits"), columns, months())
