"""GET /stock, /items, /locations, /partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.stock.schemas import (
    ItemsAnswer,
    LocationsAnswer,
    PageQuery,
    PartnersAnswer,
    StockAnswer,
    StockQuery,
)
from depot.base.units import MILLIGRAMS_PER_GRAM, known_unit_weight
from depot.locations.queries import places
from depot.partners.queries import partners
from depot.stock.queries import items, stock
from depot.stock.queries.items import ItemFacts

blp = ApiBlueprint("stock_api", __name__, description="What is here, and what things are called.")


def _page(what: str, rows: Sequence[Any], limit: int, key: str = "id") -> dict[str, Any]:
    """Return a page of a list of which one row more than the limit was asked for."""
    shown = rows[:limit]
    following = getattr(shown[-1], key) if len(rows) > limit else None
    return {what: shown, "next": following}


@blp.get("/stock")
@blp.arguments(StockQuery(), location="query")
@blp.response(200, StockAnswer)
def list_stock(query: dict[str, Any]) -> object:
    """Tell what is here of each item, now or as of a past moment."""
    session, who = reader()
    as_of: datetime | None = query["as_of"]
    rows = stock.stock_by_item(session, who.depot_id, as_of)
    rows = sorted((row for row in rows if row.item_id > query["after"]), key=_item_id)
    page = _page("stock", rows[: query["limit"] + 1], query["limit"], "item_id")
    return page | {"as_of": as_of}


def _item_id(row: stock.ItemStock) -> int:
    return row.item_id


@blp.get("/items")
@blp.arguments(PageQuery(), location="query")
@blp.response(200, ItemsAnswer)
def list_items(query: dict[str, Any]) -> object:
    """List the items."""
    session, who = reader()
    limit: int = query["limit"]
    rows = items.items_after(session, who.depot_id, query["after"], limit + 1)
    page = _page("items", rows, limit)
    return page | {"items": [_item(row) for row in page["items"]]}


def _item(row: ItemFacts) -> dict[str, Any]:
    milligrams = known_unit_weight(row.unit, row.unit_weight_milligrams)
    grams = None if milligrams is None else milligrams / MILLIGRAMS_PER_GRAM
    return {
        "id": row.id,
        "name": row.name,
        "category_id": row.category_id,
        "category": row.category,
        "unit": row.unit,
        "unit_weight_grams": grams,
        "allergens": list(row.allergens),
        "is_loose": row.is_loose,
        "archived": row.archived,
        "note": row.note,
    }


@blp.get("/locations")
@blp.arguments(PageQuery(), location="query")
@blp.response(200, LocationsAnswer)
def list_locations(query: dict[str, Any]) -> object:
    """List the places inside and the crates."""
    session, who = reader()
    limit: int = query["limit"]
    rows = places.places_after(session, who.depot_id, query["after"], limit + 1)
    return _page("locations", rows, limit)


@blp.get("/partners")
@blp.arguments(PageQuery(), location="query")
@blp.response(200, PartnersAnswer)
def list_partners(query: dict[str, Any]) -> object:
    """List the partners."""
    session, who = reader()
    limit: int = query["limit"]
    rows = partners.partners_after(session, who.depot_id, query["after"], limit + 1)
    return _page("partners", rows, limit)
