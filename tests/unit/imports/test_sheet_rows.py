"""The rows of a table that is looked at and then imported are read once."""

from __future__ import annotations

from depot.imports.commands.imports import SheetRows
from depot.imports.known import KnownCategory, KnownItem, KnownNames, KnownPlace
from depot.imports.plan import Plan
from depot.imports.rows.cells import PLAIN_READING, Reading
from depot.imports.sheets.reader import read_table

COLUMNS = {"item": "Item", "quantity": "Quantity"}
TABLE = read_table(b"Item,Quantity\nRice,24\n", "stock.csv")


def test_the_same_table_is_read_once_and_another_anew() -> None:
    rows = SheetRows()
    first = rows.read("stock", TABLE, COLUMNS, PLAIN_READING)
    assert rows.read("stock", TABLE, COLUMNS, PLAIN_READING) is first
    assert [row.quantity.amount for row in first.rows] == [24]
    other = read_table(b"Item,Quantity\nRice,25\n", "stock.csv")
    again = rows.read("stock", other, COLUMNS, PLAIN_READING)
    assert [row.quantity.amount for row in again.rows] == [25]
    assert rows.read("stock", other, COLUMNS, Reading(headings=True)) is not again


def test_rows_are_planned_once_unless_the_depot_changes_in_between() -> None:
    rows = SheetRows()

    def plan(book: KnownNames) -> Plan:
        return rows.plan(book, "stock", TABLE, COLUMNS, PLAIN_READING)

    first = plan(a_book())
    assert plan(a_book()) is first
    assert [one.row for one in first.having("new")] == [first.rows[0].row]
    rice = KnownItem(7, "Rice", 1, "gram", None, "", "", "")
    again = plan(a_book(rice=rice))
    assert [problem.code for problem in again.problems] == ["unit_needed"]


def a_book(**items: KnownItem) -> KnownNames:
    """Return what a depot has: a category, a door, these items."""
    door = KnownPlace(1, "Arrivals", "storage", "")
    other = KnownCategory(1, "Other", "", 1)
    return KnownNames(
        categories={"other": other},
        items=items,
        places={"arrivals": door},
        other_names=frozenset(),
        box_numbers={},
        crate_codes=frozenset(),
        codes={},
        on_hand={},
        arrival=door,
    )
