"""Cells of lists that are sent as files: amounts, weights, days, in the units of who reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from blueprints.words import entries
from depot.base.allergens import FoodFacts
from depot.base.text import N_
from depot.base.units import GRAM, MILLILITRE
from depot.entries.queries.entry_lines import LineRow, PlacementRow
from depot.entries.queries.ledger import EntryRow
from depot.kernel.weights import Total, Weight
from depot.lists.listing import DAY, FLAG, MOMENT, NUMBER, TEXT, WHOLE, Column
from depot.words import figures
from depot.words.allergens import allergen_names, diet_names
from depot.words.reader import Reader
from depot.words.weights import large_unit

__all__ = ["DAY", "FLAG", "MOMENT", "NUMBER", "TEXT", "WHOLE", "Column"]

_DATE_WORDS: Final = {"use_by": N_("use by"), "best_before": N_("best before")}


def exported_amount(quantity: int, unit: str, reader: Reader) -> Decimal:
    """Return a quantity as a number of what its unit's word says: pieces, kg or lb, litres."""
    if unit == GRAM:
        return large_unit(quantity, reader.weight_unit, 3)
    if unit == MILLILITRE:
        return Decimal(quantity) / 1000
    return Decimal(quantity)


def unit_word(unit: str, reader: Reader) -> str:
    """Return the word beside an amount."""
    if unit == GRAM:
        return figures.unit_sign(reader.weight_unit, reader)
    return figures.unit_sign("l", reader) if unit == MILLILITRE else reader.gettext("pieces")


def weight_title(reader: Reader) -> str:
    """Return the title of a column of weights."""
    unit = figures.unit_sign(reader.weight_unit, reader)
    return reader.gettext("Weight, %(unit)s", unit=unit)


def weight_number(grams: int | None, reader: Reader) -> Decimal | None:
    """Return a weight in the reader's unit; None if it is not known."""
    return None if grams is None else large_unit(grams, reader.weight_unit, 3)


def weight_columns(weight_of: Callable[[Any], Weight], reader: Reader) -> list[Column[Any]]:
    """Return the two columns of a weight: how much, and whether it is estimated."""
    return [
        Column(
            weight_title(reader),
            lambda row: weight_number(weight_of(row).grams, reader),
            NUMBER,
            summed=True,
        ),
        Column(reader.gettext("Estimated"), lambda row: weight_of(row).is_estimated, FLAG),
    ]


def food_columns(food_of: Callable[[Any], FoodFacts], reader: Reader) -> list[Column[Any]]:
    """Return the columns of what it contains, whether anybody looked, and for which diets it is."""
    return [
        Column(
            reader.gettext("Allergens"),
            lambda row: allergen_names(food_of(row).allergens, reader),
        ),
        Column(reader.gettext("Looked for all 14"), lambda row: food_of(row).is_known, FLAG),
        Column(reader.gettext("Diets"), lambda row: diet_names(food_of(row).diets, reader)),
    ]


def wall_clock(instant: datetime | None, reader: Reader) -> datetime | None:
    """Return an instant as the reader's wall clock shows it, without its zone."""
    return None if instant is None else figures.to_local(instant, reader).replace(tzinfo=None)


def date_word(kind: str, reader: Reader) -> str:
    """Return what a package's date says; empty for goods without one."""
    return reader.gettext(_DATE_WORDS.get(kind, ""))


def amounts(reader: Reader) -> list[Column[Any]]:
    """Return the columns of how much there is of one item, and in which unit."""
    return [
        Column(
            reader.gettext("Here"),
            lambda row: exported_amount(row.quantity, row.unit, reader),
            NUMBER,
        ),
        Column(reader.gettext("Unit"), lambda row: unit_word(row.unit, reader)),
    ]


def totals(total_of: Any, reader: Reader, *, summed: bool) -> list[Column[Any]]:
    """Return the columns of several kinds together; places in each other are not added up."""

    def total(row: Any) -> Total:
        found: Total = total_of(row)
        return found

    def estimated(row: Any) -> Decimal | None:
        return weight_number(total(row).estimated_grams, reader)

    return [
        Column(reader.gettext("Items"), lambda row: total(row).kinds, WHOLE),
        Column(
            weight_title(reader),
            lambda row: weight_number(total(row).grams, reader),
            NUMBER,
            summed,
        ),
        Column(reader.gettext("Of it estimated"), estimated, NUMBER),
        Column(reader.gettext("Items not weighed"), lambda row: total(row).not_weighed, WHOLE),
    ]


def place_columns(reader: Reader) -> list[Column[Any]]:
    """Return the columns of what stands at each place."""
    return [
        Column(reader.gettext("Place"), lambda row: row.name or reader.gettext("place not known")),
        Column(reader.gettext("Stands in places"), lambda row: row.depth, WHOLE),
        Column(reader.gettext("Crates"), lambda row: row.crates, WHOLE),
        *totals(lambda row: row.total, reader, summed=False),
        Column(
            reader.gettext("On hold, %(unit)s", unit=figures.unit_sign(reader.weight_unit, reader)),
            lambda row: weight_number(row.held.grams, reader),
            NUMBER,
        ),
    ]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the book as a row of a file: goods that moved, or a crate, or neither."""

    entry: EntryRow
    goods: LineRow | None = None
    crate: PlacementRow | None = None


def ledger_lines(found: Iterable[EntryRow]) -> Iterator[LedgerLine]:
    """Yield a row for each line of the entries."""
    for row in found:
        for line in row.lines:
            yield LedgerLine(row, goods=line)
        for placement in row.placements:
            yield LedgerLine(row, crate=placement)
        if not row.lines and not row.placements:
            yield LedgerLine(row)


def ledger_columns(reads: Reader) -> list[Column[Any]]:
    """Return the columns of entries line by line."""
    return [*_entry_columns(reads), *_line_columns(reads), *_more_columns(reads)]


def _entry_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(reads.gettext("Line of the book"), lambda row: row.entry.seq, WHOLE),
        Column(
            reads.gettext("Happened"), lambda row: wall_clock(row.entry.occurred_at, reads), MOMENT
        ),
        Column(
            reads.gettext("Written"), lambda row: wall_clock(row.entry.recorded_at, reads), MOMENT
        ),
        Column(
            reads.gettext("Kind"),
            lambda row: reads.gettext(entries.ENTRY_KIND_WORDS[row.entry.kind]),
        ),
        Column(
            reads.gettext("What happened"),
            lambda row: entries.entry_title(row.entry, reads).striptags(),
        ),
    ]


def _line_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(reads.gettext("Item"), lambda row: row.goods and row.goods.item),
        Column(reads.gettext("Amount"), lambda row: _amount(row.goods, reads), NUMBER),
        Column(reads.gettext("Unit"), lambda row: row.goods and unit_word(row.goods.unit, reads)),
        Column(
            weight_title(reads),
            lambda row: weight_number(row.goods and row.goods.weight_grams, reads),
            NUMBER,
        ),
        Column(reads.gettext("Date on it"), lambda row: row.goods and row.goods.date_text),
        Column(
            reads.gettext("Kind of date"),
            lambda row: row.goods and date_word(row.goods.date_kind, reads),
        ),
        Column(reads.gettext("Crate"), lambda row: row.crate and row.crate.crate.name),
        Column(reads.gettext("From"), lambda row: _place(row, reads, is_target=False)),
        Column(reads.gettext("To"), lambda row: _place(row, reads, is_target=True)),
    ]


def _amount(line: LineRow | None, reads: Reader) -> Any:
    return None if line is None else exported_amount(line.quantity, line.unit, reads)


def _place(row: LedgerLine, reads: Reader, *, is_target: bool) -> str | None:
    moved = row.goods or row.crate
    if moved is None:
        return None
    place = moved.target if is_target else moved.source
    return entries.place_markup(place, reads, is_target).striptags()


def _more_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(
            reads.gettext("Where from"),
            lambda row: reads.gettext(entries.SOURCE_WORDS.get(row.entry.source_kind, "")),
        ),
        Column(reads.gettext("Who from"), lambda row: row.entry.partner),
        Column(reads.gettext("Hand-out"), lambda row: row.entry.event),
        Column(
            reads.gettext("Households"),
            lambda row: row.entry.people and row.entry.people.households,
            WHOLE,
        ),
        Column(
            reads.gettext("Why"),
            lambda row: reads.gettext(entries.REASON_WORDS.get(row.entry.reason, "")),
        ),
        Column(reads.gettext("By"), lambda row: entries.author_of(row.entry, reads)),
        Column(reads.gettext("Note"), lambda row: row.entry.note),
        Column(reads.gettext("Undone"), lambda row: row.entry.is_undone, FLAG),
        Column(reads.gettext("Undoes line"), lambda row: row.entry.reverses_seq, WHOLE),
        Column(reads.gettext("Day"), lambda row: row.entry.occurred_on, DAY),
    ]
