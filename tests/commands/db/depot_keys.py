"""What keys the tables have on a server, told from the models by one rule, and read from one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    Connection,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    inspect,
)

from depot.migrations.depot_keys import DEPOT, SHARED


def with_depot_keys(models: MetaData) -> MetaData:
    """Return a copy of the models with the depot in every key, as a server has them."""
    copy = MetaData(naming_convention=models.naming_convention)
    for table in models.tables.values():
        table.to_metadata(copy)
    for table in copy.tables.values():
        if table.name not in SHARED and DEPOT in table.columns:
            _widen(table)
    return copy


def _widen(table: Table) -> None:
    for index in [one for one in table.indexes if one.unique and DEPOT not in one.columns]:
        table.indexes.remove(index)
        Index(index.name, *(one.name for one in index.columns), DEPOT, unique=True, _table=table)
    for key in list(table.constraints):
        names = [] if not isinstance(key, UniqueConstraint) else list(key.columns.keys())
        if names and DEPOT not in names:
            table.constraints.remove(key)
            table.append_constraint(UniqueConstraint(*names, DEPOT, name=key.name))
        elif isinstance(key, ForeignKeyConstraint) and _may_leave(key):
            table.constraints.remove(key)
            for element in key.elements:
                table.foreign_keys.discard(element)
                element.parent.foreign_keys.discard(element)
            target = key.referred_table.name
            referred = [f"{target}.{DEPOT}", *(one.target_fullname for one in key.elements)]
            columns = [DEPOT, *(one.name for one in key.columns)]
            table.append_constraint(ForeignKeyConstraint(columns, referred, name=key.name))


def _may_leave(key: ForeignKeyConstraint) -> bool:
    """Say whether a row may point at one of another depot, for all that the key asks."""
    return key.referred_table.name not in SHARED and DEPOT not in key.column_keys


def keys_without_depot(connection: Connection) -> Iterator[str]:
    """Yield what stands in the way of spreading a server's tables by their depot."""
    found = inspect(connection)
    for table in sorted(found.get_table_names()):
        if table == "alembic_version":
            continue
        columns = {column["name"] for column in found.get_columns(table)}
        if table in SHARED:
            pass
        elif DEPOT not in columns:
            yield f"{table} has no {DEPOT}"
        else:
            yield from _short_keys(connection, table)
        for key in found.get_foreign_keys(table):
            if key["referred_table"] in SHARED:
                continue
            ends = DEPOT in key["constrained_columns"] and DEPOT in key["referred_columns"]
            if table in SHARED or not ends:
                yield f"{table}.{key['name']} points without {DEPOT}"


def _short_keys(connection: Connection, table: str) -> Iterator[str]:
    found = inspect(connection)
    if DEPOT not in found.get_pk_constraint(table)["constrained_columns"]:
        yield f"{table} has a primary key without {DEPOT}"
    for index in found.get_indexes(table):
        if index["unique"] and DEPOT not in index["column_names"]:
            yield f"{table}.{index['name']} is unique without {DEPOT}"
