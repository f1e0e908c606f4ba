"""Pictures of stock as a page shows them: each drawn for two widths, and told as a table. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from depot.base.text import N_
from depot.base.units import GRAM, MILLIGRAMS_PER_GRAM, MILLILITRE
from depot.pictures import drawing
from depot.pictures.drawing import SIZES, DayMark, Mark, Shelf, Told
from depot.pictures.weeks import DayFlows, WeekPoint
from depot.words import figures
from depot.words.reader import Reader
from depot.words.weights import large_unit, round_half_away

_WEEK: Final = timedelta(days=7)
_AGES: Final = {
    "past": (N_("Past its day"), "stop solid"),
    "week": (N_("Within a week"), "count solid"),
    "month": (N_("Within a month"), "count tint"),
    "later": (N_("After that"), "in solid"),
    "undated": (N_("no date"), "plain outline"),
}


@dataclass(frozen=True, slots=True)
class PictureKey:
    """A line of the legend."""

    name: str
    look: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the same figures as a table. `drawings` are SVG, escaped where they quote."""

    id: str
    title: str
    drawings: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[PictureKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """In what amounts are told: of milligrams and of an item's base units."""

    unit: str
    reader: Reader
    #: Whether amounts are milligrams, and not base units of one item.
    is_weight: bool = False

    @property
    def sign(self) -> str:
        """The unit as it stands in a title."""
        if self.is_weight or self.unit == GRAM:
            return figures.unit_sign(self.reader.weight_unit, self.reader)
        if self.unit == MILLILITRE:
            return figures.unit_sign("l", self.reader)
        return self.reader.gettext(N_("pieces"))

    def whole(self, amount: int) -> int:
        """Return an amount in base units: of a weight in grams, rounded half away from zero."""
        return round_half_away(amount, MILLIGRAMS_PER_GRAM) if self.is_weight else amount

    def drawn(self, amount: int) -> float:
        """Return how large an amount is drawn: what is below nothing is a gap."""
        whole = max(self.whole(amount), 0)
        if self.is_weight or self.unit == GRAM:
            return float(large_unit(whole, self.reader.weight_unit, 1))
        return float(Decimal(whole) / 1000) if self.unit == MILLILITRE else float(whole)

    def told(self, amount: int) -> str:
        """Return an amount as people say it."""
        unit = GRAM if self.is_weight else self.unit
        return figures.with_sign(
            self.whole(amount),
            lambda found: figures.quantity(found, unit, self.reader),
            self.reader,
            with_plus=False,
        )

    def axis(self, tick: float) -> str:
        """Return a round number beside a picture."""
        return figures.exact(tick, self.reader)


def _is_mirrored(reader: Reader) -> bool:
    return reader.direction == "rtl"


def _marks(
    points: Sequence[WeekPoint], amounts: Sequence[int], measure: Measure
) -> tuple[Mark, ...]:
    reader = measure.reader
    return tuple(
        Mark(
            figures.day_in("short", point.first, reader),
            measure.drawn(amount),
            f"{figures.span(point.first, point.first + _WEEK - timedelta(days=1), reader)}"
            f" · {measure.told(amount)}",
        )
        for point, amount in zip(points, amounts, strict=True)
    )


def _week_rows(*columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return a row a week, the newest first: its first day in full, and its figures."""
    return tuple(zip(*columns, strict=True))[::-1]


def stock_picture(points: Sequence[WeekPoint], measure: Measure) -> Picture:
    """Return how much was here at the end of each week."""
    reader = measure.reader
    title = reader.gettext(N_("In stock at the end of each week, %(unit)s"), unit=measure.sign)
    closings = [point.closing for point in points]
    marks = _marks(points, closings, measure)
    told = Told("stock", title, _ends(points, closings, measure))
    return Picture(
        "stock",
        title,
        tuple(
            drawing.stock_line(told, marks, measure.axis, size, mirrored=_is_mirrored(reader))
            for size in SIZES
        ),
        (reader.gettext(N_("Week from")), reader.gettext(N_("Stock at the end"))),
        _week_rows(_days(points, reader), [measure.told(one) for one in closings]),
    )


def _days(points: Sequence[WeekPoint], reader: Reader) -> list[str]:
    return [figures.day_in("dated", point.first, reader) for point in points]


def _ends(points: Sequence[WeekPoint], amounts: Sequence[int], measure: Measure) -> str:
    """Say the first and the last figure of a picture: the table has the others."""
    reader = measure.reader
    days = [figures.day_in("dated", point.first, reader) for point in (points[0], points[-1])]
    return ", ".join(
        f"{day}: {measure.told(amount)}"
        for day, amount in zip(days, (amounts[0], amounts[-1]), strict=True)
    )


def flow_picture(points: Sequence[WeekPoint], measure: Measure) -> Picture:
    """Return what came in and what was handed out in each week."""
    reader = measure.reader
    title = reader.gettext(N_("Came in and handed out, week by week, %(unit)s"), unit=measure.sign)
    came, went = [point.sourced for point in points], [point.handed_out for point in points]
    told = Told("flows", title, _ends(points, came, measure))
    marks = _marks(points, came, measure), _marks(points, went, measure)
    names = tuple(reader.gettext(name) for name in (N_("Came in"), N_("Handed out"), N_("Lost")))
    return Picture(
        "flows",
        title,
        tuple(
            drawing.in_and_out(told, *marks, measure.axis, size, mirrored=_is_mirrored(reader))
            for size in SIZES
        ),
        (reader.gettext(N_("Week from")), *names),
        _week_rows(
            _days(points, reader),
            *([measure.told(one) for one in amounts] for amounts in (came, went)),
            [measure.told(point.lost) for point in points],
        ),
        (PictureKey(names[0], "in solid"), PictureKey(names[1], "out outline")),
    )


def given_picture(points: Sequence[WeekPoint], measure: Measure) -> Picture:
    """Return what a donor gave in each week."""
    reader = measure.reader
    title = reader.gettext(N_("Given, week by week, %(unit)s"), unit=measure.sign)
    came = [point.sourced for point in points]
    told = Told("given", title, _ends(points, came, measure))
    none = _marks(points, [0] * len(points), measure)
    marks = _marks(points, came, measure)
    return Picture(
        "given",
        title,
        tuple(
            drawing.in_and_out(told, marks, none, measure.axis, size, mirrored=_is_mirrored(reader))
            for size in SIZES
        ),
        (reader.gettext(N_("Week from")), reader.gettext(N_("Came in"))),
        _week_rows(_days(points, reader), [measure.told(one) for one in came]),
    )


def age_picture(found: Mapping[str, int], measure: Measure) -> Picture:
    """Return what is here by the date on it."""
    reader = measure.reader
    title = reader.gettext(N_("What is here, by the date on it, %(unit)s"), unit=measure.sign)
    names = [reader.gettext(name) for name, _look in _AGES.values()]
    marks = tuple(
        Mark(name, measure.drawn(found[age]), measure.told(found[age]))
        for name, age in zip(names, _AGES, strict=True)
    )
    told = Told("ages", title, ", ".join(f"{mark.label}: {mark.text}" for mark in marks))
    looks = [look for _name, look in _AGES.values()]
    return Picture(
        "ages",
        title,
        tuple(
            drawing.age_bars(told, marks, looks, size, mirrored=_is_mirrored(reader))
            for size in SIZES
        ),
        (reader.gettext(N_("Date on it")), measure.sign),
        tuple((mark.label, mark.text) for mark in marks),
    )


def year_picture(flows: DayFlows, first: date, today: date, measure: Measure) -> Picture:
    """Return what was handed out on each day from `first`, which begins a week, until today."""
    reader = measure.reader
    title = reader.gettext(N_("Handed out, day by day, %(unit)s"), unit=measure.sign)
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    amounts = {day: max(-flows.get((day, "handed_out"), 0), 0) for day in days}
    most = max(amounts.values(), default=0)
    marks = [
        DayMark(
            number,
            amounts[day],
            f"{figures.day(day, reader)} · {measure.told(amounts[day])}",
            figures.day_in("only_month", day, reader) if _begins_month(day, first) else "",
        )
        for number, day in enumerate(days)
    ]
    full = [day for day in days if amounts[day]]
    told = Told("year", title, figures.span(days[0], days[-1], reader))
    return Picture(
        "year",
        title,
        tuple(
            drawing.calendar(told, marks, most, size, mirrored=_is_mirrored(reader))
            for size in SIZES
        ),
        (reader.gettext(N_("Day")), reader.gettext(N_("Handed out"))),
        tuple(
            (figures.day_in("dated", day, reader), measure.told(amounts[day]))
            for day in reversed(full)
        ),
    )


def _begins_month(day: date, first: date) -> bool:
    """Whether the week's first day is the first of them in its month; the month stands above it."""
    return (day - first).days % 7 == 0 and day.day <= 7


def shelf_picture(places: Sequence[tuple[str, str, int]], measure: Measure) -> Picture:
    """Return what lies where: name, path and grams of each place, the fullest filled to the top."""
    reader = measure.reader
    title = reader.gettext(N_("What lies where, %(unit)s"), unit=measure.sign)
    most = max((grams for _name, _path, grams in places), default=0) or 1
    shelves = tuple(
        Shelf(name, figures.weight(grams, reader), 1000 * max(grams, 0) // most)
        for name, _path, grams in places
    )
    said = reader.gettext(N_("The fullest place is filled to the top, the others against it."))
    told = Told("shelves", title, said)
    return Picture(
        "shelves",
        title,
        tuple(
            drawing.shelf_map(told, shelves, size, mirrored=_is_mirrored(reader)) for size in SIZES
        ),
        (reader.gettext(N_("Place")), measure.sign),
        tuple((path, figures.weight(grams, reader)) for _name, path, grams in places),
    )
