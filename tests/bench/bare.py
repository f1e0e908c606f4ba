"""The same rows with bare sqlite3, in this process: what the database itself costs.

The statements read and write the rows that the request reads and writes, with the same pragmas,
indexes and triggers, and without sign-in, checks, JSON or HTTP.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

from tests.bench.ground import Ground
from tests.bench.load import Measured


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
