"""Crates are put back where they stood, as far as they still stand where they were put."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from depot.kernel.draft import Draft
from depot.kernel.once import Work
from depot.ledger.entries import Placement
from depot.models import Crate, CratePlacement, Location, StockEntry


@dataclass(frozen=True, slots=True)
class _Standing:
    """Crates and what they stand in: the ground on which placements are taken back."""

    parents: dict[int, int | None]
    codes: dict[int, str]

    def is_within(self, location_id: int | None, crate_id: int) -> bool:
        """Say whether a location is the crate or stands in it, however deep."""
        here = location_id
        while here is not None:
            if here == crate_id:
                return True
            here = self.parents.get(here)
        return False


def turn_placements(draft: Draft, entry_id: int) -> None:
    """Put crates back, if they still stand where the entry put them; others stay, and are told."""
    work = draft.work
    placements = work.session.scalars(
        select(CratePlacement)
        .where(CratePlacement.entry_id == entry_id, CratePlacement.depot_id == work.depot_id)
        .order_by(CratePlacement.id.desc())
    ).all()
    if not placements:
        return
    back = _stood(work, entry_id, {put.crate_id for put in placements})
    standing = _standing(work, back)
    for put in placements:
        to_id = back[put.crate_id]
        moved_on = standing.parents.get(put.crate_id) != put.to_id
        if moved_on or standing.is_within(to_id, put.crate_id):
            draft.discrepancy(
                "crate_elsewhere", location_id=put.crate_id, detail=standing.codes[put.crate_id]
            )
            continue
        if put.to_id != to_id:
            draft.placements.append(Placement(put.crate_id, put.to_id, to_id))
        standing.parents[put.crate_id] = to_id


def _stood(work: Work, entry_id: int, crates: Collection[int]) -> dict[int, int | None]:
    """Return where each crate was put last, but for this entry and what was undone.

    One that was put nowhere else is where the very first to put it somewhere found it.
    """
    undo = aliased(StockEntry)
    rows = work.session.execute(
        select(CratePlacement, undo.id.is_not(None))
        .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
        .outerjoin(undo, undo.reverses_id == StockEntry.id)
        .where(CratePlacement.depot_id == work.depot_id, CratePlacement.crate_id.in_(crates))
        .where(StockEntry.kind != "reversal")
        .order_by(StockEntry.occurred_at, StockEntry.seq)
    )
    stood: dict[int, int | None] = {}
    for put, is_undone in rows:
        if put.crate_id not in stood:
            stood[put.crate_id] = put.from_id
        if not is_undone and put.entry_id != entry_id:
            stood[put.crate_id] = put.to_id
    return stood


def _standing(work: Work, back: Mapping[int, int | None]) -> _Standing:
    crates = set(back)
    starts = crates | {place_id for place_id in back.values() if place_id is not None}
    up = (
        select(Location.id, Location.parent_id)
        .where(Location.id.in_(starts), Location.depot_id == work.depot_id)
        .cte("up", recursive=True)
    )
    up = up.union(select(Location.id, Location.parent_id).join(up, Location.id == up.c.parent_id))
    parents = {row.id: row.parent_id for row in work.session.execute(select(up))}
    codes = work.session.execute(
        select(Crate.location_id, Crate.code).where(Crate.location_id.in_(crates))
    )
    return _Standing(parents, {row.location_id: row.code for row in codes})
