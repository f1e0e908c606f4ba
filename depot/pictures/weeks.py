"""From what is here now and what changed on each day to what was here at each week's end. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: So many weeks are drawn, the present one last: a year, and the same week of the year before.
WEEKS: Final = 53
_WEEK: Final = timedelta(days=7)
#: What changed, signed as the stock feels it, by day and flow.
DayFlows = Mapping[tuple[date, str], int]


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """A week: what came in, went out and was lost in it, and what was here when it ended."""

    first: date
    sourced: int
    handed_out: int
    lost: int
    closing: int


def weeks_until(today: date, week_start: int, count: int = WEEKS) -> list[date]:
    """Return the first days of the last `count` weeks; weeks begin on `week_start`, 1 a Monday."""
    present = today - timedelta(days=(today.isoweekday() - week_start) % 7)
    return [present - number * _WEEK for number in range(count - 1, -1, -1)]


def week_points(now: int, flows: DayFlows, weeks: Sequence[date]) -> list[WeekPoint]:
    """Return the weeks in order, reckoned backwards from what is here now.

    `flows` hold all that changed from the first week's first day on, after today as well.
    """
    sums: defaultdict[tuple[date, str], int] = defaultdict(int)
    after = 0
    end = weeks[-1] + _WEEK
    for (day, flow), change in flows.items():
        if day >= end:
            after += change
        else:
            sums[_week_of(day, weeks), flow] += change
            sums[_week_of(day, weeks), ""] += change
    closing, found = now - after, []
    for first in reversed(weeks):
        found.append(
            WeekPoint(
                first,
                sums[first, "sourced"],
                -sums[first, "handed_out"],
                -sums[first, "lost"],
                closing,
            )
        )
        closing -= sums[first, ""]
    return found[::-1]


def told_weeks(now: int, flows: DayFlows, weeks: Sequence[date], least: int = 8) -> list[WeekPoint]:
    """Return the points from the first week with anything to tell, and `least` at the least."""
    points = week_points(now, flows, weeks)
    told = (n for n, one in enumerate(points) if one.sourced or one.handed_out or one.closing)
    first = next(told, len(points))
    return list(points[min(first, max(len(points) - least, 0)) :])


def _week_of(day: date, weeks: Sequence[date]) -> date:
    return weeks[(day - weeks[0]).days // 7]
