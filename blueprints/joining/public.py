"""The page behind the code on the wall: a first name, and they help until tonight."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.errors import message_of, status_of
from blueprints.frame.forms import Form, nest, read_form, sentences_of, show_form
from blueprints.frame.guards import current_actor
from blueprints.frame.language import speak_to
from blueprints.frame.signing_in.devices import known_helper, own_device, remember_helper
from blueprints.frame.signing_in.entering import begin_session
from blueprints.frame.web import keep_no_copy, show_message
from blueprints.joining.schemas import JoinSchema
from depot.base.actors import DepotView
from depot.base.clock import utc_now
from depot.base.errors import DepotError, LinkExpired, StorageUnavailable
from depot.db.database import current_session
from depot.joining.commands.helpers import JoinByLink, find_helper, join_by_link
from depot.joining.queries import depot_of_join_link, is_here
from depot.people.sessions import SessionStart


def ask(secret: str) -> ResponseReturnValue:
    """Ask for a first name; whoever is in already says with one tap that they are here."""
    depot = _depot(secret)
    who = current_actor()
    if who is not None and who.depot_id == depot.id and who.token_id is None:
        if not is_here(current_session(), who, utc_now()):
            keep_no_copy()
            return show_form("joining/here.html", Form(), who=who)
        show_message(_("You are in already, %(name)s.", name=who.name))
        return redirect(url_for("today.show"))
    return _page(depot, secret, Form())


def _depot(secret: str) -> DepotView:
    found = depot_of_join_link(current_session(), f"w.{secret}", utc_now())
    if found is None:
        raise LinkExpired()
    speak_to(found)
    return found


def _page(depot: DepotView, secret: str, form: Form) -> str:
    keep_no_copy()
    person_id = known_helper(depot.id)
    known = find_helper(current_session(), depot.id, person_id) if person_id else None
    return show_form(
        "joining/join.html",
        form,
        depot_name=depot.name,
        secret=secret,
        known=known if known and known.ended_at is None else None,
    )


def join(secret: str) -> ResponseReturnValue:
    """Let them in, until tonight."""
    depot = _depot(secret)
    kept = dict(read_form())
    try:
        command: JoinByLink = JoinSchema(form=True).load(_said(depot, secret))
        joined = join_by_link(command, depot).answer
    except ValidationError as error:
        return _page(depot, secret, Form(kept, sentences_of(error))), 422
    except (LinkExpired, StorageUnavailable):
        raise
    except DepotError as error:
        field = error.field or "form"
        return _page(depot, secret, Form(kept, {field: [message_of(error)]})), status_of(error)
    begin_session(SessionStart(joined.person_id, depot.id, joined.name, ends_at=joined.ends_at))
    if own_device() is None:
        remember_helper(depot.id, joined.person_id)
    show_message(_("Welcome, %(name)s. You help until tonight.", name=joined.name))
    return redirect(url_for("today.show"), 303)


def _said(depot: DepotView, secret: str) -> dict[str, object]:
    """Return what joins: a name as typed, or whoever helped from this phone before.

    Which of them it is, the phone's signed cookie says, and never the form. Where a coordinator
    ended it for that helper, another name does not help.
    """
    found = nest(read_form())
    person_id = known_helper(depot.id)
    known = find_helper(current_session(), depot.id, person_id) if person_id else None
    goes_on = known is not None and (known.ended_at is not None or "goes_on" in request.form)
    said = {"command_id": found.get("command_id"), "secret": f"w.{secret}"}
    if goes_on and known is not None:
        return said | {"again": known.person_id}
    return said | {"name": found.get("name", "")}
