"""Joining by the link on the wall, and what coordinators do about who joined."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.base.clock import Clock, utc_now
from depot.base.errors import LinkExpired, NotFound
from depot.base.names import clean_name
from depot.base.secrets import secret_hash
from depot.base.text import N_
from depot.db.database import current_session
from depot.joining.errors import HelpEnded, JoinLinkFull
from depot.joining.marking import add_mark
from depot.joining.names import need_own_name
from depot.joining.tonight import end_of_tonight
from depot.kernel.answers import NEVER_LOGGED, Answer, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import JoinLink, Membership, Person, PersonSession
from depot.open_book.giving import Decision, decided, give_role, last_until
from depot.people.access_journal import note, note_access
from depot.people.members import need_other_member
from depot.people.sessions import end_sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinByLink:
    """Somebody who opened the link types a first name."""

    command_id: UUID
    secret: str
    name: str
    #: Who helped from this phone before and goes on as the same.
    again: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPhone:
    """A phone in the actor's depot is to be signed out."""

    command_id: UUID
    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetInAgain:
    """A helper whose access was ended may join again."""

    command_id: UUID
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Answer):
    """Who may help now, and until when; the name stands with the person alone."""

    person_id: int
    name: str = field(metadata=NEVER_LOGGED)
    ends_at: datetime


def join_by_link(command: JoinByLink, depot: DepotView, clock: Clock = utc_now) -> Outcome[Joined]:
    """Let somebody help in the depot until tonight, under a first name alone.

    Raises LinkExpired, JoinLinkFull, Invalid for a name that is none, SameNameHere, NameAlike, and
    HelpEnded where a coordinator ended it for whoever helped from this phone.
    """
    nobody = Actor(depot, "helper", clean_name(command.name))
    done = run_once(command, nobody, clock, _join, Joined)
    if not done.repeated:
        return done
    name = current_session().get_one(Person, done.answer.person_id).name
    return replace(done, answer=replace(done.answer, name=name))


def _join(command: JoinByLink, work: Work) -> Joined:
    made_by_id = _use(work, command.secret)
    name = clean_name(command.name)
    if command.again is None:
        person_id = _new_helper(work, name)
    else:
        person_id, name = _known_helper(work, command.again)
    ends_at = end_of_tonight(work.recorded_at, work.actor.depot.time_zone)
    by_link = Decision(cause="wall", at=work.recorded_at, by_id=made_by_id)
    give_role(work.session, work.depot_id, person_id, "helper", by_link, ends_at)
    add_mark(work, person_id, "come")  # who scans the code on the wall stands before it
    return Joined(person_id=person_id, name=name, ends_at=ends_at)


def _use(work: Work, secret: str) -> int | None:
    """Count one more who joined by the link, and say who made it.

    Raises LinkExpired, JoinLinkFull.
    """
    link = work.session.scalar(
        select(JoinLink)
        .where(JoinLink.secret_hash == secret_hash(secret), JoinLink.depot_id == work.depot_id)
        .with_for_update()
    )
    if link is None or link.closed_at is not None or link.ends_at <= work.recorded_at:
        raise LinkExpired()
    if link.uses >= link.uses_max:
        raise JoinLinkFull(count=link.uses_max)
    link.uses += 1
    return link.created_by_id


def add_helper(work: Work, name: str, made_by_id: int | None) -> int:
    """Let somebody new help until tonight, on a device that `made_by_id` set up.

    Raises Invalid, SameNameHere, NameAlike.
    """
    person_id = _new_helper(work, clean_name(name))
    tonight = end_of_tonight(work.recorded_at, work.actor.depot.time_zone)
    by = Decision(cause="wall", at=work.recorded_at, by_id=made_by_id)
    give_role(work.session, work.depot_id, person_id, "helper", by, tonight)
    return person_id


def _new_helper(work: Work, name: str) -> int:
    need_own_name(work, name)
    made = work.session.execute(
        insert(Person).values(name=name, created_at=work.recorded_at).returning(Person.id)
    ).scalar_one()
    note_access(
        work.session,
        work.depot_id,
        "joined",
        work.recorded_at,
        actor=name,
        person_id=made,
        subject="helper",
    )
    return made


def _known_helper(work: Work, person_id: int) -> tuple[int, str]:
    row = find_helper(work.session, work.depot_id, person_id)
    if row is None:
        raise LinkExpired()
    if row.ended_at is not None:
        raise HelpEnded(name=row.name)
    return person_id, row.name


@dataclass(frozen=True, slots=True)
class HelperRow:
    """Somebody who helps, or helped, under a name alone."""

    person_id: int
    name: str
    ended_at: datetime | None


def find_helper(session: Session, depot_id: int, person_id: int) -> HelperRow | None:
    """Return who helped in the depot and has no sign-in of their own; None for anybody else."""
    row = session.execute(
        select(Person.id, Person.name, Membership.ended_at)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.id == person_id,
            Person.login.is_(None),
            Person.left_at.is_(None),
            Membership.depot_id == depot_id,
            Membership.role == "helper",
        )
    ).one_or_none()
    return None if row is None else HelperRow(row.id, row.name, row.ended_at)


def end_phone(command: EndPhone, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Sign a phone out. What waits on it stays on it, and can be sent after signing in again.

    Raises Forbidden, NotFound for a phone of nobody who works here, Invalid for somebody who works
    in a depot that the actor does not coordinate.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _end_phone, SavedId)


def _end_phone(command: EndPhone, work: Work) -> SavedId:
    person_id = work.session.scalar(
        select(PersonSession.person_id)
        .join(Membership, Membership.person_id == PersonSession.person_id)
        .where(PersonSession.id == command.session_id, Membership.depot_id == work.depot_id)
    )
    if person_id is None:
        raise NotFound(what=N_("device"), name=command.session_id)
    person = need_other_member(work.session, work.actor, person_id)
    if end_sessions(work.session, person_id, work.recorded_at, only=command.session_id):
        note(work, "session_ended", person.name, person.id)
    return SavedId(id=command.session_id)


def let_in_again(command: LetInAgain, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Let a helper join again by the link on the wall. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _let_in_again, SavedId)


def _let_in_again(command: LetInAgain, work: Work) -> SavedId:
    found = find_helper(work.session, work.depot_id, command.person_id)
    if found is None:
        raise NotFound(what=N_("person"), name=command.person_id)
    if found.ended_at is not None:
        # as long as it was before; by the link on the wall it is longer again
        until = last_until(work.session, work.depot_id, found.person_id)
        again = decided(work.actor, "let_in", work.recorded_at)
        give_role(work.session, work.depot_id, found.person_id, "helper", again, until)
        note(work, "invited", f"helper: {found.name}", found.person_id)
    return SavedId(id=command.person_id)
