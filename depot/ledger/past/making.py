"""Which lots went into which: what an entry made bears its number, and what it used went in."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import CTE, Select, exists, select
from sqlalchemy.orm import aliased

from depot.models import Location, Lot, StockEntry, StockMove, TakenApart

#: The lot that an entry made, beside the one that went in.
MADE: Final = aliased(Lot)


def lots_made(depot_id: int) -> Select[*tuple[Any, ...]]:
    """Return the statement of which lot went into which, in entries that still count."""
    undo, apart_undo = aliased(StockEntry), aliased(StockEntry)
    undone = exists().where(undo.reverses_id == StockEntry.id)
    apart = (
        select(TakenApart.entry_id)
        .outerjoin(apart_undo, apart_undo.reverses_id == TakenApart.entry_id)
        .where(TakenApart.production_id == StockEntry.id, TakenApart.depot_id == depot_id)
        .where(apart_undo.id.is_(None))
        .correlate(StockEntry)
        .exists()
    )
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
        .where(StockMove.depot_id == depot_id, StockEntry.depot_id == depot_id)
        .where(Location.kind == "production", ~StockMove.is_correction, ~undone, ~apart)
    )
    return statement


def with_what_was_made(depot_id: int, lots: Select[Any]) -> CTE:
    """Return lots, in a column `lot_id`, and all that was made of them, however deep."""
    found = lots.cte("with_made", recursive=True)
    made = lots_made(depot_id).join(found, found.c.lot_id == StockMove.lot_id)
    return found.union(made.with_only_columns(MADE.id))
