"""What was made of goods whose entry is undone: it never was either, as far as that can be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import aliased

from depot.kernel.once import Work
from depot.kernel.turning.goods import load_moves
from depot.ledger.correcting import Shift
from depot.ledger.entries import Move
from depot.ledger.late import shifts_without
from depot.models import StockEntry, StockMove


@dataclass(slots=True)
class _Dropped:
    """Entries that are to be told no more, with the lots and items that came with them."""

    seqs: set[int]
    lots: set[int]
    items: set[int]
    productions: list[StockEntry] = field(default_factory=list)
    made: dict[int, set[int]] = field(default_factory=dict)


def find_repacked(work: Work, original: StockEntry) -> list[StockEntry]:
    """Return the productions that go with an entry when it is undone, the newest first.

    They took nothing but its goods, which are missing without it, and all that they made is here
    still, or went into the next of them whole.
    """
    moves = _facts(work, original.id)
    lots = {move.lot_id for move in moves if not move.source.is_physical}
    if not lots or original.kind == "count":
        return []
    excluded: set[int] = set()
    while True:
        items = {move.item_id for move in moves}
        dropped = _drop(work, _Dropped({original.seq}, set(lots), items), excluded)
        wrong = _not_whole(work, dropped)
        if wrong is None:
            return sorted(dropped.productions, key=lambda one: -one.seq)
        excluded.add(wrong)


def _drop(work: Work, dropped: _Dropped, excluded: set[int]) -> _Dropped:
    while True:
        short = {
            item_id: sum(one.wanted - one.found for one in shift.short)
            for item_id, shift in _shifts(work, dropped).items()
        }
        if not any(short.values()):
            return dropped
        for production in _productions(work, dropped, excluded):
            moves = _facts(work, production.id)
            if _took_only(moves, dropped.lots, short):
                made = [move for move in moves if move.source.kind == "production"]
                dropped.productions.append(production)
                dropped.seqs.add(production.seq)
                dropped.lots |= {move.lot_id for move in made}
                dropped.made[production.seq] = {move.item_id for move in made}
                dropped.items |= dropped.made[production.seq]
                break
        else:
            return dropped


def _took_only(moves: list[Move], lots: set[int], short: dict[int, int]) -> bool:
    """Say whether what went in is of these lots alone, and all of it is missing now."""
    used: defaultdict[int, int] = defaultdict(int)
    for move in moves:
        if move.target.kind == "production":
            used[move.item_id] += move.quantity
            if move.lot_id not in lots or not move.source.is_physical:
                return False
    return all(short.get(item_id, 0) >= quantity for item_id, quantity in used.items())


def _not_whole(work: Work, dropped: _Dropped) -> int | None:
    """Return the number of a production of which something that it made is gone or was counted."""
    shifts = _shifts(work, dropped) if dropped.productions else {}
    for seq in sorted(dropped.made, reverse=True):
        if any(shifts[item_id].short or shifts[item_id].counts for item_id in dropped.made[seq]):
            return seq
    return None


def _productions(work: Work, dropped: _Dropped, excluded: set[int]) -> Iterator[StockEntry]:
    """Yield the productions that used any of the lots and are not undone, the newest first."""
    undo = aliased(StockEntry)
    used = select(StockMove.entry_id).where(
        StockMove.lot_id.in_(dropped.lots), StockMove.depot_id == work.depot_id
    )
    yield from work.session.scalars(
        select(StockEntry)
        .outerjoin(undo, undo.reverses_id == StockEntry.id)
        .where(StockEntry.kind == "production", undo.id.is_(None), StockEntry.id.in_(used))
        .where(StockEntry.seq.not_in(dropped.seqs | excluded))
        .order_by(StockEntry.seq.desc())
    ).all()


def _shifts(work: Work, dropped: _Dropped) -> dict[int, Shift]:
    return shifts_without(work.session, work.depot_id, dropped.seqs, dropped.items)


def _facts(work: Work, entry_id: int) -> list[Move]:
    return [move for move in load_moves(work, entry_id) if not move.is_correction]
