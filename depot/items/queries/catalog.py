"""Short lists of what the depot knows by name, for choosing from: one statement each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, nulls_last, select
from sqlalchemy.orm import Session

from depot.base.kinds import LocationKind, SourceKind
from depot.base.names import natural_sort_key
from depot.ledger.sql import NO_CRATE
from depot.models import Category, Item, Location, Partner, StockEntry
from depot.models.item_names import ITEM_NAME, items_named

#: So many of the latest entries are looked through for who came lately, whatever the history.
RECENT_ENTRIES: Final = 2000
#: Where goods can be put, apart from crates.
STANDING_KINDS: Final = ("storage", "quarantine")


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item to choose."""

    id: int
    name: str
    unit: str
    category_id: int
    category: str
    is_loose: bool


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """A category to choose, with the item its loose goods are booked on."""

    id: int
    name: str
    loose_item_id: int


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place to choose; `kind` is storage or quarantine, `is_default` is where goods arrive."""

    id: int
    name: str
    kind: LocationKind
    parent_id: int | None
    is_default: bool


@dataclass(frozen=True, slots=True)
class PlaceInTree:
    """A place to choose, under what it is in: `path` are the names of that, the room first."""

    id: int
    name: str
    note: str
    path: tuple[str, ...]
    #: Where goods arrive unless somebody says otherwise.
    is_default: bool


@dataclass(frozen=True, slots=True)
class PartnerChoice:
    """A partner to choose; `last_at` is when they last gave something, if it was lately."""

    id: int
    name: str
    source_kind: SourceKind
    last_at: datetime | None


def item_names(session: Session, depot_id: int, with_loose: bool = False) -> list[ItemChoice]:
    """Return the items in use by name; those of loose, weighed goods only if asked for."""
    statement = (
        select(Item.id, ITEM_NAME, Item.base_unit, Item.category_id, Category.name, Item.is_loose)
        .join(Category, Category.id == Item.category_id)
        .where(Item.depot_id == depot_id, ~Item.archived)
    )
    if not with_loose:
        statement = statement.where(~Item.is_loose)
    rows = [ItemChoice(*row) for row in session.execute(statement)]
    return sorted(rows, key=lambda row: natural_sort_key(row.name))


def unit_of_item(session: Session, depot_id: int, name: str) -> str | None:
    """Return the base unit of the item of that name, None where there is none."""
    this = Item.id.in_(items_named(depot_id, name))
    return session.scalar(select(Item.base_unit).where(Item.depot_id == depot_id, this).limit(1))


def categories(session: Session, depot_id: int) -> list[CategoryChoice]:
    """Return the categories in use, in the depot's own order."""
    rows = session.execute(
        select(Category.id, Category.name, Item.id)
        .join(Item, (Item.category_id == Category.id) & Item.is_loose)
        .where(Category.depot_id == depot_id, ~Category.archived)
        .order_by(Category.position, Category.id)
    )
    return [CategoryChoice(*row) for row in rows]


def places(session: Session, depot_id: int) -> list[PlaceChoice]:
    """Return the places in use (no crates): where goods arrive first, then by name."""
    rows = session.execute(
        select(
            Location.id, Location.name, Location.kind, Location.parent_id, Location.is_default
        ).where(
            Location.depot_id == depot_id,
            NO_CRATE,
            Location.kind.in_(STANDING_KINDS),
            ~Location.archived,
        )
    )
    found = [PlaceChoice(*row) for row in rows]
    return sorted(found, key=lambda row: (not row.is_default, natural_sort_key(row.name)))


def place_tree(session: Session, depot_id: int) -> list[PlaceInTree]:
    """Return the places in use as a tree (one statement), what is in a place right after it.

    Beside each other they stand in walking order; one in a place that is put away stands as a room.
    """
    rows = session.execute(
        select(
            Location.id,
            Location.name,
            Location.note,
            Location.parent_id,
            Location.walk_position,
            Location.is_default,
        ).where(
            Location.depot_id == depot_id,
            NO_CRATE,
            Location.kind.in_(STANDING_KINDS),
            ~Location.archived,
        )
    ).all()
    known = {row.id for row in rows}
    below: defaultdict[int | None, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=_walk):
        below[row.parent_id if row.parent_id in known else None].append(row)
    return list(_in_tree(below, None, ()))


def _walk(row: Any) -> tuple[Any, ...]:
    is_last = row.walk_position is None
    return is_last, row.walk_position or 0, not row.is_default, natural_sort_key(row.name)


def _in_tree(
    below: Mapping[int | None, list[Any]], parent: int | None, path: tuple[str, ...]
) -> Iterator[PlaceInTree]:
    for row in below.get(parent, ()):
        yield PlaceInTree(row.id, row.name, row.note, path, bool(row.is_default))
        yield from _in_tree(below, row.id, (*path, row.name))


def partners_recent(
    session: Session, depot_id: int, limit: int = 8, before: datetime | None = None
) -> list[PartnerChoice]:
    """Return at most `limit` partners in use: who gave last first, then the others by name.

    With `before`, what was given since then changes nothing: buttons stay where they are.
    """
    happened = [StockEntry.depot_id == depot_id]
    if before is not None:
        happened.append(StockEntry.occurred_at < before)
    lately = (
        select(StockEntry.partner_id, StockEntry.kind, StockEntry.occurred_at)
        .where(*happened)
        .order_by(StockEntry.occurred_at.desc())
        .limit(RECENT_ENTRIES)
        .subquery()
    )
    gave = (
        select(lately.c.partner_id, func.max(lately.c.occurred_at).label("last_at"))
        .where(lately.c.kind == "receipt", lately.c.partner_id.is_not(None))
        .group_by(lately.c.partner_id)
        .subquery()
    )
    rows = session.execute(
        select(Partner.id, Partner.name, Partner.source_kind, gave.c.last_at)
        .outerjoin(gave, gave.c.partner_id == Partner.id)
        .where(Partner.depot_id == depot_id, ~Partner.archived)
        .order_by(nulls_last(gave.c.last_at.desc()), Partner.name_key)
        .limit(limit)
    )
    return [PartnerChoice(*row) for row in rows]
