"""The link that makes the first coordinator: one at a time, dead with its use or with the next."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, LinkExpired
from depot.db.transaction import transaction
from depot.models import Invitation, Membership
from depot.people.commands import access, accounts
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.queries import console_actor
from tests.builders import NOW, SECRET_KEY, World, clock, make_invitation
from tests.current import db


@pytest.fixture
def console(world: World) -> Actor:
    """The command line of a depot that nobody coordinates yet."""
    found_depot(FoundDepot(name="East"), clock)
    return console_actor(db.session(), "east")


def first_link(by: Actor) -> str:
    command = access.InviteFirst(command_id=uuid4(), name="Coordinator")
    access.invite_first(command, by, SECRET_KEY, clock)
    return access.invitation_secret(SECRET_KEY, by.depot_id, command.command_id)


def accept(secret: str, login: str) -> None:
    command = accounts.AcceptInvitation(secret, login.title(), login, "three short words")
    accounts.accept_invitation(command, clock=clock)


def coordinators(depot_id: int) -> int:
    rows = db.session.scalars(
        select(Membership.person_id).where(
            Membership.depot_id == depot_id, Membership.role == "coordinator"
        )
    )
    return len(rows.all())


def test_the_next_link_ends_the_one_before(console: Actor) -> None:
    first, second = first_link(console), first_link(console)
    with pytest.raises(LinkExpired):
        accept(first, "dora")
    accept(second, "emil")
    assert coordinators(console.depot_id) == 1


def test_a_link_dies_with_its_use(console: Actor) -> None:
    secret = first_link(console)
    accept(secret, "dora")
    with pytest.raises(LinkExpired):
        accept(secret, "emil")
    assert coordinators(console.depot_id) == 1


def test_a_link_dies_when_somebody_coordinates_by_another_one(console: Actor) -> None:
    first, other = first_link(console), make_invitation("Dora", "coordinator", console, clock)
    accept(other, "dora")
    with pytest.raises(LinkExpired):
        accept(first, "emil")
    assert coordinators(console.depot_id) == 1


def test_a_volunteer_who_joins_ends_nothing(console: Actor) -> None:
    first, other = first_link(console), make_invitation("Dora", "volunteer", console, clock)
    accept(other, "dora")
    accept(first, "emil")
    assert coordinators(console.depot_id) == 1


def test_where_somebody_coordinates_there_is_no_first_link(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        first_link(console_actor(db.session(), world.north.slug))
    problem = "Somebody coordinates this depot already. Ask them."
    assert refused.value.params == {"problem": problem}
    with pytest.raises(Forbidden):
        first_link(world.ben)


def test_another_depots_link_goes_on(console: Actor) -> None:
    found_depot(FoundDepot(name="West"), clock)
    west = console_actor(db.session(), "west")
    easts, wests = first_link(console), first_link(west)
    accept(easts, "dora")
    accept(wests, "emil")
    assert (coordinators(console.depot_id), coordinators(west.depot_id)) == (1, 1)


def test_the_database_itself_keeps_one_open_link(console: Actor) -> None:
    first_link(console)
    first_link(console)
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(update(Invitation).values(first_of=console.depot_id))
    rows = db.session.execute(
        select(Invitation.first_of, Invitation.revoked_at)
        .where(Invitation.depot_id == console.depot_id)
        .order_by(Invitation.id)
    ).all()
    assert [tuple(row) for row in rows] == [(None, NOW), (console.depot_id, None)]


def test_a_link_that_was_taken_back_makes_way(console: Actor) -> None:
    secret = first_link(console)
    number = db.session.scalars(
        select(Invitation.id).where(Invitation.depot_id == console.depot_id)
    ).one()
    back = access.RevokeInvitation(command_id=uuid4(), invitation_id=number)
    access.revoke_invitation(back, console, clock)
    with pytest.raises(LinkExpired):
        accept(secret, "dora")
    accept(first_link(console), "emil")
