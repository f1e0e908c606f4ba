"""The addresses of stock."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.stock import api, goods, lists, pages

bp = Blueprint("stock", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/first", "first", pages.first),
    ("GET", "/places/<int:location_id>/goods/<int:lot_id>/<act>", "goods", goods.goods),
    ("POST", "/places/<int:location_id>/goods/<int:lot_id>/<act>", "do_goods", goods.do_goods),
    ("GET", "/stock.<ending>", "index_file", lists.index_file),
    ("GET", "/first.<ending>", "first_file", lists.first_file),
)

add_routes(
    blp,
    ("GET", "/stock", "list_stock", api.list_stock),
)
