"""A list and its columns, declared once for every form it leaves the program in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

Row = TypeVar("Row")
#: Kinds of cells; `value` of a column returns that kind or None for an empty cell.
TEXT: Final = "text"
WHOLE: Final = "whole"
NUMBER: Final = "number"
DAY: Final = "day"
MOMENT: Final = "moment"
FLAG: Final = "flag"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, what a row says in it, and of which kind that is.

    Numbers that are `summed` get a total under them, where a form can add up. A MOMENT is given on
    the depot's wall clock, without a zone: that is what people read and spreadsheets can hold.
    """

    title: str
    #: A str, int, Decimal, date, datetime or bool, as `kind` says, or None for an empty cell.
    value: Callable[[Row], Any]
    kind: str = TEXT
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A list: `name` is what its file and sheet are called, `rows` are read once.

    `yes` and `no` are how a FLAG is written, `total` is the word beside the sums.
    """

    name: str
    columns: tuple[Column[Row], ...]
    rows: Iterable[Row]
    yes: str = "yes"
    no: str = "no"
    total: str = "All"
