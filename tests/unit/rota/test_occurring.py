"""Which days a routine has before anybody touches them, and when each begins and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from depot.distribution.series.repeating import RepeatRule
from depot.rota.occurring import (
    Occurrence,
    RoutineState,
    current,
    ends_at,
    is_over,
    occurrence,
    occurrences,
)

NEW_YORK = "America/New_York"
MONDAY = 1
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
TUESDAYS = RepeatRule("weekly", weekdays=(2,))
DOOR = RoutineState(
    id=1,
    from_on=FIRST,
    ends_on=None,
    rule=TUESDAYS,
    routine_id=1,
    kind="shift",
    name="Door",
    begins_minute=10 * 60,
    minutes=180,
)


def found(
    *versions: RoutineState, touched: frozenset[tuple[int, date]] = frozenset(), last: date = LAST
) -> list[Occurrence]:
    return occurrences({1: versions}, touched, FIRST, last, NEW_YORK, MONDAY)


def days(*versions: RoutineState) -> list[str]:
    return [f"{one.on:%m-%d}" for one in found(*versions)]


def wall(instant: datetime | None) -> str:
    assert instant is not None
    return f"{instant.astimezone(ZoneInfo(NEW_YORK)):%m-%d %H:%M}"


def test_days_by_each_kind_of_rule() -> None:
    assert days(DOOR) == ["11-03", "11-10", "11-17", "11-24"]
    assert days(replace(DOOR, rule=RepeatRule("by_hand"))) == []
    every_nine = replace(DOOR, rule=RepeatRule("daily", every=9))
    assert days(every_nine) == ["11-01", "11-10", "11-19", "11-28"]
    second = RepeatRule("weekly", every=2, weekdays=(1, 6))
    assert days(replace(DOOR, rule=second, from_on=date(2026, 11, 2))) == (
        "11-02 11-07 11-16 11-21 11-30".split()
    )
    last_friday = RepeatRule("monthly", weekdays=(5,), nths=(-1,))
    assert days(replace(DOOR, rule=last_friday)) == ["11-27"]
    third_sunday = RepeatRule("monthly", weekdays=(7,), nths=(3,))
    assert days(replace(DOOR, rule=third_sunday)) == ["11-15"]


def test_a_day_that_somebody_touched_is_left_to_its_row() -> None:
    touched = frozenset({(1, date(2026, 11, 10)), (2, date(2026, 11, 17))})
    assert [f"{one.on:%d}" for one in found(DOOR, touched=touched)] == ["03", "17", "24"]


def test_an_edited_routine_keeps_the_days_before_and_has_others_after() -> None:
    later = replace(DOOR, id=2, from_on=date(2026, 11, 11), name="Side door", begins_minute=540)
    both = found(DOOR, later)
    assert [one.state.name for one in both] == ["Door", "Door", "Side door", "Side door"]
    assert wall(both[-1].times.starts_at) == "11-24 09:00"
    assert current([later, DOOR]) == later


def test_a_routine_that_ended_has_no_days_after_its_last() -> None:
    over = replace(DOOR, ends_on=date(2026, 11, 10))
    assert days(over) == ["11-03", "11-10"]
    assert is_over([over], date(2026, 11, 11))
    assert not is_over([over], date(2026, 11, 10))


def test_times_stand_on_the_wall_clock_on_both_sides_of_a_change_of_clocks() -> None:
    saturdays = replace(DOOR, from_on=date(2026, 10, 1), rule=RepeatRule("weekly", weekdays=(6,)))
    before = occurrence([saturdays], date(2026, 10, 31), NEW_YORK, MONDAY)
    after = occurrence([saturdays], date(2026, 11, 7), NEW_YORK, MONDAY)
    assert before is not None
    assert after is not None
    assert wall(before.times.starts_at) == "10-31 10:00"
    assert wall(after.times.ends_at) == ("11-07 13:00")
    assert (before.times.starts_at, after.times.starts_at) == (
        datetime(2026, 10, 31, 14, tzinfo=UTC),
        datetime(2026, 11, 7, 15, tzinfo=UTC),
    )


def test_a_night_shift_ends_when_the_wall_clock_says_so() -> None:
    night = replace(DOOR, rule=RepeatRule("daily"), begins_minute=22 * 60, minutes=8 * 60)
    longer = replace(night, from_on=date(2026, 10, 31))
    one = occurrence([longer], date(2026, 10, 31), NEW_YORK, MONDAY)
    assert one is not None
    assert one.times.starts_at is not None
    assert one.times.ends_at is not None
    assert wall(one.times.ends_at) == "11-01 06:00"
    assert one.times.ends_at - one.times.starts_at == timedelta(hours=9)
    # at 02:30 there is no clock; half an hour before the end by the wall it lasts what it says
    swallowed = ends_at(date(2026, 3, 8), 150, 45, NEW_YORK)
    assert wall(swallowed) == "03-08 04:15"


def test_a_task_is_due_on_its_day_and_a_duty_lasts_up_to_the_next() -> None:
    no_time = replace(DOOR, begins_minute=None, minutes=None)
    (task, *_) = found(replace(no_time, kind="task"))
    assert (task.times.due_on, task.times.starts_at) == (date(2026, 11, 3), None)
    (duty, *_) = found(replace(no_time, kind="duty"))
    assert (duty.times.starts_on, duty.times.ends_on) == (date(2026, 11, 3), date(2026, 11, 9))
    (short, *_) = found(replace(no_time, kind="duty", days=3))
    assert short.times.ends_on == date(2026, 11, 5)


def test_what_begins_first_stands_first() -> None:
    early = replace(DOOR, id=2, routine_id=2, name="Open up", begins_minute=480)
    both = occurrences({1: [DOOR], 2: [early]}, (), FIRST, date(2026, 11, 3), NEW_YORK, MONDAY)
    assert [one.state.name for one in both] == ["Open up", "Door"]


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from((NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe", "UTC")),
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    begins=st.integers(0, 1439),
    minutes=st.integers(1, 1440),
)
def test_every_shift_ends_after_it_began(zone: str, day: date, begins: int, minutes: int) -> None:
    state = replace(
        DOOR, from_on=day, rule=RepeatRule("daily"), begins_minute=begins, minutes=minutes
    )
    one = occurrence([state], day, zone, MONDAY)
    assert one is not None
    assert one.times.starts_at is not None
    assert one.times.ends_at is not None
    lasted = one.times.ends_at - one.times.starts_at
    assert timedelta(0) < lasted
    assert abs(lasted - timedelta(minutes=minutes)) <= timedelta(hours=1)
