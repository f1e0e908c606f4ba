"""Items: their list, one item's facts, and what happened to it with the running balance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from depot.base.actors import Actor
from depot.base.allergens import FoodFacts, made_of
from depot.base.clock import Clock, utc_now
from depot.base.dates import ShelfLife
from depot.base.kinds import PHYSICAL_KINDS
from depot.base.names import natural_sort_key
from depot.entries.queries.figures import Figure, figure_of
from depot.entries.queries.ledger import EntryRow, entry_headers, entry_rows
from depot.items.queries.foods import IS_MADE, item_food
from depot.kernel.weights import Weight, held_quantities, named_items, weigh_goods
from depot.ledger.item_names import ITEM_NAME
from depot.models import Category, Item, Location, StockEntry, StockMove
from depot.stock.queries.stock import quantity_on_hand

#: So many movements are read at once where all are wanted.
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item with how much of it is on hand."""

    id: int
    name: str
    category_id: int
    category: str
    unit: str
    unit_weight_milligrams: int | None
    note: str
    #: As stated of it.
    stated: FoodFacts
    #: Some of it was made here: what went in says more than what is stated.
    is_made: bool
    #: Its own; None: as its category.
    shelf_life: ShelfLife | None
    shelf_life_source: str
    is_loose: bool
    archived: bool
    quantity: int
    weight: Weight
    #: As who reads calls it; `name` is the depot's own.
    called: str

    @property
    def food(self) -> FoodFacts:
        """What is true of it by itself: nothing is known of the next that is made."""
        return made_of(self.stated, ()) if self.is_made else self.stated


@dataclass(frozen=True, slots=True)
class Movement:
    """What one entry did to one item, and how much there was afterwards by the book's order."""

    entry: EntryRow
    figure: Figure
    balance: int

    @property
    def change(self) -> int:
        """By how much the stock changed: nothing where goods were moved inside."""
        return _net(self.entry)


@dataclass(frozen=True, slots=True)
class MovementPage:
    """Some movements, the newest first, and the cursor of the next page (None: no more)."""

    rows: tuple[Movement, ...]
    next: int | None


def listed_items(session: Session, depot_id: int, search: str = "") -> list[ItemFacts]:
    """Return all items by name, those put away too; `search` is part of a name."""
    statement = _facts(depot_id)
    if search:
        statement = statement.where(Item.id.in_(named_items(depot_id, search)))
    rows = [_item_facts(row) for row in session.execute(statement)]
    return sorted(rows, key=lambda row: (row.archived, natural_sort_key(row.called)))


def item_facts(session: Session, depot_id: int, item_id: int) -> ItemFacts | None:
    """Return one item of the depot, or None if it has none with that id."""
    row = session.execute(_facts(depot_id).where(Item.id == item_id)).one_or_none()
    return None if row is None else _item_facts(row)


def items_after(session: Session, depot_id: int, after: int, limit: int) -> list[ItemFacts]:
    """Return at most `limit` items whose id comes after `after`, in the order of their ids."""
    statement = _facts(depot_id).where(Item.id > after).order_by(Item.id).limit(limit)
    return [_item_facts(row) for row in session.execute(statement)]


def is_booked(session: Session, depot_id: int, item_id: int) -> bool:
    """Say whether any of the item was ever booked, so that its unit stands fast."""
    moved = exists().where(StockMove.depot_id == depot_id, StockMove.item_id == item_id)
    return bool(session.scalar(select(moved)))


def _facts(depot_id: int) -> Select[*tuple[Any, ...]]:
    rows = held_quantities(depot_id)
    here = select(func.sum(rows.c.quantity)).where(rows.c.item_id == Item.id)
    statement: Select[*tuple[Any, ...]] = (
        select(Item, Category, here.scalar_subquery().label("quantity"), IS_MADE, ITEM_NAME)
        .join(Category, Category.id == Item.category_id)
        .where(Item.depot_id == depot_id)
    )
    return statement


def _item_facts(row: Any) -> ItemFacts:
    item, category, found, is_made, called = row
    quantity = int(found or 0)
    return ItemFacts(
        item.id,
        item.name,
        category.id,
        category.name,
        item.base_unit,
        item.unit_weight_milligrams,
        item.note,
        item_food(item, category),
        bool(is_made),
        ShelfLife(item.shelf_life_amount, item.shelf_life_unit) if item.shelf_life_unit else None,
        item.shelf_life_source,
        item.is_loose,
        item.archived,
        quantity,
        weigh_goods(
            quantity,
            item.base_unit,
            item.unit_weight_milligrams,
            category.average_unit_milligrams,
        ),
        called,
    )


def movements(
    session: Session,
    actor: Actor,
    item_id: int,
    after: int | None = None,
    limit: int = 25,
    clock: Clock = utc_now,
) -> MovementPage:
    """Return what happened to an item, the newest line of the book first.

    `after` is a page's cursor, an entry's id. The balance is the book's: lines that were entered
    late stand where they were entered.
    """
    balance = quantity_on_hand(session, actor.depot_id, item_id)
    if after is not None:
        balance -= _net_since(session, actor.depot_id, item_id, after)
    return _movements(session, actor, item_id, after, balance, limit, clock)


def all_movements(
    session: Session,
    actor: Actor,
    item_id: int,
    clock: Clock = utc_now,
    at_once: int = _AT_ONCE,
) -> Iterator[Movement]:
    """Yield all that happened to an item, the newest line of the book first, `at_once` a page."""
    balance, after = quantity_on_hand(session, actor.depot_id, item_id), None
    while True:
        page = _movements(session, actor, item_id, after, balance, at_once, clock)
        yield from page.rows
        if page.next is None:
            return
        after, last = page.next, page.rows[-1]
        balance = last.balance - last.change


def _movements(
    session: Session,
    actor: Actor,
    item_id: int,
    after: int | None,
    balance: int,
    limit: int,
    clock: Clock,
) -> MovementPage:
    """Return a page of movements, `balance` being what there was after the first of them."""
    touched = (
        select(StockMove.entry_id)
        .distinct()
        .where(StockMove.depot_id == actor.depot_id, StockMove.item_id == item_id)
    )
    if after is not None:
        touched = touched.where(StockMove.entry_id < after)
    newest = touched.order_by(StockMove.entry_id.desc()).limit(limit + 1).subquery()
    # by id, which is the same order: by number SQLite would walk down the whole book instead
    by_id = entry_headers(actor).order_by(None).order_by(StockEntry.id.desc())
    statement = by_id.where(StockEntry.id.in_(select(newest.c.entry_id)))
    rows = entry_rows(session, actor, statement, clock)
    found: list[Movement] = []
    for row in rows[:limit]:
        about = _about(row, item_id)
        found.append(Movement(about, about.figure, balance))
        balance -= _net(about)
    return MovementPage(tuple(found), rows[limit - 1].entry_id if len(rows) > limit else None)


def _about(row: EntryRow, item_id: int) -> EntryRow:
    """Return an entry as if it were about this item alone."""
    lines = tuple(line for line in row.lines if line.item_id == item_id)
    return replace(row, lines=lines, figure=figure_of(row.act, row.kind == "reversal", lines))


def _net(row: EntryRow) -> int:
    return sum(
        line.quantity * (line.target.is_physical - line.source.is_physical) for line in row.lines
    )


def _net_since(session: Session, depot_id: int, item_id: int, entry_id: int) -> int:
    """Return by how much the item's stock changed in that entry and those written after it."""

    def leg(place: InstrumentedAttribute[int]) -> int:
        found = session.scalar(
            select(func.sum(StockMove.quantity))
            .join(Location, Location.id == place)
            .where(
                StockMove.depot_id == depot_id,
                StockMove.item_id == item_id,
                StockMove.entry_id >= entry_id,
                Location.kind.in_(PHYSICAL_KINDS),
            )
        )
        return int(found or 0)

    return leg(StockMove.target_id) - leg(StockMove.source_id)
