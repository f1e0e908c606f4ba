"""Accounts: taking up an invitation, signing in, passwords.

A password belongs into no fingerprint and no log: what is remembered of an invitation that was
taken up holds none. Signing in carries no command_id, signing in twice is signing in; a repeated
change of password finds the old one wrong, and a sign-in that is taken twice is one. Sessions are
in `sessions.py`; what coordinators do is in `access.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, LinkExpired, NameTaken, SignInFailed
from depot.base.names import clean_name, need_name_of_one, need_one_alphabet, need_own_look
from depot.base.secrets import secret_hash
from depot.base.text import N_
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.kernel.answers import Answer
from depot.kernel.once import Work, need_own_hands, run_once
from depot.models import Depot, Invitation, Membership, Person
from depot.open_book.giving import Decision, give_role, keep_for_good
from depot.people.access_journal import note_access, note_failure, note_of_person
from depot.people.commands.passkeys import end_passkeys
from depot.people.first_link import end_first_link
from depot.people.login import login_key
from depot.people.members import depot_name, end_links, has_factor
from depot.people.passwords import check_password, hash_password, is_password
from depot.people.sessions import SessionStart, end_sessions
from depot.people.tries import Try, begin_tries, end_try, forgive_tries


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """Make the account an invitation offers; `token` is the secret part of its link."""

    token: str
    name: str
    login: str
    password: str
    #: The form that is sent: when its answer was lost, it is answered again.
    command_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Accept:
    """What is remembered of it: no password."""

    command_id: UUID
    token_hash: str
    name: str
    login: str
    signed_in: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Accepted(Answer):
    """Who works in the depot now."""

    person_id: int


@dataclass(frozen=True, slots=True)
class TakeSignIn:
    """Somebody who has nothing but a name on a phone is to sign in anywhere from now on."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """A name and a password, as typed."""

    login: str
    password: str
    #: Where it is typed: a device that this person signed in on before, or an address.
    caller: str = ""
    is_known_device: bool = False

    @property
    def tries(self) -> tuple[Try, ...]:
        """The doors at which a wrong one counts."""
        own = Try("sign-in", f"{login_key(self.login)}\n{self.caller}")
        return (own,) if self.is_known_device else (own, Try("address", self.caller, shared=True))


def accept_invitation(
    command: AcceptInvitation, signed_in: int | None = None, clock: Clock = utc_now
) -> SessionStart:
    """Make the account (or, for `signed_in`, only the membership) and use the invitation up.

    Who is signed in with nothing but a name on a phone gets the sign-in, and keeps the history.

    Raises LinkExpired, NameTaken for a sign-in name in use, NameAlike for a name that looks like a
    colleague's, Invalid for a poor password, TooManyTries after many failures with this link.
    """
    door = Try("join", command.token)
    begin_tries(door, clock=clock)
    asked = _Accept(
        command_id=command.command_id,
        token_hash=secret_hash(command.token),
        name=command.name,
        login=command.login,
        signed_in=signed_in,
    )
    nobody = Actor(_depot_of(asked.token_hash), "volunteer", clean_name(command.name))
    outcome = run_once(
        asked, nobody, clock, lambda once, work: _accept(command, once, work), _Accepted
    )
    with transaction() as session:
        person = session.get_one(Person, outcome.answer.person_id)
        if outcome.repeated and signed_in is None:
            _need_same_password(command, person)
        forgive_tries(session, door)
        needs_code = outcome.repeated and has_factor(session, person.id)
        return SessionStart(person.id, nobody.depot_id, person.name, needs_code)


def _depot_of(token_hash: str) -> DepotView:
    """Return the depot that an invitation is to, used up or not. Raises LinkExpired."""
    found = current_session().scalar(
        select(Depot)
        .join(Invitation, Invitation.depot_id == Depot.id)
        .where(Invitation.token_hash == token_hash)
    )
    if found is None:
        raise LinkExpired()
    return found.view()


def _need_same_password(command: AcceptInvitation, person: Person) -> None:
    """Raise LinkExpired for a form that is sent again by who does not know what it held."""
    if not is_password(command.password, person.password_hash):
        raise LinkExpired()


def _accept(command: AcceptInvitation, asked: _Accept, work: Work) -> _Accepted:
    session, now = work.session, work.recorded_at
    invitation = _open_invitation(session, asked.token_hash, now)
    invitation.used_at, invitation.first_of = now, None
    if asked.signed_in is None:
        person = _new_person(session, command, work)
    else:
        person = session.get_one(Person, asked.signed_in)
        _need_own_look(session, person.name, work.depot_id)
        if person.login is None:
            wanted = TakeSignIn(command.login, command.password)
            _set_sign_in(session, person, wanted, work.depot_id)
            keep_for_good(session, person.id, now)
    _join(session, person.id, invitation, now)
    note_access(
        session,
        work.depot_id,
        "joined",
        now,
        actor=person.name,
        person_id=person.id,
        subject=invitation.role,
    )
    return _Accepted(person_id=person.id)


def _open_invitation(session: Session, token_hash: str, now: datetime) -> Invitation:
    """Return the invitation with that token. Raises LinkExpired for one that counts no longer."""
    has_token = Invitation.token_hash == token_hash
    invitation = session.scalars(select(Invitation).where(has_token).with_for_update()).one()
    if (
        invitation.expires_at <= now
        or invitation.used_at is not None
        or invitation.revoked_at is not None
    ):
        raise LinkExpired()
    return invitation


def _need_own_look(session: Session, name: str, depot_id: int) -> None:
    """Raise NameAlike for a name that looks like a colleague's and is written in other letters.

    Two people may bear the same name; one that only looks the same is somebody pretending.
    """
    colleagues = session.scalars(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.depot_id == depot_id)
    )
    need_own_look(name, colleagues)


def _new_person(session: Session, command: AcceptInvitation, work: Work) -> Person:
    name = clean_name(command.name)
    need_one_alphabet(name)
    need_name_of_one(name)
    _need_own_look(session, name, work.depot_id)
    person = Person(name=name, created_at=work.recorded_at)
    _set_sign_in(session, person, TakeSignIn(command.login, command.password), work.depot_id)
    session.add(person)
    session.flush()
    return person


def _set_sign_in(session: Session, person: Person, wanted: TakeSignIn, depot_id: int) -> None:
    """Give somebody a name to sign in with and a password. Raises Invalid, NameTaken."""
    login = login_key(wanted.login)
    if not login:
        raise Invalid(field="login", problem=N_("A name to sign in with, please."))
    need_one_alphabet(login, "login")
    check_password(wanted.password, (login, person.name, depot_name(session, depot_id)))
    if session.scalar(select(Person.id).where(Person.login == login)):
        raise NameTaken(field="login", name=wanted.login)
    person.login, person.password_hash = login, hash_password(wanted.password)


def take_sign_in(command: TakeSignIn, actor: Actor, clock: Clock = utc_now) -> None:
    """Give the actor, who has nothing but a name on a phone, a sign-in; the history stays.

    Raises Forbidden for a program, on a device of the depot's own and for who has one already,
    Invalid for a poor password, NameTaken.
    """
    need_own_hands(actor)
    if actor.person_id is None:
        raise Forbidden()
    tried = Try("password", str(actor.person_id))
    begin_tries(tried, clock=clock)
    with transaction() as session:
        person = session.get_one(Person, actor.person_id)
        if person.login is None:
            _set_sign_in(session, person, command, actor.depot_id)
            keep_for_good(session, person.id, clock())
        elif not _is_sign_in_of(person, command):
            raise Forbidden()
        forgive_tries(session, tried)


def _is_sign_in_of(person: Person, command: TakeSignIn) -> bool:
    """Say whether it is the sign-in that they have already: the form was sent twice."""
    is_same = login_key(command.login) == person.login
    return is_same and is_password(command.password, person.password_hash)


def _join(session: Session, person_id: int, invitation: Invitation, now: datetime) -> None:
    """Give the role that is offered; who has more already, keeps it."""
    depot_id, role = invitation.depot_id, invitation.role
    if role == "coordinator":
        session.flush()  # the link that was used is not open any more
        end_first_link(session, depot_id, now)
    known = session.get(Membership, (person_id, depot_id))
    if known is not None and known.ended_at is None and known.role == "coordinator":
        return
    by = Decision(
        cause="invitation",
        at=now,
        by_id=invitation.created_by_id,
        agreed_by_id=invitation.agreed_by_id,
    )
    give_role(session, depot_id, person_id, role, by)


def sign_in(command: SignIn, clock: Clock = utc_now) -> SessionStart:
    """Check name and password; return whose session may begin, in the person's first depot.

    Raises SignInFailed, in the same time whether the name exists or not, and TooManyTries: after
    some failures a caller waits, which keeps nobody else out.
    """
    begin_tries(*command.tries, clock=clock)
    start, known = _look(command)
    if start is None:
        with transaction() as session:
            # somebody known or not: both write, so that both take as long
            end_try(session, command.tries[0], clock())
            if known is not None:
                note_failure(session, known, clock())
        raise SignInFailed(field="password")
    with transaction() as session:
        forgive_tries(session, *command.tries)
    return start


def _look(command: SignIn) -> tuple[SessionStart | None, Person | None]:
    """Return whose session may begin, if it is right, and whose name it is, if it is anybody's."""
    session = current_session()
    row = session.execute(
        select(Person, Membership.depot_id)
        .outerjoin(Membership, (Membership.person_id == Person.id) & Membership.ended_at.is_(None))
        .where(Person.login == login_key(command.login))
        .order_by(Membership.created_at, Membership.depot_id)
        .limit(1)
    ).one_or_none()
    is_right = is_password(command.password, row[0].password_hash if row else None)
    person, depot_id = (row[0], row[1]) if row else (None, None)
    if person is None or depot_id is None or not is_right:
        return None, person
    needs_code = has_factor(session, person.id)
    return SessionStart(person.id, depot_id, person.name, needs_code), person


def change_password(actor: Actor, old: str, new: str, clock: Clock = utc_now) -> SessionStart:
    """Set a new password and end all sessions and links of the person; a new session may begin.

    Raises SignInFailed for a wrong old one, Invalid for a poor new one, TooManyTries; Forbidden on
    a device of the depot's own.
    """
    need_own_hands(actor)
    door = Try("password", str(actor.person_id))
    begin_tries(door, clock=clock)
    now = clock()
    with transaction() as session:
        person = session.get_one(Person, actor.person_id)
        if not is_password(old, person.password_hash):
            raise SignInFailed(field="old_password")
        check_password(new, (person.login or "", person.name, actor.depot.name))
        person.password_hash = hash_password(new)
        end_links(session, person.id, now)
        end_sessions(session, person.id, now)
        end_passkeys(session, person.id)
        note_of_person(session, person, "password_changed", now)
        start = SessionStart(person.id, actor.depot_id, person.name)
        forgive_tries(session, door)
    return start
