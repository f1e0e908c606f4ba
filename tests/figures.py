"""docs/figures.md: what long runs found out, written by the runs themselves.

Each heading belongs to one kind of run, which replaces its own section, or one row of it, and
leaves the others as they are.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.guards.sources import ROOT

FIGURES: Final = ROOT / "docs" / "figures.md"
_TITLE: Final = "# Figures\n\nWritten by the runs themselves; each says when and where.\n"


def now_and_here() -> str:
    """Return when and on what a run is: the minute, the cores and the Python."""
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{when}, {os.cpu_count()} cores, Python {platform.python_version()}"


def put_section(path: Path, heading: str, body: str) -> None:
    """Put a section into the file, in place of the one of that heading or at the end."""
    text = path.read_text() if path.exists() else _TITLE
    section = f"{heading}\n\n{body.rstrip()}\n\n"
    before = _section(heading)
    if before.search(text):
        text = before.sub(lambda _found: section, text)
    else:
        text = f"{text.rstrip()}\n\n{section}"
    path.write_text(text.rstrip() + "\n")


def put_row(
    path: Path, heading: str, words: str, titles: Sequence[str], row: Sequence[str]
) -> None:
    """Put a row into the section's table, in place of the one that begins with the same word."""
    found = _section(heading).search(path.read_text() if path.exists() else "")
    rows = dict(_rows(found[0] if found else "", len(titles)))
    rows[row[0]] = [one.replace("|", "/") for one in row]
    table = [titles, ["---"] * len(titles), *(rows[name] for name in sorted(rows))]
    lines = (f"| {' | '.join(one)} |" for one in table)
    put_section(path, heading, f"{words}\n\n" + "\n".join(lines))


def _section(heading: str) -> re.Pattern[str]:
    return re.compile(rf"^{heading}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def _rows(section: str, columns: int) -> list[tuple[str, list[str]]]:
    """Return the rows of a section's table, without those of its head."""
    split = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("| ")
    ]
    return [(row[0], row) for row in split[2:] if len(row) == columns]
