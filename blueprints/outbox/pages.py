"""The list of what waits on this device; a script draws it, for only the device knows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.frame.guards import current_actor
from blueprints.frame.guides.addresses import guides_of_the_door


def waiting() -> ResponseReturnValue:
    """Show what this device has kept and not sent yet."""
    return render_template("outbox/waiting.html")


def signed_in_state() -> dict[str, Any] | None:
    """Return who works at this page and where, as the outbox's script needs it."""
    who = current_actor()
    if who is None or who.person_id is None:
        return None
    return {
        "person": {"id": who.person_id, "name": who.name},
        "depot": {"id": who.depot_id, "name": who.depot.name},
    }


def pages_to_keep(events: Iterable[int]) -> list[str]:
    """Return the addresses that should open without a connection: those needed at the door.

    `events` are the hand-outs that are on.
    """
    found = [*_ALWAYS]
    for event_id in events:
        found += [f"/hand-outs/{event_id}{act}" for act in ("", *_AT_EVENTS)]
    return found + guides_of_the_door()


#: The last is what the code on the wall opens without a connection (`sw/pages.ts`).
_ALWAYS = (
    "/scan",
    "/scan/waiting",
    "/donations/new",
    "/handover/",
    "/handover/new",
    "/here/by-oneself",
)
_AT_EVENTS = ("/table", "/hand-out", "/bring-back", "/people")


def mark_response(response: Response) -> Response:
    """Say whose a page is, and whether a copy of it may be shown again later.

    A phone's copies belong to one person in one depot. A page that tells what has just happened is
    no page for later, and one that shows a secret is none either (`keep_no_copy`).
    """
    if response.mimetype != "text/html" or "_login_user" not in g or request.method != "GET":
        return response
    who = current_actor()
    if who is not None:
        response.headers["Depot-Page"] = f"{who.person_id}.{who.depot_id}"
        if not (g.get("has_told") or g.get("keeps_no_copy")):
            response.headers["Depot-Keep"] = "yes"
    return response
