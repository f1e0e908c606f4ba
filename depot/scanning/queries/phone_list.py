"""What a phone keeps of the depot, to say names and give warnings without a connection."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.kinds import ShownState
from depot.crates.queries.crates import crate_state
from depot.db.columns import key_of
from depot.items.queries import catalog
from depot.kernel.promises.reading import figures_by_item, promised_by_item
from depot.ledger.choice.safety import may_go_out
from depot.ledger.holds import is_lot_held, places_apart
from depot.ledger.item_names import ITEM_NAME
from depot.ledger.sql import AFTER_BEST_BEFORE
from depot.models import (
    Category,
    ChainHead,
    Crate,
    CrateLabel,
    Item,
    ItemCode,
    Location,
    Lot,
    StockBalance,
)

#: No phone keeps more crates; the newest labels count.
MAX_CRATES: Final = 5000


@dataclass(frozen=True, slots=True)
class PhoneCrate:
    """A crate in use: where it stands and what is in it, as item, amount and unit."""

    code: str
    box_number: str
    state: ShownState
    place: str
    goods: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What changes without the ledger: names, learned codes, how many are retired, holds."""

    places: tuple[tuple[int, str], ...]
    items: tuple[tuple[int, str], ...]
    codes: tuple[tuple[str, int, int | None], ...]
    #: Codes that crates had before their labels were replaced, and the crates' codes now.
    replaced: tuple[tuple[str, str], ...]
    crates_made: int
    crates_retired: int
    #: Codes of the crates of whose goods some are held back, or that stand set apart.
    held: tuple[str, ...]
    #: Of crates of whose goods some are past the day on which they may go out.
    past: tuple[str, ...]
    #: Of items that are promised to hand-outs: id, unit, how much is promised, how much is free.
    promised: tuple[tuple[int, str, int, int], ...] = ()


def chain_seal(session: Session, depot_id: int) -> str:
    """Return the seal at the end of the depot's chain: another one means that stock changed."""
    found: str = session.execute(
        select(ChainHead.seal).where(ChainHead.depot_id == depot_id)
    ).scalar_one()
    return found


def catalogue(session: Session, depot_id: int, today: date) -> Catalogue:
    """Return the names a phone keeps, what must not go out today, and what is promised.

    Seven statements, three more where something is promised.
    """
    codes = session.execute(
        select(ItemCode.code, ItemCode.item_id, ItemCode.pack_quantity)
        .where(ItemCode.depot_id == depot_id)
        .order_by(ItemCode.code)
    )
    replaced = session.execute(
        select(CrateLabel.code, Crate.code)
        .join(Crate, Crate.location_id == CrateLabel.crate_id)
        .where(CrateLabel.depot_id == depot_id)
        .order_by(CrateLabel.replaced_at, CrateLabel.code)
    )
    has_promises = select(ChainHead.has_promises).where(ChainHead.depot_id == depot_id)
    made, retired, is_promised = session.execute(
        select(func.count(), func.count(Crate.retired_at), has_promises.scalar_subquery()).where(
            Crate.depot_id == depot_id
        )
    ).one()
    return Catalogue(
        tuple((place.id, place.name) for place in catalog.places(session, depot_id)),
        tuple((item.id, item.name) for item in catalog.item_names(session, depot_id, True)),
        tuple((code, item_id, pack) for code, item_id, pack in codes),
        tuple((old, code) for old, code in replaced),
        made,
        retired,
        _held_codes(session, depot_id),
        _past_codes(session, depot_id, today),
        _promised(session, depot_id, today) if is_promised else (),
    )


def _held_codes(session: Session, depot_id: int) -> tuple[str, ...]:
    apart = StockBalance.location_id.in_(select(places_apart(depot_id).c.id))
    codes = session.scalars(
        select(Crate.code)
        .join(StockBalance, StockBalance.location_id == Crate.location_id)
        .where(
            StockBalance.depot_id == depot_id,
            StockBalance.quantity > 0,
            or_(apart, is_lot_held(StockBalance.lot_id)),
        )
        .distinct()
        .order_by(Crate.code)
    )
    return tuple(codes)


def _promised(
    session: Session, depot_id: int, today: date
) -> tuple[tuple[int, str, int, int], ...]:
    items = sorted(promised_by_item(session, depot_id, today))
    if not items:
        return ()
    found = figures_by_item(session, depot_id, items, today)
    units = session.execute(
        select(Item.id, Item.base_unit)
        .where(Item.depot_id == depot_id, Item.id.in_(items))
        .order_by(Item.id)
    )
    return tuple((id_, unit, found[id_].promised, found[id_].free) for id_, unit in units)


def _past_codes(session: Session, depot_id: int, today: date) -> tuple[str, ...]:
    """Return the crates with goods that the one rule does not let go out today for their date."""
    rows = session.execute(
        select(Crate.code, Lot.date_kind, Lot.date_on, AFTER_BEST_BEFORE)
        .join(StockBalance, StockBalance.location_id == Crate.location_id)
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(
            StockBalance.depot_id == depot_id,
            StockBalance.quantity > 0,
            StockBalance.date_on < today,
        )
        .order_by(Crate.code)
    )
    late = {
        code: None
        for code, kind, on, after in rows
        if not may_go_out(kind, on, today, after, is_held=False).is_free
    }
    return tuple(late)


def version_of(seal: str, known: Catalogue, *more: Any) -> str:
    """Return a digest that is another one whenever the list would be."""
    named = [
        known.places,
        known.items,
        known.codes,
        known.replaced,
        known.held,
        known.past,
        known.promised,
    ]
    told = [seal, *named, known.crates_made, known.crates_retired, *more]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def phone_crates(session: Session, depot_id: int) -> list[PhoneCrate]:
    """Return the crates that are not retired, the newest labels first (two statements)."""
    at = aliased(Location)
    own = aliased(Location)
    rows = session.execute(
        select(Crate.location_id, Crate.code, Crate.box_number, Crate.state, own.parent_id, at.name)
        .join(own, own.id == Crate.location_id)
        .outerjoin(at, at.id == own.parent_id)
        .where(Crate.depot_id == depot_id, Crate.state != "retired")
        .order_by(Crate.location_id.desc())
        .limit(MAX_CRATES)
    ).all()
    goods = _goods(session, depot_id)
    bears = {parent_id for *_, parent_id, _name in rows}
    return [
        PhoneCrate(
            code,
            box,
            crate_state(state, place_id in goods or place_id in bears),
            name or "",
            tuple(goods.get(place_id, ())),
        )
        for place_id, code, box, state, _parent_id, name in rows
    ]


def _goods(session: Session, depot_id: int) -> dict[int, list[tuple[str, int, str]]]:
    rows = session.execute(
        select(
            StockBalance.location_id,
            ITEM_NAME,
            func.sum(StockBalance.quantity),
            Item.base_unit,
        )
        .join(Crate, Crate.location_id == StockBalance.location_id)
        .join(Item, Item.id == StockBalance.item_id)
        .where(StockBalance.depot_id == depot_id, StockBalance.quantity > 0)
        .group_by(StockBalance.location_id, *key_of(Item), Item.name, Item.base_unit)
        .order_by(StockBalance.location_id, Item.name)
    )
    found: dict[int, list[tuple[str, int, str]]] = defaultdict(list)
    for place_id, name, quantity, unit in rows:
        found[place_id].append((name, int(quantity), unit))
    return found
