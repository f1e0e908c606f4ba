"""The recipes, what was made, and what a lot is made of and went into, as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader
from blueprints.production.words import origin_words
from blueprints.words.columns import (
    FLAG,
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    date_word,
    exported_amount,
    unit_word,
    wall_clock,
    weight_number,
    weight_title,
)
from blueprints.words.entries import author_of
from blueprints.words.exports import send_list
from depot.base.text import N_
from depot.entries.queries.entry_lines import LineRow
from depot.production.queries.genealogy import Genealogy, Kin, genealogy
from depot.production.queries.productions import Production, all_productions
from depot.production.queries.recipes import RecipeGoods, RecipeRow, listed_recipes
from depot.words import figures
from depot.words.reader import Reader


def recipes_file(ending: str) -> Response:
    """Send all recipes, a line for each item that goes in or comes out."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Recipe"), lambda row: row[0].name),
        Column(_("Version"), lambda row: row[0].version, WHOLE),
        Column(_("In or out"), lambda row: row[1]),
        Column(_("Item"), lambda row: row[2].item),
        Column(
            _("How much"), lambda row: exported_amount(row[2].quantity, row[2].unit, reads), NUMBER
        ),
        Column(_("Unit"), lambda row: unit_word(row[2].unit, reads)),
        Column(_("Keeps, days"), lambda row: row[2].keeps_days, WHOLE),
        Column(_("No longer in use"), lambda row: row[0].archived, FLAG),
    ]
    rows = _recipe_lines(listed_recipes(session, who.depot_id))
    return send_list(ending, _("Recipes"), columns, rows)


def _recipe_lines(rows: list[RecipeRow]) -> Iterator[tuple[RecipeRow, str, RecipeGoods]]:
    for row in rows:
        yield from ((row, _("goes in"), one) for one in row.inputs)
        yield from ((row, _("comes out"), one) for one in row.outputs)


def made_file(ending: str) -> Response:
    """Send all that was cooked and packed, a line for each lot that went in or came out."""
    session, who = reader()
    rows = _made_lines(all_productions(session, who))
    return send_list(ending, _("Made lately"), _made_columns(current_reader()), rows)


def _made_lines(rows: Iterable[Production]) -> Iterator[tuple[Production, str, LineRow]]:
    for row in rows:
        yield from ((row, _("goes in"), one.line) for one in row.inputs)
        yield from ((row, _("comes out"), line) for line in row.outputs)
        yield from ((row, _("What was wasted"), line) for line in row.waste)


def _made_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(_("Happened"), lambda row: wall_clock(row[0].entry.occurred_at, reads), MOMENT),
        Column(_("Line of the book"), lambda row: row[0].entry.seq, WHOLE),
        Column(_("Recipe"), lambda row: row[0].recipe and row[0].recipe.recipe.name),
        Column(_("How many times"), lambda row: row[0].recipe and row[0].recipe.times, WHOLE),
        Column(_("In or out"), lambda row: row[1]),
        Column(_("Item"), lambda row: row[2].item),
        Column(
            _("Amount"), lambda row: exported_amount(row[2].quantity, row[2].unit, reads), NUMBER
        ),
        Column(_("Unit"), lambda row: unit_word(row[2].unit, reads)),
        Column(weight_title(reads), lambda row: weight_number(row[2].weight_grams, reads), NUMBER),
        Column(_("Date on it"), lambda row: row[2].date_text),
        Column(_("Kind of date"), lambda row: date_word(row[2].date_kind, reads)),
        Column(_("Lot"), lambda row: row[2].lot_code),
        Column(_("By"), lambda row: author_of(row[0].entry, reads)),
        Column(_("Note"), lambda row: row[0].entry.note),
        Column(_("Undone"), lambda row: row[0].entry.is_undone, FLAG),
    ]


def lot_file(lot_id: int, ending: str) -> Response:
    """Send what a lot is made of and what was made of it."""
    session, who = reader()
    reads = current_reader()
    found = found_or_404(N_("lot"), lot_id, genealogy(session, who.depot_id, lot_id))
    columns: list[Column[Any]] = [
        Column(_("Made of it, or in it"), lambda row: row[0]),
        Column(_("Step"), lambda row: row[1].step, WHOLE),
        Column(_("Item"), lambda row: row[1].lot.item),
        Column(_("Lot"), lambda row: row[1].lot.lot_code),
        Column(_("Product code"), lambda row: row[1].lot.gtin.lstrip("0")),
        Column(
            _("Date"),
            lambda row: figures.lot_date(row[1].lot.date_kind, row[1].lot.date_text, reads),
        ),
        Column(_("Where from"), lambda row: origin_words(row[1].lot, reads)),
        Column(_("Entry"), lambda row: row[1].seq, WHOLE),
        Column(
            _("Here"), lambda row: exported_amount(row[1].lot.here, row[1].lot.unit, reads), NUMBER
        ),
        Column(_("Unit"), lambda row: unit_word(row[1].lot.unit, reads)),
    ]
    return send_list(ending, _("Origin and use"), columns, _kin(found))


def _kin(found: Genealogy) -> Iterator[tuple[str, Kin]]:
    yield from ((_("made of"), kin) for kin in found.made_of)
    yield from ((_("went into"), kin) for kin in found.went_into)
