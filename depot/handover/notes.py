"""The rules of notes, without a database: what is a line, how long they hang and when they fade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from depot.base.names import clean_name

#: Letters of what somebody writes, and of one line that is drafted.
MAX_TEXT: Final = 500
MAX_FACT: Final = 200
#: Lines that are drafted, and lines of a note in all.
MAX_FACTS: Final = 20
#: Letters of a task's name.
MAX_TASK_NAME: Final = 200
#: For how many days a notice hangs unless somebody chooses, and at most.
NOTICE_DAYS: Final = 7
MOST_NOTICE_DAYS: Final = 92
#: How long a handover waits on Today for somebody who has not seen it.
WAITS: Final = timedelta(days=14)
#: When the words of a note go: after it came here, or after a notice's last day.
FADES: Final = timedelta(weeks=8)


def task_name(line: str) -> str:
    """Return what the task is called that is made of a line; all of it stands in its text."""
    return clean_name(line[:MAX_TASK_NAME])


def note_lines(facts: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the lines of a note: what was drafted and left ticked, then what was written.

    Blank lines go. A line is what one may make a task of.
    """
    written = (line.strip() for line in text.split("\n"))
    drafted = (fact.strip() for fact in facts)
    return tuple(line for line in (*drafted, *written) if line)
