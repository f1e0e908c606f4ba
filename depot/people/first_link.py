"""The link that makes a depot's first coordinator: at most one is open, while it is needed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from depot.models import Invitation, Membership


def count_coordinators(session: Session, depot_id: int) -> int:
    """Return how many people coordinate the depot now."""
    found = session.scalar(
        select(func.count()).where(
            Membership.depot_id == depot_id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
        )
    )
    return found or 0


def end_first_link(session: Session, depot_id: int, now: datetime) -> None:
    """End the depot's open link to become its first coordinator, in an open transaction."""
    session.execute(
        update(Invitation)
        .where(
            Invitation.depot_id == depot_id,
            Invitation.first_of == depot_id,
        )
        .values(revoked_at=now, first_of=None)
    )
