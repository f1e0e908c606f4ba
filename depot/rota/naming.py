"""How an activity is named: by its number, or by its routine and day, before and after it has one.

Two phones that name the same day of a routine mean the same, whoever touches it first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from depot.base.errors import NotFound
from depot.base.text import N_

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,17}")
_DAY: Final = re.compile(r"([1-9][0-9]{0,17})\.([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Named:
    """Which activity is meant: by its id, or by a routine's id and a day of it."""

    id: int | None = None
    routine_id: int | None = None
    on: date | None = None


def name_of_day(routine_id: int, on: date) -> str:
    """Return the name of a day of a routine."""
    return f"{routine_id}.{on.isoformat()}"


def parse_name(text: str) -> Named:
    """Return which activity a name means. Raises NotFound for what is no name of one."""
    if _NUMBER.fullmatch(text):
        return Named(id=int(text))
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return Named(routine_id=int(found[1]), on=date.fromisoformat(found[2]))
    except ValueError:  # the 31st of February
        pass
    raise NotFound(what=N_("activity"), name=text)
