"""A workbook is a zip of XML files. Here it is looked through before anything believes it.

Every part is run through expat in small pieces: nothing is kept, so a bomb costs no memory, and
a document type (the way to entity tricks and outside files) is seen in any encoding.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat  # only counts; what it refuses is exactly what defusedxml refuses

from depot.imports.sheets.limits import (
    MAX_CELLS_IN_ROW,
    MAX_COLUMNS,
    MAX_ELEMENTS,
    MAX_PARTS,
    MAX_ROW_NUMBER,
    MAX_ROWS,
    MAX_SMALL_PART_ELEMENTS,
    MAX_UNPACKED_BYTES,
)
from depot.imports.sheets.refusals import (
    BrokenWorkbook,
    HasPassword,
    OpenDocument,
    TooManyColumns,
    TooManyRows,
    TooMuchInside,
)

_PIECE: Final = 65_536
_XML_ENDINGS: Final = (".xml", ".rels")
#: Root elements of parts beside the sheets that may be large: shared texts, what is never opened.
_NOT_CELLS: Final = frozenset({"sst", "pivotCacheRecords", "comments", "wsDr", "calcChain"})
#: Root elements of parts with the cells of a sheet or, in OpenDocument, of all of them.
_WITH_CELLS: Final = frozenset({"worksheet", "document-content"})
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = "META-INF/manifest.xml"
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass
class _Tally:
    elements: int = 0
    formulas: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that is safe to open: whose it is, and whether its sheets have formulas."""

    is_open_document: bool
    has_formulas: bool


def check_workbook(data: bytes, name: str) -> Checked:
    """Check that `data` is a workbook safe to open, of Excel or OpenDocument.

    Raises SheetRefused: not a workbook, too much inside, a document type, values beyond the
    200th column, rows without end, a password.
    """
    tally = _Tally()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts, name)
            is_open_document = _check_kind(archive, {part.filename for part in parts}, name)
            for part in parts:
                _check_part(archive, part, tally, name)
    except (*_UNREADABLE, OSError, ValueError, LookupError) as error:
        raise BrokenWorkbook(field="file", name=name) from error
    return Checked(is_open_document, tally.formulas)


def _check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    # zipfile never unpacks more of a part than its directory says, so this sum is a bound
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise TooMuchInside(field="file", name=name)


def _check_kind(archive: zipfile.ZipFile, names: set[str], name: str) -> bool:
    """Return whether it is an OpenDocument spreadsheet; what is not Excel's either is refused."""
    if "content.xml" in names and "mimetype" in names:
        if not _begins(archive, "mimetype").startswith(_ODS):
            raise OpenDocument(field="file", name=name)
        if _MANIFEST in names and b"encryption-data" in _begins(archive, _MANIFEST):
            raise HasPassword(field="file", name=name)
        return True
    if "[Content_Types].xml" not in names:
        raise BrokenWorkbook(field="file", name=name)
    return False


def _begins(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(_PIECE)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, tally: _Tally, name: str) -> None:
    watcher = _Watcher(tally, name)
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                watcher.parser.Parse(piece, False)
            watcher.parser.Parse(b"", True)
    except expat.ExpatError as error:
        # a picture is not XML and is never read as such; whatever ends like XML must be it
        if part.filename.lower().endswith(_XML_ENDINGS):
            raise BrokenWorkbook(field="file", name=name) from error


class _Watcher:
    """Counts the elements of one part and stops at the first thing no table needs."""

    def __init__(self, tally: _Tally, name: str) -> None:
        self._tally = tally
        self._name = name
        self._elements = 0
        self._root = ""
        self._rows = 0
        self._cells = 0
        self._column = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise BrokenWorkbook(field="file", name=self._name)

    def _start(self, prefixed: str, attributes: dict[str, str]) -> None:
        tag = prefixed.rpartition(":")[2]
        self._root = self._root or tag
        self._count()
        if self._root in _NOT_CELLS:
            return
        if tag == "c":
            self._cell(attributes.get("r", ""))
        elif tag in ("row", "table-row"):
            self._row()
        elif tag == "table-cell":
            self._cell("")
        elif tag == "table":
            self._rows = 0
        elif tag in ("v", "is", "f"):
            self._value(tag)

    def _value(self, tag: str) -> None:
        self._tally.formulas |= tag == "f"
        if self._column > MAX_COLUMNS:
            raise TooManyColumns(field="file", name=self._name, limit=MAX_COLUMNS)

    def _count(self) -> None:
        large = self._root in _WITH_CELLS or self._root in _NOT_CELLS
        limit = MAX_ELEMENTS if large else MAX_SMALL_PART_ELEMENTS
        self._elements += 1
        self._tally.elements += 1
        if self._elements > limit or self._tally.elements > MAX_ELEMENTS:
            raise TooMuchInside(field="file", name=self._name)

    def _row(self) -> None:
        self._rows += 1
        self._column = 0
        self._cells = 0
        if self._rows > MAX_ROW_NUMBER:
            raise TooManyRows(field="file", name=self._name, limit=MAX_ROWS)

    def _cell(self, reference: str) -> None:
        self._column = _column_number(reference) or self._column + 1
        self._cells += 1
        if self._cells > MAX_CELLS_IN_ROW:
            raise TooManyColumns(field="file", name=self._name, limit=MAX_COLUMNS)


def _column_number(reference: str) -> int:
    """Return the column of a reference like "AB12" counted from 1; 0 if it names none."""
    column = 0
    for letter in reference[:8].upper():
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column
