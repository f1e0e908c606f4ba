"""A long list as a workbook, beside bare xlsxwriter writing the same cells, each in its process.

python -m tests.bench.lists bare|ours      writes it once; prints CPU seconds and memory in MB
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, NamedTuple

import xlsxwriter

from depot.lists.as_xlsx import write_xlsx
from depot.lists.listing import NUMBER, WHOLE, Column, Listing

ROWS = 50_000
AIM_TIMES, AIM_MEGABYTES = 1.3, 100
_RUNS = 3


class Goods(NamedTuple):
    """A row as lists have them: texts, a whole number and a weight."""

    item: str
    category: str
    pieces: int
    weight: Decimal
    unit: str
    place: str


def rows() -> Iterator[Goods]:
    """Yield the same rows every time."""
    for n in range(ROWS):
        weight = Decimal(n % 9_000) / 1000
        yield Goods(f"Item {n}", f"Category {n % 40}", n % 700, weight, "kg", f"Shelf {n % 90}")


def ours(file: BinaryIO) -> None:
    """Write them as the program writes a list."""
    columns: tuple[Column[Goods], ...] = (
        Column("Item", lambda row: row.item),
        Column("Category", lambda row: row.category),
        Column("Here", lambda row: row.pieces, WHOLE),
        Column("Weight, kg", lambda row: row.weight, NUMBER, summed=True),
        Column("Unit", lambda row: row.unit),
        Column("Place", lambda row: row.place),
    )
    write_xlsx(Listing("Stock", columns, rows()), file)


def bare(file: BinaryIO) -> None:
    """Write them with xlsxwriter alone, in its mode of constant memory."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows(), start=1):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)


def xlsx_line() -> str:
    """Say what both take: the least CPU of some runs, and the most memory."""
    floor, _memory = _measured("bare")
    cpu, memory = _measured("ours")
    return (
        f"a list of {ROWS:,} rows as XLSX: {cpu:.2f} s of CPU, {cpu / floor:.2f} times bare"
        f" xlsxwriter, aim < {AIM_TIMES}; {memory:.0f} MB, aim < {AIM_MEGABYTES}"
    )


def _measured(what: str) -> tuple[float, float]:
    runs = [_run(what) for _ in range(_RUNS)]
    return min(cpu for cpu, _memory in runs), max(memory for _cpu, memory in runs)


def _run(what: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.bench.lists", what]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    cpu, memory = done.stdout.split()
    return float(cpu), float(memory)


def _once(what: str) -> None:
    write: Any = {"bare": bare, "ours": ours}[what]
    before = resource.getrusage(resource.RUSAGE_SELF)
    with tempfile.TemporaryFile() as file:
        write(file)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(cpu, after.ru_maxrss / 1024)


if __name__ == "__main__":
    _once(sys.argv[1])
