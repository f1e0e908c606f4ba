"""What `verify` found: each difference a sentence with its numbers, held back in floods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from depot.base.kinds import LocationKind

#: So many of one kind are named one by one; a broken table has a million.
MAX_OF_A_KIND: Final = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not add up: which check found it, and the sentence."""

    check: str
    sentence: str


class Findings:
    """The differences found so far."""

    def __init__(self) -> None:
        self._found: list[Difference] = []
        self._counts: Counter[str] = Counter()

    def add(self, check: str, sentence: str) -> None:
        """Note a difference."""
        self._counts[check] += 1
        if self._counts[check] <= MAX_OF_A_KIND:
            self._found.append(Difference(check, sentence))

    def all(self) -> tuple[Difference, ...]:
        """Return the differences; a kind's last one says how many more there are."""
        more = [
            Difference(check, f"And {count - MAX_OF_A_KIND} more differences of this kind.")
            for check, count in self._counts.items()
            if count > MAX_OF_A_KIND
        ]
        return (*self._found, *more)


@dataclass(frozen=True, slots=True)
class Names:
    """The depot's locations and items, by id: what sentences call them, and their kinds."""

    kinds: Mapping[int, LocationKind]
    places: Mapping[int, str]
    #: Where the database says that each crate stands.
    parents: Mapping[int, int | None]
    items: Mapping[int, str]

    def place(self, location_id: int | None) -> str:
        """Return a location's name; of none, that nobody knows where."""
        if location_id is None:
            return "no known place"
        return self.places.get(location_id, f"location {location_id}")

    def item(self, item_id: int) -> str:
        """Return an item's name."""
        return self.items.get(item_id, f"item {item_id}")
