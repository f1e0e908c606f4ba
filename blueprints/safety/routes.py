"""The addresses of what keeps food safe."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.safety import (
    holds,
    holds_api,
    holds_lists,
    temperatures,
    temperatures_api,
    temperatures_lists,
)
from blueprints.safety.recalls import api as recalls_api
from blueprints.safety.recalls import lists as recalls_lists
from blueprints.safety.recalls import pages as recalls

temperatures_bp = Blueprint("temperatures", __name__)
temperatures_blp = temperatures_api.blp
holds_bp = Blueprint("holds", __name__)
holds_blp = holds_api.blp
recalls_bp = Blueprint("recalls", __name__)
recalls_blp = recalls_api.blp

add_routes(
    temperatures_bp,
    ("GET", "", "index", temperatures.index),
    ("GET", "/places.<ending>", "places_file", temperatures_lists.places_file),
    ("GET", "/readings.<ending>", "readings_file", temperatures_lists.readings_file),
    ("GET", "/<int:location_id>", "place", temperatures.place),
    ("POST", "/<int:location_id>", "record", temperatures.record),
    ("GET", "/<int:location_id>/limits", "ask_rule", temperatures.ask_rule),
    ("POST", "/<int:location_id>/limits", "save_rule", temperatures.save_rule),
    ("GET", "/readings/<int:reading_id>/strike-out", "ask_strike", temperatures.ask_strike),
    ("POST", "/readings/<int:reading_id>/strike-out", "strike", temperatures.strike),
)

add_routes(
    temperatures_blp,
    ("GET", "/locations/<int:location_id>/temperatures", "list", temperatures_api.list_readings),
    ("POST", "/locations/<int:location_id>/temperatures", "record", temperatures_api.record),
    (
        "POST",
        "/temperatures/<int:reading_id>/strike-out",
        "strike_out",
        temperatures_api.strike_out,
    ),
)

add_routes(
    holds_bp,
    ("GET", "/", "index", holds.index),
    ("GET", "/new", "new", holds.new),
    ("POST", "/new", "place", holds.place),
    ("GET", "/<int:hold_id>", "show", holds.show),
    ("POST", "/<int:hold_id>/release", "release", holds.release),
    ("GET", "/holds.<ending>", "index_file", holds_lists.index_file),
    ("GET", "/<int:hold_id>/goods.<ending>", "goods_file", holds_lists.goods_file),
)

add_routes(
    holds_blp,
    ("POST", "/holds", "place_hold", holds_api.place),
    ("POST", "/holds/<int:hold_id>/release", "release_hold", holds_api.release),
)

add_routes(
    recalls_bp,
    ("GET", "/", "index", recalls.index),
    ("GET", "/new", "new", recalls.new),
    ("POST", "/new", "start", recalls.start),
    ("GET", "/<int:recall_id>", "show", recalls.show),
    ("POST", "/<int:recall_id>/findings", "find", recalls.find),
    ("POST", "/<int:recall_id>/notices", "tell", recalls.tell),
    ("POST", "/<int:recall_id>/close", "close", recalls.close),
    ("GET", "/recalls.<ending>", "index_file", recalls_lists.index_file),
    ("GET", "/<int:recall_id>/here.<ending>", "here_file", recalls_lists.here_file),
    ("GET", "/<int:recall_id>/gone.<ending>", "gone_file", recalls_lists.gone_file),
    ("GET", "/<int:recall_id>/findings.<ending>", "findings_file", recalls_lists.findings_file),
    ("GET", "/<int:recall_id>/told.<ending>", "told_file", recalls_lists.told_file),
)

add_routes(
    recalls_blp,
    ("POST", "/recalls", "start", recalls_api.start),
    ("GET", "/recalls", "list", recalls_api.list_recalls),
    ("GET", "/recalls/<int:recall_id>", "show", recalls_api.show),
    ("POST", "/recalls/<int:recall_id>/findings", "find", recalls_api.find),
    ("POST", "/recalls/<int:recall_id>/notices", "tell", recalls_api.tell),
    ("POST", "/recalls/<int:recall_id>/close", "close", recalls_api.close),
)
