"""OpenDocument spreadsheets: read as they are shown, and bounded whatever is in them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.errors import DepotError
from depot.imports.sheets import refusals
from depot.imports.sheets.reader import Table, read_table
from tests.programs import need_program
from tests.unit.imports.books import (
    ODS,
    ods,
    ods_cell,
    ods_text,
    refusal_of,
    workbook,
    zip_parts,
)

_HEADER = (
    "<table:table-row>"
    + "".join(
        f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in ("Item", "Qty")
    )
    + "</table:table-row>"
)


def read(rows: str, styles: str = "") -> Table:
    return read_table(ods(rows, styles), "list.ods")


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def first(cell: str, styles: str = "") -> str:
    return read(_HEADER + row(ods_text("Corn"), cell), styles).rows[0].cells[1]


def number_cell(value: str, shown: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def test_text_and_numbers_are_read_as_typed() -> None:
    assert first(number_cell("24", "24")) == "24"
    assert first(number_cell("1200", "1,200.00")) == "1200"
    assert first(number_cell("0.3", "0.30")) == "0.3"
    assert first(number_cell("37000862086", "037000862086")) == "037000862086"
    spaced = "two<text:s text:c='2'/>words<text:line-break/><text:span>more</text:span>"
    assert first(ods_text(spaced)) == "two  words\nmore"


def test_a_date_is_as_precise_as_it_is_shown() -> None:
    styles = (
        '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    month = ods_cell("date", 'office:date-value="2027-05-01" {}', "x")
    assert first(month.format('table:style-name="ce1"'), styles) == "2027-05"
    assert first(month.format(""), styles) == "2027-05-01"
    columns = '<table:table-column table:number-columns-repeated="2" {}="ce1"/>'.format(
        "table:default-cell-style-name"
    )
    table = read(columns + _HEADER + row(ods_text("Corn"), month.format("")), styles)
    assert table.rows[0].cells[1] == "2027-05"
    clock = '<table:table-cell office:value-type="date" office:date-value="2027-05-01T14:30:00"/>'
    assert first(clock) == "2027-05-01 14:30:00"


def test_notes_and_drawings_in_a_cell_are_not_its_text() -> None:
    noted = (
        "<table:table-cell><office:annotation><text:p>see Ann</text:p></office:annotation>"
        "<text:p>24</text:p><draw:frame><text:p>logo</text:p></draw:frame></table:table-cell>"
    )
    assert first(noted) == "24"


def test_errors_and_formulas_without_result_are_named() -> None:
    cells = (
        ods_text("#DIV/0!", 'table:formula="of:=1/0"'),
        '<table:table-cell table:formula="of:=1+1"/>',
    )
    table = read(_HEADER + "".join(row(ods_text("Corn"), cell) for cell in cells))
    assert [problem.code for problem in table.problems] == ["error_cell", "formula_without_value"]


def test_rows_and_cells_that_repeat_are_counted_and_bounded() -> None:
    gap = row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        more='table:number-rows-repeated="5"',
    )
    table = read(_HEADER + gap + row(ods_text("Corn"), ods_text("5")) * 1)
    assert [(r.number, r.cells) for r in table.rows] == [(7, ("Corn", "5"))]
    twice = read(
        _HEADER
        + row(
            ods_text("Corn", 'table:number-columns-repeated="2"'),
            more='table:number-rows-repeated="3"',
        )
    )
    assert [r.cells for r in twice.rows] == [("Corn", "Corn")] * 3
    end = row("<table:table-cell/>", more='table:number-rows-repeated="1048000"')
    assert len(read(_HEADER + row(ods_text("Corn")) + end).rows) == 1


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        (
            _HEADER + row(ods_text("x"), more='table:number-rows-repeated="1048576"'),
            refusals.TooManyRows,
        ),
        (
            _HEADER
            + row("<table:table-cell/>", more='table:number-rows-repeated="200000"')
            + row(ods_text("x")),
            refusals.TooManyRows,
        ),
        (
            _HEADER + row(ods_text("x", 'table:number-columns-repeated="16384"')),
            refusals.TooManyColumns,
        ),
        (
            _HEADER
            + row('<table:table-cell table:number-columns-repeated="999999999"/>', ods_text("x")),
            refusals.TooManyColumns,
        ),
        (_HEADER + row(ods_text("x" * 40_000)), refusals.CellTooLong),
        (
            _HEADER + row(ods_text("x", 'table:number-columns-repeated="many"')),
            refusals.BrokenWorkbook,
        ),
        ("", refusals.EmptySheet),
    ],
)
def test_a_spreadsheet_without_end_is_refused(rows: str, refusal: type[DepotError]) -> None:
    with pytest.raises(refusal):
        read(rows)


def test_what_is_no_open_spreadsheet_is_refused_with_the_way_out() -> None:
    text = zip_parts(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
    )
    locked = ods(_HEADER, more={"META-INF/manifest.xml": b"<m><encryption-data/></m>"})
    doctype = zip_parts(
        {"mimetype": ODS, "content.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}
    )
    for data, refusal in (
        (text, refusals.OpenDocument),
        (locked, refusals.HasPassword),
        (doctype, refusals.BrokenWorkbook),
        (zip_parts({"mimetype": ODS, "content.xml": b"<a>"}), refusals.BrokenWorkbook),
        (zip_parts({"mimetype": ODS, "content.xml": b"<a/>"}), refusals.EmptySheet),
    ):
        with pytest.raises(refusal) as caught:
            read_table(data, "list.ods")
        assert type(caught.value) is refusal
    with pytest.raises(refusals.UnknownSheet, match="Stock"):
        read_table(ods(_HEADER), "list.ods", "Elsewhere")


@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_damaged_spreadsheet_raises_nothing_but_a_refusal(noise: bytes, at: int) -> None:
    whole = ods(_HEADER + row(ods_text("Corn"), number_cell("24", "24")))
    at = min(at, len(whole))
    error = refusal_of(lambda: read_table(whole[:at] + noise + whole[at + len(noise) :], "a.ods"))
    assert error is None or isinstance(error, refusals.SheetRefused)


def test_what_libreoffice_writes_is_read_as_its_workbook(tmp_path: Path) -> None:
    program = need_program("soffice", "libreoffice-calc-nogui")
    rows: list[list[object]] = [["Item", "Qty", "Code"], ["Corn", 24, "037000862086"], ["", "", ""]]
    book = workbook(rows, Empty=[], More=[["Place"], ["A1"]])
    (tmp_path / "list.xlsx").write_bytes(book)
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = [program, home, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "list.xlsx")], check=True, capture_output=True)
    found = read_table((tmp_path / "list.ods").read_bytes(), "list.ods")
    wanted = read_table(book, "list.xlsx")
    assert (found.headers, found.rows) == (wanted.headers, wanted.rows)
    assert found.sheets == ("Sheet", "Empty", "More")
    other = read_table((tmp_path / "list.ods").read_bytes(), "list.ods", "More")
    assert other.rows[0].cells == ("A1",)
