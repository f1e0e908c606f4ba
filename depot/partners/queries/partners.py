"""Partners: their list, and what came from one of them in the last year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.kinds import SourceKind
from depot.base.names import name_key, natural_sort_key
from depot.db.columns import key_of
from depot.entries.queries.ledger import EntryRow, each_entry, entry_headers, entry_rows
from depot.items.queries.catalog import partners_recent
from depot.kernel.weights import Total, Weight, total_weight, weigh_goods
from depot.models import Category, Item, Location, Partner, StockEntry, StockMove
from depot.models.item_names import ITEM_NAME

MAX_PARTNERS: Final = 10_000


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """A partner; `last_at` is when they last gave something, if it was lately."""

    id: int
    name: str
    source_kind: SourceKind
    note: str
    archived: bool
    is_agency: bool = False
    last_at: datetime | None = None
    #: Of a single partner only, and for coordinators: where receipts and statements go.
    mail_address: str = ""
    #: The same: where they are rung up.
    phone: str = ""
    #: What letters to them are written in; empty: as the depot.
    language: str = ""


@dataclass(frozen=True, slots=True)
class CameIn:
    """How much of an item came from a partner, what was undone taken off."""

    item_id: int
    item: str
    unit: str
    quantity: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class GivenGoods:
    """What came from a partner since a day: by item, altogether, and the last deliveries."""

    items: tuple[CameIn, ...]
    total: Total
    entries: tuple[EntryRow, ...]


def listed_partners(session: Session, depot_id: int, search: str = "") -> list[PartnerFacts]:
    """Return all partners by name, those put away last; `search` is part of a name."""
    lately = {row.id: row.last_at for row in partners_recent(session, depot_id, MAX_PARTNERS)}
    statement = select(Partner).where(Partner.depot_id == depot_id)
    if search:
        statement = statement.where(Partner.name_key.contains(name_key(search), autoescape=True))
    rows = [_facts(row, lately.get(row.id)) for row in session.scalars(statement)]
    return sorted(rows, key=lambda row: (row.archived, natural_sort_key(row.name)))


def partner_facts(session: Session, depot_id: int, partner_id: int) -> PartnerFacts | None:
    """Return one partner of the depot, or None if it has none with that id."""
    row = session.scalar(
        select(Partner).where(Partner.depot_id == depot_id, Partner.id == partner_id)
    )
    return (
        None
        if row is None
        else replace(
            _facts(row), mail_address=row.mail_address, phone=row.phone, language=row.language
        )
    )


def partners_after(session: Session, depot_id: int, after: int, limit: int) -> list[PartnerFacts]:
    """Return at most `limit` partners whose id comes after `after`, in the order of their ids."""
    rows = session.scalars(
        select(Partner)
        .where(Partner.depot_id == depot_id, Partner.id > after)
        .order_by(Partner.id)
        .limit(limit)
    )
    return [_facts(row) for row in rows]


def _facts(row: Partner, last_at: datetime | None = None) -> PartnerFacts:
    return PartnerFacts(
        row.id, row.name, row.source_kind, row.note, row.archived, row.is_agency, last_at
    )


def goods_given_since(
    session: Session,
    actor: Actor,
    partner_id: int,
    since: date,
    limit: int = 15,
    clock: Clock = utc_now,
) -> GivenGoods:
    """Return what came from a partner since that day of the depot."""
    supplier, inside = aliased(Location), aliased(Location)
    rows = session.execute(
        select(
            Item,
            ITEM_NAME,
            Category.average_unit_milligrams,
            supplier.kind,
            func.sum(StockMove.quantity),
        )
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .join(Item, Item.id == StockMove.item_id)
        .join(Category, Category.id == Item.category_id)
        .join(supplier, supplier.id == StockMove.source_id)
        .join(inside, inside.id == StockMove.target_id)
        .where(
            StockEntry.depot_id == actor.depot_id,
            StockEntry.occurred_on >= since,
            StockEntry.partner_id == partner_id,
            (supplier.kind == "supplier") | (inside.kind == "supplier"),
        )
        .group_by(*key_of(Item), *key_of(Category), supplier.kind)
    )
    net: defaultdict[int, int] = defaultdict(int)
    known: dict[int, tuple[Item, str, int | None]] = {}
    for item, called, average, source_kind, quantity in rows:
        known[item.id] = (item, called, average)
        net[item.id] += int(quantity) if source_kind == "supplier" else -int(quantity)
    items = [_came_in(*known[item_id], quantity) for item_id, quantity in net.items() if quantity]
    items.sort(key=lambda row: (-(row.weight.grams or 0), natural_sort_key(row.item)))
    deliveries = entry_headers(actor).where(
        StockEntry.partner_id == partner_id, StockEntry.occurred_on >= since
    )
    return GivenGoods(
        tuple(items),
        total_weight(row.weight for row in items),
        tuple(entry_rows(session, actor, deliveries.limit(limit), clock)),
    )


def deliveries_of(
    session: Session, actor: Actor, partner_id: int, clock: Clock = utc_now
) -> Iterator[EntryRow]:
    """Yield all entries that name a partner, the newest first."""
    return each_entry(session, actor, StockEntry.partner_id == partner_id, clock=clock)


def _came_in(item: Item, called: str, average: int | None, quantity: int) -> CameIn:
    weight = weigh_goods(quantity, item.base_unit, item.unit_weight_milligrams, average)
    return CameIn(item.id, called, item.base_unit, quantity, weight)
