"""From when until when somebody was here, whatever order it was said in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from depot.joining.stays import Attended, Mark, Stay, Turn, attend, make_stays

ZONE = "Europe/Berlin"
#: A Saturday, ten o'clock in Berlin.
TEN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def come(hours: float) -> Mark:
    return Mark(TEN + hours * HOUR, "come")


def leave(hours: float) -> Mark:
    return Mark(TEN + hours * HOUR, "leave")


def spans(*marks: Mark) -> list[tuple[float, float | None]]:
    """Return the stays in hours after ten."""
    return [
        ((one.came_at - TEN) / HOUR, None if one.left_at is None else (one.left_at - TEN) / HOUR)
        for one in make_stays(marks, ZONE)
    ]


def test_coming_and_leaving_is_a_stay() -> None:
    assert spans(come(0), leave(3)) == [(0, 3)]
    assert spans(come(0), leave(1), come(2)) == [(0, 1), (2, None)]


def test_a_leave_that_arrives_first_is_in_its_place() -> None:
    assert spans(leave(3), come(0)) == [(0, 3)]


def test_twice_is_once() -> None:
    assert spans(come(0), come(0), come(1), leave(3), leave(4)) == [(0, 3)]


def test_leaving_alone_is_no_stay() -> None:
    assert spans(leave(3)) == []


def test_who_says_nothing_has_left_by_night() -> None:
    (stay,) = make_stays([come(0)], ZONE)
    assert stay.is_on(TEN + 17 * HOUR)
    assert not stay.is_on(TEN + 18 * HOUR)
    assert spans(come(0), leave(24)) == [(0, None)], "the next day's word says nothing of it"
    assert spans(come(0), come(24)) == [(0, None), (24, None)]


_MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(0, 72).map(lambda quarters: TEN + quarters * HOUR / 4),
        st.sampled_from(["come", "leave"]),
    ),
    max_size=8,
)


@given(_MARKS, st.randoms(use_true_random=False))
def test_no_order_and_no_repeat_changes_who_was_here(marks: list[Mark], chance: object) -> None:
    late = [*marks, *marks[:3]]
    chance.shuffle(late)  # type: ignore[attr-defined]  # a Random
    assert make_stays(late, ZONE) == make_stays(marks, ZONE)


@given(_MARKS)
def test_stays_do_not_overlap(marks: list[Mark]) -> None:
    found = make_stays(marks, ZONE)
    for one, following in pairwise(found):
        assert one.came_at <= (one.left_at or one.night_at) <= following.came_at


MORNING = Turn(1, TEN, TEN + 2 * HOUR)
NOON = Turn(2, TEN + 2 * HOUR, TEN + 4 * HOUR)
EVENING = Turn(3, TEN + 8 * HOUR, TEN + 10 * HOUR)


def attended(*marks: Mark) -> dict[int, Attended]:
    return attend([EVENING, NOON, MORNING], make_stays(marks, ZONE))


def test_a_stay_is_for_the_shifts_it_reaches_into() -> None:
    told = attended(come(-0.5), leave(3))
    early, out = TEN - HOUR / 2, TEN + 3 * HOUR
    assert told == {1: Attended(early, out), 2: Attended(early, out), 3: Attended()}


def test_who_is_still_here_is_on_what_follows_without_a_break() -> None:
    told = attended(come(0))
    assert told == {1: Attended(TEN), 2: Attended(TEN), 3: Attended()}


def test_who_comes_twice_left_last() -> None:
    told = attended(come(0), leave(0.5), come(1), leave(1.5))
    assert told[1] == Attended(TEN, TEN + 1.5 * HOUR)
    assert attended(come(0), leave(0.5), come(1))[1] == Attended(TEN, None)


def test_who_left_before_it_began_was_not_there() -> None:
    assert attended(come(-3), leave(-2.5))[1] == Attended()
    assert Stay(TEN, None, TEN + HOUR).is_on(TEN)
