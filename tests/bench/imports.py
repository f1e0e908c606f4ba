"""`depot import` of long tables: CPU of the whole program beside an import of one row.

`python -m tests.bench.imports 20000` writes tables of items, stock and crates with so many rows,
and imports each into a depot of its own.
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tests.serving import depot, settings

Row = tuple[object, ...]


def _item(number: int) -> str:
    return f"Goods {'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number // 26:04}"


def _day(number: int) -> str:
    return f"{2027 + number % 3}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def _item_row(number: int) -> Row:
    return (_item(number), "Tins and jars", "pieces", f"{number % 900 + 100} g")


def _stock_row(number: int) -> Row:
    return (_item(number % 400), number % 50 + 1, _day(number), f"Shelf {number % 40}")


def _crate_row(number: int) -> Row:
    return (
        f"K-{number:05}",
        _item(number % 400),
        number % 50 + 1,
        _day(number),
        f"Shelf {number % 40}",
    )


TABLES: Final[dict[str, tuple[Row, Callable[[int], Row]]]] = {
    "items": (("Name", "Category", "Unit", "Weight"), _item_row),
    "stock": (("Item", "Quantity", "Best before", "Place"), _stock_row),
    "crates": (("Box number", "Item", "Quantity", "Best before", "Place"), _crate_row),
}


def main(words: Sequence[str]) -> None:
    """Import each kind of table with so many rows, and with one, and print a line for each."""
    rows = int(words[0]) if words else 20_000
    print(f"{f'{rows:,} rows':>14}{'CPU s':>9}{'of it start':>13}")
    for kind in TABLES:
        print(f"{kind:>14}{_imported(kind, rows):>9.2f}{_imported(kind, 1):>13.2f}", flush=True)


def _imported(kind: str, rows: int) -> float:
    """Return the seconds of CPU of an import into an empty depot."""
    with tempfile.TemporaryDirectory(prefix="depot-bench-") as name:
        folder = Path(name)
        environment = settings(folder / "data")
        depot(environment, "init")
        _write(folder / "table.csv", kind, rows)
        before = _cpu()
        depot(environment, "import", kind, str(folder / "table.csv"))
        return _cpu() - before


def _write(path: Path, kind: str, rows: int) -> None:
    header, row = TABLES[kind]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *map(row, range(rows))])


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(sys.argv[1:])
