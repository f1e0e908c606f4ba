"""A list as CSV and as a workbook, read back by programs of other people."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.lists import as_xlsx
from depot.lists.as_csv import write_csv
from depot.lists.as_xlsx import write_xlsx
from depot.lists.listing import DAY, FLAG, MOMENT, NUMBER, TEXT, WHOLE, Column, Listing


class Goods(NamedTuple):
    name: str
    pieces: int | None = None
    weight: Decimal | None = None
    until: date | None = None
    seen: datetime | None = None
    archived: bool = False


COLUMNS: tuple[Column[Goods], ...] = (
    Column("Item", lambda row: row.name),
    Column("Here", lambda row: row.pieces, WHOLE),
    Column("Weight, kg", lambda row: row.weight, NUMBER, summed=True),
    Column("Give out until", lambda row: row.until, DAY),
    Column("Last seen", lambda row: row.seen, MOMENT),
    Column("No longer in use", lambda row: row.archived, FLAG),
)
SEEN = datetime(2026, 11, 21, 10, 5)  # noqa: DTZ001 - what a sheet holds has no zone
BEANS = Goods("Beans", 12, Decimal("4.800"), date(2027, 5, 31), SEEN, archived=True)
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "http://evil.example", "＝1")


def listing(*rows: Goods, name: str = "Stock") -> Listing[Goods]:
    return Listing(name, COLUMNS, rows)


def read_csv(found: Listing[Any]) -> list[list[str]]:
    file = io.BytesIO()
    write_csv(found, file)
    return list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))


def read_xlsx(found: Listing[Any], *, values: bool = False) -> Any:
    file = io.BytesIO()
    write_xlsx(found, file)
    return openpyxl.load_workbook(io.BytesIO(file.getvalue()), data_only=values)


def test_a_csv_has_plain_numbers_iso_days_and_empty_cells() -> None:
    head, beans, rice = read_csv(listing(BEANS, Goods("Rice", 0)))
    assert head == [column.title for column in COLUMNS]
    assert beans == ["Beans", "12", "4.800", "2027-05-31", "2026-11-21 10:05", "yes"]
    assert rice == ["Rice", "0", "", "", "", "no"]


def test_a_workbook_has_typed_cells_a_frozen_head_and_sums_as_formulas() -> None:
    sheet = read_xlsx(listing(BEANS, Goods("Rice", 0, Decimal("1.5")))).active
    assert [cell.value for cell in sheet[2]] == [
        "Beans",
        12,
        4.8,
        datetime(2027, 5, 31),  # noqa: DTZ001
        SEEN,
        "yes",
    ]
    assert [cell.value for cell in sheet[3]] == ["Rice", 0, 1.5, None, None, "no"]
    assert sheet["C4"].value == "=SUM(C2:C3)"
    assert sheet["A4"].value == "All"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:F3"


def test_a_sum_has_its_result_for_who_does_not_calculate() -> None:
    sheet = read_xlsx(listing(BEANS, Goods("Rice", 0, Decimal("1.5"))), values=True).active
    assert sheet["C4"].value == pytest.approx(6.3)


@pytest.mark.parametrize("text", EVIL)
def test_no_text_starts_a_formula(text: str) -> None:
    cell = read_xlsx(listing(Goods(text))).active["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.hyperlink is None
    assert read_csv(listing(Goods(text)))[1][0] in (f"'{text}", text)
    if text[0] != "h":
        assert read_csv(listing(Goods(text)))[1][0] == f"'{text}"


def test_a_list_longer_than_a_sheet_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_xlsx, "ROWS", 3)
    rows = [Goods(f"Item {n}") for n in range(6)]
    book = read_xlsx(listing(*rows))
    assert book.sheetnames == ["Stock", "Stock 2"]
    found = [sheet.cell(row, 1).value for sheet in book for row in range(2, 5)]
    assert found == [row.name for row in rows]


def test_an_empty_list_is_a_head() -> None:
    assert read_csv(listing()) == [[column.title for column in COLUMNS]]
    assert read_xlsx(listing()).active.max_row == 1


def test_a_sheets_name_is_one_that_programs_take() -> None:
    assert read_xlsx(listing(name="a/b[c]:*?\\'" + "x" * 60)).sheetnames[0].startswith("a b c")


def test_memory_does_not_grow_with_the_list(tmp_path: Any) -> None:
    def many(count: int) -> Iterator[Goods]:
        return (Goods(f"Item {n} of a long list", n, Decimal(n)) for n in range(count))

    def peak(count: int) -> int:
        with (tmp_path / "list.xlsx").open("w+b") as file:
            tracemalloc.start()
            write_xlsx(Listing("Stock", COLUMNS, many(count)), file)
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return used

    peak(10)  # what is loaded once
    assert peak(4000) < 2 * peak(400) + 500_000


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=6))
def test_every_text_comes_back_from_a_csv(texts: list[str]) -> None:
    found = Listing(
        "t", (Column("T", lambda row: row, TEXT), Column("N", lambda _r: 1, WHOLE)), texts
    )
    rows = read_csv(found)[1:]
    assert [row[0].removeprefix("'") for row in rows] == [text.removeprefix("'") for text in texts]
