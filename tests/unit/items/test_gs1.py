from __future__ import annotations

import calendar
import string
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.items.gs1 import CUT_OFF, GS, MISREAD, NO_SUCH_DAY, Scan, full_year, read_code

TODAY = date(2026, 11, 26)
#: Identifiers whose data have one length, so that no separator need follow.
FIXED = {"00", "01", "02", "11", "13", "15", "16", "17", "3103", "3202"}


def check_digit(digits: str) -> str:
    """Weigh the digits 3, 1, 3 … from the right and fill up to the next ten (GS1, 7.9)."""
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def gtin(digits: str) -> str:
    return digits + check_digit(digits)


def plain(elements: dict[str, str]) -> str:
    """Encode as a scanner sends it: GS after what has no fixed length, but for the last."""
    parts = [name + data + ("" if name in FIXED else GS) for name, data in elements.items()]
    return "".join(parts).rstrip(GS)


def printed(elements: dict[str, str]) -> str:
    return "".join(f"({name}){data}" for name, data in elements.items())


def seen(text: str, **options: Any) -> Scan:
    return read_code(text, TODAY, **options)


LOT_LETTERS = string.ascii_letters + string.digits + "-./_"
gtins = st.from_regex(r"[1-8][0-9]{12}", fullmatch=True).map(gtin)
lots = st.text(alphabet=LOT_LETTERS, min_size=1, max_size=20)
days = st.dates(date(2024, 1, 1), date(2070, 12, 31))
weights = st.integers(1, 999_999)


@given(gtins, lots, days, weights, st.integers(1, 99_999_999), lots, st.permutations(range(6)))
def test_what_was_encoded_is_read_whatever_the_order(
    number: str, lot: str, day: date, grams: int, count: int, serial: str, order: list[int]
) -> None:
    every = [
        ("01", number),
        ("10", lot),
        ("15", f"{day:%y%m%d}"),
        ("3103", f"{grams:06}"),
        ("37", str(count)),
        ("21", serial),
    ]
    elements = dict(every[place] for place in order)
    found = seen("]C1" + plain(elements))
    assert found.problems == ()
    assert (found.gtin14, found.lot, found.serial) == (number, lot, serial)
    assert (found.date_on, found.date_kind) == (day, "best_before")
    assert (found.net_weight_grams, found.count) == (grams, count)


@given(gtins, lots, days)
def test_a_scanner_s_text_and_the_printed_line_say_the_same(
    number: str, lot: str, day: date
) -> None:
    elements = {"01": number, "17": f"{day:%y%m%d}", "10": lot}
    by_scanner = seen("]d2" + plain(elements))
    assert seen(printed(elements)) == by_scanner
    assert seen(by_scanner.text) == by_scanner


@given(st.text() | st.text(alphabet="()]CdQ01379" + GS, max_size=60))
@settings(max_examples=500)
def test_rubbish_never_raises_and_is_read_the_same_twice(text: str) -> None:
    found = seen(text)
    assert seen(text) == found
    assert seen(found.text, time_zone="Europe/Berlin").gtin14 in ("", found.gtin14)


@given(gtins, lots, st.data())
def test_a_damaged_message_never_raises(number: str, lot: str, data: Any) -> None:
    text = "]C1" + plain({"01": number, "10": lot, "17": "271231"})
    place = data.draw(st.integers(3, len(text) - 1))
    damaged = text[:place] + data.draw(st.characters()) + text[place + 1 :]
    assert isinstance(seen(damaged), Scan)


@pytest.mark.parametrize(
    ("format_", "content", "gs1"),
    [
        (zxingcpp.BarcodeFormat.DataMatrix, "(01)09501101020917(17)261231(10)AB12", True),
        (zxingcpp.BarcodeFormat.QRCode, "(01)09501101020917(17)261231(10)AB12", True),
        (zxingcpp.BarcodeFormat.Code128, "(01)09501101020917(17)261231(10)AB12", True),
    ],
)
def test_symbols_are_read_back(format_: Any, content: str, gs1: bool) -> None:
    symbol = zxingcpp.create_barcode(content, format_, gs1=gs1)
    picture = zxingcpp.write_barcode_to_image(symbol, scale=4)
    (read_back,) = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    found = seen(read_back.symbology_identifier + read_back.text)
    assert found.gtin14 == "09501101020917"
    assert found.date_text == "2026-12-31"
    assert found.date_kind == "use_by"
    assert found.lot == "AB12"


@pytest.mark.parametrize(
    ("format_", "digits"),
    [
        (zxingcpp.BarcodeFormat.EAN13, "5000112637922"),
        (zxingcpp.BarcodeFormat.EAN8, "96385074"),
        (zxingcpp.BarcodeFormat.UPCA, "036000291452"),
        (zxingcpp.BarcodeFormat.ITF, "15000112637929"),
    ],
)
def test_a_retail_symbol_is_its_gtin_in_fourteen_digits(format_: Any, digits: str) -> None:
    picture = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(digits, format_), scale=4)
    (read_back,) = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    for text in (digits, read_back.symbology_identifier + read_back.text):
        assert seen(text).key == digits.rjust(14, "0")


def test_the_general_specifications_example_with_blanks_is_read() -> None:
    found = seen("0194028887034023 3103001224 15260205 10160126")
    assert found.net_weight_grams == 1224
    assert (found.date_text, found.date_kind) == ("2026-02-05", "best_before")
    assert found.lot == "160126"


@pytest.mark.parametrize("stand_in", ["<GS>", "{GS}", "|", "^", "~", "\u241d"])
def test_what_hand_scanners_type_for_gs_separates(stand_in: str) -> None:
    found = seen(f"010950110102091710AB12{stand_in}17261231")
    assert (found.lot, found.date_text) == ("AB12", "2026-12-31")


@given(st.integers(2000, 2060), st.integers(1, 12))
def test_day_nought_is_the_last_day_of_the_month(year: int, month: int) -> None:
    digits = f"{year % 100:02}{month:02}00"
    last = date(year, month, calendar.monthrange(year, month)[1])
    use_by, best = seen(f"(17){digits}"), seen(f"(15){digits}")
    assert (use_by.date_on, use_by.date_text) == (last, last.isoformat())
    assert (best.date_on, best.date_text) == (last, f"{year}-{month:02}")


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 99))
def test_a_year_is_at_most_forty_nine_back_and_fifty_ahead(today: date, digits: int) -> None:
    year = full_year(digits, today)
    assert year % 100 == digits
    assert -49 <= year - today.year <= 50


def test_a_use_by_date_counts_before_a_best_before_date() -> None:
    found = seen("(15)261231(17)261205(11)261101(13)261102")
    assert (found.date_text, found.date_kind) == ("2026-12-05", "use_by")
    assert (found.produced_on, found.packed_on) == (date(2026, 11, 1), date(2026, 11, 2))


def test_a_sell_by_date_is_about_quality() -> None:
    assert seen("(16)261231").date_kind == "best_before"


def test_the_day_it_was_made_says_not_until_when_it_is_good() -> None:
    found = seen("(01)09501101020917(11)261101")
    assert found.date_on is None
    assert found.date_kind == "none"


@pytest.mark.parametrize("digits", ["261301", "260230", "260001", "999999"])
def test_a_day_that_is_not_in_the_calendar_is_a_problem_and_the_rest_counts(digits: str) -> None:
    found = seen(f"(01)09501101020917(15){digits}(10)AB12")
    assert found.problems == (NO_SUCH_DAY,)
    assert (found.date_on, found.date_text, found.date_kind) == (None, "", "none")
    assert (found.gtin14, found.lot) == ("09501101020917", "AB12")
    assert seen(f"]C1010950110102091715{digits}10AB12") == found


@given(st.integers(0, 5), st.integers(1, 999_999))
def test_weights_become_whole_grams_exactly(decimals: int, number: int) -> None:
    kilograms = Fraction(number, 10**decimals)
    for identifier, grams_each in (("310", Fraction(1000)), ("320", Fraction("453.59237"))):
        exact = kilograms * grams_each
        found = seen(f"({identifier}{decimals}){number:06}").net_weight_grams
        assert abs(Fraction(found or 0) - exact) <= Fraction(1, 2)
        assert (found is None) == (exact < Fraction(1, 2))


def test_a_pound_is_the_international_one() -> None:
    assert seen("(3200)000100").net_weight_grams == int(Decimal("45359.237").to_integral_value())


def test_a_case_says_what_is_in_it_and_how_many() -> None:
    found = seen("(00)340123450000000000(02)05000112637922(37)24")
    assert (found.gtin14, found.count, found.is_content) == ("05000112637922", 24, True)
    assert found.sscc == "340123450000000000"


def test_a_pallets_number_alone_is_nothing_to_learn() -> None:
    found = seen("]C100340123450000000000")
    assert found.sscc == "340123450000000000"
    assert found.is_gs1
    assert found.key == ""


def test_a_wrong_check_digit_is_said() -> None:
    for text in ("5000112637923", "(01)09501101020918", "]C100340123450000000001"):
        found = seen(text)
        assert found.problems == (MISREAD,)
        assert not found.gtin14
        assert not found.sscc


def test_a_part_that_nobody_can_read_leaves_the_others() -> None:
    found = seen("]C1010950110102091710AB12\x1d17NODATE\x1d3712")
    assert found.problems == (CUT_OFF,)
    assert (found.lot, found.count) == ("AB12", 12)


@pytest.mark.parametrize("text", ["", "ART-4711", "1012", "SHELF B2", "12345", "00000000"])
def test_what_is_no_product_code_is_left_as_it_is(text: str) -> None:
    found = seen(text)
    assert not found.is_gs1
    assert found.text == text


def test_a_code_of_somebodys_own_is_its_own_key_whatever_the_case() -> None:
    assert seen("art-4711 ").key == seen("ART-4711").key != ""


def test_a_digital_link_says_the_same_as_the_symbol() -> None:
    link = seen("https://id.gs1.org/01/09506000134352/10/ABC?17=261231")
    assert link == seen("(01)09506000134352(10)ABC(17)261231")


def test_a_link_whose_host_is_none_is_only_text() -> None:
    text = "https://id.[gs1.org/01/09506000134352?17=270531"
    assert seen(text) == Scan(text)


def test_the_same_number_has_one_key_however_it_was_printed() -> None:
    spellings = ("036000291452", "0036000291452", "00036000291452", "(01)00036000291452")
    assert {seen(text).key for text in spellings} == {"00036000291452"}


@pytest.mark.parametrize("printed", ["96385074", "036000291452", "5000112637922", "15000112637929"])
def test_a_number_is_shown_as_it_stands_on_the_package(printed: str) -> None:
    assert seen(printed).shown == printed
    assert seen(f"(01){printed.rjust(14, '0')}(10)A1").shown == printed


def test_a_shops_own_number_is_known_as_one() -> None:
    assert seen(gtin("200012345678")).is_restricted
    assert not seen("5000112637922").is_restricted


def test_where_the_markets_rules_are_known_the_weight_is_read_from_a_shops_own_number() -> None:
    light, heavy = (gtin(payload) for payload in ("231234500450", "231234501234"))
    found = seen(light, time_zone="Europe/Stockholm")
    assert found.net_weight_grams == 450
    assert found.key == seen(heavy, time_zone="Europe/Stockholm").key
    assert seen(light).net_weight_grams is None


def test_a_text_as_long_as_a_book_is_cut() -> None:
    assert len(seen("x" * 100_000).text) <= 2000


def test_reading_today_or_in_a_year_differs_only_by_the_century() -> None:
    text = "(17)770101"
    assert read_code(text, date(2026, 1, 1)).date_on is None  # 1977, before all dates we take
    assert read_code(text, date(2027, 1, 1)).date_on == date(2077, 1, 1)
    assert read_code(text, TODAY + timedelta(days=365)).date_on == date(2077, 1, 1)


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("04963406", "00049000006346"),
        ("04252614", "00042100005264"),
        ("]E004252614", "00042100005264"),
        ("02345632", "00023400000562"),
    ],
)
def test_a_right_upc_e_is_the_number_that_it_is_short_for(short: str, whole: str) -> None:
    found = seen(short)
    assert (found.key, found.problems, found.also) == (whole, (), ())


def test_eight_digits_that_are_right_in_two_ways_have_two_keys() -> None:
    found = seen("02345673")
    assert found.keys == ("02345673".rjust(14, "0"), "00023456000073")
    assert found.may_be_short
    assert seen("]E402345673").keys == ("02345673".rjust(14, "0"),)


@pytest.mark.parametrize("digits", ["04963407", "24963406"])
def test_eight_digits_that_are_right_in_no_way_are_misread(digits: str) -> None:
    assert seen(digits).problems == (MISREAD,)


@pytest.mark.parametrize("sent", ["0425261", "425261", "4252614"])
def test_a_scanner_that_leaves_digits_of_a_upc_e_out_is_understood(sent: str) -> None:
    found = seen(sent)
    assert found.key == sent
    assert "00042100005264" in found.keys
    assert not found.is_gs1
