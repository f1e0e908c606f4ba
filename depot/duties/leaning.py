"""What rests on one person alone: to be read together, not to be held against anybody. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

#: So far is looked back.
LOOKED_BACK: Final = timedelta(weeks=12)
#: What was on less often says nothing.
FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class WasThere:
    """Somebody took part in a day of a routine."""

    routine_id: int
    name: str
    activity_id: int
    person_id: int
    person: str
    is_duty: bool = False


@dataclass(frozen=True, slots=True)
class Leaning:
    """A routine that one person alone carried, and how often."""

    routine_id: int
    name: str
    person_id: int
    person: str
    times: int
    is_duty: bool


def leaning(seen: Iterable[WasThere]) -> list[Leaning]:
    """Return what one person alone did each time; a duty counts from its first term on."""
    by_routine: dict[int, list[WasThere]] = {}
    for one in seen:
        by_routine.setdefault(one.routine_id, []).append(one)
    found = []
    for those in by_routine.values():
        first, times = those[0], len({one.activity_id for one in those})
        if len({one.person_id for one in those}) == 1 and (first.is_duty or times >= FEWEST):
            found.append(
                Leaning(
                    first.routine_id,
                    first.name,
                    first.person_id,
                    first.person,
                    times,
                    first.is_duty,
                )
            )
    return sorted(found, key=lambda one: (one.person.casefold(), one.name.casefold()))
