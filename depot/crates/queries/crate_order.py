"""In which order crates are listed, and what comes after one of them in that order."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, case, func, literal, select, tuple_
from sqlalchemy.orm import Session

from depot.db.columns import Day
from depot.models import Crate, Item, Location, Lot, StockBalance

#: The newest labels first; by what is in it; by where it stands; the earliest date on it first.
CrateOrder: TypeAlias = Literal["newest", "contents", "place", "date"]
CRATE_ORDERS: Final[tuple[CrateOrder, ...]] = get_args(CrateOrder)


def crates_in_order(order: CrateOrder, parent: Any) -> list[Any]:
    """Return what crates are sorted by; `parent` is where each stands.

    What has no such thing comes last. The last key is the crate's own, so that no two are alike.
    """
    if order == "newest":
        return [Crate.location_id.desc()]
    return [*_keys(order, parent), Crate.location_id]


def crates_after(
    session: Session, depot_id: int, order: CrateOrder, after: int, parent: Any
) -> ColumnElement[bool]:
    """Return that a crate comes after that one (a statement more, but for the newest first)."""
    if order == "newest":
        return Crate.location_id < after
    keys = crates_in_order(order, Location)
    own = Location.__table__.alias("own")
    found = session.execute(
        select(*keys)
        .select_from(Crate)
        .join(own, own.c.id == Crate.location_id)
        .outerjoin(Location, Location.id == own.c.parent_id)
        .where(Crate.depot_id == depot_id, Crate.location_id == after)
    ).one_or_none()
    if found is None:  # it was put away meanwhile: the list begins anew
        return literal(True)  # a column of SQL
    columns = crates_in_order(order, parent)
    values = [literal(value, key.type) for value, key in zip(found, columns, strict=True)]
    return tuple_(*columns) > tuple_(*values)


def _keys(order: CrateOrder, parent: Any) -> list[ColumnElement[Any]]:
    if order == "place":
        return _named(parent.name_key)
    inside = (StockBalance.location_id == Crate.location_id, StockBalance.quantity > 0)
    if order == "contents":
        first = select(func.min(Item.name_key)).join(StockBalance, StockBalance.item_id == Item.id)
        return _named(first.where(*inside).correlate(Crate).scalar_subquery())
    earliest = select(func.min(Lot.date_on)).join(StockBalance, StockBalance.lot_id == Lot.id)
    found = earliest.where(*inside).correlate(Crate).scalar_subquery()
    return [func.coalesce(found, literal(date.max, Day()), type_=Day())]


def _named(name: Any) -> list[ColumnElement[Any]]:
    return [case((name.is_(None), 1), else_=0), func.coalesce(name, "")]
