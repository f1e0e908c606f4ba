"""Keys of a depot's tables on a server: with `depot_id` in each, so that depots can be spread.

An engine that shards PostgreSQL by a column wants it in every primary key, in whatever else is
unique, and on both ends of foreign keys. SQLite keeps the short keys of the models: nobody shards a
file, and there `id` is the row itself. The long keys bear the short ones' names. A migration that
makes a table on a server ends with `widen_keys()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from alembic import op

DEPOT: Final = "depot_id"
#: Tables that are asked before anybody knows which depot it is about, with a few rows for each
#: person, token or link: every shard would have them whole.
SHARED: Final = frozenset(
    {
        "depot",
        "person",
        "person_session",
        "recovery_code",
        "second_factor",
        "failed_try",
        "membership",
        "invitation",
        "recovery_link",
        "join_link",
        "calendar_feed",
        "api_token",
        "depot_device",
        "passkey",
        "report_share",
        "agency_link",
        "drop_off_link",
        "network_invitation",
    }
)


class _Key(NamedTuple):
    """A constraint: a primary key, what else is unique, or a foreign key with its target."""

    table: str
    name: str
    kind: str
    columns: tuple[str, ...]
    target: str = ""
    target_columns: tuple[str, ...] = ()


def within_depot(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """Return the reference of a new table's column to a row of `target` in the same depot."""
    return sa.ForeignKeyConstraint(
        [DEPOT, column],
        [f"{target}.{DEPOT}", f"{target}.id"],
        name=op.f(f"fk_{table}_{DEPOT}_{column}"),
    )


def widen_keys() -> None:
    """Put `depot_id` into every key of the depots' tables that lacks it; nothing on SQLite."""
    _change(_lacks_depot, _wider)


def narrow_keys() -> None:
    """Take `depot_id` out again of every key that `widen_keys` put it into."""
    _change(_was_widened, _narrower)


def _change(chosen: Callable[[_Key], bool], changed: Callable[[_Key], _Key]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    keys = [key for key in _keys() if chosen(key)]
    pointing = [key for key in keys if key.target]
    for key in pointing:
        op.drop_constraint(op.f(key.name), key.table)
    for key in keys:
        if not key.target:
            op.drop_constraint(op.f(key.name), key.table)
            _make(changed(key))
    for key in pointing:
        _make(changed(key))


def _keys() -> Iterator[_Key]:
    found = sa.inspect(op.get_bind())
    for table in found.get_table_names():
        columns = {column["name"] for column in found.get_columns(table)}
        if table in SHARED or DEPOT not in columns:
            continue
        primary = found.get_pk_constraint(table)
        yield _Key(table, str(primary["name"]), "primary", tuple(primary["constrained_columns"]))
        for unique in found.get_unique_constraints(table):
            yield _Key(table, str(unique["name"]), "unique", tuple(unique["column_names"]))
        for foreign in found.get_foreign_keys(table):
            yield _foreign(table, foreign)


def _foreign(table: str, key: Any) -> _Key:
    return _Key(
        table,
        str(key["name"]),
        "foreign",
        tuple(key["constrained_columns"]),
        key["referred_table"],
        tuple(key["referred_columns"]),
    )


def _lacks_depot(key: _Key) -> bool:
    return DEPOT not in key.columns and key.target not in SHARED


def _was_widened(key: _Key) -> bool:
    if key.target:  # its name still says that it had one column alone
        return len(key.columns) > 1 and not key.name.startswith(f"fk_{key.table}_{DEPOT}_")
    return len(key.columns) > 1 and key.columns[-1] == DEPOT


def _wider(key: _Key) -> _Key:
    """Return the key with the depot: behind, where `id` alone is looked for as quickly as ever."""
    if key.target:
        columns, target_columns = (DEPOT, *key.columns), (DEPOT, *key.target_columns)
        return key._replace(columns=columns, target_columns=target_columns)
    return key._replace(columns=(*key.columns, DEPOT))


def _narrower(key: _Key) -> _Key:
    without = tuple(column for column in key.columns if column != DEPOT)
    targets = tuple(column for column in key.target_columns if column != DEPOT)
    return key._replace(columns=without, target_columns=targets)


def _make(key: _Key) -> None:
    name, columns = op.f(key.name), list(key.columns)
    if key.kind == "primary":
        op.create_primary_key(name, key.table, columns)
    elif key.kind == "unique":
        op.create_unique_constraint(name, key.table, columns)
    else:
        op.create_foreign_key(name, key.table, key.target, columns, list(key.target_columns))
