"""Where donors announce what they will bring: whoever has the link may, and sees nothing else."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from blueprints.dropoffs.forms import announce_form
from blueprints.frame.errors import message_of, status_of
from blueprints.frame.forms import Form, load_form, read_form, sentences_of, show_form
from blueprints.frame.language import speak_to
from blueprints.frame.security import client_address
from depot.base.actors import Actor, DepotView
from depot.base.errors import DepotError, StorageUnavailable
from depot.base.text import N_
from depot.db.database import current_session
from depot.dropoffs.commands import announce_drop_off
from depot.dropoffs.queries import depot_of_link
from depot.people.tries import Try, begin_tries

#: What the announcement is written by.
_DONOR = N_("a donor")


def _depot(secret: str) -> DepotView:
    found = depot_of_link(current_session(), secret)
    if found is None:
        abort(404)
    speak_to(found)
    return found


def ask(secret: str) -> ResponseReturnValue:
    """Ask who brings what, and when."""
    return _page(_depot(secret), secret, Form())


def _page(depot: DepotView, secret: str, form: Form) -> str:
    return show_form("dropoffs/public.html", form, depot_name=depot.name, secret=secret)


def announce(secret: str) -> ResponseReturnValue:
    """Keep it."""
    depot = _depot(secret)
    kept = dict(read_form())
    try:
        # a donor announces a few; a program that fills the list is slowed down
        begin_tries(Try("announce", f"{secret}\n{client_address()}"))
        command = load_form(announce_form(depot.time_zone))
        donor = Actor(depot, "volunteer", str(_DONOR))
        announce_drop_off(replace(command, by_donor=True), donor)
    except ValidationError as error:
        return _page(depot, secret, Form(kept, sentences_of(error))), 422
    except StorageUnavailable:
        raise
    except DepotError as error:
        return _page(depot, secret, Form(kept, {"form": [message_of(error)]})), status_of(error)
    return redirect(url_for("dropoffs_public.thanks", secret=secret), 303)


def thanks(secret: str) -> ResponseReturnValue:
    """Thank the donor."""
    depot = _depot(secret)
    return render_template("dropoffs/thanks.html", depot_name=depot.name, secret=secret)
