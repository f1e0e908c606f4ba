"""Setting goods aside for a distribution event, and letting them go again.

Only how much of an item is set aside, not which lots: those are chosen when they are picked
(docs/adr/0044-promised-stock.md). The end of the depot's chain is locked by then, so that two who
plan at once come one after the other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, delete, func, insert, or_, select

from depot.base.kinds import ReservationReason
from depot.kernel.answers import Opened
from depot.kernel.once import Work
from depot.kernel.promises.keeping import compare_promises
from depot.kernel.promises.reading import load_dated_stock, load_promises
from depot.ledger.choice.free_stock import PromisedStock, can_be_promised
from depot.ledger.posting import mark_promises
from depot.models import Location, Promise, Reservation, StockEntry, StockMove


@dataclass(frozen=True, slots=True)
class Reserved:
    """How an item that is planned stands: `planned` less what is out is promised or short."""

    planned: int
    promised: int
    short: int


class _Aside(NamedTuple):
    """So much is set aside until that day; what is out already is in it."""

    quantity: int
    until: date


def reserve_for_event(
    work: Work,
    event_id: int,
    day: date,
    planned: Mapping[int, int],
    reason: ReservationReason = "planned",
) -> dict[int, Reserved]:
    """Promise an event all of what is planned for it that nobody else was promised.

    `planned` is how much of each item it is to have in all, what went out there among it; items
    that are not named are set aside no more. `day` is that of the event, or today if that is over.
    """
    until = max(day, work.today)
    out = handed_out_at(work, event_id, planned)
    others = load_promises(work.session, work.depot_id, work.today, planned, but_event=event_id)
    parts = load_dated_stock(work.session, work.depot_id, planned) if planned else {}
    aside: dict[int, _Aside] = {}
    told: dict[int, Reserved] = {}
    for item_id, quantity in planned.items():
        gone = max(out.get(item_id, 0), 0)
        wanted = max(quantity - gone, 0)
        spare = can_be_promised(parts.get(item_id, ()), others.get(item_id, ()), work.today, until)
        promised = min(wanted, spare)
        told[item_id] = Reserved(quantity, promised, wanted - promised)
        aside[item_id] = _Aside(gone + promised, until)
    _set_aside(work, event_id, aside, out, reason)
    return told


def free_event(work: Work, event_id: int, reason: ReservationReason) -> tuple[Opened, ...]:
    """Let go of all that is set aside for an event; what others were promised may be kept now."""
    return _set_aside(work, event_id, {}, {}, reason)


def keep_what_is_here(work: Work, item_id: int) -> None:
    """Promise no more of an item than is here: the event that comes last gets less first."""
    rows = work.session.execute(
        select(Promise.event_id, Promise.reserved, Promise.handed_out, Promise.until_on)
        .where(
            Promise.depot_id == work.depot_id,
            Promise.item_id == item_id,
            Promise.until_on >= work.today,
        )
        .order_by(Promise.until_on, Promise.event_id)
    ).all()
    parts = load_dated_stock(work.session, work.depot_id, [item_id]).get(item_id, [])
    kept: list[PromisedStock] = []
    for event_id, reserved, handed_out, until in rows:
        gone = max(handed_out, 0)
        left = min(max(reserved - gone, 0), can_be_promised(parts, kept, work.today, until))
        kept.append(PromisedStock(until, left))
        if gone + left < reserved:
            now = _Aside(gone + left, until)
            _write(work, event_id, {item_id: now}, {item_id: handed_out}, "cut")
    _end(work, [item_id])


def _set_aside(
    work: Work,
    event_id: int,
    aside: Mapping[int, _Aside],
    out: Mapping[int, int],
    reason: ReservationReason,
) -> tuple[Opened, ...]:
    """Put what is set aside for an event in place of what was; write down what changed."""
    before = {
        item_id: _Aside(quantity, until)
        for item_id, quantity, until in work.session.execute(
            select(Promise.item_id, Promise.reserved, Promise.until_on).where(
                Promise.depot_id == work.depot_id, Promise.event_id == event_id
            )
        )
    }
    changed = {
        item_id: now
        for item_id in sorted(before.keys() | aside.keys())
        if (now := aside.get(item_id, _Aside(0, work.today)))
        != before.get(item_id, _Aside(0, now.until))
    }
    if not changed:
        return ()
    _write(work, event_id, changed, out, reason)
    return _end(work, changed)


def _write(
    work: Work,
    event_id: int,
    changed: Mapping[int, _Aside],
    out: Mapping[int, int],
    reason: ReservationReason,
) -> None:
    of_event: dict[str, object] = {"depot_id": work.depot_id, "event_id": event_id}
    facts = [
        of_event
        | {
            "item_id": item_id,
            "command_id": work.command_id,
            "quantity": now.quantity,
            "until_on": now.until,
            "reason": reason,
            "made_at": work.recorded_at,
            "person_id": work.actor.person_id,
            "token_id": work.actor.token_id,
        }
        for item_id, now in changed.items()
    ]
    work.session.execute(insert(Reservation), facts)
    work.session.execute(
        delete(Promise).where(
            Promise.depot_id == work.depot_id,
            Promise.event_id == event_id,
            Promise.item_id.in_(changed),
        )
    )
    kept = [
        of_event
        | {
            "item_id": item_id,
            "reserved": now.quantity,
            "handed_out": out.get(item_id, 0),
            "until_on": now.until,
        }
        for item_id, now in changed.items()
        if now.quantity
    ]
    if kept:
        work.session.execute(insert(Promise), kept)


def _end(work: Work, items: Collection[int]) -> tuple[Opened, ...]:
    """Note whether anything is promised, and look over what may be kept now."""
    is_any = select(Promise.item_id).where(Promise.depot_id == work.depot_id).limit(1)
    has = work.session.scalar(is_any) is not None
    mark_promises(work.session, work.depot_id, work.head, has=has)
    return compare_promises(work, items, None)


def handed_out_at(work: Work, event_id: int, items: Collection[int]) -> dict[int, int]:
    """Return what went out at the event and did not come back, by item (one statement)."""
    went = StockMove.target_id == Location.id
    rows = work.session.execute(
        select(
            StockMove.item_id,
            func.sum(case((went, StockMove.quantity), else_=-StockMove.quantity)),
        )
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .join(Location, (Location.depot_id == work.depot_id) & (Location.kind == "recipient"))
        .where(
            StockEntry.depot_id == work.depot_id,
            StockEntry.event_id == event_id,
            StockMove.item_id.in_(items),
            or_(went, StockMove.source_id == Location.id),
        )
        .group_by(StockMove.item_id)
    )
    return {item_id: int(net) for item_id, net in rows}
