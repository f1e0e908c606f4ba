"""Dates on packages: how precise they may be, by what they are about."""

from __future__ import annotations

from datetime import date

import pytest

from depot.base.dates import parse_lot_date
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
