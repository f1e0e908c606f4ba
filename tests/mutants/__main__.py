"""Mutation testing: put single bugs in, see who notices, write the score to docs/figures.md.

    make mutants                      a sample of 200, drawn anew each day
    make mutants SAMPLE=1000 SEED=7   a larger one, the same each time

mutmut makes the mutants of what is Python, each tested by the tests that reach its function; the
bugs of tests/mutants/by_hand.py come after them. A survivor is named with its reason, which stands
in tests/mutants/reasons.py.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.guards.sources import ROOT
from tests.mutants import written
from tests.mutants.by_hand import BUGS
from tests.mutants.hand import notices
from tests.mutants.reasons import AREAS, reason_for
from tests.mutants.written import Score, Survivor

#: What mutmut says of a mutant, by the exit code of its tests.
_SURVIVED, _NO_TESTS, _NOT_TRIED = 0, 33, None


def main() -> None:
    """Draw a sample, test it, put the bugs in by hand, and write down what became of all."""
    sample, seed = int(os.environ.get("SAMPLE", "200")), os.environ.get("SEED", "")
    seed = seed or datetime.now(UTC).date().isoformat()
    _mutmut(
        "run", "depot.base.clock.x_from_milliseconds__mutmut_1"
    )  # makes all, and learns who tests what
    names = _drawn(sample, seed)
    _mutmut("run", *names)
    scores = list(_scores(names))
    missed = [bug.kind for bug in BUGS if not notices(bug)]
    written.write(ROOT / "docs" / "figures.md", scores, missed, len(BUGS), seed)
    raise SystemExit(bool(missed) or sum(s.caught for s in scores) * 100 < 95 * len(names))


def _mutmut(*arguments: str) -> str:
    said = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE if arguments[0] == "show" else None,
        text=True,
        check=False,
    )
    return said.stdout or ""


def _results() -> dict[str, int | None]:
    """Return the exit code of every mutant there is, None for one that was not tried."""
    found: dict[str, int | None] = {}
    for path in sorted((ROOT / "mutants").rglob("*.py.meta")):
        found |= json.loads(path.read_text())["exit_code_by_key"]
    return found


def _drawn(sample: int, seed: str) -> list[str]:
    """Draw so many mutants, of each area as many as it has of all."""
    chance = random.Random(seed)
    every = {area: [name for name in _results() if _is_of(name, area)] for area in AREAS}
    whole = sum(len(names) for names in every.values())
    return [
        name
        for names in every.values()
        for name in sorted(chance.sample(names, min(len(names), -(-sample * len(names) // whole))))
    ]


def _is_of(mutant: str, area: str) -> bool:
    return mutant.startswith(AREAS[area])


def _scores(names: list[str]) -> Iterator[Score]:
    results = _results()
    for area in AREAS:
        own = [name for name in names if _is_of(name, area)]
        left = [name for name in own if results[name] in (_SURVIVED, _NO_TESTS, _NOT_TRIED)]
        yield Score(area, len(own), [_survivor(name, results[name]) for name in left])


def _survivor(name: str, code: int | None) -> Survivor:
    diff = _mutmut("show", name)
    lines = [
        line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    change = " → ".join(line[1:].strip() for line in lines)
    why = "no test reaches it" if code == _NO_TESTS else reason_for(name, change)
    return Survivor(name, change, why)


if __name__ == "__main__":
    main()
