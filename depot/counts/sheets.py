"""A count sheet: what was written at its lines, what the book said, what is to be booked. Pure.

A line is compared with the book as it was when the line was counted, so goods may come and go while
a shelf is being counted. What is posted is one count an entry, and an entry has one time: lines of
one place that were counted in one sitting are posted together, as at the end of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from depot.base.errors import CountersDisagree
from depot.base.kinds import DateKind

FIRST, SECOND = 1, 2
COUNTERS: Final = (FIRST, SECOND)
#: Choice of a line's counter: leave the line out.
NEITHER: Final = 0
#: A longer pause than this between two lines of a place begins another sitting.
PAUSE: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a counter wrote last at a line; a quantity of zero is an answer."""

    id: int
    counter: int
    quantity: int
    date_kind: DateKind
    date_text: str
    counted_at: datetime
    person: str = ""

    @property
    def says(self) -> tuple[int, str, str]:
        """What is said, whoever said it when."""
        return self.quantity, self.date_kind, self.date_text


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a sheet. `crate` is a code, empty for what lies loose; `lot_id` None: found."""

    id: int
    number: int
    location_id: int
    crate: str
    item_id: int | None
    item: str
    unit: str
    lot_id: int | None
    lot_code: str
    date_kind: DateKind
    date_text: str
    tallies: Mapping[int, Tally]

    def tally(self, counter: int) -> Tally | None:
        """Return what that counter wrote; None: not counted, which is not zero."""
        return self.tallies.get(counter)

    @property
    def is_disputed(self) -> bool:
        """Say whether both counted it and do not say the same."""
        return len({tally.says for tally in self.tallies.values()}) > 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A count sheet with its lines in order; `version` grows with all that is written."""

    id: int
    location_id: int
    place: str
    is_blind: bool
    #: open, posted or called_off.
    state: str
    started_at: datetime
    started_by: str
    closed_at: datetime | None
    closed_by: str
    version: int
    lines: tuple[SheetLine, ...]

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def counted(self, counter: int) -> int:
        """Return how many lines that counter has counted."""
        return sum(line.tally(counter) is not None for line in self.lines)

    @property
    def is_counted_twice(self) -> bool:
        return self.counted(SECOND) > 0


#: A lot at a location.
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """So much more (or less, below zero) of a lot at a location, since that moment."""

    spot: Spot
    quantity: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PastBook:
    """What the book holds of each lot now, and what changed lately: hence what it held then."""

    now: Mapping[Spot, int] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    _by_spot: dict[Spot, list[Change]] = field(
        default_factory=lambda: defaultdict(list), init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for change in self.changes:
            self._by_spot[change.spot].append(change)

    def held(self, spot: Spot, at: datetime) -> int:
        """Return what the book held of a lot at that moment."""
        return self.now.get(spot, 0) - self.change(spot, at, None)

    def change(self, spot: Spot, after: datetime, until: datetime | None) -> int:
        """Return by how much it changed after one moment and until another (None: now)."""
        return sum(
            one.quantity
            for one in self._by_spot.get(spot, ())
            if one.at > after and (until is None or one.at <= until)
        )

    def expected(self, line: SheetLine, at: datetime) -> int:
        """Return what the book said of a line at that moment; of what was found, nothing."""
        return 0 if line.lot_id is None else self.held((line.location_id, line.lot_id), at)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line and the tally that is to be booked."""

    line: SheetLine
    tally: Tally

    @property
    def has_other_date(self) -> bool:
        """Say whether the packages bear another date than the book thought."""
        return bool(self.tally.date_text) and self.line.lot_id is not None


def choose_tallies(lines: Iterable[SheetLine], choices: Mapping[int, int]) -> list[Chosen]:
    """Return what is to be booked of each line that was counted.

    `choices` say by line number whose tally is right, where two counters differ, or NEITHER.
    Raises CountersDisagree where that is not said.
    """
    chosen, open_lines = [], []
    for line in lines:
        if line.is_disputed and line.number not in choices:
            open_lines.append(line.number)
            continue
        tally = _tally_of(line, choices)
        if tally is not None:
            chosen.append(Chosen(line, tally))
    if open_lines:
        raise CountersDisagree(count=len(open_lines))
    return chosen


def _tally_of(line: SheetLine, choices: Mapping[int, int]) -> Tally | None:
    if line.is_disputed:
        return line.tally(choices[line.number])
    if choices.get(line.number) == NEITHER:
        return None
    return line.tally(FIRST) or line.tally(SECOND)


def sittings(chosen: Iterable[Chosen]) -> list[list[Chosen]]:
    """Return what is posted together: by place, and by when it was counted, the earliest first.

    Lines of a place where a date is put right stay together: one lot gives what another gets.
    """
    by_place: defaultdict[int, list[Chosen]] = defaultdict(list)
    for one in sorted(chosen, key=lambda one: (one.tally.counted_at, one.line.number)):
        by_place[one.line.location_id].append(one)
    found = [part for of_place in by_place.values() for part in _parts(of_place)]
    return sorted(found, key=lambda part: (end_of(part), part[0].line.number))


def _parts(of_place: Sequence[Chosen]) -> Iterator[list[Chosen]]:
    if any(one.has_other_date for one in of_place):
        yield list(of_place)
        return
    part: list[Chosen] = []
    for one in of_place:
        if part and one.tally.counted_at - part[-1].tally.counted_at > PAUSE:
            yield part
            part = []
        part.append(one)
    yield part


def end_of(part: Sequence[Chosen]) -> datetime:
    """Return when a sitting ended, which is when its entry happened."""
    return max(one.tally.counted_at for one in part)


def at_end(one: Chosen, end: datetime, book: PastBook) -> int:
    """Return what was there at the end of the sitting, by what was counted and moved since."""
    if one.line.lot_id is None:
        return one.tally.quantity
    spot = (one.line.location_id, one.line.lot_id)
    return max(0, one.tally.quantity + book.change(spot, one.tally.counted_at, end))
