"""Keeping what search finds in step with its rows, in the transaction that changes them.

Triggers note whatever changes (`search_stale`), whoever writes it; before a transaction is stored,
what they noted is read anew. Nothing noted outlives a transaction, but for what was written past
the program: the next one heals it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, TextClause, bindparam, text

from depot.db.few import in_portions
from depot.db.search.keys import KINDS, keys_of


class Kept(NamedTuple):
    """A thing as search keeps it."""

    depot_id: int
    row_id: int
    name: str
    #: Whether it is put away, called off or no longer used: it comes after the others.
    is_aside: bool
    keys: str

    def values(self) -> dict[str, Any]:
        """Return what stands of it in its row, but for whose it is."""
        named = {"row_id": self.row_id, "name": self.name}
        return named | {"aside": self.is_aside, "keys": self.keys}


#: Depot, id, whether it is aside, its name, and what else it is found by.
_ROWS: Final = {
    "item": (
        "SELECT item.depot_id, item.id, item.archived AS aside, item.name,"
        " COALESCE(item_name.name, '') AS more FROM item LEFT JOIN item_name"
        " ON item_name.item_id = item.id AND item_name.depot_id = item.depot_id"
    ),
    "location": (
        "SELECT depot_id, id, archived AS aside, name, '' AS more FROM location"
        " WHERE kind IN ('storage', 'quarantine')"
    ),
    "partner": "SELECT depot_id, id, archived AS aside, name, '' AS more FROM partner",
    "event": (
        "SELECT depot_id, id, called_off_at IS NOT NULL AS aside, name, place AS more"
        " FROM distribution_event"
    ),
    "entry": (
        "SELECT depot_id, id, 1 = 0 AS aside, note AS name, '' AS more FROM stock_entry"
        " WHERE note <> ''"
    ),
    "crate": (
        "SELECT depot_id, crate_id AS id, 1 = 0 AS aside, tag AS name, '' AS more FROM crate_tag"
    ),
}


def _among(kind: str) -> TextClause:
    """Return the statement for the rows of a kind among :ids."""
    statement = f"SELECT * FROM ({_ROWS[kind]}) AS found WHERE id IN :ids"  # noqa: S608 - ours
    return text(f"{statement} ORDER BY id").bindparams(bindparam("ids", expanding=True))


_AMONG: Final = {kind: _among(kind) for kind in KINDS}
_OF_DEPOT: Final = {
    kind: text(
        f"SELECT * FROM ({rows}) AS found WHERE depot_id = :depot"  # noqa: S608 - ours
        " ORDER BY id"
    )
    for kind, rows in _ROWS.items()
}
_ANY_STALE: Final = "SELECT 1 FROM search_stale LIMIT 1"
#: At once read and taken away: nothing that is noted meanwhile can be lost.
_TAKE_STALE: Final = "DELETE FROM search_stale RETURNING depot_id, kind, row_id"
_GONE: Final = text(
    "DELETE FROM search_entry WHERE depot_id = :depot AND kind = :kind AND row_id IN :ids"
).bindparams(bindparam("ids", expanding=True))
_KEEP: Final = text(
    "INSERT INTO search_entry (depot_id, kind, row_id, name, aside, keys)"
    " VALUES (:depot, :kind, :row_id, :name, :aside, :keys)"
    " ON CONFLICT (depot_id, kind, row_id)"
    " DO UPDATE SET name = excluded.name, aside = excluded.aside, keys = excluded.keys"
)


def renew_stale(connection: Connection) -> int:
    """Read anew what has changed since it was last read; return how many things that were."""
    if not _is_any_stale(connection):
        return 0
    sought: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for depot_id, kind, row_id in connection.exec_driver_sql(_TAKE_STALE):
        sought[depot_id, kind].append(row_id)
    kept: list[dict[str, Any]] = []
    for (depot_id, kind), ids in sorted(sought.items()):
        for part in in_portions(sorted(ids)):
            kept += _renewed(connection, depot_id, kind, part)
    for rows in in_portions(kept):
        connection.execute(_KEEP, rows)
    return sum(map(len, sought.values()))


def _is_any_stale(connection: Connection) -> bool:
    """Say whether anything was noted: nearly never, and asked with each commit."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        with suppress(sqlite3.Error):  # what is wrong is said by the statement below, by name
            return driver.execute(_ANY_STALE).fetchone() is not None
    return connection.exec_driver_sql(_ANY_STALE).first() is not None


def _renewed(
    connection: Connection, depot_id: int, kind: str, ids: Sequence[int]
) -> list[dict[str, Any]]:
    """Return the rows to keep of what has these ids; what is not there any more goes."""
    which = {"depot": depot_id, "kind": kind}
    found = connection.execute(_AMONG[kind], {"ids": ids})
    kept = [one for one in _gathered(kind, found) if one.depot_id == depot_id]
    gone = set(ids) - {one.row_id for one in kept}
    if gone:
        connection.execute(_GONE, which | {"ids": sorted(gone)})
    return [which | one.values() for one in kept]


def _gathered(kind: str, rows: Iterable[Any]) -> Iterator[Kept]:
    """Yield what is to be kept; rows with one id, which come together, are one thing."""
    several: list[Any] = []
    for row in rows:
        if several and several[0].id != row.id:
            yield _kept(kind, several)
            several = []
        several.append(row)
    if several:
        yield _kept(kind, several)


def _kept(kind: str, rows: Sequence[Any]) -> Kept:
    first = rows[0]
    # sorted here: two databases sort the same names in two ways
    ordered = sorted(rows, key=lambda row: (row.name, row.more))
    texts = dict.fromkeys(text for row in ordered for text in (row.name, row.more))
    names = ", ".join(dict.fromkeys(row.name for row in ordered))
    return Kept(first.depot_id, first.id, names, first.aside, keys_of(first.depot_id, kind, texts))


#: What notes everything that there is to be read anew, as where rows were written past triggers.
NOTE_ALL: Final = tuple(
    "INSERT INTO search_stale (depot_id, kind, row_id)"  # noqa: S608 - ours
    f" SELECT DISTINCT depot_id, '{kind}', id FROM ({rows}) AS found"
    " WHERE 1 = 1 ON CONFLICT DO NOTHING"
    for kind, rows in _ROWS.items()
)


def rebuild(connection: Connection, depot_id: int) -> int:
    """Drop what search keeps of a depot and read all of it anew; return how many things."""
    own = {"depot": depot_id}
    for table in ("search_entry", "search_stale"):
        connection.execute(text(f"DELETE FROM {table} WHERE depot_id = :depot"), own)  # noqa: S608 - ours
    count = 0
    for kind in KINDS:
        found = connection.execute(_OF_DEPOT[kind], own).all()
        kept = [own | {"kind": kind} | one.values() for one in _gathered(kind, found)]
        for rows in in_portions(kept):
            connection.execute(_KEEP, rows)
        count += len(kept)
    return count


def differing(connection: Connection, depot_id: int) -> Iterator[tuple[str, int, str]]:
    """Yield kind, row and name of what search keeps otherwise than the rows say.

    What is noted to be read anew is left out.
    """
    stale = {
        (kind, row_id)
        for kind, row_id in connection.execute(
            text("SELECT kind, row_id FROM search_stale WHERE depot_id = :depot"),
            {"depot": depot_id},
        )
    }
    asked = text("SELECT kind, row_id, name, aside, keys FROM search_entry WHERE depot_id = :depot")
    known = {
        (row.kind, row.row_id): (row.name, bool(row.aside), row.keys)
        for row in connection.execute(asked, {"depot": depot_id})
    }
    for kind in KINDS:
        for one in _gathered(kind, connection.execute(_OF_DEPOT[kind], {"depot": depot_id})):
            has = known.pop((kind, one.row_id), None)
            is_same = has == (one.name, bool(one.is_aside), one.keys)
            if not is_same and (kind, one.row_id) not in stale:
                yield kind, one.row_id, one.name
    for (kind, row_id), (name, _aside, _keys) in known.items():
        if (kind, row_id) not in stale:
            yield kind, row_id, name
