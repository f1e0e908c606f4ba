"""The part of docs/figures.md that a run of the mutants writes; the others are left as they are."""

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


@dataclass(frozen=True)
class Survivor:
    """A bug that no test noticed, and why."""

    name: str
    change: str = ""
    reason: str = "A test is missing."


@dataclass(frozen=True)
class Score:
    """What became of the mutants of one area."""

    area: str
    tried: int
    survivors: list[Survivor]

    @property
    def caught(self) -> int:
        return self.tried - len(self.survivors)


def write(path: Path, scores: list[Score], seed: str) -> None:
    """Put the section into the file in place of the one before."""
    text = path.read_text() if path.exists() else _TITLE
    section = _section(scores, seed)
    before = re.compile(rf"^{HEADING}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if before.search(text):
        text = before.sub(lambda _found: section, text)
    else:
        text = f"{text.rstrip()}\n\n{section}"
    path.write_text(text.rstrip() + "\n")


def _section(scores: list[Score], seed: str) -> str:
    tried, caught = sum(one.tried for one in scores), sum(one.caught for one in scores)
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    lines = [
        f"{HEADING}\n",
        f"`make mutants`, {when}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"sample {seed}: **{_share(caught, tried)}** of 100 are caught ({caught} of {tried}).\n",
        "| part | tried | caught | of 100 |\n|---|---:|---:|---:|",
        *(f"| {s.area} | {s.tried} | {s.caught} | {_share(s.caught, s.tried)} |" for s in scores),
        "",
    ]
    if survivors := [one for score in scores for one in score.survivors]:
        lines += ["Survivors:\n", *(_told(one) for one in survivors), ""]
    return "\n".join(lines) + "\n"


def _told(one: Survivor) -> str:
    change = f": `{one.change.replace('`', '´')}`" if one.change else ""
    return f"- `{one.name}`{change}. {one.reason}"


def _share(caught: int, tried: int) -> str:
    return f"{100 * caught / tried:.1f}" if tried else "–"
