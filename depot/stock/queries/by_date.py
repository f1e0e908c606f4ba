"""What is here of each item by date, and how much of it is held back: rows for the stock list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, literal_column, or_, select
from sqlalchemy.orm import Session

from depot.base.units import MAX_QUANTITY
from depot.db.columns import key_of
from depot.items.queries.foods import FOOD_COLUMNS
from depot.kernel.weights import held_quantities, named_items
from depot.ledger.facts import Order
from depot.ledger.holds import APART_KINDS, is_lot_held, places_apart
from depot.ledger.item_names import ITEM_NAME
from depot.ledger.past.houses import Houses
from depot.ledger.sql import AFTER_BEST_BEFORE, NO_CRATE
from depot.models import Category, Item, Location, Lot


def rows_by_date(
    session: Session, depot_id: int, as_of: datetime | None, search: str
) -> Iterable[Any]:
    """Return a row for each item and date (one statement; some more for a past moment)."""
    if as_of is None and not search:
        return session.connection().execute(_now(), {"depot": depot_id})
    apart = None if as_of is None else _apart_then(session, depot_id, as_of)
    return session.connection().execute(_by_item_and_date(depot_id, as_of, search, apart))


@cache
def _now() -> Select[*tuple[Any, ...]]:
    """Return the statement for all that :depot has now; the page that is asked for most."""
    return _by_item_and_date(bindparam("depot"), None, "")


def _apart_then(session: Session, depot_id: int, as_of: datetime) -> set[int]:
    """Return the places nothing was handed out from at that moment, and the crates in them."""
    places = select(Location.id).where(
        Location.depot_id == depot_id, NO_CRATE, Location.kind.in_(APART_KINDS)
    )
    houses = Houses(session, depot_id)
    inside = houses.within(session.scalars(places).all(), Order(as_of, MAX_QUANTITY))
    return set().union(*inside.values())


def _by_item_and_date(
    depot_id: Any, as_of: datetime | None, search: str, apart: Collection[int] | None = None
) -> Select[*tuple[Any, ...]]:
    """Return the statement; `apart` are places nothing was handed out from, None: as it is now."""
    rows = held_quantities(depot_id, as_of)
    quantity = func.sum(rows.c.quantity)
    lies_apart = rows.c.location_id.in_(
        select(places_apart(depot_id).c.id) if apart is None else apart
    )
    held = case((or_(is_lot_held(rows.c.lot_id, as_of), lies_apart), rows.c.quantity), else_=0)
    # what was made here is told lot by lot: each is made of other goods
    made = case((Lot.produced_by_seq > literal_column("0"), Lot.id), else_=literal_column("0"))
    statement: Select[*tuple[Any, ...]] = (
        select(
            Item.id.label("item_id"),
            ITEM_NAME.label("item"),
            Item.base_unit,
            Item.is_loose,
            Item.unit_weight_milligrams,
            Category.id.label("category_id"),
            Category.name.label("category"),
            AFTER_BEST_BEFORE,
            Category.average_unit_milligrams,
            Lot.date_kind,
            Lot.date_on,
            made.label("made_lot"),
            *FOOD_COLUMNS,
            quantity.label("quantity"),
            func.sum(held).label("held"),
        )
        .select_from(rows)
        .join(Item, Item.id == rows.c.item_id)
        .join(Category, Category.id == Item.category_id)
        .join(Lot, Lot.id == rows.c.lot_id)
        .group_by(*key_of(Item), *key_of(Category), Lot.date_kind, Lot.date_on, made)
        .having(quantity != 0)
    )
    if search:
        statement = statement.where(rows.c.item_id.in_(named_items(depot_id, search)))
    return statement
