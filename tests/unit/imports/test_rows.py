"""Whole tables read row by row, a real pantry's first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from depot.imports.rows.cells import ParsedRows
from depot.imports.rows.matching import guess_columns
from depot.imports.rows.rows import (
    CrateRow,
    ItemRow,
    read_crates,
    read_items,
    read_locations,
)
from depot.imports.rows.spelling import near_duplicates
from depot.imports.rows.values import Quantity
from depot.imports.sheets.reader import Table, read_table
from depot.imports.sheets.refusals import MissingColumns
from tests.unit.imports.books import workbook

PANTRY = Path(__file__).parents[2] / "data" / "pantry-warm"


def pantry(name: str) -> Table:
    return read_table((PANTRY / name).read_bytes(), name)


def crates(text: str) -> ParsedRows[CrateRow]:
    table = read_table(text.encode(), "boxes.csv")
    return read_crates(table, guess_columns("crates", table.headers, table.rows))


def items(text: str) -> ParsedRows[ItemRow]:
    table = read_table(text.encode(), "products.csv")
    return read_items(table, guess_columns("items", table.headers, table.rows))


def found(parsed: ParsedRows[CrateRow] | ParsedRows[ItemRow]) -> list[tuple[int, str, str]]:
    return [(problem.row_number, problem.field, problem.code) for problem in parsed.problems]


def test_the_pantrys_products_are_read_fully() -> None:
    table = pantry("products.csv")
    parsed = read_items(table, guess_columns("items", table.headers, table.rows))
    assert (len(parsed.rows), parsed.problems) == (102, ())
    assert len({row.category for row in parsed.rows}) == 21
    assert parsed.rows[3].name == "Baby Products"
    assert parsed.rows[3].note == "Baby Diapers; Wet Wipes"
    names = [row.name for row in parsed.rows]
    misspelt = near_duplicates([row.category for row in parsed.rows], known=[*names, "Beverages"])
    assert [(near.name, near.like) for near in misspelt] == [
        ("Bevereges", "Beverages"),
        ("Green Beens", "Green Beans"),
    ]


def test_the_pantrys_shelves_are_read_fully() -> None:
    table = pantry("shelves.csv")
    parsed = read_locations(table, guess_columns("locations", table.headers, table.rows))
    assert (len(parsed.rows), parsed.problems) == (216, ())
    assert parsed.rows[-1].name == "0409C2"


def test_the_pantrys_boxes_are_read_fully() -> None:
    table = pantry("boxes.csv")
    parsed = read_crates(table, guess_columns("crates", table.headers, table.rows))
    assert (len(parsed.rows), parsed.problems) == (21, ())
    first = parsed.rows[0]
    assert (first.number, first.box_number, first.item) == (2, "BOX12345", "Canned Chicken")
    assert first.dated is not None
    assert (first.dated.precision, first.dated.on) == ("year", date(2019, 12, 31))
    assert (first.filled_on, first.quantity) == (date(2019, 5, 21), Quantity(52))
    # ten have no product; one of them, BOX12366, has a date all the same
    assert sum(not row.item for row in parsed.rows) == 10


def test_every_problem_of_every_row_is_named_at_once() -> None:
    parsed = crates(
        "Box,Item,Qty,Best before,Date filled\n"
        "B1,Corn,2.5,03/04/2027,2026-02-30\n"
        "B2,Corn,24,2027,\n"
        ",Corn,,soon,\n"
        "b2,Corn,24,2027,\n"
    )
    assert found(parsed) == [
        (2, "date", "ambiguous_date"),
        (2, "filled_on", "no_such_day"),
        (2, "quantity", "not_whole"),
        (4, "box_number", "missing"),
        (4, "date", "not_a_date"),
        (4, "quantity", "missing"),
        (5, "box_number", "repeated"),
    ]
    assert [row.box_number for row in parsed.rows] == ["B2"]
    assert parsed.problems[-1].message == "“b2” is in row 3 already."


def test_one_clear_date_settles_the_column() -> None:
    parsed = crates("Box,Item,Qty,Best before\nB1,Corn,1,03/04/2027\nB2,Corn,1,21/05/2027\n")
    assert parsed.rows[0].dated is not None
    assert parsed.rows[0].dated.on == date(2027, 4, 3)


def test_an_empty_box_may_say_zero() -> None:
    parsed = crates("Box,Item,Qty\nB1,,0\nB2,Corn,0\n")
    assert found(parsed) == []
    assert parsed.rows[0].quantity is None


def test_the_unit_stands_in_its_own_column_in_the_cell_or_in_the_header() -> None:
    own = crates("Box,Item,Qty,Unit\nB1,Rice,2,kg\nB2,Rice,2,ells\nB3,Rice,2,\n")
    assert own.rows[0].quantity == Quantity(2000, "gram")
    assert own.rows[1].quantity == Quantity(2)
    assert found(own) == [(3, "unit", "unknown_unit")]
    header = crates("Box,Item,Quantity (kg)\nB1,Rice,2\n")
    assert header.rows[0].quantity == Quantity(2000, "gram")


def test_year_and_months_are_named_where_they_are_wrong() -> None:
    text = "Box,Item,Qty,Exp year,Exp month start,Exp month end\nB1,a,1,2027,13,\nB2,a,1,,2,\n"
    assert found(crates(text)) == [
        (2, "date_month_start", "not_a_month"),
        (3, "date_year", "month_without_year"),
    ]


def test_an_items_weight_unit_and_barcode_are_read() -> None:
    parsed = items(
        "Name,Category,Unit,Weight (g),EAN\n"
        "Corn,Tins,can,400,5000157 024671\n"
        "Rice,-,kg,,\n"
        "Peas,Tins,can,1 lb,50x\n"
    )
    corn, rice = parsed.rows
    assert (corn.base_unit, corn.unit_weight_milligrams) == ("piece", 400_000)
    assert (corn.barcodes, rice.category, rice.base_unit) == (("5000157024671",), "", "gram")
    assert found(parsed) == [(4, "barcode", "not_a_number")]


def test_allergens_are_read_as_people_write_them() -> None:
    parsed = items('Name,Contains\nMuesli,"Gluten, MILCH and nuts"\nRice,-\nSoup,stones\n')
    muesli, rice = parsed.rows
    assert (muesli.allergens, rice.allergens) == (("gluten", "milk", "nuts"), ())
    assert found(parsed) == [(4, "allergens", "no_allergen")]


def test_diets_are_read_with_a_depots_own_words() -> None:
    text = 'Name,Suitable for\nMuesli,"Vegan; Low sugar, Gluten free"\nRice,-\nSoup,' + "x" * 41
    parsed = items(f"{text}\n")
    muesli, rice = parsed.rows
    assert (muesli.diets, rice.diets) == (("vegan", "gluten-free", "Low sugar"), ())
    assert found(parsed) == [(4, "diets", "too_long")]


def test_a_formula_without_result_is_a_problem_of_its_field_alone() -> None:
    rows: list[list[object]] = [
        ["Box", "Item", "Qty", "Colour"],
        ["B1", "Corn", "=1+1", "=A1"],
        ["B2", "Corn", 2, ""],
    ]
    table = read_table(workbook(rows), "boxes.xlsx")
    parsed = read_crates(table, guess_columns("crates", table.headers, table.rows))
    assert found(parsed) == [(2, "quantity", "formula_without_value")]
    assert [row.box_number for row in parsed.rows] == ["B2"]


def test_a_table_without_its_main_column_is_refused() -> None:
    with pytest.raises(MissingColumns, match="box_number"):
        crates("Item,Qty\nCorn,1\n")
