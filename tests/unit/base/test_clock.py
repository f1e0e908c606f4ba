"""Instants to the millisecond, and the day they fall on where the depot is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from depot.base.clock import from_milliseconds, local_day, to_milliseconds, utc_now


def test_now_is_aware_in_utc_and_to_the_millisecond() -> None:
    for _ in range(20):
        before, now, after = datetime.now(UTC), utc_now(), datetime.now(UTC)
        assert now.tzinfo is UTC
        assert now.microsecond % 1000 == 0
        assert before - timedelta(milliseconds=1) < now <= after


def test_milliseconds_count_from_1970_and_back() -> None:
    moment = datetime(2026, 11, 21, 9, 0, 0, 123_000, tzinfo=UTC)
    assert to_milliseconds(moment) == 1_795_251_600_123
    assert from_milliseconds(1_795_251_600_123) == moment
    east = moment.astimezone(timezone(timedelta(hours=5)))
    assert to_milliseconds(east) == 1_795_251_600_123


def test_a_time_without_its_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="a naive datetime is no instant"):
        to_milliseconds(datetime(2026, 11, 21, 9, 0))  # noqa: DTZ001


def test_a_day_is_that_of_the_wall_clock() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert local_day(late, "Europe/Berlin") == date(2026, 11, 22)
    assert local_day(late, "America/New_York") == date(2026, 11, 21)
