"""An entry line by line, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from blueprints.words.entries import (
    REASON_WORDS,
    SOURCE_WORDS,
    author_of,
    fill_sentence,
    place_markup,
)
from depot.base.text import N_
from depot.entries.queries.entry_lines import LineRow, PeopleRow
from depot.entries.queries.ledger import EntryRow
from depot.entries.queries.weighings import WeighingRow
from depot.kernel.answers import Answer as AnswerOf
from depot.kernel.undoing import Reversed
from depot.ledger.seal import short_seal
from depot.words import figures
from depot.words.reader import Reader

#: Of the places that an undo took goods from, so many are named at once.
_TAKEN_AT_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class EntryLineText:
    """A line of an entry: what, of which date, from where to where, how much."""

    what: str
    small: str
    way: Markup
    figure: str
    #: Where the origin and use of its goods are looked up; None where no goods are meant.
    lot_id: int | None = None


def entry_facts(row: EntryRow, reader: Reader) -> list[tuple[str, str]]:
    """Return label and value of everything that is said of the whole entry."""
    reason = reader.gettext(REASON_WORDS[row.reason]) if row.reason in REASON_WORDS else row.reason
    late = reader.gettext("%(when)s, on a later day", when=figures.moment(row.recorded_at, reader))
    pairs = (
        (reader.gettext("Happened"), figures.moment(row.occurred_at, reader)),
        (
            reader.gettext("Written"),
            late if row.is_late else figures.moment(row.recorded_at, reader),
        ),
        (reader.gettext("By"), author_of(row, reader)),
        (
            reader.gettext("Where from"),
            reader.gettext(SOURCE_WORDS[row.source_kind]) if row.source_kind else "",
        ),
        (reader.gettext("Who from"), row.partner or ""),
        (reader.gettext("Hand-out"), row.event or ""),
        (reader.gettext("Why"), reason),
        (reader.gettext("Note"), row.note),
        (reader.gettext("Seal"), short_seal(row.seal)),
    )
    return [*((label, value) for label, value in pairs if value), *_people(row.people, reader)]


def _people(people: PeopleRow | None, reader: Reader) -> list[tuple[str, str]]:
    if people is None:
        return []
    pairs = (
        (reader.gettext("Households"), people.households),
        (reader.gettext("New households"), people.new_households),
        (reader.gettext("Adults"), people.adults),
        (reader.gettext("Children"), people.children),
        (reader.gettext("Seniors"), people.seniors),
    )
    return [(label, figures.number(count, reader)) for label, count in pairs if count is not None]


def weighing_facts(rows: Sequence[WeighingRow], reader: Reader) -> list[tuple[str, str]]:
    """Return by item how its weight came about: weighed 12.5 kg, less 1 × Banana box (1.4 kg)."""
    return [(row.item, _weighed(row, reader)) for row in rows]


def _weighed(row: WeighingRow, reader: Reader) -> str:
    boxes = ", ".join(
        reader.gettext(
            "%(count)s × %(box)s (%(weight)s)",
            count=figures.number(box.count, reader),
            box=box.name,
            weight=figures.weight(box.grams, reader),
        )
        for box in row.boxes
    )
    weighed = figures.weight(row.gross_grams, reader)
    return reader.gettext("weighed %(weight)s, less %(boxes)s", weight=weighed, boxes=boxes)


def line_rows(row: EntryRow, reader: Reader) -> list[EntryLineText]:
    """Return the entry's lines: goods first, then where crates were put."""
    goods = [_line(line, reader) for line in row.lines]
    crates = [
        EntryLineText(
            "",
            "",
            fill_sentence(
                N_("%(crate)s: %(way)s"), reader, crate=place_markup(put.crate, reader), way=way
            ),
            "",
        )
        for put in row.placements
        for way in [
            fill_sentence(
                N_("%(source)s → %(target)s"),
                reader,
                source=place_markup(put.source, reader),
                target=place_markup(put.target, reader, is_target=True),
            )
        ]
    ]
    return goods + crates


def _line(line: LineRow, reader: Reader) -> EntryLineText:
    way = fill_sentence(
        N_("%(source)s → %(target)s"),
        reader,
        source=place_markup(line.source, reader),
        target=place_markup(line.target, reader, is_target=True),
    )
    lot = figures.lot_date(line.date_kind, line.date_text, reader)
    code = reader.gettext("lot %(code)s", code=line.lot_code) if line.lot_code else ""
    weighed = (
        reader.gettext("weighed %(weight)s", weight=figures.weight(line.weighed_grams, reader))
        if line.weighed_grams is not None
        else ""
    )
    corrects = reader.gettext("put right, because this came late") if line.is_correction else ""
    small = " · ".join(part for part in (lot, code, weighed, corrects) if part)
    figure = figures.quantity(line.quantity, line.unit, reader)
    return EntryLineText(line.item, small, way, figure, line.lot_id)


def taken_words(answer: AnswerOf, reader: Reader) -> Iterator[str]:
    """Yield sentences of what an undo took from elsewhere, and of what it undid beside."""
    if not isinstance(answer, Reversed):
        return
    for one in answer.taken[:_TAKEN_AT_MOST]:
        yield reader.gettext(
            "%(amount)s %(item)s had gone on: taken from %(place)s.",
            amount=figures.quantity(one.quantity, one.unit, reader),
            item=one.item,
            place=one.place,
        )
    more = len(answer.taken) - _TAKEN_AT_MOST
    if more > 0:
        yield reader.ngettext("%(num)s more place.", "%(num)s more places.", more)
    if answer.with_seqs:
        numbers = [figures.number(seq, reader) for seq in answer.with_seqs]
        yield reader.gettext(
            "What was made of it was undone too: entry %(numbers)s.", numbers=", ".join(numbers)
        )
