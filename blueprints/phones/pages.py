"""The proof that a phone is set up: a page that it could not have opened otherwise."""

from __future__ import annotations

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.web import is_own_page, query_text


def ready() -> ResponseReturnValue:
    """Say that this phone trusts the depot's certificate, and lead on."""
    wanted = query_text("to")
    return render_template(
        "phones/ready.html",
        is_secure=request.is_secure,
        onward=wanted if is_own_page(wanted) else url_for("today.show"),
        setup_url=current_app.config["DEPOT"].setup_url,
    )
