"""What happened, fact by fact, in the order in which it happened. Pure (docs/adr/0023).

The lines of an entry are its facts, but for those that say so (`Move.is_correction`): these bring
the stock of today in line with a fact that came late. A count is a fact of its own: so many were
there, whatever was written about the time before it later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeAlias


class Order(NamedTuple):
    """Where a fact stands: when it happened; of one moment, as the book has it."""

    occurred_at: datetime
    seq: int
    line: int = 0


class Spot(NamedTuple):
    """One lot at one location."""

    location_id: int
    lot_id: int


@dataclass(frozen=True, slots=True)
class Act:
    """So many of a lot went from one location to another; None is the world outside.

    A move inside the depot that was undone is still told: what left its target afterwards can
    only have come through it.
    """

    order: Order
    lot_id: int
    source_id: int | None
    target_id: int | None
    quantity: int
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """So many went out, or went to a place inside, of which the book did not know where they were.

    `scope` is where they were taken from (None: anywhere).
    """

    order: Order
    lot_id: int
    target_id: int | None
    quantity: int
    scope: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class CountedLot:
    """So many were there of a lot, or (None) of the item in all lots that have no line beside it.

    More than the book had of the item is of the lot `spare_lot_id`.
    """

    lot_id: int | None
    quantity: int
    spare_lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What one count found of an item at one location."""

    order: Order
    location_id: int
    lines: tuple[CountedLot, ...]


Fact: TypeAlias = Act | Unknown | Counted


class Rank(NamedTuple):
    """Which lot goes first: the earliest to be given out, then the first that came."""

    give_out_until: date
    first_received_on: date
    lot_id: int
