"""Which devices a depot has, what they ask for, and who was at one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.secrets import secret_hash
from depot.devices.hands import names_to_tap
from depot.models import Depot, DepotDevice, DevicePin, Membership, Person, PersonSession


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device as a list shows it; while it waits for being set up, its link is made anew."""

    id: int
    name: str
    idle_minutes: int
    command_id: UUID
    setup_ends_at: datetime
    set_up_at: datetime | None
    seen_at: datetime | None

    def waits(self, now: datetime) -> bool:
        """Say whether its link still counts."""
        return self.set_up_at is None and self.setup_ends_at > now


def device_to_set_up(session: Session, secret: str, now: datetime) -> tuple[str, str] | None:
    """Return the names of the device and of the depot that a link sets up, if it still counts."""
    row = session.execute(
        select(DepotDevice.name, Depot.name)
        .join(Depot, Depot.id == DepotDevice.depot_id)
        .where(
            DepotDevice.setup_hash == secret_hash(secret),
            DepotDevice.set_up_at.is_(None),
            DepotDevice.ended_at.is_(None),
            DepotDevice.setup_ends_at > now,
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def devices_of(session: Session, depot_id: int, now: datetime) -> list[DeviceRow]:
    """Return the depot's devices by name: those that count, and those whose link still does."""
    rows = session.scalars(
        select(DepotDevice)
        .where(
            DepotDevice.depot_id == depot_id,
            DepotDevice.ended_at.is_(None),
            or_(DepotDevice.set_up_at.is_not(None), DepotDevice.setup_ends_at > now),
        )
        .order_by(DepotDevice.name, DepotDevice.id)
    )
    return [
        DeviceRow(
            row.id,
            row.name,
            row.idle_minutes,
            UUID(row.command_id),
            row.setup_ends_at,
            row.set_up_at,
            row.seen_at,
        )
        for row in rows
    ]


def asks_pin(session: Session, depot_id: int) -> bool:
    """Say whether the depot's devices ask for a PIN."""
    return bool(session.scalar(select(Depot.asks_pin).where(Depot.id == depot_id)))


def has_pin(session: Session, depot_id: int, person_id: int) -> bool:
    """Say whether somebody has a PIN for the depot's devices."""
    return session.get(DevicePin, (depot_id, person_id)) is not None


def names_without_pin(session: Session, at: Actor, now: datetime) -> list[tuple[int, str]]:
    """Return who may tap their name at the actor's device while it has no connection.

    Nobody where PINs are asked for, which a device alone cannot check, and on what is no device of
    the depot's own.
    """
    if at.device is None or asks_pin(session, at.depot_id):
        return []
    return [(row.person_id, row.name) for row in names_to_tap(session, at.depot_id, now)]


def who_was_there(session: Session, at: Actor, person_id: int) -> Actor | None:
    """Return somebody as the device's own queue knows them: they were at it, and still work here.

    `at` acts on that device now. What waits on it is sent by whoever is there when it can be.
    Who tapped a name without a connection began no session at it: where no PIN is asked for, it is
    enough that they have a sign-in, or helped lately.
    """
    if at.device is None:
        return None
    needs_no_pin = exists().where(Depot.id == at.depot_id, ~Depot.asks_pin)
    name = session.scalar(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.id == person_id,
            Membership.depot_id == at.depot_id,
            Membership.ended_at.is_(None),
            exists().where(
                PersonSession.person_id == Person.id,
                or_(PersonSession.device_id == at.device.id, needs_no_pin),
            )
            | (Person.login.is_not(None) & needs_no_pin),
        )
    )
    if name is None:
        return None
    return Actor(at.depot, "helper", name, person_id=person_id, device=at.device)
