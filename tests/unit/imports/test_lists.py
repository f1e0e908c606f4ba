"""Lists of many programs and people, read without a depot: headers, sums, states, packs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.errors import DepotError
from depot.imports.rows.barcodes import Barcodes, read_barcodes
from depot.imports.rows.cells import ParsedRows, Reading
from depot.imports.rows.matching import guess_columns
from depot.imports.rows.rows import (
    CrateRow,
    ItemRow,
    StockRow,
    read_crates,
    read_items,
    read_locations,
    read_stock,
)
from depot.imports.rows.stated_dates import date_order, likely_order, needs_order, parse_date
from depot.imports.rows.values import Quantity, parse_quantity, parse_unit, parse_weight
from depot.imports.sheets.problems import BadValue
from depot.imports.sheets.reader import Table, read_table
from depot.words.countries import usual_date_order
from tests.unit.imports.books import refusal_of


def table_of(text: str, headless: bool | None = None) -> Table:
    return read_table(text.encode(), "list.csv", headless=headless)


def stock(text: str, headless: bool | None = None) -> ParsedRows[StockRow]:
    table = table_of(text, headless)
    return read_stock(table, guess_columns("stock", table.headers, table.rows))


def items(text: str, reading: Reading | None = None) -> ParsedRows[ItemRow]:
    table = table_of(text)
    columns = guess_columns("items", table.headers, table.rows)
    return read_items(table, columns, reading or Reading())


def crates(text: str) -> ParsedRows[CrateRow]:
    table = table_of(text)
    return read_crates(table, guess_columns("crates", table.headers, table.rows))


def goods(parsed: ParsedRows[StockRow]) -> list[tuple[str, int]]:
    return [(row.item, row.quantity.amount) for row in parsed.rows]


def aside(parsed: ParsedRows[StockRow] | ParsedRows[ItemRow] | ParsedRows[CrateRow]) -> list[int]:
    return list(parsed.set_aside)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("37000862086", ("037000862086",)),
        ('="037000862086"', ("037000862086",)),
        ("'037000862086", ("037000862086",)),
        ("37000862086.0", ("037000862086",)),
        ("37,000,862,086", ("037000862086",)),
        ("UPC: 037000862086", ("037000862086",)),
        ("4006381333931; 037000862086", ("4006381333931", "037000862086")),
        ("4006381333931\n037000862086", ("4006381333931", "037000862086")),
        ("4963406", ("04963406",)),
        ("4011", ("4011",)),
        ("", ()),
        ("n/a", ()),
    ],
)
def test_a_cell_of_bar_codes_is_read_as_spreadsheets_leave_it(
    text: str, codes: tuple[str, ...]
) -> None:
    assert read_barcodes(text) == Barcodes(codes)


def test_a_wrong_check_digit_is_told_and_a_shortened_code_refused() -> None:
    assert read_barcodes("4006381333932").wrong == ("4006381333932",)
    assert read_barcodes("37000862087").wrong == ("37000862087",)
    for text in ("4.00638E+12", "4,00638E+12", "4E12", '="4.00638E+12"'):
        with pytest.raises(BadValue) as caught:
            read_barcodes(text)
        assert caught.value.code == "shortened_code"


@pytest.mark.parametrize(
    "text",
    [
        "Item,Qty\nCorn,24\nPeas,12\nTotal,36\n",
        "Item,Qty\nCorn,24\nPeas,12\nGrand total:,36\n",
        "Item,Qty\nCorn,24\nPeas,12\n,36\n",
        "Shelf,Item,Qty\nA,Corn,24\nA,Peas,12\nA total,,36\n",
        "Shelf,Item,Qty\nA,Corn,24\nB,Peas,12\nTotal,,36\n",
        "Artikel;Menge\nMais;24\nErbsen;12\nSumme;36\n",
        "Item,Qty\nCorn,24\nPeas,12\nTotal,99\n",
    ],
)
def test_a_sum_is_no_stock(text: str) -> None:
    parsed = stock(text)
    assert (len(parsed.rows), aside(parsed), parsed.problems) == (2, [4], ())


def test_sums_of_parts_and_of_all_are_left_out() -> None:
    text = "Item,Qty\nCorn,2\nCorn,3\nCorn Total,5\nPeas,4\nPeas Total,4\nGrand Total,9\n"
    parsed = stock(text)
    assert goods(parsed) == [("Corn", 2), ("Corn", 3), ("Peas", 4)]
    assert aside(parsed) == [4, 6, 7]


@pytest.mark.parametrize(
    "text",
    [
        "Item,Category,Qty\nCorn,Tins,24\nTotal,Cereal,3\n",
        "Item,Qty\nCorn,24\nTotal Raisin Bran,3\n",
        "Item,Qty\nCorn,24\nPeas,12\nSummer soup,36\n",
    ],
)
def test_what_is_only_called_like_a_sum_is_kept(text: str) -> None:
    assert aside(stock(text)) == []


def test_a_box_without_words_whose_number_is_by_chance_the_sum_is_kept() -> None:
    assert aside(crates("Box,Item,Qty\n1,Corn,12\n2,Corn,12\n3,,24\n")) == []


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Item,Unit\nFOOD,\nSugar,kg\nNON FOOD,\nSoap,piece\n", [2, 4]),
        ("Item,Unit\nFood:,\nSugar,kg\n", [2]),
        ("Item,Unit\n--- Food ---,\nSugar,kg\n", [2]),
        ("Item,Unit\nVegetables,\nCorn,kg\n", [2]),
        ("Item,Unit\nSugar,kg\nSALT,\n", []),
        ("Item,Unit\nSUGAR,kg\nSALT,\nSOAP,piece\n", []),
        ("Item,Unit\nSalt,\nSugar,kg\n", []),
        ("Item\nFOOD\nSugar\n", []),
    ],
)
def test_a_heading_is_told_by_its_look_and_what_stands_below(
    text: str, headings: list[int]
) -> None:
    assert aside(items(text)) == headings


def test_what_may_be_a_heading_is_kept_and_named() -> None:
    parsed = items("Item,Unit\nOn the left,\nSugar,kg\nSoap,piece\n")
    assert [(error.code, rows) for error, rows in parsed.notes] == [("perhaps_heading", (2,))]
    assert len(parsed.rows) == 3


def test_headings_are_the_category_of_what_has_none() -> None:
    text = "Item,Category\nFOOD,\nSugar,\nSALT,Spices\n"
    # a category column that is blank below a heading takes the heading
    parsed = items(
        "Item,Category,Unit\nFOOD,,\nSugar,,kg\nSalt,Spices,kg\n", Reading(headings=True)
    )
    assert [(row.name, row.category) for row in parsed.rows] == [
        ("Sugar", "FOOD"),
        ("Salt", "Spices"),
    ]
    assert items(text).problems == ()


@pytest.mark.parametrize(
    ("header", "values", "gone"),
    [
        ("Status", ["Available", "Checked out", "", "Lost/Stolen", "NotDelivered"], [3, 5, 6]),
        ("State", ["InStock", "Scrap", "MarkedForShipment", "Donated"], [3, 5]),
        ("Archived", ["false", "true", "", "TRUE", "0"], [3, 5]),
        ("Checked out to", ["", "Ann", "-"], [3]),
        ("Disposed on", ["", "2026-11-01"], [3]),
        ("Active", ["yes", "no", ""], [3]),
        ("Zustand", ["da", "entsorgt"], [3]),
    ],
)
def test_what_a_program_says_is_gone_is_left_out(
    header: str, values: list[str], gone: list[int]
) -> None:
    lines = "".join(f"Thing {at},1,{value}\n" for at, value in enumerate(values))
    assert aside(stock(f"Item,Qty,{header}\n{lines}")) == gone


def test_an_item_of_which_none_is_left_is_still_an_item() -> None:
    assert aside(items("Item,Status\nCorn,out of stock\nPeas,discontinued\n")) == [3]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Items,Qty", {"item": "Items", "quantity": "Qty"}),
        ("Food Items,Qty", {"item": "Food Items", "quantity": "Qty"}),
        (
            "Item Description,Qty on hand",
            {"item": "Item Description", "quantity": "Qty on hand"},
        ),
        ("Description,Stock level", {"quantity": "Stock level"}),
        ("HB.name,HB.quantity,HB.location", {"item": "HB.name", "quantity": "HB.quantity"}),
        ("PRODUCTS,In stock,Best by", {"item": "PRODUCTS", "date": "Best by"}),
        ("Produkte,Lagerbestand,Regal", {"item": "Produkte", "location": "Regal"}),
    ],
)
def test_the_words_that_lists_have_are_known(header: str, fields: dict[str, str]) -> None:
    table = table_of(f"{header}\nCorn,4,A\n")
    guessed = guess_columns("stock", table.headers, table.rows)
    assert {name: guessed.get(name) for name in fields} == fields


def test_a_description_is_the_item_where_nothing_else_is() -> None:
    assert [row.name for row in items("Description,Unit\nCorn,kg\n").rows] == ["Corn"]
    both = items("Item,Description\nCorn,sweet\n")
    assert (both.rows[0].name, both.rows[0].note) == ("Corn", "sweet")


@pytest.mark.parametrize(
    "text",
    [
        "Item,Quantity,,Best before,\n,Number,Unit,Month,Year\nCorn,24,tin,5,2027\n",
        "Norwood,,,,\nItem,Quantity,,Best before,\n,Number,Unit,Month,Year\nCorn,24,tin,5,2027\n",
        ",,,Best before,\nItem,Number,Unit,Month,Year\nCorn,24,tin,5,2027\n",
    ],
)
def test_headers_in_two_rows_are_one(text: str) -> None:
    (row,) = stock(text).rows
    assert (row.item, row.quantity) == ("Corn", Quantity(24, "piece"))
    assert row.dated is not None
    assert row.dated.text in ("2027-05", "2027")


@pytest.mark.parametrize(
    "text",
    [
        "Corn,24,Shelf 1,2027-05\nPeas,10,Shelf 1,2027-06\n",
        "Shelf 1,Corn,24,5/2027\nShelf 2,Peas,10,6/2027\n",
        "2027-05;24 tins;Corn;Shelf 1\n2027-06;10 tins;Peas;Shelf 2\n",
    ],
)
def test_a_list_without_headers_is_guessed_by_what_is_in_it(text: str) -> None:
    parsed = stock(text)
    assert goods(parsed) == [("Corn", 24), ("Peas", 10)]
    assert all(row.dated and row.location.startswith("Shelf") for row in parsed.rows)
    assert [error.code for error, _rows in parsed.notes] == ["no_headers"]


def test_boxes_without_headers_and_words_without_figures() -> None:
    assert [row.box_number for row in crates("B1,Corn,24\nB2,Peas,10\n").rows] == ["B1", "B2"]
    # a person says that the first row is goods already
    table = table_of("Corn,Tins\nPeas,Tins\n", headless=True)
    assert table.headers == ("Column A", "Column B")
    assert table_of("Corn,Tins\nPeas,Tins\n").headers == ("Corn", "Tins")
    assert table_of("Item,2025,2026\nCorn,3,4\n").headers == ("Item", "2025", "2026")


@pytest.mark.parametrize(
    ("unit", "quantity"),
    [
        ("case of 12", Quantity(36, "piece")),
        ("Cases (12)", Quantity(36, "piece")),
        ("12/case", Quantity(36, "piece")),
        ("12 ct case", Quantity(36, "piece")),
        ("6-pack", Quantity(18, "piece")),
        ("12er Pack", Quantity(36, "piece")),
        ("Kiste à 12", Quantity(36, "piece")),
        ("caja de 12", Quantity(36, "piece")),
        ("case of 12 x 400 g", Quantity(36, "piece")),
        ("dozen", Quantity(36, "piece")),
        ("bag of 5 kg", Quantity(15_000, "gram")),
        ("15 oz can", Quantity(3, "piece")),
        ("#10 can", Quantity(3, "piece")),
        ("box", Quantity(3, "piece")),
    ],
)
def test_a_pack_in_the_units_column_multiplies(unit: str, quantity: Quantity) -> None:
    assert parse_quantity("3", unit) == quantity
    assert parse_unit(unit) == quantity.unit


def test_a_pack_that_does_not_say_how_many_is_asked_about() -> None:
    for unit in ("case", "Cases", "case of tins"):
        with pytest.raises(BadValue) as caught:
            parse_quantity("3", unit)
        assert caught.value.code in ("unknown_pack", "unknown_unit")
    assert parse_quantity("2 x 12") == Quantity(24, "piece")
    assert parse_quantity("2 cases of 12") == Quantity(24, "piece")


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("0 ,5 kg", 500_000),
        ("0, 5 kg", 500_000),
        ("1 1/2 lb", 680_389),
        ("1½ lb", 680_389),
        ("½ kg", 500_000),
        ("2 500 g", 2_500_000),
        ("1 lb 8 1/2 oz", 694_563),
    ],
)
def test_a_weight_with_a_part_of_one_is_read(text: str, milligrams: int) -> None:
    assert parse_weight(text) == milligrams


def test_a_weight_that_cannot_be_read_is_told_apart_from_one_without_a_unit() -> None:
    for text, code in (("2 50 g", "not_a_weight"), ("12 x 400 g", "pack_weight"), ("9/4 lb", "x")):
        with pytest.raises(BadValue) as caught:
            parse_weight(text)
        assert caught.value.code in (code, "not_a_weight")
        assert "unit" not in str(caught.value)


def test_short_years_are_read_where_the_order_is_known() -> None:
    assert [parse_date("6/1/27", order).text for order in ("mdy", "dmy")] == [  # type: ignore[union-attr]
        "2027-06-01",
        "2027-01-06",
    ]
    assert parse_date("31/12/99", "dmy").text == "1999-12-31"  # type: ignore[union-attr]
    for text, order in (("12/31/26", "dmy"), ("26-12-31", "dmy"), ("13/32/27", "mdy")):
        with pytest.raises(BadValue):
            parse_date(text, order)  # type: ignore[arg-type]


def test_a_column_shows_its_order_and_first_days_of_months_hint_at_it() -> None:
    assert date_order(["6/1/27", "12/31/26"]) == "mdy"
    assert date_order(["21/05/27", "1/6/27"]) == "dmy"
    assert date_order(["26-12-31"]) is None
    assert likely_order(["6/1/2027", "7/1/2027"]) == "mdy"
    assert likely_order(["1/6/2027", "1/7/2027"]) == "dmy"
    assert likely_order(["6/1/2027"]) is None
    assert [needs_order(text) for text in ("6/1/27", "6/6/2027", "21/5/2027", "6.1.2027")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("zone", "order"),
    [
        ("America/New_York", "mdy"),
        ("US/Eastern", "mdy"),
        ("Asia/Manila", "mdy"),
        ("Europe/London", "dmy"),
        ("Europe/Berlin", "dmy"),
        ("America/Toronto", None),
        ("UTC", None),
        ("Etc/UTC", None),
        ("Nowhere", None),
    ],
)
def test_the_time_zone_tells_the_country_and_that_the_order(zone: str, order: str | None) -> None:
    assert usual_date_order(zone) == order


def test_a_size_says_what_it_is_a_size_of() -> None:
    names = [row.name for row in items("Item,Size\nNappies,1\nNappies,Size 2\nVest,XL\n").rows]
    assert names == ["Nappies, size 1", "Nappies, Size 2", "Vest, size XL"]
    said = items('Item,Size\nNappies size 1,1\n"Nappies, 2",2\nTin 12,1\n').rows
    assert [row.name for row in said] == ["Nappies size 1", "Nappies, 2", "Tin 12, size 1"]
    german = items("Artikel;Größe\nWindeln;1\n").rows
    assert [row.name for row in german] == ["Windeln, größe 1"]
    weights = items("Item,Size\nCorn,400 g\nPeas,1 lb\n").rows
    assert [row.unit_weight_milligrams for row in weights] == [400_000, 453_592]


def test_a_long_list_of_sums_and_headings_is_read_through() -> None:
    lines = "".join(f"Total,{at}\nHEAD,\nCorn {at},1\n" for at in range(600))
    parsed = stock(f"Item,Qty\n{lines}")
    assert (len(parsed.rows), len(parsed.set_aside)) == (600, 1_200)


def test_places_have_no_headings_but_sums() -> None:
    table = table_of("Place,Note\nCOLD ROOM,\nShelf 1,by the door\n")
    parsed = read_locations(table, guess_columns("locations", table.headers, table.rows))
    assert [row.name for row in parsed.rows] == ["COLD ROOM", "Shelf 1"]


@given(st.text(alphabet="Total 12.,;x/='-:\n", max_size=60), st.sampled_from(["items", "crates"]))
def test_no_list_raises_anything_but_a_named_refusal(text: str, kind: str) -> None:
    def read() -> None:
        table = table_of(f"Box,Item,Qty,Unit,Exp,Barcode,Size,Status\n{text}\n")
        columns = guess_columns(kind, table.headers, table.rows)
        (read_items if kind == "items" else read_crates)(table, columns)

    error = refusal_of(read)
    assert error is None or isinstance(error, DepotError)


@pytest.mark.parametrize("column", ["Qty", "Unit", "Weight", "Barcode", "Exp", "Item", "Size"])
def test_a_cell_without_end_is_looked_at_once(column: str) -> None:
    endless = "5" * 15_000 + " " * 15_000 + "!"
    cells = {"Item": "Corn", "Qty": "3", column: endless}
    parsed = stock(",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    assert len(parsed.rows) <= 1
