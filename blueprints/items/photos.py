"""An item's photo: sent from its page, shown, taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import submit_form
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, show_message
from blueprints.items.pages import show_item
from blueprints.items.schemas import KeepPhotoSchema, RemovePhotoSchema
from depot.base.actors import Actor
from depot.base.text import N_
from depot.items.commands.photos import (
    ItemShown,
    KeepPhoto,
    RemovePhoto,
    keep_photo,
    remove_photo,
)
from depot.items.queries.photos import find_picture
from depot.kernel.once import Outcome, need_coordinator


def keep(item_id: int) -> ResponseReturnValue:
    """Keep the photo that is sent, made small."""

    def run(command: KeepPhoto, who: Actor) -> Outcome[ItemShown]:
        return keep_photo(replace(command, item_id=item_id), who)

    def done(outcome: Outcome[ItemShown]) -> ResponseReturnValue:
        return _done(item_id, _("The photo is kept."), outcome)

    need_coordinator(actor())  # before a photo is unpacked
    file = request.files.get("photo")
    return submit_form(
        KeepPhotoSchema(form=True),
        run,
        done=done,
        again=lambda form: show_item(item_id, form),
        extra={"photo": b"" if file is None else file.read()},
    )


def remove(item_id: int) -> ResponseReturnValue:
    """Take the photo away."""

    def run(command: RemovePhoto, who: Actor) -> Outcome[ItemShown]:
        return remove_photo(replace(command, item_id=item_id), who)

    def done(outcome: Outcome[ItemShown]) -> ResponseReturnValue:
        return _done(item_id, _("The photo is gone."), outcome)

    return submit_form(
        RemovePhotoSchema(form=True), run, done=done, again=lambda form: show_item(item_id, form)
    )


def _done(item_id: int, message: str, outcome: Outcome[ItemShown]) -> ResponseReturnValue:
    show_message(message, outcome)
    return redirect(url_for("items.item", item_id=item_id), 303)


def picture(item_id: int, digest: str) -> Response:
    """Send an item's photo, by the start of its digest."""
    return _send(item_id, digest, "picture")


def thumb(item_id: int, digest: str) -> Response:
    """Send the small square of an item's photo."""
    return _send(item_id, digest, "thumb")


def _send(item_id: int, name: str, size: Literal["picture", "thumb"]) -> Response:
    session, who = reader()
    found = find_picture(session, who.depot_id, item_id, name, size)
    answer = Response(found_or_404(N_("photo"), item_id, found), mimetype="image/jpeg")
    # another photo has another name; only who may see the item may keep it
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
