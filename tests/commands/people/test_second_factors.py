"""The second step: asked for once it is on, each code once, and taken away by the right people."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pyotp
import pytest
from sqlalchemy import func, select

from depot.base.actors import Actor
from depot.base.errors import (
    DepotError,
    Forbidden,
    Invalid,
    NotFound,
    SignInFailed,
    TooManyTries,
    WrongCode,
)
from depot.models import RecoveryCode, SecondFactor
from depot.people import queries
from depot.people.commands import access, accounts, sessions
from depot.people.commands.depots import SaveDepot, save_depot
from depot.people.commands.names import LetReadNames, let_read_names
from depot.people.commands.second_factors import (
    EndSecondFactor,
    TypedCode,
    begin_factor,
    check_code,
    confirm_factor,
    end_factor,
    end_second_factor,
    renew_codes,
)
from depot.people.devices import Device
from depot.people.queries import console_actor
from depot.people.second_factor import app_secret
from depot.people.sessions import SessionStart
from depot.people.tries import DOORS
from tests.builders import NOW, PASSWORD, SECRET_KEY, World, clock, make_invitation, make_person
from tests.current import db


def code_of(who: Actor, at: datetime = NOW) -> str:
    """Return what the person's app shows."""
    salt = db.session.scalars(
        select(SecondFactor.salt).where(SecondFactor.person_id == who.person_id)
    ).one()
    return pyotp.TOTP(app_secret(SECRET_KEY, person(who), salt)).at(at)


def person(who: Actor) -> int:
    assert who.person_id is not None
    return who.person_id


def set_up(who: Actor) -> list[str]:
    """Set the second step up and return the codes on paper."""
    begin_factor(person(who), PASSWORD, clock)
    return confirm_factor(TypedCode(person(who), code_of(who)), SECRET_KEY, None, clock)


def check(who: Actor, code: str, at: datetime = NOW) -> None:
    check_code(TypedCode(person(who), code), SECRET_KEY, lambda: at)


def needs_code(login: str) -> bool:
    return accounts.sign_in(accounts.SignIn(login, PASSWORD), clock).needs_code


def test_who_begins_with_the_right_password_again_and_again_never_waits(world: World) -> None:
    for _ in range(DOORS["password"].free + 1):
        begin_factor(person(world.ben), PASSWORD, clock)


def test_it_is_asked_for_once_a_first_code_was_typed(world: World) -> None:
    begin_factor(person(world.ada), PASSWORD, clock)
    assert not needs_code("ada")
    with pytest.raises(WrongCode):
        confirm_factor(TypedCode(person(world.ada), "000000"), SECRET_KEY, None, clock)
    assert not needs_code("ada")
    confirm_factor(TypedCode(person(world.ada), code_of(world.ada)), SECRET_KEY, None, clock)
    assert needs_code("ada")
    assert not needs_code("ben")


def test_it_begins_with_the_password_and_is_not_begun_over(world: World) -> None:
    with pytest.raises(SignInFailed):
        begin_factor(person(world.ada), "wrong wrong wrong", clock)
    set_up(world.ada)
    with pytest.raises(Invalid):
        begin_factor(person(world.ada), PASSWORD, clock)
    assert needs_code("ada")


def test_a_code_counts_once(world: World) -> None:
    set_up(world.ada)
    with pytest.raises(WrongCode):  # it was typed to turn it on
        check(world.ada, code_of(world.ada))
    after = NOW + timedelta(seconds=30)
    check(world.ada, code_of(world.ada, after), after)
    with pytest.raises(WrongCode):
        check(world.ada, code_of(world.ada, after), after)
    with pytest.raises(WrongCode):  # nor does one from before it
        check(world.ada, code_of(world.ada, NOW), after)


def test_a_code_of_somebody_else_counts_not_at_all(world: World) -> None:
    adas = set_up(world.ada)
    set_up(world.ben)
    after = NOW + timedelta(seconds=60)
    for code in (code_of(world.ada, after), adas[0]):
        with pytest.raises(WrongCode):
            check(world.ben, code, after)


def test_a_code_from_paper_stands_in_once(world: World) -> None:
    codes = set_up(world.ada)
    check(world.ada, codes[3].lower().replace("-", " "))
    with pytest.raises(WrongCode):
        check(world.ada, codes[3])
    check(world.ada, codes[4])
    factor = queries.find_factor(db.session(), person(world.ada))
    assert factor is not None
    assert factor.codes_left == len(codes) - 2


def test_paper_codes_are_kept_as_digests(world: World) -> None:
    codes = set_up(world.ada)
    kept = str(db.session.scalars(select(RecoveryCode.code_hash)).all())
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_codes_are_guessed_at_a_few_times(world: World) -> None:
    codes = set_up(world.ada)
    for _ in range(5):
        with pytest.raises(WrongCode):
            check(world.ada, "000000")
    with pytest.raises(TooManyTries):
        check(world.ada, codes[0])
    check(world.ada, codes[0], NOW + timedelta(seconds=30))


def test_new_codes_for_paper_end_the_old_ones(world: World) -> None:
    old = set_up(world.ada)
    after = NOW + timedelta(seconds=60)
    typed = TypedCode(person(world.ada), code_of(world.ada, after))
    new = renew_codes(typed, SECRET_KEY, lambda: after)
    assert not set(new) & set(old)
    with pytest.raises(WrongCode):
        check(world.ada, old[0])
    check(world.ada, new[0])


def test_turning_it_off_needs_password_and_code(world: World) -> None:
    codes = set_up(world.ada)
    mine = person(world.ada)
    with pytest.raises(SignInFailed):
        end_factor(TypedCode(mine, codes[0]), "wrong wrong wrong", SECRET_KEY, None, clock)
    with pytest.raises(WrongCode):
        end_factor(TypedCode(mine, "000000"), PASSWORD, SECRET_KEY, None, clock)
    assert needs_code("ada")
    end_factor(TypedCode(mine, codes[0]), PASSWORD, SECRET_KEY, None, clock)
    assert not needs_code("ada")
    assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0


def test_turning_it_on_or_off_ends_other_sessions(world: World) -> None:
    start = accounts.sign_in(accounts.SignIn("ada", PASSWORD), clock)
    key = sessions.start_session(start, Device(), clock)
    codes = set_up(world.ada)
    assert queries.find_session_holder(db.session(), key, world.north.id, NOW) is None
    key = sessions.start_session(start, Device(), clock)
    end_factor(TypedCode(person(world.ada), codes[0]), PASSWORD, SECRET_KEY, None, clock)
    assert queries.find_session_holder(db.session(), key, world.north.id, NOW) is None


def take_away(by: Actor, whom: Actor) -> None:
    command = EndSecondFactor(command_id=uuid4(), person_id=person(whom))
    end_second_factor(command, by, clock)


@pytest.mark.parametrize(
    ("by", "error"), [("ben", Forbidden), ("cleo", NotFound), ("ada", Invalid)]
)
def test_who_takes_nobodys_away(world: World, by: str, error: type[DepotError]) -> None:
    """A helper, the outsider, and a stolen session of her own."""
    set_up(world.ada)
    with pytest.raises(error):
        take_away(getattr(world, by), world.ada)
    assert needs_code("ada")


def test_a_coordinator_takes_a_members_away(world: World) -> None:
    set_up(world.ben)
    take_away(world.ada, world.ben)
    assert not needs_code("ben")


def test_an_account_of_another_depot_too_is_not_opened_from_here(world: World) -> None:
    """Ben coordinates the south as well: who could open his account would coordinate it."""
    secret = make_invitation("Ben", "coordinator", world.cleo, clock)
    joining = accounts.AcceptInvitation(secret, "", "", "")
    accounts.accept_invitation(joining, signed_in=world.ben.person_id, clock=clock)
    set_up(world.ben)
    with pytest.raises(Invalid):
        take_away(world.ada, world.ben)
    assert needs_code("ben")
    take_away(console_actor(db.session(), "north"), world.ben)
    assert not needs_code("ben")


def ask_for_it(by: Actor, wanted: bool = True) -> None:
    save_depot(
        SaveDepot(
            command_id=uuid4(),
            name="North",
            time_zone="Europe/Berlin",
            week_start=1,
            weight_unit="kg",
            needs_second_factor=wanted,
        ),
        by,
        clock,
    )


def role_of(who: Actor) -> tuple[str, bool]:
    key = sessions.start_session(SessionStart(person(who), who.depot_id, who.name), Device(), clock)
    found = queries.find_session_holder(db.session(), key, who.depot_id, NOW)
    assert found is not None
    return found.actor.role, found.lacks_factor


def test_a_depot_can_ask_coordinators_for_it(world: World) -> None:
    dora = make_person("Dora", "coordinator", world.north)
    with pytest.raises(Invalid) as refused:
        ask_for_it(world.ada)
    assert refused.value.field == "needs_second_factor"
    set_up(world.ada)
    ask_for_it(world.ada)
    assert role_of(world.ada) == ("coordinator", False)
    assert role_of(dora) == ("volunteer", True)
    assert role_of(world.ben) == ("volunteer", False)
    assert role_of(world.cleo) == ("coordinator", False)
    set_up(dora)
    assert role_of(dora) == ("coordinator", False)


def test_who_lacks_it_reads_no_names(world: World) -> None:
    dora = make_person("Dora", "coordinator", world.north)
    let = LetReadNames(command_id=uuid4(), person_id=dora.person_id or 0, reads_names=True)
    let_read_names(let, world.ada, clock)
    started = SessionStart(person(dora), dora.depot_id, dora.name)
    key = sessions.start_session(started, Device(), clock)
    found = queries.find_session_holder(db.session(), key, dora.depot_id, NOW)
    assert found is not None
    assert found.actor.reads_names
    set_up(world.ada)
    ask_for_it(world.ada)
    found = queries.find_session_holder(db.session(), key, dora.depot_id, NOW)
    assert found is not None
    assert not found.actor.reads_names


def test_who_lacks_it_cannot_waive_it(world: World) -> None:
    dora = make_person("Dora", "coordinator", world.north)
    set_up(world.ada)
    ask_for_it(world.ada)
    role, _ = role_of(dora)
    as_let_in = Actor(dora.depot, role, dora.name, person_id=dora.person_id)
    with pytest.raises(Forbidden):
        ask_for_it(as_let_in, wanted=False)
    with pytest.raises(Forbidden):
        access.create_token(
            access.CreateToken(command_id=uuid4(), name="x", role="coordinator"),
            as_let_in,
            SECRET_KEY,
            clock,
        )
