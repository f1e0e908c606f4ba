"""Where a crate may stand: a place by its name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.kinds import PHYSICAL_KINDS
from depot.base.names import name_key
from depot.crates.queries.crates import Step
from depot.models import Location


def find_place(session: Session, depot_id: int, name: str) -> Step | None:
    """Return the place of that name, no crate (one statement)."""
    row = session.execute(
        select(Location.id, Location.kind, Location.name).where(
            Location.depot_id == depot_id,
            Location.name_key == name_key(name),
            Location.kind.in_(PHYSICAL_KINDS - {"crate"}),
        )
    ).one_or_none()
    return Step(*row) if row else None
