"""Hours as sums: what counts, and what nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from depot.joining.hours import HoursSum, end_of, sum_hours
from depot.joining.stays import Mark, Stay, Turn, make_stays

TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
NIGHT = TEN + 17 * HOUR
SHIFT = Turn(1, TEN, TEN + 3 * HOUR)
NEXT = Turn(2, TEN + 3 * HOUR, TEN + 5 * HOUR)


def test_who_did_not_say_that_they_left_left_with_their_shift() -> None:
    silent = Stay(TEN - HOUR / 4, None, NIGHT)
    assert end_of(silent, [SHIFT]) == SHIFT.ends_at
    assert end_of(silent, [NEXT, SHIFT]) == NEXT.ends_at  # one after the other
    assert end_of(silent, []) is None
    assert end_of(silent, [Turn(3, TEN + 9 * HOUR, TEN + 10 * HOUR)]) is None
    assert end_of(Stay(TEN, TEN + HOUR, NIGHT), [SHIFT]) == TEN + HOUR
    assert end_of(silent, [Turn(4, TEN, TEN + 30 * HOUR)]) == NIGHT


def test_a_stay_counts_where_it_began_and_people_once() -> None:
    marks = [Mark(TEN, "come"), Mark(TEN + 90 * HOUR / 60, "leave")]
    again = [Mark(TEN + 5 * HOUR, "come"), Mark(TEN + 6 * HOUR, "leave")]
    stays = {
        1: make_stays(marks + again, "UTC"),
        2: make_stays([Mark(TEN, "come")], "UTC"),
        3: make_stays([Mark(TEN - 24 * HOUR, "come")], "UTC"),
    }
    told = sum_hours(stays, {3: [SHIFT]}, TEN, TEN + 24 * HOUR)
    assert told == HoursSum(times=3, people=2, minutes=150, open_times=1)
    assert sum_hours({}, {}, TEN, NIGHT) == HoursSum()
