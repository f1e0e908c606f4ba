"""What people here promise each other, who has read it, and whom to turn to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from depot.models import (
    ApiToken,
    ConductSeen,
    ConductWording,
    Confidant,
    Membership,
    Person,
)


@dataclass(frozen=True, slots=True)
class ConductRow:
    """The words that count now."""

    version: int
    text: str
    worded_at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class ConfidantRow:
    """Somebody to turn to."""

    person_id: int | None
    name: str
    reach: str


def present_conduct(session: Session, depot_id: int) -> ConductRow | None:
    """Return what people in the depot promise each other; None: nothing yet."""
    row = session.execute(
        select(
            ConductWording.version,
            ConductWording.text,
            ConductWording.worded_at,
            func.coalesce(Person.name, ApiToken.name),
        )
        .outerjoin(Person, Person.id == ConductWording.worded_by_id)
        .outerjoin(
            ApiToken,
            (ApiToken.id == ConductWording.worded_token_id)
            & (ApiToken.depot_id == ConductWording.depot_id),
        )
        .where(ConductWording.depot_id == depot_id)
        .order_by(ConductWording.version.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else ConductRow(*row)


def has_read(session: Session, depot_id: int, person_id: int | None, version: int) -> bool:
    """Say whether somebody has read that wording."""
    asked = exists().where(
        ConductSeen.depot_id == depot_id,
        ConductSeen.person_id == person_id,
        ConductSeen.version == version,
    )
    return bool(session.scalar(select(asked)))


def is_unread(session: Session, depot_id: int, person_id: int | None) -> bool:
    """Say whether there are words that somebody has not read yet."""
    newest = (
        select(func.max(ConductWording.version))
        .where(ConductWording.depot_id == depot_id)
        .scalar_subquery()
    )
    read = exists().where(
        ConductSeen.depot_id == depot_id,
        ConductSeen.person_id == person_id,
        ConductSeen.version == newest,
    )
    found = session.execute(select(newest.label("newest"), read.label("has_read"))).one()
    return found.newest is not None and not found.has_read


def not_read_by(session: Session, depot_id: int, version: int) -> list[str]:
    """Return the names of the members who have not read that wording; no helpers of a day."""
    read = exists().where(
        ConductSeen.depot_id == depot_id,
        ConductSeen.person_id == Membership.person_id,
        ConductSeen.version == version,
    )
    rows = session.scalars(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.depot_id == depot_id,
            Membership.ended_at.is_(None),
            Membership.role != "helper",
            ~read,
        )
        .order_by(Person.name)
    )
    return list(rows)


def confidants(session: Session, depot_id: int) -> list[ConfidantRow]:
    """Return whom to turn to; who works here no longer is nobody to turn to."""
    rows = session.execute(
        select(Confidant.person_id, func.coalesce(Person.name, Confidant.name), Confidant.reach)
        .outerjoin(Person, Person.id == Confidant.person_id)
        .outerjoin(
            Membership,
            (Membership.person_id == Confidant.person_id)
            & (Membership.depot_id == Confidant.depot_id)
            & Membership.ended_at.is_(None),
        )
        .where(
            Confidant.depot_id == depot_id,
            or_(Confidant.person_id.is_(None), Membership.person_id.is_not(None)),
        )
        .order_by(Confidant.place)
    )
    return [ConfidantRow(*row) for row in rows]
