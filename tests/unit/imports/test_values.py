"""Names, quantities, units and weights as people write them."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.imports.rows.numbers import understood_once
from depot.imports.rows.values import (
    Quantity,
    parse_name,
    parse_quantity,
    parse_text,
    parse_unit,
    parse_weight,
    unit_in_header,
)
from depot.imports.sheets.problems import BadValue
from tests.unit.imports.books import refusal_of


def code_of(error: BaseException) -> str:
    assert isinstance(error, BadValue)
    assert "%(" not in str(error)
    return error.code


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("24", Quantity(24)),
        (" 24.0 ", Quantity(24)),
        ("24,0", Quantity(24)),
        ("1,200", Quantity(1200)),
        ("1 200", Quantity(1200)),
        ("1\u202f200", Quantity(1200)),
        ("1’200", Quantity(1200)),
        ("1.200,0", Quantity(1200)),
        ("1,200.00", Quantity(1200)),
        ("1.200.000", Quantity(1_200_000)),
        ("1E3", Quantity(1000)),
        ("ca. 24", Quantity(24, about=True)),
        ("~24", Quantity(24, about=True)),
        ("approx. 24", Quantity(24, about=True)),
        ("24?", Quantity(24, about=True)),
        ("24 tins", Quantity(24, "piece")),
        ("24x", Quantity(24, "piece")),
        ("24 Dosen", Quantity(24, "piece")),
        ("2.5 kg", Quantity(2500, "gram")),
        ("2,5 kg", Quantity(2500, "gram")),
        ("20 lb", Quantity(9072, "gram")),  # 20 x 453.59237 = 9071.8474
        ("1.5 l", Quantity(1500, "millilitre")),
        ("", None),
        ("-", None),
        ("n/a", None),
    ],
)
def test_a_quantity_is_read_as_people_write_it(text: str, quantity: Quantity | None) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", "not_positive"),
        ("-3", "not_positive"),
        ("−3", "not_positive"),
        ("2.5", "not_whole"),
        ("2,5", "not_whole"),
        ("2.5 tins", "not_whole"),
        ("1.200", "ambiguous_number"),
        ("1" + "0" * 30, "too_large"),
        ("1e30", "too_large"),
        ("1e-9999", "too_large"),
        ("1000000001", "too_large"),
        ("10^30", "not_a_number"),
        ("12-15", "not_a_number"),
        ("many", "not_a_number"),
        ("=1+1", "not_a_number"),
        ("inf", "not_a_number"),
        ("1,2,3", "not_a_number"),
        ("24 foo", "unknown_unit"),
    ],
)
def test_a_quantity_that_cannot_be_right_is_a_named_problem(text: str, code: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_quantity(text)
    assert code_of(caught.value) == code


def test_the_unit_of_another_column_counts_unless_the_cell_says_its_own() -> None:
    assert parse_quantity("2", "kg") == Quantity(2000, "gram")
    assert parse_quantity("2 tins", "kg") == Quantity(2, "piece")


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("400 g", 400_000),
        ("400g", 400_000),
        ("1.5 kg", 1_500_000),
        ("1,5 kg", 1_500_000),
        ("0.500 kg", 500_000),
        ("14 oz", 396_893),  # 14 x 28,349.523125 = 396,893.32375
        ("14 oz.", 396_893),
        ("2 lb", 907_185),  # 2 x 453,592.37 = 907,184.74
        ("1 lb 8 oz", 680_389),  # 1.5 x 453,592.37 = 680,388.555
        ("2 lbs, 3 oz", 992_233),
        ("", None),
        ("?", None),
    ],
)
def test_a_weight_is_exact_to_the_milligram(text: str, milligrams: int | None) -> None:
    assert parse_weight(text) == milligrams


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("400", "no_weight_unit"),
        ("0 g", "not_positive"),
        ("-1 g", "not_positive"),
        ("1,200 g", "ambiguous_number"),
        ("1.200 kg", "ambiguous_number"),
        ("99999 t", "too_large"),
        ("1 can", "not_a_weight"),
        ("heavy", "not_a_weight"),
        ("1.2.3 g", "not_a_weight"),
    ],
)
def test_a_weight_that_cannot_be_right_is_a_named_problem(text: str, code: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_weight(text)
    assert code_of(caught.value) == code


@given(st.integers(1, 10**6), st.sampled_from(["oz", "lb"]))
def test_pounds_and_ounces_are_never_more_than_half_a_milligram_off(count: int, unit: str) -> None:
    exact = count * (Fraction(45_359_237, 100) if unit == "lb" else Fraction(45_359_237, 1600))
    if exact <= 10_000_000_000:
        weight = parse_weight(f"{count} {unit}")
        assert weight is not None
        assert abs(weight - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Weight (g)", "g"), ("Gewicht in kg", "kg"), ("Weight", None), ("Weight (net)", None)],
)
def test_a_header_may_name_the_unit(header: str, unit: str | None) -> None:
    assert unit_in_header(header) == unit


def test_a_bare_number_takes_the_unit_of_its_header() -> None:
    assert parse_weight("400", "g") == 400_000


@pytest.mark.parametrize(
    ("text", "unit"),
    [("can", "piece"), ("Stück", "piece"), ("KG", "gram"), ("lb.", "gram"), ("l", "millilitre")],
)
def test_a_unit_is_counted_in_a_base_unit(text: str, unit: str) -> None:
    assert parse_unit(text) == unit


def test_a_blank_unit_is_none_and_an_unknown_one_a_problem() -> None:
    assert parse_unit(" ") is None
    with pytest.raises(BadValue, match="furlong"):
        parse_unit("furlong")


def test_a_name_is_trimmed_and_its_blanks_are_one() -> None:
    assert parse_name(" Green \n\u00a0 Beans\u200b ") == "Green Beans"
    assert parse_name("x" * 120)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing"),
        ("  ", "missing"),
        ("x" * 121, "too_long"),
        ("a\x07b", "control_character"),
        ("a\u202eb", "control_character"),
        ("=cmd|' /C calc'!A0", "formula"),
    ],
)
def test_a_name_that_cannot_be_taken_is_a_named_problem(text: str, code: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_name(text)
    assert code_of(caught.value) == code


@given(st.text(max_size=40))
def test_no_text_raises_anything_but_a_bad_value(text: str) -> None:
    for parse in (parse_name, parse_text, parse_quantity, parse_weight, parse_unit, unit_in_header):
        error = refusal_of(partial(parse, text))
        assert error is None or isinstance(error, BadValue)


def test_what_many_cells_say_is_understood_once_and_a_long_text_is_not_kept() -> None:
    read: list[str] = []

    @understood_once
    def length(text: str, more: int = 0) -> int:
        read.append(text)
        return len(text) + more

    assert [length("24"), length("24"), length("24", 1), length("2" * 61), length("2" * 61)] == [
        2,
        2,
        3,
        61,
        61,
    ]
    assert read == ["24", "24", "2" * 61, "2" * 61]
