"""Whose access a coordinator gives and takes: of this depot's people, links and tokens alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock
from depot.base.errors import DepotError, Forbidden, Invalid, NotFound
from depot.db.database import current_database, use
from depot.kernel.once import AnyOutcome
from depot.models import ApiToken, Invitation, Membership, ReportShare
from depot.people.commands import access
from depot.reports.commands.sharing import ShareReport, share_report
from tests.builders import (
    NOW,
    SECRET_KEY,
    World,
    clock,
    make_invitation,
    make_person,
    make_token,
)
from tests.current import db


@dataclass(frozen=True)
class Given:
    """What Ada gave in the north: an open invitation and a token."""

    invitation_id: int
    token_id: int


def later() -> datetime:
    """Return an instant after the test world's present one."""
    return NOW + timedelta(hours=1)


@pytest.fixture
def given(world: World) -> Given:
    """An open invitation and a token of the north."""
    invited = access.Invite(command_id=uuid4(), name="Dora", role="volunteer")
    till = access.CreateToken(command_id=uuid4(), name="till", role="volunteer")
    return Given(
        access.invite(invited, world.ada, SECRET_KEY, clock).answer.id,
        access.create_token(till, world.ada, SECRET_KEY, clock).answer.id,
    )


def person(actor: Actor) -> int:
    assert actor.person_id is not None
    return actor.person_id


def attempts(given: Given, world: World) -> list[Callable[[Actor], AnyOutcome]]:
    """Return everything that can be done to the north's people, links and tokens."""
    ben = person(world.ben)
    invitation = access.RevokeInvitation(command_id=uuid4(), invitation_id=given.invitation_id)
    token = access.RevokeToken(command_id=uuid4(), token_id=given.token_id)
    end = access.EndAccess(command_id=uuid4(), person_id=ben)
    role = access.ChangeRole(command_id=uuid4(), person_id=ben, role="coordinator")
    return [
        lambda by: access.revoke_invitation(invitation, by, clock),
        lambda by: access.revoke_token(token, by, clock),
        lambda by: access.end_access(end, by, clock),
        lambda by: access.change_role(role, by, clock),
    ]


def state(given: Given, world: World) -> tuple[object, ...]:
    """Return what the attempts would change."""
    db.session.expire_all()
    membership = db.session.get_one(Membership, (world.ben.person_id, world.north.id))
    return (
        db.session.get_one(Invitation, given.invitation_id).revoked_at,
        db.session.get_one(ApiToken, given.token_id).revoked_at,
        membership.ended_at,
        membership.role,
    )


def test_a_volunteer_gives_and_takes_nothing(world: World, given: Given) -> None:
    before = state(given, world)
    for attempt in attempts(given, world):
        with pytest.raises(Forbidden):
            attempt(world.ben)
    for make in (make_invitation, make_token):
        with pytest.raises(Forbidden):
            make("Emil", "volunteer", world.ben, clock)
    assert state(given, world) == before == (None, None, None, "volunteer")


def test_an_outsider_finds_none_of_it(world: World, given: Given) -> None:
    for attempt in attempts(given, world):
        with pytest.raises(NotFound):
            attempt(world.cleo)
    assert state(given, world) == (None, None, None, "volunteer")


def test_a_coordinator_does_all_of_it(world: World, given: Given) -> None:
    invitation, token, end, _role = attempts(given, world)
    for attempt in (invitation, token, end):
        attempt(world.ada)
    assert state(given, world) == (NOW, NOW, NOW, "volunteer")


def test_what_was_ended_keeps_its_time(world: World, given: Given) -> None:
    for attempt in attempts(given, world)[:2]:
        attempt(world.ada)
    again = access.RevokeInvitation(command_id=uuid4(), invitation_id=given.invitation_id)
    token = access.RevokeToken(command_id=uuid4(), token_id=given.token_id)
    access.revoke_invitation(again, world.ada, later)
    access.revoke_token(token, world.ada, later)
    assert state(given, world)[:2] == (NOW, NOW)


def test_an_invitation_lasts_a_week(world: World, given: Given) -> None:
    made = db.session.get_one(Invitation, given.invitation_id)
    assert made.expires_at - made.created_at == timedelta(days=7)


def test_a_token_of_another_depot_is_another_one() -> None:
    command_id = uuid4()
    assert access.token_secret(SECRET_KEY, 1, command_id) != access.token_secret(
        SECRET_KEY, 2, command_id
    )


@pytest.mark.parametrize("role", ["admin", "", "Coordinator"])
def test_a_role_that_is_none_is_refused(world: World, role: str) -> None:
    change = access.ChangeRole(command_id=uuid4(), person_id=person(world.ben), role=role)
    for attempt in (
        lambda: make_invitation("Emil", role, world.ada, clock),
        lambda: make_token("till", role, world.ada, clock),
        lambda: access.change_role(change, world.ada, clock),
    ):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert refused.value.field == "role"
        assert refused.value.params == {"problem": "Choose volunteer or coordinator."}


def test_a_token_says_what_it_is_for(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        make_token(" ", "volunteer", world.ada, clock)
    assert refused.value.field == "name"
    assert refused.value.params == {"problem": "Say what the token is for."}


def ways_out(who: Actor, clock: Clock = clock) -> list[Callable[[Actor], AnyOutcome]]:
    """Return the two ways in which somebody ceases to coordinate."""
    end = access.EndAccess(command_id=uuid4(), person_id=person(who))
    down = access.ChangeRole(command_id=uuid4(), person_id=person(who), role="volunteer")
    return [
        lambda by: access.end_access(end, by, clock),
        lambda by: access.change_role(down, by, clock),
    ]


@pytest.mark.parametrize("way", [0, 1], ids=["ended", "made a volunteer"])
def test_the_last_coordinator_stays_one(world: World, way: int) -> None:
    dora = make_person("Dora", "coordinator", world.north)
    ways_out(dora)[0](world.ada)  # who was one once does not count, nor does Cleo of the south
    with pytest.raises(Invalid) as refused:
        ways_out(world.ada)[way](world.ada)
    problem = "A depot needs a coordinator. Make somebody else one first."
    assert refused.value.params == {"problem": problem}
    assert coordinators(world) == [world.ada.person_id]


def coordinators(world: World) -> list[int]:
    rows = db.session.scalars(
        select(Membership.person_id)
        .where(Membership.depot_id == world.north.id, Membership.role == "coordinator")
        .where(Membership.ended_at.is_(None))
    )
    return list(rows)


def test_who_is_a_coordinator_already_may_be_made_one_again(world: World) -> None:
    make_token("till", "volunteer", world.ada, clock)
    same = access.ChangeRole(command_id=uuid4(), person_id=person(world.ada), role="coordinator")
    access.change_role(same, world.ada, clock)
    assert coordinators(world) == [world.ada.person_id]
    assert db.session.scalars(select(ApiToken.revoked_at)).all() == [None]


@pytest.mark.parametrize("way", [0, 1], ids=["ended", "made a volunteer"])
def test_what_a_coordinator_gave_ends_with_being_one(world: World, way: int) -> None:
    dora = make_person("Dora", "coordinator", world.north)
    make_invitation("Emil", "volunteer", dora, clock)
    make_token("scale", "volunteer", dora, clock)
    share(dora, "2026-W46")
    make_invitation("Fay", "volunteer", world.ada, clock)
    make_token("till", "volunteer", world.ada, clock)
    share(world.ada, "2026-W45")
    also = Actor(world.south, "coordinator", "Dora", person_id=dora.person_id)
    make_token("south", "volunteer", also, clock)
    ways_out(dora)[way](world.ada)
    db.session.expire_all()
    ended = db.session.scalars(select(ApiToken.name).where(ApiToken.revoked_at.is_not(None)))
    open_ones = db.session.scalars(
        select(Invitation.name).where(Invitation.revoked_at.is_(None), Invitation.used_at.is_(None))
    )
    shown = db.session.scalars(select(ReportShare.period).where(ReportShare.revoked_at.is_(None)))
    assert (list(ended), list(open_ones), list(shown)) == (["scale"], ["Fay"], ["2026-W45"])


def share(by: Actor, period: str) -> None:
    share_report(ShareReport(command_id=uuid4(), period=period, days=7), by, SECRET_KEY, clock)


@pytest.mark.parametrize("way", [0, 1], ids=["ended", "made volunteers"])
def test_two_coordinators_cannot_remove_each_other_at_one_moment(world: World, way: int) -> None:
    dora = make_person("Dora", "coordinator", world.north)
    database, both = current_database(), Barrier(2, timeout=60)

    def at_one_moment() -> datetime:
        both.wait()
        return NOW

    def remove(pair: tuple[Actor, Actor]) -> str:
        by, whom = pair
        with use(database):
            try:
                ways_out(whom, at_one_moment)[way](by)
            except DepotError as error:
                return type(error).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(remove, [(world.ada, dora), (dora, world.ada)]))
    assert sorted(ends) == ["Invalid", "done"]
    db.session.expire_all()
    assert len(coordinators(world)) == 1
