"""Who takes part in an activity, and what that says: who is in, who waits, what is free. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

#: Up to so long before it begins a place that is free is kept for those who wait.
KEPT_FOR: Final = timedelta(days=1)
#: How somebody stands to an activity.
Standing: TypeAlias = Literal["in", "seeking", "asked", "waiting", "out"]


@dataclass(frozen=True, slots=True)
class Part:
    """That somebody takes part, as its moments say."""

    person_id: int
    name: str
    #: None: a regular on a day that nobody touched.
    id: int | None = None
    learning: bool = False
    asked_at: datetime | None = None
    taken_at: datetime | None = None
    waiting_since: datetime | None = None
    stand_in_sought_at: datetime | None = None
    given_back_at: datetime | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None
    instead_of_id: int | None = None
    is_regular: bool = False

    @property
    def standing(self) -> Standing:
        """Asked is no yes; who can't come is expected until somebody takes over."""
        if self.given_back_at is not None:
            return "out"
        if self.came_at is not None:
            return "in"
        if self.taken_at is not None:
            return "in" if self.stand_in_sought_at is None else "seeking"
        return "waiting" if self.waiting_since is not None else "asked"

    @property
    def is_in(self) -> bool:
        """Whether they are expected, or are here."""
        return self.standing in ("in", "seeking")


def people_in(parts: Iterable[Part]) -> list[Part]:
    """Return who is expected, who looks for somebody among them."""
    return [part for part in parts if part.is_in]


def count_in(parts: Iterable[Part]) -> int:
    """Return how many places are taken. Who learns stands beside somebody and takes none."""
    return sum(1 for part in people_in(parts) if not part.learning)


def free_places(parts: Iterable[Part], people_max: int | None) -> int | None:
    """Return how many places are free, less than none where it is over-full; None: no end."""
    return None if people_max is None else people_max - count_in(parts)


def waiting(parts: Iterable[Part]) -> list[Part]:
    """Return who waits for a place, in their order."""
    found = [part for part in parts if part.standing == "waiting"]
    return sorted(found, key=lambda part: (part.waiting_since, part.id))


def has_place_for(
    parts: Sequence[Part],
    person_id: int,
    people_max: int | None,
    starts_at: datetime | None,
    now: datetime,
) -> bool:
    """Say whether somebody may come: a place is free, and not kept for those who waited before.

    In the last day before it begins nothing is kept: an empty place helps nobody.
    """
    free = free_places(parts, people_max)
    if free is None:
        return True
    queue = [part.person_id for part in waiting(parts)]
    ahead = queue.index(person_id) if person_id in queue else len(queue)
    if starts_at is not None and starts_at - now <= KEPT_FOR:
        ahead = 0
    return free > ahead


def own_part(parts: Iterable[Part], person_id: int | None) -> Part | None:
    """Return somebody's part that lives; None: they take none."""
    live = (part for part in parts if part.standing != "out")
    return next((part for part in live if part.person_id == person_id), None)
