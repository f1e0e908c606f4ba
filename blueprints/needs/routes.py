"""The addresses of needs: for those who sign in, and for anybody."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.needs import api, lists, pages, public

bp = Blueprint("needs", __name__)
blp = api.blp
#: For anybody.
public_bp = Blueprint("needs_public", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/rule", "find_rule", pages.find_rule),
    ("GET", "/category/<int:category_id>", "edit_category", pages.edit_category),
    ("POST", "/category/<int:category_id>", "save_category", pages.save_category),
    ("GET", "/item/<int:item_id>", "edit_item", pages.edit_item),
    ("POST", "/item/<int:item_id>", "save_item", pages.save_item),
    ("GET", "/shown", "where", pages.where),
    ("POST", "/shown", "save_where", pages.save_where),
    ("GET", "/poster.pdf", "poster", pages.poster),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
)

add_routes(
    public_bp,
    ("GET", "/<slug>", "page", public.page),
    ("GET", "/<slug>.json", "as_json", public.as_json),
    ("GET", "/<slug>.geojson", "as_geojson", public.as_geojson),
    ("GET", "/<slug>.atom", "as_feed", public.as_feed),
)

add_routes(
    blp,
    ("GET", "/needs", "index", api.index),
    ("PUT", "/needs/category/<int:category_id>", "save_category", api.save_category),
    ("PUT", "/needs/item/<int:item_id>", "save_item", api.save_item),
)
