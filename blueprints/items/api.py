"""/items: listed, told, made and changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, SavedAnswer, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.items.schemas import ItemAnswer, ItemChangeSchema, ItemsAnswer, NewItemSchema
from depot.base.text import N_
from depot.base.units import MILLIGRAMS_PER_GRAM, known_unit_weight
from depot.items.commands.items import ChangeItem, SaveItem, change_item, save_item
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


@blp.response(200, ItemAnswer)
def show(item_id: int) -> object:
    """Tell of one item."""
    session, who = reader()
    row = found_or_404(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    names = names_of_items(session, who.depot_id, [row.id])
    more = {"shelf_life": row.shelf_life, "shelf_life_source": row.shelf_life_source}
    return _item(row, names.get(row.id, {})) | more


@blp.arguments(NewItemSchema())
@blp.response(201, SavedAnswer)
@blp.not_for_everybody
def create(command: SaveItem) -> object:
    """Make an item; coordinators only."""
    return write_answer(save_item(command, actor()))


@blp.arguments(ItemChangeSchema())
@blp.response(201, SavedAnswer)
@blp.not_for_everybody
def change(command: ChangeItem, item_id: int) -> object:
    """Change an item; what is not said stays as it is. Coordinators only."""
    return write_answer(change_item(replace(command, item_id=item_id), actor()))


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
        "unit_weight_milligrams": milligrams,
        "allergens": list(row.food.allergens),
        "allergens_known": row.food.is_known,
        "diets": list(row.food.diets),
        "is_loose": row.is_loose,
        "archived": row.archived,
        "note": row.note,
    }
