"""How numbers, weights, dates and times are written for a reader: the only place that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, get_day_names

from depot.base.clock import utc_now
from depot.base.kinds import DateKind
from depot.base.text import N_
from depot.base.units import GRAM, MILLILITRE
from depot.words import numbers
from depot.words.numbers import Number
from depot.words.reader import Reader
from depot.words.weights import (
    decimals_needed,
    decimals_to_tell,
    large_unit,
    weights_that_add_up,
)

#: Writes one whole number.
WriteNumber = Callable[[int], str]
_PER_LARGE: Final = 1000
#: So many written days, and times, are kept: in some languages those that a depot speaks of.
_MOST_KEPT: Final = 4096
#: The unit of what one of something weighs: grams, or ounces for those in pounds.
SMALL: Final = "small"
_LARGE: Final = {"kg": N_("%(amount)s kg"), "lb": N_("%(amount)s lb"), "l": N_("%(amount)s l")}
_SMALL: Final = {"kg": N_("%(amount)s g"), "l": N_("%(amount)s ml")}
_SIGNS: Final = {N_("kg"), N_("lb"), N_("g"), N_("oz"), N_("t"), N_("l"), N_("ml")}
#: How English writes days here, and what other languages are asked for: a skeleton of theirs, a
#: style, or ("") the same.
_DAYS: Final = {
    "day": ("EEE d MMM", "MMMEd"),
    "dated": ("d MMM yyyy", "yMMMd"),
    "long": ("EEEE, d MMMM yyyy", "full"),
    "today": ("EEEE, d MMMM", "MMMEd"),
    "plain": ("d MMMM yyyy", "long"),
    "month": ("MMM yyyy", "yMMM"),
    "long_month": ("LLLL yyyy", "yMMMM"),
    "only_month": ("LLL", ""),
    "only_day": ("d", ""),
    "short": ("d MMM", "MMMd"),
    "day_month": ("d MMMM", "MMMMd"),
    "quarter": ("QQQQ yyyy", "yQQQQ"),
    "only_year": ("yyyy", ""),
    "only_quarter": ("QQQ", ""),
}


def number(value: Number, reader: Reader) -> str:
    """Return a whole number, grouped: 1,200."""
    return numbers.decimal(value, reader.locale, "#,##0")


def plain_number(value: int, reader: Reader) -> str:
    """Return a number that counts nothing, as a year or a week."""
    return numbers.decimal(value, reader.locale, "0")


def decimal(
    value: Number, reader: Reader, most: int = 1, least: int = 0, *, grouped: bool = True
) -> str:
    """Return a number with `least` to `most` decimals: 12.5."""
    tail = "0" * least + "#" * (most - least)
    whole = "#,##0" if grouped else "0"
    return numbers.decimal(value, reader.locale, f"{whole}.{tail}" if tail else whole)


def exact(value: Number, reader: Reader) -> str:
    """Return a number with all the decimals it has and no idle zeros."""
    return decimal(value, reader, most=10)


def as_written(value: Decimal, reader: Reader) -> str:
    """Return a number with just the decimals it was given: 12.50."""
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return decimal(value, reader, most=places, least=places)


def percent(permille: int, reader: Reader) -> str:
    """Return tenths of a percent: 12.5 %."""
    shown = decimal(Decimal(permille) / 10, reader)
    return reader.gettext("%(number)s %%", number=shown)


def percent_change(percent_points: int, reader: Reader) -> str:
    """Return whole percents with their sign: +12 %, −3 %."""
    return with_sign(
        percent_points * 10, lambda found: percent(found, reader), reader, with_plus=True
    )


def listed(words: Sequence[str], reader: Reader) -> str:
    """Return words one after the other, as the reader's language lists them: a, b, c."""
    between = reader.locale.list_patterns["standard"]["middle"]
    return reduce(lambda before, word: between.format(before, word), words) if words else ""


def quantity(value: int, unit: str, reader: Reader) -> str:
    """Return a quantity in its base unit, as people say it: 48, 24 kg, 1.5 l."""
    if unit == GRAM:
        return weight(value, reader)
    if unit == MILLILITRE:
        return _large(value, "l", reader)
    return number(value, reader)


def exact_quantity(value: int, unit: str, reader: Reader) -> str:
    """Return a quantity to the last gram or millilitre, to a hundredth of a pound: 1.234 kg."""
    if unit == GRAM and reader.weight_unit == "lb":
        shown = decimal(large_unit(value, "lb", decimals=2), reader, most=2)
        return reader.gettext(_LARGE["lb"], amount=shown)
    large = {GRAM: "kg", MILLILITRE: "l"}.get(unit)
    if large is None or value < _PER_LARGE:
        return quantity(value, unit, reader)
    shown = decimal(large_unit(value, "kg", decimals=3), reader, most=3)
    return reader.gettext(_LARGE[large], amount=shown)


def unit_beside(unit: str, reader: Reader) -> str:
    """Return what stands beside a field: the unit that a bare number written in it is of.

    `unit` is a base unit, SMALL for what one of something weighs, or empty where it depends on the
    item that is still to be named.
    """
    if unit == SMALL:
        return unit_sign("oz" if reader.weight_unit == "lb" else "g", reader)
    if unit == GRAM:
        return unit_sign(reader.weight_unit, reader)
    if unit == MILLILITRE:
        return reader.gettext("l")
    if unit:
        return reader.gettext("pieces")
    return reader.gettext("pieces or %(unit)s", unit=unit_sign(reader.weight_unit, reader))


def weight(grams: int | None, reader: Reader) -> str:
    """Return grams in the reader's unit, to a tenth of a kilogram or pound."""
    if grams is None:
        return reader.gettext("not weighed")
    return weight_in(grams, reader.weight_unit, reader)


def weight_in(grams: int, unit: str, reader: Reader) -> str:
    """Return grams in `unit` (kg or lb), to a tenth; less than a kilogram in grams."""
    if unit == "lb":
        shown = decimal(large_unit(grams, "lb", decimals=1), reader)
        return reader.gettext(_LARGE["lb"], amount=shown)
    return _large(grams, "kg", reader)


def unit_sign(unit: str, reader: Reader) -> str:
    """Return the sign of a unit as it stands alone, beside a field or in a head: kg, lb, l."""
    return reader.gettext(unit) if unit in _SIGNS else unit


def weight_to_tenth(grams: int, unit: str, reader: Reader) -> str:
    """Return grams in `unit` with one decimal always: 24.0 kg."""
    return tenth(large_unit(grams, unit, 1), unit, reader)


def tenth(amount: Decimal, unit: str, reader: Reader) -> str:
    """Return an amount of `unit` with one decimal always."""
    return reader.gettext(_LARGE[unit], amount=decimal(amount, reader, least=1))


def _large(value: int, large: str, reader: Reader) -> str:
    if -_PER_LARGE < value < _PER_LARGE and value:
        return reader.gettext(_SMALL[large], amount=number(value, reader))
    shown = decimal(large_unit(value, "kg", decimals=1), reader)
    return reader.gettext(_LARGE[large], amount=shown)


def signed_number(value: int, unit: str, reader: Reader) -> str:
    """Return a quantity with its sign, + or −."""
    return with_sign(value, lambda found: quantity(found, unit, reader), reader, with_plus=True)


def with_sign(value: int, write: WriteNumber, reader: Reader, *, with_plus: bool) -> str:
    """Return what `write` says, with a plus if wanted; what is shown as nothing has no sign."""
    shown = write(abs(value))
    if not numbers.is_something(shown):
        return shown
    if value > 0 and with_plus:
        return f"{numbers.plus_sign(reader.locale)}{shown}"
    return write(value)


def weights(unit: str, grams: Iterable[int], reader: Reader) -> WriteNumber:
    """Return what writes grams in `unit`, all with the same decimals; nothing is a plain 0."""
    places = decimals_needed(grams, unit)

    def write(value: int) -> str:
        if not value:
            return number(0, reader)
        return decimal(large_unit(value, unit, places), reader, most=places, least=places)

    return write


def weight_list(grams: Sequence[int], unit: str, reader: Reader) -> tuple[list[str], str]:
    """Return weights in `unit` that add up as they are written, and their sum.

    All have a tenth, or more decimals where one would else be written as nothing. Less than a
    kilogram altogether is written in grams.
    """
    total = sum(grams)
    if unit != "lb" and all(-_PER_LARGE < one < _PER_LARGE for one in (*grams, total)):
        return [weight_in(one, unit, reader) for one in grams], weight_in(total, unit, reader)
    places = decimals_to_tell(grams, unit)
    shown = weights_that_add_up(grams, unit, places)

    def write(amount: Decimal) -> str:
        return reader.gettext(_LARGE[unit], amount=decimal(amount, reader, most=places))

    return [write(amount) for amount in shown], write(large_unit(total, unit, places))


def to_local(instant: datetime, reader: Reader) -> datetime:
    """Return the instant on the reader's wall clock."""
    return instant.astimezone(ZoneInfo(reader.time_zone))


def day_in(form: str, value: date, reader: Reader) -> str:
    """Return a day in one of the forms of this module."""
    return _day_of(form, value, reader.locale)


@lru_cache(maxsize=_MOST_KEPT)
def _day_of(form: str, value: date, locale: Locale) -> str:
    english, skeleton = _DAYS[form]
    if locale.language == "en":
        return format_date(value, english, locale)
    if skeleton in locale.datetime_skeletons:
        return format_skeleton(skeleton, value, locale=locale)
    return format_date(value, skeleton or english, locale)


def span(first: date, last: date, reader: Reader) -> str:
    """Return days as people write them: 16–22 November 2026."""
    if first == last:
        return plain_day(last, reader)
    if reader.locale.language != "en":
        return format_interval(first, last, "yMMMd", locale=reader.locale)
    end = plain_day(last, reader)
    if (first.year, first.month) == (last.year, last.month):
        return f"{day_in('only_day', first, reader)}–{end}"
    form = "day_month" if first.year == last.year else "plain"
    return f"{day_in(form, first, reader)} – {end}"


def day(value: date | None, reader: Reader) -> str:
    """Return a calendar day: Thu 19 Nov, with the year if it is another one."""
    if value is None:
        return ""
    this_year = to_local(utc_now(), reader).year
    return day_in("day" if value.year == this_year else "dated", value, reader)


def dated_day(value: date, reader: Reader) -> str:
    """Return a day with its year: 19 Nov 2026."""
    return day_in("dated", value, reader)


def plain_day(value: date, reader: Reader) -> str:
    """Return a day with its month in full: 19 November 2026."""
    return day_in("plain", value, reader)


def long_day(value: date, reader: Reader) -> str:
    """Return a calendar day in full: Saturday, 21 November 2026."""
    return day_in("long", value, reader)


def today_day(value: date, reader: Reader) -> str:
    """Return today, whose year everybody knows: Saturday, 21 November."""
    return day_in("today", value, reader)


def weekdays(reader: Reader) -> dict[int, str]:
    """Return the names of the days of the week by their ISO numbers, Monday first."""
    names = get_day_names("wide", "stand-alone", reader.locale)
    return {place + 1: str(names[place]) for place in range(7)}


def clock_time(instant: datetime, reader: Reader) -> str:
    """Return only the time on the reader's wall clock: 18:02."""
    there = to_local(instant, reader)
    return _clock_of(time(there.hour, there.minute), reader.locale)


@lru_cache(maxsize=_MOST_KEPT)
def _clock_of(minute: time, locale: Locale) -> str:
    return format_skeleton("Hm", minute, locale=locale)


def moment(instant: datetime | None, reader: Reader) -> str:
    """Return an instant as day and time on the reader's wall clock: Thu 19 Nov 18:02."""
    if instant is None:
        return ""
    there = to_local(instant, reader)
    return f"{day(there.date(), reader)} {clock_time(instant, reader)}"


def dated_moment(instant: datetime, reader: Reader) -> str:
    """Return a day with its year and a time: 26 Nov 2026, 14:30."""
    local = to_local(instant, reader)
    named = {"day": dated_day(local.date(), reader), "time": clock_time(instant, reader)}
    return reader.gettext("%(day)s, %(time)s", **named)


def day_order(reader: Reader) -> Literal["dmy", "mdy"]:
    """Return in which order the reader writes the day and the month with figures.

    It is the depot's, where it says so, else that of the reader's own numbers and dates.
    """
    if reader.said_order:
        return "mdy" if reader.said_order == "mdy" else "dmy"
    pattern = str(reader.locale.date_formats["short"].pattern).lower()
    return "mdy" if pattern.index("m") < pattern.index("d") and pattern[0] != "y" else "dmy"


def ago(instant: datetime, reader: Reader) -> str:
    """Return how long ago, while that is the shorter way to say it; else the moment."""
    passed = utc_now() - instant
    if passed < timedelta(minutes=1):
        return reader.gettext("just now")
    if passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return reader.ngettext("%(num)s min ago", "%(num)s min ago", minutes)
    if passed < timedelta(hours=12):
        hours = int(passed.total_seconds() // 3600)
        return reader.ngettext("%(num)s hour ago", "%(num)s hours ago", hours)
    return moment(instant, reader)


def lot_date(kind: DateKind, text: str, reader: Reader) -> str:
    """Return a package's date with its kind: best before May 2027, use by 24 November."""
    if kind == "none" or not text:
        return reader.gettext("no date")
    shown = written_date(text, reader)
    if kind == "use_by":
        return reader.gettext("use by %(date)s", date=shown)
    return reader.gettext("best before %(date)s", date=shown)


def written_date(text: str, reader: Reader) -> str:
    """Return a date as precise as it stands on the package: May 2027 for 2027-05."""
    parts = text.split("-")
    if len(parts) == 3:
        return day_in("dated", date.fromisoformat(text), reader)
    if len(parts) == 2 and parts[1].startswith("Q"):
        return reader.gettext(
            "quarter %(quarter)s of %(year)s", quarter=parts[1][1:], year=parts[0]
        )
    if len(parts) == 2:
        return day_in("month", date(int(parts[0]), int(parts[1]), 1), reader)
    return text


def band_words(from_age: int, to_age: int | None, reader: Reader) -> str:
    """Say an age band: 5 to 11, 60 and over."""
    first = number(from_age, reader)
    if to_age is None:
        return reader.gettext("%(age)s and over", age=first)
    last = number(to_age, reader)
    return reader.gettext("%(first)s to %(last)s years", first=first, last=last)
