"""Who may work where: sessions and tokens looked up in one statement each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.actors import Actor
from depot.models import ApiToken, Depot, Membership, Person


@dataclass(frozen=True, slots=True)
class SessionHolder:
    """A signed-in person in the depot they work in now."""

    actor: Actor
    session_version: int


def signed_in(session: Session, person_id: int, depot_id: int | None) -> SessionHolder | None:
    """Return the person in that depot, if their membership has not ended."""
    row = session.execute(
        select(Person, Membership.role, Depot)
        .join(Membership, Membership.person_id == Person.id)
        .join(Depot, Depot.id == Membership.depot_id)
        .where(
            Person.id == person_id,
            Membership.depot_id == depot_id,
            Membership.ended_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    person, role, depot = row
    actor = Actor(depot.view(), role, person.name, person_id=person.id)
    return SessionHolder(actor, person.session_version)


def token_actor(session: Session, token_hash: str) -> Actor | None:
    """Return the actor of an API token that was not revoked."""
    row = session.execute(
        select(ApiToken, Depot)
        .join(Depot, Depot.id == ApiToken.depot_id)
        .where(ApiToken.token_hash == token_hash, ApiToken.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    token, depot = row
    return Actor(depot.view(), token.role, token.name, token_id=token.id)
