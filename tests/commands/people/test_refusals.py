"""What is refused at the doors says so at its field, in its own words and with its own name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import (
    DepotError,
    Invalid,
    LinkExpired,
    MixedAlphabets,
    NotFound,
    SignInFailed,
    WrongCode,
)
from depot.people.commands import access, accounts, second_factors, sessions
from depot.people.commands.second_factors import TypedCode
from tests.builders import NOW, PASSWORD, SECRET_KEY, World, clock, make_invitation

NOBODY = 10**6
#: Its o is Cyrillic.
LOOKALIKE = "B\u043eris"


def refused(act: Callable[[], object]) -> tuple[type[DepotError], str | None, dict[str, object]]:
    with pytest.raises(DepotError) as error:
        act()
    return type(error.value), error.value.field, dict(error.value.params)


def id_of(actor: Actor) -> int:
    assert actor.person_id is not None
    return actor.person_id


def test_what_is_not_of_this_depot_is_named_as_what_it_is(world: World) -> None:
    ada, cleo = world.ada, id_of(world.cleo)
    for act, what, name in (
        (
            lambda: access.revoke_invitation(
                access.RevokeInvitation(command_id=uuid4(), invitation_id=NOBODY), ada, clock
            ),
            "invitation",
            NOBODY,
        ),
        (
            lambda: access.revoke_token(
                access.RevokeToken(command_id=uuid4(), token_id=NOBODY), ada, clock
            ),
            "token",
            NOBODY,
        ),
        (
            lambda: access.end_access(
                access.EndAccess(command_id=uuid4(), person_id=cleo), ada, clock
            ),
            "person",
            cleo,
        ),
        (
            lambda: access.change_role(
                access.ChangeRole(command_id=uuid4(), person_id=cleo, role="volunteer"), ada, clock
            ),
            "person",
            cleo,
        ),
        (
            lambda: second_factors.end_second_factor(
                second_factors.EndSecondFactor(command_id=uuid4(), person_id=cleo), ada, clock
            ),
            "person",
            cleo,
        ),
        (lambda: sessions.end_session(id_of(ada), NOBODY, clock), "device", NOBODY),
    ):
        assert refused(act) == (NotFound, None, {"what": what, "name": name})


def test_a_wrong_password_is_said_at_the_field_it_was_typed_in(world: World) -> None:
    ben = id_of(world.ben)
    wrong = accounts.SignIn("ben", "not this one")
    assert refused(lambda: accounts.sign_in(wrong, clock)) == (SignInFailed, "password", {})
    unknown = accounts.SignIn("nobody", PASSWORD)
    assert refused(lambda: accounts.sign_in(unknown, clock)) == (SignInFailed, "password", {})
    change = refused(lambda: accounts.change_password(world.ben, "no", "a whole new one", clock))
    assert change == (SignInFailed, "old_password", {})
    begin = refused(lambda: second_factors.begin_factor(ben, "not this one", clock))
    assert begin == (SignInFailed, "password", {})


def test_what_was_not_begun_is_no_second_step(world: World) -> None:
    typed = TypedCode(id_of(world.ben), "123456")
    confirm = refused(lambda: second_factors.confirm_factor(typed, SECRET_KEY, None, clock))
    assert confirm == (Invalid, None, {"problem": "Begin with the second step once more."})
    check = refused(lambda: second_factors.check_code(typed, SECRET_KEY, clock))
    assert check == (WrongCode, "code", {})
    renew = refused(lambda: second_factors.renew_codes(typed, SECRET_KEY, clock))
    assert renew == (WrongCode, "code", {})
    own = second_factors.EndSecondFactor(command_id=uuid4(), person_id=id_of(world.ada))
    ones_own = refused(lambda: second_factors.end_second_factor(own, world.ada, clock))
    problem = "This is for others. Yours is under “Your account”."
    assert ones_own == (Invalid, None, {"problem": problem})


def test_a_first_code_that_is_wrong_is_said_at_its_field(world: World) -> None:
    ben = id_of(world.ben)
    second_factors.begin_factor(ben, PASSWORD, clock)
    wrong = refused(
        lambda: second_factors.confirm_factor(TypedCode(ben, "12345"), SECRET_KEY, None, clock)
    )
    assert wrong == (WrongCode, "code", {})
    off = refused(
        lambda: second_factors.end_factor(TypedCode(ben, "1"), "no", SECRET_KEY, None, clock)
    )
    assert off == (SignInFailed, "password", {})


def joining(name: str, login: str, world: World) -> Callable[[], object]:
    secret = make_invitation("Boris", "volunteer", world.ada, clock)
    command = accounts.AcceptInvitation(secret, name, login, PASSWORD)
    return lambda: accounts.accept_invitation(command, clock=clock)


def test_a_name_or_a_sign_in_name_in_two_alphabets_is_refused_at_its_field(world: World) -> None:
    for name, login, field in ((LOOKALIKE, "boris", "name"), ("Boris", LOOKALIKE, "login")):
        error, where, _ = refused(joining(name, login, world))
        assert (error, where) == (MixedAlphabets, field)


def test_a_link_counts_to_its_last_moment_and_not_in_it(world: World) -> None:
    end = NOW + access.INVITATION_LASTS
    boris, berta = (
        accounts.AcceptInvitation(
            make_invitation(name, "volunteer", world.ada, clock), name, name.lower(), PASSWORD
        )
        for name in ("Boris", "Berta")
    )
    in_time = end - timedelta(milliseconds=1)
    start = accounts.accept_invitation(boris, clock=lambda: in_time)
    assert (start.depot_id, start.name) == (world.north.id, "Boris")
    late = refused(lambda: accounts.accept_invitation(berta, clock=lambda: end))
    assert late == (LinkExpired, None, {})
