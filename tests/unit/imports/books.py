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


_ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in [
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
    ]
)
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def ods_text(text: str, more: str = "") -> str:
    """Return a cell of OpenDocument with a text."""
    return ods_cell("string", more, text)


def ods_cell(kind: str, more: str, text: str) -> str:
    """Return a cell of OpenDocument; `more` are its attributes."""
    return (
        f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods(rows: str, styles: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """Return an OpenDocument spreadsheet whose one sheet "Stock" has `rows`."""
    content = (
        f"<office:document-content {_ODS_NAMES}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Stock">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_parts({"mimetype": ODS, "content.xml": content.encode()} | (more or {}))
