"""The book read as it is stored: rows, no objects, so that a million lines take seconds.

Instants are whole milliseconds and days are text, as in the database and in what is sealed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, Table, and_, bindparam, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import NullType

from depot.ledger.sql import table_of
from depot.models import CommandLog, CratePlacement, PeopleCount, StockEntry, StockMove

#: Entries held in memory at once.
CHUNK: Final = 2000
#: Rows that are fetched at once.
_AT_ONCE: Final = 5000
_entry = table_of(StockEntry)


class EntryRow(NamedTuple):
    """An entry's own row; `lacks_command` says that its command is not in the log."""

    entry_id: int
    seq: int
    kind: str
    occurred_at: int
    occurred_on: str
    recorded_at: int
    command_id: str
    person_id: int | None
    token_id: int | None
    source_kind: str
    partner_id: int | None
    event_id: int | None
    reason: str
    note: str
    reverses_id: int | None
    seal: str
    lacks_command: bool


class MoveRow(NamedTuple):
    """A line of an entry; the rows of a chunk are plain, in this order."""

    entry_id: int
    depot_id: int
    line: int
    item_id: int
    lot_id: int
    source_id: int
    target_id: int
    quantity: int
    weighed_grams: int | None
    is_correction: int


class PlacementRow(NamedTuple):
    """A crate that was put somewhere; the rows of a chunk are plain, in this order."""

    entry_id: int
    crate_id: int
    from_id: int | None
    to_id: int | None


#: A MoveRow and a PlacementRow as the database gives them.
Line = tuple[int, int, int, int, int, int, int, int, int | None, int]
Put = tuple[int, int, int | None, int | None]


class PeopleRow(NamedTuple):
    """The people of an entry; None was not asked."""

    entry_id: int
    event_id: int
    households: int
    adults: int | None
    children: int | None
    seniors: int | None
    new_households: int | None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some entries in the order of the book, and what belongs to them by their ids."""

    entries: Sequence[EntryRow]
    moves: dict[int, list[Line]]
    placements: dict[int, list[Put]]
    people: dict[int, PeopleRow]


def read_chunks(session: Session, depot_id: int, chunk: int) -> Iterator[Chunk]:
    """Yield the depot's book from its first entry to its last, some thousand entries at a time."""
    after = -(2**62)
    while True:
        asked = {"depot": depot_id, "after": after, "most": chunk}
        entries = [EntryRow._make(row) for row in read_rows(session, _ENTRIES, **asked)]
        if not entries:
            return
        after = entries[-1].seq
        span = {"depot": depot_id, "first": entries[0].seq, "last": after}
        people = {row[0]: PeopleRow._make(row) for row in read_rows(session, _PEOPLE, **span)}
        moves = _by_entry(read_rows(session, _MOVES, **span))
        yield Chunk(entries, moves, _by_entry(read_rows(session, _PLACEMENTS, **span)), people)


def _by_entry(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def read_rows(
    session: Session, statement: Select[*tuple[Any, ...]], **values: object
) -> Iterator[Any]:
    """Yield rows as plain tuples, which are taken apart in half the time.

    They are fetched some thousand at a time: one by one they cost twice as much.
    """
    result = session.connection().execute(
        statement, values, execution_options={"yield_per": _AT_ONCE}
    )
    for rows in result.partitions():
        for row in rows:
            yield row[:]


def _raw(table: Table, *names: str) -> list[ColumnElement[Any]]:
    """Return columns as they are stored, made into nothing else."""
    return [type_coerce(table.c[name], NullType()) for name in names]


def _of_entries(rows: type[Any], of: type[NamedTuple], then: str) -> Select[*tuple[Any, ...]]:
    """Return what reads the lines of a span of entries, in their order."""
    table = table_of(rows)
    return (
        select(*_raw(table, *of._fields))
        .select_from(_entry.join(table, table.c.entry_id == _entry.c.id))
        .where(
            _entry.c.depot_id == bindparam("depot"),
            _entry.c.seq.between(bindparam("first"), bindparam("last")),
        )
        .order_by(_entry.c.seq, table.c[then])
    )


_log = table_of(CommandLog)
_same_command = and_(_log.c.depot_id == _entry.c.depot_id, _log.c.command_id == _entry.c.command_id)
_ENTRIES: Final = (
    select(*_raw(_entry, "id", *EntryRow._fields[1:-1]), _log.c.command_id.is_(None))
    .select_from(_entry.outerjoin(_log, _same_command))
    .where(_entry.c.depot_id == bindparam("depot"), _entry.c.seq > bindparam("after"))
    .order_by(_entry.c.seq)
    .limit(bindparam("most"))
)
_MOVES: Final = _of_entries(StockMove, MoveRow, "line")
_PLACEMENTS: Final = _of_entries(CratePlacement, PlacementRow, "id")
_PEOPLE: Final = _of_entries(PeopleCount, PeopleRow, "entry_id")
