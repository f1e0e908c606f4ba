"""`make bench`: requests per second and CPU per request, as ratios to an empty view.

One granian process on SQLite, as `depot serve` runs it, and an own load client on the same
machine. Ratios are of one run on one machine and can be compared; times cannot. `--quick` leaves
out the million moves and asks less often. docs/benchmarks.md says how to read the table.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.bench import bare
from tests.bench.empty import serve_nothing
from tests.bench.ground import Ground, make_ground
from tests.bench.lists import xlsx_line
from tests.bench.load import Ask, Measured, api, measure_requests, signed_in
from tests.serving import Running, serve_depot

#: Requests a second and CPU with all clients at once; CPU with one; bare sqlite3's CPU.
_HEAD = (
    "what",
    "req/s",
    "CPU ms",
    "x empty",
    "CPU ms, 1",
    "x empty, 1",
    "aim",
    "bare ms",
    "x bare",
)
_WARM = 40


@dataclass(frozen=True)
class Row:
    """One line of the table: all clients at once, one client, bare sqlite3 doing the same rows."""

    name: str
    together: Measured
    alone: Measured
    aim: str = ""
    floor: Measured | None = None


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    asks: int
    writes: int
    reports: int
    moves: tuple[int, ...]


FULL = Size(asks=4000, writes=1000, reports=60, moves=(10_000, 100_000, 1_000_000))
QUICK = Size(asks=800, writes=240, reports=16, moves=(10_000, 100_000))


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
            ground = make_ground(Path(folder) / str(moves), moves, size.writes if last else 20)
            for row in _rows(ground, size, last):
                _show(row, empty)


def _empty(folder: Path, size: Size) -> Row:
    with serve_nothing(folder) as running:
        return Row("empty Flask view", *_both(running, [Ask("GET", "/", {})] * size.asks))


def _rows(ground: Ground, size: Size, everything: bool) -> Iterator[Row]:
    with serve_depot(ground.environment) as running:
        yield from _report(running, ground, size)
        yield _item_card(running, ground, size)
        if everything:
            yield from _look_ups(running, ground, size)
            yield from _writes(running, ground, size)


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


def _look_ups(running: Running, ground: Ground, size: Size) -> Iterator[Row]:
    floor = bare.measure_bare(ground, bare.look_up(ground), size.asks)
    code = ground.crates[0]
    by_api = api(ground.token, "GET", f"/api/v1/crates/{code}")
    yield Row("crate look-up, API", *_both(running, [by_api] * size.asks), "< 4", floor)
    page = signed_in(running.base_url)(f"/crates/{code}")
    yield Row("crate look-up, page", *_both(running, [page] * size.asks), "", floor)


def _writes(running: Running, ground: Ground, size: Size) -> Iterator[Row]:
    receipts = _asks(ground, size.writes, "/receipts", lambda number: _receipt(ground, number))
    floor = bare.measure_bare(ground, bare.entry(ground, 3, "receipt"), size.writes)
    yield Row("receipt of three lines", *_both(running, receipts), "< 8", floor)
    issues = f"/events/{ground.event_id}/issues"
    floor = bare.measure_bare(ground, bare.entry(ground, 1, "issue"), size.writes)
    crates = _asks(
        ground, size.writes, issues, lambda number: {"crate_code": ground.crates[number]}
    )
    yield Row("hand-out of a crate", *_both(running, crates), "", floor)
    lines = _asks(
        ground,
        size.writes,
        issues,
        lambda number: {"lines": [{"item": ground.items[number % 50], "quantity": 1}]},
    )
    yield Row("hand-out of a line", *_both(running, lines), "", floor)


def _receipt(ground: Ground, number: int) -> dict[str, object]:
    lines = [
        {"item": ground.items[(number + line) % len(ground.items)], "quantity": 6 + line}
        for line in range(3)
    ]
    return {"source": {"kind": "donation"}, "lines": lines}


def _asks(
    ground: Ground, count: int, path: str, body: Callable[[int], dict[str, object]]
) -> list[Ask]:
    return [
        api(ground.token, "POST", f"/api/v1{path}", {"command_id": str(uuid4())} | body(number))
        for number in range(count)
    ]


def _both(running: Running, asks: list[Ask]) -> tuple[Measured, Measured]:
    """Measure half of the requests with all clients at once and half with one, after a warm-up."""
    warm = min(_WARM, len(asks) // 10)
    half = (len(asks) + warm) // 2
    measure_requests(running.base_url, running.pid, asks[:warm])
    together = measure_requests(running.base_url, running.pid, asks[warm:half])
    return together, measure_requests(running.base_url, running.pid, asks[half:], clients=1)


def _show(row: Row, empty: Row) -> None:
    together, alone, floor = row.together, row.alone, row.floor
    cells = (
        row.name,
        f"{together.per_second:,.0f}",
        f"{together.cpu_ms:.2f}",
        f"{together.cpu_ms / empty.together.cpu_ms:.1f}",
        f"{alone.cpu_ms:.2f}",
        f"{alone.cpu_ms / empty.alone.cpu_ms:.1f}",
        row.aim,
        f"{floor.cpu_ms:.3f}" if floor else "",
        f"{alone.cpu_ms / floor.cpu_ms:.0f}" if floor else "",
    )
    print(_line(cells), flush=True)


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:32}" + "".join(f"{cell:>12}" for cell in cells[1:])


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
