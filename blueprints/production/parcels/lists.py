"""The parcels as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.production.parcels.words import line_title
from blueprints.words.columns import FLAG, NUMBER, WHOLE, Column, exported_amount, unit_word
from blueprints.words.exports import send_list
from depot.production.parcel_rows import ParcelLineRow, ParcelRow
from depot.production.queries.parcels import listed_parcels


def parcels_file(ending: str) -> Response:
    """Send all parcels, a line for each line and each for whom it is."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Parcel"), lambda row: row[0].name),
        Column(_("Version"), lambda row: row[0].version, WHOLE),
        Column(_("What is in it"), lambda row: line_title(row[1], reads)),
        Column(_("For each"), lambda row: row[2]),
        Column(
            _("How much"),
            lambda row: exported_amount(row[3], row[1].goods.unit, reads),
            NUMBER,
        ),
        Column(_("Unit"), lambda row: unit_word(row[1].goods.unit, reads)),
        Column(_("What may stand in"), lambda row: ", ".join(one.name for one in row[1].swaps)),
        Column(_("No longer in use"), lambda row: row[0].archived, FLAG),
    ]
    rows = _amounts(listed_parcels(session, who.depot_id))
    return send_list(ending, _("Parcels"), columns, rows)


def _amounts(rows: list[ParcelRow]) -> Iterator[tuple[ParcelRow, ParcelLineRow, str, int]]:
    for row in rows:
        for line in row.lines:
            amounts = line.goods.amounts
            people = ((_("household"), amounts.household), (_("adult"), amounts.adult))
            said = [*people, (_("child"), amounts.child)]
            said += list(zip(row.sizes, amounts.sizes, strict=True)) if row.sizes else []
            yield from ((row, line, whom, quantity) for whom, quantity in said if quantity)
