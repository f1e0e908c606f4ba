"""Many crates: the list with its filters, near misses of a code, where crates lately went."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.dates import give_out_until
from depot.base.kinds import LocationKind, ShownState
from depot.base.names import name_key
from depot.crates.queries.crate_names import named_like
from depot.crates.queries.crate_order import CrateOrder, crates_after, crates_in_order
from depot.crates.queries.crates import crate_state
from depot.crates.queries.tags import tags_of
from depot.db.columns import key_of
from depot.db.few import beside_few
from depot.kernel.weights import Total, Weight, total_weight, weigh_goods
from depot.ledger.holds import is_lot_held, places_apart
from depot.models import (
    Category,
    Crate,
    CratePlacement,
    CrateTag,
    Item,
    Location,
    Lot,
    StockBalance,
)
from depot.models.goods import after_best_before
from depot.models.item_names import ITEM_NAME, item_is_called
from labels.symbols import codes

#: What can be asked for; the empty text is every crate in use, filled or empty.
STATES: Final = ("filled", "empty", "blank", "retired")
_RECENT_PLACEMENTS: Final = 400
_NEAR_BOXES: Final = 300


@dataclass(frozen=True, slots=True)
class CrateFilter:
    """Which crates are wanted, and in which order; what is empty does not matter."""

    text: str = ""
    state: str = ""
    place_id: int | None = None
    item: str = ""
    #: A word that the crates bear.
    tag: str = ""
    #: These alone, by their codes as printed, in whatever state.
    codes: tuple[str, ...] = ()
    order: CrateOrder = "newest"


@dataclass(frozen=True, slots=True)
class CrateLine:
    """A crate in a list, with the kinds of goods in it and how many crates stand on it."""

    id: int
    code: str
    box_number: str
    state: ShownState
    location: str | None
    location_is_crate: bool
    goods: tuple[tuple[str, int, str], ...]
    crates_on_it: int
    total: Total
    give_out_until: date | None
    use_by: date | None
    #: Whether any of it is held back, or it stands where nothing is handed out from.
    is_held: bool
    #: The categories of what is in it, each once.
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    #: The items in it, each once.
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CratePage:
    """Some crates in their order, and the cursor of the next page."""

    rows: tuple[CrateLine, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class NearCrate:
    """A crate that a misspelt code may have meant."""

    code: str
    box_number: str


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """Somewhere a crate can be put; a crate's name is its code."""

    name: str
    kind: LocationKind


@dataclass(frozen=True, slots=True)
class LabelBatch:
    """Blank labels that were made together and are not in use yet."""

    made_at: datetime
    count: int


def crate_list(
    session: Session, depot_id: int, wanted: CrateFilter, after: int | None = None, limit: int = 50
) -> CratePage:
    """Return the crates wanted (three statements, a fourth after the first page of most orders).

    `after` is a page's cursor.
    """
    parent, on_it = aliased(Location), aliased(Location)
    own = beside_few(Crate.depot_id) if wanted.text else Crate.depot_id
    statement = (
        select(
            Crate,
            parent.name.label("location"),
            parent.kind.label("location_kind"),
            select(func.count())
            .where(on_it.parent_id == Crate.location_id, on_it.depot_id == depot_id)
            .scalar_subquery()
            .label("on_it"),
        )
        .join(Location, Location.id == Crate.location_id)
        .outerjoin(parent, parent.id == Location.parent_id)
        .where(own == depot_id, *_conditions(depot_id, wanted))
        .order_by(*crates_in_order(wanted.order, parent))
        .limit(limit + 1)
    )
    if after is not None:
        later = crates_after(session, depot_id, wanted.order, after, parent)
        statement = statement.where(later)
    rows = session.execute(statement).all()
    shown = rows[:limit]
    ids = [row.Crate.location_id for row in shown]
    goods, tags = _goods(session, depot_id, ids), tags_of(session, depot_id, ids)
    lines = [
        replace(
            _line(row.Crate, row.location, row.location_kind, row.on_it, goods[number]),
            tags=tags.get(number, ()),
        )
        for number, row in zip(ids, shown, strict=True)
    ]
    return CratePage(tuple(lines), shown[-1].Crate.location_id if len(rows) > limit else None)


def all_crates(
    session: Session, depot_id: int, wanted: CrateFilter, at_once: int = 500
) -> Iterator[CrateLine]:
    """Yield all crates wanted in their order, read `at_once` by page."""
    after = None
    while True:
        page = crate_list(session, depot_id, wanted, after, at_once)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


@dataclass(frozen=True, slots=True)
class _Goods:
    item_id: int
    item: str
    category: str
    unit: str
    quantity: int
    weight: Weight
    give_out_until: date | None
    use_by: date | None
    is_held: bool


def _goods(
    session: Session, depot_id: int, crate_ids: Collection[int]
) -> defaultdict[int, list[_Goods]]:
    is_held = or_(
        is_lot_held(StockBalance.lot_id),
        StockBalance.location_id.in_(select(places_apart(depot_id).c.id)),
    )
    rows = session.execute(
        select(StockBalance, Lot, Item, Category, is_held.label("is_held"), ITEM_NAME)
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(
            StockBalance.depot_id == depot_id,
            StockBalance.location_id.in_(crate_ids),
            StockBalance.quantity > 0,
        )
        .order_by(Item.name_key, Lot.id)
    )
    found: defaultdict[int, list[_Goods]] = defaultdict(list)
    for balance, lot, item, category, held, name in rows:
        known, average = item.unit_weight_milligrams, category.average_unit_milligrams
        until = give_out_until(lot.date_kind, lot.date_on, after_best_before(item, category))
        found[balance.location_id].append(
            _Goods(
                item.id,
                name,
                category.name,
                item.base_unit,
                balance.quantity,
                weigh_goods(balance.quantity, item.base_unit, known, average),
                until,
                lot.date_on if lot.date_kind == "use_by" else None,
                bool(held),
            )
        )
    return found


def goods_in(
    session: Session, depot_id: int, crate_ids: Collection[int]
) -> dict[int, tuple[tuple[str, int, str], ...]]:
    """Return item, quantity and base unit of what lies in each crate that is not empty."""
    found = _goods(session, depot_id, crate_ids) if crate_ids else {}
    return {crate_id: _added_up(goods) for crate_id, goods in found.items()}


def _added_up(goods: Iterable[_Goods]) -> tuple[tuple[str, int, str], ...]:
    added: dict[tuple[str, str], int] = {}
    for one in goods:
        added[one.item, one.unit] = added.get((one.item, one.unit), 0) + one.quantity
    return tuple((item, quantity, unit) for (item, unit), quantity in added.items())


def _line(
    crate: Crate, location: str | None, kind: LocationKind | None, on_it: int, goods: list[_Goods]
) -> CrateLine:
    return CrateLine(
        crate.location_id,
        crate.code,
        crate.box_number,
        crate_state(crate.state, bool(goods) or on_it > 0),
        location,
        kind == "crate",
        _added_up(goods),
        on_it,
        total_weight(one.weight for one in goods),
        min((one.give_out_until for one in goods if one.give_out_until), default=None),
        min((one.use_by for one in goods if one.use_by), default=None),
        any(one.is_held for one in goods),
        tuple(dict.fromkeys(one.category for one in goods)),
        items=tuple(dict.fromkeys(one.item_id for one in goods)),
    )


def _conditions(depot_id: int, wanted: CrateFilter) -> list[ColumnElement[bool]]:
    if wanted.codes:
        return [Crate.code.in_(wanted.codes)]
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        found.append(named_like(depot_id, wanted.text))
    if wanted.state or not wanted.text:
        found.append(_in_state(depot_id, wanted.state))
    if wanted.place_id is not None:
        found.append(Crate.location_id.in_(_standing_at(depot_id, wanted.place_id)))
    if wanted.item:
        found.append(_holding(depot_id, wanted.item))
    if wanted.tag:
        found.append(_bearing(depot_id, wanted.tag))
    return found


def _bearing(depot_id: int, tag: str) -> ColumnElement[bool]:
    return exists().where(
        CrateTag.crate_id == Crate.location_id,
        CrateTag.depot_id == depot_id,
        CrateTag.tag_key == name_key(tag),
    )


def _in_state(depot_id: int, state: str) -> ColumnElement[bool]:
    on_it = aliased(Location)
    holds = or_(
        exists().where(StockBalance.location_id == Crate.location_id, StockBalance.quantity > 0),
        exists().where(on_it.parent_id == Crate.location_id, on_it.depot_id == depot_id),
    )
    if state == "filled":
        return and_(Crate.state != "retired", holds)
    if state == "empty":
        return and_(Crate.state == "in_use", ~holds)
    if state == "blank":
        return and_(Crate.state == "blank", ~holds)
    if state == "retired":
        return Crate.state == "retired"
    return or_(Crate.state == "in_use", and_(Crate.state == "blank", holds))


def _standing_at(depot_id: int, place_id: int) -> ColumnElement[int]:
    """All that stands at a place, on its shelves, and on crates there."""
    start = (
        select(Location.id.label("id"), Location.depot_id.label("depot_id"))
        .where(Location.depot_id == depot_id, Location.id == place_id)
        .cte("there", recursive=True)
    )
    below = Location.__table__.alias("below")
    there = start.union(
        select(below.c.id, start.c.depot_id).join(
            start, (below.c.parent_id == start.c.id) & (below.c.depot_id == start.c.depot_id)
        )
    )
    return select(there.c.id).scalar_subquery()


def _holding(depot_id: int, text: str) -> ColumnElement[bool]:
    return exists().where(
        StockBalance.location_id == Crate.location_id,
        StockBalance.depot_id == depot_id,
        StockBalance.quantity > 0,
        Item.id == StockBalance.item_id,
        item_is_called(text),
    )


def near_crates(session: Session, depot_id: int, text: str, limit: int = 5) -> list[NearCrate]:
    """Return the crates that a misspelt code or box number may have meant, likeliest first."""
    near = codes.candidate_codes(text)
    key = name_key(text)
    stem = key[: max(2, len(key) - 2)]
    rows = session.execute(
        select(Crate.code, Crate.box_number, Crate.box_number_key)
        .where(
            Crate.depot_id == depot_id,
            or_(
                Crate.code.in_(near),
                and_(
                    Crate.box_number_key != "",
                    Crate.box_number_key.startswith(stem, autoescape=True),
                ),
            ),
        )
        .order_by(Crate.box_number_key)
        .limit(_NEAR_BOXES)
    ).all()
    boxes = {row.box_number_key: row for row in rows if row.box_number_key}
    close = difflib.get_close_matches(key, boxes, n=limit, cutoff=0.7)
    by_code = {row.code: row for row in rows}
    meant = codes.suggestions(text, by_code)
    likely = [by_code[code] for code in meant] + [boxes[key] for key in close]
    found = dict.fromkeys(NearCrate(row.code, row.box_number) for row in likely)
    return list(found)[:limit]


def recent_targets(session: Session, depot_id: int, limit: int = 8) -> list[TargetChoice]:
    """Return where crates were lately put, the last place first (one statement)."""
    lately = (
        select(CratePlacement.to_id, CratePlacement.id)
        .where(CratePlacement.depot_id == depot_id, CratePlacement.to_id.is_not(None))
        .order_by(CratePlacement.id.desc())
        .limit(_RECENT_PLACEMENTS)
        .subquery()
    )
    rows = session.execute(
        select(Location.name, Location.kind)
        .join(lately, lately.c.to_id == Location.id)
        .where(Location.depot_id == depot_id, ~Location.archived)
        .group_by(*key_of(Location))
        .order_by(func.max(lately.c.id).desc())
        .limit(limit)
    )
    return [TargetChoice(name, kind) for name, kind in rows]


def label_batches(session: Session, depot_id: int, limit: int = 5) -> list[LabelBatch]:
    """Return the latest blank labels by when they were made, those in use left out."""
    rows = session.execute(
        select(Crate.created_at, func.count())
        .where(Crate.depot_id == depot_id, Crate.state == "blank")
        .group_by(Crate.created_at)
        .order_by(Crate.created_at.desc())
        .limit(limit)
    )
    return [LabelBatch(made_at, count) for made_at, count in rows]


def batch_codes(session: Session, depot_id: int, made_at: datetime) -> list[str]:
    """Return the codes of the blank labels made at that instant, in their order."""
    return list(
        session.scalars(
            select(Crate.code)
            .where(Crate.depot_id == depot_id, Crate.state == "blank", Crate.created_at == made_at)
            .order_by(Crate.location_id)
        )
    )
