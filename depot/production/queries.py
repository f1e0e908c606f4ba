"""What was cooked and packed lately: what went in, what came out, and from which lots."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.kinds import OriginKind
from depot.entries.queries.entry_lines import LineRow
from depot.entries.queries.ledger import EntryRow, entry_headers, entry_rows
from depot.models import Lot, Partner, StockEntry


@dataclass(frozen=True, slots=True)
class LotOrigin:
    """Where a lot that was used came from: who gave it, or which entry made it here."""

    origin_kind: OriginKind
    partner: str | None
    produced_by_seq: int


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One lot that went in."""

    line: LineRow
    origin: LotOrigin


@dataclass(frozen=True, slots=True)
class Production:
    """One cooking or packing: the entry, what went in and what came out."""

    entry: EntryRow
    inputs: tuple[Ingredient, ...]
    outputs: tuple[LineRow, ...]


def recent_productions(
    session: Session, actor: Actor, limit: int = 10, clock: Clock = utc_now
) -> list[Production]:
    """Return the depot's last productions, the newest first, undone ones among them."""
    statement = entry_headers(actor).where(StockEntry.kind == "production").limit(limit)
    rows = entry_rows(session, actor, statement, clock)
    used = {line.lot_id for row in rows for line in row.lines if line.target.kind == "production"}
    origins = _origins(session, actor.depot_id, used)
    return [
        Production(
            row,
            tuple(
                Ingredient(line, origins[line.lot_id])
                for line in row.lines
                if line.target.kind == "production"
            ),
            tuple(line for line in row.lines if line.source.kind == "production"),
        )
        for row in rows
    ]


def _origins(session: Session, depot_id: int, lot_ids: set[int]) -> dict[int, LotOrigin]:
    if not lot_ids:
        return {}
    rows = session.execute(
        select(Lot.id, Lot.origin_kind, Partner.name, Lot.produced_by_seq)
        .outerjoin(Partner, (Partner.id == Lot.partner_id) & (Partner.depot_id == depot_id))
        .where(Lot.depot_id == depot_id, Lot.id.in_(lot_ids))
    )
    return {lot_id: LotOrigin(kind, partner, seq) for lot_id, kind, partner, seq in rows}
