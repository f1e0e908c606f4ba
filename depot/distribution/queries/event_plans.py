"""What a hand-out is to take along, and from where it is fetched: oldest dates first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.allergens import NO_WISH, FoodWish
from depot.base.names import natural_sort_key
from depot.distribution.queries.event_goods import goods_at
from depot.ledger.choice.booking import Stock, book_fefo
from depot.ledger.entries import Place
from depot.ledger.holds import APART_KINDS
from depot.locations.queries.places import PlaceTree, load_place_tree
from depot.locations.queries.shelves import LotOnHand, lots_on_hand
from depot.models import DistributionEvent, EventPick, Item, PlannedLine


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """How much of an item is to be taken along, in its base unit."""

    item_id: int
    item: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class PickLine:
    """So much of a lot to be fetched from a place, or there from a crate."""

    place_id: int
    place: str
    held: LotOnHand
    quantity: int


@dataclass(frozen=True, slots=True)
class NotPickable:
    """How much of an item is planned that cannot be fetched."""

    item: str
    unit: str
    planned: int
    quantity: int


@dataclass(frozen=True, slots=True)
class PickList:
    """What to fetch, in the order of the places, and what there is not enough of."""

    fetches: tuple[PickLine, ...]
    missing: tuple[NotPickable, ...]


def planned_lines(session: Session, depot_id: int, event_id: int) -> list[PlannedItem]:
    """Return what the event is to take along, by name (one statement)."""
    rows = session.execute(
        select(Item.id, Item.name, Item.base_unit, PlannedLine.quantity)
        .join(PlannedLine, PlannedLine.item_id == Item.id)
        .where(PlannedLine.depot_id == depot_id, PlannedLine.event_id == event_id)
    )
    return sorted((PlannedItem(*row) for row in rows), key=lambda row: natural_sort_key(row.item))


def picks_at(session: Session, depot_id: int, event_id: int) -> dict[tuple[int, int], int]:
    """Return the ticks in an event's pick list: how much by location and lot (one statement)."""
    rows = session.execute(
        select(EventPick.location_id, EventPick.lot_id, EventPick.quantity).where(
            EventPick.depot_id == depot_id, EventPick.event_id == event_id
        )
    )
    return {(location_id, lot_id): quantity for location_id, lot_id, quantity in rows}


def plan_of_last_event(session: Session, depot_id: int, event_id: int) -> list[PlannedItem]:
    """Return what the last closed event before this one handed out, brought back taken off.

    An event of the same name comes before a later one of another name.
    """
    this = session.get(DistributionEvent, event_id)
    if this is None or this.depot_id != depot_id:
        return []
    last = session.scalar(
        select(DistributionEvent.id)
        .where(
            DistributionEvent.depot_id == depot_id,
            DistributionEvent.id != event_id,
            DistributionEvent.state == "closed",
        )
        .order_by(
            (DistributionEvent.name == this.name).desc(),
            DistributionEvent.starts_at.desc(),
            DistributionEvent.id.desc(),
        )
        .limit(1)
    )
    goods = goods_at(session, depot_id, last) if last else ()
    return [PlannedItem(one.item_id, one.item, one.unit, one.net) for one in goods if one.net > 0]


def pick_list(
    session: Session, depot_id: int, event_id: int, on: date, wish: FoodWish = NO_WISH
) -> PickList:
    """Return where to fetch what is still to go out for an event on that day.

    What was handed out there already is not fetched again. What is not free to go out that day is
    left where it is, and so is what is not known to be as wished; the rest is chosen as a hand-out
    would book it.
    """
    planned = planned_lines(session, depot_id, event_id)
    out = {row.item_id: row.net for row in goods_at(session, depot_id, event_id)}
    found = load_place_tree(session, depot_id)
    held = lots_on_hand(session, depot_id, found, [line.item_id for line in planned])
    free = _free(found, held, on, wish)
    fetches: list[PickLine] = []
    missing: list[NotPickable] = []
    for line in planned:
        wanted = max(line.quantity - max(out.get(line.item_id, 0), 0), 0)
        booking = book_fefo((stock for stock, _place, _lot in free[line.item_id]), wanted)
        where = {id(stock): (place, lot) for stock, place, lot in free[line.item_id]}
        for stock, quantity in booking.picks:
            place, lot = where[id(stock)]
            name = found.nodes[place].name if place else ""
            fetches.append(PickLine(place, name, lot, quantity))
        if booking.shortfall:
            missing.append(NotPickable(line.item, line.unit, line.quantity, booking.shortfall))
    order = {row.id: number for number, row in enumerate(found.places())}
    fetches.sort(key=lambda row: (order.get(row.place_id, len(order)), row.held.crates[::-1]))
    return PickList(tuple(fetches), tuple(missing))


def _free(
    found: PlaceTree, held: dict[int, list[LotOnHand]], on: date, wish: FoodWish
) -> defaultdict[int, list[tuple[Stock, int, LotOnHand]]]:
    """Return the lots that are free to go out on that day, by item, as choosing needs them."""
    by_item: defaultdict[int, list[tuple[Stock, int, LotOnHand]]] = defaultdict(list)
    for place, lots in held.items():
        is_apart = any(node.kind in APART_KINDS for node in found.upwards(place))
        for lot in lots:
            if not (lot.may_go_out(on, is_apart=is_apart).is_free and wish.suits(lot.food)):
                continue
            stock = Stock(
                Place(lot.location_id, "crate" if lot.crates else "storage"),
                lot.lot_id,
                lot.item_id,
                lot.quantity,
                lot.give_out_until,
                lot.first_received_on,
            )
            by_item[lot.item_id].append((stock, place, lot))
    return by_item
