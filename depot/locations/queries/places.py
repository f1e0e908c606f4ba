"""Where things stand: the tree of places of now or of a past moment, read from the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, union
from sqlalchemy.orm import Session

from depot.base.allergens import NO_WISH, FoodWish
from depot.base.kinds import PHYSICAL_KINDS
from depot.db.columns import key_of
from depot.db.few import in_portions
from depot.items.queries.foods import FOOD_COLUMNS, lot_foods, stated_food
from depot.kernel.holdings import locations_within
from depot.kernel.weights import held_quantities, named_items
from depot.ledger.holds import is_lot_held
from depot.locations.tree import HeldRow, Node, PlaceTree, StockByPlace
from depot.models import Category, CratePlacement, Item, Location, Lot, StockEntry
from depot.models.item_names import ITEM_NAME


def load_place_tree(
    session: Session,
    depot_id: int,
    as_of: datetime | None = None,
    search: str = "",
    roots: Collection[int] | None = None,
    lots: Collection[int] | None = None,
) -> PlaceTree:
    """Return all locations inside with what is in them (two statements, three for the past).

    `search` is part of an item's name; only such items are counted then. With `roots`, only these,
    what is in them now, and what they are in, which is counted as empty; with `lots` these alone.
    """
    parents = None if as_of is None else _past_parents(session, depot_id, as_of)
    nodes = {
        node.id: replace(node, parent_id=parents.get(node.id))
        if parents is not None and node.kind == "crate"
        else node
        for node in _nodes(session, depot_id, *_near(depot_id, roots))
    }
    return PlaceTree(nodes, _held_rows(session, depot_id, as_of, search, roots, lots))


def _near(depot_id: int, roots: Collection[int] | None) -> list[ColumnElement[bool]]:
    """Return what is asked of locations that are roots, in them, or what they are in."""
    if roots is None:
        return []
    up = (
        select(Location.id, Location.parent_id)
        .where(Location.depot_id == depot_id, Location.id.in_(roots))
        .cte("up", recursive=True)
    )
    up = up.union(select(Location.id, Location.parent_id).join(up, Location.id == up.c.parent_id))
    within = locations_within(depot_id, roots)
    return [Location.id.in_(union(select(up.c.id), select(within.c.id)))]


def _nodes(
    session: Session, depot_id: int, *wanted: ColumnElement[bool], limit: int | None = None
) -> list[Node]:
    rows = session.execute(
        select(
            Location.id,
            Location.kind,
            Location.name,
            Location.parent_id,
            Location.note,
            Location.is_default,
            Location.archived,
            Location.walk_position,
        )
        .where(Location.depot_id == depot_id, Location.kind.in_(PHYSICAL_KINDS), *wanted)
        .order_by(Location.id)
        .limit(limit)
    )
    return [Node(*row) for row in rows]


def stock_by_place(
    session: Session,
    depot_id: int,
    as_of: datetime | None = None,
    search: str = "",
    wish: FoodWish = NO_WISH,
) -> StockByPlace:
    """Return every room and shelf in use with what stands in it, now or at a past moment.

    With a wish only what is known to be so, and the places where some of that is.
    """
    lots = _suitable_lots(session, depot_id, as_of, wish) if wish else None
    found = load_place_tree(session, depot_id, as_of, search, lots=lots)
    is_narrow = lots is not None
    rows = tuple(
        row for row in found.places() if row.total.kinds or not (row.archived or is_narrow)
    )
    return StockByPlace(rows, found.unplaced())


def _suitable_lots(
    session: Session, depot_id: int, as_of: datetime | None, wish: FoodWish
) -> set[int]:
    """Return the lots here of which it is known that they are as wished (two statements)."""
    rows = held_quantities(depot_id, as_of)
    here = select(rows.c.lot_id).distinct().subquery()
    found = session.execute(
        select(Lot.id, Lot.produced_by_seq, *FOOD_COLUMNS)
        .join(here, here.c.lot_id == Lot.id)
        .join(Item, Item.id == Lot.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(Lot.depot_id == depot_id)
    )
    stated = [(row.id, row.produced_by_seq, stated_food(row)) for row in found]
    foods = lot_foods(session, depot_id, stated)
    return {lot_id for lot_id, food in foods.items() if wish.suits(food)}


def _past_parents(session: Session, depot_id: int, as_of: datetime) -> dict[int, int | None]:
    """Return where each crate stood at that moment: its last placement until then."""
    ranked = (
        select(
            CratePlacement.crate_id,
            CratePlacement.to_id,
            func.row_number()
            .over(
                partition_by=CratePlacement.crate_id,
                order_by=(StockEntry.occurred_at.desc(), CratePlacement.id.desc()),
            )
            .label("rank"),
        )
        .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
        .where(CratePlacement.depot_id == depot_id, StockEntry.occurred_at <= as_of)
        .subquery()
    )
    rows = session.execute(select(ranked.c.crate_id, ranked.c.to_id).where(ranked.c.rank == 1))
    return {crate_id: to_id for crate_id, to_id in rows}


def _held_rows(
    session: Session,
    depot_id: int,
    as_of: datetime | None,
    search: str,
    roots: Collection[int] | None,
    lots: Collection[int] | None,
) -> Iterator[HeldRow]:
    rows = held_quantities(depot_id, as_of)
    quantity = func.sum(rows.c.quantity)
    statement = (
        select(
            rows.c.location_id,
            Item.id,
            ITEM_NAME,
            Item.base_unit,
            Item.unit_weight_milligrams,
            Category.average_unit_milligrams,
            Category.name,
            quantity,
            func.sum(case((is_lot_held(rows.c.lot_id, as_of), rows.c.quantity), else_=0)),
        )
        .select_from(rows)
        .join(Item, Item.id == rows.c.item_id)
        .join(Category, Category.id == Item.category_id)
        .group_by(rows.c.location_id, *key_of(Item), *key_of(Category))
        .having(quantity != 0)
    )
    if search:
        statement = statement.where(rows.c.item_id.in_(named_items(depot_id, search)))
    if roots is not None:
        inside = select(locations_within(depot_id, roots).c.id)
        statement = statement.where(rows.c.location_id.in_(inside))
    for some in [None] if lots is None else in_portions(sorted(lots)):
        asked = statement if some is None else statement.where(rows.c.lot_id.in_(some))
        for *facts, amount, held in session.execute(asked):
            yield _held_row(facts, int(amount), int(held))


def _held_row(facts: list[Any], quantity: int, held: int) -> HeldRow:
    location_id, item_id, item, unit, known, average, category = facts
    return HeldRow(location_id, item_id, item, unit, known, average, quantity, held, category)


def place_row(session: Session, depot_id: int, location_id: int) -> Node | None:
    """Return one location inside, or None if the depot has none with that id."""
    found = _nodes(session, depot_id, Location.id == location_id)
    return found[0] if found else None


def places_after(session: Session, depot_id: int, after: int, limit: int) -> list[Node]:
    """Return at most `limit` locations inside whose id comes after `after`, by their ids."""
    return _nodes(session, depot_id, Location.id > after, limit=limit)
