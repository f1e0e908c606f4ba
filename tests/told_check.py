"""No command changes what a depot is set to without telling it in the open book.

Watched from outside, in every test of a command or a page: the tables of `depot.open_book.told` as
they stood before the first write of a transaction and as they stand at its end. A transaction that
bears a command and left one of them otherwise must have told it, and what a page or a program sends
must have been asked why (`blueprints.frame.fields.ToldSchema`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import g, has_request_context, request
from sqlalchemy import Connection, Engine, Table, event

from depot.models import CommandLog, RoleChange, SettingChange
from depot.open_book.told import TOLD

_TELLING: Final = {model.__table__ for model in (CommandLog, RoleChange, SettingChange)}
_KEY: Final = "told_check"
#: Whoever ends somebody's access says why to the command itself, and their programs end with it.
_BY_THE_WAY: Final = {"people.end_access", "people.change_role"}
Rows = dict[Any, tuple[Any, ...]] | Counter[tuple[Any, ...]]


@dataclass
class _Watched:
    """What a transaction did so far."""

    before: dict[Table, Rows] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    is_command: bool = False
    #: What a depot begins with is no change of what it is set to.
    is_founding: bool = False


class Watch:
    """What the transactions of this process left untold, and which tables they told of."""

    def __init__(self) -> None:
        self.untold: list[str] = []
        self.tables: set[str] = set()

    def taken(self) -> list[str]:
        """Return what was left untold since it was asked last."""
        found, self.untold = self.untold, []
        return found


WATCH: Final = Watch()


def _is_not_asked_why() -> bool:
    return has_request_context() and "why" not in g and request.endpoint not in _BY_THE_WAY


def _rows(conn: Connection, table: Table) -> Rows:
    """Return what is told of a table: by the row where new ones are no change, else counted."""
    told = TOLD[table.name]
    key = [] if told.is_new_told else [column.name for column in table.primary_key]
    asked = f"SELECT {', '.join([*key, *told.columns])} FROM {table.name}"
    if told.own:
        asked += f" WHERE {told.own} IS NULL"
    cursor = conn.connection.cursor()
    cursor.execute(asked)
    found = [tuple(row) for row in cursor.fetchall()]
    cursor.close()
    if told.is_new_told:
        return Counter(found)
    return {row[: len(key)]: row[len(key) :] for row in found}


def _is_other(before: Rows, after: Rows) -> bool:
    if isinstance(before, Counter):
        return _said(before) != _said(after)
    return any(key in after and after[key] != row for key, row in before.items())


def _said(rows: Rows) -> Rows:
    """Return the rows without those that say what holds where there is none."""
    return Counter({row: n for row, n in Counter(rows).items() if any(row)})


@event.listens_for(Engine, "before_cursor_execute")
def _note_write(
    conn: Connection, _cursor: Any, _statement: str, parameters: Any, context: Any, _many: bool
) -> None:
    if context is None or not (context.isinsert or context.isupdate or context.isdelete):
        return
    table = context.compiled.statement.table
    if getattr(table, "metadata", None) is not CommandLog.metadata:
        return  # a migration's own
    if table.name in TOLD:
        seen = conn.info.setdefault(_KEY, _Watched())
        seen.is_founding |= table.name == "depot" and context.isinsert
        if table not in seen.before:
            seen.before[table] = _rows(conn, table)
    elif table in _TELLING:
        seen = conn.info.setdefault(_KEY, _Watched())
        seen.is_command |= table is CommandLog.__table__
        seen.told |= {"right"} if table is RoleChange.__table__ else set(_words(parameters))


def _words(parameters: Any) -> Iterator[str]:
    if isinstance(parameters, str):
        yield parameters
    elif isinstance(parameters, Mapping):
        yield from _words(list(parameters.values()))
    elif isinstance(parameters, list | tuple):
        for one in parameters:
            yield from _words(one)


@event.listens_for(Engine, "commit")
def _look(conn: Connection) -> None:
    seen: _Watched | None = conn.info.pop(_KEY, None)
    if seen is None or not seen.is_command or seen.is_founding:
        return
    for table, before in seen.before.items():
        told = TOLD[table.name]
        if not _is_other(before, _rows(conn, table)):
            continue
        if seen.told & {told.kind, *told.also}:
            WATCH.tables.add(table.name)
            if _is_not_asked_why():
                WATCH.untold.append(
                    f"{table.name} was changed by {request.endpoint}, not asked why"
                )
        else:
            WATCH.untold.append(f"{table.name} was changed and the open book tells nothing of it")


@event.listens_for(Engine, "rollback")
def _forget(conn: Connection) -> None:
    conn.info.pop(_KEY, None)
