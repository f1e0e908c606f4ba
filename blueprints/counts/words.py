"""A count sheet in words: its lines, how far it is, what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from blueprints.words.amounts import typed_amount
from depot.base.text import N_
from depot.base.units import GRAM, MILLILITRE, PIECE
from depot.counts.queries.sheets import Difference, Found, SheetView
from depot.counts.sheets import FIRST, NEITHER, SECOND, Sheet, SheetLine, Tally
from depot.words import figures
from depot.words.reader import Reader

STATE_WORDS: Final = {
    "open": N_("being counted"),
    "posted": N_("posted"),
    "called_off": N_("called off"),
}


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line as the page shows it; `index` is its place among the page's fields."""

    index: int
    number: int
    crate: str
    item: str
    small: str
    #: What the book says; empty where it is counted blind, and of what was found.
    book: str
    unit: str | None
    decimal: bool
    #: What was counted, as it is typed, and as it is read; empty where nobody counted.
    amount: str
    counted: str
    #: Another date than the book's, as it was typed.
    date: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that lie together: loose, or in one crate."""

    crate: str
    elsewhere: str
    lines: tuple[LineWords, ...]


@dataclass(frozen=True, slots=True)
class SheetWords:
    """A sheet as a row of the list."""

    id: int
    place: str
    small: str
    figure: str
    state: str


@dataclass(frozen=True, slots=True)
class OptionWords:
    """What one counter found at a line: the figure, how it differs, who wrote it when."""

    counter: int
    who: str
    figure: str
    variance: str
    small: str


@dataclass(frozen=True, slots=True)
class DifferenceWords:
    """A line of the page of differences."""

    index: int
    number: int
    item: str
    where: str
    book: str
    is_disputed: bool
    options: tuple[OptionWords, ...]


def line_words(
    line: SheetLine, index: int, counter: int, view: SheetView, weight_unit: str, reader: Reader
) -> LineWords:
    """Put a line into words for one of the two counters."""
    tally = line.tally(counter)
    is_blind = view.sheet.is_blind or counter == SECOND
    says_book = line.lot_id is not None and not is_blind
    return LineWords(
        index=index,
        number=line.number,
        crate=line.crate,
        item=line.item,
        small=" · ".join(lot_parts(line, reader)),
        book=_book(view.expected(line), line.unit, reader) if says_book else "",
        unit=typed_in(line.unit, weight_unit, reader),
        decimal=line.unit != PIECE,
        amount=typed_amount(tally.quantity, line.unit, weight_unit) if tally else "",
        counted=figures.exact_quantity(tally.quantity, line.unit, reader) if tally else "",
        date=tally.date_text if tally and line.lot_id is not None else "",
        is_counted=tally is not None,
    )


def typed_in(unit: str, weight_unit: str, reader: Reader) -> str | None:
    """Return what a number is typed in: kg or lb, l, or nothing for pieces."""
    return {
        GRAM: figures.unit_sign(weight_unit, reader),
        MILLILITRE: figures.unit_sign("l", reader),
    }.get(unit)


def lot_parts(line: SheetLine, reader: Reader) -> list[str]:
    """Return what tells a line from others of its item: its date, its lot."""
    parts = []
    if line.date_text:
        parts.append(figures.lot_date(line.date_kind, line.date_text, reader))
    if line.lot_code:
        parts.append(reader.gettext("lot %(code)s", code=line.lot_code))
    if line.lot_id is None:
        parts.append(reader.gettext("found"))
    return parts


def _book(quantity: int, unit: str, reader: Reader) -> str:
    shown = figures.quantity(max(quantity, 0), unit, reader)
    return reader.gettext("the book says %(amount)s", amount=shown)


def sections(
    lines: Sequence[SheetLine], counter: int, view: SheetView, weight_unit: str, reader: Reader
) -> list[Section]:
    """Return the lines in the order of their numbers, parted where the crate changes."""
    elsewhere = {crate.code: crate.elsewhere for crate in view.crates}
    parts: list[tuple[str, list[LineWords]]] = []
    for index, line in enumerate(lines):
        if not parts or parts[-1][0] != line.crate:
            parts.append((line.crate, []))
        parts[-1][1].append(line_words(line, index, counter, view, weight_unit, reader))
    return [Section(crate, elsewhere.get(crate, ""), tuple(found)) for crate, found in parts]


def progress_words(sheet: Sheet, counter: int, reader: Reader) -> str:
    """Say how far a counter is: 5 of 12 counted."""
    return reader.gettext(
        "%(counted)s of %(lines)s counted", counted=sheet.counted(counter), lines=len(sheet.lines)
    )


def sheet_words(sheet: Sheet, reader: Reader) -> SheetWords:
    """Put a sheet into words as a row of the list."""
    parts = [_when(sheet, reader)]
    if sheet.is_open and sheet.is_blind:
        parts.append(reader.gettext("blind"))
    if sheet.is_open and sheet.is_counted_twice:
        parts.append(
            reader.gettext("second count: %(progress)s", progress=_parts_of(sheet, SECOND, reader))
        )
    state = reader.gettext(STATE_WORDS[sheet.state])
    figure = _parts_of(sheet, FIRST, reader) if sheet.is_open else ""
    return SheetWords(sheet.id, sheet.place, " · ".join(parts), figure, state)


def _parts_of(sheet: Sheet, counter: int, reader: Reader) -> str:
    return reader.gettext(
        "%(counted)s of %(lines)s", counted=sheet.counted(counter), lines=len(sheet.lines)
    )


def _when(sheet: Sheet, reader: Reader) -> str:
    instant, name = sheet.started_at, sheet.started_by
    if sheet.closed_at is not None:
        instant, name = sheet.closed_at, sheet.closed_by
    moment = figures.moment(instant, reader)
    return reader.gettext("%(when)s by %(name)s", when=moment, name=name) if name else moment


def closed_words(sheet: Sheet, reader: Reader) -> str:
    """Say when and by whom a sheet was closed."""
    words = {"when": figures.moment(sheet.closed_at, reader), "name": sheet.closed_by or "–"}
    if sheet.state == "posted":
        return reader.gettext("Posted %(when)s by %(name)s.", **words)
    return reader.gettext("Called off %(when)s by %(name)s. Nothing of it is in the book.", **words)


def difference_words(one: Difference, index: int, reader: Reader) -> DifferenceWords:
    """Put a line that differs into words."""
    line = one.line
    expected = next(iter(one.found.values())).expected
    parts = lot_parts(line, reader)
    where = " · ".join([*parts, line.crate] if line.crate else parts)
    options = tuple(_option(line, counter, found, reader) for counter, found in one.found.items())
    book = _book(expected, line.unit, reader)
    if line.lot_id is None:
        book = reader.gettext("not in the book there")
    return DifferenceWords(index, line.number, line.item, where, book, line.is_disputed, options)


def _option(line: SheetLine, counter: int, found: Found, reader: Reader) -> OptionWords:
    tally = found.tally
    who = tally.person or _counter_words(counter, reader)
    return OptionWords(
        counter=counter,
        who=who,
        figure=figures.quantity(tally.quantity, line.unit, reader),
        variance=variance_words(found.variance, line.unit, reader),
        small=_written(tally, line, reader),
    )


def _counter_words(counter: int, reader: Reader) -> str:
    words = {
        FIRST: reader.gettext("first count"),
        SECOND: reader.gettext("second count"),
        NEITHER: reader.gettext("leave it out"),
    }
    return words[counter]


def _written(tally: Tally, line: SheetLine, reader: Reader) -> str:
    parts = [figures.moment(tally.counted_at, reader)]
    if tally.date_text and line.lot_id is not None:
        date = figures.lot_date(tally.date_kind, tally.date_text, reader)
        parts.append(reader.gettext("on it: %(date)s", date=date))
    return " · ".join(parts)


def variance_words(variance: int, unit: str, reader: Reader) -> str:
    """Say how a number compares with the book."""
    amount = figures.quantity(abs(variance), unit, reader)
    if variance > 0:
        return reader.gettext("%(amount)s more than the book", amount=amount)
    if variance < 0:
        return reader.gettext("%(amount)s fewer than the book", amount=amount)
    return reader.gettext("as the book says")
