"""The part of docs/figures.md that a run of the mutants writes; the others are left as they are.

A run of some parts leaves what earlier runs found of the others: each says when it was measured.
"""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

HEADING: Final = "## Mutants"
_TITLE: Final = "# Figures\n\nWritten by the runs themselves; each says when and where.\n"
_SECTION: Final = re.compile(rf"^{HEADING}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_ROW: Final = re.compile(
    r"^\| (?P<area>[^|\n]+) \| (?P<tried>\d+) \| (?P<caught>\d+) \| [^|\n]+"
    r" \| (?P<measured>[^|\n]+) \|$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Survivor:
    """A bug that no test noticed, and why."""

    name: str
    change: str = ""
    reason: str = "A test is missing."


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the mutants of one area."""

    area: str
    tried: int
    survivors: list[Survivor]

    @property
    def caught(self) -> int:
        return self.tried - len(self.survivors)


@dataclass(frozen=True, slots=True)
class _Row:
    """An area as it stands in the file."""

    area: str
    tried: int
    caught: int
    measured: str
    survivors: tuple[str, ...]


def write(path: Path, scores: list[Score], seed: str) -> None:
    """Put what was found now into the section, in place of what it says of the same areas."""
    text = path.read_text() if path.exists() else _TITLE
    before = _SECTION.search(text)
    rows = {row.area: row for row in _rows_of(before[0] if before else "")}
    rows |= {score.area: _row_of(score, seed) for score in scores}
    section = _section(list(rows.values()))
    if before:
        text = f"{text[: before.start()]}{section}{text[before.end() :]}"
    else:
        text = f"{text.rstrip()}\n\n{section}"
    path.write_text(text.rstrip() + "\n")


def _rows_of(section: str) -> list[_Row]:
    return [
        _Row(
            found["area"],
            int(found["tried"]),
            int(found["caught"]),
            found["measured"],
            tuple(re.findall(rf"^- {re.escape(found['area'])}: (.*)$", section, re.MULTILINE)),
        )
        for found in _ROW.finditer(section)
    ]


def _row_of(score: Score, seed: str) -> _Row:
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    measured = f"{when}, {os.cpu_count()} cores, Python {platform.python_version()}, sample {seed}"
    survivors = tuple(_told(one) for one in score.survivors)
    return _Row(score.area, score.tried, score.caught, measured, survivors)


def _section(rows: list[_Row]) -> str:
    tried, caught = sum(one.tried for one in rows), sum(one.caught for one in rows)
    lines = [
        f"{HEADING}\n",
        f"`make mutants`: **{_share(caught, tried)}** of 100 are caught ({caught} of {tried}).\n",
        "| part | tried | caught | of 100 | measured |\n|---|---:|---:|---:|---|",
        *(
            f"| {r.area} | {r.tried} | {r.caught} | {_share(r.caught, r.tried)} | {r.measured} |"
            for r in rows
        ),
        "",
    ]
    if survivors := [f"- {row.area}: {told}" for row in rows for told in row.survivors]:
        lines += ["Survivors:\n", *survivors, ""]
    return "\n".join(lines) + "\n"


def _told(one: Survivor) -> str:
    change = f": `{one.change.replace('`', '´')}`" if one.change else ""
    return f"`{one.name}`{change}. {one.reason}"


def _share(caught: int, tried: int) -> str:
    return f"{100 * caught / tried:.1f}" if tried else "–"
