"""Holds: their list, one of them, and where what it holds lies now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from depot.base.kinds import DateKind
from depot.base.names import natural_sort_key
from depot.db.columns import key_of
from depot.kernel.weights import Total, Weight, total_weight, weigh_goods
from depot.locations.queries.places import load_place_tree
from depot.locations.tree import PlaceTree
from depot.models import (
    ApiToken,
    Category,
    HeldLot,
    Hold,
    Item,
    Location,
    Lot,
    Partner,
    Person,
    Recall,
    StockBalance,
    StockEntry,
)
from depot.models.item_names import ITEM_NAME

#: So many holds that were lifted stand on the page; the file has all.
LIFTED_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold: what was named, by whom and why, and how much of it is here now.

    What is empty or None was not named; `receipt_seq` is the number of the entry with which it
    came, `crate` the code of the crate in which it lay.
    """

    id: int
    item_id: int | None
    item: str | None
    lot_code: str
    date_from: date | None
    date_to: date | None
    gtin: str
    partner_id: int | None
    partner: str | None
    entry_id: int | None
    receipt_seq: int | None
    crate: str | None
    #: The same of a place.
    place: str | None
    reason: str
    until_on: date | None
    made_at: datetime
    made_by: str | None
    released_at: datetime | None
    released_by: str | None
    release_reason: str
    lots: int
    here: Total

    @property
    def is_open(self) -> bool:
        return self.released_at is None


@dataclass(frozen=True, slots=True)
class HeldGoods:
    """So much of a held lot in one crate or loose at one place.

    `crates` are the codes of the crates it is in, the innermost first; `place` is empty where
    nobody knows.
    """

    location_id: int
    crates: tuple[str, ...]
    place_id: int
    place: str
    lot_id: int
    item_id: int
    item: str
    unit: str
    lot_code: str
    date_kind: DateKind
    date_text: str
    quantity: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class HoldOfLots:
    """An open hold that some goods are of."""

    id: int
    reason: str


@dataclass(frozen=True, slots=True)
class OverdueHold:
    """An open hold on which somebody was to decide by a day that is over."""

    id: int
    reason: str
    until_on: date


def listed_holds(session: Session, depot_id: int, lifted: int | None = None) -> list[HoldRow]:
    """Return the holds, open ones first, the newest first; `lifted` is how many of the others.

    Three statements.
    """
    newest = (Hold.made_at.desc(), Hold.id.desc())
    is_open = Hold.released_at.is_(None)
    rows = session.execute(_holds(depot_id).where(is_open).order_by(*newest)).all()
    others = _holds(depot_id).where(~is_open).order_by(*newest).limit(lifted)
    return _rows(session, depot_id, [*rows, *session.execute(others)])


def overdue_holds(session: Session, depot_id: int, today: date) -> list[OverdueHold]:
    """Return the open holds whose day is over, on which somebody was to decide (one statement)."""
    rows = session.execute(
        select(Hold.id, Hold.reason, Hold.until_on)
        .where(Hold.depot_id == depot_id, Hold.released_at.is_(None), Hold.until_on < today)
        .order_by(Hold.until_on, Hold.id)
    )
    return [OverdueHold(row.id, row.reason, row.until_on) for row in rows if row.until_on]


def hold_row(session: Session, depot_id: int, hold_id: int) -> HoldRow | None:
    """Return one hold of the depot, or None if it has none with that id (two statements)."""
    rows = session.execute(_holds(depot_id).where(Hold.id == hold_id)).all()
    return next(iter(_rows(session, depot_id, rows)), None)


def hold_rows(session: Session, depot_id: int, hold_ids: Collection[int]) -> dict[int, HoldRow]:
    """Return holds of the depot by their ids (two statements)."""
    rows = session.execute(_holds(depot_id).where(Hold.id.in_(hold_ids))).all()
    return {row.id: row for row in _rows(session, depot_id, rows)}


def _holds(depot_id: int) -> Select[*tuple[Any, ...]]:
    made, lifted = aliased(Person), aliased(Person)
    token, program, crate = aliased(ApiToken), aliased(ApiToken), aliased(Location)
    lots = select(func.count()).where(HeldLot.hold_id == Hold.id).scalar_subquery()
    statement: Select[*tuple[Any, ...]] = (
        select(
            Hold,
            ITEM_NAME.label("item"),
            Partner.name.label("partner"),
            StockEntry.seq.label("receipt_seq"),
            crate.name.label("crate"),
            crate.kind.label("crate_kind"),
            func.coalesce(made.name, token.name).label("made_by"),
            func.coalesce(lifted.name, program.name).label("released_by"),
            lots.label("lots"),
        )
        .outerjoin(Item, Item.id == Hold.item_id)
        .outerjoin(Partner, Partner.id == Hold.partner_id)
        .outerjoin(StockEntry, StockEntry.id == Hold.entry_id)
        .outerjoin(crate, crate.id == Hold.crate_id)
        .outerjoin(made, made.id == Hold.person_id)
        .outerjoin(token, token.id == Hold.token_id)
        .outerjoin(lifted, lifted.id == Hold.released_by_id)
        .outerjoin(program, program.id == Hold.released_program_id)
        .where(Hold.depot_id == depot_id)
    )
    return statement


def _rows(session: Session, depot_id: int, rows: Iterable[Any]) -> list[HoldRow]:
    found = list(rows)
    here = _here(session, depot_id, HeldLot.hold_id.in_([row.Hold.id for row in found]))
    return [
        HoldRow(
            hold.id,
            hold.item_id,
            row.item,
            hold.lot_code,
            hold.date_from,
            hold.date_to,
            hold.gtin,
            hold.partner_id,
            row.partner,
            hold.entry_id,
            row.receipt_seq,
            row.crate if row.crate_kind == "crate" else None,
            None if row.crate_kind == "crate" else row.crate,
            hold.reason,
            hold.until_on,
            hold.made_at,
            row.made_by,
            hold.released_at,
            row.released_by,
            hold.release_reason,
            row.lots,
            total_weight(here[hold.id]),
        )
        for row in found
        for hold in [row.Hold]
    ]


def _here(
    session: Session, depot_id: int, wanted: ColumnElement[bool]
) -> defaultdict[int, list[Weight]]:
    """Return the weights of what is here of the lots of each hold, an item each."""
    rows = session.execute(
        select(
            HeldLot.hold_id,
            func.sum(StockBalance.quantity),
            Item.base_unit,
            Item.unit_weight_milligrams,
            Category.average_unit_milligrams,
        )
        .join(StockBalance, StockBalance.lot_id == HeldLot.lot_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(HeldLot.depot_id == depot_id, StockBalance.quantity > 0, wanted)
        .group_by(HeldLot.hold_id, *key_of(Item), *key_of(Category))
    )
    found: defaultdict[int, list[Weight]] = defaultdict(list)
    for hold_id, quantity, unit, known, average in rows:
        found[hold_id].append(weigh_goods(int(quantity), unit, known, average))
    return found


def held_goods(session: Session, depot_id: int, hold_id: int) -> list[HeldGoods]:
    """Return where the lots of a hold lie now, place by place (three statements)."""
    lots = select(HeldLot.lot_id).where(HeldLot.depot_id == depot_id, HeldLot.hold_id == hold_id)
    return goods_of(session, depot_id, lots)


def open_recall_of(session: Session, depot_id: int, hold_id: int) -> int | None:
    """Return the recall that a hold is of while it is not closed; None: of none."""
    return session.scalar(
        select(Recall.id).where(
            Recall.depot_id == depot_id, Recall.hold_id == hold_id, Recall.closed_at.is_(None)
        )
    )


def goods_of(session: Session, depot_id: int, lots: Select[Any]) -> list[HeldGoods]:
    """Return where the lots that a statement names lie now, place by place (three statements)."""
    rows = session.execute(
        select(
            StockBalance.location_id,
            StockBalance.quantity,
            Lot,
            Item,
            Category,
            ITEM_NAME.label("called"),
        )
        .select_from(Lot)
        .join(
            StockBalance,
            (StockBalance.depot_id == Lot.depot_id)
            & (StockBalance.item_id == Lot.item_id)
            & (StockBalance.lot_id == Lot.id),
        )
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(Lot.id.in_(lots), Lot.depot_id == depot_id, StockBalance.quantity > 0)
    ).all()
    tree = load_place_tree(session, depot_id, roots={row.location_id for row in rows})
    goods = [_held_goods(row, tree) for row in rows]
    return sorted(
        goods,
        key=lambda one: (natural_sort_key(one.place), one.crates[::-1], natural_sort_key(one.item)),
    )


def _held_goods(row: Any, tree: PlaceTree) -> HeldGoods:
    lot, item, category = row.Lot, row.Item, row.Category
    above = list(tree.upwards(row.location_id))
    place = next((node for node in above if node.kind != "crate"), None)
    return HeldGoods(
        row.location_id,
        tuple(node.name for node in above if node.kind == "crate"),
        place.id if place else 0,
        place.name if place else "",
        lot.id,
        item.id,
        row.called,
        item.base_unit,
        lot.lot_code,
        lot.date_kind,
        lot.date_text,
        row.quantity,
        weigh_goods(
            row.quantity,
            item.base_unit,
            item.unit_weight_milligrams,
            category.average_unit_milligrams,
        ),
    )


def open_holds_of(session: Session, depot_id: int, lot_ids: Collection[int]) -> list[HoldOfLots]:
    """Return the open holds that any of these lots are of; no statement for no lot."""
    if not lot_ids:
        return []
    of_them = select(HeldLot.hold_id).where(
        HeldLot.depot_id == depot_id, HeldLot.lot_id.in_(lot_ids)
    )
    rows = session.execute(
        select(Hold.id, Hold.reason)
        .where(Hold.depot_id == depot_id, Hold.released_at.is_(None), Hold.id.in_(of_them))
        .order_by(Hold.id)
    )
    return [HoldOfLots(*row) for row in rows]
