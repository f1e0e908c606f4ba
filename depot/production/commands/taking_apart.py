"""Taking apart: what was made goes, and the very lots that went into it are here again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import aliased

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import AlreadyReversed, NotFound, OnHold
from depot.base.text import N_
from depot.base.units import Measure
from depot.kernel.answers import Booked
from depot.kernel.draft import Draft, take_into_use
from depot.kernel.holdings import Holding, load_holdings
from depot.kernel.lookups import find_place_or_crate, load_fixed_places, need_items
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.turning.goods import load_moves
from depot.ledger.entries import Move, Place
from depot.models import StockEntry, TakenApart
from depot.production.errors import AlreadyTakenApart, NothingToTakeApart, NotWhole


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeApart:
    """What an entry made is taken apart; its parts lie at a place or in a crate, else at arrivals.

    It happened, and is no undo: the soup was cooked, and the parcels stood packed.
    """

    command_id: UUID
    entry_id: int
    location: str | None = None
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TookApart(Booked):
    """What the entry of that number had made is taken apart."""

    production_seq: int


def take_apart(command: TakeApart, actor: Actor, clock: Clock = utc_now) -> Outcome[TookApart]:
    """Take apart what an entry made, all of it, and have back what went in, lot by lot.

    What was wasted stays lost. Raises NotFound, AlreadyReversed, AlreadyTakenApart,
    NothingToTakeApart, NotWhole for what is not all here, OnHold, UnknownLocation.
    """
    return run_once(command, actor, clock, _take_apart, TookApart)


def _take_apart(command: TakeApart, work: Work) -> TookApart:
    original = _need_production(work, command.entry_id)
    moves = [move for move in load_moves(work, original.id) if not move.is_correction]
    rooms = load_fixed_places(work)
    draft = Draft(work, "production", note=command.note, reason="taken_apart")
    _use_up(draft, _made_by_lot(moves), rooms["production"])
    target, crate = rooms.arrival, None
    if command.location:
        target, crate = find_place_or_crate(work, command.location, "location")
    for move in moves:
        if move.target.kind == "production":
            draft.move(move.item_id, move.lot_id, rooms["production"], target, move.quantity)
    if crate is not None:
        take_into_use(draft, crate)
    answer = draft.post(partial(TookApart, production_seq=original.seq))
    apart = {"entry_id": answer.entry_id, "production_id": original.id}
    work.session.execute(insert(TakenApart).values(depot_id=work.depot_id, **apart))
    return answer


def _need_production(work: Work, entry_id: int) -> StockEntry:
    """Return the entry, which made something that was not undone or taken apart since."""
    found = work.session.scalar(
        select(StockEntry).where(
            StockEntry.depot_id == work.depot_id,
            StockEntry.id == entry_id,
            StockEntry.kind == "production",
        )
    )
    if found is None:
        raise NotFound(what=N_("entry"), name=entry_id)
    if found.reason in ("frozen", "thawed"):
        raise NothingToTakeApart(seq=found.seq)
    undone_by = work.session.scalar(
        select(StockEntry.seq).where(StockEntry.reverses_id == found.id)
    )
    if undone_by is not None:
        raise AlreadyReversed(seq=found.seq, by=undone_by)
    ours = TakenApart.depot_id == work.depot_id
    if work.session.scalar(
        select(TakenApart.entry_id).where(ours, TakenApart.entry_id == entry_id)
    ):
        raise NothingToTakeApart(seq=found.seq)
    undo = aliased(StockEntry)
    by = work.session.scalar(
        select(StockEntry.seq)
        .join(TakenApart, TakenApart.entry_id == StockEntry.id)
        .outerjoin(undo, undo.reverses_id == StockEntry.id)
        .where(ours, TakenApart.production_id == entry_id, undo.id.is_(None))
    )
    if by is not None:
        raise AlreadyTakenApart(seq=found.seq, by=by)
    return found


def _made_by_lot(moves: Sequence[Move]) -> dict[tuple[int, int], int]:
    """Return how much was made, by item and lot, without what of it was wasted at once."""
    made: defaultdict[tuple[int, int], int] = defaultdict(int)
    for move in moves:
        if move.source.kind == "production":
            made[move.item_id, move.lot_id] += move.quantity
    for move in moves:
        if move.target.kind == "loss" and (move.item_id, move.lot_id) in made:
            made[move.item_id, move.lot_id] -= move.quantity
    return made


def _use_up(draft: Draft, made: Mapping[tuple[int, int], int], production: Place) -> None:
    held: defaultdict[int, list[Holding]] = defaultdict(list)
    for one in load_holdings(draft.work, items={item_id for item_id, _ in made}):
        held[one.stock.lot_id].append(one)
    for (item_id, lot_id), quantity in made.items():
        _need_whole(draft.work, item_id, quantity, held[lot_id])
        left = quantity
        for one in held[lot_id]:
            taken = min(left, one.stock.quantity)
            if taken:
                draft.move(item_id, lot_id, one.stock.place, production, taken)
            left -= taken


def _need_whole(work: Work, item_id: int, made: int, held: Sequence[Holding]) -> None:
    """Raise NotWhole if less is here than was made, OnHold if some of it must not be touched."""
    here = sum(one.stock.quantity for one in held)
    if here < made:
        item = need_items(work, [item_id])[item_id]
        there = Measure(here, item.base_unit)
        raise NotWhole(item=item.name, made=Measure(made, item.base_unit), here=there)
    if not work.is_fact and any(one.is_apart or one.held_because is not None for one in held):
        raise OnHold(item=held[0].item_name)
