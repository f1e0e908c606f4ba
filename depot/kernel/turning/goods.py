"""The goods of an entry are taken back from where they are now (docs/adr/0023)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select, tuple_
from sqlalchemy.orm import aliased

from depot.kernel.answers import BookedGoods
from depot.kernel.draft import Draft
from depot.kernel.once import Work
from depot.ledger.correcting import Shift
from depot.ledger.entries import Move, Place
from depot.ledger.facts import Spot
from depot.ledger.late import held_at, load_places, shifts_without
from depot.ledger.undo import MissingGoods, follow_moves, mirror_moves
from depot.models import (
    CountedStock,
    Crate,
    Item,
    Location,
    StockBalance,
    StockEntry,
    StockMove,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFrom(BookedGoods):
    """Goods that had gone on since, and from where they were taken back."""

    place: str


def turn_goods(draft: Draft, original: StockEntry, moves: Sequence[Move]) -> None:
    work = draft.work
    items = {move.item_id for move in moves}
    if original.kind == "count":
        items |= _counted_items(work, original.id)
    if not items:
        return
    shifts = shifts_without(work.session, work.depot_id, {original.seq}, items)
    spots = {spot for shift in shifts.values() for spot in shift.stock}
    held = held_at(work.session, work.depot_id, items, {spot.lot_id for spot in spots})
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


def load_moves(work: Work, entry_id: int) -> list[Move]:
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


def taken_elsewhere(draft: Draft, original: Sequence[Move]) -> tuple[TakenFrom, ...]:
    """Return what was taken from places to which the entry itself had brought nothing."""
    brought = {move.target.id for move in original}
    totals: defaultdict[tuple[int, int], int] = defaultdict(int)
    for move in draft.moves:
        if move.source.is_physical and move.source.id not in brought:
            if move.target.kind != "count_variance":
                totals[move.item_id, move.source.id] += move.quantity
    if not totals:
        return ()
    session = draft.work.session
    items = {
        row.id: row
        for row in session.execute(
            select(Item.id, Item.name, Item.base_unit).where(Item.id.in_({i for i, _ in totals}))
        )
    }
    rows = session.execute(
        select(Location.id, Location.name).where(Location.id.in_({p for _, p in totals}))
    )
    names = {row.id: row.name for row in rows}
    return tuple(
        TakenFrom(
            item_id=item_id,
            item=items[item_id].name,
            quantity=quantity,
            unit=items[item_id].base_unit,
            place=names[place_id],
        )
        for (item_id, place_id), quantity in totals.items()
    )
