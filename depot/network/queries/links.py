"""The depots that this one works with, what each shows the other, and what is offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from depot.base.kinds import SharedStock
from depot.base.names import name_key, natural_sort_key
from depot.kernel.promises.reading import promised_by_item
from depot.models import Depot, DepotLink, Item, Offer, SharedCategory
from depot.models.item_names import ITEM_NAME
from depot.stock.queries.stock import stock_by_item


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Another depot: since when, what is shown to it, and what it shows."""

    id: int
    slug: str
    name: str
    since: datetime
    shares: SharedStock
    category_ids: tuple[int, ...]
    #: What the other depot shows this one.
    shows: SharedStock


def listed_links(session: Session, depot_id: int) -> list[LinkRow]:
    """Return the depots that this one works with, by name (three statements)."""
    own = select(Depot.id, Depot.slug, Depot.name, DepotLink.since, DepotLink.shares).join(
        DepotLink, DepotLink.other_id == Depot.id
    )
    rows = session.execute(
        own.where(DepotLink.depot_id == depot_id, DepotLink.ended_at.is_(None))
    ).all()
    theirs = {
        row.depot_id: row.shares
        for row in session.execute(
            select(DepotLink.depot_id, DepotLink.shares).where(
                DepotLink.other_id == depot_id,
                DepotLink.depot_id.in_([row.id for row in rows]),
                DepotLink.ended_at.is_(None),
            )
        )
    }
    chosen: dict[int, list[int]] = {}
    for other_id, category_id in session.execute(
        select(SharedCategory.other_id, SharedCategory.category_id).where(
            SharedCategory.depot_id == depot_id
        )
    ):
        chosen.setdefault(other_id, []).append(category_id)
    return sorted(
        (
            LinkRow(
                row.id,
                row.slug,
                row.name,
                row.since,
                row.shares,
                tuple(sorted(chosen.get(row.id, ()))),
                theirs.get(row.id, "nothing"),
            )
            for row in rows
        ),
        key=lambda link: name_key(link.name),
    )


def link_row(session: Session, depot_id: int, other_id: int) -> LinkRow | None:
    """Return one of them, or None for a depot that this one does not work with."""
    return next((row for row in listed_links(session, depot_id) if row.id == other_id), None)


@dataclass(frozen=True, slots=True)
class SharedItem:
    """How much of an item another depot could give: nothing else of it is shown."""

    item: str
    category: str
    unit: str
    free: int


def shared_stock(session: Session, depot_id: int, other_id: int, day: date) -> list[SharedItem]:
    """Return what of its free stock another depot shows this one; nothing without an agreement."""
    shows = session.scalar(
        select(DepotLink.shares).where(
            DepotLink.depot_id == other_id,
            DepotLink.other_id == depot_id,
            DepotLink.ended_at.is_(None),
        )
    )
    if shows is None or shows == "nothing":
        return []
    chosen = set(
        session.scalars(
            select(SharedCategory.category_id).where(
                SharedCategory.depot_id == other_id, SharedCategory.other_id == depot_id
            )
        )
    )
    promised = promised_by_item(session, other_id, day)
    found = [
        SharedItem(
            stock.item,
            stock.category,
            stock.unit,
            stock.figures(day, promised.get(stock.item_id, 0)).free,
        )
        for stock in stock_by_item(session, other_id)
        if shows == "all" or stock.category_id in chosen
    ]
    return sorted((one for one in found if one.free), key=lambda one: natural_sort_key(one.item))


@dataclass(frozen=True, slots=True)
class OfferRow:
    """Goods that may be had, from whom and until when."""

    id: int
    depot_id: int
    depot: str
    item: str
    unit: str
    quantity: int
    taken: int
    note: str
    made_at: datetime
    ends_at: datetime

    @property
    def left(self) -> int:
        return self.quantity - self.taken

    def is_open(self, now: datetime) -> bool:
        """Say whether anything of it may still be taken."""
        return self.ends_at > now and self.left > 0


def offers_to(session: Session, depot_id: int, now: datetime) -> list[OfferRow]:
    """Return what the depots that this one works with offer now, the soonest to end first."""
    return _offers(
        session,
        Offer.depot_id.in_(
            select(DepotLink.other_id).where(
                DepotLink.depot_id == depot_id, DepotLink.ended_at.is_(None)
            )
        )
        & (Offer.ends_at > now)
        & (Offer.taken < Offer.quantity),
    )


def offer_to(session: Session, depot_id: int, offer_id: int, now: datetime) -> OfferRow | None:
    """Return one of these offers."""
    return next((one for one in offers_to(session, depot_id, now) if one.id == offer_id), None)


def own_offers(session: Session, depot_id: int) -> list[OfferRow]:
    """Return what the depot itself offers and has offered, the newest first."""
    return _offers(session, Offer.depot_id == depot_id)[::-1]


def _offers(session: Session, which: ColumnElement[bool]) -> list[OfferRow]:
    rows = session.execute(
        select(Offer, ITEM_NAME.label("name"), Item.base_unit, Depot.name.label("depot"))
        .join(Item, (Item.id == Offer.item_id) & (Item.depot_id == Offer.depot_id))
        .join(Depot, Depot.id == Offer.depot_id)
        .where(which)
        .order_by(Offer.ends_at, Offer.id)
    )
    return [
        OfferRow(
            row.Offer.id,
            row.Offer.depot_id,
            row.depot,
            row.name,
            row.base_unit,
            row.Offer.quantity,
            row.Offer.taken,
            row.Offer.note,
            row.Offer.made_at,
            row.Offer.ends_at,
        )
        for row in rows
    ]
