"""/items: listed, told, made and changed."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import Any

from flask import url_for

from blueprints.frame.answers import PageQuery, SavedAnswer, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.items.schemas import (
    ItemAnswer,
    ItemChangeSchema,
    ItemsAnswer,
    ItemShownAnswer,
    KeepPhotoSchema,
    NewItemSchema,
    PhotoAnswer,
    RemovePhotoSchema,
)
from depot.base.text import N_
from depot.base.units import MILLIGRAMS_PER_GRAM, known_unit_weight
from depot.items.commands import photos
from depot.items.commands.items import ChangeItem, SaveItem, change_item, save_item
from depot.items.commands.photos import KeepPhoto, RemovePhoto
from depot.items.item_names import names_of_items
from depot.items.queries.photos import photo_of, photos_of
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
    has_photo = bool(photos_of(session, who.depot_id, [row.id]))
    more = {
        "shelf_life": row.shelf_life,
        "shelf_life_source": row.shelf_life_source,
        "photo": url_for("items_api.photo", item_id=row.id) if has_photo else None,
    }
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


@blp.response(200, PhotoAnswer)
def photo(item_id: int) -> object:
    """Tell an item's photo."""
    session, who = reader()
    found = found_or_404(N_("photo"), item_id, photo_of(session, who.depot_id, item_id))
    pictures = {"picture": found.picture, "thumb": found.thumb}
    told = {name: b64encode(data).decode() for name, data in pictures.items()}
    return {"item_id": item_id, "digest": found.digest} | told


@blp.arguments(KeepPhotoSchema())
@blp.response(201, ItemShownAnswer)
@blp.not_for_everybody
def keep_photo(command: KeepPhoto, item_id: int) -> object:
    """Keep a photo by which an item is known; the one it had goes. Coordinators only."""
    return write_answer(photos.keep_photo(replace(command, item_id=item_id), actor()))


@blp.arguments(RemovePhotoSchema())
@blp.response(201, ItemShownAnswer)
@blp.not_for_everybody
def remove_photo(command: RemovePhoto, item_id: int) -> object:
    """Take an item's photo away. Coordinators only."""
    return write_answer(photos.remove_photo(replace(command, item_id=item_id), actor()))


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
