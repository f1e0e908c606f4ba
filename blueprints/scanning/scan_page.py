"""The scan page: it stays open, crate after crate. What a scan does is sent by its own script."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.browser.words import spoken
from blueprints.frame.security import policy
from blueprints.frame.web import asked, reader
from depot.distribution.queries.events import event_lists
from depot.items.queries import catalog

bp = Blueprint("scanner", __name__)


@bp.get("/scan")
def scan() -> ResponseReturnValue:
    """Show the scan page; a code that was typed without its script opens what it names."""
    if text := asked("code"):
        return redirect(url_for("codes.open_typed", code=text))
    session, who = reader()
    lists = event_lists(session, who)
    page = render_template(
        "scanning/scan.html",
        places=[
            {"id": place.id, "name": place.name} for place in catalog.places(session, who.depot_id)
        ],
        events=[
            {"id": event.id, "name": event.name}
            for event in (*lists.today, *lists.planned)
            if not event.is_closed
        ],
        whose=f"{who.depot_id}.{who.person_id}",
        words=spoken(),
        values={},
        errors={},
    )
    answer = make_response(page)
    # Whether a worker obeys its own policy or its page's differs among browsers.
    answer.headers["Content-Security-Policy"] = policy(wasm=True)
    return answer
