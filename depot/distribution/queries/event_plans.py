"""What a hand-out is to take along, and from where it is fetched: oldest dates first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.allergens import NO_WISH, FoodWish
from depot.base.names import natural_sort_key
from depot.distribution.fetched import Fetched, fetched_at
from depot.distribution.queries.event_goods import goods_at
from depot.kernel.promises.waiting import waiting_elsewhere
from depot.ledger.choice.booking import Stock, book_fefo
from depot.ledger.entries import Place
from depot.ledger.holds import APART_KINDS
from depot.ledger.item_names import ITEM_NAME
from depot.locations.queries.places import load_place_tree
from depot.locations.queries.shelves import LotOnHand, lots_on_hand
from depot.locations.tree import PlaceTree
from depot.models import DistributionEvent, Item, PlannedLine, StockBalance


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
    #: It was fetched and waits to be handed out.
    is_picked: bool = False
    #: It was fetched, and must not go out that day any more.
    must_go_back: bool = False
    #: What is planned, where this was taken in its place; else empty.
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class NotPickable:
    """How much of an item is planned that cannot be fetched."""

    item: str
    unit: str
    planned: int
    quantity: int
    item_id: int


@dataclass(frozen=True, slots=True)
class PickList:
    """What to fetch, in the order of the places, and what there is not enough of."""

    fetches: tuple[PickLine, ...]
    missing: tuple[NotPickable, ...]


def planned_lines(session: Session, depot_id: int, event_id: int) -> list[PlannedItem]:
    """Return what the event is to take along, by name (one statement)."""
    rows = session.execute(
        select(Item.id, ITEM_NAME, Item.base_unit, PlannedLine.quantity)
        .join(PlannedLine, PlannedLine.item_id == Item.id)
        .where(PlannedLine.depot_id == depot_id, PlannedLine.event_id == event_id)
    )
    return sorted((PlannedItem(*row) for row in rows), key=lambda row: natural_sort_key(row.item))


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
    """Return where to fetch what is still to go out for an event on that day, in walking order.

    What was fetched and still waits is in it, said to be so; what was handed out is not fetched
    again. What is not free to go out that day is left where it is, and so is what waits for other
    events and what is not known to be as wished; the rest is chosen as a hand-out would book it.
    """
    planned = planned_lines(session, depot_id, event_id)
    out = {row.item_id: row.net for row in goods_at(session, depot_id, event_id)}
    fetched = fetched_at(session, depot_id, event_id)
    items = {line.item_id for line in planned} | {one.item_id for one in fetched}
    tree = load_place_tree(session, depot_id, roots=_where_they_lie(session, depot_id, items))
    held = lots_on_hand(session, depot_id, tree, sorted(items))
    shelf = _Shelves(tree, held, on, wish)
    taken = [*shelf.waiting(fetched)]
    shelf.leave(waiting_elsewhere(session, depot_id, event_id))
    ready = _ready(fetched, taken)
    fetches = taken
    missing: list[NotPickable] = []
    for line in planned:
        done = max(ready[line.item_id], out.get(line.item_id, 0))
        found, lacking = shelf.fetch(line.item_id, max(line.quantity - done, 0))
        fetches += found
        if lacking:
            missing.append(NotPickable(line.item, line.unit, line.quantity, lacking, line.item_id))
    order = {row.id: number for number, row in enumerate(tree.places())}
    fetches.sort(key=lambda row: (order.get(row.place_id, len(order)), row.held.crates[::-1]))
    return PickList(tuple(fetches), tuple(missing))


def _where_they_lie(session: Session, depot_id: int, items: Collection[int]) -> list[int]:
    """Return the places and crates with some of the items in them."""
    found = session.scalars(
        select(StockBalance.location_id).where(
            StockBalance.depot_id == depot_id,
            StockBalance.item_id.in_(items),
            StockBalance.quantity > 0,
        )
    )
    return sorted(set(found))


def _ready(fetched: list[Fetched], taken: list[PickLine]) -> defaultdict[int, int]:
    """Return how much of what is planned was fetched, by item; what must be put back is not."""
    stopped: defaultdict[tuple[int, int], int] = defaultdict(int)
    for line in taken:
        if line.must_go_back:
            stopped[line.held.location_id, line.held.lot_id] += line.quantity
    ready: defaultdict[int, int] = defaultdict(int)
    for one in fetched:
        is_stopped = (one.location_id, one.lot_id) in stopped
        ready[one.instead_of_id or one.item_id] += one.quantity - one.waiting * is_stopped
    return ready


class _Shelves:
    """The lots of some items where they lie, with what may go out on a day."""

    def __init__(
        self, tree: PlaceTree, held: dict[int, list[LotOnHand]], on: date, wish: FoodWish
    ) -> None:
        self._tree = tree
        self._wish = wish
        #: The place, the lot and how much of it is left, by location and lot.
        self._lots: dict[tuple[int, int], tuple[int, LotOnHand, int]] = {}
        self._free: set[tuple[int, int]] = set()
        for place, lots in held.items():
            is_apart = any(node.kind in APART_KINDS for node in tree.upwards(place))
            for lot in lots:
                key = (lot.location_id, lot.lot_id)
                self._lots[key] = (place, lot, lot.quantity)
                if lot.may_go_out(on, is_apart=is_apart).is_free:
                    self._free.add(key)

    def waiting(self, fetched: list[Fetched]) -> Iterator[PickLine]:
        """Yield what was fetched and is still there, and take it from the shelf."""
        for one in fetched:
            key = (one.location_id, one.lot_id)
            if not one.waiting or key not in self._lots:
                continue
            place, lot, left = self._lots[key]
            quantity = min(one.waiting, left)
            self._lots[key] = (place, lot, left - quantity)
            if quantity:
                yield PickLine(
                    place,
                    self._name(place),
                    lot,
                    quantity,
                    is_picked=True,
                    must_go_back=key not in self._free,
                    instead_of=one.instead_of,
                )

    def leave(self, elsewhere: Mapping[tuple[int, int], int]) -> None:
        """Leave alone what waits for other events."""
        for key, quantity in elsewhere.items():
            if key in self._lots:
                place, lot, left = self._lots[key]
                self._lots[key] = (place, lot, max(left - quantity, 0))

    def fetch(self, item_id: int, wanted: int) -> tuple[list[PickLine], int]:
        """Return from where so much of an item is fetched, and how much of it is lacking."""
        stocks = {
            key: Stock(
                Place(lot.location_id, "crate" if lot.crates else "storage"),
                lot.lot_id,
                lot.item_id,
                left,
                lot.give_out_until,
                lot.first_received_on,
            )
            for key, (_place, lot, left) in self._lots.items()
            if key in self._free and lot.item_id == item_id and self._wish.suits(lot.food)
        }
        booking = book_fefo(stocks.values(), wanted)
        lines = []
        for stock, quantity in booking.picks:
            place, lot, _left = self._lots[stock.place.id, stock.lot_id]
            lines.append(PickLine(place, self._name(place), lot, quantity))
        return lines, booking.shortfall

    def _name(self, place: int) -> str:
        return self._tree.nodes[place].name if place else ""
