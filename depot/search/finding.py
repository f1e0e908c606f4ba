"""Asking both databases for what may be meant; it is ranked in Python, so alike on both.

SQLite has FTS5 (`search_words`, over `search_entry.keys`), PostgreSQL its own text search with a
GIN index. Both look up whole words or how they begin; which, `depot/db/search/keys.py` says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from depot.db.search.keys import (
    GROUPS,
    Sought,
    for_postgresql,
    for_sqlite,
    kept_words,
    sought_slips,
    sought_whole,
    sought_words,
)
from depot.search.ranking import SAME, closeness, order_of

Seek = Callable[[int, str, Sequence[str]], Sought]
#: So many are looked at of items, of entries, and of the others together.
_MOST: Final = 40
#: With fewer than these, and none that is called just so, slips of the finger are thought of.
_ENOUGH: Final = 3
_SELECT: Final = (
    "SELECT e.kind, e.row_id, e.name, e.aside, e.keys FROM found"
    " CROSS JOIN search_entry AS e WHERE e.id = found.id AND e.depot_id = :depot"
)
_IN_FILE: Final = (
    "SELECT * FROM (SELECT rowid AS id FROM search_words WHERE search_words MATCH :q{0}"
    " ORDER BY rowid DESC LIMIT :most)"
)
#: OFFSET 0 keeps PostgreSQL from walking along the ids, hoping that what it seeks comes soon.
_ON_SERVER: Final = (
    "SELECT * FROM (SELECT id FROM (SELECT id FROM search_entry"
    " WHERE array_to_tsvector(string_to_array(keys, ' ')) @@ CAST(:q{0} AS tsquery) OFFSET 0)"
    " AS near{0} ORDER BY id DESC LIMIT :most) AS part{0}"
)


class NamedThing(NamedTuple):
    """Something that search keeps, and where it comes among what was found."""

    kind: str
    id: int
    name: str
    order: tuple[Any, ...]

    @property
    def is_guess(self) -> bool:
        """Whether a word of it was sought in another spelling."""
        return bool(self.order[0])

    @property
    def is_just_so(self) -> bool:
        """Whether each word that is sought stands in it as it was typed."""
        return not self.is_guess and self.order[3] == SAME


def find_named(session: Session, depot_id: int, asked: Sequence[str]) -> list[NamedThing]:
    """Return what has all these words in its name, the nearest first (one statement to three)."""
    if not asked:
        return []
    found: dict[tuple[str, int], NamedThing] = {}
    for groups in _rounds(depot_id, asked):
        found = _ranked(depot_id, _ask(session, depot_id, groups), asked) | found
        if _is_enough(found.values()):
            break
    return sorted(found.values(), key=lambda one: one.order)


def _is_enough(found: Collection[NamedThing]) -> bool:
    return sum(not one.is_guess for one in found) >= _ENOUGH or any(one.is_just_so for one in found)


def _rounds(depot_id: int, asked: Sequence[str]) -> Iterator[list[list[Sought]]]:
    """Yield what is asked one after another: as typed, then each word begun, then with slips."""
    wholes = [list(sought_whole(depot_id, group, tuple(asked))) for group in GROUPS]
    by_whole = [[one for whole in wholes for one in whole[at : at + 1]] for at in (0, 1)]
    as_typed = _each(depot_id, asked, partial(sought_words, all_begun=False))
    yield [group for group in by_whole if group] + as_typed
    if len(asked) > 1:
        yield _each(depot_id, asked, sought_words)
    yield _each(depot_id, asked, sought_slips)


def _each(depot_id: int, asked: Sequence[str], seek: Seek) -> list[list[Sought]]:
    return [[seek(depot_id, group, asked)] for group in GROUPS]


def _ask(session: Session, depot_id: int, groups: Sequence[Sequence[Sought]]) -> Iterable[Any]:
    """Return the rows that any of a group's searches find, the latest of each group."""
    connection = session.connection()
    in_file = connection.dialect.name == "sqlite"
    write, either = (for_sqlite, " OR ") if in_file else (for_postgresql, " | ")
    questions = {
        f"q{at}": either.join(f"({write(one)})" for one in group) for at, group in enumerate(groups)
    }
    named = {"depot": depot_id, "most": _MOST}
    return connection.execute(_statement(len(groups), in_file=in_file), questions | named)


@lru_cache(maxsize=8)
def _statement(groups: int, *, in_file: bool) -> TextClause:
    part = _IN_FILE if in_file else _ON_SERVER
    parts = " UNION ".join(part.format(at) for at in range(groups))
    return text(f"WITH found(id) AS ({parts}) {_SELECT}")


def _ranked(
    depot_id: int, rows: Iterable[Any], asked: Sequence[str]
) -> dict[tuple[str, int], NamedThing]:
    found = {}
    for kind, row_id, name, is_aside, keys in rows:
        near = closeness(asked, kept_words(depot_id, kind, keys), name)
        if near is not None:
            order = (*order_of(near, bool(is_aside), name, row_id), kind)
            found[kind, row_id] = NamedThing(kind, row_id, name, order)
    return found
