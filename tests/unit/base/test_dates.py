"""Dates on packages: how precise they may be, by what they are about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from depot.base.dates import give_out_until, month_end, parse_lot_date
from depot.base.errors import Invalid


@pytest.mark.parametrize(
    ("text", "precision", "on"),
    [
        ("2027-05-21", "day", date(2027, 5, 21)),
        ("2027-05", "month", date(2027, 5, 31)),
        ("2027-Q2", "quarter", date(2027, 6, 30)),
        ("2027", "year", date(2027, 12, 31)),
    ],
)
def test_a_best_before_date_covers_all_that_it_names(text: str, precision: str, on: date) -> None:
    found = parse_lot_date(text)
    assert (found.kind, found.text, found.precision, found.on) == (
        "best_before",
        text,
        precision,
        on,
    )


@pytest.mark.parametrize("text", ["2027-05", "2027-Q2", "2027q2", "2027"])
def test_a_use_by_date_needs_its_day(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_lot_date(text, "use_by")
    assert refused.value.field == "date"


def test_a_use_by_date_with_its_day_is_taken() -> None:
    assert parse_lot_date("2027-05-21", "use_by").on == date(2027, 5, 21)


@pytest.mark.parametrize(
    ("text", "kind", "field", "problem"),
    [
        ("21.5.2027", None, "date", "Write the date as 2027-05-21, 2027-05 or 2027."),
        ("1989", None, "date", "That year cannot be right."),
        ("2101", None, "date", "That year cannot be right."),
        ("2027-02-29", None, "date", "That day is not in the calendar."),
        ("2027-13", None, "date", "That day is not in the calendar."),
        ("2027-00", None, "date", "That day is not in the calendar."),
        ("2027-05", "none", "date_kind", "There is a date, so say which kind it is."),
        ("2027", "use_by", "date", "A use-by date needs its day."),
    ],
)
def test_a_date_that_cannot_be_is_refused_at_its_field_and_says_why(
    text: str, kind: Any, field: str, problem: str
) -> None:
    with pytest.raises(Invalid) as refused:
        parse_lot_date(text, kind)
    assert (refused.value.field, refused.value.params["problem"]) == (field, problem)


@pytest.mark.parametrize("year", ["1990", "2100"])
def test_the_first_and_the_last_year_are_taken(year: str) -> None:
    assert parse_lot_date(year).text == year


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_date_is_none(nothing: str | None) -> None:
    found = parse_lot_date(nothing, "use_by")
    assert (found.kind, found.text, found.precision, found.on) == ("none", "", "", None)


def test_a_use_by_date_is_never_extended_and_a_best_before_date_may_be() -> None:
    """It is about safety: what must be eaten by Friday is not given out on Saturday."""
    friday = date(2026, 11, 27)
    assert give_out_until("use_by", friday, "month1") == friday
    assert give_out_until("best_before", friday, "month1") == date(2026, 12, 27)
    assert give_out_until("best_before", friday, "day0") == friday
    assert give_out_until("none", None, "day30") is None


def test_a_month_ends_on_its_last_day() -> None:
    assert [month_end(2028, month).day for month in (1, 2, 4, 12)] == [31, 29, 30, 31]
    for month in (0, 13):
        with pytest.raises(ValueError, match=f"no month {month}"):
            month_end(2028, month)
