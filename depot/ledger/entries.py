"""What an entry is: one command's balanced set of moves.

Every move takes a positive integer quantity of one lot from one location to another. The outside
world is locations too (supplier, recipient, production, loss, count variance, opening), so each
lot sums to zero over all locations and nothing appears or vanishes without a name.

Pure: no Flask, no SQLAlchemy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from depot.base.kinds import (
    PHYSICAL_KINDS,
    EntryKind,
    FlowKind,
    LocationKind,
    ReasonOfEntry,
    SourceOfEntry,
)

#: Which column of the report a move from or to an outside location belongs to.
FLOW_OF_OUTSIDE: Final[Mapping[LocationKind, FlowKind]] = {
    "supplier": "sourced",
    "recipient": "handed_out",
    "production": "produced",
    "loss": "lost",
    "count_variance": "variance",
    "opening": "opening",
    "network": "transferred",
}


class Place(NamedTuple):
    """A location as the ledger sees it: which one, and of what kind."""

    id: int
    kind: LocationKind

    @property
    def is_physical(self) -> bool:
        return self.kind in PHYSICAL_KINDS


@dataclass(frozen=True, slots=True)
class Move:
    """`quantity` base units of one lot from `source` to `target`."""

    item_id: int
    lot_id: int
    source: Place
    target: Place
    quantity: int
    weighed_grams: int | None = None
    #: No part of what happened: it brings the stock of now in line with an entry that came late.
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """A crate was taken from one location (None: not known) and put at another."""

    crate_id: int
    from_id: int | None
    to_id: int | None


@dataclass(frozen=True, slots=True)
class People:
    """People helped at an event, numbers only; None means not asked."""

    event_id: int
    households: int
    adults: int | None = None
    children: int | None = None
    seniors: int | None = None
    new_households: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, before it has a number and a seal."""

    depot_id: int
    kind: EntryKind
    occurred_at: datetime
    occurred_on: date
    recorded_at: datetime
    command_id: str
    person_id: int | None = None
    token_id: int | None = None
    source_kind: SourceOfEntry = ""
    partner_id: int | None = None
    event_id: int | None = None
    reason: ReasonOfEntry = ""
    note: str = ""
    reverses_id: int | None = None
    moves: tuple[Move, ...] = ()
    placements: tuple[Placement, ...] = ()
    people: People | None = None


class Flow(NamedTuple):
    """The key of a day total."""

    item_id: int
    flow: FlowKind
    detail: str
    event_id: int


def balance_changes(entry: Entry) -> dict[tuple[int, int, int], int]:
    """Return by how much (location, lot, item) changes, physical locations only, zeros left out."""
    changes: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for move in entry.moves:
        if move.source.is_physical:
            changes[move.source.id, move.lot_id, move.item_id] -= move.quantity
        if move.target.is_physical:
            changes[move.target.id, move.lot_id, move.item_id] += move.quantity
    return {key: change for key, change in sorted(changes.items()) if change}


def flows(entry: Entry) -> dict[Flow, int]:
    """Return the entry's flows, signed as the stock feels them (handed out is negative).

    Each outside leg of a move counts: ten handed out of eight are eight from stock and two from
    the count variance, which is -10 handed out, +2 variance, and -8 for the stock.
    """
    totals: defaultdict[Flow, int] = defaultdict(int)
    for move in entry.moves:
        for place, signed in ((move.source, move.quantity), (move.target, -move.quantity)):
            if not place.is_physical:
                totals[_flow(entry, move.item_id, place.kind)] += signed
    return {flow: quantity for flow, quantity in sorted(totals.items()) if quantity}


def _flow(entry: Entry, item_id: int, outside_kind: LocationKind) -> Flow:
    flow = FLOW_OF_OUTSIDE[outside_kind]
    detail = {"sourced": entry.source_kind, "lost": entry.reason}.get(flow, "")
    event_id = (entry.event_id or 0) if flow == "handed_out" else 0
    return Flow(item_id, flow, detail, event_id)


def net_changes(entry: Entry) -> dict[int, int]:
    """Return by how much the depot's stock of each item changes, zeros left out."""
    totals: defaultdict[int, int] = defaultdict(int)
    for flow, quantity in flows(entry).items():
        totals[flow.item_id] += quantity
    return {item_id: quantity for item_id, quantity in sorted(totals.items()) if quantity}
