"""The part of docs/figures.md that a run of the mutants writes; the others are left as they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests import figures

HEADING: Final = "## Mutants"


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
    figures.put_section(path, HEADING, _section(scores, seed))


def _section(scores: list[Score], seed: str) -> str:
    tried, caught = sum(one.tried for one in scores), sum(one.caught for one in scores)
    lines = [
        f"`make mutants`, {figures.now_and_here()}, "
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
