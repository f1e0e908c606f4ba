"""Crates, places and lots for tests of what goes out and what is made."""

from __future__ import annotations

from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.names import name_key
from depot.db.transaction import transaction
from depot.models import Crate, Discrepancy, Location, Lot, StockEntry, StockMove
from tests.builders import NOW
from tests.current import db


def put_crate(
    actor: Actor,
    code: str,
    *,
    at: str | None = None,
    state: str = "blank",
    box_number: str = "",
) -> None:
    """Make a crate with that code, standing at the location of that name."""
    with transaction() as session:
        location_id = session.execute(
            insert(Location)
            .values(
                depot_id=actor.depot_id,
                kind="crate",
                name=code,
                name_key=name_key(code),
                parent_id=location_id_of(actor, at) if at else None,
            )
            .returning(Location.id)
        ).scalar_one()
        session.execute(
            insert(Crate).values(
                location_id=location_id,
                depot_id=actor.depot_id,
                code=code,
                box_number=box_number,
                box_number_key=name_key(box_number),
                state=state,
                created_at=NOW,
                retired_at=NOW if state == "retired" else None,
            )
        )


def put_place(actor: Actor, name: str, kind: str = "storage") -> None:
    """Make a place of that name."""
    with transaction() as session:
        session.execute(
            insert(Location).values(
                depot_id=actor.depot_id, kind=kind, name=name, name_key=name_key(name)
            )
        )


def location_id_of(actor: Actor, name: str) -> int:
    """Return the id of the location of that name."""
    return db.session.scalars(
        select(Location.id).where(Location.depot_id == actor.depot_id, Location.name == name)
    ).one()


def moves_of(entry_id: int | None) -> list[tuple[str, str, int]]:
    """Return an entry's moves as (kind or name of the source, of the target, quantity)."""
    source, target = Location.__table__.alias(), Location.__table__.alias()
    rows = db.session.execute(
        select(source.c.kind, source.c.name, target.c.kind, target.c.name, StockMove.quantity)
        .join(source, source.c.id == StockMove.source_id)
        .join(target, target.c.id == StockMove.target_id)
        .where(StockMove.entry_id == entry_id)
        .order_by(StockMove.line)
    )
    return [
        (_shown(one, its_name), _shown(other, other_name), quantity)
        for one, its_name, other, other_name, quantity in rows
    ]


def _shown(kind: str, name: str) -> str:
    return name if kind in ("storage", "crate", "quarantine") else kind


def dates_of(entry_id: int | None) -> list[tuple[str, int]]:
    """Return an entry's moves as (date on the lot, quantity)."""
    rows = db.session.execute(
        select(Lot.date_text, StockMove.quantity)
        .join(Lot, Lot.id == StockMove.lot_id)
        .where(StockMove.entry_id == entry_id)
        .order_by(StockMove.line)
    )
    return [(text, quantity) for text, quantity in rows]


def kinds_of_discrepancies(actor: Actor) -> list[str]:
    """Return what waits for the depot's coordinator, in order."""
    return list(
        db.session.scalars(
            select(Discrepancy.kind)
            .where(Discrepancy.depot_id == actor.depot_id)
            .order_by(Discrepancy.id)
        )
    )


def entry_count(actor: Actor) -> int:
    """Return how many entries the depot's book has."""
    return len(
        db.session.scalars(select(StockEntry.id).where(StockEntry.depot_id == actor.depot_id)).all()
    )
