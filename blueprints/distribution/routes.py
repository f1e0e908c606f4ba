"""The addresses of hand-outs, and of the three actions at one."""

from __future__ import annotations

from flask import Blueprint

from blueprints.distribution import actions, api, lists, pages, picking, plans
from blueprints.frame.web import add_routes

bp = Blueprint("distribution", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "", "index", pages.index),
    ("GET", "/now", "now", pages.now),
    ("GET", "/new", "new", plans.new),
    ("POST", "/new", "plan", plans.plan),
    ("GET", "/<int:event_id>", "event", pages.event),
    ("GET", "/<int:event_id>/change", "change", plans.ask_change),
    ("POST", "/<int:event_id>/change", "do_change", plans.do_change),
    ("GET", "/<int:event_id>/call-off", "call_off", plans.ask_call_off),
    ("POST", "/<int:event_id>/call-off", "do_call_off", plans.do_call_off),
    ("POST", "/<int:event_id>/pack", "pack", plans.pack),
    ("POST", "/<int:event_id>/pick", "pick", picking.tick),
    ("GET", "/<int:event_id>/picking", "picking", picking.picking),
    ("POST", "/<int:event_id>/picking", "fetch", picking.fetch),
    ("GET", "/<int:event_id>/summary", "summary", pages.summary),
    ("GET", "/<int:event_id>/close", "closing", pages.closing),
    ("POST", "/<int:event_id>/close", "close", pages.close),
    ("POST", "/<int:event_id>/open", "open_", pages.open_),
    ("GET", "/<int:event_id>/hand-out", "hand_out", actions.hand_out),
    ("POST", "/<int:event_id>/hand-out", "issue", actions.issue),
    ("GET", "/<int:event_id>/bring-back", "bring_back", actions.bring_back),
    ("POST", "/<int:event_id>/bring-back", "take_back", actions.take_back),
    ("GET", "/<int:event_id>/people", "people", actions.people),
    ("POST", "/<int:event_id>/people", "count", actions.count),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
    ("GET", "/<int:event_id>/goods.<ending>", "goods_file", lists.goods_file),
)

add_routes(
    blp,
    ("GET", "/events", "index", api.index),
    ("POST", "/events", "plan", api.plan),
    ("GET", "/events/<int:event_id>", "show", api.show),
    ("PUT", "/events/<int:event_id>", "change", api.change),
    ("GET", "/events/<int:event_id>/plan", "show_plan", api.show_plan),
    ("PUT", "/events/<int:event_id>/plan", "plan_goods", api.plan_goods),
    ("POST", "/events/<int:event_id>/picks", "pick", api.pick),
    ("POST", "/events/<int:event_id>/call-off", "call_off", api.call_off),
    ("POST", "/events/<int:event_id>/issues", "issue", api.issue),
    ("POST", "/events/<int:event_id>/returns", "bring_back", api.bring_back),
    ("POST", "/events/<int:event_id>/people", "people", api.people),
    ("POST", "/events/<int:event_id>/close", "close", api.close),
)
