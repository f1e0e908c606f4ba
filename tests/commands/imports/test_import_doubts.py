"""Unlikely numbers in a list: the preview names them, they are taken as written, and listed."""

from __future__ import annotations

from depot.entries.queries.discrepancies import open_discrepancies
from depot.imports.commands.imports import import_sheet
from tests.builders import World, clock, on_hand
from tests.commands.imports.test_imports import said
from tests.pantry import sheet

BOXES = """Box,Item,Quantity
B1,Beans,15000
B2,Beans,15000
B3,Rice,12
B4,Soap,4006381333
"""


def test_a_preview_names_amounts_that_are_a_lot_and_codes(world: World) -> None:
    found = said(world, "crates", BOXES.replace("4006381333", "4006381"))
    assert ("unlikely_amount", (2, 3)) in found
    assert ("unlikely_product_code", (5,)) in found
    assert not [code for code, rows in found if code.startswith("unlikely") and 4 in rows]


def test_what_is_a_lot_is_imported_as_written_and_listed(world: World) -> None:
    import_sheet(sheet("crates", BOXES.rpartition("B4")[0]), world.ada, clock)
    assert on_hand(world.ada, "Beans") == 30_000
    things = open_discrepancies(world.session, world.north.id)
    assert [(one.item, one.detail, one.actual) for one in things] == [("Beans", "amount", 30_000)]
    assert open_discrepancies(world.session, world.south.id) == []


def test_a_preview_names_weights_that_one_piece_cannot_have(world: World) -> None:
    rows = "Name,Weight (g)\nBeans,400\nRice,400000\n"
    assert ("unlikely_unit_weight", (3,)) in said(world, "items", rows)
