"""The lists of stock as files: by item, by place, by category, and what goes out first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader
from blueprints.stock.moments import SPANS, read_stock_question
from blueprints.words.columns import (
    DAY,
    NUMBER,
    Column,
    amounts,
    date_word,
    exported_amount,
    food_columns,
    place_columns,
    totals,
    weight_columns,
)
from blueprints.words.exports import send_list
from depot.base.clock import local_day, utc_now
from depot.kernel.promises.reading import promised_by_item
from depot.ledger.choice.free_stock import StockFigures
from depot.locations.queries import places
from depot.stock.queries import stock
from depot.stock.queries.stock import ItemStock
from depot.words.reader import Reader


def index_file(ending: str) -> Response:
    """Send what the page of stock shows: by item, by place or by category."""
    wanted = read_stock_question()
    session, who = reader()
    reads = current_reader()
    by = query_text("by", "item")
    if by == "place":
        asked = (wanted.as_of, wanted.search, wanted.wish)
        found = places.stock_by_place(session, who.depot_id, *asked)
        rows = [*found.places, *([found.unplaced] if found.unplaced else [])]
        return send_list(ending, _("Stock by place"), place_columns(reads), rows)
    held = stock.stock_by_item(session, who.depot_id, wanted.as_of, wanted.search, wanted.wish)
    if by == "category":
        groups = stock.stock_by_category(session, who.depot_id, held)
        return send_list(ending, _("Stock by category"), _category_stock_columns(reads), groups)
    day = local_day(wanted.as_of or utc_now(), who.depot.time_zone)
    promised = promised_by_item(session, who.depot_id, day, wanted.as_of)
    return send_list(ending, _("Stock by item"), _stock_columns(reads, day, promised), held)


def _stock_columns(reads: Reader, day: date, promised: Mapping[int, int]) -> list[Column[Any]]:
    def part(title: str, quantity_of: Callable[[StockFigures], int]) -> Column[Any]:
        def cell(row: ItemStock) -> Decimal:
            return exported_amount(
                quantity_of(row.figures(day, promised.get(row.item_id, 0))), row.unit, reads
            )

        return Column(title, cell, NUMBER)

    return [
        Column(_("Item"), lambda row: row.item),
        Column(_("Category"), lambda row: row.category),
        *amounts(reads),
        part(_("On hold"), lambda figures: figures.held),
        part(_("Past its day"), lambda figures: figures.past),
        part(_("Promised"), lambda figures: figures.promised),
        part(_("Free"), lambda figures: figures.free),
        *weight_columns(lambda row: row.weight, reads),
        Column(_("Give out until"), lambda row: row.give_out_until, DAY),
        *food_columns(lambda row: row.food, reads),
    ]


def _category_stock_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(_("Category"), lambda row: row.category),
        *totals(lambda row: row.total, reads, summed=True),
    ]


def first_file(ending: str) -> Response:
    """Send what must be given out soon."""
    session, who = reader()
    reads = current_reader()
    days = request.args.get("days", SPANS[0], int)
    today = local_day(utc_now(), who.depot.time_zone)
    within = timedelta(days=days if days in SPANS else SPANS[0])
    lots = stock.expiring_lots(session, who.depot_id, today, within)
    return send_list(ending, _("Hand out first"), _lot_columns(reads), lots)


def _lot_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(_("Item"), lambda row: row.item),
        Column(_("Give out until"), lambda row: row.give_out_until, DAY),
        Column(_("Date on it"), lambda row: row.date_text),
        Column(_("Kind of date"), lambda row: date_word(row.date_kind, reads)),
        *amounts(reads),
        *weight_columns(lambda row: row.weight, reads),
        Column(_("Lot"), lambda row: row.lot_code),
        Column(_("From"), lambda row: row.partner),
        Column(_("Where"), lambda row: ", ".join(held.name for held in row.places)),
        *food_columns(lambda row: row.food, reads),
    ]
