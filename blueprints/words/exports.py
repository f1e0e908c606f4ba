"""Every list as a file: a slice declares its columns once, this sends them as CSV or XLSX."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from depot.base.clock import utc_now
from depot.lists.as_csv import write_csv
from depot.lists.as_xlsx import write_xlsx
from depot.lists.listing import TEXT, Column, Listing
from depot.words import figures
from depot.words.reader import Reader

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
    shown = tuple(_with_names(column, current_reader()) for column in columns)
    listing = Listing(name, shown, rows, _("yes"), _("no"), _("All"))
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


def _with_names(column: Column[Any], reader: Reader) -> Column[Any]:
    """Return the column with those who left named in the reader's words."""
    if column.kind != TEXT:
        return column
    return replace(column, value=lambda row: reader.name(column.value(row)))


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
        name: values
        for name, values in request.args.lists()
        # what begins so is no filter but an order to url_for: another scheme, another host
        if not name.startswith("_")
        and name not in _PAGING
        and any(value.strip() for value in values)
    }
    return [
        (ending.upper(), url_for(endpoint, ending=ending, **(kept | values)))
        for ending in FILE_FORMATS
    ]
