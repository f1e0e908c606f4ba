"""A device of the depot's own: set up once, ended at once, nobody more on it than a helper."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from depot.base.actors import Actor, OwnDevice
from depot.base.errors import Forbidden, Invalid, LinkExpired, NameTaken, NotFound, TooManyTries
from depot.base.secrets import secret_hash
from depot.devices.commands.making import (
    AddDevice,
    AskForPins,
    EndDevice,
    add_device,
    ask_for_pins,
    end_device,
    set_up_device,
    setup_secret,
)
from depot.devices.commands.tapping import JoinOnDevice, join_on_device, set_pin, tap_name
from depot.devices.errors import PinMissing, PinWrong
from depot.devices.hands import DeviceHolder, find_device, names_to_tap
from depot.devices.queries import devices_of, who_was_there
from depot.entries.queries.ledger import recent_entries
from depot.joining.errors import SameNameHere
from depot.leaving.commands import Leave, leave
from depot.models import DepotDevice, DeviceCommand, DevicePin, SettingChange
from depot.open_book.queries import rights
from depot.people.commands import access, accounts
from depot.people.commands.sessions import drop_old_sessions, note_seen, sign_out, start_session
from depot.people.devices import Device
from depot.people.queries import find_session_holder
from depot.people.sessions import SessionStart
from tests.builders import (
    NOW,
    PASSWORD,
    SECRET_KEY,
    World,
    clock,
    make_invitation,
    receive,
)
from tests.current import db


def add(by: Actor, name: str = "Tablet at the door", idle_minutes: int = 10) -> tuple[int, str]:
    """Make a device; return its number and the secret of its link."""
    command = AddDevice(command_id=uuid4(), name=name, idle_minutes=idle_minutes)
    made = add_device(command, by, SECRET_KEY, clock).answer
    return made.id, setup_secret(SECRET_KEY, by.depot_id, command.command_id)


def device(by: Actor, name: str = "Tablet at the door", idle_minutes: int = 10) -> DeviceHolder:
    """Make a device and set it up."""
    key = set_up_device(add(by, name, idle_minutes=idle_minutes)[1], clock)
    found = find_device(db.session(), key)
    assert found is not None
    return found


def end(by: Actor, device_id: int) -> None:
    end_device(EndDevice(command_id=uuid4(), device_id=device_id), by, clock)


def ask(by: Actor) -> None:
    ask_for_pins(AskForPins(command_id=uuid4(), asks_pin=True), by, clock)


def begin(start: SessionStart, now: datetime = NOW) -> str:
    return start_session(start, Device("Tablet"), lambda: now)


def at(key: str, depot_id: int, now: datetime = NOW, *, sends: bool = False) -> Actor | None:
    found = find_session_holder(db.session(), key, depot_id, now, sends=sends)
    return found.actor if found else None


def tapped(by: Actor, who: Actor, idle_minutes: int = 10) -> tuple[DeviceHolder, str]:
    """Set a device up and tap somebody's name on it; return the key of the session."""
    own = device(by, idle_minutes=idle_minutes)
    return own, begin(tap_name(own, who.person_id or 0, clock=clock))


def test_the_link_counts_once_and_for_a_quarter_of_an_hour(world: World) -> None:
    device_id, secret = add(world.ada)
    with pytest.raises(LinkExpired):
        set_up_device(secret, lambda: NOW + timedelta(minutes=15))
    key = set_up_device(secret, clock)
    with pytest.raises(LinkExpired):
        set_up_device(secret, clock)
    found = find_device(db.session(), key)
    assert found is not None
    assert (found.id, found.name) == (device_id, "Tablet at the door")
    kept = db.session.scalars(select(DepotDevice)).one()
    assert kept.key_hash == secret_hash(key), "the key itself is kept nowhere"
    assert secret not in (kept.setup_hash, kept.command_id)


def test_ended_it_opens_nothing_with_whoever_is_at_it(world: World) -> None:
    own, key = tapped(world.ada, world.ben)
    assert at(key, world.north.id) is not None
    end(world.ada, own.id)
    assert at(key, world.north.id) is None
    assert devices_of(db.session(), world.north.id, NOW) == []
    unused, secret = add(world.ada)
    end(world.ada, unused)
    with pytest.raises(LinkExpired):
        set_up_device(secret, clock)
    kept = db.session.scalars(select(SettingChange.fields).where(SettingChange.kind == "depot"))
    assert sum("own_device" in fields for fields in kept) == 4, "the open book tells of each"


def test_a_coordinator_alone_makes_and_ends_them_and_none_of_another_depot(world: World) -> None:
    own = device(world.ada)
    for who in (world.ben, Actor(world.north, "helper", "Ana", person_id=9)):
        with pytest.raises(Forbidden):
            add(who)
        with pytest.raises(Forbidden):
            end(who, own.id)
        with pytest.raises(Forbidden):
            ask(who)
    with pytest.raises(NotFound):
        end(world.cleo, own.id)
    with pytest.raises(NotFound):
        tap_name(own, world.cleo.person_id or 0, clock=clock)
    with pytest.raises(NameTaken):
        add(world.ada, "tablet  at the Door")
    add(world.cleo, "Tablet at the door")
    for name, minutes in ((" ", 10), ("x" * 121, 10), ("Laptop", 0), ("Laptop", 241)):
        with pytest.raises(Invalid):
            add(world.ada, name, idle_minutes=minutes)


def test_a_coordinator_is_a_helper_on_it_however_she_comes_in(world: World) -> None:
    own, key = tapped(world.ada, world.ada)
    who = at(key, world.north.id)
    assert who is not None
    assert (who.role, who.name, who.device) == ("helper", "Ada", OwnDevice(own.id, own.name))
    with pytest.raises(Forbidden):
        access.create_token(
            access.CreateToken(command_id=uuid4(), name="till", role="coordinator"), who, SECRET_KEY
        )
    signed_in = accounts.sign_in(accounts.SignIn("ada", PASSWORD), clock)
    typed = begin(
        SessionStart(signed_in.person_id, world.north.id, "Ada", device_id=own.id, ends_at=NOW)
    )
    assert at(typed, world.north.id) is None, "over when it says"
    secret = make_invitation("Ada", "coordinator", world.cleo, clock)
    taken = accounts.AcceptInvitation(secret, "Ada", "", "")
    accounts.accept_invitation(taken, world.ada.person_id, clock)
    assert at(key, world.south.id) is None, "the device is of one depot"


def test_what_is_ones_own_is_not_touched_on_it(world: World) -> None:
    who = at(tapped(world.ada, world.ben)[1], world.north.id)
    assert who is not None
    with pytest.raises(Forbidden):
        accounts.change_password(who, PASSWORD, "another long password", clock)
    with pytest.raises(Forbidden):
        set_pin(who, "2580", clock)
    own = device(world.ada, "Laptop")
    ana = join_on_device(JoinOnDevice(command_id=uuid4(), name="Ana"), own, clock=clock)
    helper = at(begin(ana), world.north.id)
    assert helper is not None
    with pytest.raises(Forbidden):
        accounts.take_sign_in(accounts.TakeSignIn("ana", "another long password"), helper, clock)
    with pytest.raises(Forbidden):  # she has no password that would be asked for
        leave(Leave(command_id=uuid4(), name="Ana", everywhere=True), helper, "", clock)


def test_it_asks_again_after_idle_minutes_but_takes_what_was_begun(world: World) -> None:
    own, key = tapped(world.ada, world.ben, idle_minutes=5)
    still, left = NOW + timedelta(minutes=5), NOW + timedelta(minutes=5, seconds=1)
    assert at(key, world.north.id, still) is not None
    assert at(key, world.north.id, left) is None
    assert at(key, world.north.id, left, sends=True) is not None
    found = find_session_holder(db.session(), key, world.north.id, NOW)
    assert found is not None
    note_seen(found.session_id, NOW + timedelta(minutes=4))
    assert at(key, world.north.id, left) is not None
    late = NOW + timedelta(hours=2, minutes=5)
    assert at(key, world.north.id, late, sends=True) is None
    again = begin(tap_name(own, world.ben.person_id or 0, clock=lambda: late), late)
    assert at(again, world.north.id, late) is not None
    tomorrow = NOW + timedelta(hours=20)
    assert at(again, world.north.id, tomorrow, sends=True) is None, "nobody stays over night"


def test_an_entry_bears_the_person_and_the_device(world: World) -> None:
    who = at(tapped(world.ada, world.ada)[1], world.north.id)
    assert who is not None
    receive(who, 5, "Rice")
    receive(world.ben, 5, "Rice")
    rows = recent_entries(db.session(), world.ada, clock=clock)
    assert [(row.actor_name, row.device) for row in rows] == [
        ("Ben", ""),
        ("Ada", "Tablet at the door"),
    ]
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("DELETE FROM device_command"))
    db.session.rollback()
    assert db.session.scalars(select(DeviceCommand.depot_id)).all() == [world.north.id]


def test_who_is_new_helps_until_tonight_and_is_told_apart(world: World) -> None:
    own = device(world.ada)
    command = JoinOnDevice(command_id=uuid4(), name=" Ana ")
    first = join_on_device(command, own, clock=clock)
    assert join_on_device(command, own, clock=clock).person_id == first.person_id
    held = find_session_holder(db.session(), begin(first), world.north.id, NOW)
    assert held is not None
    sign_out(first.person_id, held.session_id, clock)  # the next one has the device now
    names = [row.name for row in names_to_tap(db.session(), world.north.id, NOW)]
    assert names == ["Ada", "Ana", "Ben"]
    given = {row.person: row for row in rights(db.session(), world.north.id, NOW)}
    assert (given["Ana"].role, given["Ana"].by, given["Ana"].until) == (
        "helper",
        "Ada",
        first.ends_at,
    )
    begin(tap_name(own, world.ben.person_id or 0, clock=clock))
    with pytest.raises(SameNameHere):
        join_on_device(JoinOnDevice(command_id=uuid4(), name="ana"), own, clock=clock)
    access.end_access(
        access.EndAccess(command_id=uuid4(), person_id=first.person_id), world.ada, clock
    )
    with pytest.raises(NotFound):
        tap_name(own, first.person_id, clock=clock)
    tomorrow = NOW + timedelta(days=1)
    names = [row.name for row in names_to_tap(db.session(), world.north.id, tomorrow)]
    assert names == ["Ada", "Ben"]


def test_where_it_asks_for_a_pin_a_name_alone_opens_nothing(world: World) -> None:
    ask(world.ada)
    own = device(world.ada)
    ben = world.ben.person_id or 0
    with pytest.raises(PinMissing):
        tap_name(own, ben, "2580", clock)
    set_pin(world.ben, "2580", clock)
    assert tap_name(own, ben, " 2580", clock).person_id == ben
    assert "2580" not in db.session.scalars(select(DevicePin.pin_hash)).one()
    set_pin(world.ben, "1470", clock)
    with pytest.raises(PinWrong):
        tap_name(own, ben, "2580", clock)
    other = device(world.ada, "Laptop")
    for _ in range(4):
        with pytest.raises(PinWrong):
            tap_name(own, ben, "0000", clock)
    with pytest.raises(TooManyTries):
        tap_name(own, ben, "1470", clock)
    assert tap_name(other, ben, "1470", clock), "nobody keeps him out at the other device"
    assert tap_name(own, ben, "1470", lambda: NOW + timedelta(minutes=1)), "and here for a moment"


def test_who_joins_where_it_asks_chooses_a_pin(world: World) -> None:
    ask(world.ada)
    own = device(world.ada)
    with pytest.raises(Invalid):
        join_on_device(JoinOnDevice(command_id=uuid4(), name="Ana"), own, "1234", clock)
    command = JoinOnDevice(command_id=uuid4(), name="Ana")
    ana = join_on_device(command, own, "2580", clock)
    begin(ana)
    assert tap_name(own, ana.person_id, "2580", clock).name == "Ana"
    with pytest.raises(PinWrong):
        join_on_device(command, own, "1470", clock)  # the form of before opens nothing


def test_the_queue_of_a_device_is_of_those_who_were_at_it(world: World) -> None:
    own, key = tapped(world.ada, world.ben)
    begin(tap_name(own, world.ada.person_id or 0, clock=clock))
    who = at(key, world.north.id)
    assert who is not None
    ada = who_was_there(db.session(), who, world.ada.person_id or 0)
    assert ada is not None
    assert (ada.name, ada.role, ada.device) == ("Ada", "helper", who.device)
    assert who_was_there(db.session(), world.ben, world.ada.person_id or 0) is None
    elsewhere = device(world.ada, "Laptop")
    ana = join_on_device(JoinOnDevice(command_id=uuid4(), name="Ana"), elsewhere, clock=clock)
    begin(ana)
    assert who_was_there(db.session(), who, ana.person_id) is not None, "she tapped it offline"
    assert who_was_there(db.session(), who, world.cleo.person_id or 0) is None
    ask(world.ada)
    assert who_was_there(db.session(), who, ana.person_id) is None, "she was at another one"
    assert who_was_there(db.session(), who, world.cleo.person_id or 0) is None
    drop_old_sessions(lambda: NOW + timedelta(days=59))
    assert who_was_there(db.session(), who, world.ada.person_id or 0) is not None
    drop_old_sessions(lambda: NOW + timedelta(days=61))
    assert who_was_there(db.session(), who, world.ada.person_id or 0) is None
