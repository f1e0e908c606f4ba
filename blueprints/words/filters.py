"""How figures, weights, dates and times are shown: the only formatting templates use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_decimal, get_locale, ngettext
from flask_babel import gettext as _untyped

from blueprints.frame.guards import current_actor
from depot.base.clock import utc_now
from depot.base.units import GRAM, MILLILITRE
from depot.words.weights import large_unit

_PER_LARGE: Final = 1000


def _(message: str, **params: object) -> str:
    """Return the message in the reader's language."""
    return str(_untyped(message, **params))


def number(value: int) -> str:
    """Show an integer with the locale's grouping."""
    return str(format_decimal(value))


def quantity(value: int, unit: str) -> str:
    """Show a quantity in its base unit, as people say it: 48, 24 kg, 1.5 l."""
    if unit == GRAM:
        return weight(value)
    if unit == MILLILITRE:
        return _large(value, _("l"), _("ml"))
    return number(value)


def weight(grams: int | None) -> str:
    """Show grams in the depot's unit, to a tenth of a kilogram or pound."""
    if grams is None:
        return _("not weighed")
    if _weight_unit() == "lb":
        shown = large_unit(grams, "lb", decimals=1)
        return _("%(amount)s lb", amount=format_decimal(shown, format="#,##0.#"))
    return _large(grams, _("kg"), _("g"))


def _large(value: int, large: str, small: str) -> str:
    if -_PER_LARGE < value < _PER_LARGE and value:
        return f"{number(value)} {small}"
    tenths = (abs(value) + 50) // 100
    shown = tenths / 10 if value >= 0 else -tenths / 10
    return f"{format_decimal(shown, format='#,##0.#')} {large}"


def signed(value: int, unit: str) -> str:
    """Show a quantity with its sign, + or − (a true minus)."""
    shown = quantity(abs(value), unit)
    return f"+{shown}" if value > 0 else f"−{shown}" if value < 0 else shown


def _weight_unit() -> str:
    actor = current_actor()
    return actor.depot.weight_unit if actor else "kg"


def _zone() -> ZoneInfo:
    actor = current_actor()
    return ZoneInfo(actor.depot.time_zone if actor else "UTC")


def day(value: date | None) -> str:
    """Show a calendar day: Thu 19 Nov, with the year if it is another one."""
    if value is None:
        return ""
    this_year = local(utc_now()).year
    return str(format_date(value, "EEE d MMM" if value.year == this_year else "d MMM yyyy"))


def long_day(value: date) -> str:
    """Show a calendar day in full: Saturday, 21 November 2026."""
    return str(format_date(value, "EEEE, d MMMM yyyy"))


def today_day(value: date) -> str:
    """Show today, whose year everybody knows: Saturday, 21 November."""
    return str(format_date(value, "EEEE, d MMMM"))


def local(instant: datetime) -> datetime:
    """Return the instant on the depot's wall clock."""
    return instant.astimezone(_zone())


def moment(instant: datetime | None) -> str:
    """Show an instant as day and wall-clock time of the depot: Thu 19 Nov 18:02."""
    if instant is None:
        return ""
    there = local(instant)
    return f"{day(there.date())} {there:%H:%M}"


def clock_time(instant: datetime) -> str:
    """Show only the wall-clock time of the depot: 18:02."""
    return f"{local(instant):%H:%M}"


def ago(instant: datetime) -> str:
    """Show how long ago, while that is the shorter way to say it; else the moment."""
    passed = utc_now() - instant
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return str(ngettext("%(num)s min ago", "%(num)s min ago", minutes))
    if passed < timedelta(hours=12):
        hours = int(passed.total_seconds() // 3600)
        return str(ngettext("%(num)s hour ago", "%(num)s hours ago", hours))
    return moment(instant)


def lot_date(kind: str, text: str) -> str:
    """Show a package's date with its kind: best before May 2027, use by 24 November."""
    if kind == "none" or not text:
        return _("no date")
    shown = _written_date(text)
    if kind == "use_by":
        return _("use by %(date)s", date=shown)
    return _("best before %(date)s", date=shown)


def _written_date(text: str) -> str:
    parts = text.split("-")
    if len(parts) == 3:
        return str(format_date(date.fromisoformat(text), "d MMM yyyy"))
    if len(parts) == 2 and parts[1].startswith("Q"):
        return _("quarter %(quarter)s of %(year)s", quarter=parts[1][1:], year=parts[0])
    if len(parts) == 2:
        return str(format_date(date(int(parts[0]), int(parts[1]), 1), "MMM yyyy"))
    return text


def locale_tag() -> str:
    """Return the page's language for the html element."""
    found = get_locale()
    return str(found).replace("_", "-") if found else "en"


FILTERS: Final = {
    "number": number,
    "quantity": quantity,
    "weight": weight,
    "signed": signed,
    "day": day,
    "long_day": long_day,
    "today_day": today_day,
    "moment": moment,
    "clock_time": clock_time,
    "ago": ago,
    "lot_date": lot_date,
}
