"""Amounts as people write them into a form: read exactly, or refused with what was written."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from depot.base.errors import DepotError
from depot.imports.amounts import parse_amount
from depot.imports.sheets.problems import AmbiguousNumber, BadValue
from depot.words import figures
from depot.words.languages import Languages
from depot.words.numbers import decimal_mark

POUND = Fraction("453.59237")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("20", 20, None),
        ("20 kg", 20_000, "gram"),
        ("20kg", 20_000, "gram"),
        ("500 g", 500, "gram"),
        ("1.5 kg", 1500, "gram"),
        ("1,5 kg", 1500, "gram"),
        ("12,5", Fraction("12.5"), None),
        ("12.5", Fraction("12.5"), None),
        ("0,500", Fraction("0.5"), None),
        ("0.500 kg", 500, "gram"),
        (".5", Fraction("0.5"), None),
        ("1,200", 1200, None),
        ("1,200 kg", 1_200_000, "gram"),
        ("1 200", 1200, None),
        ("1,234.5", Fraction("1234.5"), None),
        ("1.234,5", Fraction("1234.5"), None),
        ("2 x 12", 24, None),
        ("2x12", 24, None),
        ("2 × 12", 24, None),
        ("2*12", 24, None),
        ("2 X 12 tins", 24, "piece"),
        ("3 boxes x 24", 72, None),
        ("2 x 6 x 400 g", 4800, "gram"),
        ("6 x 1.5 l", 9000, "millilitre"),
        ("1 lb 4 oz", POUND + POUND / 4, "gram"),
        ("1lb 4oz", POUND + POUND / 4, "gram"),
        ("2 x 1 lb 4 oz", 2 * POUND + POUND / 2, "gram"),
        ("1 kg 500 g", 1500, "gram"),
        ("24 tins", 24, "piece"),
        ("ca. 20 kg", 20_000, "gram"),
        ("٢٠", 20, None),
        ("۱۲", 12, None),
        ("１２", 12, None),
        ("۱۲٫۵", Fraction("12.5"), None),
        ("١٢٫٥٠٠ كغ", 12_500, "gram"),
        ("١٬٢٠٠", 1200, None),
        ("2 x ٫٥ kg", 1000, "gram"),
        ("\u200f١٢ كيلوغرام\u200f", 12_000, "gram"),
        ("۵۰۰ میلی\u200cلیتر", 500, "millilitre"),
        ("12,5 кг", 12_500, "gram"),
        ("12 шт.", 12, "piece"),
        ("2 \u0445 12", 24, None),
        ("2 \u0425 12 кг", 24_000, "gram"),
        ("12 szt.", 12, "piece"),
        ("12 adet", 12, "piece"),
        ("3公斤", 3000, "gram"),
        ("1斤", 500, "gram"),
        ("0,5 litro", 500, "millilitre"),
        ("0", 0, None),
        ("0 kg", 0, "gram"),
        ("75 cl", 750, "millilitre"),
    ],
)
def test_what_people_write_is_read(text: str, number: Fraction | int, unit: str | None) -> None:
    found = parse_amount(text, ".")
    assert (found.number, found.unit) == (Fraction(number), unit)


@pytest.mark.parametrize("language", Languages().names())
@pytest.mark.parametrize("weight_unit", ["kg", "lb"])
def test_an_amount_is_read_as_each_language_shows_it(language: str, weight_unit: str) -> None:
    reader = replace(Languages().reader(language=language), weight_unit=weight_unit)
    point = decimal_mark(Locale.parse(reader.formats))
    shown = [
        figures.exact_quantity(2_330, "gram", reader),
        figures.exact_quantity(1_500, "millilitre", reader),
        f"40 {figures.unit_sign('ml', reader)}",
        f"7 {figures.unit_sign('oz', reader)}",
    ]
    read = [parse_amount(text, point) for text in shown]
    assert [one.unit for one in read] == ["gram", "millilitre", "millilitre", "gram"]
    # a hundredth of a pound is five grams
    assert [round(one.number, -1) for one in read] == [2_330, 1_500, 40, 200]


@pytest.mark.parametrize(
    ("text", "point", "number"),
    [
        ("1,200", ".", 1200),
        ("1.200", ",", 1200),
        ("1.200.000", ".", 1_200_000),
        ("1,20", ".", "1.2"),
    ],
)
def test_thousands_are_as_the_reader_writes_them(text: str, point: str, number: object) -> None:
    assert parse_amount(text, point).number == Fraction(str(number))


@pytest.mark.parametrize(
    ("text", "point"), [("1.200", "."), ("1,200", ","), ("1.200 kg", "."), ("2 x 1,200", ",")]
)
def test_what_could_be_both_is_asked_about(text: str, point: str) -> None:
    with pytest.raises(AmbiguousNumber) as refused:
        parse_amount(text, point)
    assert text.rpartition("x ")[2].split()[0] in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "9-1", "-5", "abc", "12,x", "20 stones", "5 kg 3", "5 3", "12 5", "1 kg 1 l",
        "2 kg x 3", "x 12", "1..5", "1,2,3", "1.2.3", "kg", "1" * 50, "9" * 100,
        "1e", "12/5", "½", "20 kg potatoes", "nan", "inf", "5 tins 3 tins",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_what_was_written(text: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_amount(text, ".")
    assert not text.strip() or text.strip()[:20] in str(refused.value)


@given(st.text(max_size=70), st.sampled_from(["", ".", ","]))
def test_whatever_is_written_is_read_or_refused_by_name(text: str, point: str) -> None:
    try:
        found = parse_amount(text, point)
    except DepotError:
        return
    assert found.number >= 0


@given(st.integers(0, 10**9), st.sampled_from([".", ","]))
def test_a_grouped_number_of_two_groups_or_more_is_read_in_every_language(
    number: int, point: str
) -> None:
    for mark in (",", ".", " ", "'", "\u202f"):
        grouped = f"{number:,}".replace(",", mark)
        if grouped.count(mark) != 1:
            assert parse_amount(grouped, point).number == number


@pytest.mark.parametrize("text", ["1.200", "١.٢٠٠", "۱.۲۰۰"])
def test_what_is_two_numbers_is_asked_about_in_every_script(text: str) -> None:
    with pytest.raises(AmbiguousNumber):
        parse_amount(text, "٫")


@pytest.mark.parametrize("text", ["1٬20", "1٫2٫3", "٬200", "١٢ قلم"])
def test_what_is_no_number_in_arabic_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_amount(text, "٫")
