"""Tables that are loaded when they are first named: none is missing where all are asked for."""

from __future__ import annotations

import ast
from collections.abc import Set
from pathlib import Path

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

import depot.models
from depot.db.columns import Base
from tests.guards.sources import python_files, relative_name

#: Where the tables are declared and gathered.
_HOMES = ("depot/models/", "depot/db/")
#: Where each column that is asked for is also grouped by.
NAMES_COLUMNS = {"depot/scanning/queries/phone_list.py"}


def homes() -> dict[str, str]:
    """Return the module of each table, "" for one that is loaded with the package."""
    depot.models.all_tables()
    later = set(depot.models._LATER.values())
    found = {}
    for mapper in Base.registry.mappers:
        module = mapper.class_.__module__.rpartition(".")[2]
        found[mapper.class_.__tablename__] = module if module in later else ""
    return found


def loaded_along() -> set[tuple[str, str]]:
    """Return which modules of tables load which others."""
    return {
        (Path(relative_name(path)).stem, alias.name)
        for path in python_files("depot/models")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "depot.models"
        for alias in node.names
    }


def dangling(
    tables: MetaData, home: dict[str, str], along: Set[tuple[str, str]] = frozenset()
) -> list[str]:
    """Return the foreign keys that point at a table which may not be loaded with their own."""
    return [
        f"{name} -> {key.target_fullname}"
        for name, table in tables.tables.items()
        for key in table.foreign_keys
        if home[key.column.table.name] not in ("", home[name])
        and (home[name], home[key.column.table.name]) not in along
    ]


def reads_metadata(source: str) -> bool:
    """Say whether a source asks for the tables that happen to be loaded."""
    return any(
        isinstance(node, ast.Attribute) and ast.unparse(node) == "Base.metadata"
        for node in ast.walk(ast.parse(source))
    )


def test_every_table_is_named_where_it_can_be_found() -> None:
    depot.models.all_tables()
    named = {getattr(depot.models, name) for name in depot.models.__all__ if name != "all_tables"}
    assert named == {mapper.class_ for mapper in Base.registry.mappers}


def test_no_loaded_table_points_at_one_that_is_not() -> None:
    assert dangling(depot.models.all_tables(), homes(), loaded_along()) == []


def test_a_table_that_points_elsewhere_is_seen() -> None:
    tables = MetaData()
    Table("sheet", tables, Column("id", Integer, primary_key=True))
    Table("depot", tables, Column("sheet_id", ForeignKey("sheet.id")))
    assert dangling(tables, {"sheet": "printing", "depot": ""}) == ["depot -> sheet.id"]
    assert dangling(tables, {"sheet": "", "depot": "printing"}) == []
    apart = {"sheet": "printing", "depot": "depots"}
    assert dangling(tables, apart, {("printing", "depots")}) == ["depot -> sheet.id"]
    assert dangling(tables, apart, {("depots", "printing")}) == []


def test_who_needs_every_table_asks_for_every_table() -> None:
    readers = [
        relative_name(path)
        for path in python_files("depot", "blueprints", "tests")
        if not relative_name(path).startswith(_HOMES) and reads_metadata(path.read_text())
    ]
    assert readers == []


def test_a_reader_of_what_is_loaded_is_seen() -> None:
    assert reads_metadata("tables = Base.metadata.tables")
    assert not reads_metadata("tables = all_tables().tables")


def groups_by_id_alone(source: str) -> list[str]:
    """Return what is grouped by an id alone: a server then gives none of the row's columns."""
    return [
        ast.unparse(asked)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".group_by")
        for asked in node.args
        if isinstance(asked, ast.Attribute) and asked.attr == "id"
    ]


def test_rows_are_grouped_by_their_whole_key() -> None:
    found = {
        relative_name(path): groups_by_id_alone(path.read_text())
        for path in python_files("depot", "blueprints")
        if relative_name(path) not in NAMES_COLUMNS
    }
    assert {path: asked for path, asked in found.items() if asked} == {}, "group by key_of(…)"


def test_a_group_by_id_alone_is_seen() -> None:
    assert groups_by_id_alone("select(Item).group_by(Item.id, Lot.date_on)") == ["Item.id"]
    assert not groups_by_id_alone("select(Item).group_by(*key_of(Item), StockMove.item_id)")
