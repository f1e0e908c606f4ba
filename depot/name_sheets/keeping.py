"""How long the names of a hand-out are kept: for years of the calendar. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

#: Between what a depot may choose; most who ask for it ask for three.
LEAST_YEARS: Final = 1
MOST_YEARS: Final = 10
USUAL_YEARS: Final = 3
#: So many columns of its own fit on a page beside name and household.
MOST_COLUMNS: Final = 4
MOST_PEOPLE: Final = 100


def erased_on(held_on: date, years: int) -> date:
    """Return the day on which the names of a hand-out go: so many years later to the day."""
    year = held_on.year + years
    try:
        return held_on.replace(year=year)
    except ValueError:  # 29 February, in a year without one
        return date(year, 3, 1)


def column_titles(text: str) -> tuple[str, ...]:
    """Return the titles of a paper's own columns, written a line each."""
    return tuple(title for line in text.splitlines() if (title := " ".join(line.split())))
