"""Places to choose from: a tree with what is said of each, found by typing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from blueprints.frame.web import reader
from depot.items.queries.catalog import PlaceInTree, place_tree

#: More places than these are no row of buttons, but a list.
MOST_BUTTONS: Final = 8
#: So many letters of what is said of a place help to know it.
_SAID: Final = 60
_INDENT: Final = "\N{EM SPACE}"


def place_ids() -> list[tuple[str, str]]:
    """Return this depot's places for a `select` by id, what is in a place indented under it."""
    return [(str(row.id), _indented(row)) for row in _places()]


def place_names(without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the places for a `select` by name."""
    return [(row.name, _indented(row)) for row in _places() if row.name not in without]


def place_hints(without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the places for a field with a list: the name, and where it is and what is said of it.

    A browser shows both and finds a place by either.
    """
    left = [row for row in _places() if row.name not in without]
    return [(row.name, " · ".join([*row.path, *_said(row)])) for row in left]


def _places() -> list[PlaceInTree]:
    session, who = reader()
    return place_tree(session, who.depot_id)


def _indented(row: PlaceInTree) -> str:
    return _INDENT * len(row.path) + " · ".join([row.name, *_said(row)])


def _said(row: PlaceInTree) -> list[str]:
    line = " ".join(row.note.split())
    short = line if len(line) <= _SAID else line[:_SAID].rsplit(" ", 1)[0] + "…"
    return [short] if short else []
