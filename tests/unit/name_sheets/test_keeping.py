"""A year is a year of the calendar, and a paper's own columns are lines."""

from __future__ import annotations

from datetime import date

import pytest

from depot.name_sheets.keeping import column_titles, erased_on


@pytest.mark.parametrize(
    ("held", "years", "day"),
    [
        (date(2026, 11, 28), 3, date(2029, 11, 28)),
        (date(2024, 2, 29), 3, date(2027, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_names_go_so_many_years_later_to_the_day(held: date, years: int, day: date) -> None:
    assert erased_on(held, years) == day


def test_empty_lines_are_no_columns() -> None:
    assert column_titles(" Signature \n\n  Why   they may\n") == ("Signature", "Why they may")
