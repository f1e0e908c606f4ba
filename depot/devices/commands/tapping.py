"""Who is doing this: a name tapped on a device of the depot, with a PIN where the depot wants one.

Tapping carries no command_id: a session begins, kept by its own random key. A PIN is in no
fingerprint and no log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, NotFound
from depot.base.text import N_
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.devices.errors import PinMissing, PinWrong
from depot.devices.hands import DeviceHolder, names_to_tap
from depot.devices.pins import clean_pin
from depot.joining.commands.helpers import add_helper
from depot.joining.tonight import end_of_tonight
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_own_hands, run_once
from depot.models import DepotDevice, DevicePin, Person
from depot.people.access_journal import note_failure
from depot.people.passwords import hash_password, is_password
from depot.people.sessions import SessionStart
from depot.people.tries import Try, begin_tries, forgive_tries


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinOnDevice:
    """Somebody without a phone of theirs says on the depot's device who they are."""

    command_id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedOnDevice(Answer):
    """Who helps from now on, until tonight."""

    person_id: int


def tap_name(
    device: DeviceHolder, person_id: int, pin: str = "", clock: Clock = utc_now
) -> SessionStart:
    """Let somebody act on the device, as no more than a helper, until tonight at most.

    Raises NotFound for who works here not or no longer; where the depot asks for PINs PinMissing,
    PinWrong, TooManyTries.
    """
    now = clock()
    names = names_to_tap(current_session(), device.depot.id, now)
    found = next((row for row in names if row.person_id == person_id), None)
    if found is None:
        raise NotFound(what=N_("person"), name=person_id)
    if device.asks_pin:
        _check_pin(device, person_id, found.name, pin, clock)
    with transaction() as session:
        _note_seen(session, device, now)
    return _start(device, person_id, found.name, now)


def _check_pin(device: DeviceHolder, person_id: int, name: str, pin: str, clock: Clock) -> None:
    kept = current_session().get(DevicePin, (device.depot.id, person_id))
    if kept is None:
        raise PinMissing(field="pin", name=name)
    known, door = kept.pin_hash, Try("pin", f"{device.id}\n{person_id}")
    begin_tries(door, clock=clock)
    is_right = is_password("".join(pin.split()), known)
    with transaction() as session:
        if is_right:
            forgive_tries(session, door)
        else:
            note_failure(session, session.get_one(Person, person_id), clock())
    if not is_right:
        raise PinWrong(field="pin", name=name)


def _note_seen(session: Session, device: DeviceHolder, now: datetime) -> None:
    session.execute(update(DepotDevice).where(DepotDevice.id == device.id).values(seen_at=now))


def _start(device: DeviceHolder, person_id: int, name: str, now: datetime) -> SessionStart:
    tonight = end_of_tonight(now, device.depot.time_zone)
    return SessionStart(person_id, device.depot.id, name, ends_at=tonight, device_id=device.id)


def join_on_device(
    command: JoinOnDevice, device: DeviceHolder, pin: str = "", clock: Clock = utc_now
) -> SessionStart:
    """Let somebody help until tonight under a first name, typed on the device.

    Where the depot asks for PINs they choose theirs with it. Raises Invalid, SameNameHere,
    NameAlike.
    """
    chosen = clean_pin(pin) if device.asks_pin else ""
    nobody = Actor(device.depot, "helper", command.name)
    joined: Outcome[JoinedOnDevice] = run_once(
        command, nobody, clock, lambda asked, work: _join(asked, device, work), JoinedOnDevice
    )
    now, person_id = clock(), joined.answer.person_id
    with transaction() as session:
        if chosen and not joined.repeated:
            _keep_pin(session, device.depot.id, person_id, chosen, now)
        _note_seen(session, device, now)
        name = session.get_one(Person, person_id).name
    if joined.repeated and device.asks_pin:
        _check_pin(device, person_id, name, pin, clock)
    return _start(device, person_id, name, now)


def _join(command: JoinOnDevice, device: DeviceHolder, work: Work) -> JoinedOnDevice:
    return JoinedOnDevice(person_id=add_helper(work, command.name, device.made_by_id))


def set_pin(actor: Actor, typed: str, clock: Clock = utc_now) -> None:
    """Give the actor a PIN for the devices of the depot, in place of the one before.

    On their own phone alone. Raises Forbidden, Invalid.
    """
    need_own_hands(actor)
    if actor.person_id is None:
        raise Forbidden()
    pin = clean_pin(typed)
    with transaction() as session:
        _keep_pin(session, actor.depot_id, actor.person_id, pin, clock())


def _keep_pin(session: Session, depot_id: int, person_id: int, pin: str, now: datetime) -> None:
    kept = session.get(DevicePin, (depot_id, person_id))
    if kept is None:
        kept = DevicePin(depot_id=depot_id, person_id=person_id)
        session.add(kept)
    kept.pin_hash, kept.set_at = hash_password(pin), now
