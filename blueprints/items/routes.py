"""The addresses of items and categories."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.items import api, categories, lists, pages, photos

bp = Blueprint("items", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/items", "all_items", pages.all_items),
    ("GET", "/items/<int:item_id>", "item", pages.item),
    ("POST", "/items/<int:item_id>/photo", "keep_photo", photos.keep),
    ("POST", "/items/<int:item_id>/photo/remove", "remove_photo", photos.remove),
    ("GET", "/items/<int:item_id>/photo/<digest>.jpg", "picture", photos.picture),
    ("GET", "/items/<int:item_id>/thumb/<digest>.jpg", "thumb", photos.thumb),
    ("GET", "/amounts", "understand_amount", pages.understand_amount),
    ("GET", "/categories", "categories", categories.categories),
    ("GET", "/items/new", "new_item", pages.EDITOR.new),
    ("POST", "/items/new", "create_item", pages.EDITOR.create),
    ("GET", "/items/<int:item_id>/edit", "edit_item", pages.EDITOR.edit),
    ("POST", "/items/<int:item_id>/edit", "update_item", pages.EDITOR.update),
    ("GET", "/categories/shelf-lives", "shelf_lives", categories.shelf_lives),
    ("POST", "/categories/shelf-lives", "take_shelf_lives", categories.take),
    ("GET", "/categories/new", "new_category", categories.EDITOR.new),
    ("POST", "/categories/new", "create_category", categories.EDITOR.create),
    ("GET", "/categories/<int:category_id>/edit", "edit_category", categories.EDITOR.edit),
    ("POST", "/categories/<int:category_id>/edit", "update_category", categories.EDITOR.update),
    ("GET", "/items.<ending>", "items_file", lists.items_file),
    ("GET", "/codes.<ending>", "codes_file", lists.codes_file),
    ("GET", "/categories.<ending>", "categories_file", lists.categories_file),
    ("GET", "/items/<int:item_id>/movements.<ending>", "movements_file", lists.movements_file),
)

add_routes(
    blp,
    ("GET", "/items", "list_items", api.list_items),
    ("POST", "/items", "create", api.create),
    ("GET", "/items/<int:item_id>", "show", api.show),
    ("PATCH", "/items/<int:item_id>", "change", api.change),
    ("GET", "/items/<int:item_id>/photo", "photo", api.photo),
    ("PUT", "/items/<int:item_id>/photo", "keep_photo", api.keep_photo),
    ("POST", "/items/<int:item_id>/photo/remove", "remove_photo", api.remove_photo),
)
