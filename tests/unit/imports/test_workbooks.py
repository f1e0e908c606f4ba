"""Excel workbooks: what their cells show, and what is not let in."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import UTC, date, datetime, time
from functools import partial

import openpyxl
import pytest

from depot.base.errors import DepotError
from depot.imports.sheets import refusals
from depot.imports.sheets.reader import read_table
from tests.unit.imports.books import refusal_of, replace_parts, workbook, workbook_bytes, zip_parts

SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(rows: bytes) -> bytes:
    return b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def first_cells(*values: object) -> tuple[str, ...]:
    headers = [f"h{at}" for at in range(len(values))]
    return read_table(workbook([headers, values]), "a.xlsx").rows[0].cells


def test_numbers_are_read_as_they_are_shown() -> None:
    values = (24.0, 0.1 + 0.2, 5000157024671, 1e20, -2.5, True)
    shown = ("24", "0.3", "5000157024671", "100000000000000000000", "-2.5", "TRUE")
    assert first_cells(*values) == shown


def test_dates_are_read_in_iso_form() -> None:
    # a workbook knows no time zones
    half_past_two = datetime(2019, 5, 21, 14, 30, tzinfo=UTC).replace(tzinfo=None)
    values = (date(2019, 5, 21), half_past_two, time(9, 5))
    assert first_cells(*values) == ("2019-05-21", "2019-05-21 14:30:00", "09:05")


def test_a_cell_that_shows_month_and_year_is_a_month() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Exp", "Year", "Day"])
    sheet.append([date(2019, 5, 1)] * 3)
    sheet["A2"].number_format = "[$-409]mmm\\-yy;@"
    sheet["B2"].number_format = "yyyy"
    sheet["C2"].number_format = "dd/mm/yyyy"
    cells = read_table(workbook_bytes(book), "a.xlsx").rows[0].cells
    assert cells == ("2019-05", "2019", "2019-05-01")


def test_leading_zeros_that_only_the_format_shows_are_kept() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Place", "Box"])
    sheet.append([101, 7])
    sheet["A2"].number_format = "0000"
    assert read_table(workbook_bytes(book), "a.xlsx").rows[0].cells == ("0101", "7")


def test_a_formula_is_never_computed_and_without_result_is_a_problem() -> None:
    table = read_table(workbook([["Box", "Qty"], ["B1", "=1+1"], ["B2", 3]]), "a.xlsx")
    assert [row.cells for row in table.rows] == [("B1", ""), ("B2", "3")]
    (problem,) = table.problems
    assert (problem.row_number, problem.field) == (2, "Qty")
    assert problem.code == "formula_without_value"


def test_the_saved_result_of_a_formula_counts() -> None:
    formulas = (
        b"<row><c><v>1</v></c><c><v>2</v></c></row>"
        b'<row><c><f>12*2</f><v>24</v></c><c t="str"><f>""</f><v></v></c></row>'
    )
    table = read_table(replace_parts(workbook([["x"]]), {SHEET: sheet_xml(formulas)}), "a.xlsx")
    assert table.rows[0].cells == ("24", "")
    assert not table.problems


def test_an_error_in_a_cell_is_a_problem() -> None:
    table = read_table(workbook([["Box", "Qty"], ["B1", "#DIV/0!"]]), "a.xlsx")
    assert [problem.code for problem in table.problems] == ["error_cell"]


def test_titles_and_blank_rows_above_the_header_are_passed_over() -> None:
    rows: list[list[object]] = [
        ["Our pantry"],
        [],
        ["Box", "Item", "Qty"],
        [],
        ["B1", "Corn", 3],
        [None, " "],
    ]
    table = read_table(workbook(rows), "a.xlsx")
    assert table.headers == ("Box", "Item", "Qty")
    assert [row.number for row in table.rows] == [5]


def test_the_first_sheet_with_anything_in_it_is_read() -> None:
    table = read_table(workbook([], Boxes=[["Box", "Qty"], ["B1", 3]], Old=[["x"]]), "a.xlsx")
    assert (table.sheet, table.sheets) == ("Boxes", ("Sheet", "Boxes", "Old"))


def test_a_sheet_can_be_named() -> None:
    data = workbook([["a"], [1]], Boxes=[["Box"], ["B1"]])
    assert read_table(data, "a.xlsx", sheet="boxes").headers == ("Box",)
    with pytest.raises(refusals.UnknownSheet, match="Sheet, Boxes"):
        read_table(data, "a.xlsx", sheet="Crates")


def test_a_wrong_size_in_the_file_is_not_believed() -> None:
    cells = b"<row><c><v>5</v></c></row><row><c><v>7</v></c></row>"
    lying = sheet_xml(cells).replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>')
    table = read_table(replace_parts(workbook([["x"]]), {SHEET: lying}), "a.xlsx")
    assert table.rows[0].cells == ("7",)


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({SHEET: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + sheet_xml(b"")}, refusals.BrokenWorkbook),
        (
            {SHEET: ("<!DOCTYPE x>" + sheet_xml(b"").decode()).encode("utf-16")},
            refusals.BrokenWorkbook,
        ),
        ({SHEET: sheet_xml(b"<row/>" * 100_001)}, refusals.TooManyRows),
        ({SHEET: sheet_xml(b"<row>" + b"<c/>" * 30_000 + b"</row>")}, refusals.TooManyColumns),
        (
            {SHEET: sheet_xml(b'<row r="1"><c r="ZZ1"><v>1</v></c></row>')},
            refusals.TooManyColumns,
        ),
        (
            {SHEET: sheet_xml(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')},
            refusals.TooManyRows,
        ),
        ({"xl/styles.xml": b"<x>" + b"<xf/>" * 200_000 + b"</x>"}, refusals.TooMuchInside),
        ({"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 4_100_000}, refusals.TooMuchInside),
        ({"xl/media/bomb.bin": b"\0" * 100_000_001}, refusals.TooMuchInside),
        ({SHEET: b"<worksheet"}, refusals.BrokenWorkbook),
        ({"xl/workbook.xml": b"<a/>"}, refusals.EmptySheet),
        ({"[Content_Types].xml": b"<a/>"}, refusals.BrokenWorkbook),
        ({SHEET: sheet_xml(b"")}, refusals.EmptySheet),
    ],
)
def test_a_workbook_that_is_a_trap_or_broken_is_refused(
    parts: dict[str, bytes], refusal: type[DepotError]
) -> None:
    with pytest.raises(refusal) as caught:
        read_table(replace_parts(workbook([["Box"], ["B1"]]), parts), "a.xlsx")
    assert type(caught.value) is refusal


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (zip_parts({"a.txt": b"hello"}), refusals.BrokenWorkbook),
        (zip_parts({"mimetype": b"x", "content.xml": b"<a/>"}), refusals.OpenDocument),
        (b"PK\x03\x04 and nothing more", refusals.BrokenWorkbook),
        (zip_parts({f"{at}": b"" for at in range(2_001)}), refusals.TooMuchInside),
    ],
)
def test_a_zip_that_is_no_workbook_is_refused(data: bytes, refusal: type[DepotError]) -> None:
    with pytest.raises(refusal) as caught:
        read_table(data, "a.xlsx")
    assert type(caught.value) is refusal


def test_more_than_twenty_thousand_rows_are_refused() -> None:
    rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % at for at in range(1, 20_003))
    with pytest.raises(refusals.TooManyRows):
        read_table(replace_parts(workbook([["x"]]), {SHEET: sheet_xml(rows)}), "a.xlsx")


def test_damaged_workbooks_raise_nothing_but_named_errors() -> None:
    whole = workbook([["Box", "Qty", "Day"], ["B1", "=1+1", date(2019, 5, 21)]])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(2)
    for _ in range(150):
        name = chance.choice(sorted(parts))
        damaged = bytearray(parts[name])
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.choice(b'0A<>/"\xff r')
        for data in (
            zip_parts({**parts, name: bytes(damaged)}),
            whole[: chance.randrange(len(whole))],
        ):
            error = refusal_of(partial(read_table, data, "a.xlsx"))
            assert error is None or error.field == "file"
