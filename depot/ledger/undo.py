"""Undoing: who may, and what the mirror of an entry's moves is. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Final, NamedTuple

from depot.base.actors import Actor
from depot.ledger.entries import Move, Place

#: So long after it was written, anybody of the depot may undo an entry; it is still "today's".
OPEN_TO_ALL: Final = timedelta(hours=24)


def may_undo(
    actor: Actor,
    person_id: int | None,
    token_id: int | None,
    recorded_at: datetime,
    now: datetime,
) -> bool:
    """Say whether `actor` may undo an entry of that author (person or token), written then.

    Coordinators may undo any, others their own, and everybody what was written within a day.
    """
    if actor.is_coordinator or now - recorded_at <= OPEN_TO_ALL:
        return True
    if actor.person_id is not None:
        return actor.person_id == person_id
    return actor.token_id is not None and actor.token_id == token_id


class Spot(NamedTuple):
    """One lot at one location."""

    location_id: int
    lot_id: int


@dataclass(frozen=True, slots=True)
class MissingGoods:
    """What a location no longer holds of what should be taken back from it."""

    item_id: int
    location_id: int
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class Mirror:
    """An entry's moves turned round, and where less was there than went in."""

    moves: tuple[Move, ...]
    missing: tuple[MissingGoods, ...]


def mirror_moves(moves: Sequence[Move], held: Mapping[Spot, int], variance: Place) -> Mirror:
    """Turn `moves` round as far as `held` (base units by spot) allows, and keep their order.

    Where a location does not hold enough any more, what is there is taken. If the goods had come
    from outside, the rest is taken from the count variance, so that what came in, was made or was
    lost is undone in full; if they had only been moved inside, the rest stays where it went.
    """
    left = dict(held)
    turned: list[list[Move]] = []
    missing: list[MissingGoods] = []
    for move in reversed(moves):  # what was put down last is taken up first
        found = _taken(move, left)
        turned.append([_turned(move, found)] if found else [])
        if found < move.quantity:
            missing.append(MissingGoods(move.item_id, move.target.id, move.quantity, found))
            if not move.source.is_physical and move.source.id != variance.id:
                turned[-1].append(_turned(replace(move, target=variance), move.quantity - found))
        if move.source.is_physical:
            spot = Spot(move.source.id, move.lot_id)
            left[spot] = left.get(spot, 0) + found
    return Mirror(tuple(chain.from_iterable(reversed(turned))), tuple(reversed(missing)))


def _taken(move: Move, left: dict[Spot, int]) -> int:
    if not move.target.is_physical:
        return move.quantity
    spot = Spot(move.target.id, move.lot_id)
    found = min(move.quantity, left.get(spot, 0))
    left[spot] = left.get(spot, 0) - found
    return found


def _turned(move: Move, quantity: int) -> Move:
    weighed = move.weighed_grams if quantity == move.quantity else None
    return Move(move.item_id, move.lot_id, move.target, move.source, quantity, weighed)
