"""By which code a command names a crate: it stays, whatever is typed and whatever label it gets."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import CompoundSelect, text
from sqlalchemy.dialects import sqlite

from depot.crates.commands.crate_labels import ReplaceLabel, replace_label
from depot.crates.queries.crate_codes import crate_keys
from depot.crates.queries.crates import find_crate
from depot.kernel import sql
from tests.builders import World, clock
from tests.commands.shelves import put_crate

CODE, NEW, OTHER, UNKNOWN = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3", "C3VT-8WM4"


def test_each_text_is_looked_up_as_a_crate_alone_is(world: World) -> None:
    put_crate(world.ben, CODE, state="in_use", box_number="Box 12")
    put_crate(world.ben, OTHER, state="in_use", box_number=CODE)
    put_crate(world.cleo, UNKNOWN, state="in_use", box_number="Box 13")
    texts = [CODE, OTHER.lower().replace("-", ""), "box  12", "BOX 13", UNKNOWN, "", "Arrivals"]
    found = crate_keys(world.session, world.north.id, texts)
    # a painted number wins over a code, and nobody's else are found
    assert found == {CODE: OTHER, texts[1]: OTHER, "box  12": CODE}
    for typed in texts:
        alone = find_crate(world.session, world.north.id, typed)
        assert (alone.key if alone else None) == found.get(typed)


def test_a_crate_with_a_new_label_keeps_the_code_it_was_made_with(world: World) -> None:
    put_crate(world.ben, CODE, state="in_use")
    replace_label(ReplaceLabel(command_id=uuid4(), crate_code=CODE, new_code=NEW), world.ben, clock)
    put_crate(world.ben, OTHER)
    found = crate_keys(world.session, world.north.id, [CODE, NEW, OTHER])
    assert found == {CODE: CODE, NEW: CODE, OTHER: OTHER}
    assert crate_keys(world.session, world.south.id, [CODE, NEW, OTHER]) == {}


def test_what_is_named_by_either_of_two_things_is_found_by_an_index(world: World) -> None:
    if world.session.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL reads a table of three rows whole, and rightly
    several: dict[str, list[Any]] = {
        "codes": [CODE, OTHER, NEW],
        "boxes": ["a", "b"],
        "ids": [1, 2, 3],
        "keys": ["c"],
    }
    cleared: dict[str, list[Any]] = {name: [] for name in several}
    for statement in (sql.CRATE_STATEMENT, sql.ITEM_STATEMENT):
        for values in (several, cleared):
            for step in plan(world, statement, {"depot": world.north.id} | values):
                reads_a_table = step.startswith(("SCAN crate", "SCAN item", "SEARCH item"))
                assert not (reads_a_table and step.endswith("(depot_id=?)")), step
                assert not step.endswith("crate_1 (depot_id=?)"), step


def plan(
    world: World, statement: CompoundSelect[*tuple[Any, ...]], values: dict[str, Any]
) -> list[str]:
    """Return the steps in which SQLite answers a statement."""
    written = statement.params(values).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    rows = world.session.execute(text(f"EXPLAIN QUERY PLAN {written}".replace(":", "\\:")))
    return [row.detail for row in rows]
