"""The access journal: who came in, who did not, and what changed about who may.

A line is written in the transaction of what it tells of. It bears names, no address, and nothing
that opens a door; lines are dropped after thirteen months, and by nobody before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.kinds import AccessKind
from depot.db.transaction import transaction
from depot.kernel.once import Work
from depot.models import AccessEvent, Membership, Person
from depot.open_book.settings import write_down

#: Thirteen months: a year can be looked back on when it is over.
KEPT_FOR: Final = timedelta(days=397)
#: Failures of one person within this time are one line: a program that guesses fills no journal.
COUNTED_TOGETHER: Final = timedelta(hours=1)


def note_access(
    session: Session,
    depot_id: int,
    kind: AccessKind,
    now: datetime,
    *,
    actor: str,
    person_id: int | None = None,
    subject: str = "",
    of: int | None = None,
) -> None:
    """Write a line into the depot's journal, in an open transaction.

    `subject` is whom or what it is about, `of` the number of a person who it is.
    """
    session.add(
        AccessEvent(
            depot_id=depot_id,
            kind=kind,
            actor=actor,
            person_id=person_id,
            subject=subject,
            subject_id=of,
            recorded_at=now,
        )
    )


def note(work: Work, kind: AccessKind, subject: str = "", of: int | None = None) -> None:
    """Write a line about what the command's actor does, to `of` if it is done to somebody."""
    who = work.actor
    note_access(
        work.session,
        work.depot_id,
        kind,
        work.recorded_at,
        actor=who.name,
        person_id=who.person_id,
        subject=subject,
        of=of,
    )


def note_of_person(
    session: Session, person: Person, kind: AccessKind, now: datetime, subject: str = ""
) -> None:
    """Write a line about somebody's own account into the journal of each depot they work in."""
    for depot_id in depots_of(session, person.id):
        note_access(
            session, depot_id, kind, now, actor=person.name, person_id=person.id, subject=subject
        )


def note_failure(session: Session, person: Person, now: datetime) -> None:
    """Count a wrong password or code of somebody, within the hour in one line."""
    for depot_id in depots_of(session, person.id):
        _note_together(session, depot_id, "sign_in_failed", now, person.name, person.id)


def note_reading(actor: Actor, kind: AccessKind, subject: str, clock: Clock = utc_now) -> None:
    """Write down that the actor reads names, before they are shown; within the hour in one line."""
    with transaction() as session:
        who, depot_id = (actor.name, actor.person_id), actor.depot_id
        _note_together(session, depot_id, kind, clock(), *who, subject)


def _note_together(
    session: Session,
    depot_id: int,
    kind: AccessKind,
    now: datetime,
    actor: str,
    person_id: int | None,
    subject: str = "",
) -> None:
    counted = session.execute(
        update(AccessEvent)
        .where(
            AccessEvent.depot_id == depot_id,
            AccessEvent.kind == kind,
            AccessEvent.person_id == person_id,
            AccessEvent.subject == subject,
            AccessEvent.recorded_at > now - COUNTED_TOGETHER,
        )
        .values(times=AccessEvent.times + 1)
        .returning(AccessEvent.id)
    )
    if not counted.all():
        note_access(session, depot_id, kind, now, actor=actor, person_id=person_id, subject=subject)


def depots_of(session: Session, person_id: int) -> Sequence[int]:
    """Return the depots in which somebody works."""
    return session.scalars(
        select(Membership.depot_id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Membership.created_at, Membership.depot_id)
    ).all()


def note_export(actor: Actor, clock: Clock = utc_now) -> None:
    """Write down that the actor takes everything of the depot along."""
    with transaction() as session:
        now = clock()
        write_down(session, actor, now, "export")
        note_access(
            session,
            actor.depot_id,
            "exported",
            now,
            actor=actor.name,
            person_id=actor.person_id,
        )


def drop_old_lines(clock: Clock = utc_now) -> None:
    """Drop what is older than thirteen months."""
    with transaction() as session:
        session.execute(delete(AccessEvent).where(AccessEvent.recorded_at < clock() - KEPT_FOR))
