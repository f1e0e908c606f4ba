"""What is booked of a count sheet: whose number, against which book, in which entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from depot.base.errors import CountersDisagree
from depot.base.kinds import DateKind
from depot.counts.sheets import (
    FIRST,
    NEITHER,
    SECOND,
    Change,
    Chosen,
    PastBook,
    SheetLine,
    Tally,
    at_end,
    choose_tallies,
    end_of,
    sittings,
)

TEN = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


def tally(quantity: int, at: int = 0, counter: int = FIRST, date: str = "") -> Tally:
    kind: DateKind = "best_before" if date else "none"
    return Tally(at, counter, quantity, kind, date, after(at))


def line(number: int, *tallies: Tally, place: int = 1, lot: int | None = 5) -> SheetLine:
    by_counter = {one.counter: one for one in tallies}
    return SheetLine(number, number, place, "", 9, "Rice", "piece", lot, "", "none", "", by_counter)


def numbers(parts: list[list[Chosen]]) -> list[list[int]]:
    return [[one.line.number for one in part] for part in parts]


def test_blank_is_not_counted_and_zero_is() -> None:
    chosen = choose_tallies([line(1), line(2, tally(0))], {})
    assert [(one.line.number, one.tally.quantity) for one in chosen] == [(2, 0)]


def test_whoever_counted_alone_is_believed_and_so_are_two_who_agree() -> None:
    only_second = line(1, tally(4, counter=SECOND))
    both = line(2, tally(7, at=1), tally(7, at=9, counter=SECOND))
    chosen = choose_tallies([only_second, both], {})
    assert [(one.tally.counter, one.tally.quantity) for one in chosen] == [(SECOND, 4), (FIRST, 7)]


def test_counters_who_differ_need_a_decision() -> None:
    lines = [line(1, tally(7), tally(8, counter=SECOND)), line(2, tally(1))]
    with pytest.raises(CountersDisagree) as error:
        choose_tallies(lines, {})
    assert error.value.params == {"count": 1}
    assert [one.tally.quantity for one in choose_tallies(lines, {1: SECOND})] == [8, 1]
    assert [one.tally.quantity for one in choose_tallies(lines, {1: NEITHER})] == [1]


def test_another_date_is_a_difference_too() -> None:
    lines = [line(1, tally(7, date="2027-05"), tally(7, counter=SECOND))]
    with pytest.raises(CountersDisagree):
        choose_tallies(lines, {})


def test_the_book_of_a_moment_leaves_out_what_came_later() -> None:
    book = PastBook({(1, 5): 3}, [Change((1, 5), -5, after(10)), Change((1, 6), 2, after(10))])
    assert [book.held((1, 5), after(minute)) for minute in (9, 10, 11)] == [8, 3, 3]
    assert book.expected(line(1), after(0)) == 8
    assert book.expected(line(1, lot=None), after(0)) == 0


def test_a_sitting_is_a_place_and_ends_with_a_pause() -> None:
    lines = [
        line(1, tally(1, at=0)),
        line(2, tally(1, at=20)),
        line(3, tally(1, at=45)),
        line(4, tally(1, at=76)),
        line(5, tally(1, at=1), place=2),
    ]
    parts = sittings(choose_tallies(lines, {}))
    assert numbers(parts) == [[5], [1, 2, 3], [4]]
    assert [end_of(part) for part in parts] == [after(1), after(45), after(76)]


def test_a_place_with_a_date_put_right_is_one_sitting() -> None:
    lines = [line(1, tally(1, at=0)), line(2, tally(1, at=90, date="2027-05"))]
    assert numbers(sittings(choose_tallies(lines, {}))) == [[1, 2]]


@pytest.mark.parametrize(("taken", "there"), [(5, 2), (9, 0)])
def test_what_was_moved_within_a_sitting_is_counted_with_it(taken: int, there: int) -> None:
    book = PastBook({(1, 5): 3}, [Change((1, 5), -taken, after(10))])
    one = Chosen(line(1), tally(7, at=5))
    assert at_end(one, after(20), book) == there
    assert at_end(one, after(9), book) == 7
