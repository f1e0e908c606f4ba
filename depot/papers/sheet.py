"""A sheet of paper, and the marks that are put on it. Lengths are millimetres from the top left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

#: One point of type in millimetres.
POINT: Final = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper with what is kept free around the edge."""

    name: str
    width: float
    height: float
    side: float = 15.0
    top: float = 24.0
    bottom: float = 18.0

    @property
    def inner(self) -> float:
        """The width that may be written on."""
        return self.width - 2 * self.side

    @property
    def end(self) -> float:
        """How far down may be written."""
        return self.height - self.bottom


#: ISO 216 and ANSI/ASME Y14.1.
SHEETS: Final = {
    "A4": Sheet("A4", 210.0, 297.0),
    "Letter": Sheet("Letter", 215.9, 279.4),
}


@dataclass(frozen=True, slots=True)
class TextMark:
    """One line of text on its baseline; `align` says which of its ends `x` is."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    colour: str = "ink"
    align: str = "left"


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A rectangle; without `fill` an outline, without `line` no outline."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    line: str | None = None
    thick: float = 0.2
    dashed: float = 0.0


@dataclass(frozen=True, slots=True)
class LineMark:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str = "line"
    thick: float = 0.2


@dataclass(frozen=True, slots=True)
class SymbolMark:
    """A QR symbol, quiet zone included, in a square."""

    x: float
    y: float
    side: float
    url: str


Mark = TextMark | BoxMark | LineMark | SymbolMark
_MIRRORED_ALIGN: Final = {"left": "right", "right": "left", "middle": "middle"}


def mirrored(mark: Mark, width: float) -> Mark:
    """Return the mark where it stands on a page that is read from right to left.

    Places change sides; letters, figures and symbols stay as they are.
    """
    if isinstance(mark, TextMark):
        return replace(mark, x=width - mark.x, align=_MIRRORED_ALIGN[mark.align])
    if isinstance(mark, BoxMark):
        return replace(mark, x=width - mark.x - mark.width)
    if isinstance(mark, LineMark):
        return replace(mark, x=width - mark.x, to_x=width - mark.to_x)
    return replace(mark, x=width - mark.x - mark.side)


#: The colours of pages in light, on white paper; each kind of act has its own.
COLOURS: Final = {
    "ink": (29, 26, 21),
    "soft": (84, 77, 66),
    "line": (176, 168, 152),
    "shade": (243, 239, 230),
    "paper": (255, 255, 255),
    "in": (30, 107, 69),
    "out": (31, 95, 168),
    "move": (91, 74, 138),
    "count": (138, 90, 0),
    "stop": (179, 38, 30),
    "plain": (94, 87, 75),
}
