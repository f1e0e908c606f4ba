"""`depot verify` of a long book: CPU, and the most memory, of the whole program.

`python -m tests.bench.verify 100000 1000000` makes a book of so many moves each and reads it.
"""

from __future__ import annotations

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


#: Started by a small process: one begins with the memory of whoever started it.
_WATCH = (
    "import resource, subprocess, sys;"
    " subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
    " used = resource.getrusage(resource.RUSAGE_CHILDREN);"
    " print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
)


def line(environment: dict[str, str], moves: int) -> str:
    """Verify the book and return its line of the table."""
    program = str(Path(sys.executable).with_name("depot"))
    words = [sys.executable, "-c", _WATCH, program, "verify"]
    told = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
    cpu, kilobytes = map(float, told.stdout.split())
    return f"{moves:>10,}{cpu:>9.2f}{moves / cpu:>10,.0f}{kilobytes / 1024:>7.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
