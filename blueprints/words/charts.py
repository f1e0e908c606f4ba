"""Charts as geometry: plain numbers in, the shapes to draw out.

Templates do no arithmetic, so every coordinate is worked out here and components/charts.html only
draws. Each chart has two drawings, `narrow` for a phone and `wide` for a desk screen or a sheet of
paper; their letters are sized so that none is under 14 px where the stylesheet shows them. Series
differ by fill, outline and dashes as well as by colour, so that a chart reads in black and white.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from depot.papers.paper import Chart
from depot.papers.scales import nice_ticks
from depot.words import figures
from depot.words.reader import ENGLISH, Reader

Label = Callable[[float], str]

LETTER_WIDTH = 0.6  # of the letter's height: digits of the common system fonts, rounded up
STYLES = ("solid", "outline", "tint", "dashed")


@dataclass(frozen=True, slots=True)
class Series:
    """What is drawn in one colour: `kind` is in, out, move, count, stop or plain. None is a gap."""

    name: str
    kind: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend."""

    name: str
    kind: str
    style: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A grid line or a column: where it is, where its text stands, and the text."""

    at: float
    text_at: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, with the text shown when it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One size of a chart, in the units of its view box."""

    width: int
    height: int
    font: int
    left: float
    right: float
    baseline: float
    label_x: float
    label_y: float
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars side by side, one group a category."""

    title: str
    description: str
    keys: tuple[Key, ...]
    narrow: Drawing
    wide: Drawing


@dataclass(frozen=True, slots=True)
class _Size:
    width: int
    height: int
    font: int


NARROW = _Size(width=358, height=230, font=17)
WIDE = _Size(width=960, height=320, font=20)


def bar_chart(
    title: str,
    description: str,
    categories: Sequence[str],
    series: Sequence[Series],
    label: Label | None = None,
) -> BarChart:
    """Bars side by side, at or above zero. `label` writes a number as the reader's locale does."""
    _check(categories, series)
    write = label or _plain
    values = [value for one in series for value in one.values if value is not None]
    narrow, wide = (
        _grouped(_Plane.over(size, categories, values, write), categories, series, write)
        for size in (NARROW, WIDE)
    )
    return BarChart(title, description, _area_keys(series), narrow, wide)


@dataclass(frozen=True, slots=True)
class _Plane:
    """The area between the axes: turns a number or the place of a category into a coordinate."""

    size: _Size
    left: float
    top: float
    bottom: float
    slot: float
    ticks: tuple[float, ...]
    write: Label

    @classmethod
    def over(
        cls, size: _Size, categories: Sequence[str], values: Sequence[float], write: Label
    ) -> _Plane:
        ticks = nice_ticks(min(values, default=0), max(values, default=0))
        if all(float(value).is_integer() for value in values):
            ticks = tuple(tick for tick in ticks if tick.is_integer())
        widest = max(len(write(tick)) for tick in ticks)
        left = _tidy(widest * LETTER_WIDTH * size.font + size.font / 2)
        slot = (size.width - left - 2) / len(categories)
        return cls(size, left, size.font * 0.75, size.height - size.font * 1.8, slot, ticks, write)

    def y(self, value: float) -> float:
        share = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return _tidy(self.bottom - share * (self.bottom - self.top))

    def middle(self, index: int) -> float:
        return _tidy(self.left + (index + 0.5) * self.slot)

    def drawing(self, categories: Sequence[str], bars: tuple[Bar, ...]) -> Drawing:
        size = self.size
        return Drawing(
            width=size.width,
            height=size.height,
            font=size.font,
            left=self.left,
            right=size.width - 2,
            baseline=self.y(0),
            label_x=_tidy(self.left - size.font / 2),
            label_y=_tidy(size.height - size.font * 0.4),
            rows=self._rows(),
            columns=self._columns(categories),
            bars=bars,
        )

    def _rows(self) -> tuple[Tick, ...]:
        drop = self.size.font * 0.35  # from the middle of a digit down to the line it stands on
        return tuple(
            Tick(self.y(tick), _tidy(self.y(tick) + drop), self.write(tick)) for tick in self.ticks
        )

    def _columns(self, categories: Sequence[str]) -> tuple[Tick, ...]:
        """As many category names as fit without touching, the last one always among them."""
        needed = (max(map(len, categories)) + 1) * LETTER_WIDTH * self.size.font
        every = max(1, math.ceil(needed / self.slot))
        last = len(categories) - 1
        return tuple(
            Tick(self.middle(i), self.middle(i), name)
            for i, name in enumerate(categories)
            if (last - i) % every == 0
        )


def _grouped(
    plane: _Plane, categories: Sequence[str], series: Sequence[Series], write: Label
) -> Drawing:
    group = plane.slot * 0.76
    width = min(group / len(series), plane.size.font * 2.5)
    inner = max(width * 0.88, 1)
    bars = []
    for j, one in enumerate(series):
        for i, value in enumerate(one.values):
            if value is None:
                continue
            x = plane.middle(i) + (j - len(series) / 2) * width
            text = _told(categories[i], one.name, write(value))
            bars.append(_bar(plane, x, inner, value, (one.kind, _pick(STYLES, j)), text))
    return plane.drawing(categories, tuple(bars))


def _bar(
    plane: _Plane,
    x: float,
    width: float,
    value: float,
    look: tuple[str, str],
    text: str,
) -> Bar:
    """A rectangle drawn inside its outline, so that an outlined bar is as tall as a filled one."""
    low, high = plane.y(0), plane.y(value)
    edge = 0.0 if look[1] == "solid" else 1.5
    return Bar(
        x=_tidy(x + edge),
        y=_tidy(high + edge),
        width=_tidy(max(width - 2 * edge, 1)),
        height=_tidy(max(low - high - 2 * edge, 0)),
        kind=look[0],
        style=look[1],
        text=text,
    )


def _area_keys(series: Sequence[Series]) -> tuple[Key, ...]:
    return tuple(Key(one.name, one.kind, _pick(STYLES, i)) for i, one in enumerate(series))


def _check(categories: Sequence[str], series: Sequence[Series]) -> None:
    if not categories or not series:
        raise ValueError("a chart needs a category and a series")
    for one in series:
        if len(one.values) != len(categories):
            raise ValueError(f"{one.name}: {len(one.values)} values, {len(categories)} categories")
        if any(value is not None and value < 0 for value in one.values):
            raise ValueError(f"{one.name}: a bar cannot be below zero")


def _pick(choices: Sequence[str], index: int) -> str:
    return choices[index % len(choices)]


def _told(category: str, name: str, figure: str) -> str:
    return f"{category} · {name} · {figure}"


def _tidy(number: float) -> float:
    return round(float(number), 2)


def _plain(number: float) -> str:
    return figures.exact(number, ENGLISH)


def drawn(chart: Chart, reader: Reader) -> BarChart:
    """Return the chart of a paper as a page draws it, its figures written for the reader."""
    return bar_chart(
        chart.title,
        chart.description,
        chart.categories,
        [Series(one.name, one.kind, one.values) for one in chart.series],
        label=lambda amount: figures.exact(amount, reader),
    )
