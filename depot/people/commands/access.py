"""Who may work in a depot, and which programs: invitations, roles, ending access, API tokens.

For coordinators. The secret of an invitation's link and of a token is made from the command's id
(docs/adr/0015), so that a form sent twice makes one and shows it twice; only its digest is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import RightCause
from depot.base.names import clean_name, need_one_alphabet
from depot.base.secrets import command_secret, secret_hash
from depot.base.text import N_
from depot.kernel.answers import NEVER_LOGGED, Answer, Saved, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.second.needed import need_second
from depot.models import ApiToken, Invitation, Membership, Person
from depot.open_book.giving import decided, give_role
from depot.open_book.settings import note_change
from depot.people.access_journal import note
from depot.people.first_link import count_coordinators, end_first_link
from depot.people.members import keep_one_coordinator, need_member_row, take_back

INVITATION_LASTS: Final = timedelta(days=7)
ROLES: Final = ("volunteer", "coordinator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Ask somebody to join the actor's depot."""

    command_id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteFirst:
    """Ask whoever set the program up to become the first coordinator of the actor's depot."""

    command_id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeInvitation:
    """An invitation is to count no longer."""

    command_id: UUID
    invitation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateToken:
    """A program is to have access to the actor's depot."""

    command_id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeToken:
    """An API token is to count no longer."""

    command_id: UUID
    token_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAccess:
    """Somebody is to work in the actor's depot no longer."""

    command_id: UUID
    person_id: int
    why: str = ""
    #: What was agreed to, by which it is done.
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole:
    """A member is to be a volunteer or a coordinator."""

    command_id: UUID
    person_id: int
    role: str
    why: str = ""
    #: What was agreed to, by which it is done.
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited(Answer):
    """An invitation that was made, and for whom."""

    id: int
    name: str = field(metadata=NEVER_LOGGED)


def invitation_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret of the link that an `Invite` makes: the same for the same command."""
    return command_secret(secret_key, "invitation", depot_id, command_id)


def token_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the token that a `CreateToken` makes: the same for the same command."""
    return f"depot_{command_secret(secret_key, 'token', depot_id, command_id)}"


def invite(
    command: Invite, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[Invited]:
    """Make an invitation to the actor's depot; `invitation_secret` is the secret of its link.

    It lasts seven days and counts once. Raises Forbidden for a volunteer, Invalid.
    """
    need_coordinator(actor)
    secret = invitation_secret(secret_key, actor.depot_id, command.command_id)
    done = run_once(
        command, actor, clock, lambda asked, work: _invite(asked, work, secret), Invited
    )
    return _named(done, command.name)


def _named(done: Outcome[Invited], name: str) -> Outcome[Invited]:
    return replace(done, answer=replace(done.answer, name=clean_name(name)))


def invite_first(
    command: InviteFirst, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[Invited]:
    """Make the link that makes a depot's first coordinator, and end the one before it.

    It dies with its use, with the next one, and when somebody coordinates the depot. Its secret is
    an invitation's. Raises Forbidden for a volunteer, Invalid where somebody coordinates already.
    """
    need_coordinator(actor)
    secret = invitation_secret(secret_key, actor.depot_id, command.command_id)
    done = run_once(
        command, actor, clock, lambda asked, work: _invite_first(asked, work, secret), Invited
    )
    return _named(done, command.name)


def _invite_first(command: InviteFirst, work: Work, secret: str) -> Invited:
    if count_coordinators(work.session, work.depot_id):
        raise Invalid(problem=N_("Somebody coordinates this depot already. Ask them."))
    end_first_link(work.session, work.depot_id, work.recorded_at)
    return _invite(
        Invite(command_id=command.command_id, name=command.name, role="coordinator"),
        work,
        secret,
        is_first=True,
    )


def _invite(command: Invite, work: Work, secret: str, *, is_first: bool = False) -> Invited:
    _check_role(command.role)
    name = clean_name(command.name)
    need_one_alphabet(name)
    if not is_first:
        _need_second(work, {}, None, command.role)
    made = work.session.execute(
        insert(Invitation)
        .values(
            depot_id=work.depot_id,
            name=name,
            role=command.role,
            first_of=work.depot_id if is_first else None,
            token_hash=secret_hash(secret),
            created_by_id=work.actor.person_id,
            created_at=work.recorded_at,
            expires_at=work.recorded_at + INVITATION_LASTS,
            agreed_by_id=work.actor.agreed_by_id,
        )
        .returning(Invitation.id)
    ).scalar_one()
    note(work, "invited", _with_role(name, command.role))
    return Invited(id=made, name=name)


def revoke_invitation(
    command: RevokeInvitation, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Make an invitation of the actor's depot useless. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _revoke_invitation, SavedId)


def _revoke_invitation(command: RevokeInvitation, work: Work) -> SavedId:
    found = work.session.scalar(
        select(Invitation).where(
            Invitation.id == command.invitation_id, Invitation.depot_id == work.depot_id
        )
    )
    if found is None:
        raise NotFound(what=N_("invitation"), name=command.invitation_id)
    if found.revoked_at is None:
        found.revoked_at, found.first_of = work.recorded_at, None
        note(work, "invitation_revoked", found.name)
    return SavedId(id=found.id)


def create_token(
    command: CreateToken, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[Saved]:
    """Make an API token for the actor's depot; `token_secret` is the token itself.

    Raises Forbidden for a volunteer, Invalid.
    """
    need_coordinator(actor)
    token = token_secret(secret_key, actor.depot_id, command.command_id)
    return run_once(command, actor, clock, lambda asked, work: _create(asked, work, token), Saved)


def _create(command: CreateToken, work: Work, token: str) -> Saved:
    _check_role(command.role)
    name = clean_name(command.name)
    if not name:
        raise Invalid(field="name", problem=N_("Say what the token is for."))
    need_one_alphabet(name)
    _need_second(work, {"program": name}, None, command.role)
    made = work.session.execute(
        insert(ApiToken)
        .values(
            depot_id=work.depot_id,
            name=name,
            role=command.role,
            token_hash=secret_hash(token),
            created_by_id=work.actor.person_id,
            created_at=work.recorded_at,
        )
        .returning(ApiToken.id)
    ).scalar_one()
    note(work, "token_made", _with_role(name, command.role))
    note_change(work, "token", name, {"role": None}, {"role": command.role})
    return Saved(id=made, name=name)


def revoke_token(command: RevokeToken, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """End an API token of the actor's depot at once. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _revoke_token, SavedId)


def _revoke_token(command: RevokeToken, work: Work) -> SavedId:
    found = work.session.scalar(
        select(ApiToken).where(ApiToken.id == command.token_id, ApiToken.depot_id == work.depot_id)
    )
    if found is None:
        raise NotFound(what=N_("token"), name=command.token_id)
    if found.revoked_at is None:
        found.revoked_at = work.recorded_at
        note(work, "token_ended", found.name)
        note_change(work, "token", found.name, {"role": found.role}, {"role": None})
    return SavedId(id=found.id)


def end_access(command: EndAccess, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """End somebody's access to the actor's depot, now, on every phone.

    Tokens, open invitations and links to reports that they made end too: they may know them by
    heart. Raises Forbidden for a volunteer, NotFound for somebody who is not in the depot, Invalid
    for the last coordinator.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _end_access, SavedId)


def _end_access(command: EndAccess, work: Work) -> SavedId:
    membership = need_member_row(work, command.person_id)
    if membership.role == "coordinator":
        keep_one_coordinator(work)
    _need_second_for(work, membership, None)
    _decide(work, command, None, "access_ended")
    take_back(work, membership)
    note(work, "access_ended", _name_of(work, command.person_id), command.person_id)
    return SavedId(id=command.person_id)


def change_role(command: ChangeRole, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Make a member volunteer or coordinator. Raises as `end_access` does.

    What somebody made as a coordinator, tokens and open invitations, ends with being one.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _change_role, SavedId)


def _change_role(command: ChangeRole, work: Work) -> SavedId:
    _check_role(command.role)
    membership = need_member_row(work, command.person_id)
    _need_second_for(work, membership, command.role)
    if membership.role == "coordinator" and command.role != "coordinator":
        keep_one_coordinator(work)
        take_back(work, membership)
    if work.session.get_one(Person, command.person_id).login is None:
        raise Invalid(
            problem=N_(
                "They need a sign-in of their own first. They make one under “Your account”."
            )
        )
    _decide(work, command, command.role, "role_changed")
    told = _with_role(_name_of(work, command.person_id), command.role)
    note(work, "role_changed", told, command.person_id)
    return SavedId(id=command.person_id)


def _decide(
    work: Work, command: EndAccess | ChangeRole, role: str | None, cause: RightCause
) -> None:
    why, proposal_id = clean_name(command.why), command.proposal_id
    decision = decided(work.actor, cause, work.recorded_at, why, proposal_id)
    give_role(work.session, work.depot_id, command.person_id, role, decision)


def _need_second_for(work: Work, member: Membership, role: str | None) -> None:
    """Have a second person agree to what changes who coordinates; one's own right one lays down."""
    if member.person_id != work.actor.person_id:
        _need_second(work, {"person": member.person_id}, member.role, role)


def _need_second(
    work: Work, whom: dict[str, int | str], before: str | None, after: str | None
) -> None:
    is_one = before != after and "coordinator" in (before, after)
    if is_one or work.actor.agreed is not None:  # what was agreed to was one
        need_second(work, "rights", {**whom, "before": before, "after": after})


def _with_role(name: str, role: str) -> str:
    """Return what the journal says of somebody who is given a role; pages translate the role."""
    return f"{role}: {name}"


def _name_of(work: Work, person_id: int) -> str:
    return work.session.get_one(Person, person_id).name


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise Invalid(field="role", problem=N_("Choose volunteer or coordinator."))
