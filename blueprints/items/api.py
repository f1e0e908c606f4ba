"""GET /items."""

from __future__ import annotations

from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.items.schemas import ItemsAnswer
from depot.base.units import MILLIGRAMS_PER_GRAM, known_unit_weight
from depot.items.item_names import names_of_items
from depot.stock.queries import items
from depot.stock.queries.items import ItemFacts

blp = ApiBlueprint("items_api", __name__, description="What goods are called.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, ItemsAnswer)
def list_items(query: dict[str, Any]) -> object:
    """List the items."""
    session, who = reader()
    limit: int = query["limit"]
    rows = items.items_after(session, who.depot_id, query["after"], limit + 1)
    page = page_of("items", rows, limit)
    names = names_of_items(session, who.depot_id, [row.id for row in page["items"]])
    return page | {"items": [_item(row, names.get(row.id, {})) for row in page["items"]]}


def _item(row: ItemFacts, names: dict[str, str]) -> dict[str, Any]:
    milligrams = known_unit_weight(row.unit, row.unit_weight_milligrams)
    grams = None if milligrams is None else milligrams / MILLIGRAMS_PER_GRAM
    return {
        "id": row.id,
        "name": row.name,
        "names": names,
        "category_id": row.category_id,
        "category": row.category,
        "unit": row.unit,
        "unit_weight_grams": grams,
        "allergens": list(row.food.allergens),
        "allergens_known": row.food.is_known,
        "diets": list(row.food.diets),
        "is_loose": row.is_loose,
        "archived": row.archived,
        "note": row.note,
    }
