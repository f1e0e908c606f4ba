"""`depot verify` of a long book: CPU, and the most memory, of the whole program.

`python -m tests.bench.verify 100000 1000000` makes a book of so many moves each and reads it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.ground import make_ground


def main(words: Sequence[str]) -> None:
    """Make the books, verify each, and print a line for each."""
    print(f"{'moves':>10}{'CPU s':>9}{'moves/s':>10}{'MB':>7}")
    for moves in map(int, words or ["100000"]):
        with tempfile.TemporaryDirectory(prefix="depot-bench-") as folder:
            print(line(make_ground(Path(folder), moves, 20).environment, moves), flush=True)


def line(environment: dict[str, str], moves: int) -> str:
    """Verify the book and return its line of the table."""
    program = Path(sys.executable).with_name("depot")
    started = subprocess.Popen([program, "verify"], env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    if status:
        raise RuntimeError("verify found something")
    cpu = used.ru_utime + used.ru_stime
    return f"{moves:>10,}{cpu:>9.2f}{moves / cpu:>10,.0f}{used.ru_maxrss / 1024:>7.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
