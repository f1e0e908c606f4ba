"""GET /stock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from blueprints.frame.answers import page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.stock.schemas import StockAnswer, StockQuery
from depot.base.allergens import FoodWish, clean_diets
from depot.stock.queries import stock

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
    return page | {"as_of": as_of}


def _item_id(row: stock.ItemStock) -> int:
    return row.item_id
