"""The addresses of crates. <code> is a crate's code, or the old number painted on it."""

from __future__ import annotations

from flask import Blueprint

from blueprints.crates import action_pages, api, lists, new_crates, pages, relabel
from blueprints.crates.ticked import api as ticked_api
from blueprints.crates.ticked import pages as ticked
from blueprints.frame.web import add_routes

bp = Blueprint("crates", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
    ("GET", "/pack", "pack", new_crates.ask_pack),
    ("POST", "/pack", "do_pack", new_crates.do_pack),
    ("GET", "/ticked/move", "move_ticked", ticked.ask_move),
    ("POST", "/ticked/move", "do_move_ticked", ticked.do_move),
    ("GET", "/ticked/hold", "hold_ticked", ticked.ask_hold),
    ("POST", "/ticked/hold", "do_hold_ticked", ticked.do_hold),
    ("GET", "/<code>", "show", pages.show),
    ("GET", "/<code>/history.<ending>", "history_file", lists.history_file),
    ("POST", "/<code>/tags", "tag", pages.tag),
    ("GET", "/<code>/move", "move", action_pages.ask_move),
    ("POST", "/<code>/move", "do_move", action_pages.do_move),
    ("GET", "/<code>/take-out", "take_out", action_pages.ask_take_out),
    ("POST", "/<code>/take-out", "do_take_out", action_pages.do_take_out),
    ("GET", "/<code>/count", "count", action_pages.ask_count),
    ("POST", "/<code>/count", "do_count", action_pages.book_count),
    ("POST", "/<code>/count/look", "look_count", action_pages.look_count),
    ("GET", "/<code>/fill", "fill", action_pages.ask_fill),
    ("POST", "/<code>/fill", "do_fill", action_pages.do_fill),
    ("POST", "/<code>/fill/look", "look_fill", action_pages.look_fill),
    ("GET", "/<code>/empty", "empty", action_pages.ask_empty),
    ("POST", "/<code>/empty", "do_empty", action_pages.do_empty),
    ("GET", "/<code>/retire", "retire", pages.ask_retire),
    ("POST", "/<code>/retire", "do_retire", pages.do_retire),
    ("GET", "/<code>/relabel", "relabel", relabel.ask_relabel),
    ("POST", "/<code>/relabel", "do_relabel", relabel.do_relabel),
)

add_routes(
    blp,
    ("POST", "/crates", "create", api.create),
    ("POST", "/crates/pack", "pack", api.pack),
    ("POST", "/crates/tags", "tag", api.tag),
    ("POST", "/crates/move", "move_together", ticked_api.move),
    ("POST", "/crates/hold", "hold_together", ticked_api.hold),
    ("GET", "/crates/<code>", "show", api.show),
    ("POST", "/crates/<code>/move", "move", api.move),
    ("POST", "/crates/<code>/take-out", "take", api.take),
    ("POST", "/crates/<code>/fill", "fill", api.fill),
    ("POST", "/crates/<code>/count", "counted", api.counted),
    ("POST", "/crates/<code>/retire", "retire", api.retire),
)
