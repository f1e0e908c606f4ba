"""Where the symbols on shelves and at hand-outs lead: /P/12 is a place, /E/7 an event."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.web import reader
from depot.distribution.queries.events import event_row
from depot.locations.queries.places import place_row


def place(location_id: int) -> ResponseReturnValue:
    """Open the place whose symbol a phone's camera has read."""
    session, who = reader()
    if place_row(session, who.depot_id, location_id) is None:
        return render_template("scanning/no_place.html"), 404
    return redirect(url_for("locations.place", location_id=location_id))


def event(event_id: int) -> ResponseReturnValue:
    """Open the hand-out whose symbol a phone's camera has read."""
    session, who = reader()
    if event_row(session, who.depot_id, event_id) is None:
        return render_template("scanning/no_event.html"), 404
    return redirect(url_for("distribution.event", event_id=event_id))
