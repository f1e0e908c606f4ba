"""Where the guards look."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("depot", "blueprints", "labels")


def python_files(*folders: str) -> Iterator[Path]:
    """Yield every Python file below `folders` of the project, in order."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def relative_name(path: Path) -> str:
    """Return `path` as a reader of a failure wants it: from the project's folder."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def tracked_files() -> list[Path]:
    """Return what is in git and on the disk; empty when this is no git checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]
