"""The rules of temperatures: limits, when a reading is due, what is unlikely or missing. Pure.

A temperature is a whole number of tenths of a degree Celsius; no float is near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from depot.base.clock import local_day
from depot.base.kinds import ColdKind
from depot.base.text import N_
from depot.base.units import tenths_of_fahrenheit

#: No place is colder or warmer: what is beyond was never read.
LEAST_TENTHS: Final = -1000
MOST_TENTHS: Final = 1000
#: How often a place can be read; each in hours.
EVERY_HOURS: Final = (4, 12, 24, 168)
DAILY: Final = 24
#: What readings usually are, by the kind of place: others are asked about.
_USUAL: Final[Mapping[ColdKind, tuple[int, int]]] = {"fridge": (-50, 150), "freezer": (-400, 0)}
#: Where no kind says so: so far from the limits, or from nothing.
_FAR: Final = 300
_NUMBER: Final = re.compile(
    r"(?P<sign>[-+−–‐‑﹣－]?)\s*(?P<whole>\d{1,4})(?:[.,٫](?P<part>\d{1,6}))?\s*°?\s*(?P<unit>[CcFf]?)"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and the highest temperature that are right, in tenths; None: no limit there."""

    lowest: int | None
    highest: int | None

    def hold(self, tenths: int) -> bool:
        """Say whether a temperature is within, the limits included."""
        too_cold = self.lowest is not None and tenths < self.lowest
        return not too_cold and not (self.highest is not None and tenths > self.highest)


@dataclass(frozen=True, slots=True)
class StartLimits:
    """What a place of a kind begins with, and who says so."""

    limits: Limits
    source: str


#: Where temperatures are in Celsius; and where in Fahrenheit, with 41 °F and 0 °F.
_CHILLED: Final = N_(
    "Chilled food at 5 °C or colder (Feeding America, food safety training). In the United Kingdom"
    " 8 °C is the most that is legal."
)
_FROZEN: Final = N_("Frozen food at −18 °C or colder (European Union, quick-frozen food)")
_CHILLED_US: Final = N_("Chilled food at 41 °F or colder (Feeding America, food safety training)")
_FROZEN_US: Final = N_("Frozen food at 0 °F or colder (Feeding America, food safety training)")
_NONE: Final = StartLimits(Limits(None, None), "")


def start_limits(kind: ColdKind, *, in_fahrenheit: bool) -> StartLimits:
    """Return the limits that a place of that kind is offered at first."""
    if kind == "fridge":
        return StartLimits(Limits(None, 50), _CHILLED_US if in_fahrenheit else _CHILLED)
    if kind == "freezer" and in_fahrenheit:
        return StartLimits(Limits(None, tenths_of_fahrenheit(Decimal(0))), _FROZEN_US)
    return StartLimits(Limits(None, -180), _FROZEN) if kind == "freezer" else _NONE


@dataclass(frozen=True, slots=True)
class WrittenDegrees:
    """A temperature as somebody wrote it: `sign` is empty if no sign was, `unit` if no unit was."""

    sign: str
    number: Decimal
    unit: str

    def tenths(self, *, is_below: bool, in_fahrenheit: bool) -> int | None:
        """Return its tenths of a degree Celsius; None if it is finer than a thermometer reads.

        A sign that was written counts; else `is_below` says whether it is below zero. A bare
        number is in Fahrenheit where that is the unit of the place.
        """
        below = self.sign == "-" if self.sign else is_below
        degrees = -self.number if below else self.number
        if degrees * 10 % 1:
            return None
        if (self.unit or ("F" if in_fahrenheit else "C")) == "F":
            return tenths_of_fahrenheit(degrees)
        return int(degrees * 10)


def read_degrees(text: str) -> WrittenDegrees | None:
    """Read a temperature as people write it: 4, 4,5, -18, 38 F; None for anything else."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    sign = {"": "", "+": "+"}.get(found["sign"], "-")
    number = Decimal(f"{int(found['whole'])}.{found['part'] or 0}")
    return WrittenDegrees(sign, number, found["unit"].upper())


def exact_tenths(number: int | Decimal) -> int | None:
    """Return degrees Celsius in tenths; None if they are finer, or no temperature of a place."""
    tenths = Decimal(number) * 10
    if not tenths.is_finite() or not is_possible(tenths) or tenths % 1:
        return None
    return int(tenths)


def is_possible(tenths: int | Decimal) -> bool:
    """Say whether a place can be that cold or warm."""
    return LEAST_TENTHS <= tenths <= MOST_TENTHS


def is_unlikely(tenths: int, kind: ColdKind | None, limits: Limits) -> bool:
    """Say whether a reading is far from what such a place shows: a sign or a point forgotten."""
    usual = _USUAL.get(kind) if kind is not None else None
    if usual is None:
        known = [limit for limit in (limits.lowest, limits.highest) if limit is not None] or [0]
        usual = (min(known) - _FAR, max(known) + _FAR)
    return not usual[0] <= tenths <= usual[1]


def is_missing(last_at: datetime | None, every_hours: int, now: datetime, zone: str) -> bool:
    """Say whether a place was not read in its interval.

    Intervals of days are days of the calendar: what was read yesterday morning is to be read at
    any time today.
    """
    if last_at is None:
        return True
    if every_hours < DAILY:
        return now - last_at >= timedelta(hours=every_hours)
    return (local_day(now, zone) - local_day(last_at, zone)).days >= every_hours // DAILY


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row with fewer readings than there were to be: `found` of `wanted` on each."""

    first: date
    last: date
    found: int
    wanted: int


def find_gaps(
    counts: Mapping[date, int], first: date, last: date, every_hours: int
) -> Iterator[Gap]:
    """Yield where readings are missing between two days.

    `counts` says how many there were on each day. Of what is read every so many days, as many
    days without one must come together.
    """
    wanted, least = max(1, DAILY // every_hours), max(1, every_hours // DAILY)
    run: list[date] = []
    for number in range((last - first).days + 2):
        day = first + timedelta(days=number)
        found = counts.get(day, 0) if day <= last else wanted
        if found == 0:
            run.append(day)
            continue
        if len(run) >= least:
            yield Gap(run[0], run[-1], 0, wanted)
        run = []
        if found < wanted:
            yield Gap(day, day, found, wanted)
