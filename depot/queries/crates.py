"""One crate: where it stands, what is in it and on it, what happened to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CTE, CompoundSelect, Select, literal, or_, select, union
from sqlalchemy.orm import Session

from depot.actors import Actor
from depot.clock import Clock, utc_now
from depot.dates import give_out_until
from depot.ledger.entries import PHYSICAL_KINDS
from depot.models import (
    Category,
    Crate,
    CratePlacement,
    Item,
    Location,
    Lot,
    StockBalance,
    StockEntry,
    StockMove,
)
from depot.names import name_key, order_key
from depot.queries.holdings import Total, Weight, total, weigh
from depot.queries.ledger import EntryPage, entry_rows, headers
from labels import codes

#: No pile of crates is higher; a circle, which no command makes, would end here.
DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Step:
    """A place or crate that something stands at."""

    id: int
    kind: str
    name: str

    @property
    def is_crate(self) -> bool:
        return self.kind == "crate"


@dataclass(frozen=True, slots=True)
class CrateHead:
    """A crate by itself. `path` is what it stands at, the nearest first; empty: nobody knows."""

    id: int
    code: str
    box_number: str
    box_type: str
    #: As stored: blank, in_use or retired.
    stored_state: str
    created_at: datetime
    retired_at: datetime | None
    path: tuple[Step, ...]

    @property
    def location(self) -> Step | None:
        return self.path[0] if self.path else None


@dataclass(frozen=True, slots=True)
class LotInCrate:
    """So much of one lot in a crate."""

    lot_id: int
    item_id: int
    item: str
    unit: str
    lot_code: str
    date_kind: str
    date_text: str
    date_on: date | None
    give_out_until: date | None
    quantity: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class CrateOn:
    """A crate that stands on another one, with what is in it."""

    id: int
    code: str
    box_number: str
    parent_id: int
    lots: tuple[LotInCrate, ...]


@dataclass(frozen=True, slots=True)
class CrateView:
    """A crate with what is in it; `total` is what it holds with the crates on it."""

    head: CrateHead
    lots: tuple[LotInCrate, ...]
    crates: tuple[CrateOn, ...]
    total: Total

    @property
    def state(self) -> str:
        """Blank, filled, empty or retired."""
        return shown_state(self.head.stored_state, bool(self.lots or self.crates))


def shown_state(stored: str, holds_anything: bool) -> str:
    """Return what a crate is to people: blank, filled, empty or retired."""
    if stored == "retired":
        return stored
    if holds_anything:
        return "filled"
    return "blank" if stored == "blank" else "empty"


def find_crate(session: Session, depot_id: int, text: str) -> CrateHead | None:
    """Return the crate with that code or old box number, with its path (one statement).

    A painted number wins over a code: some of them read as codes too.
    """
    box_key, code = name_key(text), codes.normalise(text) or ""
    up = _upwards(depot_id, box_key, code)
    rows = session.execute(
        select(Crate, up.c.depth, Location.id, Location.kind, Location.name)
        .join(up, up.c.root == Crate.location_id)
        .join(Location, Location.id == up.c.id)
        .order_by(Crate.location_id, up.c.depth)
    ).all()
    paths: defaultdict[int, list[Step]] = defaultdict(list)
    crates: dict[int, Crate] = {}
    for crate, depth, *step in rows:
        crates[crate.location_id] = crate
        if depth:
            paths[crate.location_id].append(Step(*step))
    by_box = [crate for crate in crates.values() if crate.box_number_key == box_key]
    for crate in [*by_box, *crates.values()]:
        return _head(crate, paths[crate.location_id])
    return None


def _upwards(depot_id: int, box_key: str, code: str) -> CTE:
    named = [Crate.code == code]
    if box_key:
        named.append(Crate.box_number_key == box_key)
    start = (
        select(Location.id.label("root"), Location.id.label("id"), literal(0).label("depth"))
        .join(Crate, Crate.location_id == Location.id)
        .where(Crate.depot_id == depot_id, or_(*named))
        .cte("up", recursive=True)
    )
    here = Location.__table__.alias("here")
    return start.union_all(
        select(start.c.root, here.c.parent_id, start.c.depth + 1)
        .join(here, here.c.id == start.c.id)
        .where(here.c.parent_id.is_not(None), start.c.depth < DEEPEST)
    )


def _head(crate: Crate, path: Iterable[Step]) -> CrateHead:
    return CrateHead(
        crate.location_id,
        crate.code,
        crate.box_number,
        crate.box_type,
        crate.state,
        crate.created_at,
        crate.retired_at,
        tuple(path),
    )


def crate_view(session: Session, depot_id: int, head: CrateHead) -> CrateView:
    """Return the crate with its contents and the crates on it, however deep (one statement)."""
    inside = _inside(depot_id, head.id)
    rows = session.execute(
        select(
            inside.c.id,
            inside.c.parent_id,
            Crate.code,
            Crate.box_number,
            StockBalance.quantity,
            Lot,
            Item,
            Category.best_before_extension_days,
            Category.average_unit_milligrams,
        )
        .select_from(inside)
        .join(Crate, Crate.location_id == inside.c.id)
        .outerjoin(
            StockBalance,
            (StockBalance.location_id == inside.c.id) & (StockBalance.depot_id == depot_id),
        )
        .outerjoin(Lot, Lot.id == StockBalance.lot_id)
        .outerjoin(Item, Item.id == Lot.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .order_by(inside.c.depth, inside.c.id)
    ).all()
    lots: defaultdict[int, list[LotInCrate]] = defaultdict(list)
    found: dict[int, Any] = {}
    for row in rows:
        found[row.id] = row
        if row.quantity:
            lots[row.id].append(_lot(row))
    crates = [
        CrateOn(row.id, row.code, row.box_number, row.parent_id, _in_order(lots[row.id]))
        for row in found.values()
        if row.id != head.id
    ]
    everything = total(lot.weight for held in lots.values() for lot in held)
    return CrateView(head, _in_order(lots[head.id]), tuple(crates), everything)


def _inside(depot_id: int, crate_id: int) -> CTE:
    start = (
        select(
            Location.id.label("id"),
            Location.parent_id.label("parent_id"),
            literal(0).label("depth"),
        )
        .where(Location.depot_id == depot_id, Location.id == crate_id)
        .cte("inside", recursive=True)
    )
    below = Location.__table__.alias("below")
    return start.union_all(
        select(below.c.id, below.c.parent_id, start.c.depth + 1)
        .join(start, (below.c.parent_id == start.c.id) & (below.c.depot_id == depot_id))
        .where(start.c.depth < DEEPEST)
    )


def _lot(row: Any) -> LotInCrate:
    lot: Lot = row.Lot
    item: Item = row.Item
    average = row.average_unit_milligrams
    return LotInCrate(
        lot.id,
        item.id,
        item.name,
        item.base_unit,
        lot.lot_code,
        lot.date_kind,
        lot.date_text,
        lot.date_on,
        give_out_until(lot.date_kind, lot.date_on, row.best_before_extension_days),
        row.quantity,
        weigh(row.quantity, item.base_unit, item.unit_weight_milligrams, average),
    )


def _in_order(lots: list[LotInCrate]) -> tuple[LotInCrate, ...]:
    """Oldest date first, as they are to be given out."""
    return tuple(
        sorted(lots, key=lambda lot: (lot.give_out_until or date.max, order_key(lot.item)))
    )


def lots_at(
    session: Session, depot_id: int, location_id: int, text: str = "", limit: int = 100
) -> list[LotInCrate]:
    """Return what lies at a place or in a crate, crates on it left out, by name (one statement).

    `text` is part of an item's name; empty for all.
    """
    statement = (
        select(
            StockBalance.quantity,
            Lot,
            Item,
            Category.best_before_extension_days,
            Category.average_unit_milligrams,
        )
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(
            StockBalance.depot_id == depot_id,
            StockBalance.location_id == location_id,
            StockBalance.quantity > 0,
        )
        .order_by(Item.name_key, Lot.date_on, Lot.id)
        .limit(limit)
    )
    if text:
        statement = statement.where(Item.name_key.contains(name_key(text), autoescape=True))
    return [_lot(row) for row in session.execute(statement)]


def find_place(session: Session, depot_id: int, name: str) -> Step | None:
    """Return the place of that name, no crate (one statement)."""
    row = session.execute(
        select(Location.id, Location.kind, Location.name).where(
            Location.depot_id == depot_id,
            Location.name_key == name_key(name),
            Location.kind.in_(PHYSICAL_KINDS - {"crate"}),
        )
    ).one_or_none()
    return Step(*row) if row else None


def crate_history(
    session: Session,
    actor: Actor,
    crate_id: int,
    after: int | None = None,
    limit: int = 20,
    clock: Clock = utc_now,
) -> EntryPage:
    """Return the entries that moved the crate or goods in or out of it, newest first.

    `after` is a page's cursor. However long the history, a few rows of it are read.
    """
    ids = _touching(actor.depot_id, crate_id, after, limit + 1)
    statement = headers(actor).where(StockEntry.id.in_(ids)).limit(limit + 1)
    rows = entry_rows(session, actor, statement, clock)
    more = len(rows) > limit
    return EntryPage(tuple(rows[:limit]), rows[limit - 1].entry_id if more else None)


def _touching(depot_id: int, crate_id: int, after: int | None, limit: int) -> CompoundSelect[int]:
    """Ids grow with the book's numbers, so the newest of each sort hold the newest of all."""
    sorts: list[Select[int]] = []
    for column, entry_id in (
        (StockMove.source_id, StockMove.entry_id),
        (StockMove.target_id, StockMove.entry_id),
        (CratePlacement.crate_id, CratePlacement.entry_id),
    ):
        owner = column.class_.depot_id
        newest = (
            select(entry_id.label("id")).distinct().where(column == crate_id, owner == depot_id)
        )
        if after is not None:
            newest = newest.where(entry_id < after)
        limited = newest.order_by(entry_id.desc()).limit(limit).subquery()
        sorts.append(select(limited.c.id))
    return union(*sorts)
