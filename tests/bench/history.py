"""What a long history costs: the same questions after 10,000, 1,000,000 and 10,000,000 moves.

The last half-year is the same in each: ten thousand moves. All the others lie in the nine and a
half years before. What a report of last week, the first page of an item's card or the needs then
cost more is the price of the history alone. A year's report is that of a year in the midst of it.

Each is asked in this process, without a web server, and the quickest of some tries counts, because
others work on the machine too. SQLite works in this process: there it is its CPU time. PostgreSQL
does not: there it is the time that passed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from depot.app import create_app
from depot.base.clock import local_day
from depot.base.periods import last_complete_period, year_of
from depot.config import from_environment
from depot.db.transaction import end_read
from depot.needs.queries.needs import list_needs
from depot.people.queries import console_actor
from depot.reports.queries.reports import make_report
from depot.stock.queries.items import movements
from tests.bench.ground import Ground, Shape, make_ground
from tests.current import db
from tests.databases import postgres_server
from tests.programs import Missing

#: Moves of the last half-year in every history, and the smallest history there is.
LATELY = 10_000
TEN_YEARS = Shape(years=10, recent_days=182, recent_moves=LATELY)
SIZES = (LATELY, 1_000_000, 10_000_000)
CARD_LINES = 50
_TRIES = 15
_HEAD = ("engine", "moves", "week ms", "x", "card ms", "x", "needs ms", "x", "year ms", "MB")
Watch = Callable[[], float]


@dataclass(frozen=True)
class Cost:
    """Milliseconds for each question, and the megabytes of the database."""

    week: float
    card: float
    needs: float
    year: float
    megabytes: float


def measure_histories(sizes: tuple[int, ...], tell: Callable[[str], None]) -> None:
    """Print a line a size for SQLite and, where one can be started, PostgreSQL."""
    print(_line(_HEAD), flush=True)
    with tempfile.TemporaryDirectory(prefix="depot-history-") as folder:
        _engine("SQLite", Path(folder), sizes, lambda: None, tell)
        try:
            with postgres_server() as server:
                _engine("PostgreSQL", Path(folder), sizes, server.create, tell)
        except Missing as missing:
            tell(f"({missing})")


def _engine(
    name: str,
    folder: Path,
    sizes: tuple[int, ...],
    new_url: Callable[[], str | None],
    tell: Callable[[str], None],
) -> None:
    first: Cost | None = None
    for moves in sizes:
        began = time.monotonic()
        ground = make_ground(folder / f"{name}-{moves}", moves, 20, TEN_YEARS, new_url())
        tell(f"({name}: {moves:,} moves made in {time.monotonic() - began:.0f} s)")
        cost = _cost(ground)
        first = first or cost
        print(_line(_cells(name, moves, cost, first)), flush=True)
        if moves == max(sizes):
            tell(f"({name}: {_export(ground, folder)})")


def _cost(ground: Ground) -> Cost:
    with opened(ground):
        session, who = db.session(), console_actor(db.session(), None)
        depot = who.depot
        today = local_day(datetime.now(UTC), depot.time_zone)
        week = last_complete_period("week", today, depot.week_start)
        year = year_of(today.replace(year=today.year - 3))
        item = ground.items[0]
        url = ground.environment.get("DEPOT_DATABASE_URL")
        watch = time.perf_counter if url else time.process_time
        return Cost(
            week=quickest(watch, lambda: make_report(session, depot, week, today)),
            card=quickest(watch, lambda: movements(session, who, item, None, CARD_LINES)),
            needs=quickest(watch, lambda: list_needs(session, depot.id, today)),
            year=quickest(watch, lambda: make_report(session, depot, year, today), tries=5),
            megabytes=_megabytes(ground),
        )


@contextmanager
def opened(ground: Ground) -> Iterator[None]:
    """Have an application with this ground at work."""
    app = create_app(from_environment(ground.environment))
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def quickest(watch: Watch, ask: Callable[[], object], tries: int = _TRIES) -> float:
    """Return the milliseconds of the quickest of some tries, after one to warm up."""
    ask()
    found = []
    for _ in range(tries):
        end_read()
        began = watch()
        ask()
        found.append((watch() - began) * 1000)
    return min(found)


def _megabytes(ground: Ground) -> float:
    if ground.environment.get("DEPOT_DATABASE_URL"):
        size = (
            db.session().connection().exec_driver_sql("SELECT pg_database_size(current_database())")
        )
        return float(size.scalar_one()) / 1e6
    return ground.database.stat().st_size / 1e6


def _export(ground: Ground, folder: Path) -> str:
    """Return what a whole export and its check took, in time and in memory."""
    file = folder / "export.zip"
    file.unlink(missing_ok=True)
    took, memory = _run(
        [str(Path(sys.executable).with_name("depot")), "export", str(file)], ground.environment
    )
    program = folder / "verify.py"
    program.write_bytes(
        subprocess.run(["unzip", "-p", file, "verify.py"], check=True, capture_output=True).stdout
    )
    checked, checking = _run([sys.executable, "-I", "-S", str(program), str(file)], {})
    size = file.stat().st_size / 1e6
    return (
        f"whole export {size:,.0f} MB in {took:.0f} s of CPU with {memory:.0f} MB of memory,"
        f" checked in {checked:.0f} s with {checking:.0f} MB"
    )


def _run(words: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a program to its end; return its seconds of CPU and its largest memory in megabytes."""
    code = (
        "import resource, subprocess, sys; "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1000


def _cells(name: str, moves: int, cost: Cost, first: Cost) -> tuple[str, ...]:
    return (
        name,
        f"{moves:,}",
        f"{cost.week:.1f}",
        f"{cost.week / first.week:.2f}",
        f"{cost.card:.1f}",
        f"{cost.card / first.card:.2f}",
        f"{cost.needs:.1f}",
        f"{cost.needs / first.needs:.2f}",
        f"{cost.year:.0f}",
        f"{cost.megabytes:,.0f}",
    )


def _line(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:12}" + "".join(f"{cell:>12}" for cell in cells[1:])


if __name__ == "__main__":
    chosen = tuple(int(word.replace(",", "")) for word in sys.argv[1:]) or SIZES
    measure_histories(chosen, lambda sentence: print(sentence, file=sys.stderr, flush=True))
