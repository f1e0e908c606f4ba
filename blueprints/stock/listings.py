"""The lists of stock and of names as files: their columns, and the addresses that send them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import asked, reader
from blueprints.stock.frame import ID, SPANS, asked_stock, bp, found_or_404
from blueprints.stock.words import one_weighs
from blueprints.words.entries import SOURCE_WORDS, title_of
from blueprints.words.exports import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    amount,
    date_word,
    send,
    unit_word,
    wall_clock,
    weight_number,
    weight_title,
    weights,
)
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.items.queries.category_facts import listed_categories
from depot.kernel.weights import Total
from depot.locations.queries import places
from depot.partners.queries import partners
from depot.stock.queries import items, stock

PLACE_KINDS = {"storage": N_("place"), "quarantine": N_("on hold"), "transit": N_("on the way")}


@bp.get("/stock.<ending>")
def index_file(ending: str) -> Response:
    """Send what the page of stock shows: by item, by place or by category."""
    wanted = asked_stock()
    session, who = reader()
    by = asked("by", "item")
    if by == "place":
        found = places.stock_by_place(session, who.depot_id, wanted.as_of, wanted.search)
        rows = [*found.places, *([found.unplaced] if found.unplaced else [])]
        return send(ending, _("Stock by place"), _place_columns(), rows)
    held = stock.stock_by_item(session, who.depot_id, wanted.as_of, wanted.search)
    if by == "category":
        groups = stock.by_category(session, who.depot_id, held)
        return send(ending, _("Stock by category"), _category_stock_columns(), groups)
    return send(ending, _("Stock by item"), _stock_columns(), held)


def _stock_columns() -> list[Column[Any]]:
    return [
        Column(_("Item"), lambda row: row.item),
        Column(_("Category"), lambda row: row.category),
        *_amounts(),
        *weights(lambda row: row.weight),
        Column(_("Give out until"), lambda row: row.give_out_until, DAY),
    ]


def _amounts() -> list[Column[Any]]:
    return [
        Column(_("Here"), lambda row: amount(row.quantity, row.unit), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row.unit)),
    ]


def _totals(total_of: Any, *, summed: bool) -> list[Column[Any]]:
    """Weights of several kinds of goods together; places in each other are not added up."""

    def total(row: Any) -> Total:
        found: Total = total_of(row)
        return found

    return [
        Column(_("Items"), lambda row: total(row).kinds, WHOLE),
        Column(weight_title(), lambda row: weight_number(total(row).grams), NUMBER, summed),
        Column(_("Of it estimated"), lambda row: weight_number(total(row).estimated_grams), NUMBER),
        Column(_("Items not weighed"), lambda row: total(row).not_weighed, WHOLE),
    ]


def _place_columns() -> list[Column[Any]]:
    return [
        Column(_("Place"), lambda row: row.name or _("place not known")),
        Column(_("Stands in places"), lambda row: row.depth, WHOLE),
        Column(_("Crates"), lambda row: row.crates, WHOLE),
        *_totals(lambda row: row.total, summed=False),
    ]


def _category_stock_columns() -> list[Column[Any]]:
    return [
        Column(_("Category"), lambda row: row.category),
        *_totals(lambda row: row.total, summed=True),
    ]


@bp.get("/first.<ending>")
def first_file(ending: str) -> Response:
    """Send what must be given out soon."""
    session, who = reader()
    days = request.args.get("days", SPANS[0], int)
    today = local_day(utc_now(), who.depot.time_zone)
    within = timedelta(days=days if days in SPANS else SPANS[0])
    lots = stock.expiring_lots(session, who.depot_id, today, within)
    return send(ending, _("Give out first"), _lot_columns(), lots)


def _lot_columns() -> list[Column[Any]]:
    return [
        Column(_("Item"), lambda row: row.item),
        Column(_("Give out until"), lambda row: row.give_out_until, DAY),
        Column(_("Date on it"), lambda row: row.date_text),
        Column(_("Kind of date"), lambda row: date_word(row.date_kind)),
        *_amounts(),
        *weights(lambda row: row.weight),
        Column(_("Lot"), lambda row: row.lot_code),
        Column(_("From"), lambda row: row.partner),
        Column(_("Where"), lambda row: ", ".join(held.name for held in row.places)),
    ]


@bp.get("/items.<ending>")
def items_file(ending: str) -> Response:
    """Send all items."""
    session, who = reader()
    rows = items.listed_items(session, who.depot_id, asked("q"))
    unit = who.depot.weight_unit
    columns: list[Column[Any]] = [
        Column(_("Item"), lambda row: row.name),
        Column(_("Category"), lambda row: row.category),
        *_amounts(),
        *weights(lambda row: row.weight),
        Column(
            _("One weighs"),
            lambda row: (
                one_weighs(row, unit, current_reader()) if row.unit_weight_milligrams else None
            ),
        ),
        Column(_("Note"), lambda row: row.note),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    return send(ending, _("Items"), columns, rows)


@bp.get("/categories.<ending>")
def categories_file(ending: str) -> Response:
    """Send all categories."""
    session, who = reader()
    average = _("Average piece, g")
    columns: list[Column[Any]] = [
        Column(_("Category"), lambda row: row.name),
        Column(_("Days after best before"), lambda row: row.best_before_extension_days, WHOLE),
        Column(average, lambda row: _whole_grams(row.average_unit_milligrams), NUMBER),
        Column(_("Note"), lambda row: row.note),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    return send(ending, _("Categories"), columns, listed_categories(session, who.depot_id))


def _whole_grams(milligrams: int | None) -> int | None:
    return None if milligrams is None else round(milligrams / 1000)


@bp.get("/partners.<ending>")
def partners_file(ending: str) -> Response:
    """Send all partners."""
    session, who = reader()
    columns: list[Column[Any]] = [
        Column(_("Partner"), lambda row: row.name),
        Column(_("Where from"), lambda row: _(SOURCE_WORDS[row.source_kind])),
        Column(_("Last on"), lambda row: wall_clock(row.last_at), MOMENT),
        Column(_("Note"), lambda row: row.note),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    rows = partners.listed_partners(session, who.depot_id, asked("q"))
    return send(ending, _("Partners"), columns, rows)


@bp.get("/places.<ending>")
def places_file(ending: str) -> Response:
    """Send all rooms and shelves."""
    session, who = reader()
    columns: list[Column[Any]] = [
        *_place_columns(),
        Column(_("Kind"), lambda row: _(PLACE_KINDS.get(row.kind, N_("place")))),
        Column(_("Goods arrive here"), lambda row: row.is_default, FLAG),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    rows = list(places.house(session, who.depot_id).places())
    return send(ending, _("Places"), columns, rows)


@bp.get(f"/items/<{ID}:item_id>/movements.<ending>")
def movements_file(item_id: int, ending: str) -> Response:
    """Send everything that happened to an item, with what there was afterwards."""
    session, who = reader()
    facts = found_or_404(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    unit = facts.unit
    columns: list[Column[Any]] = [
        Column(_("When"), lambda row: wall_clock(row.entry.occurred_at), MOMENT),
        Column(_("What happened"), lambda row: title_of(row.entry, current_reader()).striptags()),
        Column(_("Change"), lambda row: amount(row.change, unit), NUMBER),
        Column(_("Here afterwards"), lambda row: amount(row.balance, unit), NUMBER),
        Column(_("Unit"), lambda row: unit_word(unit)),
        Column(_("By"), lambda row: row.entry.actor_name),
        Column(_("Note"), lambda row: row.entry.note),
        Column(_("Undone"), lambda row: row.entry.is_undone, FLAG),
        Column(_("Line of the book"), lambda row: row.entry.seq, WHOLE),
    ]
    return send(ending, facts.name, columns, items.all_movements(session, who, item_id))
