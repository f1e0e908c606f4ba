"""The addresses of crates. <code> is a crate's code, or the old number painted on it."""

from __future__ import annotations

from flask import Blueprint

from blueprints.crates import acts, listings, pages, relabel

bp = Blueprint("crates", __name__)

bp.add_url_rule("", view_func=pages.index)
bp.add_url_rule("/list.<ending>", "index_file", listings.index_file)
bp.add_url_rule("/<code>", "show", pages.show)
bp.add_url_rule("/<code>/move", "move", acts.ask_move)
bp.add_url_rule("/<code>/move", "do_move", acts.move, methods=["POST"])
bp.add_url_rule("/<code>/take-out", "take_out", acts.ask_take)
bp.add_url_rule("/<code>/take-out", "do_take_out", acts.take, methods=["POST"])
bp.add_url_rule("/<code>/count", "count", acts.ask_count)
bp.add_url_rule("/<code>/count", "do_count", acts.count_it, methods=["POST"])
bp.add_url_rule("/<code>/count/look", "look_count", acts.look_count, methods=["POST"])
bp.add_url_rule("/<code>/fill", "fill", acts.fill)
bp.add_url_rule("/<code>/fill", "do_fill", acts.do_fill, methods=["POST"])
bp.add_url_rule("/<code>/fill/look", "look_fill", acts.look_fill, methods=["POST"])
bp.add_url_rule("/<code>/empty", "empty", acts.ask_empty)
bp.add_url_rule("/<code>/empty", "do_empty", acts.empty, methods=["POST"])
bp.add_url_rule("/<code>/retire", "retire", pages.ask_retire)
bp.add_url_rule("/<code>/retire", "do_retire", pages.retire, methods=["POST"])
bp.add_url_rule("/<code>/relabel", "relabel", relabel.ask_relabel)
bp.add_url_rule("/<code>/relabel", "do_relabel", relabel.relabel, methods=["POST"])
