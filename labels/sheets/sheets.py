"""The geometry of label sheets, in millimetres from the top left corner of the page."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from labels.errors import SheetDoesNotFit, UnknownSheet

# A label may stick out or overlap by this much: printed geometries are rounded to 0.01 mm.
_TOLERANCE_MM = 0.02


@dataclass(frozen=True)
class Box:
    """A rectangle in mm: the distance of its top left corner from the page's, and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Page:
    """A paper size in mm."""

    name: str
    width: float
    height: float


A4: Final = Page("A4", 210.0, 297.0)
LETTER: Final = Page("Letter", 215.9, 279.4)


@dataclass(frozen=True)
class Sheet:
    """A sheet of equal labels, all lengths in mm.

    `left` and `top` are the distances of the first label from the page's edges, `pitch_x` and
    `pitch_y` those from one label's left or top edge to the next one's, gutter included.

    Raises SheetDoesNotFit when a length is not positive, labels overlap or leave the page.
    """

    code: str
    page: Page
    label_width: float
    label_height: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    def __post_init__(self) -> None:
        self._check_lengths()
        self._check_axis("wide", self.page.width, self.left, self.columns, self.pitch_x)
        self._check_axis("high", self.page.height, self.top, self.rows, self.pitch_y)

    def _check_lengths(self) -> None:
        sizes = (self.page.width, self.page.height, self.label_width, self.label_height)
        if not all(math.isfinite(size) and 0 < size <= 2000 for size in sizes):
            raise SheetDoesNotFit(f"Sheet {self.code}: a size is not between 0 and 2000 mm.")
        if not all(math.isfinite(edge) and edge >= 0 for edge in (self.left, self.top)):
            raise SheetDoesNotFit(f"Sheet {self.code}: a margin is negative.")
        if not (1 <= self.columns <= 100 and 1 <= self.rows <= 100):
            raise SheetDoesNotFit(f"Sheet {self.code}: it needs 1 to 100 columns and rows.")

    def _check_axis(self, word: str, page: float, start: float, count: int, pitch: float) -> None:
        label = self.label_width if word == "wide" else self.label_height
        if count > 1 and not (math.isfinite(pitch) and pitch >= label - _TOLERANCE_MM):
            raise SheetDoesNotFit(
                f"Sheet {self.code}: labels {label:g} mm {word} overlap, {pitch:g} mm apart."
            )
        end = start + (count - 1) * pitch * (count > 1) + label
        if end > page + _TOLERANCE_MM:
            raise SheetDoesNotFit(
                f"Sheet {self.code}: {count} labels reach to {end:.2f} mm on a page"
                f" {page:g} mm {word}."
            )

    @property
    def capacity(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    def place(self, position: int) -> Box:
        """Return where label `position` is: 1 is top left, then along the row, row by row.

        Raises IndexError for a position that is not on the sheet.
        """
        if not 1 <= position <= self.capacity:
            raise IndexError(f"sheet {self.code} has labels 1 to {self.capacity}, not {position}")
        row, column = divmod(position - 1, self.columns)
        return Box(
            self.left + column * self.pitch_x,
            self.top + row * self.pitch_y,
            self.label_width,
            self.label_height,
        )


def single_label_sheet(width: float, height: float, code: str = "") -> Sheet:
    """Return a page that is one label of `width` by `height` mm, as label printers want it.

    Raises SheetDoesNotFit for a size that is not positive.
    """
    page = Page(code or f"{width:g}x{height:g}", width, height)
    return Sheet(page.name, page, width, height, 1, 1, 0.0, 0.0, width, height)


def _inches(value: str) -> float:
    """Turn inches, a decimal number or a fraction such as 4/3, into mm (25.4 exactly)."""
    return float(Fraction(value) * Fraction("25.4"))


def _letter(code: str, grid: tuple[int, int], size: str, start: str, pitch: str) -> Sheet:
    width, height = map(_inches, size.split())
    left, top = map(_inches, start.split())
    pitch_x, pitch_y = map(_inches, pitch.split())
    return Sheet(code, LETTER, width, height, *grid, left, top, pitch_x, pitch_y)


# Geometry of the Avery sheets as the templates of gLabels have it: label, grid, left and top,
# pitch. Makers round to 0.01 mm; the inch figures that are thirds are written as fractions.
_ALL: Final = (
    Sheet("L7160", A4, 63.5, 38.1, 3, 7, 7.48, 15.49, 66.04, 38.1),
    Sheet("L7161", A4, 63.5, 46.6, 3, 6, 7.41, 8.11, 65.93, 46.74),
    Sheet("L7162", A4, 99.1, 33.9, 2, 8, 3.99, 12.98, 102.48, 33.9),
    Sheet("L7163", A4, 99.1, 38.1, 2, 7, 3.35, 15.17, 103.01, 38.1),
    Sheet("L7164", A4, 63.5, 71.98, 3, 4, 7.35, 3.53, 66.0, 71.98),
    Sheet("L7165", A4, 99.1, 67.7, 2, 4, 4.67, 13.04, 101.64, 67.73),
    Sheet("L7169", A4, 99.1, 139.0, 2, 2, 5.01, 7.06, 101.49, 139.0),
    Sheet("L7651", A4, 38.1, 21.2, 5, 13, 4.7, 10.9, 40.6, 21.2),
    Sheet("L4732", A4, 35.6, 16.9, 5, 16, 11.0, 13.0, 38.1, 16.9),
    _letter("5160", (3, 10), "2.625 1", "0.15625 0.5", "2.78125 1"),
    _letter("5161", (2, 10), "4 1", "0.15625 0.5", "4.1875 1"),
    _letter("5162", (2, 7), "4 4/3", "0.15625 5/6", "4.1875 4/3"),
    _letter("5163", (2, 5), "4 2", "0.1625 0.5", "4.1875 2"),
    _letter("5164", (2, 3), "4 10/3", "0.15625 0.5", "4.1875 10/3"),
    _letter("5167", (4, 20), "1.75 0.5", "0.28125 0.5", "2.0625 0.5"),
    _letter("5168", (2, 2), "3.5 5", "0.5 0.5", "4 5"),
)

SHEETS: Final[Mapping[str, Sheet]] = MappingProxyType({sheet.code: sheet for sheet in _ALL})
"""Every known sheet by product code: A4 first, then US Letter."""


_A5: Final = Page("A5", 148.0, 210.0)
_A6: Final = Page("A6", 105.0, 148.0)


def _plain(code: str, page: Page, columns: int, rows: int) -> Sheet:
    width, height = page.width / columns, page.height / rows
    return Sheet(code, page, width, height, columns, rows, 0.0, 0.0, width, height)


_PLAIN: Final = (
    _plain("A4/2", A4, 1, 2),
    _plain("A4/4", A4, 2, 2),
    _plain("A5", _A5, 1, 1),
    _plain("A6", _A6, 1, 1),
    _plain("LETTER/2", LETTER, 1, 2),
    _plain("LETTER/4", LETTER, 2, 2),
)
PAPERS: Final[Mapping[str, Sheet]] = MappingProxyType({sheet.code: sheet for sheet in _PLAIN})
"""Plain paper, whole or to be cut in halves or quarters, for labels that are read from afar."""

_SIZES: Final = (
    (62.0, 29.0),
    (62.0, 100.0),
    (29.0, 90.0),
    (51.0, 25.0),
    (54.0, 25.0),
    (57.0, 32.0),
    (76.0, 51.0),
    (89.0, 28.0),
    (89.0, 36.0),
    (90.0, 38.0),
    (101.0, 54.0),
    (102.0, 59.0),
    (100.0, 150.0),
    (102.0, 51.0),
    (102.0, 152.0),
    (104.0, 159.0),
    (105.0, 148.0),
    (148.0, 210.0),
)
ROLLS: Final[Mapping[str, Sheet]] = MappingProxyType(
    {sheet.code: sheet for sheet in (single_label_sheet(*size) for size in _SIZES)}
)
"""Labels one by one, as on a roll, by width and height in mm: 102x152 is 4 by 6 inches."""

ROLL_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "54x25": "Dymo 11352",
        "57x32": "Dymo 11354, 30334",
        "62x29": "Brother DK-11209",
        "89x28": "Dymo 99010, 30252",
        "89x36": "Dymo 99012, 30321",
        "90x38": "Brother DK-11208",
        "101x54": "Dymo 99014",
        "102x59": "Dymo 30256",
        "104x159": "Dymo S0904980",
    }
)
"""What some of these rolls are sold as, for printers that only take a PDF."""


def sheet_of_micrometres(
    code: str, page: tuple[int, int], label: tuple[int, int], grid: tuple[int, int], **at: int
) -> Sheet:
    """Return a sheet measured in thousandths of a mm, widths first; `at`: left, top, pitch_x and
    pitch_y. Raises SheetDoesNotFit as Sheet does.
    """
    left, top, pitch_x, pitch_y = (
        at[name] / 1000 for name in ("left", "top", "pitch_x", "pitch_y")
    )
    paper = Page(f"{page[0] / 1000:g} × {page[1] / 1000:g} mm", page[0] / 1000, page[1] / 1000)
    for known in (A4, LETTER, _A5, _A6):
        if (round(known.width * 1000), round(known.height * 1000)) == page:
            paper = known
    size = (label[0] / 1000, label[1] / 1000)
    return Sheet(code, paper, *size, *grid, left, top, pitch_x, pitch_y)


def find_sheet(code: str) -> Sheet:
    """Return the sheet with a product code, whatever its case; "Avery" in front is ignored.

    Plain paper ("A5", "A4/2") and single labels ("62x29") have codes too. Raises UnknownSheet,
    which names those that come close (all product codes if none does).
    """
    wanted = code.upper().replace("AVERY", "").replace(" ", "").replace("-", "")
    for known in (SHEETS, PAPERS, ROLLS):
        for name in (wanted, wanted.lower().replace("×", "x")):
            if name in known:
                return known[name]
    raise UnknownSheet(code, tuple(difflib.get_close_matches(wanted, SHEETS) or SHEETS))
