"""All rows of one database into another, on whichever engines the two are.

The copy keeps every id and every time, so that seals hold. Foreign keys are checked at the end: a
crate's row may name a place that comes later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select, text

from depot.base.errors import Invalid
from depot.base.text import N_
from depot.models import SearchStale, all_tables

Progress = Callable[[int], None]
_ROWS: Final = 2000
#: Rows with files or photos in them: each may be large.
_LARGE_ROWS: Final = 50


def tables() -> list[Table]:
    """Return all tables, each after those that it mostly points to.

    What is to be read anew for search comes last: the copy's triggers note all that is written.
    """
    noted = all_tables().tables[SearchStale.__tablename__]
    return [one for one in all_tables().sorted_tables if one is not noted] + [noted]


def count_rows(source: Connection) -> int:
    """Return how many rows there are to copy."""
    return sum(source.scalar(select(func.count()).select_from(one)) or 0 for one in tables())


def copy_rows(source: Connection, target: Connection, progress: Progress) -> None:
    """Copy every row into a target with the same tables, all of them empty.

    `target` is in a transaction of its caller, who commits. Raises Invalid if what arrived does not
    hold together.
    """
    with_server = target.dialect.name == "postgresql"
    if with_server:
        _defer_keys(target)
    *others, noted = tables()
    for table in others:
        _copy_table(source, target, table, progress)
    target.execute(noted.delete())
    _copy_table(source, target, noted, progress)
    if with_server:
        target.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        _keep_keys(target)
        _set_sequences(target)
    elif target.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise Invalid(problem=N_("The copy does not hold together: a row points nowhere."))


def empty_tables(target: Connection) -> None:
    """Take all rows out of a database on a server, those that are otherwise never deleted too."""
    names = [target.dialect.identifier_preparer.format_table(one) for one in tables()]
    for name in names:
        target.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
    target.execute(text(f"TRUNCATE {', '.join(names)}"))
    for name in names:
        target.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))


def _copy_table(source: Connection, target: Connection, table: Table, progress: Progress) -> None:
    statement = select(table).order_by(*table.primary_key.columns)
    is_large = any(isinstance(column.type, LargeBinary) for column in table.columns)
    at_once = _LARGE_ROWS if is_large else _ROWS
    reading = source.execution_options(stream_results=True, max_row_buffer=at_once)
    with reading.execute(statement) as rows:
        for part in rows.mappings().partitions(at_once):
            values: list[dict[str, Any]] = [dict(row) for row in part]
            target.execute(insert(table), values)
            progress(len(values))


_KEYS: Final = """
    SELECT format('ALTER TABLE %s ALTER CONSTRAINT %I', conrelid::regclass, conname)
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


def _defer_keys(target: Connection) -> None:
    for change in target.scalars(text(_KEYS)).all():
        target.execute(text(f"{change} DEFERRABLE INITIALLY DEFERRED"))


def _keep_keys(target: Connection) -> None:
    for change in target.scalars(text(_KEYS)).all():
        target.execute(text(f"{change} NOT DEFERRABLE"))


def _set_sequences(target: Connection) -> None:
    """Let numbers that the server gives go on after the largest that came along."""
    for table in tables():
        for column in table.primary_key.columns:
            sequence = target.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
            if sequence is not None:
                last = target.scalar(select(func.max(column)))
                target.execute(select(func.setval(sequence, last or 1, last is not None)))
