"""What a part of the torture hands back, and how it tells what it is at."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True)
class Result:
    """A row of docs/figures.md: what was done, how much of it, what was seen, what was wrong."""

    part: str
    size: str
    seen: str
    wrong: Sequence[str] = field(default_factory=tuple)


def tell(line: str) -> None:
    """Print a line with the time."""
    sys.stdout.write(f"{datetime.now(UTC):%H:%M:%S} {line}\n")
    sys.stdout.flush()
