"""GET /stock."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from blueprints.frame.answers import page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.stock.schemas import StockAnswer, StockQuery
from depot.base.allergens import FoodWish, clean_diets
from depot.base.clock import local_day, utc_now
from depot.kernel.promises.reading import promised_by_item
from depot.stock.queries import stock
from depot.stock.queries.by_lot import stock_lines

#: What is told of an item as the query found it.
_SHOWN: Final = (
    "item_id",
    "item",
    "category_id",
    "category",
    "unit",
    "is_loose",
    "quantity",
    "weight",
    "give_out_until",
    "food",
)
#: What is told of it lot by lot, and of each lot where it lies.
_OF_ITEM: Final = ("item_id", "item", "category_id", "category", "unit", "is_loose")
_OF_LOT: Final = (
    "location_id",
    "location",
    "lot_id",
    "lot",
    "date_kind",
    "give_out_until",
)
blp = ApiBlueprint("stock_api", __name__, description="What is here.")


@blp.arguments(StockQuery(), location="query")
@blp.response(200, StockAnswer)
def list_stock(query: dict[str, Any]) -> object:
    """Tell what is here of each item, now or as of a past moment."""
    session, who = reader()
    as_of: datetime | None = query["as_of"]
    wish = FoodWish(tuple(query["without"]), clean_diets(query["diet"]))
    rows = stock.stock_by_item(session, who.depot_id, as_of, wish=wish)
    rows = sorted((row for row in rows if row.item_id > query["after"]), key=_item_id)
    page = page_of("stock", rows[: query["limit"] + 1], query["limit"], "item_id")
    day = local_day(as_of or utc_now(), who.depot.time_zone)
    if query["by"] == "lot":
        return page | {"as_of": None, "stock": _lots(page["stock"], day)}
    promised = promised_by_item(session, who.depot_id, day, as_of)
    told = [_row(row, day, promised.get(row.item_id, 0)) for row in page["stock"]]
    return page | {"as_of": as_of, "stock": told}


def _row(row: stock.ItemStock, day: date, promised: int) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in _SHOWN}
    return shown | asdict(row.figures(day, promised))


def _lots(rows: list[stock.ItemStock], day: date) -> list[dict[str, Any]]:
    """Return a line for each lot of the items at each place."""
    session, who = reader()
    items = {row.item_id: row for row in rows}
    return [
        {name: getattr(items[line.item_id], name) for name in _OF_ITEM}
        | {name: getattr(line, name) for name in _OF_LOT}
        | {"quantity": line.figures.on_hand, "date": line.date_text}
        | asdict(line.figures)
        for line in stock_lines(session, who.depot_id, items, day)
    ]


def _item_id(row: stock.ItemStock) -> int:
    return row.item_id
