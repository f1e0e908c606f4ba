"""From when until when somebody was here, made of what was said of their coming and leaving. Pure.

What was said comes late, twice and in any order; the stays are made of all of it, each time anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from depot.base.kinds import MarkKind
from depot.joining.tonight import end_of_tonight

#: Who comes so long before a shift comes for it.
EARLY: Final = timedelta(hours=2)
#: Between two shifts of one person there may be so much time without a word.
BREAK: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Somebody came or left; of both in one moment, coming was first."""

    at: datetime
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Stay:
    """From coming to leaving; nobody said that they left: `left_at` is None."""

    came_at: datetime
    left_at: datetime | None
    #: Who says nothing has left by then: four in the morning.
    night_at: datetime

    def is_on(self, now: datetime) -> bool:
        """Say whether somebody is here then, as far as is known."""
        return self.came_at <= now < (self.left_at or self.night_at)


def make_stays(marks: Iterable[Mark], time_zone: str) -> list[Stay]:
    """Return the stays of one person, in order.

    Coming twice is coming once, at the first of both; leaving without having come, or on another
    day, is no stay.
    """
    found: list[Stay] = []
    for mark in sorted(set(marks)):
        last = found[-1] if found else None
        is_in = last is not None and last.left_at is None and mark.at < last.night_at
        if mark.kind == "come" and not is_in:
            found.append(Stay(mark.at, None, end_of_tonight(mark.at, time_zone)))
        elif mark.kind == "leave" and last is not None and is_in:
            found[-1] = Stay(last.came_at, mark.at, last.night_at)
    return found


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift that somebody is on."""

    id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Attended:
    """When somebody came to a shift and left it; neither where they did not."""

    came_at: datetime | None = None
    left_at: datetime | None = None


def attend(turns: Sequence[Turn], stays: Sequence[Stay]) -> dict[int, Attended]:
    """Return for each shift of one person when they came to it and left it.

    A stay is for the shifts that it reaches into. One that is not over reaches over the shift that
    it began for, and over the next ones as long as one follows the other.
    """
    told = {turn.id: Attended() for turn in turns}
    for stay in stays:
        reach = stay.left_at or stay.came_at + EARLY
        for turn in sorted(turns, key=lambda one: (one.starts_at, one.id)):
            if turn.starts_at > reach or turn.ends_at <= stay.came_at:
                continue
            told[turn.id] = Attended(told[turn.id].came_at or stay.came_at, stay.left_at)
            if stay.left_at is None:
                reach = max(reach, turn.ends_at + BREAK)
    return told
