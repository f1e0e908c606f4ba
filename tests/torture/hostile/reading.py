"""Hostile inputs for every reader, drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Iterator

from tests.torture.hostile.drawing import draw_many, input_for
from tests.torture.hostile.readers import READERS, Given, Reader, problem_with
from tests.torture.result import Result, tell


def read_hostile(reader: Reader, count: int, *, always_the_same: bool = False) -> dict[str, Given]:
    """Give the reader so many; return what was wrong, with the first input that showed it."""
    wrong: dict[str, Given] = {}

    def use(given: Given) -> None:
        if problem := problem_with(reader, given):
            wrong.setdefault(problem, given)

    draw_many(input_for(reader.seeds), count, use, always_the_same=always_the_same)
    return wrong


def torture(count: int) -> Iterator[Result]:
    """Give all readers about so many together, each its share."""
    wrong, given = list[str](), 0
    shares = sum(reader.share for reader in READERS.values())
    for name, reader in READERS.items():
        own = max(1, count * reader.share // shares)
        found = read_hostile(reader, own)
        given += own
        wrong += [f"{name}: {problem} ({first[:300]!r})" for problem, first in found.items()]
        tell(f"reader {name}: {own} inputs, {len(found)} wrong")
    seen = "each read or refused with an error of its own, none took 10 s of CPU"
    yield Result("hostile readings", f"{given:,} inputs, {len(READERS)} readers", seen, wrong)
