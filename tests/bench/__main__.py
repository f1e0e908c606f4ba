"""`make bench`: requests per second and CPU per request, as ratios to an empty view.

One granian process on SQLite, as `depot serve` runs it, and an own load client on the same
machine. Ratios are of one run on one machine and can be compared; times cannot. `--quick` leaves
out the million moves and asks less often. docs/benchmarks.md says how to read the table.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from tests.bench import bare
from tests.bench.empty import serve_nothing
from tests.bench.floor import record, serve_floor
from tests.bench.ground import Ground, make_ground
from tests.bench.lists import xlsx_line
from tests.bench.load import Ask, Measured, api, measure_requests, signed_in
from tests.bench.requests import CASES, Case, make_shelves
from tests.serving import Running, serve_depot

#: Requests a second and CPU with all clients at once; CPU with one; what bare sqlite3 needs, for
#: the ten requests within Flask.
_HEAD = (
    "what",
    "req/s",
    "CPU ms",
    "x empty",
    "CPU ms, 1",
    "x empty, 1",
    "aim",
    "limit ms",
    "x limit",
)
_WARM = 40
#: A tick of the clock that measures CPU is 10 ms: fewer requests would not tell.
FEWEST = 24
#: All is told beside the empty view: it is asked so much more often than what costs something.
NOTHINGS = 5
#: So often each limit is measured.
LIMITS = 200


@dataclass(frozen=True)
class Row:
    """One line of the table: all clients at once, one client, and what cannot be undercut."""

    name: str
    together: Measured
    alone: Measured
    aim: str = ""
    limit: Measured | None = None


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    asks: int
    crates: int
    reports: int
    moves: tuple[int, ...]

    def times(self, case: Case) -> int:
        """Return how often a request is measured, with all clients and with one together."""
        return max(self.asks // case.weight, FEWEST)


FULL = Size(asks=4000, crates=1400, reports=60, moves=(10_000, 100_000, 1_000_000))
QUICK = Size(asks=800, crates=1400, reports=16, moves=(10_000, 100_000))


def main(words: Sequence[str]) -> None:
    """Measure everything and print the table as it grows."""
    if set(words) - {"--quick"}:
        sys.exit("usage: python -m tests.bench [--quick]")
    size = QUICK if words else FULL
    with tempfile.TemporaryDirectory(prefix="depot-bench-") as folder:
        _tell(f"({xlsx_line()})")
        empty = _empty(Path(folder) / "empty", size)
        print(_line(_HEAD), flush=True)
        _show(empty, empty)
        for moves in size.moves:
            _tell(f"(making {moves:,} moves)")
            last = moves == size.moves[-1]
            ground = make_ground(Path(folder) / str(moves), moves, size.crates if last else 20)
            for row in _rows(ground, size):
                _show(row, empty)
            if last:
                for row in _requests(Path(folder), ground, size):
                    _show(row, empty)


def _empty(folder: Path, size: Size) -> Row:
    with serve_nothing(folder) as running:
        return Row(
            "empty Flask view", *_both(running, [Ask("GET", "/", {})] * size.asks * NOTHINGS)
        )


def _rows(ground: Ground, size: Size) -> Iterator[Row]:
    with serve_depot(ground.environment) as running:
        yield from _report(running, ground, size)
        yield _item_card(running, ground, size)


def _report(running: Running, ground: Ground, size: Size) -> Iterator[Row]:
    path = f"/api/v1/reports/weekly?week={ground.week.name}"
    asks = [api(ground.token, "GET", path)] * size.reports
    name = f"weekly report, {ground.moves:,} moves"
    floor = bare.measure_bare(ground, bare.week_of_totals(ground), size.reports)
    yield Row(name, *_both(running, asks), "< 1,000 ms", floor)
    last_year = ground.week.first.year - 1
    year = f"/api/v1/reports/period?period={last_year}"
    asks = [api(ground.token, "GET", year)] * max(size.reports // 10, 4)
    yield Row(f"year report, {ground.moves:,} moves", *_both(running, asks), "< 2,000 ms")
    whole = bare.measure_bare(ground, bare.all_moves(ground), 2)
    _tell(f"(bare sqlite3 adding up all {ground.moves:,} moves: {whole.wall_ms:,.0f} ms)")


def _item_card(running: Running, ground: Ground, size: Size) -> Row:
    """The first page of an item's card: the newest hundred movements with the balance."""
    asks = [signed_in(running.base_url)(f"/papers/items/{ground.items[0]}")] * size.reports
    return Row(f"item card, {ground.moves:,} moves", *_both(running, asks))


def _requests(folder: Path, ground: Ground, size: Size) -> Iterator[Row]:
    """The ten requests, and each done by Flask with bare sqlite3."""
    make_shelves(ground)
    with serve_depot(ground.environment) as running:
        page = signed_in(running.base_url)
        series = {
            case: [case.ask(ground, page, number) for number in range(size.times(case))]
            for case in CASES
        }
        measured = {case: _both(running, asks) for case, asks in series.items()}
        last = {case.name: case.ask(ground, page, size.times(case)) for case in CASES}
    with serve_floor(folder / "floor", ground.database, record(ground.environment, last)) as floor:
        for case, (together, alone) in measured.items():
            ask = replace(series[case][0], path=f"/{quote(case.name)}")
            measure_requests(floor.base_url, floor.pid, [ask] * _WARM, clients=1)
            limit = measure_requests(floor.base_url, floor.pid, [ask] * LIMITS, clients=1)
            yield Row(case.name, together, alone, f"< {case.aim}", limit)


def _both(running: Running, asks: list[Ask]) -> tuple[Measured, Measured]:
    """Measure half of the requests with all clients at once and half with one, after a warm-up."""
    warm = min(_WARM, len(asks) // 10)
    half = (len(asks) + warm) // 2
    measure_requests(running.base_url, running.pid, asks[:warm])
    together = measure_requests(running.base_url, running.pid, asks[warm:half])
    return together, measure_requests(running.base_url, running.pid, asks[half:], clients=1)


def _show(row: Row, empty: Row) -> None:
    together, alone, limit = row.together, row.alone, row.limit
    cells = (
        row.name,
        f"{together.per_second:,.0f}",
        f"{together.cpu_ms:.2f}",
        f"{together.cpu_ms / empty.together.cpu_ms:.1f}",
        f"{alone.cpu_ms:.2f}",
        f"{alone.cpu_ms / empty.alone.cpu_ms:.1f}",
        row.aim,
        f"{limit.cpu_ms:.3f}" if limit else "",
        f"{alone.cpu_ms / limit.cpu_ms:.1f}" if limit else "",
    )
    print(_line(cells), flush=True)


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:32}" + "".join(f"{cell:>12}" for cell in cells[1:])


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
