"""Rights are rows in a sealed chain; what a membership says is a cache of the last ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import DepotError
from depot.db.transaction import transaction
from depot.joining.commands.helpers import JoinByLink, LetInAgain, join_by_link, let_in_again
from depot.joining.commands.links import OpenJoinLink, join_secret, open_join_link
from depot.models import Membership, RoleChange
from depot.open_book.checking import broken_rights
from depot.open_book.queries import last_seal, right_changes, rights
from depot.people.commands import access, accounts
from depot.verify.verify import verify
from tests.builders import NOW, PASSWORD, SECRET_KEY, World, clock, make_invitation
from tests.current import db


def hang_up(by: Actor) -> str:
    """Make a link to join by; return its secret."""
    command = OpenJoinLink(command_id=uuid4())
    open_join_link(command, by, SECRET_KEY, clock)
    return join_secret(SECRET_KEY, by.depot_id, command.command_id)


def join(
    world: World, secret: str, name: str, now: datetime = NOW, again: int | None = None
) -> int:
    command = JoinByLink(command_id=uuid4(), secret=secret, name=name, again=again)
    return join_by_link(command, world.north, lambda: now).answer.person_id


def change(by: Actor, person_id: int | None, role: str, why: str = "") -> None:
    command = access.ChangeRole(command_id=uuid4(), person_id=person_id or 0, role=role, why=why)
    access.change_role(command, by, clock)


def end(by: Actor, person_id: int | None, why: str = "") -> None:
    command = access.EndAccess(command_id=uuid4(), person_id=person_id or 0, why=why)
    access.end_access(command, by, clock)


def told(world: World, now: datetime = NOW) -> dict[str, tuple[str | None, str | None, str]]:
    """Return of each person the role, who decided it and what brought it about."""
    rows = rights(db.session(), world.north.id, now)
    return {row.person: (row.role, row.by, row.cause) for row in rows}


def test_each_way_to_a_right_says_who_decided_it(world: World) -> None:
    before = told(world)
    assert before[world.ben.name] == ("volunteer", None, "invitation")
    ana = join(world, hang_up(world.ada), "Ana")
    change(world.ada, world.ben.person_id, "coordinator", "  runs   Thursdays ")
    assert told(world) == before | {
        "Ana": ("helper", world.ada.name, "wall"),
        world.ben.name: ("coordinator", world.ada.name, "role_changed"),
    }
    end(world.ada, ana, "the shift is over")
    assert "Ana" not in told(world)
    newest = right_changes(db.session(), world.north.id, None, 2)
    assert [(row.person, row.before, row.role, row.why) for row in newest] == [
        ("Ana", "helper", None, "the shift is over"),
        (world.ben.name, "volunteer", "coordinator", "runs Thursdays"),
    ]
    older = right_changes(db.session(), world.north.id, newest[1].seq, 9)
    assert [row.seq for row in older] == list(range(newest[1].seq - 1, 0, -1))


def test_a_helpers_right_ends_tonight_and_is_given_again(world: World) -> None:
    secret = hang_up(world.ada)
    ana = join(world, secret, "Ana")
    (row,) = (one for one in rights(db.session(), world.north.id, NOW) if one.person_id == ana)
    assert row.until is not None
    assert "Ana" not in told(world, row.until)
    tomorrow = NOW + timedelta(days=1)
    assert join(world, secret, "", tomorrow, again=ana) == ana
    assert told(world, tomorrow)["Ana"] == ("helper", world.ada.name, "wall")


def test_who_is_let_in_again_has_no_longer_than_before(world: World) -> None:
    ana = join(world, hang_up(world.ada), "Ana")
    (before,) = (one for one in rights(db.session(), world.north.id, NOW) if one.person_id == ana)
    end(world.ada, ana)
    let_in_again(LetInAgain(command_id=uuid4(), person_id=ana), world.ada, clock)
    (after,) = (one for one in rights(db.session(), world.north.id, NOW) if one.person_id == ana)
    assert (after.until, after.cause) == (before.until, "let_in")


def test_a_sign_in_of_ones_own_lasts(world: World) -> None:
    ana = join(world, hang_up(world.ada), "Ana")
    helper = Actor(world.north, "helper", "Ana", person_id=ana)
    accounts.take_sign_in(accounts.TakeSignIn("ana", PASSWORD), helper, clock)
    assert told(world, NOW + timedelta(days=9))["Ana"] == ("helper", "Ana", "own_sign_in")


def test_an_invitation_makes_nobody_less_than_they_are(world: World) -> None:
    offered = make_invitation("Ada", "volunteer", world.ada)
    taken = accounts.AcceptInvitation(offered, "", "", "")
    accounts.accept_invitation(taken, world.ada.person_id)
    assert told(world)[world.ada.name][0] == "coordinator"


def test_what_changes_nothing_is_not_written_down(world: World) -> None:
    before = last_seal(db.session(), world.north.id)
    change(world.ada, world.ben.person_id, "volunteer")
    assert last_seal(db.session(), world.north.id) == before


def test_depots_have_chains_of_their_own(world: World) -> None:
    seal = last_seal(db.session(), world.south.id)
    join(world, hang_up(world.ada), "Ana")
    assert last_seal(db.session(), world.south.id) == seal
    assert "Ana" not in {row.person for row in rights(db.session(), world.south.id, NOW)}


Act = Callable[[World, int, int, str], object]


def invite_again(world: World, who: int, number: int, role: str) -> None:
    offered = make_invitation("Somebody", role, world.ada)
    accounts.accept_invitation(accounts.AcceptInvitation(offered, "", "", ""), who)


def sign_up(world: World, who: int, number: int, role: str) -> None:
    helper = Actor(world.north, "helper", "Ana", person_id=who)
    accounts.take_sign_in(accounts.TakeSignIn(f"h{number}", PASSWORD), helper, clock)


def let_in(world: World, who: int, number: int, role: str) -> None:
    let_in_again(LetInAgain(command_id=uuid4(), person_id=who), world.ada, clock)


ACTS: tuple[Act, ...] = (
    lambda world, who, number, role: join(world, hang_up(world.ada), f"Helper {number}"),
    lambda world, who, number, role: join(
        world, hang_up(world.ada), "", NOW + timedelta(hours=number), again=who
    ),
    lambda world, who, number, role: end(world.ada, who),
    lambda world, who, number, role: change(world.ada, who, role),
    let_in,
    sign_up,
    invite_again,
)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_sequence_the_roles_are_what_the_chain_says(world: World, seed: int) -> None:
    """Whatever is asked, refused or done: chain and cache agree, and somebody coordinates."""
    chance, done = Random(seed), Counter[Act]()
    coordinates = (
        (Membership.depot_id == world.north.id)
        & (Membership.role == "coordinator")
        & Membership.ended_at.is_(None)
    )
    for number in range(30):
        act, role = chance.choice(ACTS), chance.choice(("volunteer", "coordinator"))
        who = chance.choice(db.session.scalars(select(Membership.person_id)).all())
        try:
            act(world, who, number, role)
        except DepotError:
            continue
        done[act] += 1
        assert broken_rights(db.session(), world.north.id) == []
        assert db.session.scalar(select(func.count()).where(coordinates))
    assert len(done) > 3


@pytest.mark.breaks_ledger("roles and the chain are tampered with here, and must be found")
@pytest.mark.parametrize(
    ("tampered", "sentence"),
    [
        ("UPDATE membership SET role = 'coordinator' WHERE role = 'volunteer'", "is kept as coord"),
        ("UPDATE membership SET reads_names = TRUE WHERE role = 'volunteer'", "who reads names"),
        ("UPDATE membership SET ended_at = created_at", "is kept as nobody here"),
        (
            "INSERT INTO membership (person_id, depot_id, role, reads_names, created_at) "
            "SELECT max(person_id), min(depot_id), 'coordinator', FALSE, 0 FROM membership",
            "the open book",
        ),
    ],
)
def test_a_role_that_nobody_decided_is_found(world: World, tampered: str, sentence: str) -> None:
    with transaction() as session:
        session.execute(text(tampered))
    found = [one.sentence for one in verify(db.session(), world.north.id) if one.check == "right"]
    assert found
    assert sentence in found[0]


@pytest.mark.breaks_ledger("a change is forged here, and must be found")
def test_a_change_that_was_never_sealed_is_found(world: World) -> None:
    last = db.session.scalars(
        select(RoleChange).where(RoleChange.depot_id == world.north.id).order_by(RoleChange.seq)
    ).all()[-1]
    with transaction() as session:
        session.add(
            RoleChange(
                depot_id=world.north.id,
                seq=last.seq + 2,
                person_id=world.cleo.person_id or 0,
                role_before="helper",
                role_after="coordinator",
                cause="role_changed",
                why="",
                changed_at=NOW,
                seal=last.seal,
            )
        )
    found = " ".join(broken_rights(db.session(), world.north.id))
    assert "some changes are missing" in found
    assert "its seal does not fit" in found
    assert "begins with another right" in found
    assert "is kept as nobody here, the open book says coordinator" in found


@pytest.mark.parametrize("verb", ["UPDATE role_change SET why = 'x'", "DELETE FROM role_change"])
def test_nobody_edits_the_book(world: World, verb: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction() as session:
        session.execute(text(verb))
