"""Every list as a file: a slice declares its columns once, this sends them as CSV or XLSX."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO, Final

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from depot.base.clock import utc_now
from depot.base.units import GRAM, MILLILITRE
from depot.kernel.weights import Total, Weight
from depot.lists.as_csv import write_csv
from depot.lists.as_xlsx import write_xlsx
from depot.lists.listing import DAY, FLAG, MOMENT, NUMBER, TEXT, WHOLE, Column, Listing
from depot.words import figures
from depot.words.weights import large_unit

__all__ = ["DAY", "FLAG", "MOMENT", "NUMBER", "TEXT", "WHOLE", "Column"]

#: What a list can be had as: how it is written, and what it is on the web.
FILE_FORMATS: Final[dict[str, tuple[Callable[[Listing[Any], BinaryIO], None], str]]] = {
    "xlsx": (
        write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}
#: Parameters of a page that say which part of the list it shows: a file has all of it.
_PAGING: Final = frozenset({"after", "limit"})
_CHUNK: Final = 64 * 1024


def send_list(ending: str, name: str, columns: list[Column[Any]], rows: Any) -> Response:
    """Answer with a list as a file. Raises NotFound for a form that there is not.

    `name` is what the list is called; the file is called after the depot, the list and the day.
    """
    if ending not in FILE_FORMATS:
        raise NotFound()
    write, media_type = FILE_FORMATS[ending]
    listing = Listing(name, tuple(columns), rows, _("yes"), _("no"), _("All"))
    # written whole before anything is sent, so that an error is an answer and no torn file
    file = tempfile.TemporaryFile()
    try:
        write(listing, file)
    except BaseException:
        file.close()
        raise
    day = figures.to_local(utc_now(), current_reader()).date().isoformat()
    words = "-".join(name.casefold().split())
    headers = {"Content-Length": str(file.seek(0, os.SEEK_END))}
    answer = Response(_sent(file), content_type=media_type, headers=headers)
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"{actor().depot.slug}-{words}-{day}.{ending}"
    )
    return answer


def _sent(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def export_links(endpoint: str, **values: Any) -> list[tuple[str, str]]:
    """Return names and addresses of the files of the list that the present page shows.

    The page's own filters are kept; `values` are what the address names.
    """
    kept = {
        name: value for name, value in request.args.items() if name not in _PAGING and value.strip()
    }
    return [
        (ending.upper(), url_for(endpoint, ending=ending, **(kept | values)))
        for ending in FILE_FORMATS
    ]


def exported_amount(quantity: int, unit: str) -> Decimal:
    """Return a quantity as a number of what its unit's word says: pieces, kg or lb, litres."""
    if unit == GRAM:
        return large_unit(quantity, actor().depot.weight_unit, 3)
    if unit == MILLILITRE:
        return Decimal(quantity) / 1000
    return Decimal(quantity)


def unit_word(unit: str) -> str:
    """Return the word beside an amount."""
    if unit == GRAM:
        return actor().depot.weight_unit
    return str(_("l")) if unit == MILLILITRE else str(_("pieces"))


def weight_title() -> str:
    """Return the title of a column of weights."""
    return str(_("Weight, %(unit)s", unit=actor().depot.weight_unit))


def weight_number(grams: int | None) -> Decimal | None:
    """Return a weight in the depot's unit; None if it is not known."""
    return None if grams is None else large_unit(grams, actor().depot.weight_unit, 3)


def weight_columns(weight_of: Callable[[Any], Weight]) -> list[Column[Any]]:
    """Return the two columns of a weight: how much, and whether it is estimated."""
    return [
        Column(
            weight_title(), lambda row: weight_number(weight_of(row).grams), NUMBER, summed=True
        ),
        Column(_("Estimated"), lambda row: weight_of(row).is_estimated, FLAG),
    ]


def wall_clock(instant: datetime | None) -> datetime | None:
    """Return an instant as the depot's wall clock shows it, without its zone."""
    return (
        None
        if instant is None
        else figures.to_local(instant, current_reader()).replace(tzinfo=None)
    )


def date_word(kind: str) -> str:
    """Return what a package's date says; empty for goods without one."""
    words: dict[str, str] = {"use_by": _("use by"), "best_before": _("best before")}
    return words.get(kind, "")


def amounts() -> list[Column[Any]]:
    """Return the columns of how much there is of one item, and in which unit."""
    return [
        Column(_("Here"), lambda row: exported_amount(row.quantity, row.unit), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row.unit)),
    ]


def totals(total_of: Any, *, summed: bool) -> list[Column[Any]]:
    """Return the columns of several kinds together; places in each other are not added up."""

    def total(row: Any) -> Total:
        found: Total = total_of(row)
        return found

    return [
        Column(_("Items"), lambda row: total(row).kinds, WHOLE),
        Column(weight_title(), lambda row: weight_number(total(row).grams), NUMBER, summed),
        Column(_("Of it estimated"), lambda row: weight_number(total(row).estimated_grams), NUMBER),
        Column(_("Items not weighed"), lambda row: total(row).not_weighed, WHOLE),
    ]


def place_columns() -> list[Column[Any]]:
    """Return the columns of what stands at each place."""
    return [
        Column(_("Place"), lambda row: row.name or _("place not known")),
        Column(_("Stands in places"), lambda row: row.depth, WHOLE),
        Column(_("Crates"), lambda row: row.crates, WHOLE),
        *totals(lambda row: row.total, summed=False),
    ]
