"""Places to choose from: a tree with what is said of each, found by typing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from blueprints.frame.web import reader
from depot.base.names import natural_sort_key
from depot.items.queries.catalog import PlaceInTree, place_tree

#: More places than these are no row of buttons, but a list.
MOST_BUTTONS: Final = 8
#: So many letters of what is said of a place help to know it.
_SAID: Final = 60
_INDENT: Final = "\N{EM SPACE}"


@dataclass(frozen=True, slots=True)
class OfferedPlaces:
    """The places in use, asked for once however a page offers them."""

    rows: tuple[PlaceInTree, ...]

    def by_name(self) -> list[PlaceInTree]:
        """Return where goods arrive first, then the others by name: the order of buttons."""
        return sorted(self.rows, key=lambda row: (not row.is_default, natural_sort_key(row.name)))

    def ids(self) -> list[tuple[str, str]]:
        """Return them for a `select` by id, what is in a place indented under it."""
        return [(str(row.id), _indented(row)) for row in self.rows]

    def names(self) -> list[tuple[str, str]]:
        """Return them for a `select` by name."""
        return [(row.name, _indented(row)) for row in self.rows]

    def hints(self, without: Collection[str] = ()) -> list[tuple[str, str]]:
        """Return them for a field with a list: the name, where it is and what is said of it.

        A browser shows both and finds a place by either.
        """
        left = [row for row in self.rows if row.name not in without]
        return [(row.name, " · ".join([*row.path, *_said(row)])) for row in left]


def offered_places() -> OfferedPlaces:
    """Return this depot's places to choose from (one statement)."""
    session, who = reader()
    return OfferedPlaces(tuple(place_tree(session, who.depot_id)))


def _indented(row: PlaceInTree) -> str:
    return _INDENT * len(row.path) + " · ".join([row.name, *_said(row)])


def _said(row: PlaceInTree) -> list[str]:
    line = " ".join(row.note.split())
    short = line if len(line) <= _SAID else line[:_SAID].rsplit(" ", 1)[0] + "…"
    return [short] if short else []
