"""The addresses of partners, of what agencies ask for, and of an agency's own pages."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.partners import (
    agencies,
    api,
    lists,
    pages,
    public,
    requests,
    requests_api,
    requests_lists,
)

bp = Blueprint("partners", __name__)
requests_bp = Blueprint("requests", __name__)
#: For whoever holds an agency's link.
public_bp = Blueprint("agency_public", __name__)
blp = api.blp
requests_blp = requests_api.blp

add_routes(
    bp,
    ("GET", "/partners", "partners", pages.partners),
    ("GET", "/partners/<int:partner_id>", "partner", pages.partner),
    ("GET", "/partners/new", "new_partner", pages.EDITOR.new),
    ("POST", "/partners/new", "create_partner", pages.EDITOR.create),
    ("GET", "/partners/<int:partner_id>/edit", "edit_partner", pages.EDITOR.edit),
    ("POST", "/partners/<int:partner_id>/edit", "update_partner", pages.EDITOR.update),
    ("GET", "/partners/<int:partner_id>/erase", "ask_erasing", pages.ask_erasing),
    ("POST", "/partners/<int:partner_id>/erase", "erase_partner", pages.erase),
    ("GET", "/partners.<ending>", "partners_file", lists.partners_file),
    (
        "GET",
        "/partners/<int:partner_id>/deliveries.<ending>",
        "deliveries_file",
        lists.deliveries_file,
    ),
)

add_routes(
    requests_bp,
    ("GET", "", "index", requests.index),
    ("GET", "/requests.<ending>", "requests_file", requests_lists.requests_file),
    ("GET", "/agencies.<ending>", "agencies_file", requests_lists.agencies_file),
    ("GET", "/new", "new", requests.new),
    ("POST", "/new", "create", requests.create),
    ("GET", "/<int:request_id>", "show", requests.show),
    ("POST", "/<int:request_id>/approve", "approve", requests.approve),
    ("POST", "/<int:request_id>/decline", "decline", requests.decline),
    ("POST", "/<int:request_id>/withdraw", "withdraw", requests.withdraw),
    ("GET", "/<int:request_id>/hand-over", "ask_hand_over", requests.ask_hand_over),
    ("POST", "/<int:request_id>/hand-over", "hand_over", requests.hand_over),
    ("GET", "/agencies/<int:partner_id>", "agency", agencies.show),
    ("POST", "/agencies/<int:partner_id>/link", "make_link", agencies.make_link),
    ("POST", "/agencies/<int:partner_id>/end-link", "end_link", agencies.end_link),
    ("POST", "/agencies/<int:partner_id>/about", "state", agencies.state),
)

add_routes(
    public_bp,
    ("GET", "/<secret>", "home", public.home),
    ("POST", "/<secret>/about", "state", public.state),
    ("GET", "/<secret>/ask", "ask", public.ask),
    ("POST", "/<secret>/ask", "create", public.create),
    ("GET", "/<secret>/<int:request_id>", "show", public.show),
    ("POST", "/<secret>/<int:request_id>", "change", public.change),
    ("POST", "/<secret>/<int:request_id>/withdraw", "withdraw", public.withdraw),
)

add_routes(
    blp,
    ("GET", "/partners", "list_partners", api.list_partners),
    ("POST", "/partners", "create", api.create),
    ("GET", "/partners/<int:partner_id>", "show", api.show),
    ("PATCH", "/partners/<int:partner_id>", "change", api.change),
)

add_routes(
    requests_blp,
    ("GET", "/requests", "list_requests", requests_api.list_requests),
    ("POST", "/requests", "ask_for_goods", requests_api.ask),
    ("POST", "/requests/<int:request_id>/approve", "approve_request", requests_api.approve),
    ("POST", "/requests/<int:request_id>/decline", "decline_request", requests_api.decline),
    ("POST", "/requests/<int:request_id>/hand-over", "hand_over_request", requests_api.hand_over),
)
