"""What is read of a thermometer: written, judged, due, missing; without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from depot.base.units import fahrenheit_of, tenths_of_fahrenheit
from depot.safety.temperatures import (
    EVERY_HOURS,
    LEAST_TENTHS,
    MOST_TENTHS,
    Gap,
    Limits,
    exact_tenths,
    find_gaps,
    is_missing,
    is_unlikely,
    read_degrees,
    start_limits,
)
from depot.words.reader import Reader
from depot.words.temperatures import temperature, temperature_limits

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def typed(text: str, *, is_below: bool = False, in_fahrenheit: bool = False) -> int | None:
    found = read_degrees(text)
    assert found is not None, text
    return found.tenths(is_below=is_below, in_fahrenheit=in_fahrenheit)


@pytest.mark.parametrize(
    ("text", "tenths"),
    [
        ("4", 40),
        ("4.5", 45),
        ("4,5", 45),
        (" 4.50 ", 45),
        ("-18", -180),
        ("−18", -180),
        ("–18,5", -185),
        ("+3", 30),
        ("4 °C", 40),
        ("41F", 50),
        ("0 °F", -178),
        ("٤", 40),
        ("0", 0),
        ("4.55", None),
    ],
)
def test_a_temperature_is_read_as_people_write_it(text: str, tenths: int | None) -> None:
    assert typed(text) == tenths


@pytest.mark.parametrize("text", ["", "warm", "4.5.1", "--4", "4-", "1e3", "12345", "4 K", "nan"])
def test_anything_else_is_no_temperature(text: str) -> None:
    assert read_degrees(text) is None


def test_a_number_without_a_sign_is_on_the_side_of_zero_that_was_chosen() -> None:
    assert typed("18", is_below=True) == -180
    assert typed("+3", is_below=True) == 30
    assert typed("-18", is_below=False) == -180
    assert typed("0", is_below=True) == 0
    assert typed("5", is_below=True, in_fahrenheit=True) == tenths_of_fahrenheit(Decimal(-5))


def test_every_whole_degree_fahrenheit_reads_as_it_was_written() -> None:
    for degrees in range(-100, 200):
        assert fahrenheit_of(tenths_of_fahrenheit(Decimal(degrees))) == degrees
    for tenths in range(LEAST_TENTHS, MOST_TENTHS + 1):
        assert tenths_of_fahrenheit(fahrenheit_of(tenths)) == tenths


def test_a_programs_number_is_never_rounded() -> None:
    assert [exact_tenths(Decimal(text)) for text in ("4.5", "-18", "4.50", "100")] == [
        45,
        -180,
        45,
        1000,
    ]
    for text in ("4.55", "100.1", "-101", "NaN", "Infinity", "1e400", "1e-9"):
        assert exact_tenths(Decimal(text)) is None, text


def test_the_limits_themselves_are_within() -> None:
    assert Limits(None, 50).hold(50)
    assert not Limits(None, 50).hold(51)
    assert not Limits(0, 50).hold(-1)
    assert Limits(None, None).hold(999)


def test_start_limits_are_the_ones_that_have_a_source() -> None:
    assert start_limits("fridge", in_fahrenheit=False).limits == Limits(None, 50)
    assert start_limits("freezer", in_fahrenheit=False).limits == Limits(None, -180)
    frozen = start_limits("freezer", in_fahrenheit=True).limits.highest
    assert frozen is not None
    assert fahrenheit_of(frozen) == 0
    assert all(
        start_limits(kind, in_fahrenheit=unit).source
        for kind in ("fridge", "freezer")
        for unit in (True, False)
    )


def test_a_sign_or_a_point_forgotten_is_unlikely() -> None:
    freezer, fridge = Limits(None, -180), Limits(None, 50)
    assert is_unlikely(180, "freezer", freezer)
    assert not is_unlikely(-5, "freezer", freezer)
    assert is_unlikely(450, "fridge", fridge)
    assert not is_unlikely(120, "fridge", fridge)
    assert is_unlikely(951, "other", Limits(600, 650))
    assert not is_unlikely(700, "other", Limits(600, None))
    assert is_unlikely(380, None, Limits(None, None))


def test_what_is_read_daily_is_due_once_a_new_day_has_begun() -> None:
    yesterday = NOW - timedelta(hours=13)
    assert is_missing(yesterday, 24, NOW, BERLIN)
    assert not is_missing(NOW - timedelta(hours=8), 24, NOW, BERLIN)
    # 23:30 in Berlin is today there, and yesterday in London
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert not is_missing(late, 24, NOW, BERLIN)
    assert is_missing(late, 24, NOW, "Europe/London")
    assert is_missing(None, 168, NOW, BERLIN)
    assert not is_missing(NOW - timedelta(days=6), 168, NOW, BERLIN)
    assert is_missing(NOW - timedelta(days=7), 168, NOW, BERLIN)
    assert is_missing(NOW - timedelta(hours=4), 4, NOW, BERLIN)
    assert not is_missing(NOW - timedelta(hours=3), 4, NOW, BERLIN)


def day(number: int) -> date:
    return date(2026, 11, number)


def gaps(counts: dict[int, int], first: int, last: int, every: int) -> list[Gap]:
    on = {day(number): count for number, count in counts.items()}
    return list(find_gaps(on, day(first), day(last), every))


def test_missing_days_are_named_by_how_often_there_was_to_be_a_reading() -> None:
    assert gaps({1: 1, 3: 2}, 1, 4, 24) == [Gap(day(2), day(2), 0, 1), Gap(day(4), day(4), 0, 1)]
    assert gaps({1: 1, 2: 2, 3: 3}, 1, 3, 12) == [Gap(day(1), day(1), 1, 2)]
    assert gaps({7: 1, 14: 1}, 1, 20, 168) == []
    assert gaps({8: 1, 14: 1}, 1, 21, 168) == [
        Gap(day(1), day(7), 0, 1),
        Gap(day(15), day(21), 0, 1),
    ]
    assert gaps({}, 5, 4, 24) == []
    assert gaps({}, 9, 4, 24) == []


def test_every_interval_divides_a_day_or_is_whole_days() -> None:
    assert all(24 % hours == 0 or hours % 24 == 0 for hours in EVERY_HOURS)


def test_degrees_are_written_for_who_reads() -> None:
    metric, american = Reader(), Reader(weight_unit="lb")
    assert [temperature(tenths, metric) for tenths in (45, -180, 0, -1)] == [
        "4.5 °C",
        "−18 °C",
        "0 °C",
        "−0.1 °C",
    ]
    assert [temperature(tenths, american) for tenths in (50, -178, 33)] == [
        "41 °F",
        "0 °F",
        "38 °F",
    ]
    assert temperature(45, Reader(language="de", formats="de")) == "4,5 °C"
    assert temperature_limits(None, 50, metric) == "at most 5 °C"
    assert temperature_limits(20, None, metric) == "at least 2 °C"
    assert temperature_limits(0, 50, metric) == "0 °C to 5 °C"
    assert temperature_limits(None, None, metric) == ""
