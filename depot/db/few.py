"""Asking for rows by ids: some thousand at once, or the few that another statement finds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final, TypeVar

from sqlalchemy import CTE, ColumnElement, Integer, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

#: So many values are named in one statement: no database takes any number of them.
AT_ONCE: Final = 5_000
T = TypeVar("T")


def in_portions(values: Collection[T]) -> Iterator[list[T]]:
    """Yield the values in their order, as many at once as one statement may name."""
    wanted = list(values)
    return (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))


class AmongFew(GenericFunction[int]):
    """See `among_few`; its type is no Boolean, which SQLite would be asked to compare with 1."""

    type = Integer()
    name = "among_few"
    inherit_cache = True


class JoinedToFew(GenericFunction[int]):
    """See `joined_to_few`."""

    type = Integer()
    name = "joined_to_few"
    inherit_cache = True


class BesideFew(GenericFunction[int]):
    """See `beside_few`."""

    type = Integer()
    name = "beside_few"
    inherit_cache = True


def beside_few(column: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """Return a column that SQLite shall not find rows by, as `among_few` finds fewer.

    While nobody has counted its rows, SQLite takes an index on the depot alone for the better one.
    """
    return BesideFew(column)


def among_few(column: InstrumentedAttribute[int], found: CTE) -> ColumnElement[Any]:
    """Say that a column is among the ids that a recursive table holds.

    PostgreSQL expects hundreds of what such a table holds and would read the column's whole table
    to compare it with them; of an array it expects ten, and looks each up.
    """
    return AmongFew(column, select(found.c.id).correlate(None).scalar_subquery())


def joined_to_few(column: InstrumentedAttribute[int], found: CTE) -> ColumnElement[Any]:
    """Say so of a column that is joined to the recursive table by these ids: to PostgreSQL alone.

    SQLite would read the column's whole table, to leave out what it need not look up.
    """
    return JoinedToFew(column, select(found.c.id).correlate(None).scalar_subquery())


@compiles(BesideFew)
def _beside(element: BesideFew, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


@compiles(BesideFew, "postgresql")
def _beside_on_server(element: BesideFew, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(JoinedToFew)
def _joined(_element: JoinedToFew, _compiler: SQLCompiler, **_options: Any) -> str:
    return "1 = 1"


@compiles(AmongFew)
def _among(element: AmongFew, compiler: SQLCompiler, **options: Any) -> str:
    column, found = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN {found}"


@compiles(AmongFew, "postgresql")
@compiles(JoinedToFew, "postgresql")
def _among_array(element: AmongFew | JoinedToFew, compiler: SQLCompiler, **options: Any) -> str:
    column, found = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY (ARRAY {found})"
