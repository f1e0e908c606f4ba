"""Recalls: their list, one of them, what was found of it, and who was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from depot.base.kinds import ContactKind, DateKind, FindingOutcome, ToldWay
from depot.models import (
    ApiToken,
    Crate,
    HeldLot,
    Item,
    Location,
    Lot,
    Person,
    Recall,
    RecallFinding,
    RecallNotice,
    StockEntry,
)
from depot.models.item_names import ITEM_NAME
from depot.safety.queries.holds import HeldGoods, HoldRow, goods_of, hold_rows

#: So many recalls that are closed stand on the page; the file has all.
CLOSED_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class RecallRow:
    """A recall, with the hold that says what is called back and how much of it is here."""

    id: int
    name: str
    hold: HoldRow
    made_at: datetime
    made_by: str | None
    closed_at: datetime | None
    closed_by: str | None
    close_note: str

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def state(self) -> str:
        return "open" if self.is_open else "closed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of looking for a lot at a place; `is_undone`: what it posted was undone."""

    id: int
    lot_id: int
    location_id: int
    item: str
    unit: str
    date_kind: DateKind
    date_text: str
    lot_code: str
    place: str
    crate: str | None
    quantity: int
    outcome: FindingOutcome
    entry_id: int | None
    is_undone: bool
    occurred_at: datetime
    by: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody was told: who, how and when."""

    id: int
    kind: ContactKind
    contact_id: int
    name: str
    way: ToldWay
    address: str
    language: str
    note: str
    told_at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class HereRow:
    """What is called back and is here, in one crate or loose at one place; `kept` was found."""

    goods: HeldGoods
    kept: int

    @property
    def is_found(self) -> bool:
        return self.kept >= self.goods.quantity


def listed_recalls(session: Session, depot_id: int, closed: int | None = None) -> list[RecallRow]:
    """Return the recalls, open ones first, the newest first; `closed` is how many of the others.

    Four statements.
    """
    newest = (Recall.made_at.desc(), Recall.id.desc())
    is_open = Recall.closed_at.is_(None)
    rows = session.execute(_recalls(depot_id).where(is_open).order_by(*newest)).all()
    others = _recalls(depot_id).where(~is_open).order_by(*newest).limit(closed)
    return _rows(session, depot_id, [*rows, *session.execute(others)])


def recalls_after(
    session: Session, depot_id: int, after: int | None, limit: int
) -> list[RecallRow]:
    """Return recalls, the newest first, from behind the one with the id `after`."""
    wanted = _recalls(depot_id).order_by(Recall.id.desc()).limit(limit)
    if after is not None:
        wanted = wanted.where(Recall.id < after)
    return _rows(session, depot_id, session.execute(wanted).all())


def open_recalls(session: Session, depot_id: int) -> list[RecallRow]:
    """Return the recalls that are not closed, the newest first; one statement for none."""
    rows = session.execute(
        _recalls(depot_id).where(Recall.closed_at.is_(None)).order_by(Recall.id.desc())
    ).all()
    return _rows(session, depot_id, rows)


def recall_row(session: Session, depot_id: int, recall_id: int) -> RecallRow | None:
    """Return one recall of the depot, or None if it has none with that id."""
    rows = session.execute(_recalls(depot_id).where(Recall.id == recall_id)).all()
    return next(iter(_rows(session, depot_id, rows)), None)


def _recalls(depot_id: int) -> Select[*tuple[Any, ...]]:
    made, closed = aliased(Person), aliased(Person)
    token, program = aliased(ApiToken), aliased(ApiToken)
    statement: Select[*tuple[Any, ...]] = (
        select(
            Recall,
            func.coalesce(made.name, token.name).label("made_by"),
            func.coalesce(closed.name, program.name).label("closed_by"),
        )
        .outerjoin(made, made.id == Recall.person_id)
        .outerjoin(token, token.id == Recall.token_id)
        .outerjoin(closed, closed.id == Recall.closed_by_id)
        .outerjoin(program, program.id == Recall.closed_program_id)
        .where(Recall.depot_id == depot_id)
    )
    return statement


def _rows(session: Session, depot_id: int, rows: Iterable[Any]) -> list[RecallRow]:
    found = list(rows)
    if not found:
        return []
    holds = hold_rows(session, depot_id, [row.Recall.hold_id for row in found])
    return [
        RecallRow(
            recall.id,
            recall.name,
            holds[recall.hold_id],
            recall.made_at,
            row.made_by,
            recall.closed_at,
            row.closed_by,
            recall.close_note,
        )
        for row in found
        for recall in [row.Recall]
    ]


def recalled_lots(depot_id: int, hold_id: int) -> Select[int]:
    """Return the statement of the lots of a recall: those named, and what was made of them."""
    return select(HeldLot.lot_id).where(HeldLot.depot_id == depot_id, HeldLot.hold_id == hold_id)


def goods_here(session: Session, depot_id: int, recall: RecallRow) -> list[HereRow]:
    """Return where it is now, crate by crate, and what of it was found and kept.

    Four statements.
    """
    goods = goods_of(session, depot_id, recalled_lots(depot_id, recall.hold.id))
    kept: defaultdict[tuple[int, int], int] = defaultdict(int)
    rows = session.execute(
        select(RecallFinding.location_id, RecallFinding.lot_id, RecallFinding.quantity).where(
            RecallFinding.depot_id == depot_id,
            RecallFinding.recall_id == recall.id,
            RecallFinding.outcome == "found_kept",
        )
    )
    for location_id, lot_id, quantity in rows:
        kept[location_id, lot_id] += quantity
    return [HereRow(one, min(one.quantity, kept[one.location_id, one.lot_id])) for one in goods]


def findings_of(session: Session, depot_id: int, recall_id: int) -> list[Finding]:
    """Return what was found, the last first (one statement)."""
    undo = aliased(StockEntry)
    is_undone = exists().where(undo.reverses_id == RecallFinding.entry_id)
    rows = session.execute(
        select(
            RecallFinding,
            Lot,
            Item,
            ITEM_NAME.label("called"),
            Location,
            Crate.code,
            func.coalesce(Person.name, ApiToken.name).label("by"),
            is_undone.label("is_undone"),
        )
        .join(Lot, Lot.id == RecallFinding.lot_id)
        .join(Item, Item.id == Lot.item_id)
        .join(Location, Location.id == RecallFinding.location_id)
        .outerjoin(Crate, Crate.location_id == Location.id)
        .outerjoin(Person, Person.id == RecallFinding.person_id)
        .outerjoin(ApiToken, ApiToken.id == RecallFinding.token_id)
        .where(RecallFinding.depot_id == depot_id, RecallFinding.recall_id == recall_id)
        .order_by(RecallFinding.id.desc())
    )
    return [
        Finding(
            one.id,
            one.lot_id,
            one.location_id,
            row.called,
            row.Item.base_unit,
            row.Lot.date_kind,
            row.Lot.date_text,
            row.Lot.lot_code,
            row.Location.name,
            row.code,
            one.quantity,
            one.outcome,
            one.entry_id,
            row.is_undone,
            one.occurred_at,
            row.by,
            one.note,
        )
        for row in rows
        for one in [row.RecallFinding]
    ]


def notices_of(session: Session, depot_id: int, recall_id: int) -> list[Notice]:
    """Return who was told, the last first (one statement)."""
    rows = session.execute(
        select(RecallNotice, func.coalesce(Person.name, ApiToken.name).label("by"))
        .outerjoin(Person, Person.id == RecallNotice.person_id)
        .outerjoin(ApiToken, ApiToken.id == RecallNotice.token_id)
        .where(RecallNotice.depot_id == depot_id, RecallNotice.recall_id == recall_id)
        .order_by(RecallNotice.told_at.desc(), RecallNotice.id.desc())
    )
    return [
        Notice(
            one.id,
            one.kind,
            one.contact_id,
            one.name,
            one.way,
            one.address,
            one.language,
            one.note,
            one.told_at,
            row.by,
        )
        for row in rows
        for one in [row.RecallNotice]
    ]
