"""Names in a table that cannot be told from others: refused as on its own pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from depot.base.errors import DepotError
from depot.base.names import looks, name_key, need_one_alphabet, need_own_look
from depot.imports.known import KnownNames
from depot.imports.rows.cells import ParsedRows
from depot.imports.rows.rows import CrateRow, ItemRow, LocationRow, StockRow
from depot.imports.sheets.problems import Problem

R = TypeVar("R", bound=ItemRow | LocationRow | CrateRow | StockRow)

#: The fields of a row that name something, and what; a row without one of them names no such thing.
_OF_LOCATIONS: Final = {"name": "places"}
_OF_OTHERS: Final = {
    "name": "items",
    "item": "items",
    "category": "categories",
    "location": "places",
    "box_number": "boxes",
}


class _Names:
    """The names of one sort: what the depot has, and what the table has brought so far."""

    def __init__(self, known: Iterable[str]) -> None:
        names = list(known)
        self._fine = set(names)
        self._keys = {name_key(name) for name in names}
        self._by_look = {looks(name): name for name in names}

    def problem(self, name: str) -> DepotError | None:
        """Return why a thing must not be called so; None if it may, or is."""
        if not name or name in self._fine:
            return None
        key, look = name_key(name), looks(name)
        if key not in self._keys:
            try:
                need_one_alphabet(name)
                need_own_look(name, [self._by_look.setdefault(look, name)])
            except DepotError as error:
                return error
        self._keys.add(key)
        self._fine.add(name)
        return None


def refuse_alike(book: KnownNames, parsed: ParsedRows[R]) -> ParsedRows[R]:
    """Take out the rows that name something new that looks like another thing, and say why."""
    names = {
        "items": _Names(known.name for known in book.items.values()),
        "categories": _Names(known.name for known in book.categories.values()),
        "places": _Names(known.name for known in book.places.values()),
        "boxes": _Names(book.box_numbers.values()),
    }
    found = {row.number: list(_problems(row, names)) for row in parsed.rows}
    return replace(
        parsed,
        rows=tuple(row for row in parsed.rows if not found[row.number]),
        problems=(*parsed.problems, *(one for problems in found.values() for one in problems)),
    )


def _problems(row: R, names: Mapping[str, _Names]) -> Iterator[Problem]:
    fields = _OF_LOCATIONS if isinstance(row, LocationRow) else _OF_OTHERS
    for field, sort in fields.items():
        error = names[sort].problem(getattr(row, field, ""))
        if error is not None:
            yield Problem.of(row.number, field, error)
