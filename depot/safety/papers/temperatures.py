"""The log of a fridge or freezer for one month, as an inspector wants to see it."""

from __future__ import annotations

from collections.abc import Iterable

from depot.base.actors import Actor
from depot.base.clock import local_day
from depot.base.kinds import ColdKind
from depot.base.periods import Period
from depot.base.text import N_
from depot.papers.paper import Blanks, Block, Column, Facts, Paper, Row, Table, Words
from depot.papers.parts import figure_column, make_paper
from depot.safety.queries.temperatures import ColdPlace, MonthOfReadings, Reading
from depot.safety.temperatures import Gap
from depot.words import figures
from depot.words.reader import Reader
from depot.words.temperatures import temperature, temperature_limits

KIND_WORDS: dict[ColdKind, str] = {
    "fridge": N_("Fridge"),
    "freezer": N_("Freezer"),
    "other": N_("Another place"),
}
EVERY_WORDS: dict[int, str] = {
    4: N_("every four hours"),
    12: N_("twice a day"),
    24: N_("once a day"),
    168: N_("once a week"),
}


def temperature_log(
    place: ColdPlace, month: Period, found: MonthOfReadings, who: Actor, reader: Reader
) -> Paper:
    """Return all readings of a month with who read them, those out of limits marked, gaps named."""
    _ = reader.gettext
    blocks: list[Block] = [Facts("", _facts(place, reader)), *_warnings(found, reader)]
    columns = (
        figure_column(_("When")),  # as figures are, kept in one line
        figure_column(_("Temperature")),
        Column(_("Read by")),
        Column(_("Remarks")),
    )
    rows = tuple(_row(one, place, who, reader) for one in found.readings)
    blocks.append(Table("", columns, rows, empty=_("Nothing was read in this month.")))
    blocks.append(Blanks((_("Checked by"), _("Day and signature"))))
    title = _("Temperatures: %(place)s", place=place.name)
    return make_paper(
        title, blocks, who, reader, lead=[figures.day_in("long_month", month.first, reader)]
    )


def limits_words(of: ColdPlace | Reading, reader: Reader) -> str:
    """Return the limits of a place, or those that a reading was made with."""
    return temperature_limits(of.limits.lowest, of.limits.highest, reader)


def rule_words(place: ColdPlace, reader: Reader) -> str:
    """Return what a place is, its limits, and how often it is read: Fridge · at most 5 °C · …"""
    every = reader.gettext(EVERY_WORDS[place.every_hours])
    kind = reader.gettext(KIND_WORDS[place.kind])
    return " · ".join((kind, limits_words(place, reader), every))


def _facts(place: ColdPlace, reader: Reader) -> tuple[tuple[str, str], ...]:
    _ = reader.gettext
    pairs = (
        (_("What it is"), _(KIND_WORDS[place.kind])),
        (_("Limits now"), limits_words(place, reader)),
        (_("To be read"), _(EVERY_WORDS[place.every_hours])),
        (_("Who says so"), place.source),
    )
    return tuple(pair for pair in pairs if pair[1])


def _warnings(found: MonthOfReadings, reader: Reader) -> Iterable[Block]:
    outside = sum(one.is_outside and one.struck is None for one in found.readings)
    if outside:
        told = reader.ngettext(
            "%(num)s reading was outside the limits.",
            "%(num)s readings were outside the limits.",
            outside,
        )
        yield Words(told, "strong")
    if found.gaps:
        days = figures.listed([_gap(gap, reader) for gap in found.gaps], reader)
        yield Words(reader.gettext("No reading, or too few: %(days)s", days=days), "strong")
    elif found.readings:
        yield Words(reader.gettext("No reading is missing."))


def _gap(gap: Gap, reader: Reader) -> str:
    if gap.first == gap.last:
        days = figures.dated_day(gap.first, reader)
    else:
        days = figures.span(gap.first, gap.last, reader)
    if not gap.found:
        return days
    named = {"days": days, "found": figures.number(gap.found, reader)}
    wanted = figures.number(gap.wanted, reader)
    return reader.gettext("%(days)s (%(found)s of %(wanted)s)", wanted=wanted, **named)


def _row(one: Reading, place: ColdPlace, who: Actor, reader: Reader) -> Row:
    return Row(
        (
            figures.moment(one.occurred_at, reader),
            _shown(one, reader),
            reader.name(one.by),
            " · ".join(_remarks(one, place, who, reader)),
        )
    )


def _shown(one: Reading, reader: Reader) -> str:
    shown = temperature(one.tenths, reader)
    if one.struck:
        return reader.gettext("struck out: %(degrees)s", degrees=shown)
    if not one.is_outside:
        return shown
    is_cold = one.limits.lowest is not None and one.tenths < one.limits.lowest
    if is_cold:
        return reader.gettext("TOO COLD: %(degrees)s", degrees=shown)
    return reader.gettext("TOO WARM: %(degrees)s", degrees=shown)


def _remarks(one: Reading, place: ColdPlace, who: Actor, reader: Reader) -> Iterable[str]:
    """Yield what is to be known of a reading: other limits then, a mistake, written later."""
    if one.limits != place.limits:
        then = limits_words(one, reader) or reader.gettext("none")
        yield reader.gettext("limits then: %(limits)s", limits=then)
    if one.struck is not None:
        yield strike_words(one, reader)
    zone = who.depot.time_zone
    if local_day(one.recorded_at, zone) != local_day(one.occurred_at, zone):
        when = figures.dated_moment(one.recorded_at, reader)
        yield reader.gettext("written here on %(when)s", when=when)


def strike_words(one: Reading, reader: Reader) -> str:
    """Return who struck a reading out, when and why; empty where nobody did."""
    if one.struck is None:
        return ""
    return reader.gettext(
        "a mistake, says %(who)s on %(when)s: %(why)s",
        who=one.struck.by,
        when=figures.dated_moment(one.struck.recorded_at, reader),
        why=one.struck.reason,
    )
