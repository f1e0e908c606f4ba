"""What was accepted although the book disagreed: waiting for a coordinator, and looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from depot.base.kinds import DiscrepancyKind
from depot.entries.queries.entry_lines import PlaceRef
from depot.models import Discrepancy, Item, Location, Person, StockEntry
from depot.models.item_names import ITEM_NAME

_Resolver = aliased(Person)
_Reversal = aliased(StockEntry)
_Receipt = aliased(StockEntry)


@dataclass(frozen=True, slots=True)
class DiscrepancyRow:
    """One fact with the numbers in it; quantities are in the item's base unit."""

    id: int
    kind: DiscrepancyKind
    detail: str
    item_id: int | None
    item: str | None
    unit: str | None
    place: PlaceRef | None
    #: What the book said, and what was said on the floor.
    expected: int | None
    actual: int | None
    opened_at: datetime
    person: str | None
    entry_id: int | None
    entry_seq: int | None
    #: The entry behind it can be undone: there is one, it is no undo, and it was not undone.
    can_undo: bool
    resolution: str
    resolved_at: datetime | None
    resolved_by: str | None
    #: The receipt that the entry behind it undid, if it is such an undo.
    undone_receipt_id: int | None = None
    #: The hand-out that the entry behind it belongs to.
    event_id: int | None = None

    @property
    def more_than_book(self) -> int | None:
        """How many more were there than the book said; negative for fewer."""
        if self.expected is None or self.actual is None:
            return None
        return self.actual - self.expected


def open_discrepancies(session: Session, depot_id: int, limit: int = 100) -> list[DiscrepancyRow]:
    """Return what waits for a coordinator, the newest first (one statement)."""
    wanted = _rows(depot_id).where(Discrepancy.resolved_at.is_(None))
    return _read(session, wanted.order_by(Discrepancy.id.desc()).limit(limit))


def settled_discrepancies(session: Session, depot_id: int, limit: int = 30) -> list[DiscrepancyRow]:
    """Return what was settled lately, the last settled first (one statement)."""
    wanted = _rows(depot_id).where(Discrepancy.resolved_at.is_not(None))
    latest = (Discrepancy.resolved_at.desc(), Discrepancy.id.desc())
    return _read(session, wanted.order_by(*latest).limit(limit))


def all_discrepancies(session: Session, depot_id: int) -> list[DiscrepancyRow]:
    """Return what waits and what was settled, the newest first (one statement)."""
    return _read(session, _rows(depot_id).order_by(Discrepancy.id.desc()))


def discrepancies_below(
    session: Session, depot_id: int, below: int | None, limit: int, is_open: bool | None = None
) -> list[DiscrepancyRow]:
    """Return at most `limit` of them, the newest first, with ids below `below` if it is given.

    With `is_open` only those that wait, or only those that were settled (one statement).
    """
    wanted = _rows(depot_id)
    if below is not None:
        wanted = wanted.where(Discrepancy.id < below)
    if is_open is not None:
        waits = Discrepancy.resolved_at.is_(None)
        wanted = wanted.where(waits if is_open else ~waits)
    return _read(session, wanted.order_by(Discrepancy.id.desc()).limit(limit))


def discrepancies_of(session: Session, depot_id: int, entry_id: int) -> list[DiscrepancyRow]:
    """Return what one entry gave to look at, settled or not, in order (one statement)."""
    wanted = _rows(depot_id).where(Discrepancy.entry_id == entry_id)
    return _read(session, wanted.order_by(Discrepancy.id))


#: :depot
_OPEN: Final = (
    select(func.count())
    .select_from(Discrepancy)
    .where(Discrepancy.depot_id == bindparam("depot"), Discrepancy.resolved_at.is_(None))
)


def open_count(session: Session, depot_id: int) -> int:
    """Return how many wait for a coordinator (one statement)."""
    return session.connection().scalars(_OPEN, {"depot": depot_id}).one()


def open_subjects(
    session: Session, depot_id: int, kind: DiscrepancyKind, details: Collection[str]
) -> set[str]:
    """Return which codes or names wait for a coordinator as that kind (one statement at most)."""
    if not details:
        return set()
    waiting = (Discrepancy.depot_id == depot_id, Discrepancy.resolved_at.is_(None))
    about = (Discrepancy.kind == kind, Discrepancy.detail.in_(details))
    return set(session.scalars(select(Discrepancy.detail).where(*waiting, *about)))


def _rows(depot_id: int) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(
            Discrepancy,
            ITEM_NAME.label("item"),
            Item.base_unit.label("unit"),
            Location.kind.label("place_kind"),
            Location.name.label("place_name"),
            Person.name.label("person"),
            _Resolver.name.label("resolver"),
            StockEntry.seq,
            StockEntry.kind.label("entry_kind"),
            StockEntry.event_id,
            _Reversal.id.label("reversal_id"),
            _Receipt.id.label("undone_receipt_id"),
        )
        .outerjoin(Item, Item.id == Discrepancy.item_id)
        .outerjoin(Location, Location.id == Discrepancy.location_id)
        .outerjoin(Person, Person.id == Discrepancy.person_id)
        .outerjoin(_Resolver, _Resolver.id == Discrepancy.resolved_by_id)
        .outerjoin(StockEntry, StockEntry.id == Discrepancy.entry_id)
        .outerjoin(_Reversal, _Reversal.reverses_id == Discrepancy.entry_id)
        .outerjoin(_Receipt, (_Receipt.id == StockEntry.reverses_id) & (_Receipt.kind == "receipt"))
        .where(Discrepancy.depot_id == depot_id)
    )
    return statement


def _read(session: Session, statement: Select[*tuple[Any, ...]]) -> list[DiscrepancyRow]:
    return [_row(row) for row in session.execute(statement)]


def _row(row: Any) -> DiscrepancyRow:
    found: Discrepancy = row.Discrepancy
    place = None
    if found.location_id is not None:
        place = PlaceRef(found.location_id, row.place_kind, row.place_name)
    return DiscrepancyRow(
        id=found.id,
        kind=found.kind,
        detail=found.detail,
        item_id=found.item_id,
        item=row.item,
        unit=row.unit,
        place=place,
        expected=found.expected_quantity,
        actual=found.actual_quantity,
        opened_at=found.opened_at,
        person=row.person,
        entry_id=found.entry_id,
        entry_seq=row.seq,
        can_undo=row.entry_kind not in (None, "reversal") and row.reversal_id is None,
        resolution=found.resolution,
        resolved_at=found.resolved_at,
        resolved_by=row.resolver,
        undone_receipt_id=row.undone_receipt_id,
        event_id=row.event_id,
    )
