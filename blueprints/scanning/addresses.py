"""Where our symbols lead: /P/12 is a place, /E/7 an event, /T/… goods between two depots."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.web import reader
from depot.distribution.queries.events import event_row
from depot.locations.queries.places import place_row
from depot.network.queries.transfers import depots_with_transfer, transfer_by_code


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


def transfer(code: str) -> ResponseReturnValue:
    """Open the transfer whose symbol was read: to receive it, where it is to arrive."""
    session, who = reader()
    found = transfer_by_code(session, who.depot_id, code.lower())
    if found is None:
        depots = depots_with_transfer(session, who, code.lower())
        return render_template("scanning/no_transfer.html", code=code, depots=depots), 404
    page = "transfers.ask_receive" if found.awaits else "transfers.show"
    return redirect(url_for(page, transfer_id=found.id))
