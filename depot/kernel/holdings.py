"""What lies where, as commands need it: one lot at one place, and whether it is safe to give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CTE, BindParameter, ColumnElement, bindparam, exists, select

from depot.base.dates import give_out_until
from depot.kernel.once import Work
from depot.kernel.sql import ReadStatement
from depot.ledger.booking import Stock
from depot.ledger.entries import Place
from depot.models import Category, Item, Location, Lot, StockBalance


@dataclass(frozen=True, slots=True)
class Holding:
    """One lot at one place, with what food safety needs to know of it."""

    stock: Stock
    item_name: str
    base_unit: str
    use_by: date | None
    on_hold: bool


def load_holdings(
    work: Work,
    *,
    at: Collection[int] | None = None,
    inside: Collection[int] | None = None,
    items: Collection[int] | None = None,
) -> list[Holding]:
    """Return what lies at the locations given, or anywhere inside them, of the items given.

    Without locations, anywhere; without items, of all (one statement).
    """
    named = {"at": at, "inside": inside, "items": items}
    given = {name: list(ids) for name, ids in named.items() if ids is not None}
    return [_holding(row) for row in work.ask(_statement(frozenset(given)), **given)]


def _holding(row: Any) -> Holding:
    return Holding(
        Stock(
            Place(row.location_id, row.kind),
            row.lot_id,
            row.item_id,
            row.quantity,
            give_out_until(row.date_kind, row.date_on, row.best_before_extension_days),
            row.first_received_on,
        ),
        row.name,
        row.base_unit,
        row.date_on if row.date_kind == "use_by" else None,
        bool(row.on_hold),
    )


def locations_within(
    depot_id: int | BindParameter[int], roots: Collection[int] | BindParameter[Any]
) -> CTE:
    """Return, as rows (root, id), the locations given and all that stands in them, however deep.

    A crate's contents are those of the crates on it too; a shelf's are those of its crates.
    """
    inside = (
        select(Location.id.label("root"), Location.id.label("id"))
        .where(Location.depot_id == depot_id, Location.id.in_(roots))
        .cte("within", recursive=True)
    )
    return inside.union(
        select(inside.c.root, Location.id).join(
            inside, (Location.parent_id == inside.c.id) & (Location.depot_id == depot_id)
        )
    )


@cache
def _statement(given: frozenset[str]) -> ReadStatement:
    """Return the statement for :depot and those of :at, :inside and :items that are given."""
    depot_id: BindParameter[int] = bindparam("depot")
    wanted = [StockBalance.depot_id == depot_id, StockBalance.quantity > 0]
    if "at" in given:
        wanted.append(StockBalance.location_id.in_(bindparam("at", expanding=True)))
    if "inside" in given:
        roots: BindParameter[Any] = bindparam("inside", expanding=True)
        wanted.append(StockBalance.location_id.in_(select(locations_within(depot_id, roots).c.id)))
    if "items" in given:
        wanted.append(StockBalance.item_id.in_(bindparam("items", expanding=True)))
    found: ReadStatement = (
        select(
            StockBalance.location_id,
            StockBalance.lot_id,
            StockBalance.item_id,
            StockBalance.quantity,
            Lot.date_kind,
            Lot.date_on,
            Lot.first_received_on,
            Location.kind,
            Item.name,
            Item.base_unit,
            Category.best_before_extension_days,
            _in_quarantine(wanted).label("on_hold"),
        )
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Location, Location.id == StockBalance.location_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(*wanted)
        .order_by(StockBalance.location_id, StockBalance.lot_id)
    )
    return found


def _in_quarantine(wanted: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Say whether a balance lies in quarantine: at such a place or in a crate that stands there."""
    above = (
        select(Location.id.label("start"), Location.parent_id, Location.kind)
        .where(Location.id.in_(select(StockBalance.location_id).where(*wanted)))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(above.c.start, Location.parent_id, Location.kind).join(
            above, Location.id == above.c.parent_id
        )
    )
    return exists(
        select(above.c.start)
        .where(above.c.start == StockBalance.location_id, above.c.kind == "quarantine")
        .correlate(StockBalance)
    )


def places_within(work: Work, places: Iterable[Place]) -> dict[int, set[int]]:
    """Return the ids of all that stands in each of the places, itself among them."""
    roots = {place.id for place in places}
    inside: dict[int, set[int]] = {root: set() for root in roots}
    if roots:
        found = locations_within(work.depot_id, roots)
        for root, location_id in work.session.execute(select(found.c.root, found.c.id)):
            inside[root].add(location_id)
    return inside
