"""The work of a command that asks no database anything, for tests of what is pure in it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.kernel.once import Work
from depot.ledger.posting import Head

NORTH = DepotView(1, "north", "North", "Europe/Berlin", 1, "kg")
ADA = Actor(NORTH, "coordinator", "Ada", person_id=7)
#: A Friday, at 10:00 in Berlin.
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def work_at(occurred_at: datetime = NOW, actor: Actor = ADA) -> Work:
    """Return the work of a command that happened then and is written down now."""
    return Work(Session(), actor, "a-command", occurred_at, NOW, Head(3, "seal"))
