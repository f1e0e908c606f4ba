"""Where the bulk goes: an SQLite file or a PostgreSQL database, each the way it takes most rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from depot.db import statistics
from depot.db.search.keeping import NOTE_ALL

if TYPE_CHECKING:
    import psycopg

Rows = Iterable[Sequence[object]]
#: Above so many moves it pays to take indexes away first and make them again at the end.
MANY = 100_000
#: The tables that a long history fills.
_LONG: Final = ("stock_entry", "stock_move", "command_log", "day_total")
#: Tables whose rows are written with the ids that they are to have.
_NUMBERED = ("stock_entry", "stock_move", "crate_placement", "location", "item", "lot")


class Sink(Protocol):
    """A database that takes rows in bulk."""

    #: What stands in a column that says no.
    no: object

    def ask(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows of a statement; its places are marked with ?."""

    def insert(self, table: str, columns: str, rows: Rows) -> None:
        """Insert rows."""

    def add_up(self, table: str, columns: str, keys: str, rows: Rows) -> None:
        """Insert rows whose last column is a quantity, or add it where the key is there.

        The first column is the depot's; no key comes twice.
        """

    def change(self, statement: str, values: Sequence[object]) -> None:
        """Run a statement that changes something."""


class SqliteSink:
    """An SQLite file."""

    no: object = 0

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def insert(self, table: str, columns: str, rows: Rows) -> None:
        places = ", ".join("?" for _ in columns.split(","))
        self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)

    def add_up(self, table: str, columns: str, keys: str, rows: Rows) -> None:
        places = ", ".join("?" for _ in columns.split(","))
        self._connection.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT ({keys})"
            " DO UPDATE SET quantity = quantity + excluded.quantity",
            rows,
        )

    def change(self, statement: str, values: Sequence[object]) -> None:
        self._connection.execute(statement, values)


@contextmanager
def open_sink(database: Path | str, moves: int) -> Iterator[Sink]:
    """Open an SQLite file or, by its URL, a PostgreSQL database for so many moves."""
    if isinstance(database, str):
        with postgres_sink(database, moves) as postgres:
            yield postgres
        return
    with sqlite_sink(database, moves) as sqlite:
        yield sqlite


@contextmanager
def sqlite_sink(database: Path, moves: int) -> Iterator[SqliteSink]:
    """Open the file for one great transaction; its indexes are made anew behind many rows."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        for pragma in ("synchronous=OFF", "cache_size=-200000", "temp_store=FILE"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        indexes = _indexes(connection) if moves > MANY else []
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        yield SqliteSink(connection)
        for _, statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
        for statement in statistics.SQLITE:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _indexes(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the indexes of the two large tables that no constraint needs."""
    return connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('stock_entry', 'stock_move')"
    ).fetchall()


class PostgresSink:
    """A PostgreSQL database."""

    no: object = False

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def ask(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        return self._connection.execute(_own(statement), values).fetchall()

    def insert(self, table: str, columns: str, rows: Rows) -> None:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def add_up(self, table: str, columns: str, keys: str, rows: Rows) -> None:
        named, _, quantity = columns.rpartition(", ")
        new = {tuple(key): more for *key, more in rows}
        depots = list({key[0] for key in new})
        there = self.ask(f"SELECT {named} FROM {table} WHERE depot_id = ANY (?)", [depots])
        more = [(new.pop(key), *key) for key in there if key in new]
        where = " AND ".join(f"{name} = ?" for name in named.split(", "))
        with self._connection.cursor() as cursor:
            cursor.executemany(
                _own(f"UPDATE {table} SET {quantity} = {quantity} + ? WHERE {where}"), more
            )
        self.insert(table, columns, ((*key, found) for key, found in new.items()))

    def change(self, statement: str, values: Sequence[object]) -> None:
        self._connection.execute(_own(statement), values)


class _Index(NamedTuple):
    """An index that is taken away for a while: of which table, and how it is made again."""

    table: str
    name: str
    is_constraint: bool
    definition: str

    def drop(self) -> str:
        of_table = f"ALTER TABLE {self.table} DROP CONSTRAINT {self.name}"
        return of_table if self.is_constraint else f"DROP INDEX {self.name}"

    def make(self) -> str:
        constraint = f"ALTER TABLE {self.table} ADD CONSTRAINT {self.name} {self.definition}"
        return constraint if self.is_constraint else self.definition


@contextmanager
def postgres_sink(url: str, moves: int) -> Iterator[PostgresSink]:
    """Open the database for one great transaction, its foreign keys on trust meanwhile.

    Indexes are made anew behind many rows, so nobody else can work there until the end. Statistics
    and the map of what everybody can see are made then too, as autovacuum would in its time.
    """
    import psycopg  # an extra: a file needs none of it

    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(plain) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '256MB'")
        indexes = _indexes_on_server(connection) if moves > MANY else []
        for index in indexes:
            connection.execute(index.drop().encode())
        yield PostgresSink(connection)
        for index in indexes:
            connection.execute(index.make().encode())
        # ids were given from outside: the next ones follow them
        for table in _NUMBERED:
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1))"
                f" FROM {table}".encode()
            )
        for statement in NOTE_ALL:
            connection.execute(statement.encode())
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _indexes_on_server(connection: psycopg.Connection[Any]) -> list[_Index]:
    """Return the indexes of the long tables that neither a primary nor a foreign key needs."""
    found = connection.execute(
        "SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, own.oid IS NOT NULL,"
        " coalesce(pg_get_constraintdef(own.oid), pg_get_indexdef(i.indexrelid))"
        " FROM pg_index i LEFT JOIN pg_constraint own"
        " ON own.conindid = i.indexrelid AND own.contype = 'u'"
        " WHERE i.indrelid = ANY (%s::regclass[]) AND NOT i.indisprimary AND NOT EXISTS"
        " (SELECT FROM pg_constraint f WHERE f.conindid = i.indexrelid AND f.contype = 'f')"
        " ORDER BY i.indexrelid",
        [list(_LONG)],
    )
    return [_Index(*row) for row in found]


def _own(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()
