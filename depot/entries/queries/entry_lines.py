"""What stands in entries: their lines, where crates went, people counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from depot.base.kinds import PHYSICAL_KINDS, DateKind, LocationKind
from depot.base.units import known_unit_weight, weight_grams
from depot.ledger.item_names import ITEM_NAME
from depot.models import CratePlacement, Item, Location, Lot, PeopleCount, StockMove

# Asked with every page of the book. To put a statement together costs several times what it takes
# to run one, so these are put together once, and run without the ORM.
_DEPOT: Final[BindParameter[int]] = bindparam("depot")
_ENTRIES: Final[BindParameter[Any]] = bindparam("entries", expanding=True)


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A location by kind and name; a crate's name is its code."""

    id: int
    kind: LocationKind
    name: str

    @property
    def is_physical(self) -> bool:
        return self.kind in PHYSICAL_KINDS

    @property
    def is_crate(self) -> bool:
        return self.kind == "crate"


@dataclass(frozen=True, slots=True)
class LineRow:
    """One move of an entry: a quantity of one lot from a place to a place."""

    line: int
    item_id: int
    item: str
    unit: str
    lot_id: int
    lot_code: str
    date_kind: DateKind
    date_text: str
    source: PlaceRef
    target: PlaceRef
    quantity: int
    #: By the item's weight, else as weighed; None if neither is known.
    weight_grams: int | None
    weighed_grams: int | None
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A crate went from one place (None: not known) to another."""

    crate: PlaceRef
    source: PlaceRef | None
    target: PlaceRef | None


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """People counted by an entry, negative where the count was undone; None: not asked."""

    households: int
    adults: int | None
    children: int | None
    seniors: int | None
    new_households: int | None


def lines_of(
    session: Session, depot_id: int, entry_ids: Collection[int]
) -> dict[int, tuple[LineRow, ...]]:
    """Return the lines of the entries by entry id, in their order (one statement)."""
    asked = {"depot": depot_id, "entries": list(entry_ids)}
    found: defaultdict[int, list[LineRow]] = defaultdict(list)
    for row in session.connection().execute(_lines(), asked):
        found[row.entry_id].append(_line(row))
    return {entry_id: tuple(lines) for entry_id, lines in found.items()}


@cache
def _lines() -> Select[*tuple[Any, ...]]:
    """Return the statement for the lines of :entries in :depot."""
    source, target = aliased(Location), aliased(Location)
    statement: Select[*tuple[Any, ...]] = (
        select(
            StockMove.entry_id,
            StockMove.line,
            StockMove.quantity,
            StockMove.weighed_grams,
            StockMove.is_correction,
            Item.id.label("item_id"),
            ITEM_NAME.label("item"),
            Item.base_unit,
            Item.unit_weight_milligrams,
            Lot.id.label("lot_id"),
            Lot.lot_code,
            Lot.date_kind,
            Lot.date_text,
            source.id.label("source_id"),
            source.kind.label("source_kind"),
            source.name.label("source_name"),
            target.id.label("target_id"),
            target.kind.label("target_kind"),
            target.name.label("target_name"),
        )
        .join(Item, Item.id == StockMove.item_id)
        .join(Lot, Lot.id == StockMove.lot_id)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .where(StockMove.depot_id == _DEPOT, StockMove.entry_id.in_(_ENTRIES))
        .order_by(StockMove.entry_id, StockMove.line)
    )
    return statement


def _line(row: Any) -> LineRow:
    unit_weight = known_unit_weight(row.base_unit, row.unit_weight_milligrams)
    by_item = weight_grams(row.quantity, unit_weight)
    return LineRow(
        line=row.line,
        item_id=row.item_id,
        item=row.item,
        unit=row.base_unit,
        lot_id=row.lot_id,
        lot_code=row.lot_code,
        date_kind=row.date_kind,
        date_text=row.date_text,
        source=PlaceRef(row.source_id, row.source_kind, row.source_name),
        target=PlaceRef(row.target_id, row.target_kind, row.target_name),
        quantity=row.quantity,
        weight_grams=row.weighed_grams if by_item is None else by_item,
        weighed_grams=row.weighed_grams,
        is_correction=row.is_correction,
    )


def placements_of(
    session: Session, depot_id: int, entry_ids: Collection[int]
) -> dict[int, tuple[PlacementRow, ...]]:
    """Return where the entries put crates, by entry id (one statement)."""
    asked = {"depot": depot_id, "entries": list(entry_ids)}
    rows = session.connection().execute(_placements(), asked)
    found: defaultdict[int, list[PlacementRow]] = defaultdict(list)
    for entry_id, crate_id, code, from_id, from_kind, from_name, to_id, to_kind, to_name in rows:
        found[entry_id].append(
            PlacementRow(
                PlaceRef(crate_id, "crate", code),
                _place(from_id, from_kind, from_name),
                _place(to_id, to_kind, to_name),
            )
        )
    return {entry_id: tuple(placements) for entry_id, placements in found.items()}


@cache
def _placements() -> Select[*tuple[Any, ...]]:
    """Return the statement for where :entries in :depot put crates."""
    crate, source, target = aliased(Location), aliased(Location), aliased(Location)
    statement: Select[*tuple[Any, ...]] = (
        select(
            CratePlacement.entry_id,
            crate.id,
            crate.name,
            source.id,
            source.kind,
            source.name,
            target.id,
            target.kind,
            target.name,
        )
        .join(crate, crate.id == CratePlacement.crate_id)
        .join(source, source.id == CratePlacement.from_id, isouter=True)
        .join(target, target.id == CratePlacement.to_id, isouter=True)
        .where(CratePlacement.depot_id == _DEPOT, CratePlacement.entry_id.in_(_ENTRIES))
        .order_by(CratePlacement.id)
    )
    return statement


def _place(place_id: int | None, kind: LocationKind | None, name: str | None) -> PlaceRef | None:
    if place_id is None or kind is None:
        return None
    return PlaceRef(place_id, kind, name or "")


def people_of(session: Session, depot_id: int, entry_ids: Collection[int]) -> dict[int, PeopleRow]:
    """Return the people the entries counted, by entry id (one statement)."""
    rows = session.scalars(
        select(PeopleCount).where(
            PeopleCount.depot_id == depot_id, PeopleCount.entry_id.in_(entry_ids)
        )
    )
    return {
        row.entry_id: PeopleRow(
            row.households, row.adults, row.children, row.seniors, row.new_households
        )
        for row in rows
    }
