"""Which lots went into which: what an entry made bears its number, and what it used went in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Select, case, select
from sqlalchemy.orm import aliased

from depot.models import Location, Lot, StockEntry, StockMove, TakenApart
from depot.models.ledger import is_undone

#: The lot that an entry made, beside the one that went in.
MADE: Final = aliased(Lot)


def lots_made(depot_id: int) -> Select[*tuple[Any, ...]]:
    """Return the statement of which lot went into which, in entries that still count."""
    return _links().where(StockMove.depot_id == depot_id, StockEntry.depot_id == depot_id)


def _links() -> Select[*tuple[Any, ...]]:
    apart_undo = aliased(StockEntry)
    apart = (
        select(TakenApart.entry_id)
        .outerjoin(apart_undo, apart_undo.reverses_id == TakenApart.entry_id)
        .where(
            TakenApart.production_id == StockEntry.id, TakenApart.depot_id == StockEntry.depot_id
        )
        .where(apart_undo.id.is_(None))
        .correlate(StockEntry)
        .exists()
    )
    # as an expression: SQLite would rather index all moves by the flag than look for the lot
    is_real = case((StockMove.is_correction, 1), else_=0) == 0
    statement: Select[*tuple[Any, ...]] = (
        select(
            StockMove.lot_id.label("used_id"),
            MADE.id.label("made_id"),
            StockEntry.id.label("entry_id"),
            StockEntry.seq.label("seq"),
        )
        .select_from(StockMove)
        .join(Location, Location.id == StockMove.target_id)
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .join(
            MADE,
            (MADE.depot_id == StockEntry.depot_id)
            & (MADE.produced_by_seq == StockEntry.seq)
            & (MADE.produced_by_seq > 0),
        )
        .where(Location.kind == "production", is_real, ~is_undone(), ~apart)
    )
    return statement


def lots_made_of(lot_ids: Collection[int] | Select[int]) -> Select[int]:
    """Return the statement of the lots that these went into, one step on.

    Lots are of one depot, and so is what was made of them: asked for by itself, the depot would
    make SQLite read all that was ever made here.
    """
    return _links().with_only_columns(MADE.id).where(StockMove.lot_id.in_(lot_ids)).distinct()


def lots_used_for(lot_ids: Collection[int]) -> Select[int]:
    """Return the statement of the lots that went into these, one step back."""
    return _links().with_only_columns(StockMove.lot_id).where(MADE.id.in_(lot_ids)).distinct()
