from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.errors import Invalid
from depot.base.periods import (
    KINDS,
    Week,
    day_begins,
    last_complete_period,
    last_complete_week,
    parse_period,
    parse_week,
    period_of,
    week_of,
)

MONDAY, THURSDAY, SATURDAY, SUNDAY = 1, 4, 6, 7
DAYS = st.dates(date(2000, 1, 10), date(2100, 12, 20))
STARTS = st.integers(1, 7)


@given(DAYS)
def test_weeks_from_monday_are_those_of_iso_8601(day: date) -> None:
    year, number, weekday = day.isocalendar()
    week = week_of(day, MONDAY)
    assert week.name == f"{year}-W{number:02}"
    assert week.number == number
    assert week.first == day - timedelta(days=weekday - 1)


@given(DAYS, STARTS)
def test_every_day_is_in_one_week_of_seven_that_reads_back(day: date, start: int) -> None:
    week = week_of(day, start)
    assert week.first <= day <= week.last
    assert week.first.isoweekday() == start
    assert week.last - week.first == timedelta(days=6)
    assert parse_week(week.name, start) == week
    assert {week_of(week.first + timedelta(days=n), start) for n in range(7)} == {week}


@given(DAYS, STARTS)
def test_weeks_follow_each_other_without_gap_and_no_name_comes_twice(day: date, start: int) -> None:
    weeks = [week_of(day, start).moved(n) for n in range(54)]
    for before, after in pairwise(weeks):
        assert after.first == before.last + timedelta(days=1)
        assert after.moved(-1) == before
    names = [week.name for week in weeks]
    assert names == sorted(set(names))


@given(DAYS, STARTS)
def test_a_week_shares_most_of_its_days_with_the_iso_week_it_is_named_after(
    day: date, start: int
) -> None:
    week = week_of(day, start)
    named_after = parse_week(week.name, MONDAY)
    days = {week.first + timedelta(days=n) for n in range(7)}
    assert sum(named_after.first <= one <= named_after.last for one in days) >= 4


@pytest.mark.parametrize(
    ("start", "name", "first", "last"),
    [
        (MONDAY, "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (SUNDAY, "2026-W47", date(2026, 11, 15), date(2026, 11, 21)),
        (SATURDAY, "2026-W47", date(2026, 11, 14), date(2026, 11, 20)),
        (MONDAY, "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (SUNDAY, "2026-W53", date(2026, 12, 27), date(2027, 1, 2)),
        # Thursday to Wednesday: the middle day is Sunday, 3 January 2027, still ISO week 53
        (THURSDAY, "2026-W53", date(2026, 12, 31), date(2027, 1, 6)),
        (MONDAY, "2027-W01", date(2027, 1, 4), date(2027, 1, 10)),
        (SUNDAY, "2025-W01", date(2024, 12, 29), date(2025, 1, 4)),
        (MONDAY, "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
    ],
)
def test_named_weeks_at_year_ends(start: int, name: str, first: date, last: date) -> None:
    assert parse_week(name, start) == Week(name, first, last)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2025-W53", "no such week"),
        ("2026-W00", "no such week"),
        ("2026-W54", "no such week"),
        ("1999-W10", "year cannot be right"),
        ("2101-W10", "year cannot be right"),
        ("", "2026-W47"),
        ("47", "2026-W47"),
        ("2026-47", "2026-W47"),
        ("2026-W4", "2026-W47"),
        ("2026-W47; DROP", "2026-W47"),
        ("٢٠٢٦-W٤٧", "2026-W47"),
    ],
)
def test_a_week_that_is_none_is_named_as_wrong(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        parse_week(text, MONDAY)
    assert refused.value.field == "week"


def test_a_week_may_be_typed_forgivingly() -> None:
    assert parse_week(" 2026w47 ", MONDAY).name == "2026-W47"


def test_the_last_complete_week_is_over_today() -> None:
    assert last_complete_week(date(2026, 11, 22), MONDAY).name == "2026-W46"
    assert last_complete_week(date(2026, 11, 23), MONDAY).name == "2026-W47"
    assert last_complete_week(date(2026, 11, 22), SUNDAY).name == "2026-W47"


def test_a_day_begins_at_the_depots_midnight_whatever_the_clocks_do() -> None:
    assert day_begins(date(2026, 11, 16), "Europe/London") == datetime(2026, 11, 16, tzinfo=UTC)
    assert day_begins(date(2026, 7, 1), "Europe/London") == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert day_begins(date(2026, 11, 16), "Pacific/Auckland") == datetime(
        2026, 11, 15, 11, tzinfo=UTC
    )
    # Beirut's clocks go from 0:00 to 1:00 in spring: the day begins when they do.
    assert day_begins(date(2026, 3, 29), "Asia/Beirut") == datetime(2026, 3, 28, 22, tzinfo=UTC)


@given(DAYS, STARTS, st.sampled_from(KINDS))
def test_every_kind_of_period_reads_back_and_follows_without_a_gap(
    day: date, start: int, kind: str
) -> None:
    period = period_of(kind, day, start)
    assert period.first <= day <= period.last
    assert period.days == (period.last - period.first).days + 1
    assert parse_period(period.name, start) == period
    after = period.moved(1)
    assert after.first == period.last + timedelta(days=1)
    assert after.moved(-1) == period
    assert last_complete_period(kind, after.first, start) == period


@pytest.mark.parametrize(
    ("name", "kind", "first", "last"),
    [
        ("2026-02", "month", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-02", "month", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-Q4", "quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026q1", "quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-W53", "week", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-07-01--2027-06-30", "range", date(2026, 7, 1), date(2027, 6, 30)),
        ("2026-07-01..2026-07-01", "range", date(2026, 7, 1), date(2026, 7, 1)),
        (" 2026-07-01/2026-07-02 ", "range", date(2026, 7, 1), date(2026, 7, 2)),
    ],
)
def test_named_periods(name: str, kind: str, first: date, last: date) -> None:
    period = parse_period(name, MONDAY)
    assert (period.kind, period.first, period.last) == (kind, first, last)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-13", "no such days"),
        ("2026-00", "no such days"),
        ("2026-Q5", "Write the period"),
        ("2025-W53", "no such week"),
        ("1999", "year cannot be right"),
        ("2101-Q1", "year cannot be right"),
        ("2026-02-30--2026-03-01", "no such days"),
        ("2026-03-02--2026-03-01", "comes before the first"),
        ("2001-01-01--2031-01-01", "more than ten years"),
        ("1999-12-31--2000-01-01", "year cannot be right"),
        ("26", "Write the period"),
        ("", "Write the period"),
        ("2026-11-01", "Write the period"),
        ("٢٠٢٦", "Write the period"),
    ],
)
def test_a_period_that_is_none_is_named_as_wrong(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        parse_period(text, MONDAY)
