"""An entry line by line, in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.words import filters
from blueprints.words.entries import REASON_WORDS, SOURCE_WORDS, place_word, say, who_of
from depot.base.text import N_
from depot.entries.queries.entry_lines import LineRow, PeopleRow
from depot.entries.queries.ledger import EntryRow
from depot.ledger.seal import short


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an entry: what, of which date, from where to where, how much."""

    what: str
    small: str
    way: Markup
    figure: str


def facts(row: EntryRow) -> list[tuple[str, str]]:
    """Return label and value of everything that is said of the whole entry."""
    reason = _(REASON_WORDS[row.reason]) if row.reason in REASON_WORDS else row.reason
    late = _("%(when)s, on a later day", when=filters.moment(row.recorded_at))
    pairs = (
        (_("Happened"), filters.moment(row.occurred_at)),
        (_("Written"), late if row.is_late else filters.moment(row.recorded_at)),
        (_("By"), who_of(row)),
        (_("Where from"), _(SOURCE_WORDS[row.source_kind]) if row.source_kind else ""),
        (_("Who from"), row.partner or ""),
        (_("Hand-out"), row.event or ""),
        (_("Why"), reason),
        (_("Note"), row.note),
        (_("Seal"), short(row.seal)),
    )
    return [*((label, value) for label, value in pairs if value), *_people(row.people)]


def _people(people: PeopleRow | None) -> list[tuple[str, str]]:
    if people is None:
        return []
    pairs = (
        (_("Households"), people.households),
        (_("for the first time"), people.new_households),
        (_("Adults"), people.adults),
        (_("Children"), people.children),
        (_("Seniors"), people.seniors),
    )
    return [(label, filters.number(count)) for label, count in pairs if count is not None]


def line_rows(row: EntryRow) -> list[Line]:
    """Return the entry's lines: goods first, then where crates were put."""
    goods = [_line(line) for line in row.lines]
    crates = [
        Line("", "", say(N_("%(crate)s: %(way)s"), crate=place_word(put.crate), way=way), "")
        for put in row.placements
        for way in [
            say(
                N_("%(source)s → %(target)s"),
                source=place_word(put.source),
                target=place_word(put.target, is_target=True),
            )
        ]
    ]
    return goods + crates


def _line(line: LineRow) -> Line:
    way = say(
        N_("%(source)s → %(target)s"),
        source=place_word(line.source),
        target=place_word(line.target, is_target=True),
    )
    lot = filters.lot_date(line.date_kind, line.date_text)
    code = _("lot %(code)s", code=line.lot_code) if line.lot_code else ""
    weighed = (
        _("weighed %(weight)s", weight=filters.weight(line.weighed_grams))
        if line.weighed_grams is not None
        else ""
    )
    small = " · ".join(part for part in (lot, code, weighed) if part)
    return Line(line.item, small, way, filters.quantity(line.quantity, line.unit))
