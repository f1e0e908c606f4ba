"""What people are called on a screen that everybody sees: first names, told apart. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def short_names(people: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return what to show of each person: as little of the name as tells them apart."""
    known = list(people)
    ways = {number: _ways(name) for number, name in known}
    return {number: _shortest(number, ways) for number, _name in known}


def _ways(name: str) -> tuple[str, str, str]:
    first, *others = name.split() or [name]
    return first, f"{first} {others[-1][0]}." if others else first, name


def _shortest(number: int, ways: dict[int, tuple[str, str, str]]) -> str:
    for length in range(3):
        counted = Counter(one[length].casefold() for one in ways.values())
        if counted[ways[number][length].casefold()] == 1:
            return ways[number][length]
    return ways[number][-1]
