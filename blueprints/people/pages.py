"""Who works here: inviting, ending access, API tokens. For coordinators."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.security import secret_key
from blueprints.frame.web import reader, show_message
from blueprints.people.schemas import (
    ChangeRoleSchema,
    CreateTokenSchema,
    EndAccessSchema,
    EndSecondFactorSchema,
    HelpBackInSchema,
    InviteSchema,
    RevokeInvitationSchema,
    RevokeTokenSchema,
)
from blueprints.words.columns import MOMENT, Column, wall_clock
from blueprints.words.exports import send_list
from depot.base.actors import ROLE_WORDS, Actor
from depot.base.clock import local_day, utc_now
from depot.decisions.queries.lists import agreed_titles
from depot.kernel.answers import Saved, SavedId
from depot.kernel.once import AnyOutcome, Outcome
from depot.people import queries
from depot.people.commands import access, recovery
from depot.people.commands.recovery import HelpBackIn
from depot.people.commands.second_factors import end_second_factor


def index() -> ResponseReturnValue:
    """Show members, open invitations and tokens."""
    return _page(Form({"role": "volunteer"}))


def index_file(ending: str) -> Response:
    """Send who works here: names and rights, and nothing that opens a door."""
    session, who = reader()
    reads = current_reader()
    roles = {role: _(word) for role, word in ROLE_WORDS.items()}
    columns: list[Column[Any]] = [
        Column(_("Name"), lambda row: row.name),
        Column(_("Sign-in name"), lambda row: row.login),
        Column(_("Role"), lambda row: roles[row.role]),
        Column(_("Since"), lambda row: wall_clock(row.since, reads), MOMENT),
    ]
    return send_list(ending, _("People"), columns, queries.members(session, who.depot_id))


def _page(
    form: Form, link: str | None = None, token: str | None = None, way_in: str | None = None
) -> str:
    session, who = reader()
    form.values.setdefault("role", "volunteer")
    return show_form(
        "people/index.html",
        form,
        who=who,
        role_words={role: _(word) for role, word in ROLE_WORDS.items()},
        members=queries.members(session, who.depot_id),
        invitations=queries.open_invitations(session, who.depot_id, utc_now()),
        tokens=queries.api_tokens(session, who.depot_id),
        agreed=agreed_titles(session, who.depot, local_day(utc_now(), who.depot.time_zone)),
        link=link,
        token=token,
        way_in=way_in,
    )


def invite() -> ResponseReturnValue:
    """Make an invitation; its link is shown on this answer only."""
    return submit_form(InviteSchema(form=True), _invite, done=_invited, again=_page)


def _invite(command: access.Invite, who: Actor) -> Outcome[access.Invited]:
    return access.invite(command, who, secret_key())


def _invited(_outcome: AnyOutcome) -> ResponseReturnValue:
    secret = access.invitation_secret(secret_key(), actor().depot_id, _command_id())
    link = base_url() + url_for("account.join", token=secret)
    return _page(Form(), link=link), 201


def revoke_invitation(invitation_id: int) -> ResponseReturnValue:
    """Make an invitation useless."""
    return submit_form(
        RevokeInvitationSchema(form=True),
        access.revoke_invitation,
        done=partial(_done, _("That invitation no longer counts.")),
        again=_not_done,
        extra={"invitation_id": invitation_id},
    )


def end_access(person_id: int) -> ResponseReturnValue:
    """End somebody's access."""
    return submit_form(
        EndAccessSchema(form=True),
        access.end_access,
        done=partial(_done, _("Their access has ended, on every phone.")),
        again=_not_done,
        extra={"person_id": person_id},
    )


def change_role(person_id: int) -> ResponseReturnValue:
    """Make somebody volunteer or coordinator."""
    return submit_form(
        ChangeRoleSchema(form=True),
        access.change_role,
        done=partial(_done, _("Saved.")),
        again=_not_done,
        extra={"person_id": person_id},
    )


def help_back_in(person_id: int) -> ResponseReturnValue:
    """Make a link to a new password for a member; it is shown on this answer only."""
    extra = {"person_id": person_id}
    return submit_form(
        HelpBackInSchema(form=True), _help_back_in, done=_helped, again=_not_done, extra=extra
    )


def _help_back_in(command: HelpBackIn, who: Actor) -> Outcome[SavedId]:
    return recovery.help_back_in(command, who, secret_key())


def _helped(_outcome: AnyOutcome) -> ResponseReturnValue:
    secret = recovery.recovery_secret(secret_key(), actor().depot_id, _command_id())
    return _page(Form(), way_in=base_url() + url_for("account.recover", token=secret)), 201


def end_factor(person_id: int) -> ResponseReturnValue:
    """Ask a member for no second step any more: they lost the phone and the codes."""
    return submit_form(
        EndSecondFactorSchema(form=True),
        end_second_factor,
        done=partial(_done, _("They are asked for no second step any more.")),
        again=_not_done,
        extra={"person_id": person_id},
    )


def create_token() -> ResponseReturnValue:
    """Make an API token; it is shown on this answer only."""
    return submit_form(CreateTokenSchema(form=True), _create, done=_created, again=_page)


def _create(command: access.CreateToken, who: Actor) -> Outcome[Saved]:
    return access.create_token(command, who, secret_key())


def _created(_outcome: AnyOutcome) -> ResponseReturnValue:
    token = access.token_secret(secret_key(), actor().depot_id, _command_id())
    return _page(Form(), token=token), 201


def revoke_token(token_id: int) -> ResponseReturnValue:
    """End a token."""
    return submit_form(
        RevokeTokenSchema(form=True),
        access.revoke_token,
        done=partial(_done, _("That token no longer counts.")),
        again=_not_done,
        extra={"token_id": token_id},
    )


def _done(sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(url_for("people.index"), 303)


def _not_done(form: Form) -> str:
    return _page(Form(errors=form.errors))


def _command_id() -> UUID:
    return UUID(request.form["command_id"])
