"""Workbooks and zips made for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

import openpyxl

from depot.base.errors import DepotError


def workbook(rows: Iterable[Sequence[object]], **more_sheets: Iterable[Sequence[object]]) -> bytes:
    """Return an XLSX whose first sheet "Sheet" has `rows`, then each of `more_sheets`."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for row in rows:
        first.append(list(row))
    for title, sheet_rows in more_sheets.items():
        sheet = book.create_sheet(title)
        for row in sheet_rows:
            sheet.append(list(row))
    return workbook_bytes(book)


def refusal_of(call: Callable[[], object]) -> DepotError | None:
    """Return the named error that `call` raises, None for none; any other error goes through."""
    try:
        call()
    except DepotError as error:
        return error
    return None


def workbook_bytes(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_parts(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def replace_parts(book: bytes, parts: dict[str, bytes]) -> bytes:
    """Return the workbook with some of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zip_parts({**kept, **parts})
