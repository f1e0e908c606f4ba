"""Leaving, in two steps, and the file of what is stored about oneself."""

from __future__ import annotations

import json

from flask import Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from blueprints.frame.forms import Form, read_form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.web import keep_no_copy, show_message
from blueprints.leaving.schemas import LeaveSchema
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.errors import Forbidden
from depot.db.database import current_session
from depot.kernel.once import Outcome
from depot.leaving.commands import Gone, Leave, leave
from depot.leaving.queries import depots_to_leave, stored_about
from depot.people.queries import depots_of, login_of


def _person() -> tuple[Actor, int]:
    """Return who asks. Raises Forbidden for a program."""
    who = actor()
    if who.person_id is None:
        raise Forbidden()
    return who, who.person_id


def ask() -> ResponseReturnValue:
    """Say what goes and what stays; nothing is changed yet."""
    keep_no_copy()
    who, person_id = _person()
    depots = depots_to_leave(current_session(), person_id)
    return show_form("leaving/ask.html", Form(), who=who, depots=depots)


def confirm() -> ResponseReturnValue:
    """Ask once more, for the name and the password."""
    keep_no_copy()
    return _confirm_page(Form({"everywhere": request.args.get("everywhere", "")}))


def _confirm_page(form: Form) -> str:
    who, person_id = _person()
    depots = depots_to_leave(current_session(), person_id)
    everywhere = bool(form.values.get("everywhere")) or len(depots) == 1
    return show_form(
        "leaving/confirm.html",
        form,
        who=who,
        everywhere=everywhere,
        has_sign_in=bool(login_of(current_session(), person_id)),
    )


def go() -> ResponseReturnValue:
    """Leave."""
    _person()
    said = {name: value for name, value in read_form().items() if name != "password"}
    schema = LeaveSchema(form=True)
    return submit_form(schema, _leave, done=_gone, again=_confirm_page, values=said)


def _leave(command: Leave, who: Actor) -> Outcome[Gone]:
    return leave(command, who, request.form.get("password", ""))


def _gone(outcome: Outcome[Gone]) -> ResponseReturnValue:
    if outcome.answer.is_erased:
        logout_user()
        session.clear()
        show_message(_("You have left, and your name with you. Thank you for all you did."))
        return redirect(url_for("account.sign_in"), 303)
    session["depot"] = depots_of(current_session(), outcome.answer.person_id)[0].id
    show_message(_("You have left that depot."))
    return redirect(url_for("account.mine"), 303)


def stored() -> Response:
    """Send everything that is stored about who asks, and nothing that opens a door."""
    keep_no_copy()
    _who, person_id = _person()
    told = json.dumps(stored_about(current_session(), person_id), ensure_ascii=False, indent=1)
    answer = Response(told + "\n", content_type="application/json; charset=utf-8")
    name = f"about-me-{utc_now().date().isoformat()}.json"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
