"""Members of a depot and their accounts, as several commands find them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.kernel.once import Work
from depot.models import (
    ApiToken,
    Depot,
    Invitation,
    Membership,
    Person,
    RecoveryLink,
    ReportShare,
    SecondFactor,
    Webhook,
)
from depot.open_book.settings import note_change, note_row, standing
from depot.people.first_link import count_coordinators


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


_COLLEAGUES: Final = (
    select(Person.id, Person.name)
    .join(Membership, Membership.person_id == Person.id)
    .where(
        Membership.depot_id == bindparam("depot"),
        Membership.ended_at.is_(None),
        Membership.role != "helper",
    )
    .order_by(Person.name, Person.id)
)


def colleagues(session: Session, depot_id: int) -> list[tuple[int, str]]:
    """Return number and name of the depot's members by name; no helpers of a day."""
    rows = session.connection().execute(_COLLEAGUES, {"depot": depot_id})
    return [(number, name) for number, name in rows]


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
    need_all_depots(session, actor, person.id)
    return person


def need_all_depots(session: Session, actor: Actor, person_id: int) -> None:
    """Raise Invalid for somebody who works in a depot that the actor does not coordinate."""
    if _works_elsewhere(session, person_id, actor.person_id):
        raise Invalid(
            problem=N_(
                "They also work in a depot that you do not coordinate. Whoever runs the program"
                " can help them, by the command line."
            )
        )


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


def keep_one_coordinator(work: Work) -> None:
    """Raise Invalid where the depot has one coordinator and no other."""
    # behind the lock of the depot's chain two coordinators cannot remove each other at one moment
    if count_coordinators(work.session, work.depot_id) == 1:
        raise Invalid(problem=N_("A depot needs a coordinator. Make somebody else one first."))


def take_back(work: Work, of: Membership) -> None:
    """End the tokens, webhooks, open invitations and links to reports that the member made here."""
    tokens = select(ApiToken).where(
        ApiToken.created_by_id == of.person_id,
        ApiToken.depot_id == of.depot_id,
        ApiToken.revoked_at.is_(None),
    )
    for token in work.session.scalars(tokens.order_by(ApiToken.id)):
        note_change(work, "token", token.name, {"role": token.role}, {"role": None})
    _end_webhooks(work, of)
    for made in (ApiToken, Invitation, ReportShare):
        work.session.execute(
            update(made)
            .where(
                made.created_by_id == of.person_id,
                made.depot_id == of.depot_id,
                made.revoked_at.is_(None),
            )
            .values(revoked_at=work.recorded_at)
        )


def _end_webhooks(work: Work, of: Membership) -> None:
    """End what tells other programs of the depot's goods, as the member asked for it."""
    made = select(Webhook).where(
        Webhook.created_by_id == of.person_id,
        Webhook.depot_id == of.depot_id,
        Webhook.ended_at.is_(None),
    )
    for webhook in work.session.scalars(made.order_by(Webhook.id)):
        is_this = Webhook.id == webhook.id
        before = standing(work, Webhook, is_this)
        webhook.ended_at = work.recorded_at
        note_row(work, Webhook, webhook.name, before, is_this)
