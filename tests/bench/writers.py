"""Eight writers at once, beside bare sqlite3 behind one lock: `python -m tests.bench.writers`.

Each writes receipts of three lines. The ratio is that of receipts a second in the same run, in
which all take turns, a part of theirs each, because the machine is also everybody else's. The last
two lines are those of a slow disk: each commit waits ten milliseconds longer, as a card in a small
computer does.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import event

from depot.app import create_app
from depot.config import from_environment
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.people.queries import console_actor
from tests.bench.ground import Ground, make_ground, yesterday
from tests.bench.load import CLIENTS, Ask, api, cpu_seconds, measure_requests
from tests.current import db
from tests.serving import Running, serve_depot

LINES = 3
ROUNDS = 8
SLOW_SECONDS = 0.010
_UPSERT = " ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity"
Work = Callable[[int], None]


@dataclass(frozen=True)
class Written:
    """What so many receipts took, and how many commits they shared."""

    seconds: float
    cpu_seconds: float
    waits: Sequence[float]
    commits: int = 0

    @property
    def per_second(self) -> float:
        return len(self.waits) / self.seconds

    def __add__(self, more: Written) -> Written:
        """Return both together."""
        return Written(
            self.seconds + more.seconds,
            self.cpu_seconds + more.cpu_seconds,
            [*self.waits, *more.waits],
            self.commits + more.commits,
        )

    def wait_ms(self, of_hundred: int) -> float:
        """Return within how long so many of a hundred had their answer."""
        return sorted(self.waits)[(len(self.waits) - 1) * of_hundred // 100] * 1000


def main(words: Sequence[str]) -> None:
    """Measure and print a line for each."""
    count = int(words[0]) if words else 800
    with tempfile.TemporaryDirectory(prefix="depot-bench-") as folder:
        ground = make_ground(Path(folder), 3_000, 4)
        print(f"{'':34}{'a second':>10}{'CPU ms':>9}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}")
        _measure(ground, count)


def _measure(ground: Ground, count: int) -> None:
    with serve_depot(ground.environment) as running:
        _served(running, _receipts(ground, 40))
        _side_by_side(
            count,
            {
                "bare sqlite3 behind one lock": lambda part: _bare(ground, part, 0.0),
                "depot serve": lambda part: _served(running, _receipts(ground, part)),
                "its commands alone": lambda part: _commands(ground, part, 0.0),
            },
        )
    _side_by_side(
        count // 2,
        {
            "slow disk: bare sqlite3": lambda part: _bare(ground, part, SLOW_SECONDS),
            "slow disk: commands": lambda part: _commands(ground, part, SLOW_SECONDS),
        },
    )


def _side_by_side(count: int, writers: Mapping[str, Callable[[int], Written]]) -> None:
    """Let each write a part in turn, and print what all its parts took beside the first one's."""
    done: dict[str, Written] = {}
    for _ in range(ROUNDS):
        for name, write in writers.items():
            part = write(count // ROUNDS)
            done[name] = done[name] + part if name in done else part
    first = next(iter(done.values()))
    for name, all_of_it in done.items():
        _show(name, all_of_it, first)


def _served(running: Running, asks: Sequence[Ask]) -> Written:
    waits: list[float] = []
    cpu, begun = cpu_seconds(running.pid), time.perf_counter()
    measure_requests(running.base_url, running.pid, asks, waits=waits)
    return Written(time.perf_counter() - begun, cpu_seconds(running.pid) - cpu, waits)


def _show(name: str, one: Written, beside: Written) -> None:
    cpu_ms = one.cpu_seconds / len(one.waits) * 1000
    cells = (f"{one.per_second:,.0f}", f"{cpu_ms:.2f}", f"{one.wait_ms(50):.1f}")
    ratio = f"{one.per_second / beside.per_second:.2f}"
    shared = f"   {len(one.waits) / one.commits:.1f} a commit" if one.commits else ""
    print(
        f"{name:34}{cells[0]:>10}{cells[1]:>9}{cells[2]:>9}{one.wait_ms(99):>9.1f}{ratio:>8}{shared}",
        flush=True,
    )


def _receipts(ground: Ground, count: int) -> list[Ask]:
    return [
        api(
            ground.token,
            "POST",
            "/api/v1/receipts",
            {
                "command_id": str(uuid4()),
                "source": {"kind": "donation"},
                "lines": [
                    {"item": ground.items[(number + line) % len(ground.items)], "quantity": 6}
                    for line in range(LINES)
                ],
            },
        )
        for number in range(count)
    ]


def _together(count: int, begin: Callable[[], Work]) -> Written:
    """Let all writers work at once; each begins in its own thread."""
    numbers, lock, waits = iter(range(count)), threading.Lock(), list[float]()

    def work() -> None:
        do = begin()
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            asked = time.perf_counter()
            do(number)
            waits.append(time.perf_counter() - asked)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    cpu, begun = time.process_time(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Written(time.perf_counter() - begun, time.process_time() - cpu, waits)


def _commands(ground: Ground, count: int, slower: float) -> Written:
    """The commands of the depot without HTTP, sign-in and JSON."""
    app = create_app(from_environment(ground.environment))

    def write(number: int) -> None:
        lines = [
            ReceiptLine(item=ground.items[(number + line) % len(ground.items)], quantity=6)
            for line in range(LINES)
        ]
        with app.app_context():
            actor = console_actor(db.session(), None)
            receive_goods(ReceiveGoods(command_id=uuid4(), lines=tuple(lines)), actor)

    write(0)
    with app.app_context():
        engine = db.engine
    with _slower_commits(engine, slower) as commits:
        done = _together(count, lambda: write)
    with app.app_context():
        engine.dispose()
    return Written(done.seconds, done.cpu_seconds, done.waits, len(commits))


@contextmanager
def _slower_commits(engine: object, slower: float) -> Iterator[list[None]]:
    seen: list[None] = []

    def wait(_connection: object) -> None:
        seen.append(None)
        time.sleep(slower)

    event.listen(engine, "commit", wait)
    try:
        yield seen
    finally:
        event.remove(engine, "commit", wait)


def _bare(ground: Ground, count: int, slower: float) -> Written:
    """The same rows with bare sqlite3: no checks, no seal, a connection for each writer."""
    one_at_a_time = threading.Lock()

    def begin() -> Work:
        connection = sqlite3.connect(ground.database, isolation_level=None)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")

        def write(_number: int) -> None:
            with one_at_a_time:
                connection.execute("BEGIN IMMEDIATE")
                _write_receipt(connection, ground)
                time.sleep(slower)
                connection.execute("COMMIT")

        return write

    return _together(count, begin)


def _write_receipt(connection: sqlite3.Connection, ground: Ground) -> None:
    depot, day, command = ground.depot_id, yesterday().isoformat(), str(uuid4())
    asked = connection.execute("SELECT seq FROM chain_head WHERE depot_id = ?", (depot,))
    seq = asked.fetchone()[0] + 1
    entry = connection.execute(
        "INSERT INTO stock_entry (depot_id, seq, kind, occurred_at, occurred_on, recorded_at,"
        " command_id, source_kind, reason, note, seal)"
        " VALUES (?, ?, 'receipt', 0, ?, 0, ?, '', '', '', ?)",
        (depot, seq, day, command, "0" * 64),
    ).lastrowid
    goods = connection.execute(
        "SELECT b.item_id, b.lot_id, b.location_id, o.id FROM stock_balance b"
        " JOIN location l ON l.id = b.location_id AND l.is_default"
        " JOIN location o ON o.depot_id = b.depot_id AND o.kind = 'supplier'"
        " WHERE b.depot_id = ? LIMIT ?",
        (depot, LINES),
    ).fetchall()
    for line, (item, lot, here, supplier) in enumerate(goods, start=1):
        connection.execute(
            "INSERT INTO stock_move (depot_id, entry_id, line, item_id, lot_id, source_id,"
            " target_id, quantity) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
            (depot, entry, line, item, lot, supplier, here),
        )
        connection.execute(
            "UPDATE stock_balance SET quantity = quantity + 1 WHERE location_id = ? AND lot_id = ?",
            (here, lot),
        )
        connection.execute(
            "INSERT INTO day_total (depot_id, day, item_id, flow, detail, event_id, quantity)"
            " VALUES (?, ?, ?, 'sourced', 'donation', 0, 1)" + _UPSERT,
            (depot, day, item),
        )
        for period in (day[:4], day[:7]):
            connection.execute(
                "INSERT INTO period_net (depot_id, period, item_id, quantity)"
                " VALUES (?, ?, ?, 1)" + _UPSERT,
                (depot, period, item),
            )
    connection.execute("UPDATE chain_head SET seq = ? WHERE depot_id = ?", (seq, depot))
    connection.execute(
        "INSERT INTO command_log (depot_id, command_id, body_hash, answer, recorded_at)"
        " VALUES (?, ?, ?, '{}', 0)",
        (depot, command, "0" * 64),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
