"""Who works here: inviting, ending access, API tokens. For coordinators."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.api import base_url
from blueprints.frame.errors import message_of, status_of
from blueprints.frame.fields import Choice, CommandSchema, Text
from blueprints.frame.forms import Form, flatten, nest, read_form, show_form
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, show_message
from blueprints.words.exports import MOMENT, Column, send_list, wall_clock
from depot.base.clock import utc_now
from depot.base.errors import DepotError
from depot.people import queries
from depot.people.commands import accounts


class InviteSchema(CommandSchema):
    """An invitation, or the name and rights of a token."""

    makes = accounts.Invite
    name = Text(required=True)
    role = Choice(accounts.ROLES, required=True)


def index() -> ResponseReturnValue:
    """Show members, open invitations and tokens."""
    return _page(Form({"role": "volunteer"}))


def index_file(ending: str) -> Response:
    """Send who works here: names and rights, and nothing that opens a door."""
    session, who = reader()
    roles = {"coordinator": _("coordinator"), "volunteer": _("volunteer")}
    columns: list[Column[Any]] = [
        Column(_("Name"), lambda row: row.name),
        Column(_("Sign-in name"), lambda row: row.login),
        Column(_("Role"), lambda row: roles[row.role]),
        Column(_("Since"), lambda row: wall_clock(row.since), MOMENT),
    ]
    return send_list(ending, _("People"), columns, queries.members(session, who.depot_id))


def _page(form: Form, link: str | None = None, token: str | None = None) -> str:
    session, who = reader()
    return show_form(
        "people/index.html",
        form,
        who=who,
        members=queries.members(session, who.depot_id),
        invitations=queries.open_invitations(session, who.depot_id, utc_now()),
        tokens=queries.api_tokens(session, who.depot_id),
        link=link,
        token=token,
    )


def _wanted() -> accounts.Invite:
    kept = nest(read_form())
    given = {name: kept[name] for name in ("name", "role") if name in kept}
    command: accounts.Invite = InviteSchema(form=True).load(given)
    return command


def _refused(error: ValidationError | DepotError) -> tuple[str, int]:
    if isinstance(error, ValidationError):
        return _page(Form(read_form(), flatten(error.messages))), 422
    return _page(Form(read_form(), {error.field or "form": [message_of(error)]})), status_of(error)


def invite() -> ResponseReturnValue:
    """Make an invitation; its link is shown on this answer only."""
    try:
        secret = accounts.invite(_wanted(), actor())
    except (ValidationError, DepotError) as error:
        return _refused(error)
    link = base_url() + url_for("account.join", token=secret)
    return _page(Form({"role": "volunteer"}), link=link), 201


def revoke_invitation(invitation_id: int) -> ResponseReturnValue:
    """Make an invitation useless."""
    accounts.revoke_invitation(invitation_id, actor())
    show_message(_("That invitation no longer counts."))
    return redirect(url_for("people.index"), 303)


def end_access(person_id: int) -> ResponseReturnValue:
    """End somebody's access."""
    accounts.end_access(person_id, actor())
    show_message(_("Their access has ended, on every phone."))
    return redirect(url_for("people.index"), 303)


def change_role(person_id: int) -> ResponseReturnValue:
    """Make somebody volunteer or coordinator."""
    accounts.change_role(person_id, request.form.get("role", ""), actor())
    show_message(_("Saved."))
    return redirect(url_for("people.index"), 303)


def create_token() -> ResponseReturnValue:
    """Make an API token; it is shown on this answer only."""
    try:
        wanted = _wanted()
        token = accounts.create_token(wanted.name, wanted.role, actor())
    except (ValidationError, DepotError) as error:
        return _refused(error)
    return _page(Form({"role": "volunteer"}), token=token), 201


def revoke_token(token_id: int) -> ResponseReturnValue:
    """End a token."""
    accounts.revoke_token(token_id, actor())
    show_message(_("That token no longer counts."))
    return redirect(url_for("people.index"), 303)
