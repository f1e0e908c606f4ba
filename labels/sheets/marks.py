"""What stands on a label or a page, mark by mark, in mm from its top left corner.

Whoever prints draws marks and nothing else, so that a label looks the same as a PDF, as a picture
and on a label printer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[str, bool], float]
"""Width of a text (set bold or not) as a multiple of its size."""


@dataclass(frozen=True)
class SymbolMark:
    """A QR symbol of `text`: top left corner and side in mm, quiet zone included.

    What reaches over the label's edge is quiet zone, which is the paper's white.
    """

    x: float
    y: float
    side: float
    text: str


@dataclass(frozen=True)
class CodeMark:
    """Letters of the code: top left corner and height over all in mm."""

    x: float
    y: float
    height: float
    text: str


@dataclass(frozen=True)
class TextMark:
    """One line of text: where its baseline begins and its size, in mm."""

    x: float
    y: float
    size: float
    bold: bool
    text: str


@dataclass(frozen=True)
class LineMark:
    """A straight line from one point to another, `width` thick, in mm."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.2


Mark = SymbolMark | CodeMark | TextMark | LineMark
