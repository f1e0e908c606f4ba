"""The rows of a table that is looked at and then imported are read once."""

from __future__ import annotations

from depot.imports.commands.imports import SheetRows
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
