"""The letters in which codes are drawn: stencil-like, all of one width, made of thick strokes.

They are drawn and not set, so that a code looks the same on every printer and screen and no font
has to be there. A letter stands in a cell 4 units wide and 6 high, x to the right and y downwards,
measured along the middle of its strokes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

Stroke = tuple[tuple[float, float], ...]
"""The corners of one pen stroke, in units; a closed stroke repeats its first corner."""

CELL_WIDTH: Final = 4.0
CELL_HEIGHT: Final = 6.0
STROKE_WIDTH: Final = 1.15
ADVANCE: Final = 6.1
"""From one letter's left edge to the next one's, in units."""

_DRAWN = {
    "0": "1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0 / 2,2.7 2,3.3",
    "1": "0.6,1.3 2.2,0 2.2,6 / 0.5,6 3.9,6",
    "2": "0,1 1,0 3,0 4,1 4,2.2 0,6 4,6",
    "3": "0,1 1,0 3,0 4,1 4,2 3.1,2.9 4,3.8 4,5 3,6 1,6 0,5 / 1.5,2.9 3.1,2.9",
    "4": "3.1,6 3.1,0 0,4.2 4.1,4.2",
    "5": "3.8,0 0.2,0 0.2,2.5 3,2.5 4,3.5 4,5 3,6 1,6 0,5",
    "6": "3.8,0.6 3.1,0 1,0 0,1 0,5 1,6 3,6 4,5 4,3.6 3,2.6 0,2.6",
    "7": "0,0 4,0 4,0.6 1.5,6",
    "8": "1,0 3,0 3.9,0.9 3.9,2 3,2.9 1,2.9 0.1,2 0.1,0.9 1,0 / "
    "1,2.9 3,2.9 4,3.9 4,5 3,6 1,6 0,5 0,3.9 1,2.9",
    "9": "0.2,5.4 0.9,6 3,6 4,5 4,1 3,0 1,0 0,1 0,2.4 1,3.4 4,3.4",
    "A": "0,6 2,0 4,6 / 0.8,4.1 3.2,4.1",
    "B": "0,0 3,0 3.9,0.9 3.9,2 3,2.9 4,3.9 4,5 3,6 0,6 0,0 / 0,2.9 3,2.9",
    "C": "4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5",
    "D": "0,0 2.4,0 4,1.6 4,4.4 2.4,6 0,6 0,0",
    "E": "4,0 0.2,0 0.2,6 4,6 / 0.2,2.9 3.3,2.9",
    "F": "4,0 0.3,0 0.3,6 / 0.3,2.9 3.4,2.9",
    "G": "4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5 4,3.2 2.3,3.2",
    "H": "0,0 0,6 / 4,0 4,6 / 0,2.9 4,2.9",
    "I": "0.6,0 3.4,0 / 2,0 2,6 / 0.6,6 3.4,6",
    "J": "1.4,0 3.7,0 3.7,5 2.7,6 1,6 0,5",
    "K": "0,0 0,6 / 3.9,0 0,3.4 / 1.5,2.3 4,6",
    "L": "0.3,0 0.3,6 4,6",
    "M": "0,6 0,0 2,2.9 4,0 4,6",
    "N": "0,6 0,0 4,6 4,0",
    "O": "1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0",
    "P": "0.1,6 0.1,0 3,0 4,1 4,2.4 3,3.4 0.1,3.4",
    "Q": "1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0 / 2.3,4.3 4.2,6.5",
    "R": "0.1,6 0.1,0 3,0 4,1 4,2.3 3,3.3 0.1,3.3 / 2.2,3.3 4,6",
    "S": "4,1 3,0 1,0 0,1 0,2 0.9,2.9 3.1,2.9 4,3.8 4,5 3,6 1,6 0,5",
    "T": "0,0 4,0 / 2,0 2,6",
    "U": "0,0 0,5 1,6 3,6 4,5 4,0",
    "V": "0,0 2,6 4,0",
    "W": "0,0 0.8,6 2,2.6 3.2,6 4,0",
    "X": "0,0 4,6 / 4,0 0,6",
    "Y": "0,0 2,3 4,0 / 2,3 2,6",
    "Z": "0,0 4,0 0,6 4,6",
    "-": "0.9,3 3.1,3",
    " ": "",
}
_UNKNOWN = "0,0 4,0 4,6 0,6 0,0"


def _read(drawn: str) -> tuple[Stroke, ...]:
    strokes = (stroke.split() for stroke in drawn.split("/"))
    return tuple(
        tuple((float(x), float(y)) for x, y in (corner.split(",") for corner in stroke))
        for stroke in strokes
        if stroke
    )


GLYPHS: Final[Mapping[str, tuple[Stroke, ...]]] = MappingProxyType(
    {letter: _read(drawn) for letter, drawn in _DRAWN.items()}
)
"""The strokes of A to Z, 0 to 9, the hyphen and the blank."""

_EMPTY_CELL: Final = _read(_UNKNOWN)


def strokes(letter: str) -> tuple[Stroke, ...]:
    """Return the strokes of a letter, in units; an empty cell for one that is not drawn here."""
    return GLYPHS.get(letter.upper(), _EMPTY_CELL)


def width_for(count: int, height: float) -> float:
    """Return the width of `count` letters whose height over all is `height`, in its unit."""
    return (count * ADVANCE - ADVANCE + CELL_WIDTH + STROKE_WIDTH) * scale_for(height)


def height_for(count: int, width: float) -> float:
    """Return the height over all of `count` letters that are `width` wide together."""
    return width / width_for(count, 1.0)


def scale_for(height: float) -> float:
    """Return the length of one unit for letters whose height over all is `height`."""
    return height / (CELL_HEIGHT + STROKE_WIDTH)
