"""Undoing: who may, and what the mirror of an entry's moves is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from depot.base.actors import Actor
from depot.base.clock import local_day
from depot.ledger.entries import Move, Place
from depot.ledger.facts import Spot

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

    Coordinators may undo any, others their own, and everybody what was written within a day; who
    helps for today, what was written today.
    """
    if actor.is_coordinator or _is_open(actor, recorded_at, now):
        return True
    if actor.person_id is not None:
        return actor.person_id == person_id
    return actor.token_id is not None and actor.token_id == token_id


def _is_open(actor: Actor, recorded_at: datetime, now: datetime) -> bool:
    if actor.is_helper:
        zone = actor.depot.time_zone
        return local_day(recorded_at, zone) == local_day(now, zone)
    return now - recorded_at <= OPEN_TO_ALL


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


def follow_moves(
    item_id: int,
    moves: Sequence[Move],
    changes: Mapping[Spot, int],
    places: Mapping[int, Place],
    variance: Place,
) -> Mirror:
    """Turn an item’s `moves` round so that its stock changes by `changes`, wherever it is now.

    What came from outside goes back there in full, from where its lot is less and, as far as it is
    nowhere less, from the count variance; what had gone out comes back the same way. What had only
    been moved goes from where it is less to where it is more.
    """
    turning = _Turning(item_id, dict(changes), places, variance)
    turned = [[*turning.turn(move)] for move in moves]
    turned.append([*turning.rest()])
    return Mirror(tuple(chain.from_iterable(turned)), tuple(turning.missing))


class _Turning:
    """What is left to change while the lines are turned round, one after the other."""

    def __init__(
        self, item_id: int, changes: dict[Spot, int], places: Mapping[int, Place], variance: Place
    ) -> None:
        self.item_id, self.changes = item_id, changes
        self.places, self.variance = places, variance
        self.missing: list[MissingGoods] = []

    def turn(self, move: Move) -> Iterator[Move]:
        """Yield the lines that turn one line round."""
        is_out, is_in = not move.target.is_physical, not move.source.is_physical
        if is_in and is_out:
            if move.source == self.variance:  # what the book did not have
                yield from self._put(move, move.target)
            else:
                yield _turned(move, move.quantity)
        elif is_in and move.source != self.variance:
            yield from self._take(move)
        elif is_out and move.target != self.variance:
            yield from self._put(move, move.target)
        else:
            yield from self._bring(move)

    def _take(self, move: Move) -> Iterator[Move]:
        """Give back what came in: first what is where it was put, then wherever it went."""
        left = move.quantity
        for spot in self._spots(move, move.target.id, sign=-1):
            quantity = min(left, -self.changes[spot])
            self.changes[spot] += quantity
            left -= quantity
            if quantity:
                yield self._line(move, self.places[spot.location_id], move.source, quantity)
        if left:
            self._miss(move, left)
            yield self._line(move, self.variance, move.source, left)

    def _put(self, move: Move, source: Place) -> Iterator[Move]:
        """Bring back what had gone out: to where it had been, as far as that makes more of it."""
        left = move.quantity
        for spot in self._spots(move, move.source.id, sign=1):
            quantity = min(left, self.changes[spot])
            self.changes[spot] -= quantity
            left -= quantity
            if quantity:
                yield self._line(move, source, self.places[spot.location_id], quantity)
        if left:
            yield self._line(move, source, self.variance, left)

    def _bring(self, move: Move) -> Iterator[Move]:
        """Bring back what had only been moved, or counted as more or fewer."""
        left = move.quantity
        target = Spot(move.source.id, move.lot_id)
        for spot in self._spots(move, move.target.id, sign=-1):
            wanted = self.changes.get(target, 0) if move.source != self.variance else left
            quantity = min(left, -self.changes[spot], max(wanted, 0))
            if not quantity:
                continue
            self.changes[spot] += quantity
            if move.source != self.variance:
                self.changes[target] -= quantity
            left -= quantity
            yield self._line(move, self.places[spot.location_id], move.source, quantity)
        found = min(left, max(self.changes.get(target, 0), 0))
        if found:
            self.changes[target] -= found
            left -= found
            yield self._line(move, self.variance, move.source, found)
        if left and move.target != self.variance:
            self._miss(move, left)

    def rest(self) -> Iterator[Move]:
        """Yield what is left to change: other lots of the item whose counts shift."""
        for spot, change in sorted(self.changes.items()):
            place = self.places[spot.location_id]
            ends = (self.variance, place) if change > 0 else (place, self.variance)
            if change:
                yield Move(self.item_id, spot.lot_id, *ends, abs(change))

    def _spots(self, move: Move, first: int, sign: int) -> list[Spot]:
        """Return where there is more (1) or less (-1) of the lot, its own place first."""
        found = [
            spot
            for spot, change in self.changes.items()
            if spot.lot_id == move.lot_id and change * sign > 0
        ]
        return sorted(found, key=lambda spot: (spot.location_id != first, spot.location_id))

    def _line(self, move: Move, source: Place, target: Place, quantity: int) -> Move:
        weighed = move.weighed_grams if quantity == move.quantity else None
        return Move(move.item_id, move.lot_id, source, target, quantity, weighed)

    def _miss(self, move: Move, left: int) -> None:
        self.missing.append(
            MissingGoods(move.item_id, move.target.id, move.quantity, move.quantity - left)
        )
