"""Drawings: right figures in the right places, mirrored, readable and safe."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from depot.pictures.drawing import (
    NARROW,
    SIZES,
    WIDE,
    DayMark,
    Mark,
    Shelf,
    Size,
    Told,
    age_bars,
    calendar,
    in_and_out,
    shelf_map,
    stock_line,
)
from depot.pictures.pictures import Measure, age_picture, flow_picture, stock_picture
from depot.pictures.weeks import WeekPoint
from depot.words.reader import ENGLISH, Reader

TOLD = Told("one", "Beans & <script>", "said")
MARKS = tuple(Mark(f"{n} Jan", float(n * 10), f"week {n}") for n in range(10))


def plain(number: float) -> str:
    return f"{number:g}"


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - drawn here


def every_drawing(size: Size, *, mirrored: bool) -> list[str]:
    kinds = ["in solid"] * len(MARKS)
    days = [DayMark(n, n % 9, f"day {n}", "Jan" if n % 35 == 0 else "") for n in range(371)]
    shelves = [Shelf("A very long name of a shelf in a room", "12 kg", n * 100) for n in range(11)]
    return [
        stock_line(TOLD, MARKS, plain, size, mirrored=mirrored),
        in_and_out(TOLD, MARKS, MARKS, plain, size, mirrored=mirrored),
        age_bars(TOLD, MARKS, kinds, size, mirrored=mirrored),
        calendar(TOLD, days, 8, size, mirrored=mirrored),
        shelf_map(TOLD, shelves, size, mirrored=mirrored),
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("mirrored", [False, True])
def test_every_drawing_is_whole_named_and_inside_its_frame(size: Size, mirrored: bool) -> None:
    for drawn in every_drawing(size, mirrored=mirrored):
        root = parsed(drawn)
        assert (root.get("role"), root[0].text) == ("img", "Beans & <script>")
        width, height = (float(part) for part in str(root.get("viewBox")).split()[2:])
        assert width == size.width
        for rect in root.iter("rect"):
            x, y, w, h = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
            assert -1 <= x <= x + w <= width + 1
            assert -1 <= y <= y + h <= height + 1
        assert "nan" not in drawn.lower()
        assert "style=" not in drawn


def test_time_runs_the_other_way_where_people_read_the_other_way() -> None:
    def ends(mirrored: bool) -> list[float]:
        drawn = in_and_out(TOLD, MARKS, (), plain, WIDE, mirrored=mirrored)
        return [float(rect.get("x", "0")) for rect in parsed(drawn).iter("rect")]

    assert ends(False) == sorted(ends(False))
    assert ends(True) == sorted(ends(True), reverse=True)


def test_what_came_in_is_above_the_line_and_what_went_out_below() -> None:
    drawn = parsed(in_and_out(TOLD, MARKS, MARKS, plain, NARROW))
    axis = next(
        float(re.split(r"[ H]", p.get("d", ""))[1])
        for p in drawn.iter("path")
        if p.get("class") == "axis"
    )
    for rect in drawn.iter("rect"):
        top, height = float(rect.get("y", "0")), float(rect.get("height", "0"))
        if "in solid" in rect.get("class", ""):
            assert top + height == pytest.approx(axis, abs=0.6)
        else:
            assert top == pytest.approx(axis, abs=0.6)


def test_a_fuller_day_is_a_larger_square_and_an_empty_one_none() -> None:
    days = [DayMark(n, amount, "") for n, amount in enumerate((0, 1, 30, 60, 100))]
    sides = [
        float(one.get("width", "0")) for one in parsed(calendar(TOLD, days, 100, WIDE)).iter("rect")
    ]
    assert len(sides) == 4
    assert sides == sorted(set(sides))


def test_nothing_at_all_is_drawn_as_nothing() -> None:
    none = tuple(Mark("", 0.0, "") for _ in range(8))
    for drawn in (stock_line(TOLD, none, plain, WIDE), in_and_out(TOLD, none, none, plain, WIDE)):
        assert parsed(drawn).get("viewBox")


def test_names_are_told_as_text_and_never_as_markup() -> None:
    drawn = shelf_map(TOLD, [Shelf('<img src=x onerror="a">', "1 kg", 10)], WIDE)
    assert "<img" not in drawn
    assert parsed(drawn) is not None


def points(*closings: int) -> list[WeekPoint]:
    first = date(2026, 11, 2)
    return [
        WeekPoint(first + timedelta(weeks=n), closing, closing // 2, 0, closing)
        for n, closing in enumerate(closings)
    ]


def test_a_picture_and_its_table_tell_the_same() -> None:
    measure = Measure("gram", ENGLISH, is_weight=True)
    found = stock_picture(points(1_500_000, 2_500_000_000), measure)
    assert found.title == "In stock at the end of each week, kg"
    assert [row[1] for row in found.rows] == ["2,500 kg", "1.5 kg"]
    for drawn in found.drawings:
        assert "1.5 kg" in drawn
        assert "2,500 kg" in drawn
    flows = flow_picture(points(1_500_000, 3_000_000), measure)
    assert flows.rows[0][1:] == ("3 kg", "1.5 kg", "0 kg")


def test_stock_below_nothing_is_told_and_drawn_as_none() -> None:
    found = stock_picture(points(-3, 10), Measure("piece", ENGLISH))
    assert found.rows[-1][1] == "−3"
    assert "NaN" not in found.drawings[0]


def test_pounds_are_told_where_a_depot_weighs_in_pounds() -> None:
    measure = Measure("gram", Reader(weight_unit="lb"), is_weight=True)
    found = age_picture(
        {"past": 0, "week": 45_359_237_0, "month": 0, "later": 0, "undated": 0}, measure
    )
    assert found.title.endswith(", lb")
    assert found.rows[1][1] == "1,000 lb"
