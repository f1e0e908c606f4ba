"""Which parcels go out at a hand-out: those it was planned by, and the others that there are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.models import EventParcel, Parcel, ParcelVersion
from depot.production.parcel_rows import ParcelRow, is_newest_parcel, load_parcels
from depot.production.parcels import Households


@dataclass(frozen=True, slots=True)
class ParcelPlanned:
    """A kind of parcel, and a kind of household for which so many were planned."""

    parcel: ParcelRow
    households: Households


@dataclass(frozen=True, slots=True)
class ParcelsAtTable:
    """What was planned, and every parcel by the version that goes out, by name."""

    planned: tuple[ParcelPlanned, ...]
    kinds: tuple[ParcelRow, ...]


def parcels_at_table(session: Session, depot_id: int, event_id: int) -> ParcelsAtTable:
    """Return the parcels of a hand-out, in the order of its plan (five statements)."""
    rows = session.scalars(
        select(EventParcel)
        .where(EventParcel.depot_id == depot_id, EventParcel.event_id == event_id)
        .order_by(EventParcel.line)
    ).all()
    versions = {row.version_id for row in rows}
    in_use = is_newest_parcel() & ~Parcel.archived
    found = load_parcels(session, depot_id, in_use | ParcelVersion.id.in_(versions))
    by_version = {row.version_id: row for row in found}
    planned = tuple(ParcelPlanned(by_version[row.version_id], _households(row)) for row in rows)
    kinds: dict[int, ParcelRow] = {}
    for parcel in found:  # the older of two is that of the plan
        kinds.setdefault(parcel.id, parcel)
    return ParcelsAtTable(
        planned, tuple(sorted(kinds.values(), key=lambda parcel: parcel.name.casefold()))
    )


def _households(row: EventParcel) -> Households:
    return Households(row.households, row.adults, row.children, row.size, row.diet)
