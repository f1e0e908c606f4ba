"""The same rows with bare sqlite3, in this process: what the database itself costs.

The statements read and write the rows that the request reads and writes, with the same pragmas,
indexes and triggers, and without sign-in, checks, JSON or HTTP.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from itertools import count

from tests.bench.ground import Ground, yesterday
from tests.bench.load import Measured

_UPSERT = " ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity"


def measure_bare(
    ground: Ground, work: Callable[[sqlite3.Connection], None], times: int
) -> Measured:
    """Do `work` so many times and return what it took."""
    with closing(sqlite3.connect(ground.database, isolation_level=None)) as connection:
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")
        work(connection)
        cpu, begun = time.process_time(), time.perf_counter()
        for _ in range(times):
            work(connection)
        return Measured(times, time.perf_counter() - begun, time.process_time() - cpu)


def look_up(ground: Ground) -> Callable[[sqlite3.Connection], None]:
    """Return the reading of a crate, where it stands and what is in it."""

    def work(connection: sqlite3.Connection) -> None:
        (crate,) = connection.execute(
            "SELECT location_id FROM crate WHERE depot_id = ? AND code = ?",
            (ground.depot_id, ground.crates[0]),
        ).fetchone()
        connection.execute(
            "SELECT l.*, p.* FROM location l LEFT JOIN location p ON p.id = l.parent_id"
            " WHERE l.id = ?",
            (crate,),
        ).fetchall()
        connection.execute(
            "SELECT * FROM stock_balance b JOIN lot ON lot.id = b.lot_id"
            " JOIN item ON item.id = b.item_id JOIN category c ON c.id = item.category_id"
            " WHERE b.location_id = ?",
            (crate,),
        ).fetchall()

    return work


def entry(ground: Ground, lines: int, kind: str) -> Callable[[sqlite3.Connection], None]:
    """Return the writing of an entry: itself, its moves, balances, totals, chain and command."""
    numbers = count(1)

    def work(connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        _write(connection, ground, f"bare-{kind}-{next(numbers)}", lines, kind)
        connection.execute("COMMIT")

    return work


def _write(
    connection: sqlite3.Connection, ground: Ground, command: str, lines: int, kind: str
) -> None:
    depot, day = ground.depot_id, yesterday().isoformat()
    outside, flow = ("supplier", "sourced") if kind == "receipt" else ("recipient", "handed_out")
    (seq,) = connection.execute(
        "SELECT seq FROM chain_head WHERE depot_id = ?", (depot,)
    ).fetchone()
    entry_id = connection.execute(
        "INSERT INTO stock_entry (depot_id, seq, kind, occurred_at, occurred_on, recorded_at,"
        " command_id, source_kind, reason, note, seal) VALUES (?, ?, ?, 0, ?, 0, ?, '', '', '', ?)",
        (depot, seq + 1, kind, day, command, "0" * 64),
    ).lastrowid
    goods = connection.execute(
        "SELECT b.item_id, b.lot_id, b.location_id, o.id FROM stock_balance b"
        " JOIN location l ON l.id = b.location_id AND l.is_default"
        " JOIN location o ON o.depot_id = b.depot_id AND o.kind = ?"
        " WHERE b.depot_id = ? LIMIT ?",
        (outside, depot, lines),
    ).fetchall()
    sign = 1 if kind == "receipt" else -1
    for line, (item, lot, here, out) in enumerate(goods, start=1):
        places = (out, here) if sign > 0 else (here, out)
        connection.execute(
            "INSERT INTO stock_move (depot_id, entry_id, line, item_id, lot_id, source_id,"
            " target_id, quantity) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
            (depot, entry_id, line, item, lot, *places),
        )
        connection.execute(
            "UPDATE stock_balance SET quantity = quantity + ? WHERE location_id = ? AND lot_id = ?",
            (sign, here, lot),
        )
        connection.execute(
            "INSERT INTO day_total (depot_id, day, item_id, flow, detail, event_id, quantity)"
            " VALUES (?, ?, ?, ?, 'donation', 0, ?)" + _UPSERT,
            (depot, day, item, flow, sign),
        )
        for period in (day[:4], day[:7]):
            connection.execute(
                "INSERT INTO period_net (depot_id, period, item_id, quantity)"
                " VALUES (?, ?, ?, ?)" + _UPSERT,
                (depot, period, item, sign),
            )
    connection.execute("UPDATE chain_head SET seq = ? WHERE depot_id = ?", (seq + 1, depot))
    connection.execute(
        "INSERT INTO command_log (depot_id, command_id, body_hash, answer, recorded_at)"
        " VALUES (?, ?, ?, '{}', 0)",
        (depot, command, "0" * 64),
    )


def week_of_totals(ground: Ground) -> Callable[[sqlite3.Connection], None]:
    """Return the reading of what a weekly report reads: a week's totals, nets, balances."""

    def work(connection: sqlite3.Connection) -> None:
        depot, week = ground.depot_id, ground.week
        connection.execute(
            "SELECT item_id, flow, detail, event_id, sum(quantity) FROM day_total"
            " WHERE depot_id = ? AND day BETWEEN ? AND ? GROUP BY 1, 2, 3, 4",
            (depot, week.first.isoformat(), week.last.isoformat()),
        ).fetchall()
        for sums in (
            "SELECT item_id, sum(quantity) FROM period_net WHERE depot_id = ? GROUP BY 1",
            "SELECT item_id, sum(quantity) FROM stock_balance WHERE depot_id = ? GROUP BY 1",
            "SELECT * FROM item JOIN category c ON c.id = category_id WHERE item.depot_id = ?",
        ):
            connection.execute(sums, (depot,)).fetchall()

    return work


def all_moves(ground: Ground) -> Callable[[sqlite3.Connection], None]:
    """Return the adding up of the whole history: what a report without day totals must do."""

    def work(connection: sqlite3.Connection) -> None:
        connection.execute(
            "SELECT item_id, source_id, target_id, sum(quantity) FROM stock_move"
            " JOIN stock_entry e ON e.id = entry_id"
            " WHERE e.depot_id = ? AND e.occurred_on <= ? GROUP BY 1, 2, 3",
            (ground.depot_id, ground.week.last.isoformat()),
        ).fetchall()

    return work
