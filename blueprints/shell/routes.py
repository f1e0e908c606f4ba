"""The addresses of what makes the program open without a connection."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.shell import metrics, pages

bp = Blueprint("shell", __name__)

add_routes(
    bp,
    ("GET", "/sw.js", "service_worker", pages.service_worker),
    ("GET", "/healthz", "healthz", pages.healthz),
    ("GET", "/readyz", "readyz", pages.readyz),
    ("GET", "/metrics", "metrics", metrics.metrics),
    ("GET", "/offline", "offline", pages.offline),
    ("GET", "/icons/<name>.png", "icon_png", pages.icon_png),
    ("GET", "/manifest.webmanifest", "manifest", pages.manifest),
)
