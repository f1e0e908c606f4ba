"""What is promised, against the reservations, the ledger and what is here for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from depot.base.clock import local_day
from depot.kernel.promises.keeping import TOO_MUCH
from depot.kernel.promises.reading import load_dated_stock, load_promises
from depot.ledger.choice.free_stock import find_too_much
from depot.models import (
    ChainHead,
    CommandLog,
    Depot,
    Discrepancy,
    DistributionEvent,
    Location,
    Promise,
    Reservation,
    StockEntry,
    StockMove,
)
from depot.verify.findings import Findings, Names


class _Kept(NamedTuple):
    """How a promise stands."""

    reserved: int
    until: date


def check_promises(session: Session, depot_id: int, names: Names, findings: Findings) -> None:
    """Compare promises with what they are a cache of, and ask that what cannot be kept has a name.

    They are looked at as on the day on which anything was done last. Time alone breaks none: what
    could be kept then was promised so that it keeps on each day until its event.
    """
    kept = _check_cache(session, depot_id, names, findings)
    _check_events(session, depot_id, findings)
    head = session.scalar(select(ChainHead.has_promises).where(ChainHead.depot_id == depot_id))
    if head is not None and bool(head) != bool(kept):
        findings.add("promise", "The end of the chain is wrong about whether anything is promised.")
    _check_named(session, depot_id, names, findings)


def _check_cache(
    session: Session, depot_id: int, names: Names, findings: Findings
) -> dict[tuple[int, int], _Kept]:
    rows = session.execute(select(Promise).where(Promise.depot_id == depot_id)).scalars()
    kept, out = {}, {}
    for row in rows:
        kept[row.event_id, row.item_id] = _Kept(row.reserved, row.until_on)
        out[row.event_id, row.item_id] = row.handed_out
    facts = _last_reservations(session, depot_id)
    for key in sorted(kept.keys() | facts.keys()):
        if kept.get(key) != facts.get(key):
            findings.add(
                "promise",
                f"{names.item(key[1])} for event {key[0]}: promised is {_told(kept.get(key))}, the"
                f" last reservation says {_told(facts.get(key))}.",
            )
    went = _handed_out(session, depot_id, {event_id for event_id, _item in out})
    for key, quantity in sorted(out.items()):
        if quantity != went.get(key, 0):
            findings.add(
                "promise",
                f"{names.item(key[1])} for event {key[0]}: {quantity} went out by the promise,"
                f" {went.get(key, 0)} by the lines.",
            )
    return kept


def _told(kept: _Kept | None) -> str:
    return "nothing" if kept is None else f"{kept.reserved} until {kept.until}"


def _last_reservations(session: Session, depot_id: int) -> dict[tuple[int, int], _Kept]:
    last = (
        select(func.max(Reservation.id))
        .where(Reservation.depot_id == depot_id)
        .group_by(Reservation.event_id, Reservation.item_id)
    )
    rows = session.execute(
        select(
            Reservation.event_id, Reservation.item_id, Reservation.quantity, Reservation.until_on
        ).where(
            Reservation.depot_id == depot_id, Reservation.id.in_(last), Reservation.quantity > 0
        )
    )
    return {
        (event_id, item_id): _Kept(quantity, until) for event_id, item_id, quantity, until in rows
    }


def _handed_out(
    session: Session, depot_id: int, events: Collection[int]
) -> dict[tuple[int, int], int]:
    went = StockMove.target_id == Location.id
    rows = session.execute(
        select(
            StockEntry.event_id,
            StockMove.item_id,
            func.sum(case((went, StockMove.quantity), else_=-StockMove.quantity)),
        )
        .join(StockMove, StockMove.entry_id == StockEntry.id)
        .join(Location, (Location.depot_id == depot_id) & (Location.kind == "recipient"))
        .where(
            StockEntry.depot_id == depot_id,
            StockEntry.event_id.in_(events),
            or_(went, StockMove.source_id == Location.id),
        )
        .group_by(StockEntry.event_id, StockMove.item_id)
    )
    return {(event_id, item_id): int(net) for event_id, item_id, net in rows}


def _check_events(session: Session, depot_id: int, findings: Findings) -> None:
    """Nothing is promised to an event that is over or does not take place."""
    is_off = or_(DistributionEvent.state == "closed", DistributionEvent.called_off_at.is_not(None))
    rows: Any = session.execute(
        select(DistributionEvent.id, DistributionEvent.name)
        .join(Promise, Promise.event_id == DistributionEvent.id)
        .where(DistributionEvent.depot_id == depot_id, Promise.depot_id == depot_id, is_off)
        .distinct()
    )
    for event_id, name in rows:
        findings.add("promise", f"Event {event_id} ({name}) is over, and still promised goods.")


def _last_day(session: Session, depot_id: int) -> date:
    """Return the day on which the depot last did anything, on its own clock."""
    zone = session.scalar(select(Depot.time_zone).where(Depot.id == depot_id))
    last = session.scalar(
        select(func.max(CommandLog.recorded_at)).where(CommandLog.depot_id == depot_id)
    )
    return date.min if last is None else local_day(last, zone or "UTC")


def _check_named(session: Session, depot_id: int, names: Names, findings: Findings) -> None:
    """Free is below nothing only where a coordinator is asked to look at it."""
    today = _last_day(session, depot_id)
    promises = load_promises(session, depot_id, today)
    parts = load_dated_stock(session, depot_id, promises)
    asked = set(
        session.scalars(
            select(Discrepancy.item_id).where(
                Discrepancy.depot_id == depot_id,
                Discrepancy.kind == TOO_MUCH,
                Discrepancy.resolved_at.is_(None),
            )
        )
    )
    for item_id, some in promises.items():
        found = find_too_much(parts.get(item_id, ()), some, today)
        if found is not None and item_id not in asked:
            findings.add(
                "promise",
                f"{names.item(item_id)}: {found.promised} is promised, {found.here} is here for it,"
                " and nobody is asked to look at it.",
            )
