"""Whose turn it is: fair over a year, whoever passes, is away, comes or goes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from depot.duties.leaning import WasThere, leaning
from depot.duties.turns import Held, WillingPerson, in_turn, learns_from, state_of

START = date(2026, 1, 5)
AT = datetime(2026, 1, 1, tzinfo=UTC)
WEEKS = 52


def person(number: int, joined: int = 0) -> WillingPerson:
    return WillingPerson(number, f"P{number}", AT + timedelta(days=joined, seconds=number))


def play(
    people: int,
    no: dict[int, set[int]] | None = None,
    comes: dict[int, int] | None = None,
    goes: dict[int, int] | None = None,
) -> list[int | None]:
    """Play a year of weekly terms; return who held each. `no` are the weeks in which one can't."""
    held: dict[int, Held] = {}
    done: list[int | None] = []
    for week in range(WEEKS):
        willing = [
            person(number, (comes or {}).get(number, 0) * 7)
            for number in range(people)
            if (comes or {}).get(number, 0) <= week < (goes or {}).get(number, WEEKS)
        ]
        said_no = {number for number, weeks in (no or {}).items() if week in weeks}
        order = in_turn(willing, held, said_no)
        if not order:
            done.append(None)
            continue
        first = order[0].person_id
        before = held.get(first)
        on = START + timedelta(weeks=week)
        held[first] = Held(before.turns + 1 if before else 1, on)
        done.append(first)
    return done


@given(people=st.integers(1, 12))
def test_of_equally_available_people_nobody_is_more_than_one_turn_ahead(people: int) -> None:
    done = play(people)
    for until in range(1, WEEKS + 1):
        turns = Counter(done[:until])
        counts = [turns[number] for number in range(people)]
        assert max(counts) - min(counts) <= 1


@given(
    people=st.integers(2, 8),
    data=st.data(),
)
def test_a_no_and_being_away_put_nobody_else_ahead(people: int, data: st.DataObject) -> None:
    """Those who never said no stay within a turn of one another, whatever the others do."""
    some = st.sets(st.integers(0, WEEKS - 1), max_size=20)
    wayward = data.draw(st.sets(st.integers(0, people - 1), max_size=people - 1))
    no = {number: data.draw(some) for number in wayward}
    done = Counter(play(people, no))
    steady = [done[number] for number in range(people) if number not in wayward]
    assert max(steady) - min(steady) <= 1
    # nor does a no bring more turns later: nobody is ahead of the steady by more than one
    for number in wayward:
        assert done[number] <= max(steady) + 1


@given(people=st.integers(2, 8), data=st.data())
def test_those_who_come_and_go_are_fair_while_they_are_there(
    people: int, data: st.DataObject
) -> None:
    comes = {number: data.draw(st.integers(0, 40)) for number in range(1, people)}
    goes = {number: data.draw(st.integers(41, WEEKS)) for number in range(1, people)}
    done = play(people, comes=comes, goes=goes)
    there = range(max(comes.values()) + people, min(goes.values()))
    turns = Counter(done[week] for week in there)
    counts = [turns[number] for number in range(people)]
    assert max(counts) - min(counts) <= 1
    assert None not in done


def test_a_no_is_a_turn_again_next_time() -> None:
    held = {0: Held(1, START), 1: Held(1, START + timedelta(weeks=1))}
    willing = [person(0), person(1), person(2)]
    assert [one.person_id for one in in_turn(willing, held)] == [2, 0, 1]
    assert [one.person_id for one in in_turn(willing, held, but=[2])] == [0, 1]
    assert in_turn(willing, held)[0].person_id == 2


def test_a_term_that_ends_asks_and_no_more() -> None:
    today = date(2026, 3, 1)
    assert state_of([1], [], today + timedelta(days=28), today) == "held"
    assert state_of([1], [], today + timedelta(days=27), today) == "ends_soon"
    assert state_of([1], [2], today, today) == "held"
    assert state_of([], [2], today, today) == "open"
    assert learns_from(date(2026, 3, 15)) == today


def test_what_one_person_alone_did_each_time_is_listed() -> None:
    def there(routine: int, activity: int, who: int, *, duty: bool = False) -> WasThere:
        return WasThere(routine, f"R{routine}", activity, who, f"P{who}", duty)

    seen = [
        *(there(1, number, 7) for number in (1, 2, 3)),
        *(there(2, number, 7) for number in (4, 5)),  # too seldom
        *(there(3, number, 7) for number in (6, 7, 8)),
        there(3, 8, 9),  # not alone
        there(4, 9, 5, duty=True),
    ]
    assert [(one.name, one.person, one.times) for one in leaning(seen)] == [
        ("R4", "P5", 1),
        ("R1", "P7", 3),
    ]
    assert leaning([]) == []
