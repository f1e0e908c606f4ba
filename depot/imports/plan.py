"""What an import would do, row by row, before anything is written.

A plan is made from what the file says and what the depot has (its `KnownNames`), inside the
transaction that writes it or, for a dry run, outside any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.errors import DepotError
from depot.base.kinds import PHYSICAL_KINDS
from depot.base.names import name_key
from depot.imports.rows.rows import CrateRow, ItemRow, LocationRow
from depot.imports.sheets.problems import Problem
from depot.models import Category, Crate, Item, Location
from labels.symbols import codes

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
    row: ItemRow | LocationRow | CrateRow
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

    def all(self) -> tuple[Remark, ...]:
        """Return the remarks in the order in which they were first made."""
        return tuple(
            Remark(error.code, error.template, error.params, tuple(rows))
            for error, rows in self._found.values()
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    `makes` names what is made beside the rows themselves, under "categories", "items" and
    "places"; `counts` tells crates apart: "filled", "blank" and "unknown" (contents not known).
    """

    kind: str
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...] = ()
    makes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    def having(self, status: Status) -> list[PlannedRow]:
        """Return the rows of that status."""
        return [row for row in self.rows if row.status == status]

    @property
    def problem_rows(self) -> int:
        """How many rows have a problem."""
        return len({problem.row_number for problem in self.problems})

    @property
    def writes(self) -> int:
        """How many rows would change anything."""
        return sum(row.status != "same" for row in self.rows)

    def said(self) -> dict[str, int]:
        """Return the figures of the plan, JSON-ready."""
        return {
            "new": len(self.having("new")),
            "changed": len(self.having("changed")),
            "same": len(self.having("same")),
            "left_out": self.problem_rows,
            **self.counts,
            **{f"made_{what}": len(names) for what, names in self.makes.items()},
        }


@dataclass(frozen=True, slots=True)
class KnownCategory:
    """A category of the depot."""

    id: int
    name: str
    note: str
    position: int


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item of the depot."""

    id: int
    name: str
    category_id: int
    base_unit: str
    unit_weight_milligrams: int | None
    note: str
    #: As stored: codes with blanks between.
    allergens: str


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place of the depot that is no crate."""

    id: int
    name: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the depot knows by name, under each name's key.

    `other_names` are names of locations that are no places: crates and what lies outside.
    """

    categories: Mapping[str, KnownCategory]
    items: Mapping[str, KnownItem]
    places: Mapping[str, KnownPlace]
    other_names: frozenset[str]
    box_numbers: frozenset[str]
    crate_codes: frozenset[str]

    @property
    def catch_all(self) -> KnownCategory:
        """The last category, "Other", where what has none belongs."""
        return max(self.categories.values(), key=lambda known: (known.position, known.id))

    def has_crate(self, text: str) -> bool:
        """Say whether `text` is the box number or the code of a crate of the depot."""
        return name_key(text) in self.box_numbers or codes.normalise_code(text) in self.crate_codes


def read_book(session: Session, depot_id: int) -> KnownNames:
    """Return what the depot knows by name (four statements)."""
    locations = session.execute(
        select(Location.name_key, Location.id, Location.name, Location.kind, Location.note).where(
            Location.depot_id == depot_id
        )
    ).all()
    crates = session.execute(
        select(Crate.box_number_key, Crate.code).where(Crate.depot_id == depot_id)
    ).all()
    places = {
        row.name_key: KnownPlace(row.id, row.name, row.kind, row.note)
        for row in locations
        if row.kind in PHYSICAL_KINDS and row.kind != "crate"
    }
    return KnownNames(
        _categories(session, depot_id),
        _items(session, depot_id),
        places,
        frozenset(row.name_key for row in locations if row.name_key not in places),
        frozenset(key for key, _ in crates if key),
        frozenset(code for _, code in crates),
    )


def _categories(session: Session, depot_id: int) -> dict[str, KnownCategory]:
    rows = session.scalars(select(Category).where(Category.depot_id == depot_id))
    return {row.name_key: KnownCategory(row.id, row.name, row.note, row.position) for row in rows}


def _items(session: Session, depot_id: int) -> dict[str, KnownItem]:
    rows = session.execute(
        select(
            Item.name_key,
            Item.id,
            Item.name,
            Item.category_id,
            Item.base_unit,
            Item.unit_weight_milligrams,
            Item.note,
            Item.allergens,
        ).where(Item.depot_id == depot_id)
    )
    return {
        row.name_key: KnownItem(
            row.id,
            row.name,
            row.category_id,
            row.base_unit,
            row.unit_weight_milligrams,
            row.note,
            row.allergens,
        )
        for row in rows
    }


def sort_problems(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems by row, those of a row in the order found."""
    return tuple(sorted(problems, key=lambda problem: problem.row_number))
