"""What a paper says, as frozen blocks of finished texts: written once, shown in every form.

Whoever makes a paper has put every figure into words already, in the reader's language and units.
The forms (`pdf`, `html`, the print page) only place what stands here, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from typing import Final

#: The sizes of paper a depot chooses from.
SIZES: Final = ("A4", "Letter")
#: The kinds of act, each a colour and a fill of its own, the same as on pages.
KINDS: Final = ("in", "out", "move", "count", "stop", "plain")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Figures are set to the right; a `blank` one is written in by hand."""

    title: str
    is_figure: bool = False
    is_blank: bool = False
    #: A blank one for a name or a signature.
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a cell a column, or with `is_heading` one text over all of them."""

    cells: tuple[str, ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title; `foot` are sums, `note` small print beneath.

    `empty` is what is said where there is no row.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    foot: tuple[str, ...] | None = None
    note: str = ""
    empty: str = ""

    sort = "table"


@dataclass(frozen=True, slots=True)
class Figure:
    """A large figure with what it is above it and small print beneath."""

    label: str
    figure: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Up to four large figures side by side."""

    figures: tuple[Figure, ...]

    sort = "figures"


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts: pairs of what it is and what it says."""

    title: str
    pairs: tuple[tuple[str, str], ...]

    sort = "facts"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; line feeds are kept. `style` is plain, soft (small print) or strong."""

    text: str
    style: str = "plain"
    title: str = ""

    sort = "words"


@dataclass(frozen=True, slots=True)
class Series:
    """What a chart draws in one colour: numbers at or above zero, one a category."""

    name: str
    kind: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, a group a category; `ticks` are the grid lines with their texts.

    The table with the same figures stands beneath it and is a block of its own.
    """

    title: str
    description: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    ticks: tuple[tuple[float, str], ...]

    sort = "chart"


@dataclass(frozen=True, slots=True)
class RankedLine:
    """A name, how long its bar is (of 100), its figure and its share in words."""

    name: str
    width: int
    figure: str
    share: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A table that is a chart as well: each line with a bar."""

    title: str
    kind: str
    lines: tuple[RankedLine, ...]
    empty: str = ""

    sort = "ranking"


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to be filled in by hand: signatures, dates, who counted."""

    labels: tuple[str, ...]

    sort = "blanks"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol of an address, with what it leads to."""

    url: str
    caption: str

    sort = "symbol"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    sort = "break"


Block = Table | Figures | Facts | Words | Chart | Ranking | Blanks | Symbol | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper: its head, its blocks in order, and the line at the foot of every page.

    `owner` is the depot's name, top left of every page; `mark` stands beside it (a number, a
    date). `foot` is the seal or who made it when. `page_of` has places for two numbers.
    """

    title: str
    owner: str
    blocks: tuple[Block, ...]
    lead: tuple[str, ...] = ()
    mark: str = ""
    foot: str = ""
    page_of: str = "page %(page)s of %(pages)s"
    size: str = "A4"
    language: str = "en"


def texts_of(part: object) -> Iterator[str]:
    """Yield every text that stands on a paper, or on a part of one."""
    if isinstance(part, str):
        yield part
    elif is_dataclass(part):
        for name in part.__dataclass_fields__:
            yield from texts_of(getattr(part, name))
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts_of(one)
