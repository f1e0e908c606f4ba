"""What an import would do, row by row, before anything is written.

A plan is made from what the file says and what the depot has (`depot.imports.known`), inside the
transaction that writes it or, for a dry run, outside any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

from depot.base.errors import DepotError
from depot.imports.rows.cells import ParsedRows
from depot.imports.rows.fields import CRATES
from depot.imports.rows.rows import CrateRow, ItemRow, LocationRow, StockRow
from depot.imports.rows.set_aside import HeadingRow
from depot.imports.sheets.problems import Problem

T = TypeVar("T")
Status = Literal["new", "changed", "same"]
#: Called with the number of rows just dealt with.
ReportStep = Callable[[int], None]
#: So many rows go into one statement, and between two ticks.
CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row that can be imported: what it is and what becomes of it.

    `known_id` is what it is in the depot already; `fills` are the blanks there that it fills in.
    """

    status: Status
    row: ItemRow | LocationRow | CrateRow | StockRow
    known_id: int | None = None
    fills: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the person should know that stops nothing; `rows` as the spreadsheet counts."""

    code: str
    template: str
    params: Mapping[str, object]
    rows: tuple[int, ...]

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template % self.params if self.params else self.template


class Remarks:
    """Gathers remarks; those that say the same of several rows become one."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[DepotError, list[int]]] = {}

    def add(self, error: DepotError, *rows: int) -> None:
        """Note what `error` says of these rows."""
        known = self._found.setdefault((error.code, str(error)), (error, []))
        known[1].extend(rows)

    def add_notes(self, parsed: ParsedRows[T]) -> None:
        """Add what reading the rows brought up."""
        for error, rows in parsed.notes:
            self.add(error, *rows)

    def all(self) -> tuple[Remark, ...]:
        """Return the remarks in the order in which they were first made."""
        return tuple(
            Remark(error.code, error.template, error.params, tuple(rows))
            for error, rows in self._found.values()
        )


@dataclass(frozen=True, slots=True)
class PlannedCode:
    """A product's code to be learned for an item, which its key names; `shown` is as written."""

    item_key: str
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """How much of an item is here, in its base unit, and how much the import would add."""

    item: str
    unit: str
    before: int
    added: int

    @property
    def after(self) -> int:
        """How much of it would be here then."""
        return self.before + self.added


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    `makes` names what is made beside the rows themselves, under "categories", "items" and
    "places"; `counts` tells crates apart: "filled", "blank", "emptied" and "unknown" (contents not
    known). `set_aside` says why rows are left out that have no problem; `headings` are the words
    of those that only head others. `totals` has every item whose stock would grow.
    """

    kind: str
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...] = ()
    makes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    set_aside: tuple[Remark, ...] = ()
    headings: tuple[str, ...] = ()
    codes: tuple[PlannedCode, ...] = ()
    #: What items are to be called in other languages: by the item's key, by language.
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    totals: tuple[ItemTotal, ...] = ()

    def having(self, status: Status) -> list[PlannedRow]:
        """Return the rows of that status."""
        return [row for row in self.rows if row.status == status]

    @property
    def problem_rows(self) -> int:
        """How many rows have a problem."""
        return len({problem.row_number for problem in self.problems})

    @property
    def set_aside_rows(self) -> int:
        """How many rows are left out that have no problem: sums, headings, what is not here."""
        return sum(len(remark.rows) for remark in self.set_aside)

    @property
    def writes(self) -> int:
        """How many rows would change anything."""
        return sum(row.status != "same" for row in self.rows)

    def said(self) -> dict[str, int]:
        """Return the figures of the plan, JSON-ready; new crates are boxes, not rows."""
        new = self.having("new")
        return {
            "new": sum(self.counts.values()) if self.kind == CRATES else len(new),
            "changed": len(self.having("changed")),
            "same": len(self.having("same")),
            "left_out": self.problem_rows + self.set_aside_rows,
            "learned_codes": len(self.codes),
            **self.counts,
            **{f"made_{what}": len(names) for what, names in self.makes.items()},
        }


def sort_problems(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems by row, those of a row in the order found."""
    return tuple(sorted(problems, key=lambda problem: problem.row_number))


def set_aside_of(parsed: ParsedRows[T]) -> tuple[Remark, ...]:
    """Return why rows are left out that have no problem."""
    remarks = Remarks()
    for number, error in parsed.set_aside.items():
        remarks.add(error, number)
    return remarks.all()


def headings_of(parsed: ParsedRows[T]) -> tuple[str, ...]:
    """Return the words of the rows that only head others, each once."""
    errors = [error for error in parsed.set_aside.values() if isinstance(error, HeadingRow)]
    return tuple(dict.fromkeys(str(error.params["text"]) for error in errors))
