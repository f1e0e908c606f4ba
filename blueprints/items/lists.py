"""The lists of items, categories and product codes as files, and what happened to an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_text, reader
from blueprints.items.words import (
    life_words,
    source_words,
    typed_unit_weight,
    unit_weight_words,
)
from blueprints.words.columns import (
    FLAG,
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    amounts,
    exported_amount,
    food_columns,
    unit_word,
    wall_clock,
    weight_columns,
)
from blueprints.words.entries import entry_title
from blueprints.words.exports import send_list
from depot.base.text import N_
from depot.base.units import PIECE
from depot.items.item_names import names_of_all_items
from depot.items.queries.category_facts import listed_categories
from depot.items.queries.item_codes import all_codes
from depot.stock.queries import items
from depot.stock.queries.items import ItemFacts
from depot.words import figures


def items_file(ending: str) -> Response:
    """Send all items."""
    session, who = reader()
    reads = current_reader()
    rows = items.listed_items(session, who.depot_id, query_text("q"))
    unit = who.depot.weight_unit
    columns: list[Column[Any]] = [
        Column(_("Item"), lambda row: row.name),
        *_called(names_of_all_items(session, who.depot_id)),
        Column(_("Category"), lambda row: row.category),
        *amounts(reads),
        *weight_columns(lambda row: row.weight, reads),
        Column(
            _("One weighs"),
            lambda row: _weight_of_one(row, unit),
        ),
        *food_columns(lambda row: row.food, reads),
        Column(_("Note"), lambda row: row.note),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    return send_list(ending, _("Items"), columns, rows)


def _weight_of_one(row: ItemFacts, unit: str) -> str | None:
    """Return what one weighs, without a mark for thousands that an import could not be sure of."""
    reads = current_reader()
    if not row.unit_weight_milligrams:
        return None
    if row.unit != PIECE:
        return unit_weight_words(row, unit, reads)
    typed = typed_unit_weight(row.unit_weight_milligrams, row.unit, unit)
    return f"{typed} {figures.unit_beside(figures.SMALL, reads)}"


def _called(names: Mapping[int, Mapping[str, str]]) -> list[Column[Any]]:
    """Return a column for each language that items have names in, headed as an import reads it."""
    item, languages = _("Item"), sorted({one for told in names.values() for one in told})

    def in_language(language: str) -> Column[Any]:
        head = f"{item} ({language.replace('_', '-')})"
        return Column(head, lambda row: names.get(row.id, {}).get(language))

    return [in_language(language) for language in languages]


def categories_file(ending: str) -> Response:
    """Send all categories."""
    session, who = reader()
    average = _("Average piece, g")
    columns: list[Column[Any]] = [
        Column(_("Category"), lambda row: row.name),
        Column(_("May be given out"), lambda row: life_words(row.shelf_life, current_reader())),
        Column(_("Who says so"), lambda row: source_words(row.shelf_life_source, current_reader())),
        Column(average, lambda row: _whole_grams(row.average_unit_milligrams), NUMBER),
        Column(_("Note"), lambda row: row.note),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    return send_list(ending, _("Categories"), columns, listed_categories(session, who.depot_id))


def _whole_grams(milligrams: int | None) -> int | None:
    return None if milligrams is None else round(milligrams / 1000)


def codes_file(ending: str) -> Response:
    """Send the product codes that were taught, each with its item and how many are in a pack."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Item"), lambda row: row[0]),
        Column(_("Product code"), lambda row: row[2].shown),
        Column(
            _("How many are in one pack"),
            lambda row: (
                row[2].pack_quantity and exported_amount(row[2].pack_quantity, row[1], reads)
            ),
            NUMBER,
        ),
        Column(_("Unit"), lambda row: unit_word(row[1], reads)),
        Column(_("Note"), lambda row: row[2].note),
        Column(_("Written"), lambda row: wall_clock(row[2].learned_at, reads), MOMENT),
        Column(_("By"), lambda row: row[2].person),
    ]
    rows = all_codes(session, who.depot_id, query_text("q"))
    return send_list(ending, _("Product codes"), columns, rows)


def movements_file(item_id: int, ending: str) -> Response:
    """Send everything that happened to an item, with what there was afterwards."""
    session, who = reader()
    reads = current_reader()
    facts = found_or_404(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    unit = facts.unit
    columns: list[Column[Any]] = [
        Column(_("When"), lambda row: wall_clock(row.entry.occurred_at, reads), MOMENT),
        Column(_("What happened"), lambda row: entry_title(row.entry, reads).striptags()),
        Column(_("Difference"), lambda row: exported_amount(row.change, unit, reads), NUMBER),
        Column(_("Here afterwards"), lambda row: exported_amount(row.balance, unit, reads), NUMBER),
        Column(_("Unit"), lambda row: unit_word(unit, reads)),
        Column(_("By"), lambda row: row.entry.actor_name),
        Column(_("Note"), lambda row: row.entry.note),
        Column(_("Undone"), lambda row: row.entry.is_undone, FLAG),
        Column(_("Line of the book"), lambda row: row.entry.seq, WHOLE),
    ]
    return send_list(ending, facts.called, columns, items.all_movements(session, who, item_id))
