"""Mutation testing: put single bugs in, see who notices, write the score to docs/figures.md.

    make mutants                        about 200, drawn anew each day
    make mutants SAMPLE=1000 SEED=7     more, the same each time
    make mutants PARTS="ledger safety"  some parts only; "hand" and "browser" are the bugs of
                                        tests/mutants/by_hand.py

mutmut makes the mutants of what is Python, in a copy of the project, and tries each against the
tests of its part that reach its function (tests/mutants/parts.py). What runs in the browser is
covered by the bugs of tests/mutants/by_hand.py.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.guards.sources import ROOT
from tests.mutants import written
from tests.mutants.by_hand import BUGS
from tests.mutants.hand import copy, notices
from tests.mutants.parts import PARTS, Part, reason_for
from tests.mutants.written import Score, Survivor

#: What is put in by hand: in Python, and in what runs in the browser (the outbox above all).
BY_HAND = {"hand": False, "browser": True}
#: What mutmut notes of a mutant: the exit code of its tests. These mean that nobody noticed.
_SURVIVED, _NO_TESTS, _NOT_TRIED = 0, 33, None
#: Of 100 bugs so many are to be caught.
_WANTED = 95


def main() -> None:
    """Try a sample of each part that is asked for, and write down what became of all."""
    wanted = (os.environ.get("PARTS") or " ".join([*PARTS, *BY_HAND])).split()
    sample = int(os.environ.get("SAMPLE") or 200) // len(PARTS)
    seed = os.environ.get("SEED") or datetime.now(UTC).date().isoformat()
    scores = [_try_part(name, PARTS[name], sample, seed) for name in PARTS if name in wanted]
    by_hand = [_try_by_hand(name) for name in BY_HAND if name in wanted]
    written.write(ROOT / "docs" / "figures.md", [*scores, *by_hand], seed)
    tried, caught = sum(one.tried for one in scores), sum(one.caught for one in scores)
    missed = any(one.survivors for one in by_hand)
    raise SystemExit(missed or caught * 100 < _WANTED * tried)


def _try_by_hand(name: str) -> Score:
    bugs = [bug for bug in BUGS if bug.is_in_browser == BY_HAND[name]]
    missed = [Survivor(bug.kind) for bug in bugs if not notices(bug)]
    return Score(f"{name}, put in one by one", len(bugs), missed)


def _try_part(name: str, part: Part, sample: int, seed: str) -> Score:
    folder = copy(name)
    project = folder / "pyproject.toml"
    project.write_text(project.read_text() + part.settings())
    _mutmut(folder, "run", part.first)  # makes all of them, and learns which test reaches what
    if _results(folder).get(part.first) is _NOT_TRIED:
        raise SystemExit(f"{name}: its tests do not pass as they are")
    every = sorted(name for name in _results(folder) if not re.search(part.unseen, name))
    names = random.Random(seed).sample(every, min(sample, len(every)))
    _mutmut(folder, "run", *names)
    results = _results(folder)
    left = [one for one in names if results[one] in (_SURVIVED, _NO_TESTS, _NOT_TRIED)]
    return Score(name, len(names), [_survivor(folder, one, results[one]) for one in left])


def _mutmut(folder: Path, *arguments: str) -> str:
    said = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE if arguments[0] == "show" else None,
        text=True,
        check=False,
    )
    return said.stdout or ""


def _results(folder: Path) -> dict[str, int | None]:
    """Return the exit code of every mutant there is, None for one that was not tried."""
    found: dict[str, int | None] = {}
    for path in sorted((folder / "mutants").rglob("*.py.meta")):
        found |= json.loads(path.read_text())["exit_code_by_key"]
    return found


def _survivor(folder: Path, name: str, code: int | None) -> Survivor:
    lines = _mutmut(folder, "show", name).splitlines()
    changed = [one for one in lines if one[:1] in "+-" and one[:3] not in ("+++", "---")]
    change = " → ".join(one[1:].strip() for one in changed)
    if code == _NO_TESTS:
        return Survivor(name, change, "No test of its part reaches it.")
    return Survivor(name, change, reason_for(name, change))


if __name__ == "__main__":
    main()
