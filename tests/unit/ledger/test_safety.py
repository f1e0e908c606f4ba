"""The one rule of what may go out, against a table written by hand and a slow oracle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.dates import ShelfLife, shelf_life
from depot.base.kinds import DateKind
from depot.ledger.choice.safety import may_go_out

DAY = date(2027, 5, 21)

TABLE = [
    # kind, date, policy, held, answer, reason
    ("none", None, "day0", False, "yes", ""),
    ("none", None, "never0", False, "noted", "undated"),
    ("none", None, "day0", True, "no", "held"),
    ("use_by", date(2027, 5, 21), "year3", False, "yes", ""),
    ("use_by", date(2027, 5, 20), "year3", False, "no", "past_use_by"),
    ("use_by", date(2027, 5, 20), "year3", True, "no", "held"),
    ("best_before", date(2027, 5, 21), "day0", False, "yes", ""),
    ("best_before", date(2027, 5, 20), "day0", False, "asked", "past_day"),
    ("best_before", date(2027, 5, 20), "day1", False, "noted", "past_best_before"),
    ("best_before", date(2027, 5, 19), "day1", False, "asked", "past_day"),
    ("best_before", date(2027, 4, 21), "month1", False, "noted", "past_best_before"),
    ("best_before", date(2027, 4, 20), "month1", False, "asked", "past_day"),
    ("best_before", date(2024, 5, 21), "year3", False, "noted", "past_best_before"),
    ("best_before", date(2024, 5, 20), "year3", False, "asked", "past_day"),
    ("best_before", date(2027, 5, 20), "never0", False, "no", "past_use_by"),
    ("best_before", date(2027, 5, 21), "never0", False, "yes", ""),
    ("best_before", date(2030, 1, 1), "day0", True, "no", "held"),
]


@pytest.mark.parametrize(("kind", "on", "policy", "is_held", "answer", "reason"), TABLE)
def test_the_rule(
    kind: DateKind, on: date | None, policy: str, is_held: bool, answer: str, reason: str
) -> None:
    verdict = may_go_out(kind, on, DAY, policy, is_held=is_held)
    assert (verdict.answer, verdict.reason) == (answer, reason)
    assert verdict.is_free == (answer in {"yes", "noted"})


@given(
    st.sampled_from(["use_by", "best_before"]),
    st.integers(-1500, 1500),
    st.sampled_from(["day", "month", "year", "never"]),
    st.integers(0, 40),
)
def test_a_day_is_over_after_as_many_days_as_one_can_count(
    kind: DateKind, away: int, unit: str, amount: int
) -> None:
    on = DAY + timedelta(days=away)
    amount = {"year": amount % 5, "never": 0}.get(unit, amount)
    verdict = may_go_out(kind, on, DAY, f"{unit}{amount}", is_held=False)
    if kind == "use_by" or unit == "never":
        assert verdict.answer == ("no" if DAY > on else "yes")
        return
    assert verdict.until is not None
    assert verdict.answer != "no"
    assert verdict.is_free == (DAY <= _counted(on, unit, amount))


def _counted(on: date, unit: str, amount: int) -> date:
    """Walk day by day: so many days, or until so many months have begun to the same day."""
    if unit == "day":
        return on + timedelta(days=amount)
    months = amount * 12 if unit == "year" else amount
    day = on
    while (day.year - on.year) * 12 + day.month - on.month < months:
        day += timedelta(days=1)
    while day.day < on.day and (day + timedelta(days=1)).month == day.month:
        day += timedelta(days=1)
    return day


def test_a_year_is_a_year_and_the_end_of_a_month_an_end() -> None:
    assert ShelfLife(1, "year").from_day(date(2027, 3, 1)) == date(2028, 3, 1)
    assert ShelfLife(1, "year").from_day(date(2028, 2, 29)) == date(2029, 2, 28)
    assert ShelfLife(1, "month").from_day(date(2027, 1, 31)) == date(2027, 2, 28)
    assert ShelfLife(13, "month").from_day(date(2027, 12, 31)) == date(2029, 1, 31)


@given(st.sampled_from(["day", "month", "year", "never"]), st.integers(0, 9999))
def test_what_is_kept_is_read(unit: str, amount: int) -> None:
    life = shelf_life(f"{unit}{amount}")
    assert life.text == f"{unit}{amount}"


@pytest.mark.parametrize("text", ["", "P30D", "day", "day-1", "week1", "day00001", "day1 "])
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no unit"):
        shelf_life(text)


def test_ten_years_are_the_most() -> None:
    assert ShelfLife(10, "year").is_likely
    assert not ShelfLife(11, "year").is_likely
    assert not ShelfLife(-1, "day").is_likely
    assert not ShelfLife(1, "never").is_likely
