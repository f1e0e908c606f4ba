"""What lies where, as commands need it: one lot at one place, and whether it is safe to give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    bindparam,
    exists,
    or_,
    select,
    tuple_,
    union,
)

from depot.base.dates import give_out_until
from depot.base.kinds import DateKind
from depot.db.columns import Instant
from depot.db.few import AT_ONCE, among_few, in_portions
from depot.kernel.once import Work
from depot.kernel.sql import ReadStatement
from depot.ledger.choice.booking import Stock
from depot.ledger.choice.safety import Verdict, may_go_out
from depot.ledger.entries import Place
from depot.ledger.facts import Order, Spot
from depot.ledger.holds import held_because
from depot.ledger.late import stock_then
from depot.ledger.past.houses import Houses
from depot.ledger.reading import is_any_crate_moved, later_items
from depot.ledger.sql import AFTER_BEST_BEFORE, NO_CRATE
from depot.models import Category, CountedStock, Item, Location, Lot, StockBalance, StockMove


@dataclass(frozen=True, slots=True)
class Holding:
    """One lot at one place, with what food safety needs to know of it."""

    stock: Stock
    item_name: str
    base_unit: str
    date_kind: DateKind
    date_on: date | None
    after_best_before: str
    #: Whether it lies where nothing is handed out from.
    is_apart: bool
    #: Why its lot is held back; None: it is not.
    held_because: str | None = None

    def may_go_out(self, day: date) -> Verdict:
        """Say whether it may be handed out on that day."""
        is_held = self.is_apart or self.held_because is not None
        return may_go_out(
            self.date_kind, self.date_on, day, self.after_best_before, is_held=is_held
        )


def load_holdings(
    work: Work,
    *,
    at: Collection[int] | None = None,
    inside: Collection[int] | None = None,
    items: Collection[int] | None = None,
    exactly: bool = False,
) -> list[Holding]:
    """Return what lies at the locations given, or anywhere inside them, of the items given.

    Without locations, anywhere; without items, of all (one statement). Of what happened earlier it
    is what lay there then, as far as it did not leave the depot since; with `exactly`, all of it.
    Crates stand where they stood then.
    """
    houses = _houses_then(work)
    if inside is not None and houses is not None:
        at, inside = set().union(*houses.within(inside, then_of(work)).values()), None
    named = {"at": at, "inside": inside, "items": items}
    held = _held_now(work, {name: list(ids) for name, ids in named.items() if ids is not None})
    if not work.is_late:
        return held
    later = later_items(work.session, work.depot_id, work.occurred_at)
    later &= later if items is None else set(items)
    if later:
        held = _held_then(work, held, later, at, inside, exactly)
    return held if houses is None else _set_apart_then(work, held, houses)


def _held_now(work: Work, given: dict[str, list[int]]) -> list[Holding]:
    """Return what lies there in its order, which a database might take for the way to find it.

    Some thousand places are asked for at once: no database takes any number of values.
    """
    statement, places = _statement(frozenset(given)), sorted(given.get("at", ()))
    parts = [given]
    if len(places) > AT_ONCE:
        parts = [given | {"at": some} for some in in_portions(places)]
    moment = _moment_of_holds(work)
    held = [_holding(row) for part in parts for row in work.ask(statement, moment=moment, **part)]
    return sorted(held, key=_spot_of)


def _moment_of_holds(work: Work) -> datetime:
    """Return the moment at which lots are held or not: what is still being done can be stopped."""
    return work.occurred_at if work.is_fact else work.recorded_at


def _houses_then(work: Work) -> Houses | None:
    """Return what stood in what then; None if no crate was moved since."""
    if work.is_late and is_any_crate_moved(work.session, work.depot_id, work.occurred_at):
        return Houses(work.session, work.depot_id)
    return None


def then_of(work: Work) -> Order:
    """Return the moment of the work, as the book is before its entry is written."""
    return Order(work.occurred_at, work.head.seq + 1)


def _set_apart_then(work: Work, held: Sequence[Holding], houses: Houses) -> list[Holding]:
    """Say of each holding whether it stood in a quarantine then."""
    quarantines = select(Location.id).where(
        Location.depot_id == work.depot_id, NO_CRATE, Location.kind == "quarantine"
    )
    inside = houses.within(work.session.scalars(quarantines).all(), then_of(work))
    apart = set().union(*inside.values())
    return [replace(one, is_apart=one.stock.place.id in apart) for one in held]


def _held_then(
    work: Work,
    held: Sequence[Holding],
    later: set[int],
    at: Collection[int] | None,
    inside: Collection[int] | None,
    exactly: bool,
) -> list[Holding]:
    """Put what lay there then in place of what lies there now, of the items that went on since."""
    here = None if at is None else set(at)
    if inside is not None:
        found = locations_within(work.depot_id, inside)
        here = set(work.session.scalars(select(found.c.id)))
    if here is not None:
        later &= _items_at(work, here)
    then = stock_then(work.session, work.depot_id, then_of(work), later, exactly=exactly)
    wanted = {
        spot: quantity
        for spots in then.values()
        for spot, quantity in spots.items()
        if here is None or spot.location_id in here
    }
    known = [one for one in held if one.stock.item_id not in later]
    return sorted([*known, *_described(work, wanted)], key=_spot_of)


def _spot_of(holding: Holding) -> Spot:
    return Spot(holding.stock.place.id, holding.stock.lot_id)


def _items_at(work: Work, here: set[int]) -> set[int]:
    """Return the items that ever touched these locations."""
    touched = union(
        select(StockMove.item_id).where(
            StockMove.depot_id == work.depot_id,
            or_(StockMove.source_id.in_(here), StockMove.target_id.in_(here)),
        ),
        select(CountedStock.item_id).where(CountedStock.location_id.in_(here)),
    )
    return set(work.session.scalars(touched))


def _described(work: Work, quantities: Mapping[Spot, int]) -> list[Holding]:
    """Return holdings of these quantities, whether or not anything lies there now."""
    if not quantities:
        return []
    apart = _apart(work, {spot.location_id for spot in quantities})
    rows = work.session.execute(
        select(
            Location.id.label("location_id"),
            Location.kind,
            Lot.id.label("lot_id"),
            Lot.item_id,
            Lot.date_kind,
            Lot.date_on,
            Lot.first_received_on,
            Item.name,
            Item.base_unit,
            AFTER_BEST_BEFORE,
            held_because(_moment_of_holds(work)).label("held_because"),
        )
        .join(Lot, Lot.depot_id == Location.depot_id)
        .join(Item, Item.id == Lot.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(Location.depot_id == work.depot_id, tuple_(Location.id, Lot.id).in_(quantities))
    )
    return [
        _holding_of(row, quantities[Spot(row.location_id, row.lot_id)], row.location_id in apart)
        for row in rows
    ]


def _apart(work: Work, locations: Collection[int]) -> set[int]:
    """Return those of the locations that are a quarantine or stand in one."""
    above = (
        select(Location.id.label("start"), Location.parent_id, Location.kind)
        .where(Location.id.in_(locations), Location.depot_id == work.depot_id)
        .cte("above", recursive=True)
    )
    above = above.union(
        select(above.c.start, Location.parent_id, Location.kind).join(
            above, Location.id == above.c.parent_id
        )
    )
    return set(work.session.scalars(select(above.c.start).where(above.c.kind == "quarantine")))


def _holding(row: Any) -> Holding:
    return _holding_of(row, row.quantity, bool(row.is_apart))


def _holding_of(row: Any, quantity: int, is_apart: bool) -> Holding:
    return Holding(
        Stock(
            Place(row.location_id, row.kind),
            row.lot_id,
            row.item_id,
            quantity,
            give_out_until(row.date_kind, row.date_on, row.after_best_before),
            row.first_received_on,
        ),
        row.name,
        row.base_unit,
        row.date_kind,
        row.date_on,
        row.after_best_before,
        is_apart,
        row.held_because,
    )


def locations_within(
    depot_id: int | BindParameter[int], roots: Collection[int] | BindParameter[Any]
) -> CTE:
    """Return, as rows (root, id), the locations given and all that stands in them, however deep.

    A crate's contents are those of the crates on it too; a shelf's are those of its crates. The
    depot is taken along: asked for by itself, it would make SQLite read all locations first.
    """
    inside = (
        select(
            Location.id.label("root"),
            Location.id.label("id"),
            Location.depot_id.label("depot_id"),
        )
        .where(Location.depot_id == depot_id, Location.id.in_(roots))
        .cte("within", recursive=True)
    )
    return inside.union(
        select(inside.c.root, Location.id, inside.c.depot_id).join(
            inside, (Location.parent_id == inside.c.id) & (Location.depot_id == inside.c.depot_id)
        )
    )


@cache
def _statement(given: frozenset[str]) -> ReadStatement:
    """Return the statement for :depot and those of :at, :inside and :items that are given."""
    depot_id: BindParameter[int] = bindparam("depot")
    wanted: list[ColumnElement[Any]] = [
        StockBalance.depot_id == depot_id,
        StockBalance.quantity > 0,
    ]
    if "at" in given:
        wanted.append(StockBalance.location_id.in_(bindparam("at", expanding=True)))
    if "inside" in given:
        roots: BindParameter[Any] = bindparam("inside", expanding=True)
        wanted.append(among_few(StockBalance.location_id, locations_within(depot_id, roots)))
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
            AFTER_BEST_BEFORE,
            _in_quarantine(wanted).label("is_apart"),
            held_because(bindparam("moment", type_=Instant())).label("held_because"),
        )
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Location, Location.id == StockBalance.location_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(*wanted)
    )
    return found


def _in_quarantine(wanted: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
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
    """Return the ids of all that stood in each of the places then, itself among them."""
    roots = {place.id for place in places}
    houses = _houses_then(work) if roots else None
    if houses is not None:
        return houses.within(roots, then_of(work))
    inside: dict[int, set[int]] = {root: set() for root in roots}
    if roots:
        found = locations_within(work.depot_id, roots)
        for root, location_id in work.session.execute(select(found.c.root, found.c.id)):
            inside[root].add(location_id)
    return inside
