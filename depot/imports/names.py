"""Names in other languages in imported lists: rows that use them, and what is filled in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from depot.base.errors import DepotError, NameTaken
from depot.base.names import name_key, need_one_alphabet
from depot.base.text import N_
from depot.imports.known import KnownNames
from depot.imports.plan import PlannedRow, Remarks
from depot.imports.rows.cells import ParsedRows
from depot.imports.rows.rows import CrateRow, ItemRow, LocationRow, StockRow
from depot.imports.sheets.problems import Problem

R = TypeVar("R", bound=ItemRow | LocationRow | CrateRow | StockRow)


class OtherName(DepotError):
    code = "other_name"
    template = N_("“%(item)s” is already called “%(kept)s” in a language; that stays.")


def by_own_names(book: KnownNames, parsed: ParsedRows[R]) -> ParsedRows[R]:
    """Return the rows with each known item under its own name, in whatever language it stands."""
    if not book.called:
        return parsed
    return replace(parsed, rows=tuple(_by_own_name(book, row) for row in parsed.rows))


def _by_own_name(book: KnownNames, row: R) -> R:
    if isinstance(row, LocationRow):
        return row
    own = book.called.get(name_key(_own(row)))
    if own is None:
        return row
    return replace(row, name=own) if isinstance(row, ItemRow) else replace(row, item=own)


class NewNames:
    """What items are to be called in other languages, row by row, and what is in the way."""

    def __init__(self, book: KnownNames, rows: tuple[ItemRow, ...] | tuple[StockRow, ...]) -> None:
        self._book = book
        #: The key of the item that bears a name, by the name's key; of the table's rows as well.
        self._bearers = {key: name_key(own) for key, own in book.called.items()}
        self._bearers |= {key: key for key in book.items}
        self._bearers |= {name_key(_own(row)): name_key(_own(row)) for row in rows}
        # a new category brings an item for its loose goods
        fresh = {row.category for row in rows if name_key(row.category) not in book.categories}
        loose = {name_key(book.loose(category)) for category in fresh if category}
        self._bearers = {key: key for key in loose} | self._bearers
        #: By the key of the item.
        self._found: dict[str, dict[str, str]] = {}

    def problem(self, row: ItemRow | StockRow) -> Problem | None:
        """Return why a row's names cannot be kept, else note them."""
        key = name_key(_own(row))
        for language, name in row.names:
            try:
                need_one_alphabet(name, f"name_{language}")
                if self._bearers.get(name_key(name), key) != key:
                    raise NameTaken(name=name)
            except DepotError as error:
                return Problem.of(row.number, f"name_{language}", error)
        for _language, name in row.names:
            self._bearers[name_key(name)] = key
        return None

    def noted(self, planned: PlannedRow, row: ItemRow | StockRow, remarks: Remarks) -> PlannedRow:
        """Return the planned row; one that only brings names changes its item too."""
        brings = self._fills(row, remarks)
        return (
            replace(planned, status="changed") if brings and planned.status == "same" else planned
        )

    def _fills(self, row: ItemRow | StockRow, remarks: Remarks) -> Mapping[str, str]:
        """Return the names of a row that its item does not have yet; the first of two counts."""
        key = name_key(_own(row))
        known = self._book.items.get(key)
        has = dict(known.names) if known else {}
        has |= self._found.get(key, {})
        new = {}
        for language, name in row.names:
            if language not in has:
                new[language] = name
            elif name_key(has[language]) != name_key(name):
                remarks.add(OtherName(item=_own(row), kept=has[language]), row.number)
        if new:
            self._found.setdefault(key, {}).update(new)
        return new

    def all(self) -> Mapping[str, Mapping[str, str]]:
        """Return what is to be filled in: by the item's key, by language."""
        return self._found


def _own(row: ItemRow | StockRow | CrateRow) -> str:
    return row.name if isinstance(row, ItemRow) else row.item
