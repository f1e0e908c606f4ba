from __future__ import annotations

from itertools import pairwise

import pytest

from blueprints.words.charts import (
    NARROW,
    WIDE,
    BarChart,
    Drawing,
    Series,
    bar_chart,
)
from depot.papers.scales import nice_ticks

WEEKS = [str(week) for week in range(40, 48)]
CAME_IN = Series("in", "in", (1700, 1800, 1580, 1990, 2120, 1840, 2100, 2184))
WENT_OUT = Series("out", "out", (1600, 1690, 1800, 1700, 1880, 2000, None, 1967))


def _both(chart: BarChart) -> tuple[Drawing, Drawing]:
    return chart.narrow, chart.wide


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        (0, 2184, (0, 500, 1000, 1500, 2000, 2500)),
        (0, 90, (0, 20, 40, 60, 80, 100)),
        (0, 7, (0, 2, 4, 6, 8)),
        (0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (3, 40, (0, 10, 20, 30, 40)),
        (-12, 30, (-20, -10, 0, 10, 20, 30)),
        (0, 0, (0, 1)),
    ],
)
def test_ticks_are_round_reach_the_figures_and_hold_zero(
    lowest: float, highest: float, expected: tuple[float, ...]
) -> None:
    assert nice_ticks(lowest, highest) == expected


def test_bars_stand_on_the_baseline_and_are_as_tall_as_their_figures() -> None:
    chart = bar_chart("In", "", ["a", "b"], [Series("in", "in", (50, 100))])
    for drawing in _both(chart):
        half, whole = drawing.bars
        assert half.y + half.height == pytest.approx(drawing.baseline, abs=0.02)
        assert whole.height == pytest.approx(2 * half.height, abs=0.02)
        assert whole.y == pytest.approx(drawing.rows[-1].at, abs=0.02)


def test_nothing_is_drawn_outside_the_picture() -> None:
    for drawing in _both(bar_chart("t", "d", WEEKS, [CAME_IN, WENT_OUT])):
        assert all(drawing.left <= bar.x for bar in drawing.bars)
        assert all(bar.x + bar.width <= drawing.right for bar in drawing.bars)
        assert all(0 <= bar.y <= drawing.baseline for bar in drawing.bars)


def test_bars_of_one_group_do_not_overlap() -> None:
    for drawing in _both(bar_chart("t", "d", WEEKS, [CAME_IN, WENT_OUT])):
        ordered = sorted(drawing.bars, key=lambda bar: bar.x)
        for left, right in pairwise(ordered):
            assert left.x + left.width <= right.x + 0.01


def test_series_differ_in_more_than_colour() -> None:
    three = [Series(str(n), "in", (n + 1,)) for n in range(3)]
    assert len({key.style for key in bar_chart("t", "d", ["a"], three).keys}) == 3


def test_a_gap_is_not_zero() -> None:
    bars = bar_chart("t", "d", ["a", "b"], [Series("in", "in", (None, 3))])
    assert len(bars.wide.bars) == 1


def test_category_names_never_touch_and_the_last_is_always_there() -> None:
    many = [f"2026-W{week:02}" for week in range(1, 53)]
    chart = bar_chart("t", "d", many, [Series("in", "in", tuple(range(52)))])
    for drawing in _both(chart):
        assert drawing.columns[-1].text == "2026-W52"
        widest = 8 * 0.6 * drawing.font
        for left, right in pairwise(drawing.columns):
            assert right.at - left.at > widest


def test_whole_things_are_not_counted_in_halves() -> None:
    chart = bar_chart("t", "d", ["a"], [Series("people", "in", (1,))])
    assert [tick.text for tick in chart.wide.rows] == ["0", "1"]


def test_numbers_are_written_by_the_callers_label() -> None:
    chart = bar_chart(
        "t", "d", ["47"], [Series("in", "in", (2184,))], label=lambda n: f"{n:.0f} kg"
    )
    assert [tick.text for tick in chart.wide.rows][-1] == "2500 kg"
    assert chart.wide.bars[0].text == "47 · in · 2184 kg"


def test_bars_do_not_go_below_zero() -> None:
    below = [Series("variance", "count", (-3, 2))]
    with pytest.raises(ValueError, match="below zero"):
        bar_chart("t", "d", ["a", "b"], below)


@pytest.mark.parametrize(
    ("categories", "series"),
    [([], [CAME_IN]), (WEEKS, []), (["47"], [CAME_IN])],
)
def test_a_chart_of_nothing_or_of_unequal_lists_is_refused(
    categories: list[str], series: list[Series]
) -> None:
    with pytest.raises(ValueError, match=r"needs|categories"):
        bar_chart("t", "d", categories, series)


def test_letters_are_at_least_14_px_at_the_narrowest_width_shown() -> None:
    """charts.css draws the narrow one from 296 px on, the wide one from 680 px on."""
    assert NARROW.font * 296 / NARROW.width >= 14
    assert WIDE.font * 680 / WIDE.width >= 14
