"""What is on hand: by item, by category, and what is to be given out first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from depot.base.allergens import NO_WISH, FoodFacts, FoodWish, put_together
from depot.base.dates import give_out_until
from depot.base.kinds import DateKind, LocationKind, OriginKind
from depot.base.names import natural_sort_key
from depot.db.few import in_portions
from depot.items.queries.foods import item_food, lot_foods, made_foods, stated_food
from depot.kernel.weights import (
    Total,
    Weight,
    held_quantities,
    total_weight,
    weigh_goods,
)
from depot.ledger.choice.free_stock import DatedStock, StockFigures, add_figures
from depot.ledger.holds import held_because, is_lot_held, places_apart
from depot.ledger.sql import AFTER_BEST_BEFORE
from depot.models import Category, Item, Location, Lot, Partner, StockBalance
from depot.models.goods import after_best_before
from depot.models.item_names import ITEM_NAME
from depot.stock.queries.by_date import rows_by_date


@dataclass(frozen=True, slots=True)
class ItemStock:
    """How much of one item is on hand; the date is the earliest by which some of it must go."""

    item_id: int
    item: str
    category_id: int
    category: str
    unit: str
    is_loose: bool
    quantity: int
    weight: Weight
    give_out_until: date | None
    #: Of all of it together: what is in any of it, what is known of every lot.
    food: FoodFacts
    #: The same by date, so that it can be said how much is free on a day.
    dated: tuple[DatedStock, ...]

    def figures(self, day: date, promised: int = 0) -> StockFigures:
        """Return how much of it is held back, past its day, promised and free on that day."""
        return add_figures(self.dated, day, promised)


@dataclass(frozen=True, slots=True)
class CategoryStock:
    """How much of one category is on hand."""

    category_id: int
    category: str
    total: Total


@dataclass(frozen=True, slots=True)
class HeldAt:
    """A quantity of a lot at one place; a crate's name is its code."""

    location_id: int
    kind: LocationKind
    name: str
    quantity: int
    #: Whether it lies where nothing is handed out from.
    is_apart: bool


@dataclass(frozen=True, slots=True)
class LotStock:
    """One lot on hand, with where it came from and where it lies."""

    lot_id: int
    item_id: int
    item: str
    unit: str
    lot_code: str
    date_kind: DateKind
    date_text: str
    date_on: date | None
    after_best_before: str
    give_out_until: date | None
    origin_kind: OriginKind
    partner_id: int | None
    partner: str | None
    first_received_on: date
    quantity: int
    weight: Weight
    places: tuple[HeldAt, ...]
    food: FoodFacts
    #: Why it is held back, wherever it lies; None: it is not.
    held_because: str | None
    category: str

    @property
    def dated(self) -> DatedStock:
        """The lot as the figures of an item's stock add it up."""
        apart = sum(held.quantity for held in self.places if held.is_apart)
        held = apart if self.held_because is None else self.quantity
        return DatedStock(self.date_kind, self.date_on, self.after_best_before, self.quantity, held)


def quantity_on_hand(
    session: Session, depot_id: int, item_id: int, as_of: datetime | None = None
) -> int:
    """Return how many base units of an item are physically here, now or at a past moment."""
    rows = held_quantities(depot_id, as_of)
    found = session.scalar(select(func.sum(rows.c.quantity)).where(rows.c.item_id == item_id))
    return int(found or 0)


def stock_by_item(
    session: Session,
    depot_id: int,
    as_of: datetime | None = None,
    search: str = "",
    wish: FoodWish = NO_WISH,
) -> list[ItemStock]:
    """Return what is on hand of every item, by name; `search` is part of a name.

    Of what was made here only the lots that are known to be as wished are in it. One statement,
    two where some of it was made here.

    At a past moment an item can be below nothing, where what went out was written down as earlier
    than what came in; it is shown as it is.
    """
    found: defaultdict[int, list[tuple[Any, FoodFacts]]] = defaultdict(list)
    rows = list(rows_by_date(session, depot_id, as_of, search))
    made = made_foods(session, depot_id, {row.made_lot for row in rows if row.made_lot})
    for row in rows:
        food = made[row.made_lot] if row.made_lot else stated_food(row)
        if wish.suits(food):
            found[row.item_id].append((row, food))
    stocks = [_item_stock(rows) for rows in found.values()]
    return sorted(
        (stock for stock in stocks if stock.quantity),
        key=lambda stock: natural_sort_key(stock.item),
    )


def _item_stock(found: list[tuple[Any, FoodFacts]]) -> ItemStock:
    rows = [row for row, _food in found]
    item = rows[0]
    quantity = sum(int(row.quantity) for row in rows)
    extension = item.after_best_before
    dates = [
        until
        for row in rows
        if row.quantity > 0 and (until := give_out_until(row.date_kind, row.date_on, extension))
    ]
    return ItemStock(
        item.item_id,
        item.item,
        item.category_id,
        item.category,
        item.base_unit,
        item.is_loose,
        quantity,
        weigh_goods(
            quantity, item.base_unit, item.unit_weight_milligrams, item.average_unit_milligrams
        ),
        min(dates, default=None),
        put_together(food for _row, food in found),
        tuple(
            DatedStock(row.date_kind, row.date_on, extension, int(row.quantity), int(row.held))
            for row in rows
        ),
    )


def stock_by_category(
    session: Session, depot_id: int, items: list[ItemStock]
) -> list[CategoryStock]:
    """Return the categories of the items given, in the depot's own order (one statement)."""
    groups: defaultdict[int, list[ItemStock]] = defaultdict(list)
    for stock in items:
        groups[stock.category_id].append(stock)
    ordered = session.scalars(
        select(Category.id)
        .where(Category.depot_id == depot_id)
        .order_by(Category.position, Category.id)
    )
    return [
        CategoryStock(
            number,
            groups[number][0].category,
            total_weight(stock.weight for stock in groups[number]),
        )
        for number in ordered
        if number in groups
    ]


def expiring_lots(
    session: Session,
    depot_id: int,
    on: date,
    within: timedelta = timedelta(days=7),
    most: int | None = None,
) -> list[LotStock]:
    """Return the lots on hand that may be given out until `on` + `within` at the latest.

    The most urgent come first, those that are past their day among them; `most` of them (two
    statements). What is held back is not among them: it is not to go out.
    """
    urgent = _urgent(session, depot_id, on + within)
    if most is not None and len(urgent) > most:
        last = sorted(one.until for one in urgent)[most - 1]
        urgent = [one for one in urgent if one.until <= last]
    urgent = sorted(urgent, key=lambda one: (one.until, natural_sort_key(one.item)))[:most]
    place = {one.lot_id: number for number, one in enumerate(urgent)}
    lots: list[LotStock] = []
    for some in in_portions(urgent):
        wanted = _lots(depot_id).where(
            StockBalance.item_id.in_({one.item_id for one in some}),
            StockBalance.lot_id.in_([one.lot_id for one in some]),
        )
        lots += _lot_stocks(session, wanted)
    return sorted(lots, key=lambda lot: place[lot.lot_id])


def expiring_count(
    session: Session, depot_id: int, on: date, within: timedelta = timedelta(days=7)
) -> int:
    """Return how many lots `expiring_lots` would return (one statement)."""
    return len(_urgent(session, depot_id, on + within))


class _Urgent(NamedTuple):
    """A lot on hand that has to go soon."""

    lot_id: int
    item_id: int
    item: str
    until: date


def _urgent(session: Session, depot_id: int, latest: date) -> list[_Urgent]:
    # an extension only ever makes the day later, so the package's own date bounds the search
    rows = session.execute(
        select(Lot.id, Item.id, ITEM_NAME, Lot.date_kind, Lot.date_on, AFTER_BEST_BEFORE)
        .join(StockBalance, StockBalance.lot_id == Lot.id)
        .join(Item, Item.id == Lot.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(
            StockBalance.depot_id == depot_id,
            StockBalance.date_on <= latest,
            StockBalance.quantity > 0,
            ~is_lot_held(StockBalance.lot_id),
        )
        .distinct()
    )
    found = (
        _Urgent(lot_id, item_id, item, give_out_until(kind, on, after) or date.max)
        for lot_id, item_id, item, kind, on, after in rows
    )
    return [one for one in found if one.until <= latest]


def lots_of_item(session: Session, depot_id: int, item_id: int) -> list[LotStock]:
    """Return the lots of an item on hand, in the order in which they should go (one statement)."""
    lots = _lot_stocks(session, _lots(depot_id).where(StockBalance.item_id == item_id))
    return sorted(lots, key=_fefo)


def lots_of_items(session: Session, depot_id: int, items: Collection[int]) -> list[LotStock]:
    """Return the lots of some hundred items on hand (one statement)."""
    return _lot_stocks(session, _lots(depot_id).where(StockBalance.item_id.in_(items)))


def lots_at(session: Session, depot_id: int, location_id: int) -> list[LotStock]:
    """Return the lots that lie at one location itself, not in crates on it (one statement)."""
    lots = _lot_stocks(session, _lots(depot_id).where(StockBalance.location_id == location_id))
    return sorted(lots, key=lambda lot: (natural_sort_key(lot.item), _fefo(lot)))


def lot_at(session: Session, depot_id: int, location_id: int, lot_id: int) -> LotStock | None:
    """Return a lot as it lies at a location, none of it perhaps; None if either is not known."""
    here = (StockBalance.lot_id == Lot.id) & (StockBalance.location_id == Location.id)
    statement: Select[*tuple[Any, ...]] = (
        select(*_lot_columns(depot_id), func.coalesce(StockBalance.quantity, 0).label("quantity"))
        .select_from(Lot)
        .join(Item, Item.id == Lot.item_id)
        .join(Category, Category.id == Item.category_id)
        .join(Location, (Location.depot_id == Lot.depot_id) & (Location.id == location_id))
        .outerjoin(Partner, (Partner.id == Lot.partner_id) & (Partner.depot_id == depot_id))
        .outerjoin(StockBalance, here)
        .where(Lot.depot_id == depot_id, Lot.id == lot_id)
    )
    lots = _lot_stocks(session, statement)
    return lots[0] if lots else None


def _fefo(lot: LotStock) -> tuple[date, date, int]:
    return (lot.give_out_until or date.max, lot.first_received_on, lot.lot_id)


def _lot_columns(depot_id: int) -> tuple[Any, ...]:
    """Return what is told of a lot at a location, its quantity aside."""
    return (
        Lot,
        Item,
        Category,
        ITEM_NAME.label("called"),
        Partner.name.label("partner"),
        Location.id.label("location_id"),
        Location.kind,
        Location.name.label("place"),
        Location.id.in_(select(places_apart(depot_id).c.id)).label("is_apart"),
        held_because().label("held_because"),
    )


def _lots(depot_id: int) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(*_lot_columns(depot_id), StockBalance.quantity)
        .select_from(StockBalance)
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .join(Location, Location.id == StockBalance.location_id)
        .outerjoin(Partner, (Partner.id == Lot.partner_id) & (Partner.depot_id == depot_id))
        .where(StockBalance.depot_id == depot_id, StockBalance.quantity > 0)
    )
    return statement


def _lot_stocks(session: Session, statement: Select[*tuple[Any, ...]]) -> list[LotStock]:
    """Return the lots of a statement made of `_lots`, each with the places it lies at."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(statement.order_by(Location.kind, Location.name)):
        found[row.Lot.id].append(row)
    firsts = [rows[0] for rows in found.values()]
    foods = lot_foods(
        session,
        firsts[0].Lot.depot_id if firsts else 0,
        [(r.Lot.id, r.Lot.produced_by_seq, item_food(r.Item, r.Category)) for r in firsts],
    )
    return [_lot_stock(rows, foods[lot_id]) for lot_id, rows in found.items()]


def _lot_stock(rows: list[Any], food: FoodFacts) -> LotStock:
    lot, item, category = rows[0].Lot, rows[0].Item, rows[0].Category
    quantity = sum(row.quantity for row in rows)
    after = after_best_before(item, category)
    return LotStock(
        lot_id=lot.id,
        item_id=item.id,
        item=rows[0].called,
        unit=item.base_unit,
        lot_code=lot.lot_code,
        date_kind=lot.date_kind,
        date_text=lot.date_text,
        date_on=lot.date_on,
        after_best_before=after,
        give_out_until=give_out_until(lot.date_kind, lot.date_on, after),
        origin_kind=lot.origin_kind,
        partner_id=lot.partner_id or None,
        partner=rows[0].partner,
        first_received_on=lot.first_received_on,
        quantity=quantity,
        weight=weigh_goods(
            quantity,
            item.base_unit,
            item.unit_weight_milligrams,
            category.average_unit_milligrams,
        ),
        places=tuple(
            HeldAt(row.location_id, row.kind, row.place, row.quantity, bool(row.is_apart))
            for row in rows
        ),
        held_because=rows[0].held_because,
        food=food,
        category=category.name,
    )
