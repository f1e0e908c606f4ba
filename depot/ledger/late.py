"""What is written late, beside what was written before it but happened after (docs/adr/0023)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import bindparam, select, union
from sqlalchemy.orm import Session

from depot.ledger.correcting import Shift, correct, free_then, shift_between
from depot.ledger.entries import Entry, Move, Place, balance_changes
from depot.ledger.facts import Act, Counted, Fact, Order, Spot
from depot.ledger.past.houses import Houses
from depot.ledger.reading import (
    Facts,
    Lacking,
    belongs_to,
    facts_of_entry,
    later_items,
    read_facts,
    read_ranks,
)
from depot.ledger.sql import NO_CRATE
from depot.models import Location, StockBalance

_VARIANCE: Final = "count_variance"
#: :depot, of :items and :lots
_HELD: Final = select(StockBalance.location_id, StockBalance.lot_id, StockBalance.quantity).where(
    StockBalance.depot_id == bindparam("depot"),
    StockBalance.item_id.in_(bindparam("items", expanding=True)),
    StockBalance.lot_id.in_(bindparam("lots", expanding=True)),
)
_OWN: Final = select(Location.id, Location.kind).where(Location.depot_id == bindparam("depot"))
#: :depot, of :ids, and where count differences come from
_PLACES: Final = union(
    _OWN.where(Location.id.in_(bindparam("ids", expanding=True))),
    _OWN.where(NO_CRATE, Location.kind == _VARIANCE),
)


@dataclass(frozen=True, slots=True)
class Late:
    """An entry's lines with those that bring the stock of now in line; what shifts, by item."""

    moves: tuple[Move, ...]
    shifts: Mapping[int, Shift]


def set_beside(
    session: Session,
    entry: Entry,
    seq: int,
    lacking: dict[int, list[Lacking]],
    counted: Mapping[int, list[Counted]],
) -> Late:
    """Return what `entry`, about to be number `seq`, and its counts change of what came after.

    A count's own lines are no facts: all that it changes is told anew.
    """
    named = {move.item_id for move in entry.moves} | counted.keys()
    items = named & later_items(session, entry.depot_id, entry.occurred_at)
    if not items:
        return Late(entry.moves, {})
    kept = tuple(move for move in entry.moves if move.item_id not in items & counted.keys())
    entry = replace(entry, moves=kept)
    facts = read_facts(session, entry.depot_id, items)
    ranks = read_ranks(session, entry.depot_id, items)
    own = facts_of_entry(entry, seq, lacking, Houses(session, entry.depot_id))
    shifts = {
        item_id: shift_between(
            facts[item_id],
            [*facts[item_id], *own.get(item_id, []), *counted.get(item_id, [])],
            ranks,
        )
        for item_id in sorted(items)
    }
    return Late((*kept, *_lines(session, entry, shifts)), shifts)


def shifts_without(
    session: Session, depot_id: int, seqs: Collection[int], items: Collection[int]
) -> dict[int, Shift]:
    """Return what changes, by item, if the entries `seqs` are told no more.

    What they had moved inside the depot is still told as undone: what left from there did leave.
    """
    facts = read_facts(session, depot_id, items)
    ranks = read_ranks(session, depot_id, items)
    return {
        item_id: shift_between(told, [*_without(told, seqs)], ranks)
        for item_id, told in facts.items()
    }


def _without(facts: Iterable[Fact], seqs: Collection[int]) -> Iterator[Fact]:
    for fact in facts:
        if not belongs_to(fact, seqs):
            yield fact
        elif isinstance(fact, Act) and None not in (fact.source_id, fact.target_id):
            yield replace(fact, is_undone=True)


def _lines(session: Session, entry: Entry, shifts: Mapping[int, Shift]) -> tuple[Move, ...]:
    booked: defaultdict[int, dict[Spot, int]] = defaultdict(dict)
    for (location_id, lot_id, item_id), change in balance_changes(entry).items():
        booked[item_id][Spot(location_id, lot_id)] = change
    wanted = {item_id: _less(shift.stock, booked[item_id]) for item_id, shift in shifts.items()}
    spots = {spot for changes in wanted.values() for spot in changes}
    held = held_at(session, entry.depot_id, shifts.keys(), {spot.lot_id for spot in spots})
    places, variance = load_places(session, entry.depot_id, {one.location_id for one in spots})
    moves: list[Move] = []
    for item_id, changes in wanted.items():
        possible = {
            spot: max(change, -held.get(spot, 0) - booked[item_id].get(spot, 0))
            for spot, change in changes.items()
        }
        moves += correct(item_id, possible, places, variance)
    return tuple(moves)


def _less(wanted: Mapping[Spot, int], booked: Mapping[Spot, int]) -> dict[Spot, int]:
    changes = {
        spot: wanted.get(spot, 0) - booked.get(spot, 0) for spot in wanted.keys() | booked.keys()
    }
    return {spot: change for spot, change in sorted(changes.items()) if change}


def stock_then(
    session: Session,
    depot_id: int,
    moment: Order,
    items: Iterable[int],
    *,
    exactly: bool,
) -> dict[int, dict[Spot, int]]:
    """Return what lay where at that moment, by item (`free_then`)."""
    wanted = set(items)
    facts: Facts = read_facts(session, depot_id, wanted)
    ranks = read_ranks(session, depot_id, wanted)
    return {
        item_id: free_then(facts[item_id], ranks, moment, exactly=exactly) for item_id in wanted
    }


def held_at(
    session: Session, depot_id: int, items: Collection[int], lots: Collection[int]
) -> dict[Spot, int]:
    """Return what lies where of the lots of the items, by the balances."""
    if not lots:
        return {}
    asked = {"depot": depot_id, "items": list(items), "lots": list(lots)}
    rows = session.connection().execute(_HELD, asked)
    return {Spot(location_id, lot_id): quantity for location_id, lot_id, quantity in rows}


def load_places(
    session: Session, depot_id: int, ids: Collection[int]
) -> tuple[dict[int, Place], Place]:
    """Return the locations by id, and where count differences come from and go to."""
    rows = session.connection().execute(_PLACES, {"depot": depot_id, "ids": list(ids)})
    places = {row.id: Place(row.id, row.kind) for row in rows}
    variance = next(place for place in places.values() if place.kind == _VARIANCE)
    return places, variance
