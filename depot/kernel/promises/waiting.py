"""What was fetched for events and still waits to be handed out, and what goes out of it elsewhere.

What was fetched lies in the book where it was. Booking leaves it alone as long as there is other
stock; what goes all the same is told, and its event has to fetch that much anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, insert, or_, select, tuple_
from sqlalchemy.orm import Session

from depot.base.kinds import DiscrepancyKind, LocationKind
from depot.kernel.answers import Opened
from depot.kernel.once import Work
from depot.ledger.entries import Entry
from depot.ledger.facts import Spot
from depot.models import (
    Discrepancy,
    DistributionEvent,
    Location,
    Pick,
    StockBalance,
    StockEntry,
    StockMove,
)

PICKED_GONE: Final[DiscrepancyKind] = "picked_gone"
#: Where goods go when they leave: not what is moved about here, nor what a count found.
_AWAY: Final[frozenset[LocationKind]] = frozenset(
    {"recipient", "loss", "production", "network", "transit"}
)


@dataclass(frozen=True, slots=True)
class Picked:
    """So much of an item from there; less than nothing: put back."""

    spot: Spot
    item_id: int
    quantity: int
    instead_of_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """So much that was fetched for an event lies there still."""

    event_id: int
    picked: Picked


def add_picks(work: Work, event_id: int, picks: Sequence[Picked]) -> None:
    """Write down what was fetched for the event, or put back."""
    work.session.execute(
        insert(Pick),
        [
            {
                "depot_id": work.depot_id,
                "event_id": event_id,
                "command_id": work.command_id,
                "location_id": one.spot.location_id,
                "lot_id": one.spot.lot_id,
                "item_id": one.item_id,
                "quantity": one.quantity,
                "instead_of_id": one.instead_of_id,
                "picked_at": work.recorded_at,
                "person_id": work.actor.person_id,
                "token_id": work.actor.token_id,
            }
            for one in picks
        ],
    )


def waiting_elsewhere(session: Session, depot_id: int, event_id: int) -> dict[tuple[int, int], int]:
    """Return what was fetched for other events that take place, and waits (two statements)."""
    found: defaultdict[tuple[int, int], int] = defaultdict(int)
    for one in _load_waiting(session, depot_id, event_id):
        found[one.picked.spot] += one.picked.quantity
    return dict(found)


def went_from(
    session: Session, depot_id: int, of_events: ColumnElement[bool]
) -> defaultdict[tuple[int, int, int], int]:
    """Return how much went out by event, place and lot, less what came back there."""
    left = StockMove.target_id == Location.id
    place: Any = case((left, StockMove.source_id), else_=StockMove.target_id)
    rows = session.execute(
        select(
            StockEntry.event_id,
            place,
            StockMove.lot_id,
            func.sum(case((left, StockMove.quantity), else_=-StockMove.quantity)),
        )
        .join(StockMove, StockMove.entry_id == StockEntry.id)
        .join(Location, (Location.depot_id == depot_id) & (Location.kind == "recipient"))
        .where(
            StockEntry.depot_id == depot_id,
            of_events,
            or_(left, StockMove.source_id == Location.id),
        )
        .group_by(StockEntry.event_id, place, StockMove.lot_id)
    )
    return defaultdict(int, {(event, at, lot): int(net) for event, at, lot, net in rows})


def look_over_picks(work: Work, entry: Entry, entry_id: int | None) -> tuple[Opened, ...]:
    """See whether an entry took what was fetched for other events; asks nothing where nothing is.

    So much is fetched for them no more, those that come last give first, and a coordinator is told.
    """
    taken: defaultdict[Spot, int] = defaultdict(int)
    for move in entry.moves:
        if move.source.is_physical and move.target.kind in _AWAY and not move.is_correction:
            taken[Spot(move.source.id, move.lot_id)] += move.quantity
    if not taken or not work.head.has_promises:
        return ()
    waiting = [
        one
        for one in _load_waiting(work.session, work.depot_id, entry.event_id or 0)
        if one.picked.spot in taken
    ]
    if not waiting:
        return ()
    left = _left_at(work, {one.picked.spot for one in waiting})
    events = _events(work, {one.event_id for one in waiting})
    waiting.sort(key=lambda one: (events[one.event_id].starts_at, one.event_id), reverse=True)
    return _tell(work, _lacking(waiting, taken, left), events, entry_id)


def _load_waiting(session: Session, depot_id: int, but_event: int) -> list[_Waiting]:
    """Return what waits for other events that take place, by event."""
    others, quantity = _others(depot_id, but_event), func.sum(Pick.quantity)
    rows = session.execute(
        select(
            Pick.event_id,
            Pick.location_id,
            Pick.lot_id,
            Pick.item_id,
            Pick.instead_of_id,
            quantity,
        )
        .where(Pick.depot_id == depot_id, Pick.event_id.in_(others))
        .group_by(Pick.event_id, Pick.location_id, Pick.lot_id, Pick.item_id, Pick.instead_of_id)
        .having(quantity > 0)
        .order_by(Pick.event_id, Pick.location_id, Pick.lot_id, Pick.instead_of_id)
    ).all()
    if not rows:
        return []
    gone = went_from(session, depot_id, StockEntry.event_id.in_(others))
    found = []
    for event_id, place, lot, item_id, instead_of_id, fetched in rows:
        out = min(max(gone[event_id, place, lot], 0), int(fetched))
        gone[event_id, place, lot] -= out
        if out < fetched:
            picked = Picked(Spot(place, lot), item_id, int(fetched) - out, instead_of_id)
            found.append(_Waiting(event_id, picked))
    return found


def _others(depot_id: int, but_event: int) -> Select[int]:
    return select(DistributionEvent.id).where(*_takes_place(depot_id, but_event))


def _takes_place(depot_id: int, but_event: int) -> tuple[ColumnElement[bool], ...]:
    return (
        DistributionEvent.depot_id == depot_id,
        DistributionEvent.id != but_event,
        DistributionEvent.state != "closed",
        DistributionEvent.called_off_at.is_(None),
    )


def _events(work: Work, ids: Collection[int]) -> dict[int, Any]:
    rows = work.session.execute(
        select(DistributionEvent.id, DistributionEvent.name, DistributionEvent.starts_at).where(
            DistributionEvent.depot_id == work.depot_id, DistributionEvent.id.in_(ids)
        )
    )
    return {row.id: row for row in rows}


def _left_at(work: Work, spots: Collection[Spot]) -> dict[Spot, int]:
    rows = work.session.execute(
        select(StockBalance.location_id, StockBalance.lot_id, StockBalance.quantity).where(
            StockBalance.depot_id == work.depot_id,
            tuple_(StockBalance.location_id, StockBalance.lot_id).in_(spots),
        )
    )
    return {Spot(place, lot): quantity for place, lot, quantity in rows}


def _lacking(
    waiting: Sequence[_Waiting], taken: Mapping[Spot, int], left: Mapping[Spot, int]
) -> list[tuple[_Waiting, int]]:
    """Return what lies there no more, and how much of it: never more than was taken. Pure."""
    fetched: defaultdict[Spot, int] = defaultdict(int)
    for one in waiting:
        fetched[one.picked.spot] += one.picked.quantity
    missing = {
        spot: min(max(quantity - max(left.get(spot, 0), 0), 0), taken[spot])
        for spot, quantity in fetched.items()
    }
    found = []
    for one in waiting:
        gone = min(missing[one.picked.spot], one.picked.quantity)
        if gone:
            missing[one.picked.spot] -= gone
            found.append((one, gone))
    return found


def _tell(
    work: Work,
    lacking: Sequence[tuple[_Waiting, int]],
    events: Mapping[int, Any],
    entry_id: int | None,
) -> tuple[Opened, ...]:
    told: list[dict[str, object]] = []
    for one, gone in lacking:
        picked = one.picked
        less = Picked(picked.spot, picked.item_id, -gone, picked.instead_of_id)
        add_picks(work, one.event_id, [less])
        told.append(
            {
                "depot_id": work.depot_id,
                "kind": PICKED_GONE,
                "entry_id": entry_id,
                "item_id": picked.item_id,
                "location_id": picked.spot.location_id,
                "expected_quantity": picked.quantity,
                "actual_quantity": picked.quantity - gone,
                "detail": events[one.event_id].name,
                "opened_at": work.recorded_at,
                "person_id": work.actor.person_id,
            }
        )
    if not told:
        return ()
    ids = work.session.scalars(
        insert(Discrepancy).returning(Discrepancy.id, sort_by_parameter_order=True), told
    )
    return tuple(Opened(id=number, kind=PICKED_GONE) for number in ids)
