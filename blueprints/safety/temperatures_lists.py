"""The lists of temperatures as files."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import query_id, reader
from blueprints.words.columns import FLAG, MOMENT, NUMBER, Column, wall_clock
from blueprints.words.exports import send_list
from depot.base.clock import utc_now
from depot.safety.papers.temperatures import EVERY_WORDS, KIND_WORDS, strike_words
from depot.safety.queries import temperatures as query
from depot.words.reader import Reader
from depot.words.temperatures import degree_sign, degrees_of


def readings_file(ending: str) -> Response:
    """Send everything that was read, at one place (`place`) or at all."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("When"), lambda row: wall_clock(row.occurred_at, reads), MOMENT),
        Column(_("Place"), lambda row: row.location),
        _degrees(_("Temperature, %(unit)s"), lambda row: row.tenths, reads),
        _degrees(_("Lowest, %(unit)s"), lambda row: row.limits.lowest, reads),
        _degrees(_("Highest, %(unit)s"), lambda row: row.limits.highest, reads),
        Column(_("Outside the limits"), lambda row: row.is_outside, FLAG),
        Column(_("Read by"), lambda row: row.by),
        Column(_("Written here"), lambda row: wall_clock(row.recorded_at, reads), MOMENT),
        Column(_("Struck out"), lambda row: strike_words(row, reads)),
    ]
    rows = query.all_readings(session, who, query_id("place"), utc_now())
    return send_list(ending, _("Temperatures"), columns, rows)


def places_file(ending: str) -> Response:
    """Send the places whose temperature is read, with how they stand."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Place"), lambda row: row.name),
        Column(_("Kind"), lambda row: reads.gettext(KIND_WORDS[row.kind])),
        _degrees(_("Lowest, %(unit)s"), lambda row: row.limits.lowest, reads),
        _degrees(_("Highest, %(unit)s"), lambda row: row.limits.highest, reads),
        Column(_("To be read"), lambda row: reads.gettext(EVERY_WORDS[row.every_hours])),
        _degrees(_("Last reading, %(unit)s"), lambda row: row.last_tenths, reads),
        Column(_("Read at"), lambda row: wall_clock(row.last_at, reads), MOMENT),
        Column(_("Read by"), lambda row: row.last_by),
        Column(_("Outside the limits"), lambda row: row.is_broken, FLAG),
        Column(_("Not read yet"), lambda row: row.is_missing, FLAG),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
        Column(_("Who says so"), lambda row: row.source),
    ]
    rows = query.cold_places(session, who, utc_now())
    return send_list(ending, _("Fridges and freezers"), columns, rows)


def _degrees(title: str, tenths: Callable[[Any], int | None], reads: Reader) -> Column[Any]:
    """Return a column of temperatures; `title` has a place for their unit."""

    def number(row: Any) -> Decimal | None:
        found = tenths(row)
        return None if found is None else degrees_of(found, reads)

    return Column(title % {"unit": degree_sign(reads)}, number, NUMBER)
