"""CSV as programs and people write it."""

from __future__ import annotations

import csv
import io
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.errors import DepotError
from depot.imports.sheets import refusals
from depot.imports.sheets.limits import MAX_BYTES
from depot.imports.sheets.reader import read_table
from tests.unit.imports.books import refusal_of

HEADERS = ("Item", "Größe", "Qty")


def written(rows: list[tuple[str, ...]], separator: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


CELLS = st.text(
    alphabet=st.one_of(
        st.sampled_from(",;\t|\"'\n =€äß"),
        st.characters(codec="cp1252", exclude_categories=["Cc"]),
    ),
    max_size=12,
)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8)


@given(
    rows=ROWS,
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_a_written_table_is_read_back_equal(
    rows: list[tuple[str, ...]], separator: str, encoding: str
) -> None:
    table = read_table(written([HEADERS, *rows], separator).encode(encoding), "a.csv")
    assert table.headers == HEADERS
    filled = [(at, row) for at, row in enumerate(rows, start=2) if "".join(row).strip()]
    assert [(row.number, row.cells) for row in table.rows] == filled


@given(rows=ROWS, separator=st.sampled_from(",;\t|"))
def test_a_table_in_windows_encoding_is_read_back_equal(
    rows: list[tuple[str, ...]], separator: str
) -> None:
    # the ö alone, followed by an ASCII letter, can never be UTF-8
    table = read_table(written([HEADERS, *rows], separator).encode("cp1252"), "a.csv")
    assert table.headers == HEADERS
    assert [row.cells for row in table.rows] == [row for row in rows if "".join(row).strip()]


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "", "a\0b/../c"]))
def test_no_bytes_raise_anything_but_a_named_error(data: bytes, name: str) -> None:
    for prefix in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"):
        error = refusal_of(partial(read_table, prefix + data, name))
        assert error is None or (error.field == "file" and "%(" not in str(error))


def test_a_list_inside_a_cell_does_not_decide_the_separator() -> None:
    text = "Product,Examples\nPaper,towels; tissues; napkins\nSoap,bar; liquid\nCorn,\n"
    assert read_table(text.encode(), "a.csv").rows[0].cells == ("Paper", "towels; tissues; napkins")


def test_decimal_commas_do_not_decide_the_separator() -> None:
    text = "Name;Gewicht kg\nReis;1,5\nMehl;2,5\n"
    assert read_table(text.encode(), "a.csv").rows[0].cells == ("Reis", "1,5")


def test_the_separator_line_of_excel_is_obeyed_and_not_counted() -> None:
    table = read_table(b"sep=|\r\nName|Note\r\nCorn|a,b\r\n", "a.csv")
    assert table.headers == ("Name", "Note")
    assert table.rows[0].number == 2


def test_rows_are_numbered_as_the_spreadsheet_counts_them() -> None:
    text = 'Our pantry\n\nItem,Note\nCorn,"two\nlines"\n\nBeans,x\n,\n'
    table = read_table(text.encode(), "a.csv")
    assert table.headers == ("Item", "Note")
    assert [(row.number, row.cells[1]) for row in table.rows] == [(4, "two\nlines"), (6, "x")]


def test_blank_and_repeated_headers_are_distinguished() -> None:
    table = read_table(b"Date,,date,Date (2),\n1,2,3,4,5\n", "a.csv")
    assert table.headers == ("Date", "Column B", "date (2)", "Date (2) (2)", "Column E")
    assert table.rows[0].cells == ("1", "2", "3", "4", "5")


def test_old_mac_line_ends_are_read() -> None:
    assert len(read_table(b"a,b\r1,2\r3,4\r", "a.csv").rows) == 2


def test_a_single_column_is_a_table() -> None:
    assert read_table(b"Place\nA1\nA2\n", "a.csv").rows[1].cells == ("A2",)


def test_a_text_table_called_xls_is_read_for_what_it_is() -> None:
    assert read_table(b"a\tb\n1\t2\n", "export.xls").headers == ("a", "b")


@pytest.mark.parametrize(
    ("data", "name", "refusal"),
    [
        (b"", "a.csv", refusals.EmptySheet),
        (b"\xef\xbb\xbf", "a.csv", refusals.EmptySheet),
        (b" \n,,\n\n", "a.csv", refusals.EmptySheet),
        (b"x" * (MAX_BYTES + 1), "a.csv", refusals.SheetTooBig),
        (b"a,b\n" + b"1,2\n" * 20_001, "a.csv", refusals.TooManyRows),
        (b"a\n" * 1_000_000, "a.csv", refusals.TooManyRows),
        (b"a,b\n" + b"\n" * 1_000_000, "a.csv", refusals.TooManyRows),
        (b",".join([b"x"] * 201), "a.csv", refusals.TooManyColumns),
        (b"a,b\n1,\x07\n", "a.csv", refusals.ControlCharacter),
        (b"a,b\n1,\0\n", "a.csv", refusals.ControlCharacter),
        (b'a,b\n1,"open\n2,3\n', "a.csv", refusals.BrokenQuotes),
        (b"a,b\n1," + b"x" * 40_000, "a.csv", refusals.CellTooLong),
        (b"a,b\n1," + b"x" * 200_000, "a.csv", refusals.CellTooLong),
        (b"\xff\xfea", "a.csv", refusals.UnreadableText),
        (b"%PDF-1.7 ...", "a.csv", refusals.Pdf),
        (b"\x89PNG\r\n\x1a\n", "a.csv", refusals.Picture),
        (b"BM\x36\0\0\0", "a.csv", refusals.Picture),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", refusals.OldWorkbook),
        (b"<html><table>", "a.xls", refusals.WebPage),
        (b"a,b\n1,2\n", "a.xlsx", refusals.NotAWorkbook),
    ],
)
def test_what_is_no_table_is_refused_by_name(
    data: bytes, name: str, refusal: type[DepotError]
) -> None:
    with pytest.raises(refusal) as caught:
        read_table(data, name)
    assert type(caught.value) is refusal
    assert name in str(caught.value)


def test_a_row_with_a_control_character_is_named() -> None:
    with pytest.raises(refusals.ControlCharacter) as caught:
        read_table(b"a,b\n1,2\n3,\x07\n", "a.csv")
    assert caught.value.params["row"] == 3


def test_twenty_thousand_rows_are_taken() -> None:
    assert len(read_table(b"a,b\n" + b"1,2\n" * 20_000, "a.csv").rows) == 20_000


def test_the_folders_of_a_file_are_not_shown() -> None:
    with pytest.raises(refusals.EmptySheet) as caught:
        read_table(b"", "C:\\Users\\ada\\boxes.csv")
    assert caught.value.params["name"] == "boxes.csv"
