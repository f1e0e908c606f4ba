"""Passkeys: made by oneself, signed in with, and refused whatever else is sent."""

from __future__ import annotations

import json
from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import select

from depot.base.actors import Actor, OwnDevice
from depot.base.errors import Forbidden, Invalid, NotFound, SignInFailed, TooManyTries
from depot.models import AccessEvent, Passkey, SecondFactor
from depot.people.commands.accounts import change_password
from depot.people.commands.passkeys import (
    begin_passkey,
    end_passkey,
    keep_passkey,
    passkeys_of,
    sign_in_by_passkey,
)
from depot.people.commands.second_factors import TypedCode, begin_factor, confirm_factor
from depot.people.passkeys import (
    Party,
    PasskeyRefused,
    ask_to_make,
    ask_to_sign,
    check_made,
    party_of,
)
from depot.people.second_factor import app_secret
from depot.people.sessions import SessionStart
from tests.builders import NOW, PASSWORD, SECRET_KEY, World, clock
from tests.commands.people.soft_key import SoftKey
from tests.current import db

PARTY = Party("depot.example", "https://depot.example")


def make(who: Actor, key: SoftKey, origin: str = "") -> None:
    """Make a passkey for somebody, as their browser would."""
    options, state = ask_to_make(PARTY, SECRET_KEY, who.person_id or 0, who.name, ())
    keep_passkey(who, check_made(PARTY, state, key.make(options, origin)), "Chrome", clock)


def sign(key: SoftKey, origin: str = "", caller: str = "here") -> SessionStart:
    options, state = ask_to_sign(PARTY)
    return sign_in_by_passkey(PARTY, state, key.sign(options, origin), caller, clock)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://depot.example", "depot.example"),
        ("https://depot.example:8443", "depot.example"),
        ("http://localhost:8000", "localhost"),
        ("http://depot.example", None),
        ("http://127.0.0.1:8000", None),
        ("https://192.168.1.7", None),
        ("https://[fe80::1]:8000", None),
        ("https://", None),
    ],
)
def test_they_are_for_hosts_with_a_name_by_https(address: str, host: str | None) -> None:
    found = party_of(address)
    assert (found.host if found else None) == host
    assert found is None or found.origin == address


def test_who_made_one_signs_in_with_it(world: World) -> None:
    key = SoftKey(PARTY)
    begin_passkey(world.ben, PASSWORD, clock)
    make(world.ben, key)
    start = sign(key)
    assert (start.person_id, start.depot_id) == (world.ben.person_id, world.north.id)
    assert not start.needs_code
    kept = db.session.scalars(select(Passkey)).one()
    assert (kept.sign_count, kept.used_at, kept.name) == (1, NOW, "Chrome")
    end_passkey(world.ben, kept.id, clock)
    with pytest.raises(PasskeyRefused):
        sign(key)
    told = db.session.scalars(
        select(AccessEvent.kind).where(AccessEvent.person_id == kept.person_id)
    )
    assert {"passkey_made", "passkey_ended"} <= set(told)


def test_another_page_another_key_another_answer_are_refused(world: World) -> None:
    key = SoftKey(PARTY)
    make(world.ben, key)
    for origin in ("https://evil.example", "http://depot.example", "https://depot.example:444"):
        with pytest.raises(PasskeyRefused):
            sign(key, origin)
        with pytest.raises(PasskeyRefused):
            make(world.ada, SoftKey(PARTY, b"another of sixteen letters"), origin)
    with pytest.raises(PasskeyRefused):
        sign(SoftKey(PARTY, count=50))  # the same number, and not the key
    with pytest.raises(PasskeyRefused):
        sign(SoftKey(Party("evil.example", PARTY.origin), key=key.key, count=50))
    options, _state = ask_to_sign(PARTY)
    _options, other = ask_to_sign(PARTY)
    with pytest.raises(PasskeyRefused):
        sign_in_by_passkey(PARTY, other, key.sign(options), "here", clock)
    made, state = ask_to_make(PARTY, SECRET_KEY, 1, "ada", ())
    with pytest.raises(PasskeyRefused):
        check_made(PARTY, state, key.sign(made))
    with pytest.raises(PasskeyRefused):
        make(world.ada, key)  # one passkey is one person's


def test_nonsense_is_refused(world: World) -> None:
    _options, state = ask_to_sign(PARTY)
    empty = json.dumps({"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {}})
    number = json.dumps({"rawId": 3})
    for answer in ("", "null", "[]", "{", "{}", number, '{"rawId": "é"}', "x" * 30_000, empty):
        with pytest.raises(PasskeyRefused):
            sign_in_by_passkey(PARTY, state, answer, "here", clock)
        with pytest.raises(PasskeyRefused):
            check_made(PARTY, state, answer)


def test_a_copy_that_counts_on_its_own_is_refused(world: World) -> None:
    key = SoftKey(PARTY)
    make(world.ben, key)
    sign(key)
    copy = replace(key)
    sign(key)
    with pytest.raises(PasskeyRefused):
        sign(copy)


def test_guessing_has_to_wait_and_keeps_nobody_else_out(world: World) -> None:
    key, other = SoftKey(PARTY), SoftKey(PARTY, b"nobody's of sixteen letters")
    make(world.ben, key)
    for _ in range(20):
        with pytest.raises(PasskeyRefused):
            sign(other, caller="there")
    with pytest.raises(TooManyTries):
        sign(other, caller="there")
    assert sign(key).person_id == world.ben.person_id


def test_the_second_step_is_asked_for_where_the_passkey_made_sure_of_nobody(world: World) -> None:
    ben = world.ben.person_id or 0
    begin_factor(ben, PASSWORD, clock)
    salt = db.session.get_one(SecondFactor, ben).salt
    code = pyotp.TOTP(app_secret(SECRET_KEY, ben, salt)).at(NOW)
    confirm_factor(TypedCode(ben, code), SECRET_KEY, None, clock)
    careless = SoftKey(PARTY, verifies=False)
    make(world.ben, careless)
    assert sign(careless).needs_code
    careless.verifies = True
    assert not sign(careless).needs_code


def test_it_begins_with_the_password_and_is_ones_own(world: World) -> None:
    with pytest.raises(SignInFailed):
        begin_passkey(world.ben, "not the password", clock)
    tapped = replace(world.ben, role="helper", device=OwnDevice(1, "Tablet"))
    program = Actor(world.north, "coordinator", "till", token_id=1)
    for who in (tapped, program):
        with pytest.raises(Forbidden):
            begin_passkey(who, PASSWORD, clock)
        with pytest.raises(Forbidden):
            make(who, SoftKey(PARTY))
    make(world.ben, SoftKey(PARTY))
    mine = passkeys_of(db.session(), world.ben.person_id or 0)[0]
    for who in (world.ada, world.cleo):
        with pytest.raises(NotFound):
            end_passkey(who, mine.id, clock)
    for number in range(9):
        make(world.ben, SoftKey(PARTY, f"number {number} of sixteen".encode()))
    with pytest.raises(Invalid):
        begin_passkey(world.ben, PASSWORD, clock)


def test_a_new_password_ends_all(world: World) -> None:
    key = SoftKey(PARTY)
    make(world.ben, key)
    make(world.ada, SoftKey(PARTY, b"hers of sixteen letters"))
    change_password(world.ben, PASSWORD, "a loaf of warm rye bread", clock)
    with pytest.raises(PasskeyRefused):
        sign(key)
    assert len(passkeys_of(db.session(), world.ada.person_id or 0)) == 1
