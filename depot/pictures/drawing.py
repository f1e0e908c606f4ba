"""Pictures as SVG: frozen facts in, the text of a drawing out. Pure, and written for two widths.

What differs differs in place, pattern or size as well as in colour: what came in stands above the
line and what went out below it, a fuller day is a larger square. `mirrored` draws time from right
to left. Colours are the stylesheet's; letters are never under 14 px where it shows the drawing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from depot.papers.scales import nice_ticks

Write = Callable[[float], str]
#: Of a letter's height: how wide digits and letters of common system fonts are.
_LETTER: Final = 0.6
#: A square of the calendar is as large as the day was full, in so many steps.
LEVELS: Final = 4
_SIDES: Final = (0.42, 0.6, 0.78, 0.95)
_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Size:
    """How large a drawing is, in the units of its view box, and its letters."""

    name: str
    width: int
    height: int
    font: int
    #: In how many bands a year's calendar is drawn.
    bands: int
    #: How many shelves stand side by side.
    shelves: int


NARROW: Final = Size("narrow-chart", 358, 230, 17, 2, 2)
WIDE: Final = Size("wide-chart", 960, 320, 20, 1, 4)
SIZES: Final = (NARROW, WIDE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a drawing is called and what it says, for who does not see it; `id` is unique."""

    id: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One amount of a picture: what stands under it, and what is said when it is pointed at."""

    label: str
    amount: float
    text: str


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day of the calendar, counted from its first; `month` names the one that begins."""

    number: int
    amount: int
    text: str
    month: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place: its name, what lies there as text, and how full it is in thousandths."""

    name: str
    figure: str
    permille: int


@dataclass(frozen=True, slots=True)
class _Plane:
    """Turns an amount or the place of a mark into a coordinate."""

    size: Size
    left: float
    top: float
    bottom: float
    ticks: tuple[float, ...]
    count: int
    mirrored: bool

    def y(self, amount: float) -> float:
        share = (amount - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return round(self.bottom - share * (self.bottom - self.top), 1)

    def x(self, at: float) -> float:
        """Return where a mark begins, counted in marks."""
        along = self.left + at * (self.size.width - self.left - 2) / self.count
        return round(self.size.width - along if self.mirrored else along, 1)


def stock_line(
    told: Told, marks: Sequence[Mark], write: Write, size: Size, *, mirrored: bool = False
) -> str:
    """Draw how much was here at the end of each week: steps, filled down to nothing."""
    plane = _plane([mark.amount for mark in marks], len(marks), write, size, mirrored=mirrored)
    steps = [
        f"H{plane.x(number)}V{plane.y(mark.amount)}H{plane.x(number + 1)}"
        for number, mark in enumerate(marks)
    ]
    base = plane.y(0)
    along = f"M{plane.x(0)} {base}{''.join(steps)}"
    body = [
        *_frame(plane, marks, write),
        f'<path class="filled" d="{along}V{base}Z"/><path class="edge" d="{along}"/>',
        *_hints(plane, marks),
    ]
    return _svg(told, body, size)


def in_and_out(
    told: Told,
    came: Sequence[Mark],
    went: Sequence[Mark],
    write: Write,
    size: Size,
    *,
    mirrored: bool = False,
) -> str:
    """Draw what came in above the line and what went out below it."""
    amounts = [mark.amount for mark in came] + [-mark.amount for mark in went]
    plane = _plane(amounts, len(came), write, size, mirrored=mirrored)
    bars = [
        _bar(plane, number, mark.amount * sign, look, mark.text)
        for marks, sign, look in ((came, 1, "in solid"), (went, -1, "out outline"))
        for number, mark in enumerate(marks)
        if mark.amount
    ]
    return _svg(told, [*_frame(plane, came, write), *bars], size)


def age_bars(
    told: Told, marks: Sequence[Mark], kinds: Sequence[str], size: Size, *, mirrored: bool = False
) -> str:
    """Draw amounts as bars one under another, each under its name and its figure."""
    most = max((mark.amount for mark in marks), default=0) or 1
    line, body = size.font * 2.4, []
    begins, ends = ("end", "start") if mirrored else ("start", "end")
    for number, (mark, kind) in enumerate(zip(marks, kinds, strict=True)):
        top = number * line
        width = round(max(mark.amount, 0) / most * (size.width - 3), 1)
        x = round(size.width - 1.5 - width, 1) if mirrored else 1.5
        text_at = round(top + size.font * 1.05, 1)
        left, right = (size.width, 0) if mirrored else (0, size.width)
        body += [
            f'<text class="from-{begins}" x="{left}" y="{text_at}">{escape(mark.label)}</text>',
            f'<text class="from-{ends}" x="{right}" y="{text_at}">{escape(mark.text)}</text>',
            f'<rect class="area {kind}" x="{x}" y="{round(top + size.font * 1.35, 1)}"'
            f' width="{width}" height="{round(size.font * 0.65, 1)}"/>',
        ]
    return _svg(told, body, size, height=round(line * len(marks) + 4))


def calendar(
    told: Told, days: Sequence[DayMark], most: int, size: Size, *, mirrored: bool = False
) -> str:
    """Draw days as squares, a column a week; a fuller day is a larger square."""
    weeks = math.ceil(len(days) / _DAYS)
    columns = math.ceil(weeks / size.bands)
    step = (size.width - 2) / columns
    band = step * _DAYS + size.font * 1.6
    body: list[str] = []
    for day in days:
        row, column = divmod(day.number // _DAYS, columns)
        middle = 1 + (column + 0.5) * step
        if mirrored:
            middle = size.width - middle
        top = row * band + size.font * 1.3
        if day.month and column < columns - 1:
            body.append(
                f'<text class="from-{"end" if mirrored else "start"}"'
                f' x="{round(middle + (step / 2 if mirrored else -step / 2), 1)}"'
                f' y="{round(top - size.font * 0.35, 1)}">{escape(day.month)}</text>'
            )
        body.append(_square(day, middle, top + (day.number % _DAYS + 0.5) * step, step, most))
    return _svg(told, body, size, height=round(band * size.bands))


def _square(day: DayMark, x: float, y: float, step: float, most: int) -> str:
    if day.amount <= 0:
        return f'<circle class="empty-day" cx="{round(x, 1)}" cy="{round(y, 1)}" r="1.2"/>'
    level = min(math.ceil(LEVELS * day.amount / most), LEVELS)
    side = round(_SIDES[level - 1] * step, 1)
    corner = f'x="{round(x - side / 2, 1)}" y="{round(y - side / 2, 1)}"'
    return (
        f'<rect class="day level-{level}" {corner} width="{side}" height="{side}">'
        f"<title>{escape(day.text)}</title></rect>"
    )


def shelf_map(told: Told, shelves: Sequence[Shelf], size: Size, *, mirrored: bool = False) -> str:
    """Draw places as boxes beside one another, each filled from below as full as it is."""
    across = size.shelves
    width, height = (size.width - 2) / across, size.font * 5.4
    body: list[str] = []
    for number, shelf in enumerate(shelves):
        row, column = divmod(number, across)
        x = 1 + (across - 1 - column if mirrored else column) * width
        body += _shelf(shelf, x, 1 + row * height, width - 8, height - 8, size, mirrored=mirrored)
    rows = math.ceil(len(shelves) / across)
    return _svg(told, body, size, height=round(rows * height + 2))


def _shelf(
    shelf: Shelf,
    x: float,
    y: float,
    width: float,
    height: float,
    size: Size,
    *,
    mirrored: bool,
) -> Iterable[str]:
    room = height - size.font * 2.9
    full = round(room * shelf.permille / 1000, 1)
    letters = int((width - 12) / (_LETTER * size.font))
    name = shelf.name if len(shelf.name) <= letters else f"{shelf.name[: letters - 1]}…"
    at, anchor = (x + width - 6, "end") if mirrored else (x + 6, "start")
    yield (
        f'<rect class="shelf" x="{round(x, 1)}" y="{round(y, 1)}" width="{round(width, 1)}"'
        f' height="{round(height, 1)}"><title>{escape(shelf.name)} · {escape(shelf.figure)}</title>'
        "</rect>"
    )
    if full:
        yield (
            f'<rect class="area in tint-down" x="{round(x + 2, 1)}"'
            f' y="{round(y + height - 2 - full, 1)}" width="{round(width - 4, 1)}"'
            f' height="{full}"/>'
        )
    for number, words in enumerate((name, shelf.figure)):
        y_of = round(y + size.font * (1.15 + 1.2 * number), 1)
        look = "strong " if number else ""
        yield (
            f'<text class="{look}from-{anchor}" x="{round(at, 1)}" y="{y_of}">'
            f"{escape(words)}</text>"
        )


def _plane(
    amounts: Sequence[float], count: int, write: Write, size: Size, *, mirrored: bool
) -> _Plane:
    ticks = nice_ticks(min(amounts, default=0), max(amounts, default=0))
    if all(float(amount).is_integer() for amount in amounts):
        ticks = tuple(tick for tick in ticks if tick.is_integer())
    widest = max(len(write(abs(tick))) for tick in ticks)
    left = widest * _LETTER * size.font + size.font / 2
    return _Plane(
        size, left, size.font * 0.75, size.height - size.font * 1.8, ticks, count, mirrored
    )


def _frame(plane: _Plane, marks: Sequence[Mark], write: Write) -> list[str]:
    """Return the lines of round numbers with their figures, and as many names as fit."""
    font, width = plane.size.font, plane.size.width
    near = width - plane.left + font / 2 if plane.mirrored else plane.left - font / 2
    anchor = "start" if plane.mirrored else "end"
    lines = []
    for tick in plane.ticks:
        y = plane.y(tick)
        look = "axis" if not tick else "grid"
        lines.append(f'<path class="{look}" d="M{plane.x(0)} {y}H{plane.x(plane.count)}"/>')
        lines.append(
            f'<text class="from-{anchor}" x="{round(near, 1)}" y="{round(y + font * 0.35, 1)}">'
            f"{escape(write(abs(tick)))}</text>"
        )
    needed = (max((len(mark.label) for mark in marks), default=0) + 1) * _LETTER * font
    every = max(1, math.ceil(needed / ((width - plane.left) / plane.count)))
    last = len(marks) - 1 - every // 2
    lines += [
        f'<text class="from-middle" x="{plane.x(number + 0.5)}"'
        f' y="{round(plane.size.height - font * 0.4, 1)}">{escape(mark.label)}</text>'
        for number, mark in enumerate(marks)
        if number <= last and (last - number) % every == 0 and number >= every // 2
    ]
    return lines


def _bar(plane: _Plane, number: int, amount: float, look: str, text: str) -> str:
    ends = sorted((plane.x(number + 0.1), plane.x(number + 0.9)))
    top, bottom = sorted((plane.y(0), plane.y(amount)))
    return (
        f'<rect class="area {look} thin" x="{ends[0]}" y="{top}"'
        f' width="{round(ends[1] - ends[0], 1)}"'
        f' height="{round(max(bottom - top, 0.5), 1)}"><title>{escape(text)}</title></rect>'
    )


def _hints(plane: _Plane, marks: Sequence[Mark]) -> list[str]:
    """Return what shows a week's figure when it is pointed at."""
    height = round(plane.bottom - plane.top, 1)
    return [
        f'<rect class="hint" x="{min(plane.x(number), plane.x(number + 1))}" y="{plane.top}"'
        f' width="{round(abs(plane.x(1) - plane.x(0)), 1)}" height="{height}">'
        f"<title>{escape(mark.text)}</title></rect>"
        for number, mark in enumerate(marks)
    ]


def _svg(told: Told, body: Iterable[str], size: Size, height: int | None = None) -> str:
    name = f"{told.id}-{size.name}"
    return (
        f'<svg class="chart {size.name}" viewBox="0 0 {size.width} {height or size.height}"'
        f' font-size="{size.font}" role="img" direction="ltr"'
        f' aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(told.title)}</title>'
        f'<desc id="{name}-desc">{escape(told.description)}</desc>{"".join(body)}</svg>'
    )
