"""`make torture`: all that a depot must survive, as long as one likes; the figures are kept.

    make torture                              everything, at its full size: a night
    make torture PARTS="killing outages"      some parts only
    make torture PARTS=killing ROUNDS=20      at another size
    make torture PARTS=phone ON=PostgreSQL    on one of the databases

Each part writes its rows of docs/figures.md; the exit code says whether anything was wrong.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from typing import Final

from tests import figures
from tests.programs import Missing
from tests.torture import cutting, killing, memory, others, outages, phone
from tests.torture.ground import POSTGRES, SQLITE
from tests.torture.hostile import api, forms, fuzz, reading
from tests.torture.result import Result, tell

HEADING: Final = "## Torture"
_WORDS: Final = "`make torture`; each row was written by the last run of its part."
_TITLES: Final = ("part", "when and where", "how much", "what was seen")


def _size(name: str, whole: int) -> int:
    return int(os.environ.get(name) or whole)


def _databases() -> list[str]:
    return (os.environ.get("ON") or f"{SQLITE} {POSTGRES}").split()


PARTS: Final[dict[str, Callable[[], Iterator[Result]]]] = {
    "readers": lambda: reading.torture(_size("READINGS", 120_000)),
    "forms": lambda: forms.torture(_size("ATTACKS", 50_000)),
    "api": lambda: api.torture(_size("CASES", 400)),
    "fuzz": lambda: fuzz.torture(_size("FUZZED", 100_000)),
    "outages": outages.torture,
    "cutting": lambda: cutting.torture(_size("CUTS", 25)),
    "killing": lambda: killing.torture(_size("ROUNDS", 200), _databases()),
    "phone": lambda: phone.torture(_size("COMMANDS", 10_000), _databases()),
    "stalling": lambda: others.stalling(_size("STALLED", 500), _size("SECONDS", 600)),
    "properties": others.properties,
    "memory": lambda: memory.torture(_size("REQUESTS", 1_000_000)),
}


def main() -> None:
    """Run the parts that are asked for, and write down what each saw."""
    wanted = (os.environ.get("PARTS") or " ".join(PARTS)).split()
    failed = [name for name in wanted if not _run(name)]
    if failed:
        tell(f"something was wrong: {', '.join(failed)}")
    sys.exit(bool(failed))


def _run(name: str) -> bool:
    tell(f"{name} begins")
    is_well = True
    try:
        for result in PARTS[name]():
            _write(result)
            is_well = is_well and not result.wrong
    except Missing as missing:
        tell(f"{name} is left out: {missing}")
    return is_well


def _write(result: Result) -> None:
    for sentence in result.wrong:
        tell(f"WRONG {result.part}: {sentence}")
    where = f"{figures.now_and_here()}, Linux {platform.release().partition('-')[0]}"
    seen = f"**{len(result.wrong)} wrong**; " if result.wrong else ""
    row = (result.part, where, result.size, seen + result.seen)
    figures.put_row(figures.FIGURES, HEADING, _WORDS, _TITLES, row)
    tell(f"{result.part}: {seen}{result.seen}")


if __name__ == "__main__":
    main()
