"""Where goods that are called back went, what they were made of, and who is to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from depot.base.kinds import ContactKind, DateKind, GoneKind, LocationKind, ReasonOfEntry
from depot.db.few import AT_ONCE, in_portions
from depot.ledger.past.making import lots_used_for
from depot.models import (
    AgencyLink,
    DistributionEvent,
    Item,
    Location,
    Lot,
    Membership,
    Partner,
    Person,
    StockEntry,
    StockMove,
    TakenApart,
    Transfer,
    TransferEntry,
)
from depot.models.item_names import ITEM_NAME
from depot.safety.queries.recalls import RecallRow, recalled_lots

#: Outside, where goods are that are no longer here.
_GONE: Final[tuple[LocationKind, ...]] = (
    "recipient",
    "network",
    "production",
    "loss",
    "count_variance",
)


@dataclass(frozen=True, slots=True)
class Gone:
    """So much of an item went there, and did not come back.

    `name` is the event's or partner's; of a production what was made; empty where nobody is named.
    `reason` is why it was lost; of goods that were not there when somebody looked `missing`.
    """

    kind: GoneKind
    name: str
    on: date
    item_id: int
    item: str
    unit: str
    quantity: int
    entry_id: int
    seq: int
    event_id: int | None = None
    partner_id: int | None = None
    mail: str = ""
    reason: ReasonOfEntry | str = ""
    transfer_id: int | None = None
    #: Written down after the goods were called back, though it had happened before.
    is_news: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """A lot that went into what is called back, however deep, and who gave it."""

    lot_id: int
    item_id: int
    item: str
    date_kind: DateKind
    date_text: str
    lot_code: str
    partner_id: int | None
    partner: str | None
    mail: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to be told, how they are reached, and in which language; empty: not known."""

    kind: ContactKind
    id: int
    name: str
    mail: str = ""
    language: str = ""
    #: When the event was.
    on: date | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """All that is known of where it went and where it came from."""

    gone: tuple[Gone, ...]
    origins: tuple[Origin, ...]
    contacts: tuple[Contact, ...]


def trace_of(session: Session, depot_id: int, recall: RecallRow) -> Trace:
    """Follow what is called back both ways; seven statements, and one for each step of making."""
    lots = recalled_lots(depot_id, recall.hold.id)
    gone = _gone(session, depot_id, lots, recall.made_at)
    origins = _origins(session, depot_id, lots)
    contacts = [
        *_donors(session, lots, origins),
        *_receivers(gone),
        *_coordinators(session, depot_id),
    ]
    return Trace(tuple(gone), tuple(origins), tuple(_speaking(session, depot_id, contacts)))


def _gone(session: Session, depot_id: int, lots: Select[int], recalled_at: datetime) -> list[Gone]:
    made = _made(session, lots)
    rows = session.execute(_outside(depot_id, lots))
    return _added_up(_gone_row(row, made, recalled_at) for row in rows)


def _made(session: Session, lots: Select[int]) -> dict[int, str]:
    """Return what the productions that used any of it made, by their numbers."""
    rows = session.execute(
        select(Lot.produced_by_seq, ITEM_NAME)
        .join(Item, Item.id == Lot.item_id)
        .where(Lot.id.in_(lots), Lot.produced_by_seq > 0)
        .order_by(Item.name)
    )
    names: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for seq, name in rows:
        names[seq][name] = None
    return {seq: ", ".join(found) for seq, found in names.items()}


def _outside(depot_id: int, lots: Select[int]) -> Select[*tuple[Any, ...]]:
    """Return the statement for what went outside, by entry and lot; what was undone is left out."""
    legs = union_all(
        _legs(depot_id, lots, StockMove.target_id, 1),
        _legs(depot_id, lots, StockMove.source_id, -1),
    ).subquery()
    net = func.sum(legs.c.quantity)
    sums = (
        select(legs.c.root_id, legs.c.kind, legs.c.lot_id, net.label("quantity"))
        .group_by(legs.c.root_id, legs.c.kind, legs.c.lot_id)
        .having(net != 0)
        .subquery()
    )
    return _with_names(depot_id, sums)


def _with_names(depot_id: int, sums: FromClause) -> Select[*tuple[Any, ...]]:
    is_own_making = (sums.c.kind == "production") & (StockEntry.seq == Lot.produced_by_seq)
    statement: Select[*tuple[Any, ...]] = (
        select(
            sums.c.kind.label("outside"),
            sums.c.quantity,
            StockEntry.id.label("entry_id"),
            StockEntry.seq,
            StockEntry.kind,
            StockEntry.reason,
            StockEntry.occurred_on,
            StockEntry.occurred_at,
            StockEntry.recorded_at,
            StockEntry.event_id,
            DistributionEvent.name.label("event"),
            StockEntry.partner_id,
            Partner.name.label("partner"),
            Partner.mail_address,
            Transfer.id.label("transfer_id"),
            Transfer.other_name.label("other_depot"),
            Item.id.label("item_id"),
            ITEM_NAME.label("item"),
            Item.base_unit,
        )
        .select_from(sums)
        .join(StockEntry, StockEntry.id == sums.c.root_id)
        .join(Lot, Lot.id == sums.c.lot_id)
        .join(Item, Item.id == Lot.item_id)
        .outerjoin(DistributionEvent, DistributionEvent.id == StockEntry.event_id)
        .outerjoin(Partner, Partner.id == StockEntry.partner_id)
        .outerjoin(TransferEntry, TransferEntry.entry_id == StockEntry.id)
        .outerjoin(Transfer, Transfer.id == TransferEntry.transfer_id)
        .where(StockEntry.depot_id == depot_id, ~is_own_making)
        .order_by(StockEntry.occurred_on, StockEntry.seq)
    )
    return statement


def _legs(depot_id: int, lots: Select[int], end: Any, sign: int) -> Select[*tuple[Any, ...]]:
    """Return one end of the lots' moves where it is outside; an undo belongs to what it undoes."""
    undone: ColumnElement[int] = func.coalesce(StockEntry.reverses_id, StockEntry.id)
    statement: Select[*tuple[Any, ...]] = (
        select(
            func.coalesce(TakenApart.production_id, undone).label("root_id"),
            Location.kind,
            StockMove.lot_id,
            (StockMove.quantity * literal(sign)).label("quantity"),
        )
        .select_from(StockMove)
        .join(Location, Location.id == end)
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .outerjoin(TakenApart, TakenApart.entry_id == undone)
        .where(
            StockMove.lot_id.in_(lots),
            StockMove.depot_id == depot_id,
            Location.kind.in_(_GONE),
        )
    )
    return statement


def _gone_row(row: Any, made: dict[int, str], recalled_at: datetime) -> Gone:
    kind, name = _kind_of(row, made)
    return Gone(
        kind,
        name,
        row.occurred_on,
        row.item_id,
        row.item,
        row.base_unit,
        int(row.quantity),
        row.entry_id,
        row.seq,
        row.event_id if kind == "event" else None,
        row.partner_id if kind == "partner" else None,
        row.mail_address or "" if kind == "partner" else "",
        "missing" if row.outside == "count_variance" else row.reason,
        row.transfer_id if kind == "transfer" else None,
        row.occurred_at < recalled_at <= row.recorded_at,
    )


def _kind_of(row: Any, made: dict[int, str]) -> tuple[GoneKind, str]:
    if row.outside == "production":
        return "production", made.get(row.seq, "")
    if row.outside == "network":
        return "transfer", row.other_depot or ""
    if row.outside != "recipient":
        return "loss", ""
    if row.partner_id is not None:
        return "partner", row.partner
    return "event", row.event or ""


def _added_up(rows: Iterable[Gone]) -> list[Gone]:
    """Add up what is of one event, or of one entry: what came back is no longer gone."""
    found: dict[tuple[object, ...], Gone] = {}
    for row in rows:
        is_one_entry = row.event_id is None and row.transfer_id is None
        of = (row.event_id, row.transfer_id, row.entry_id if is_one_entry else None)
        key = (row.kind, *of, row.item_id, row.reason)
        known = found.get(key)
        found[key] = (
            row
            if known is None
            else replace(
                known,
                quantity=known.quantity + row.quantity,
                is_news=known.is_news or row.is_news,
            )
        )
    return [row for row in found.values() if row.quantity > 0]


def _origins(session: Session, depot_id: int, lots: Select[int]) -> list[Origin]:
    """Return what the lots were made of, step by step: two statements, and one a step."""
    here = set(session.scalars(lots))
    found, step = set[int](), here
    while step:
        used = {
            one
            for some in in_portions(sorted(step))
            for one in session.scalars(lots_used_for(some))
        }
        step = used - found - here
        found |= step
    return [
        one for some in in_portions(sorted(found)) for one in _origins_of(session, depot_id, some)
    ]


def _origins_of(session: Session, depot_id: int, lot_ids: Sequence[int]) -> list[Origin]:
    rows = session.execute(
        select(Lot, ITEM_NAME.label("name"), Partner.name.label("partner"), Partner.mail_address)
        .join(Item, Item.id == Lot.item_id)
        .outerjoin(Partner, (Partner.id == Lot.partner_id) & (Partner.depot_id == depot_id))
        .where(Lot.id.in_(lot_ids), Lot.depot_id == depot_id)
        .order_by(Item.name, Lot.id)
    )
    return [
        Origin(
            row.Lot.id,
            row.Lot.item_id,
            row.name,
            row.Lot.date_kind,
            row.Lot.date_text,
            row.Lot.lot_code,
            row.Lot.partner_id or None,
            row.partner,
            row.mail_address or "",
        )
        for row in rows
    ]


def _donors(session: Session, lots: Select[int], origins: Iterable[Origin]) -> list[Contact]:
    rows = session.execute(
        select(Partner.id, Partner.name, Partner.mail_address)
        .select_from(Lot)
        .join(Partner, (Partner.id == Lot.partner_id) & (Partner.depot_id == Lot.depot_id))
        .where(Lot.id.in_(lots))
        .distinct()
        .order_by(Partner.name, Partner.id)
    )
    found = {row.id: Contact("donor", row.id, row.name, row.mail_address) for row in rows}
    for one in origins:
        if one.partner_id is not None and one.partner is not None:
            found.setdefault(
                one.partner_id, Contact("donor", one.partner_id, one.partner, one.mail)
            )
    return list(found.values())


def _speaking(session: Session, depot_id: int, contacts: Sequence[Contact]) -> list[Contact]:
    """Return the contacts with their phones, and the languages in which agencies read pages."""
    partners = [one.id for one in contacts if one.kind in ("donor", "partner")]
    rows = session.execute(
        select(Partner.id, Partner.phone, AgencyLink.language)
        .outerjoin(
            AgencyLink,
            (AgencyLink.depot_id == Partner.depot_id)
            & (AgencyLink.partner_id == Partner.id)
            & AgencyLink.revoked_at.is_(None),
        )
        .where(Partner.depot_id == depot_id, Partner.id.in_(partners[:AT_ONCE]))
        .order_by(AgencyLink.id)
    )
    known = {partner_id: (phone, language or "") for partner_id, phone, language in rows}
    is_partner = {"donor", "partner"}
    return [
        _reached(one, *known.get(one.id, ("", ""))) if one.kind in is_partner else one
        for one in contacts
    ]


def _reached(contact: Contact, phone: str, language: str) -> Contact:
    return replace(contact, phone=phone, language=language)


def _receivers(gone: Iterable[Gone]) -> list[Contact]:
    found: dict[tuple[str, int], Contact] = {}
    for row in gone:
        if row.kind == "partner" and row.partner_id is not None:
            contact = Contact("partner", row.partner_id, row.name, row.mail)
            found.setdefault(("partner", row.partner_id), contact)
        if row.kind == "event" and row.event_id is not None:
            contact = Contact("event", row.event_id, row.name, on=row.on)
            found.setdefault(("event", row.event_id), contact)
    return list(found.values())


def _coordinators(session: Session, depot_id: int) -> list[Contact]:
    """Return those who may decide, and who were at the hand-outs."""
    rows = session.execute(
        select(Person.id, Person.name, Person.login)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.depot_id == depot_id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    return [
        Contact("coordinator", row.id, row.name, row.login if "@" in row.login else "")
        for row in rows
    ]
