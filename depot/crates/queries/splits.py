"""Which crate another one was split from, and which were made in one act."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from depot.models import Crate

#: More of them the page does not name.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Splits:
    """Codes as printed; `source` is None for a crate that was not split from another."""

    source: str | None
    into: tuple[str, ...]


def splits_of(session: Session, depot_id: int, crate_id: int) -> Splits:
    """Return where a crate came from and the newest that came out of it (one statement)."""
    new, old = aliased(Crate), aliased(Crate)
    rows = session.execute(
        select(new.location_id, new.code, old.code)
        .join(old, old.location_id == new.split_from_id)
        .where(
            new.depot_id == depot_id,
            or_(new.location_id == crate_id, new.split_from_id == crate_id),
        )
        .order_by(new.location_id.desc())
        .limit(_MOST + 1)
    ).all()
    source = next((code for new_id, _code, code in rows if new_id == crate_id), None)
    return Splits(source, tuple(code for new_id, code, _old in rows if new_id != crate_id))


def packed_with(session: Session, depot_id: int, crate_id: int) -> list[str]:
    """Return the codes of the crates in use that were made together with one, itself among them."""
    made = select(Crate.created_at).where(Crate.location_id == crate_id).scalar_subquery()
    return list(
        session.scalars(
            select(Crate.code)
            .where(Crate.depot_id == depot_id, Crate.state == "in_use", Crate.created_at == made)
            .order_by(Crate.location_id)
        )
    )
