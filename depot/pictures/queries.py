"""What pictures are drawn from: day totals of a year, balances, and one donor's gifts.

Everything is added up by the database, in milligrams where goods of several items come together:
what comes back is a few numbers a day, however much was moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.kinds import PHYSICAL_KINDS
from depot.base.periods import day_begins
from depot.base.units import GRAM, MILLIGRAMS_PER_GRAM, PIECE
from depot.kernel.holdings import locations_within
from depot.ledger.sql import NO_CRATE
from depot.locations.queries.places import load_place_tree
from depot.models import (
    Category,
    DayTotal,
    Item,
    Location,
    Partner,
    StockBalance,
    StockEntry,
    StockMove,
)
from depot.models.item_names import ITEM_NAME
from depot.models.ledger import is_undone

#: What is past its date, goes this week, this month, later, and what bears none.
AGES: Final = ("past", "week", "month", "later", "undated")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture is of: its name and, of an item, the unit that it is counted in."""

    id: int
    name: str
    unit: str = GRAM


@dataclass(frozen=True, slots=True)
class Series:
    """What is here now, and what changed by day and flow; in base units or milligrams."""

    now: int
    flows: dict[tuple[date, str], int]


@dataclass(frozen=True, slots=True)
class PlaceFill:
    """What lies in a place and in what stands there, in grams; `path` names what it is in."""

    place_id: int
    path: tuple[str, ...]
    grams: int


def milligrams_each() -> ColumnElement[int]:
    """Return what one base unit weighs, as `ItemFacts.milligrams` says; null: nobody knows."""
    return case(
        (Item.base_unit == GRAM, MILLIGRAMS_PER_GRAM),
        (Item.unit_weight_milligrams.is_not(None), Item.unit_weight_milligrams),
        (Item.base_unit == PIECE, Category.average_unit_milligrams),
    )


def item_series(session: Session, depot_id: int, item_id: int, first: date) -> Series:
    """Return an item's series in its base unit (two statements)."""
    now = session.scalar(
        select(func.sum(StockBalance.quantity)).where(
            StockBalance.depot_id == depot_id, StockBalance.item_id == item_id
        )
    )
    rows = session.execute(
        select(DayTotal.day, DayTotal.flow, func.sum(DayTotal.quantity))
        .where(DayTotal.depot_id == depot_id, DayTotal.item_id == item_id, DayTotal.day >= first)
        .group_by(DayTotal.day, DayTotal.flow)
    )
    return Series(int(now or 0), {(day, flow): int(sum_) for day, flow, sum_ in rows})


def weight_series(
    session: Session, depot_id: int, first: date, category_id: int | None = None
) -> Series:
    """Return the series of a depot, or of one category, in milligrams (two statements)."""
    of_it = [] if category_id is None else [Item.category_id == category_id]
    now = session.scalar(
        select(func.sum(StockBalance.quantity * milligrams_each()))
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(StockBalance.depot_id == depot_id, *of_it)
    )
    rows = session.execute(
        select(DayTotal.day, DayTotal.flow, func.sum(DayTotal.quantity * milligrams_each()))
        .join(Item, Item.id == DayTotal.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(DayTotal.depot_id == depot_id, DayTotal.day >= first, *of_it)
        .group_by(DayTotal.day, DayTotal.flow)
    )
    return Series(int(now or 0), {(day, flow): int(sum_ or 0) for day, flow, sum_ in rows})


def given_by_day(
    session: Session, depot: DepotView, partner_id: int, first: date
) -> dict[tuple[date, str], int]:
    """Return what a donor gave in milligrams by day, as flows; what was undone was never given."""
    rows = session.execute(
        select(StockEntry.occurred_on, func.sum(StockMove.quantity * milligrams_each()))
        .join(StockMove, StockMove.entry_id == StockEntry.id)
        .join(Item, Item.id == StockMove.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(
            StockEntry.depot_id == depot.id,
            StockEntry.partner_id == partner_id,
            StockEntry.kind == "receipt",
            StockEntry.occurred_at >= day_begins(first, depot.time_zone),
            ~is_undone(),
        )
        .group_by(StockEntry.occurred_on)
    )
    return {(day, "sourced"): int(sum_ or 0) for day, sum_ in rows if day >= first}


def ages(
    session: Session,
    depot_id: int,
    today: date,
    *,
    item_id: int | None = None,
    category_id: int | None = None,
    place_id: int | None = None,
) -> dict[str, int]:
    """Return what is here by the date on it (`AGES`): milligrams, or base units of one item."""
    amount: ColumnElement[int] = StockBalance.quantity * milligrams_each()
    wanted = [StockBalance.depot_id == depot_id]
    if item_id is not None:
        amount = StockBalance.quantity.expression
        wanted.append(StockBalance.item_id == item_id)
    if category_id is not None:
        wanted.append(Item.category_id == category_id)
    if place_id is not None:
        inside = select(locations_within(depot_id, [place_id]).c.id)
        wanted.append(StockBalance.location_id.in_(inside))
    return _by_age(session, amount, wanted, today)


def _by_age(
    session: Session, amount: ColumnElement[int], wanted: list[Any], today: date
) -> dict[str, int]:
    on = StockBalance.date_on
    bounds = {
        "undated": on.is_(None),
        "past": on < today,
        "week": on <= today + timedelta(days=7),
        "month": on <= today + timedelta(days=31),
    }
    which = case(*((found, name) for name, found in bounds.items()), else_="later")
    rows: Any = session.execute(
        select(which.label("age"), func.sum(amount))
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(*wanted)
        .group_by("age")
    )
    return dict.fromkeys(AGES, 0) | {age: int(sum_ or 0) for age, sum_ in rows}


def fill_of_places(session: Session, depot_id: int) -> list[PlaceFill]:
    """Return what lies in each place in use, in the order of the places (three statements)."""
    tree = load_place_tree(session, depot_id)
    rows = session.execute(
        select(StockBalance.location_id, func.sum(StockBalance.quantity * milligrams_each()))
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(StockBalance.depot_id == depot_id)
        .group_by(StockBalance.location_id)
    )
    sums: dict[int, int] = {}
    for location_id, milligrams in rows:
        place = next((one for one in tree.upwards(location_id) if one.kind != "crate"), None)
        if place is not None:
            sums[place.id] = sums.get(place.id, 0) + int(milligrams or 0)
    parents = {tree.nodes[row.id].parent_id for row in tree.places() if not row.archived}
    return [
        PlaceFill(
            row.id,
            tuple(above.name for above in tree.upwards(row.id))[::-1],
            sums.get(row.id, 0) // MILLIGRAMS_PER_GRAM,
        )
        for row in tree.places()
        if (not row.archived and row.id not in parents) or sums.get(row.id)
    ]


def find_item(session: Session, depot_id: int, item_id: int) -> Subject | None:
    """Return an item of the depot; None if it has none of that number."""
    return _found(session, select(Item.id, ITEM_NAME, Item.base_unit), Item, depot_id, item_id)


def find_category(session: Session, depot_id: int, category_id: int) -> Subject | None:
    """Return a category of the depot; None if it has none of that number."""
    return _found(session, select(Category.id, Category.name), Category, depot_id, category_id)


def find_donor(session: Session, depot_id: int, partner_id: int) -> Subject | None:
    """Return a partner of the depot; None if it has none of that number."""
    return _found(session, select(Partner.id, Partner.name), Partner, depot_id, partner_id)


def _found(
    session: Session, statement: Any, model: Any, depot_id: int, number: int
) -> Subject | None:
    if not 0 < number < 2**63:
        return None
    row = session.execute(
        statement.where(model.depot_id == depot_id, model.id == number)
    ).one_or_none()
    return None if row is None else Subject(*row)


def find_place(session: Session, depot_id: int, place_id: int) -> Subject | None:
    """Return a place of the depot that is no crate; None if it has none of that number."""
    places = select(Location.id, Location.name).where(Location.kind.in_(PHYSICAL_KINDS), NO_CRATE)
    return _found(session, places, Location, depot_id, place_id)
