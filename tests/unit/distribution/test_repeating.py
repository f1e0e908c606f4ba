"""Which days a rule has, against rules counted out day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.base.errors import Invalid
from depot.distribution.series.repeating import (
    LAST_OF_MONTH,
    NTHS,
    RepeatRule,
    Version,
    average,
    begins_at,
    check_rule,
    days_of,
    scheduled,
)

MONDAY, SUNDAY = 1, 7
FIRST, LAST = date(2026, 11, 1), date(2027, 2, 28)
THURSDAYS = RepeatRule("weekly", weekdays=(4,))


def days(rule: RepeatRule, start: date = FIRST, week_start: int = MONDAY) -> list[str]:
    return [f"{day:%m-%d}" for day in days_of(rule, start, FIRST, LAST, week_start)]


def test_each_saturday_but_the_first_of_the_month() -> None:
    rule = RepeatRule("monthly", weekdays=(6,), nths=(2, 3, 4, 5))
    assert days(rule) == (
        "11-14 11-21 11-28 12-12 12-19 12-26 01-09 01-16 01-23 01-30 02-13 02-20 02-27".split()
    )


def test_every_second_thursday_is_counted_from_the_first_week() -> None:
    rule = RepeatRule("weekly", every=2, weekdays=(4,))
    assert days(rule, date(2026, 11, 12))[:4] == ["11-12", "11-26", "12-10", "12-24"]
    assert days(rule, date(2026, 11, 10))[:2] == ["11-12", "11-26"]  # from the Tuesday before


def test_the_week_that_is_counted_begins_as_the_depots_weeks_do() -> None:
    rule = RepeatRule("weekly", every=2, weekdays=(7,))  # Sundays, from Saturday 14 November
    assert days(rule, date(2026, 11, 14), MONDAY)[0] == "11-15"
    # that Sunday begins a week that is left out
    assert days(rule, date(2026, 11, 14), SUNDAY)[0] == "11-22"


def test_a_day_that_a_month_has_not_is_its_last() -> None:
    rule = RepeatRule("monthly", month_day=31)
    assert days(rule) == ["11-30", "12-31", "01-31", "02-28"]
    assert days(RepeatRule("monthly", month_day=15, every=2)) == ["11-15", "01-15"]


def test_so_many_days_are_counted_from_the_first_and_by_hand_has_none() -> None:
    rule = RepeatRule("daily", every=50)
    assert days(rule) == ["11-01", "12-21", "02-09"]
    assert days(RepeatRule("by_hand")) == []


def test_the_fifth_is_also_the_last_and_comes_once() -> None:
    rule = RepeatRule("monthly", weekdays=(1,), nths=(5, LAST_OF_MONTH))
    assert days(rule) == ["11-30", "12-28", "01-25", "02-22"]


@settings(max_examples=60, deadline=None)
@given(
    weekdays=st.sets(st.integers(1, 7), min_size=1).map(lambda one: tuple(sorted(one))),
    nths=st.sets(st.sampled_from(NTHS), min_size=1).map(tuple),
    every=st.integers(1, 4),
    start=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    week_start=st.integers(1, 7),
)
def test_rules_say_what_counting_day_by_day_says(
    weekdays: tuple[int, ...], nths: tuple[int, ...], every: int, start: date, week_start: int
) -> None:
    last = start + timedelta(days=200)
    span = [start + timedelta(days=offset) for offset in range(201)]

    def week(day: date) -> date:
        return day - timedelta(days=(day.isoweekday() - week_start) % 7)

    weekly = [
        day
        for day in span
        if day.isoweekday() in weekdays and (week(day) - week(start)).days // 7 % every == 0
    ]
    rule = RepeatRule("weekly", every, weekdays)
    assert days_of(rule, start, start, last, week_start) == weekly
    monthly = [
        day
        for day in span
        if day.isoweekday() in weekdays
        and ((day.year - start.year) * 12 + day.month - start.month) % every == 0
        and (
            (day.day - 1) // 7 + 1 in nths
            or (LAST_OF_MONTH in nths and (day + timedelta(days=7)).month != day.month)
        )
    ]
    rule = RepeatRule("monthly", every, weekdays, nths)
    assert days_of(rule, start, start, last, week_start) == monthly


def test_the_newest_version_holds_from_its_day_on() -> None:
    old = Version(1, date(2026, 11, 1), None, THURSDAYS)
    new = Version(2, date(2026, 11, 20), date(2026, 11, 30), RepeatRule("weekly", weekdays=(2,)))
    found = scheduled([old, new], FIRST, LAST, MONDAY)
    assert [(f"{day:%m-%d}", version.id) for day, version in found.items()] == [
        ("11-05", 1),
        ("11-12", 1),
        ("11-19", 1),
        ("11-24", 2),
    ]


def test_a_version_that_ends_before_it_begins_ends_the_series() -> None:
    over = Version(2, date(2026, 11, 13), date(2026, 11, 12), THURSDAYS)
    found = scheduled([Version(1, FIRST, None, THURSDAYS), over], FIRST, LAST, MONDAY)
    assert list(found) == [date(2026, 11, 5), date(2026, 11, 12)]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (RepeatRule("weekly"), "weekdays"),
        (RepeatRule("weekly", weekdays=(8,)), "weekdays"),
        (RepeatRule("weekly", 0, (1,)), "every"),
        (RepeatRule("weekly", 53, (1,)), "every"),
        (RepeatRule("weekly", 1, (1,), (2,)), "frequency"),
        (RepeatRule("daily", 1, (1,)), "frequency"),
        (RepeatRule("by_hand", month_day=3), "frequency"),
        (RepeatRule("monthly", 1, (1,)), "nths"),
        (RepeatRule("monthly", 1, (1,), (6,)), "nths"),
        (RepeatRule("monthly", 1, (), (1,)), "weekdays"),
        (RepeatRule("monthly", month_day=32), "month_day"),
        (RepeatRule("monthly", 1, (1,), (), 5), "month_day"),
    ],
)
def test_a_rule_that_names_no_day_is_refused_at_its_field(rule: RepeatRule, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_rule(rule)
    assert caught.value.field == field


def test_ten_in_the_morning_is_ten_in_summer_and_in_winter() -> None:
    assert begins_at(date(2026, 7, 4), 600, "Europe/Berlin") == datetime(2026, 7, 4, 8, tzinfo=UTC)
    assert begins_at(date(2026, 12, 5), 600, "Europe/Berlin") == datetime(
        2026, 12, 5, 9, tzinfo=UTC
    )


def test_an_average_is_rounded_to_the_nearest_and_nothing_has_none() -> None:
    assert [average(counts) for counts in ([60, 61], [60, 60, 61], [7], [])] == [61, 60, 7, None]
