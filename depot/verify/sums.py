"""What the lines read so far add up to, day by day, and where there is much of it in a file.

A depot of many years has millions of day totals: what is more than a handful of years of a small
depot is kept in an SQLite database without a name, which goes with the connection, so that memory
stays as it is however long the book.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

#: So many sums wait in memory, at some hundred bytes each, before they are added to the file.
_MOST_WAITING: Final = 150_000

#: Item, flow, detail, event.
Of = tuple[int, str, str, int]


class DayKey(NamedTuple):
    """The key of a day total of one depot; the day as text."""

    day: str
    item_id: int
    flow: str
    detail: str
    event_id: int


#: The key, what is kept, what the lines add up to.
Differing = tuple[Any, int, int]


class DaySums:
    """Sums by day, item, flow, detail and event."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[Of, int]] = {}
        #: One tuple for what comes on many days.
        self._same: dict[Of, Of] = {}
        # autocommit, and nothing to save: it is gone when it is closed
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._is_filed = False
        for statement in _TABLES:
            self._file.execute(statement)

    def close(self) -> None:
        """Throw the sums away."""
        self._file.close()

    def add(self, day: str, of: Of, quantity: int) -> None:
        """Add a quantity to a day's sum of something."""
        sums = self._waiting.get(day)
        if sums is None:
            sums = self._waiting[day] = {}
        same = self._same.setdefault(of, of)
        sums[same] = sums.get(same, 0) + quantity

    def settle_many(self) -> None:
        """Add what waits to the file, if it is much."""
        if sum(map(len, self._waiting.values())) > _MOST_WAITING:
            self._settle()

    def _settle(self) -> None:
        """Add what waits to the file, in its order."""
        if self._waiting:
            self._write(
                _ADD_DAY,
                (
                    (day, *of, added)
                    for day, sums in sorted(self._waiting.items())
                    for of, added in sorted(sums.items())
                ),
            )
            self._is_filed = True
            self._waiting.clear()
            self._same.clear()

    def ask(self, statement: str, *values: object) -> Iterator[Any]:
        """Return the rows of a statement on `day_sum` (`day, item_id, flow, detail, event_id`)."""
        self._settle()
        return self._file.execute(statement, values)

    def differing_days(self, kept: Iterable[tuple[Any, ...]]) -> Iterator[Differing]:
        """Yield the day totals in which the rows that are kept (key, quantity) differ.

        They come in the order of their days.
        """
        for day, held, added in _beside(_by_day(kept), self._by_day()):
            if held == added:
                continue
            for of in sorted(held.keys() | added.keys()):
                here, there = held.get(of, 0), added.get(of, 0)
                if here != there:
                    yield DayKey(day, *of), here, there

    def differing_nets(self, kept: Iterable[tuple[Any, ...]]) -> Iterator[Differing]:
        """Yield the nets in which the rows that are kept (period, item, quantity) differ."""
        for month, days in groupby(self._by_day(), key=lambda one: one[0][:7]):
            nets: defaultdict[int, int] = defaultdict(int)
            for _, sums in days:
                for of, added in sums.items():
                    nets[of[0]] += added
            # a day belongs to its year and to its month (`depot.ledger.posting.periods_of`)
            for period in (month[:4], month):
                self._write(_ADD_NET, ((period, item, net) for item, net in nets.items()))
        self._write(_KEEP_NET, kept)
        for period, item_id, held, added in self._file.execute(_DIFFERING_NETS):
            yield (period, item_id), held, added

    def _by_day(self) -> Iterator[tuple[str, Mapping[Of, int]]]:
        """Yield all sums, day by day."""
        if self._is_filed:
            yield from _by_day(self.ask(_ALL_DAYS))
        else:
            yield from sorted(self._waiting.items())

    def _write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        try:
            self._file.execute("BEGIN")
            self._file.executemany(statement, rows)
            self._file.execute("COMMIT")
        except sqlite3.OperationalError as error:  # above all, no room for temporary files
            raise OSError(str(error)) from error


def _by_day(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, Mapping[Of, int]]]:
    """Put the sums of a day together, from rows that come day by day."""
    for day, found in groupby(rows, key=itemgetter(0)):
        yield (
            day,
            {(item, flow, detail, event): held for _, item, flow, detail, event, held in found},
        )


def _beside(
    kept: Iterable[tuple[str, Mapping[Of, int]]], added: Iterable[tuple[str, Mapping[Of, int]]]
) -> Iterator[tuple[str, Mapping[Of, int], Mapping[Of, int]]]:
    """Yield each day of two that come in order, with what the one and the other has of it."""
    both = heapq.merge(
        ((day, 0, sums) for day, sums in kept),
        ((day, 1, sums) for day, sums in added),
        key=itemgetter(0),
    )
    for day, found in groupby(both, key=itemgetter(0)):
        sides: dict[int, Mapping[Of, int]] = {side: sums for _, side, sums in found}
        yield day, sides.get(0, {}), sides.get(1, {})


_TABLES: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA cache_size = -4000",
    "CREATE TABLE day_sum (day TEXT, item_id INTEGER, flow TEXT, detail TEXT, event_id INTEGER,"
    " added INTEGER NOT NULL,"
    " PRIMARY KEY (day, item_id, flow, detail, event_id)) WITHOUT ROWID",
    "CREATE TABLE net_sum (period TEXT, item_id INTEGER, added INTEGER NOT NULL,"
    " kept INTEGER NOT NULL, PRIMARY KEY (period, item_id)) WITHOUT ROWID",
)
_ADD_DAY: Final = (
    "INSERT INTO day_sum VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET added = added + excluded.added"
)
_ALL_DAYS: Final = "SELECT day, item_id, flow, detail, event_id, added FROM day_sum ORDER BY day"
_ADD_NET: Final = (
    "INSERT INTO net_sum VALUES (?, ?, ?, 0)"
    " ON CONFLICT DO UPDATE SET added = added + excluded.added"
)
_KEEP_NET: Final = (
    "INSERT INTO net_sum VALUES (?, ?, 0, ?) ON CONFLICT DO UPDATE SET kept = kept + excluded.kept"
)
_DIFFERING_NETS: Final = (
    "SELECT period, item_id, kept, added FROM net_sum WHERE kept <> added ORDER BY 1, 2"
)
