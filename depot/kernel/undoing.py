"""The mirror of an entry, posted inside the command that asks for it (docs/adr/0007)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import select, tuple_
from sqlalchemy.orm import aliased

from depot.base.errors import AlreadyReversed, Forbidden, NotFound, NotReversible
from depot.base.text import N_
from depot.kernel.answers import Booked
from depot.kernel.draft import Draft, settle_discrepancies
from depot.kernel.once import Work
from depot.ledger.correcting import Shift
from depot.ledger.entries import Move, People, Place, Placement
from depot.ledger.facts import Spot
from depot.ledger.late import held_at, load_places, shifts_without
from depot.ledger.undo import MissingGoods, follow_moves, may_undo, mirror_moves
from depot.models import (
    CountedStock,
    Crate,
    CratePlacement,
    Discrepancy,
    Location,
    PeopleCount,
    StockBalance,
    StockEntry,
    StockMove,
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversed(Booked):
    """An entry was undone: which one."""

    reverses_id: int | None = None
    reverses_seq: int | None = None


def post_reversal(work: Work, entry_id: int, reason: str) -> Reversed:
    """Post the reversal of an entry and return the answer.

    Moves, placements and people are turned round as far as the present allows; what cannot be
    taken back opens a discrepancy. What the entry itself had given a coordinator to look at is
    settled with it. Raises NotFound, Forbidden, NotReversible, AlreadyReversed.
    """
    original = _original(work, entry_id)
    draft = Draft(
        replace(work, occurred_at=original.occurred_at),
        "reversal",
        source_kind=original.source_kind,
        partner_id=original.partner_id,
        event_id=original.event_id,
        reason=original.reason,
        note=reason,
        reverses_id=original.id,
        occurred_on=original.occurred_on,
        people=_people(work, original.id),
    )
    _turn_moves(draft, original)
    _turn_placements(draft, original.id)
    settle_discrepancies(work, "undone", Discrepancy.entry_id == original.id)
    return draft.post(partial(Reversed, reverses_id=original.id, reverses_seq=original.seq))


def _original(work: Work, entry_id: int) -> StockEntry:
    original = work.session.scalar(
        select(StockEntry).where(StockEntry.id == entry_id, StockEntry.depot_id == work.depot_id)
    )
    if original is None:
        raise NotFound(what=N_("entry"), name=str(entry_id))
    author = (original.person_id, original.token_id)
    if not may_undo(work.actor, *author, original.recorded_at, work.recorded_at):
        raise Forbidden()
    if original.kind == "reversal":
        raise NotReversible(
            seq=original.seq, reason=N_("it is an undo itself. Log what happened once more.")
        )
    undone_by = work.session.scalar(
        select(StockEntry.seq).where(StockEntry.reverses_id == original.id)
    )
    if undone_by is not None:
        raise AlreadyReversed(seq=original.seq, by=undone_by)
    return original


def _turn_moves(draft: Draft, original: StockEntry) -> None:
    work = draft.work
    moves = _moves(work, original.id)
    items = {move.item_id for move in moves}
    if original.kind == "count":
        items |= _counted_items(work, original.id)
    if not items:
        return
    shifts = shifts_without(work.session, work.depot_id, original.seq, items)
    spots = {spot for shift in shifts.values() for spot in shift.stock}
    held = held_at(work.session, work.depot_id, {spot.lot_id for spot in spots})
    if any(
        held.get(spot, 0) + change < 0
        for shift in shifts.values()
        for spot, change in shift.stock.items()
    ):  # written by a program that did not tell late facts this way: what is there goes back
        _turn_as_found(draft, moves)
        return
    places, variance = load_places(work.session, work.depot_id, {s.location_id for s in spots})
    for item_id, shift in shifts.items():
        own = [move for move in moves if move.item_id == item_id and not move.is_correction]
        _turn_item(draft, item_id, own, shift, places, variance)
    _note_retired(draft)


def _turn_item(
    draft: Draft,
    item_id: int,
    moves: Sequence[Move],
    shift: Shift,
    places: Mapping[int, Place],
    variance: Place,
) -> None:
    turned = follow_moves(item_id, moves, shift.stock, places, variance)
    draft.moves += turned.moves
    draft.note_shift(item_id, replace(shift, short=()))
    excused = max(shift.of_counts, 0)
    missing = []
    for lack in turned.missing:  # what a later count found there all the same is no loss
        found = min(excused, lack.expected - lack.found)
        excused -= found
        if lack.found + found < lack.expected:
            missing.append(replace(lack, found=lack.found + found))
    _note_missing(draft, missing)


def _turn_as_found(draft: Draft, moves: Sequence[Move]) -> None:
    work = draft.work
    spots = {Spot(move.target.id, move.lot_id) for move in moves if move.target.is_physical}
    turned = mirror_moves(moves, _held(work, spots), _variance(work))
    draft.moves += turned.moves
    _note_missing(draft, turned.missing)
    _note_retired(draft)


def _counted_items(work: Work, entry_id: int) -> set[int]:
    return set(
        work.session.scalars(
            select(CountedStock.item_id).where(
                CountedStock.entry_id == entry_id, CountedStock.depot_id == work.depot_id
            )
        )
    )


def _moves(work: Work, entry_id: int) -> list[Move]:
    source, target = aliased(Location), aliased(Location)
    rows = work.session.execute(
        select(StockMove, source.kind, target.kind)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .where(StockMove.entry_id == entry_id, StockMove.depot_id == work.depot_id)
        .order_by(StockMove.line)
    )
    return [
        Move(
            move.item_id,
            move.lot_id,
            Place(move.source_id, source_kind),
            Place(move.target_id, target_kind),
            move.quantity,
            move.weighed_grams,
            move.is_correction,
        )
        for move, source_kind, target_kind in rows
    ]


def _held(work: Work, spots: Collection[Spot]) -> dict[Spot, int]:
    if not spots:
        return {}
    rows = work.session.execute(
        select(StockBalance.location_id, StockBalance.lot_id, StockBalance.quantity).where(
            StockBalance.depot_id == work.depot_id,
            tuple_(StockBalance.location_id, StockBalance.lot_id).in_(spots),
        )
    )
    return {Spot(location_id, lot_id): quantity for location_id, lot_id, quantity in rows}


def _variance(work: Work) -> Place:
    found = work.session.execute(
        select(Location.id, Location.kind).where(
            Location.depot_id == work.depot_id, Location.kind == "count_variance"
        )
    ).one()
    return Place(found.id, found.kind)


def _note_missing(draft: Draft, missing: Sequence[MissingGoods]) -> None:
    """Open one discrepancy for an item at a place, however many lots of it are gone."""
    sums: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for lack in missing:
        total = sums[lack.item_id, lack.location_id]
        total[0] += lack.expected
        total[1] += lack.found
    for (item_id, location_id), (expected, found) in sums.items():
        draft.discrepancy(
            "undo_short", item_id=item_id, location_id=location_id, expected=expected, actual=found
        )


def _note_retired(draft: Draft) -> None:
    back = {move.target.id for move in draft.moves if move.target.kind == "crate"}
    if not back:
        return
    rows = draft.work.session.execute(
        select(Crate.location_id, Crate.code).where(
            Crate.location_id.in_(back), Crate.state == "retired"
        )
    )
    for location_id, code in rows:
        draft.discrepancy("crate_retired", location_id=location_id, detail=code)


def _turn_placements(draft: Draft, entry_id: int) -> None:
    """Put crates back, if they still stand where the entry put them; others stay, and are told."""
    work = draft.work
    placements = work.session.scalars(
        select(CratePlacement)
        .where(CratePlacement.entry_id == entry_id, CratePlacement.depot_id == work.depot_id)
        .order_by(CratePlacement.id.desc())
    ).all()
    if not placements:
        return
    standing = _standing(work, placements)
    for put in placements:
        moved_on = standing.parents.get(put.crate_id) != put.to_id
        if moved_on or standing.is_within(put.from_id, put.crate_id):
            draft.discrepancy(
                "crate_elsewhere", location_id=put.crate_id, detail=standing.codes[put.crate_id]
            )
            continue
        draft.placements.append(Placement(put.crate_id, put.to_id, put.from_id))
        standing.parents[put.crate_id] = put.from_id


def _standing(work: Work, placements: Sequence[CratePlacement]) -> _Standing:
    crates = {put.crate_id for put in placements}
    starts = crates | {put.from_id for put in placements if put.from_id is not None}
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


def _people(work: Work, entry_id: int) -> People | None:
    found = work.session.scalar(
        select(PeopleCount).where(
            PeopleCount.entry_id == entry_id, PeopleCount.depot_id == work.depot_id
        )
    )
    if found is None:
        return None
    return People(
        found.event_id,
        -found.households,
        _less(found.adults),
        _less(found.children),
        _less(found.seniors),
        _less(found.new_households),
    )


def _less(count: int | None) -> int | None:
    return None if count is None else -count
