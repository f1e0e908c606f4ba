"""The addresses of the API's description, and of a client for it."""

from __future__ import annotations

from flask import Blueprint

from blueprints.api_docs import pages
from blueprints.frame.web import add_routes

bp = Blueprint("api_docs", __name__)

add_routes(
    bp,
    ("GET", "/docs", "show", pages.show),
    ("GET", "/depot_client.py", "client", pages.client),
)
