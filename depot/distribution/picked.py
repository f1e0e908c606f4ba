"""What was fetched for an event, as commands need it: facts that are added to, and their sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select

from depot.distribution.errors import PastForPicking
from depot.kernel.holdings import Holding, load_holdings
from depot.kernel.once import Work
from depot.kernel.picking import refuse_unsafe
from depot.kernel.promises.waiting import Picked
from depot.ledger.facts import Spot
from depot.models import Pick


def picked_there(work: Work, event_id: int, location_id: int, lot_id: int) -> dict[int | None, int]:
    """Return how much of the lot was fetched from there, by the item it was taken instead of."""
    rows = work.session.execute(
        select(Pick.instead_of_id, func.sum(Pick.quantity))
        .where(
            Pick.depot_id == work.depot_id,
            Pick.event_id == event_id,
            Pick.location_id == location_id,
            Pick.lot_id == lot_id,
        )
        .group_by(Pick.instead_of_id)
    )
    return {instead_of_id: int(quantity) for instead_of_id, quantity in rows if quantity}


def picked_for(work: Work, event_id: int) -> list[Picked]:
    """Return what was fetched for the event and not put back."""
    rows = work.session.execute(
        select(
            Pick.location_id, Pick.lot_id, Pick.item_id, Pick.instead_of_id, func.sum(Pick.quantity)
        )
        .where(Pick.depot_id == work.depot_id, Pick.event_id == event_id)
        .group_by(Pick.location_id, Pick.lot_id, Pick.item_id, Pick.instead_of_id)
        .order_by(Pick.location_id, Pick.lot_id)
    )
    return [
        Picked(Spot(location_id, lot_id), item_id, int(quantity), instead_of_id)
        for location_id, lot_id, item_id, instead_of_id, quantity in rows
        if quantity > 0
    ]


def planned_with_picks(planned: dict[int, int], picks: Collection[Picked]) -> dict[int, int]:
    """Return how much of each item an event is to have, what was taken instead among it. Pure."""
    wanted = defaultdict(int, planned)
    for one in picks:
        if one.instead_of_id is not None and one.instead_of_id in planned:
            wanted[one.instead_of_id] -= one.quantity
    fetched: defaultdict[int, int] = defaultdict(int)
    for one in picks:
        fetched[one.item_id] += one.quantity
    for item_id, quantity in fetched.items():
        wanted[item_id] = max(wanted[item_id], quantity)
    return {item_id: quantity for item_id, quantity in wanted.items() if quantity > 0}


def refuse_what_must_stay(work: Work, spots: Collection[Spot], on: date) -> None:
    """Raise OnHold, PastUseBy or PastForPicking for goods there that are not proposed that day."""
    held = load_holdings(work, at={spot.location_id for spot in spots})
    refuse_past([one for one in held if Spot(one.stock.place.id, one.stock.lot_id) in spots], on)


def refuse_past(held: Sequence[Holding], on: date) -> None:
    """Raise so for the first of the holdings that is not to be fetched for that day."""
    refuse_unsafe(held, on)
    for one in held:
        verdict = one.may_go_out(on)
        if not verdict.is_free and verdict.until is not None:
            raise PastForPicking(item=one.item_name, date=verdict.until)
