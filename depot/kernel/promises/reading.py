"""What is promised and what is here for it, read: by item, as of now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from depot.db.columns import key_of
from depot.db.few import in_portions
from depot.ledger.choice.free_stock import DatedStock, PromisedStock, StockFigures, add_figures
from depot.ledger.holds import is_lot_held, places_apart
from depot.ledger.sql import AFTER_BEST_BEFORE
from depot.models import (
    Category,
    Item,
    Location,
    Lot,
    Promise,
    Reservation,
    StockBalance,
    StockEntry,
    StockMove,
)


def promise_left() -> ColumnElement[int]:
    """Return how much of a Promise is still to go out: never less than nothing."""
    gone = case((Promise.handed_out > 0, Promise.handed_out), else_=0)
    return case((Promise.reserved > gone, Promise.reserved - gone), else_=0)


def promised_by_item(
    session: Session,
    depot_id: int,
    day: date,
    as_of: datetime | None = None,
    *,
    items: Collection[int] | None = None,
) -> dict[int, int]:
    """Return how much of each item is promised, now or at a past moment of that day.

    One statement. Of a past moment it is what had been set aside and had not gone out by then.
    """
    if as_of is not None:
        return _promised_then(session, depot_id, day, as_of)
    found = load_promises(session, depot_id, day, items)
    return {item_id: sum(one.quantity for one in some) for item_id, some in found.items()}


def _promised_then(session: Session, depot_id: int, day: date, as_of: datetime) -> dict[int, int]:
    """Add up the last reservations written by then, less what had gone out at their events."""
    last = (
        select(func.max(Reservation.id).label("id"))
        .where(Reservation.depot_id == depot_id, Reservation.made_at <= as_of)
        .group_by(Reservation.event_id, Reservation.item_id)
        .subquery()
    )
    out = _handed_out_until(depot_id, as_of)
    gone = func.coalesce(out.c.quantity, 0)
    left = Reservation.quantity - case((gone > 0, gone), else_=0)
    rows = session.execute(
        select(Reservation.item_id, func.sum(left))
        .join(last, last.c.id == Reservation.id)
        .outerjoin(
            out,
            (out.c.event_id == Reservation.event_id) & (out.c.item_id == Reservation.item_id),
        )
        .where(Reservation.depot_id == depot_id, Reservation.until_on >= day, left > 0)
        .group_by(Reservation.item_id)
    )
    return {item_id: int(quantity) for item_id, quantity in rows}


def _handed_out_until(depot_id: int, as_of: datetime) -> Any:
    went = StockMove.target_id == Location.id
    signed = case((went, StockMove.quantity), else_=-StockMove.quantity)
    return (
        select(StockEntry.event_id, StockMove.item_id, func.sum(signed).label("quantity"))
        .join(StockMove, StockMove.entry_id == StockEntry.id)
        .join(Location, (Location.depot_id == depot_id) & (Location.kind == "recipient"))
        .where(
            StockEntry.depot_id == depot_id,
            StockEntry.occurred_at <= as_of,
            StockEntry.event_id.in_(
                select(Reservation.event_id).where(
                    Reservation.depot_id == depot_id, Reservation.made_at <= as_of
                )
            ),
            or_(went, StockMove.source_id == Location.id),
        )
        .group_by(StockEntry.event_id, StockMove.item_id)
        .subquery()
    )


def load_promises(
    session: Session,
    depot_id: int,
    today: date,
    items: Collection[int] | None = None,
    *,
    but_event: int = 0,
) -> dict[int, list[PromisedStock]]:
    """Return what is promised of the items (None: of any), those of one event left out.

    An event whose day is over is promised nothing more. One statement.
    """
    left = promise_left()
    statement = select(Promise.item_id, Promise.until_on, func.sum(left)).where(
        Promise.depot_id == depot_id,
        Promise.until_on >= today,
        Promise.event_id != but_event,
        left > 0,
    )
    if items is not None:
        statement = statement.where(Promise.item_id.in_(items))
    found: defaultdict[int, list[PromisedStock]] = defaultdict(list)
    grouped = statement.group_by(Promise.item_id, Promise.until_on)
    for item_id, until, quantity in session.execute(grouped):
        found[item_id].append(PromisedStock(until, int(quantity)))
    return dict(found)


def load_dated_stock(
    session: Session, depot_id: int, items: Collection[int]
) -> dict[int, list[DatedStock]]:
    """Return what is here of the items by date, with how much of it is held or lies apart.

    One statement for some thousand items.
    """
    found: defaultdict[int, list[DatedStock]] = defaultdict(list)
    for some in in_portions(sorted(items)):
        for row in session.execute(_dated(depot_id, some)):
            found[row.item_id].append(
                DatedStock(
                    row.date_kind,
                    row.date_on,
                    row.after_best_before,
                    int(row.quantity),
                    int(row.held),
                )
            )
    return dict(found)


def figures_by_item(
    session: Session, depot_id: int, items: Collection[int], today: date
) -> dict[int, StockFigures]:
    """Return how much of each of the items is here, held, past its day, promised and free.

    Two statements.
    """
    parts = load_dated_stock(session, depot_id, items)
    promised = promised_by_item(session, depot_id, today, items=items)
    return {
        item_id: add_figures(parts.get(item_id, ()), today, promised.get(item_id, 0))
        for item_id in items
    }


def _dated(depot_id: int, items: Collection[int]) -> Any:
    lies_apart = StockBalance.location_id.in_(select(places_apart(depot_id).c.id))
    is_held = or_(is_lot_held(StockBalance.lot_id), lies_apart)
    return (
        select(
            Item.id.label("item_id"),
            AFTER_BEST_BEFORE,
            Lot.date_kind,
            Lot.date_on,
            func.sum(StockBalance.quantity).label("quantity"),
            func.sum(case((is_held, StockBalance.quantity), else_=0)).label("held"),
        )
        .select_from(StockBalance)
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(StockBalance.depot_id == depot_id, StockBalance.item_id.in_(items))
        .group_by(*key_of(Item), *key_of(Category), Lot.date_kind, Lot.date_on)
    )
