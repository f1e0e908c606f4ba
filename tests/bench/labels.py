"""A thousand labels, from the command to the file, as one types it."""

from __future__ import annotations

import resource
from pathlib import Path

from tests.serving import depot, settings

LABELS = 1000
AIM_SECONDS = 2


def labels_line(folder: Path) -> str:
    """Make LABELS labels and one, and say what CPU both took.

    All of it counts: starting the program, the database, the drawing, the file.
    """
    environment = settings(folder)
    depot(environment, "init")
    alone = _cpu_seconds(environment, folder, 1)
    many = _cpu_seconds(environment, folder, LABELS)
    return (
        f"{LABELS:,} labels by `depot labels`: {many:.2f} s of CPU, aim < {AIM_SECONDS} s"
        f" (one label, which is starting the program: {alone:.2f} s)"
    )


def _cpu_seconds(environment: dict[str, str], folder: Path, count: int) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    file = str(folder / f"labels-{count}.pdf")
    depot(environment, "labels", "--count", str(count), "--output", file)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
