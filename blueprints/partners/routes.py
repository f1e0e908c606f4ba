"""The addresses of partners."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.partners import api, lists, pages

bp = Blueprint("partners", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/partners", "partners", pages.partners),
    ("GET", "/partners/<int:partner_id>", "partner", pages.partner),
    ("GET", "/partners/new", "new_partner", pages.EDITOR.new),
    ("POST", "/partners/new", "create_partner", pages.EDITOR.create),
    ("GET", "/partners/<int:partner_id>/edit", "edit_partner", pages.EDITOR.edit),
    ("POST", "/partners/<int:partner_id>/edit", "update_partner", pages.EDITOR.update),
    ("GET", "/partners.<ending>", "partners_file", lists.partners_file),
)

add_routes(
    blp,
    ("GET", "/partners", "list_partners", api.list_partners),
)
