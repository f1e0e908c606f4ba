"""What the lines read so far add up to, day by day, in a file of its own that nobody sees.

A depot of many years has millions of day totals: they are kept in an SQLite database without a
name, which goes with the connection, so that memory stays as it is however long the book.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from depot.base.kinds import FlowKind

#: So many sums wait in memory before they are added to the file.
_MOST_WAITING: Final = 20_000


class DayKey(NamedTuple):
    """The key of a day total of one depot; the day as text."""

    day: str
    item_id: int
    flow: FlowKind
    detail: str
    event_id: int


#: The key, what is kept, what the lines add up to.
Differing = tuple[Any, int, int]


class DaySums:
    """Sums by day, item, flow, detail and event, and beside them what the depot keeps of them."""

    def __init__(self) -> None:
        #: What was added since it was last settled: whoever reads lines adds to it.
        self.waiting: dict[tuple[str, int, FlowKind | str, str, int], int] = {}
        # autocommit, and nothing to save: it is gone when it is closed
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in _TABLES:
            self._file.execute(statement)

    def close(self) -> None:
        """Throw the sums away."""
        self._file.close()

    def settle_many(self) -> None:
        """Add what waits to the file, if it is much."""
        if len(self.waiting) > _MOST_WAITING:
            self.settle()

    def settle(self) -> None:
        """Add what waits to the file."""
        if self.waiting:
            self._write(_ADD_DAY, sorted((*key, added) for key, added in self.waiting.items()))
            self.waiting.clear()

    def ask(self, statement: str, *values: object) -> Iterator[Any]:
        """Return the rows of a statement on `day_sum` (`day, item_id, flow, detail, event_id`)."""
        self.settle()
        return self._file.execute(statement, values)

    def differing_days(self, kept: Iterable[tuple[Any, ...]]) -> Iterator[Differing]:
        """Yield the day totals in which the rows that are kept (key, quantity) differ."""
        self.settle()
        self._write(_KEEP_DAY, kept)
        for *key, held, added in self.ask(_DIFFERING_DAYS):
            yield DayKey(*key), held, added

    def differing_nets(self, kept: Iterable[tuple[Any, ...]]) -> Iterator[Differing]:
        """Yield the nets in which the rows that are kept (period, item, quantity) differ."""
        self.settle()
        self._file.execute(_NETS)
        self._write(_KEEP_NET, kept)
        for period, item_id, held, added in self.ask(_DIFFERING_NETS):
            yield (period, item_id), held, added

    def _write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        try:
            self._file.execute("BEGIN")
            self._file.executemany(statement, rows)
            self._file.execute("COMMIT")
        except sqlite3.OperationalError as error:  # above all, no room for temporary files
            raise OSError(str(error)) from error


_TABLES: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA cache_size = -4000",
    "CREATE TABLE day_sum (day TEXT, item_id INTEGER, flow TEXT, detail TEXT, event_id INTEGER,"
    " added INTEGER NOT NULL, kept INTEGER NOT NULL,"
    " PRIMARY KEY (day, item_id, flow, detail, event_id)) WITHOUT ROWID",
    "CREATE TABLE net_sum (period TEXT, item_id INTEGER, added INTEGER NOT NULL,"
    " kept INTEGER NOT NULL, PRIMARY KEY (period, item_id)) WITHOUT ROWID",
)
_ADD_DAY: Final = (
    "INSERT INTO day_sum VALUES (?, ?, ?, ?, ?, ?, 0)"
    " ON CONFLICT DO UPDATE SET added = added + excluded.added"
)
_KEEP_DAY: Final = (
    "INSERT INTO day_sum VALUES (?, ?, ?, ?, ?, 0, ?)"
    " ON CONFLICT DO UPDATE SET kept = kept + excluded.kept"
)
_DIFFERING_DAYS: Final = (
    "SELECT day, item_id, flow, detail, event_id, kept, added FROM day_sum WHERE kept <> added"
    " ORDER BY day, item_id, flow, detail, event_id"
)
#: A day belongs to its year and to its month (`depot.ledger.posting.periods_of`).
_NETS: Final = (
    "INSERT INTO net_sum"
    " SELECT substr(day, 1, 4), item_id, sum(added), 0 FROM day_sum GROUP BY 1, 2"
    " UNION ALL SELECT substr(day, 1, 7), item_id, sum(added), 0 FROM day_sum GROUP BY 1, 2"
)
_KEEP_NET: Final = (
    "INSERT INTO net_sum VALUES (?, ?, 0, ?) ON CONFLICT DO UPDATE SET kept = kept + excluded.kept"
)
_DIFFERING_NETS: Final = (
    "SELECT period, item_id, kept, added FROM net_sum WHERE kept <> added ORDER BY 1, 2"
)
