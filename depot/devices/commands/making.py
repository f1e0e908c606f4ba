"""A device of the depot's own: made, set up by a link, ended; and whether it asks for PINs.

The link's secret is made from the command's id (docs/adr/0015): shown again it is the same, and the
database holds only its digest. It counts once, for a quarter of an hour.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, or_, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, LinkExpired, NameTaken, NotFound
from depot.base.names import clean_name, name_key, need_one_alphabet
from depot.base.secrets import command_secret, secret_hash
from depot.base.text import N_
from depot.db.transaction import transaction
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Depot, DepotDevice, PersonSession
from depot.open_book.settings import note_change, values_of

LASTS: Final = timedelta(minutes=15)
IDLE_MINUTES: Final = 10
MOST_IDLE: Final = 240
MAX_NAME: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDevice:
    """A tablet or laptop is to be the depot's own."""

    command_id: UUID
    name: str
    #: After so long it asks again who is doing this.
    idle_minutes: int = IDLE_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDevice:
    """A device is to be the depot's own no longer."""

    command_id: UUID
    device_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForPins:
    """The depot's devices are to ask for a PIN, or not."""

    command_id: UUID
    asks_pin: bool


def setup_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret of the link that an `AddDevice` makes: the same for the same command."""
    return command_secret(secret_key, "depot device", depot_id, command_id)


def add_device(
    command: AddDevice, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Make a device of the depot, which its link sets up. `setup_secret` is the link's secret.

    Raises Forbidden, Invalid, NameTaken for the name of another that counts.
    """
    need_coordinator(actor)
    secret = setup_secret(secret_key, actor.depot_id, command.command_id)
    return run_once(command, actor, clock, lambda asked, work: _add(asked, work, secret), SavedId)


def _add(command: AddDevice, work: Work, secret: str) -> SavedId:
    name = clean_name(command.name)
    if not 1 <= len(name) <= MAX_NAME:
        raise Invalid(field="name", problem=N_("A name, please: at most 120 letters."))
    need_one_alphabet(name)
    if not 1 <= command.idle_minutes <= MOST_IDLE:
        raise Invalid(field="idle_minutes", problem=N_("Choose from 1 to 240 minutes."))
    others = work.session.scalars(
        select(DepotDevice.name).where(
            DepotDevice.depot_id == work.depot_id,
            DepotDevice.ended_at.is_(None),
            or_(DepotDevice.set_up_at.is_not(None), DepotDevice.setup_ends_at > work.recorded_at),
        )
    )
    if name_key(name) in map(name_key, others):
        raise NameTaken(field="name", name=name)
    made = work.session.execute(
        insert(DepotDevice)
        .values(
            depot_id=work.depot_id,
            name=name,
            idle_minutes=command.idle_minutes,
            command_id=work.command_id,
            setup_hash=secret_hash(secret),
            setup_ends_at=work.recorded_at + LASTS,
            created_by_id=work.actor.person_id,
            created_at=work.recorded_at,
        )
        .returning(DepotDevice.id)
    ).scalar_one()
    note_change(work, "depot", work.actor.depot.name, {"own_device": None}, {"own_device": name})
    return SavedId(id=made)


def end_device(command: EndDevice, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """End a device of the actor's depot, with whoever is at it; what waits on it stays on it.

    Raises Forbidden, NotFound.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _end, SavedId)


def _end(command: EndDevice, work: Work) -> SavedId:
    found = work.session.get(DepotDevice, command.device_id)
    if found is None or found.depot_id != work.depot_id:
        raise NotFound(what=N_("device"), name=command.device_id)
    if found.ended_at is None:
        found.ended_at = work.recorded_at
        work.session.execute(
            update(PersonSession)
            .where(PersonSession.device_id == found.id, PersonSession.ended_at.is_(None))
            .values(ended_at=work.recorded_at)
        )
        before, after = {"own_device": found.name}, {"own_device": None}
        note_change(work, "depot", work.actor.depot.name, before, after)
    return SavedId(id=found.id)


def ask_for_pins(command: AskForPins, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Have the depot's devices ask for a PIN or not. Raises Forbidden."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _ask, SavedId)


def _ask(command: AskForPins, work: Work) -> SavedId:
    before = values_of(work, Depot, work.depot_id, "asks_pin")
    values = {"asks_pin": command.asks_pin}
    work.session.execute(update(Depot).where(Depot.id == work.depot_id).values(**values))
    note_change(work, "depot", work.actor.depot.name, before, values)
    return SavedId(id=work.depot_id)


def set_up_device(secret: str, clock: Clock = utc_now) -> str:
    """Use a link up and return the key that the device's cookie bears. Raises LinkExpired.

    It carries no command_id: the link counts once by itself, and the key is random.
    """
    key, now = secrets.token_urlsafe(32), clock()
    with transaction() as session:
        made = session.execute(
            update(DepotDevice)
            .where(
                DepotDevice.setup_hash == secret_hash(secret),
                DepotDevice.set_up_at.is_(None),
                DepotDevice.ended_at.is_(None),
                DepotDevice.setup_ends_at > now,
            )
            .values(key_hash=secret_hash(key), set_up_at=now, seen_at=now)
            .returning(DepotDevice.id)
        )
        if not made.all():
            raise LinkExpired()
    return key
