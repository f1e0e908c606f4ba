"""One crate: where it stands, what is in it and on it, what happened to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Select,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from depot.base.allergens import FoodFacts
from depot.base.dates import give_out_until
from depot.base.kinds import CrateState, DateKind, LocationKind, ShownState
from depot.base.names import name_key, natural_sort_key
from depot.db.few import joined_to_few
from depot.items.queries.foods import FOOD_COLUMNS, lot_foods, stated_food
from depot.kernel.weights import Total, Weight, total_weight, weigh_goods
from depot.ledger.holds import APART_KINDS, held_because
from depot.ledger.sql import AFTER_BEST_BEFORE
from depot.models import (
    Category,
    Crate,
    CrateLabel,
    Item,
    Location,
    Lot,
    StockBalance,
)
from depot.models.item_names import ITEM_NAME, item_is_called
from labels.symbols import codes

#: No pile of crates is higher; a circle, which no command makes, would end here.
DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Step:
    """A place or crate that something stands at."""

    id: int
    kind: LocationKind
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
    stored_state: CrateState
    created_at: datetime
    retired_at: datetime | None
    path: tuple[Step, ...]
    #: The code it was made with, which commands name it by: a repeat stays one after a new label.
    key: str

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
    date_kind: DateKind
    date_text: str
    date_on: date | None
    give_out_until: date | None
    quantity: int
    weight: Weight
    food: FoodFacts
    #: Why the lot is held back; None: it is not.
    held_because: str | None
    category: str


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
    def state(self) -> ShownState:
        """Blank, filled, empty or retired."""
        return crate_state(self.head.stored_state, bool(self.lots or self.crates))

    @property
    def is_held(self) -> bool:
        """Whether it holds goods that are held back, or stands where nothing is handed out from."""
        is_apart = any(step.kind in APART_KINDS for step in self.head.path)
        return bool(self.held_because) or (is_apart and bool(self.lots or self.crates))

    @property
    def held_because(self) -> tuple[str, ...]:
        """Why goods in it, or in crates on it, are held back: each reason once."""
        reasons = (lot.held_because for lot in self.all_lots)
        return tuple(dict.fromkeys(reason for reason in reasons if reason is not None))

    @property
    def all_lots(self) -> tuple[LotInCrate, ...]:
        """What is in it and in the crates on it."""
        return (*self.lots, *(lot for crate in self.crates for lot in crate.lots))


def crate_state(stored: CrateState, holds_anything: bool) -> ShownState:
    """Return what a crate is to people: blank, filled, empty or retired."""
    if stored == "retired":
        return stored
    if holds_anything:
        return "filled"
    return "blank" if stored == "blank" else "empty"


# What is joined to a recursive table is asked for nothing but what that table gives, the depot
# among it: SQLite would else read all of it first, to leave out what it need not look up.
#
# The look-up of a scan is asked all day long. To put a statement together costs several times
# what it takes to run one, so these are put together once, and run without the ORM.


@cache
def _found() -> Select[*tuple[Any, ...]]:
    """Return the statement for a crate by :code or :box_key in :depot, a row for each step up."""
    by_box = and_(
        Crate.box_number_key == bindparam("box_key"),
        # not bound: it tells SQLite that the index, which leaves out the blank ones, will do
        Crate.box_number_key != literal_column("''"),
    )
    this = Crate.location_id
    start = (
        select(
            this.label("root"),
            this.label("id"),
            Location.parent_id.label("parent_id"),
            literal(0).label("depth"),
        )
        .join(Location, Location.id == this)
        .where(Crate.depot_id == bindparam("depot"), or_(Crate.code == bindparam("code"), by_box))
        .cte("up", recursive=True)
    )
    here = Location.__table__.alias("here")
    up = start.union_all(
        select(start.c.root, here.c.id, here.c.parent_id, start.c.depth + 1)
        .join(here, here.c.id == start.c.parent_id)
        .where(start.c.depth < DEEPEST)
    )
    first = (
        select(CrateLabel.code)
        .where(CrateLabel.crate_id == Crate.location_id)
        .order_by(CrateLabel.replaced_at)
        .limit(1)
        .scalar_subquery()
    )
    key = func.coalesce(first, Crate.code).label("key")
    statement: Select[*tuple[Any, ...]] = (
        select(Crate.__table__, key, up.c.depth, Location.id, Location.kind, Location.name)
        .join(up, up.c.root == Crate.location_id)
        .join(Location, Location.id == up.c.id)
        .order_by(Crate.location_id, up.c.depth)
    )
    return statement


def find_crate(session: Session, depot_id: int, text: str) -> CrateHead | None:
    """Return the crate with that code or old box number, with its path.

    A painted number wins over a code: some of them read as codes too. One statement; two more for
    a code that no crate has now, which may be on a label since replaced.
    """
    code = codes.normalise_code(text)
    found = _find(session, depot_id, code, name_key(text))
    if found is None and code is not None:
        now = session.scalar(
            select(Crate.code)
            .join(CrateLabel, CrateLabel.crate_id == Crate.location_id)
            .where(CrateLabel.depot_id == depot_id, CrateLabel.code == code)
        )
        return _find(session, depot_id, now, "") if now else None
    return found


def _find(session: Session, depot_id: int, code: str | None, box_key: str) -> CrateHead | None:
    wanted = {"depot": depot_id, "code": code, "box_key": box_key}
    paths: defaultdict[int, list[Step]] = defaultdict(list)
    crates: dict[int, Any] = {}
    for row in session.connection().execute(_found(), wanted):
        crates[row.location_id] = row
        if row.depth:
            paths[row.location_id].append(Step(row.id, row.kind, row.name))
    by_box = [row for row in crates.values() if row.box_number_key == box_key]
    for row in [*by_box, *crates.values()]:
        return _head(row, paths[row.location_id])
    return None


def _head(crate: Any, path: Iterable[Step]) -> CrateHead:
    return CrateHead(
        crate.location_id,
        crate.code,
        crate.box_number,
        crate.box_type,
        crate.state,
        crate.created_at,
        crate.retired_at,
        tuple(path),
        crate.key,
    )


def replaced_codes(session: Session, depot_id: int, crate_id: int) -> list[str]:
    """Return the codes that a crate had before, the latest first: they all still open it."""
    statement = (
        select(CrateLabel.code)
        .where(CrateLabel.depot_id == depot_id, CrateLabel.crate_id == crate_id)
        .order_by(CrateLabel.replaced_at.desc())
    )
    return list(session.scalars(statement))


def crate_view(session: Session, depot_id: int, head: CrateHead) -> CrateView:
    """Return the crate with all that is in it and on it (two statements if some was made)."""
    wanted = {"depot": depot_id, "crate": head.id}
    lots: defaultdict[int, list[LotInCrate]] = defaultdict(list)
    found: dict[int, Any] = {}
    rows = session.connection().execute(_contents(), wanted).all()
    foods = _foods(session, depot_id, rows)
    for row in rows:
        found[row.crate_id] = row
        if row.quantity:
            lots[row.crate_id].append(_lot(row, foods))
    crates = [
        CrateOn(key, row.code, row.box_number, row.parent_id, _in_order(lots[key]))
        for key, row in found.items()
        if key != head.id
    ]
    everything = total_weight(lot.weight for held in lots.values() for lot in held)
    return CrateView(head, _in_order(lots[head.id]), tuple(crates), everything)


#: What a LotInCrate is made of.
_LOT_COLUMNS = (
    StockBalance.quantity,
    Lot.id.label("lot_id"),
    Lot.lot_code,
    Lot.date_kind,
    Lot.date_text,
    Lot.date_on,
    Item.id.label("item_id"),
    ITEM_NAME.label("item"),
    Item.base_unit,
    Item.unit_weight_milligrams,
    *FOOD_COLUMNS,
    Lot.produced_by_seq,
    AFTER_BEST_BEFORE,
    Category.average_unit_milligrams,
    Category.name.label("category"),
    held_because().label("held_because"),
)


@cache
def _contents() -> Select[*tuple[Any, ...]]:
    """Return the statement for :crate of :depot and all that stands on it, with their lots."""
    depot_id: BindParameter[int] = bindparam("depot")
    start = (
        select(
            Location.id.label("id"),
            Location.parent_id.label("parent_id"),
            Location.depot_id.label("depot_id"),
            literal(0).label("depth"),
        )
        .where(Location.depot_id == depot_id, Location.id == bindparam("crate"))
        .cte("inside", recursive=True)
    )
    below = Location.__table__.alias("below")
    inside = start.union_all(
        select(below.c.id, below.c.parent_id, start.c.depot_id, start.c.depth + 1)
        .join(start, (below.c.parent_id == start.c.id) & (below.c.depot_id == start.c.depot_id))
        .where(start.c.depth < DEEPEST)
    )
    here = and_(
        StockBalance.location_id == inside.c.id,
        StockBalance.depot_id == inside.c.depot_id,
        joined_to_few(StockBalance.location_id, inside),
    )
    crate = (inside.c.id.label("crate_id"), inside.c.parent_id, Crate.code, Crate.box_number)
    statement: Select[*tuple[Any, ...]] = (
        select(*crate, *_LOT_COLUMNS)
        .select_from(inside)
        .join(Crate, (Crate.location_id == inside.c.id) & joined_to_few(Crate.location_id, inside))
        .outerjoin(StockBalance, here)
        .outerjoin(Lot, Lot.id == StockBalance.lot_id)
        .outerjoin(Item, Item.id == Lot.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .order_by(inside.c.depth, inside.c.id)
    )
    return statement


def _foods(session: Session, depot_id: int, rows: Iterable[Any]) -> dict[int, FoodFacts]:
    lots = [(row.lot_id, row.produced_by_seq, stated_food(row)) for row in rows if row.quantity]
    return lot_foods(session, depot_id, lots)


def _lot(row: Any, foods: Mapping[int, FoodFacts]) -> LotInCrate:
    average = row.average_unit_milligrams
    return LotInCrate(
        row.lot_id,
        row.item_id,
        row.item,
        row.base_unit,
        row.lot_code,
        row.date_kind,
        row.date_text,
        row.date_on,
        give_out_until(row.date_kind, row.date_on, row.after_best_before),
        row.quantity,
        weigh_goods(row.quantity, row.base_unit, row.unit_weight_milligrams, average),
        foods[row.lot_id],
        row.held_because,
        row.category,
    )


def _in_order(lots: list[LotInCrate]) -> tuple[LotInCrate, ...]:
    """Oldest date first, as they are to be given out."""
    lots.sort(key=lambda lot: (lot.give_out_until or date.max, natural_sort_key(lot.item)))
    return tuple(lots)


def lots_at(
    session: Session, depot_id: int, location_id: int, text: str = "", limit: int = 100
) -> list[LotInCrate]:
    """Return what lies at a place or in a crate, crates on it left out, by name (one statement).

    `text` is part of an item's name; empty for all.
    """
    statement = (
        select(*_LOT_COLUMNS)
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
        statement = statement.where(item_is_called(text))
    rows = session.execute(statement).all()
    foods = _foods(session, depot_id, rows)
    return [_lot(row, foods) for row in rows]
