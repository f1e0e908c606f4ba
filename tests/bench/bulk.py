"""A long history written in bulk: entries, moves, seals and every total, as the commands would.

Commands write a thousand entries a second at best; a million moves need another way. `depot
verify` finds nothing wrong with what this writes (tests/commands/test_bulk.py), so it is the same
ledger.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from depot.clock import to_milliseconds
from depot.ledger.entries import Entry, Move, Place
from depot.ledger.posting import periods_of
from depot.ledger.seal import seal

LINES = 3
_CHUNK = 20_000
_ENTRY = (
    "INSERT INTO stock_entry (id, depot_id, seq, kind, occurred_at, occurred_on, recorded_at,"
    " command_id, person_id, source_kind, reason, note, seal)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?)"
)
_COMMAND = (
    "INSERT INTO command_log (depot_id, command_id, body_hash, answer, recorded_at)"
    " VALUES (?, ?, ?, ?, ?)"
)
_MOVE = (
    "INSERT INTO stock_move (depot_id, entry_id, line, item_id, lot_id, source_id, target_id,"
    " quantity) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class History:
    """What is to be written: of which goods, by whom, and over which days."""

    depot_id: int
    person_id: int
    #: (item, lot) of everything that comes and goes.
    lots: tuple[tuple[int, int], ...]
    last_day: date
    days: int


@dataclass
class _Sums:
    balances: defaultdict[tuple[int, int, int], int] = field(
        default_factory=lambda: defaultdict(int)
    )
    days: defaultdict[tuple[str, int, str, str], int] = field(
        default_factory=lambda: defaultdict(int)
    )

    def nets(self) -> dict[tuple[str, int], int]:
        """Return by how much each item changed in each month and year."""
        found: defaultdict[tuple[str, int], int] = defaultdict(int)
        for (day, item, _, _), quantity in self.days.items():
            for period in periods_of(date.fromisoformat(day)):
                found[period, item] += quantity
        return found


def fill(database: Path, history: History, moves: int) -> None:
    """Write `moves` moves in entries of three: goods come in and are handed out in turn.

    The depot's chain goes on from where it is; balances never sink below nothing.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN IMMEDIATE")
        sums = _write_entries(connection, history, moves // LINES)
        _write_sums(connection, history.depot_id, sums)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _write_entries(connection: sqlite3.Connection, history: History, count: int) -> _Sums:
    places = _places(connection, history.depot_id)
    seq, head = connection.execute(
        "SELECT seq, seal FROM chain_head WHERE depot_id = ?", (history.depot_id,)
    ).fetchone()
    (last_id,) = connection.execute("SELECT max(id) FROM stock_entry").fetchone()
    sums = _Sums()
    entries: list[tuple[object, ...]] = []
    lines: list[tuple[int, ...]] = []
    for number, entry in enumerate(_entries(history, places, count), start=1):
        seq, last_id = seq + 1, last_id + 1
        head = seal(head, entry, seq)
        entries.append(_entry_row(entry, last_id, seq, head))
        lines += _move_rows(entry, last_id)
        _add_up(sums, entry)
        if number % _CHUNK == 0 or number == count:
            connection.executemany(_ENTRY, entries)
            connection.executemany(_COMMAND, map(_command_row, entries))
            connection.executemany(_MOVE, lines)
            entries, lines = [], []
    connection.execute(
        "UPDATE chain_head SET seq = ?, seal = ? WHERE depot_id = ?", (seq, head, history.depot_id)
    )
    return sums


def _places(connection: sqlite3.Connection, depot_id: int) -> dict[str, Place]:
    rows = connection.execute(
        "SELECT id, kind FROM location WHERE depot_id = ?"
        " AND (kind IN ('supplier', 'recipient') OR is_default)",
        (depot_id,),
    )
    return {kind: Place(place, kind) for place, kind in rows}


def _entries(history: History, places: dict[str, Place], count: int) -> Iterator[Entry]:
    """Yield entries in time: what an even one brings, the next one hands out but for a piece."""
    begin = datetime.combine(history.last_day, time(9), UTC) - timedelta(days=history.days - 1)
    here = places["storage"]
    for number in range(count):
        day = number * history.days // count
        at = begin + timedelta(days=day, milliseconds=number % 1000)
        comes = number % 2 == 0
        first = number // 2 * LINES
        some = [history.lots[(first + line) % len(history.lots)] for line in range(LINES)]
        source, target = (places["supplier"], here) if comes else (here, places["recipient"])
        quantity = 12 + number // 2 % 5 - (0 if comes else 1)
        yield Entry(
            depot_id=history.depot_id,
            kind="receipt" if comes else "issue",
            occurred_at=at,
            occurred_on=at.date(),
            recorded_at=at,
            command_id=str(UUID(int=number + 1)),
            person_id=history.person_id,
            source_kind="donation" if comes else "",
            moves=tuple(Move(item, lot, source, target, quantity) for item, lot in some),
        )


def _entry_row(entry: Entry, entry_id: int, seq: int, sealed: str) -> tuple[object, ...]:
    at = to_milliseconds(entry.occurred_at)
    return (
        *(entry_id, entry.depot_id, seq, entry.kind, at, entry.occurred_on.isoformat(), at),
        *(entry.command_id, entry.person_id, entry.source_kind, sealed),
    )


def _command_row(entry: tuple[object, ...]) -> tuple[object, ...]:
    """Return what is remembered of the command that wrote an entry: its answer names it."""
    entry_id, depot_id, seq, _, at, _, _, command_id = entry[:8]
    answer = json.dumps({"entry_id": entry_id, "seq": seq, "discrepancies": []})
    return depot_id, command_id, "0" * 64, answer, at


def _move_rows(entry: Entry, entry_id: int) -> Iterator[tuple[int, ...]]:
    for line, move in enumerate(entry.moves, start=1):
        yield (
            *(entry.depot_id, entry_id, line, move.item_id, move.lot_id),
            *(move.source.id, move.target.id, move.quantity),
        )


def _add_up(sums: _Sums, entry: Entry) -> None:
    day, comes = entry.occurred_on.isoformat(), entry.kind == "receipt"
    flow, detail = ("sourced", entry.source_kind) if comes else ("handed_out", "")
    for move in entry.moves:
        signed = move.quantity if comes else -move.quantity
        place = move.target if comes else move.source
        sums.balances[place.id, move.lot_id, move.item_id] += signed
        sums.days[day, move.item_id, flow, detail] += signed


def _write_sums(connection: sqlite3.Connection, depot_id: int, sums: _Sums) -> None:
    connection.executemany(
        "INSERT INTO stock_balance (depot_id, location_id, lot_id, item_id, quantity)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity",
        [(depot_id, *key, quantity) for key, quantity in sums.balances.items()],
    )
    connection.executemany(
        "INSERT INTO day_total (depot_id, day, item_id, flow, detail, event_id, quantity)"
        " VALUES (?, ?, ?, ?, ?, 0, ?)"
        " ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity",
        [(depot_id, *key, quantity) for key, quantity in sums.days.items()],
    )
    connection.executemany(
        "INSERT INTO period_net (depot_id, period, item_id, quantity) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity",
        [(depot_id, *key, quantity) for key, quantity in sums.nets().items()],
    )
