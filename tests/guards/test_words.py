"""What must not stand in any file of the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.sources import ROOT, relative_name, tracked_files

# Each is put together here, so that this file may stand the test that it makes.
FORBIDDEN = {
    "a place outside the project": re.compile(r"\.\./shar" + r"ed\b|/wor" + r"k/(main|shared)\b"),
    "a package index (an installer knows its own)": re.compile(
        r"py" + r"pi\.org|pythonhost" + r"ed\.org|npm" + r"js\b|\bregis" + r"try\.[a-z.-]+/"
    ),
    "work put off (do it, or open an issue)": re.compile(r"\bTO" + r"DO\b|\bFIX" + r"ME\b"),
}
BINARY = {".png", ".jpg", ".ico", ".pdf", ".xlsx", ".wasm", ".woff2", ".ttf", ".gz", ".zip"}


def complaints(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the reason of each forbidden word in `text`."""
    for number, line in enumerate(text.splitlines(), start=1):
        for reason, pattern in FORBIDDEN.items():
            if pattern.search(line):
                yield number, reason


def readable() -> list[Path]:
    """Return the tracked files that hold text."""
    return [path for path in tracked_files() if path.suffix not in BINARY]


def test_no_file_says_what_it_must_not() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so nobody knows which files are the project's")
    assert readable()
    found = [
        f"{relative_name(path)}:{number}: {reason}"
        for path in readable()
        for number, reason in complaints(path.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    "line",
    ["see ../shar" + "ed/NOTES.md", "https://py" + "pi.org/simple", "# TO" + "DO: later"],
    ids=["place", "index", "later"],
)
def test_the_guard_sees_each_kind(line: str) -> None:
    assert [number for number, _ in complaints(f"fine\n{line}\n")] == [2]
