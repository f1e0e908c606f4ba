"""Members of a depot and their accounts, as several commands find them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.kernel.once import Work
from depot.models import Depot, Membership, Person, RecoveryLink, SecondFactor


def need_member_row(work: Work, person_id: int) -> Membership:
    """Return the membership of somebody who works in the depot. Raises NotFound."""
    found = work.session.scalar(
        select(Membership).where(
            Membership.person_id == person_id,
            Membership.depot_id == work.depot_id,
            Membership.ended_at.is_(None),
        )
    )
    if found is None:
        raise NotFound(what=N_("person"), name=person_id)
    return found


def need_other_member(session: Session, actor: Actor, person_id: int) -> Person:
    """Return a member of the actor's depot whose account the actor may help into again.

    An account is one for all depots of a person: who opens it here would open it there. Raises
    NotFound for somebody who does not work here, Invalid for oneself and for somebody who works in
    a depot that the actor does not coordinate; the console (no person) may help everybody.
    """
    person = session.scalar(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.id == person_id,
            Membership.depot_id == actor.depot_id,
            Membership.ended_at.is_(None),
        )
    )
    if person is None:
        raise NotFound(what=N_("person"), name=person_id)
    if actor.person_id is None and actor.token_id is None:
        return person
    if person.id == actor.person_id:
        raise Invalid(problem=N_("This is for others. Yours is under “Your account”."))
    if _works_elsewhere(session, person.id, actor.person_id):
        raise Invalid(
            problem=N_(
                "They also work in a depot that you do not coordinate. Whoever runs the program"
                " can help them, by the command line."
            )
        )
    return person


def _works_elsewhere(session: Session, person_id: int, coordinator_id: int | None) -> bool:
    theirs, mine = aliased(Membership), aliased(Membership)
    also_mine = exists().where(
        mine.depot_id == theirs.depot_id,
        mine.person_id == coordinator_id,
        mine.role == "coordinator",
        mine.ended_at.is_(None),
    )
    found = session.scalar(
        select(theirs.depot_id)
        .where(theirs.person_id == person_id, theirs.ended_at.is_(None), ~also_mine)
        .limit(1)
    )
    return found is not None


def end_links(session: Session, person_id: int, now: datetime) -> None:
    """End all links to a new password of somebody, in an open transaction."""
    session.execute(
        update(RecoveryLink)
        .where(RecoveryLink.person_id == person_id, RecoveryLink.ended_at.is_(None))
        .values(ended_at=now)
    )


def depot_name(session: Session, depot_id: int) -> str:
    """Return what a depot is called."""
    return session.get_one(Depot, depot_id).name


def has_factor(session: Session, person_id: int) -> bool:
    """Say whether somebody is asked for a second step."""
    found = session.get(SecondFactor, person_id)
    return found is not None and found.confirmed_at is not None
