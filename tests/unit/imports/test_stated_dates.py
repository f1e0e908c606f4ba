"""Dates as people write them."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.dates import parse_lot_date
from depot.imports.rows.stated_dates import (
    date_from_parts,
    date_order,
    parse_date,
    parse_day,
    parse_month,
)
from depot.imports.sheets.problems import BadValue
from tests.unit.imports.books import refusal_of


@pytest.mark.parametrize(
    ("text", "stated", "precision", "on"),
    [
        ("2019", "2019", "year", date(2019, 12, 31)),
        ("2019.0", "2019", "year", date(2019, 12, 31)),
        ("05/2019", "2019-05", "month", date(2019, 5, 31)),
        ("2019-05", "2019-05", "month", date(2019, 5, 31)),
        ("May 2019", "2019-05", "month", date(2019, 5, 31)),
        ("MAI 2019", "2019-05", "month", date(2019, 5, 31)),
        ("mayo de 2019", "2019-05", "month", date(2019, 5, 31)),
        ("août 2020", "2020-08", "month", date(2020, 8, 31)),
        ("Feb. 2020", "2020-02", "month", date(2020, 2, 29)),
        ("Q1 2019", "2019-Q1", "quarter", date(2019, 3, 31)),
        ("2019-Q4", "2019-Q4", "quarter", date(2019, 12, 31)),
        ("2019-05-21", "2019-05-21", "day", date(2019, 5, 21)),
        ("2019-05-21 14:30:00", "2019-05-21", "day", date(2019, 5, 21)),
        ("20190521", "2019-05-21", "day", date(2019, 5, 21)),
        ("21.05.2019", "2019-05-21", "day", date(2019, 5, 21)),
        ("3.4.2019", "2019-04-03", "day", date(2019, 4, 3)),
        ("21. Mai 2019", "2019-05-21", "day", date(2019, 5, 21)),
        ("21 de mayo de 2019", "2019-05-21", "day", date(2019, 5, 21)),
        ("May 21st, 2019", "2019-05-21", "day", date(2019, 5, 21)),
        ("21-May-2019", "2019-05-21", "day", date(2019, 5, 21)),
        ("21/05/2019", "2019-05-21", "day", date(2019, 5, 21)),
        ("05/21/2019", "2019-05-21", "day", date(2019, 5, 21)),
        ("04/04/2019", "2019-04-04", "day", date(2019, 4, 4)),
    ],
)
def test_a_date_is_read_with_its_precision(
    text: str, stated: str, precision: str, on: date
) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.text, found.precision, found.on) == (stated, precision, on)
    lot_date = parse_lot_date(found.text)
    assert (lot_date.text, lot_date.precision, lot_date.on) == (stated, precision, on)


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "no date", "ohne"])
def test_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2019", "ambiguous_date"),
        ("3-4-2019", "ambiguous_date"),
        ("5/21/19", "short_year"),
        ("May-19", "short_year"),
        ("05/19", "short_year"),
        ("31.02.2019", "no_such_day"),
        ("2019-13", "no_such_day"),
        ("13/2019", "no_such_day"),
        ("1989", "absurd_year"),
        ("2101-01-01", "absurd_year"),
        ("0000", "absurd_year"),
        ("43606", "not_a_date"),
        ("soon", "not_a_date"),
        ("Foo 2019", "not_a_date"),
        ("21 May 21 2019", "not_a_date"),
        ("=TODAY()", "not_a_date"),
    ],
)
def test_a_date_that_cannot_be_read_is_a_named_problem(text: str, code: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_date(text)
    assert caught.value.code == code


def test_the_column_shows_the_order_of_day_and_month() -> None:
    column = ["03/04/2019", "", "21/05/2019"]
    assert date_order(column) == "dmy"
    stated = parse_date("03/04/2019", date_order(column))
    assert stated is not None
    assert stated.on == date(2019, 4, 3)


def test_a_column_that_shows_both_orders_or_none_settles_nothing() -> None:
    assert date_order(["21/05/2019", "05/21/2019"]) is None
    assert date_order(["03/04/2019", "2019"]) is None


@pytest.mark.parametrize(
    ("parts", "stated"),
    [
        (("2019", "", ""), "2019"),
        (("2019", "1", "3"), "2019-Q1"),
        (("2019", "10.0", "12"), "2019-Q4"),
        (("2019", "1", "12"), "2019"),
        (("2019", "2", "5"), "2019-05"),
        (("2019", "2", "4"), "2019-04"),
        (("2019", "5", ""), "2019-05"),
        (("2019", "", "5"), "2019-05"),
        (("2019", "May", "May"), "2019-05"),
        (("", "", ""), None),
    ],
)
def test_a_year_and_months_are_one_date(parts: tuple[str, str, str], stated: str | None) -> None:
    found = date_from_parts(*parts)
    assert (found.text if found else None) == stated


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("", "1", ""), "month_without_year"),
        (("2019", "5", "1"), "months_reversed"),
        (("2019", "13", ""), "not_a_month"),
        (("2019", "0", ""), "not_a_month"),
        (("May 2019", "", ""), "not_a_date"),
        (("20199", "", ""), "not_a_date"),
        (("1812", "", ""), "absurd_year"),
    ],
)
def test_a_year_and_months_that_cannot_be_right_are_a_named_problem(
    parts: tuple[str, str, str], code: str
) -> None:
    with pytest.raises(BadValue) as caught:
        date_from_parts(*parts)
    assert caught.value.code == code


def test_a_day_must_be_named_where_one_is_asked_for() -> None:
    assert parse_day("2019-05-21") == date(2019, 5, 21)
    assert parse_day("") is None
    with pytest.raises(BadValue):
        parse_day("2019-05")


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_in_every_clear_form(day: date) -> None:
    forms = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y", "%Y/%m/%d")
    for text in (day.strftime(form) for form in forms):
        assert parse_day(text) == day


@given(st.text(max_size=30), st.text(alphabet="0123456789-/. QqMay", max_size=14))
def test_no_text_raises_anything_but_a_bad_value(text: str, like_a_date: str) -> None:
    for candidate in (text, like_a_date):
        for parse in (parse_date, parse_month, date_from_parts):
            error = refusal_of(partial(parse, candidate))
            assert error is None or isinstance(error, BadValue)
