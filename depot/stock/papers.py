"""Papers of what is here: the stock list, the count sheet, and what to hand out first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from depot.base.actors import Actor
from depot.base.allergens import NO_WISH, FoodWish
from depot.base.clock import utc_now
from depot.base.units import GRAM
from depot.kernel.weights import total_weight
from depot.locations.queries.shelves import LotOnHand, PlaceGoods
from depot.papers.paper import Blanks, Block, Column, Paper, Row, Table, Words
from depot.papers.parts import blank_column, box_unit, figure_column, make_paper, paper_weight_words
from depot.stock.queries.stock import LotStock
from depot.words import figures
from depot.words.allergens import food_words, known_to_be
from depot.words.reader import Reader

#: So many empty lines stand under each place of a count sheet, for what the book does not know.
_FOUND_THERE: Final = 3
#: So many places of one lot are named.
_MOST_PLACES: Final = 6


def _path_words(shelf: PlaceGoods, reader: Reader) -> str:
    """Return a place with the rooms it is in, the largest first."""
    path = " › ".join(reversed(shelf.path))
    return path or reader.gettext("Crates of which nobody said where they are")


def _crate_words(lot: LotOnHand) -> str:
    """Return the crate a lot is in, and the one that stands on."""
    return " / ".join(lot.crates)


def stock_list_paper(
    found: Sequence[PlaceGoods],
    who: Actor,
    reader: Reader,
    *,
    of_one_place: bool,
    wish: FoodWish = NO_WISH,
) -> Paper:
    """Return every lot where it lies, with sums; `wish` is what `found` was narrowed to."""
    _ = reader.gettext
    total = total_weight([lot.weight for shelf in found for lot in shelf.lots])
    columns = (
        Column(_("Item")),
        Column(_("Date on it")),
        Column(_("Allergens and diets")),
        Column(_("Crate")),
        figure_column(_("Weight")),
        figure_column(_("Here")),
    )
    table = Table(
        "",
        columns,
        tuple(_stock_rows(found, reader)),
        (_("All"), "", "", "", figures.weight(total.grams, reader), ""),
        note=_not_weighed(total.not_weighed, reader),
        empty=_("Nothing is here."),
    )
    lead = [
        _("What is here on %(when)s", when=figures.moment(utc_now(), reader)),
        *_where(found, reader, of_one_place=of_one_place),
        known_to_be(wish, reader),
    ]
    return make_paper(_("Stock list"), [table], who, reader, lead=lead)


def _where(found: Sequence[PlaceGoods], reader: Reader, *, of_one_place: bool) -> list[str]:
    return [_path_words(found[0], reader)] if of_one_place and found else []


def _stock_rows(found: Iterable[PlaceGoods], reader: Reader) -> Iterator[Row]:
    for shelf in found:
        yield Row((_path_words(shelf, reader),), is_heading=True)
        for lot in shelf.lots:
            yield Row(
                (
                    _held(_item(lot, reader), lot, reader),
                    _dated(lot, reader),
                    food_words(lot.food, reader),
                    _crate_words(lot),
                    "" if lot.unit == GRAM else _weight(lot, reader),
                    figures.quantity(lot.quantity, lot.unit, reader),
                )
            )


def _held(named: str, lot: LotOnHand, reader: Reader) -> str:
    """Return the name, with a word on it where the lot is held back."""
    if lot.held_because is None:
        return named
    return reader.gettext("%(item)s: on hold", item=named)


def _item(lot: LotOnHand, reader: Reader) -> str:
    if not lot.lot_code:
        return lot.item
    return reader.gettext("%(item)s, lot %(code)s", item=lot.item, code=lot.lot_code)


def _dated(lot: LotOnHand, reader: Reader) -> str:
    return figures.lot_date(lot.date_kind, lot.date_text, reader) if lot.date_text else ""


def _weight(lot: LotOnHand, reader: Reader) -> str:
    return paper_weight_words(lot.weight.grams, reader, is_estimated=lot.weight.is_estimated)


def _not_weighed(count: int, reader: Reader) -> str:
    if not count:
        return ""
    return reader.ngettext(
        "%(num)s line has no weight and is not in the sum.",
        "%(num)s lines have no weight and are not in the sum.",
        count,
    )


def count_sheet_paper(
    found: Sequence[PlaceGoods], who: Actor, reader: Reader, *, of_one_place: bool, is_blind: bool
) -> Paper:
    """Return what to count, with room for the numbers; blind, without what the book says."""
    _ = reader.gettext
    columns = [Column(_("Item")), Column(_("Date on it")), Column(_("Crate"))]
    if not is_blind:
        columns.append(figure_column(_("The book says")))
    columns.append(blank_column(_("Counted")))
    rows = tuple(_count_rows(found, len(columns), reader, is_blind=is_blind))
    how = _("Count what is there, not what should be. Nothing there is 0; not counted stays empty.")
    blocks: list[Block] = [
        Blanks((_("Counted by"), _("Day and time"))),
        Table("", tuple(columns), rows, empty=_("There is no place to count.")),
    ]
    title = _("Count sheet, blind") if is_blind else _("Count sheet")
    lead = [how, *_where(found, reader, of_one_place=of_one_place)]
    return make_paper(title, blocks, who, reader, lead=lead)


def _count_rows(
    found: Iterable[PlaceGoods], columns: int, reader: Reader, *, is_blind: bool
) -> Iterator[Row]:
    for shelf in found:
        yield Row((_path_words(shelf, reader),), is_heading=True)
        for lot in shelf.lots:
            said = [] if is_blind else [figures.quantity(lot.quantity, lot.unit, reader)]
            unit = box_unit(lot.unit, reader)
            yield Row((_item(lot, reader), _dated(lot, reader), _crate_words(lot), *said, unit))
        for _line in range(_FOUND_THERE):
            yield Row(("",) * columns)


def first_out_paper(
    lots: Sequence[LotStock], days: int, today: date, who: Actor, reader: Reader
) -> Paper:
    """Return what must be handed out within so many days, the most urgent first."""
    _ = reader.gettext
    columns = (
        Column(_("Until")),
        Column(_("Item")),
        Column(_("Date on it")),
        Column(_("Where")),
        figure_column(_("Here")),
        blank_column(_("Done")),
    )
    rows = tuple(_first_row(lot, reader) for lot in lots)
    past = sum(lot.give_out_until is not None and lot.give_out_until < today for lot in lots)
    blocks: list[Block] = []
    if past:
        warning = reader.ngettext(
            "%(num)s line is past its day: look at it, and take it out if it is no longer good.",
            "%(num)s lines are past their day: look at them, and take out what is no longer good.",
            past,
        )
        blocks.append(Words(warning, "strong"))
    blocks.append(Table("", columns, rows, empty=_("Nothing is pressing.")))
    lead = [_("What must go within %(count)s days, the most urgent first", count=days)]
    return make_paper(_("Hand out first"), blocks, who, reader, lead=lead)


def _first_row(lot: LotStock, reader: Reader) -> Row:
    return Row(
        (
            figures.day(lot.give_out_until, reader),
            lot.item,
            figures.lot_date(lot.date_kind, lot.date_text, reader),
            ", ".join(held.name for held in lot.places[:_MOST_PLACES]),
            figures.quantity(lot.quantity, lot.unit, reader),
            "",
        )
    )
