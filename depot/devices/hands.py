"""Whose a device is when it asks, and who may tap a name on it: what looks and acts ask alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Exists, exists, or_, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.secrets import secret_hash
from depot.devices.short_names import short_names
from depot.models import Depot, DepotDevice, DevicePin, Membership, Person, PersonSession


@dataclass(frozen=True, slots=True)
class DeviceHolder:
    """A device of a depot's own that counts."""

    id: int
    name: str
    depot: DepotView
    asks_pin: bool
    #: Who set it up: by them are those who join on it.
    made_by_id: int | None


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name that may be tapped."""

    person_id: int
    name: str
    has_pin: bool


def find_device(session: Session, key: str) -> DeviceHolder | None:
    """Return the device whose cookie bears that key, if it still counts."""
    row = session.execute(
        select(DepotDevice, Depot)
        .join(Depot, Depot.id == DepotDevice.depot_id)
        .where(DepotDevice.key_hash == secret_hash(key), DepotDevice.ended_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    device, depot = row
    return DeviceHolder(device.id, device.name, depot.view(), depot.asks_pin, device.created_by_id)


def names_to_tap(session: Session, depot_id: int, now: datetime) -> list[NameRow]:
    """Return who may tap their name: people with a sign-in, and who helps today; by first name."""
    rows = session.execute(
        select(Person.id, Person.name, DevicePin.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(DevicePin, (DevicePin.depot_id == depot_id) & (DevicePin.person_id == Person.id))
        .where(
            Membership.depot_id == depot_id,
            Membership.ended_at.is_(None),
            or_(Person.login.is_not(None), _is_here(now)),
        )
    ).all()
    shown = short_names((row[0], row[1]) for row in rows)
    found = [NameRow(row[0], shown[row[0]], row[2] is not None) for row in rows]
    return sorted(found, key=lambda row: (row.name.casefold(), row.person_id))


def _is_here(now: datetime) -> Exists:
    """Whoever helps until tonight, signed out meanwhile or not."""
    return exists().where(PersonSession.person_id == Person.id, PersonSession.ends_at > now)
