"""Until when somebody who joined today helps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from depot.joining.tonight import end_of_tonight

BERLIN = "Europe/Berlin"


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


def test_who_comes_in_the_morning_helps_until_four_the_next() -> None:
    assert end_of_tonight(berlin(21, 9), BERLIN) == berlin(22, 4)


def test_a_night_shift_is_not_cut_at_midnight() -> None:
    assert end_of_tonight(berlin(21, 23), BERLIN) == berlin(22, 4)
    assert end_of_tonight(berlin(22, 0, 30), BERLIN) == berlin(22, 4)


def test_who_comes_shortly_before_the_end_is_not_sent_away_again() -> None:
    assert end_of_tonight(berlin(22, 2), BERLIN) == berlin(23, 4)


@given(
    st.integers(1_700_000_000, 1_900_000_000),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
)
def test_it_is_four_there_and_neither_soon_nor_far(seconds: int, zone: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    end = end_of_tonight(now, zone)
    assert timedelta(hours=3) <= end - now <= timedelta(hours=28)
    assert end.astimezone(ZoneInfo(zone)).hour == 4
