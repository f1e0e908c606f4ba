"""Joining by the code on the wall: a first name, until tonight, and what coordinators end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import (
    CommandIdReused,
    Forbidden,
    Invalid,
    LinkExpired,
    MixedAlphabets,
    NameAlike,
    NotFound,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.joining.commands.helpers import (
    EndPhone,
    JoinByLink,
    Joined,
    LetInAgain,
    end_phone,
    join_by_link,
    let_in_again,
)
from depot.joining.commands.links import (
    CloseJoinLink,
    OpenJoinLink,
    close_join_link,
    join_secret,
    open_join_link,
)
from depot.joining.errors import HelpEnded, JoinLinkFull, SameNameHere
from depot.joining.queries import depot_of_join_link, here_now, open_join_links
from depot.models import AccessEvent, JoinLink, Membership, Person, PersonSession
from depot.people.commands import access, accounts
from depot.people.commands.recovery import HelpBackIn, help_back_in
from depot.people.commands.sessions import start_session
from depot.people.devices import Device
from depot.people.queries import find_session_holder, members
from depot.people.sessions import SessionStart
from tests.builders import NOW, SECRET_KEY, World, clock, receive
from tests.current import db


def hang_up(by: Actor, **said: object) -> tuple[int, str]:
    """Make a link; return its number and its secret."""
    command = OpenJoinLink(command_id=uuid4(), **said)  # type: ignore[arg-type]  # by field name
    made = open_join_link(command, by, SECRET_KEY, clock).answer
    return made.id, join_secret(SECRET_KEY, by.depot_id, command.command_id)


def join(world: World, secret: str, name: str, now: datetime = NOW, **said: object) -> Joined:
    command = JoinByLink(command_id=uuid4(), secret=secret, name=name, **said)  # type: ignore[arg-type]  # by field name
    return join_by_link(command, world.north, lambda: now).answer


def begin(joined: Joined, world: World, now: datetime = NOW) -> str:
    """Begin the session on a phone; return its key."""
    start = SessionStart(joined.person_id, world.north.id, joined.name, ends_at=joined.ends_at)
    return start_session(start, Device("Firefox", "Android"), lambda: now)


def holder(key: str, world: World, now: datetime = NOW) -> Actor | None:
    found = find_session_holder(db.session(), key, world.north.id, now)
    return found.actor if found else None


def test_a_first_name_is_enough_until_tonight(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "  Ana ")
    key = begin(joined, world)
    who = holder(key, world)
    assert who is not None
    assert (who.name, who.role, who.is_helper) == ("Ana", "helper", True)
    assert holder(key, world, joined.ends_at - timedelta(seconds=1)) is not None
    assert holder(key, world, joined.ends_at) is None
    person = db.session.get_one(Person, joined.person_id)
    assert (person.login, person.password_hash) == (None, None)
    kinds = db.session.scalars(select(AccessEvent.kind).order_by(AccessEvent.id)).all()
    assert kinds[-3:] == ["invited", "joined", "signed_in"]


def test_twice_is_once(world: World) -> None:
    _, secret = hang_up(world.ada)
    command = JoinByLink(command_id=uuid4(), secret=secret, name="Ana")
    first = join_by_link(command, world.north, clock)
    again = join_by_link(command, world.north, clock)
    assert (first.answer, again.repeated) == (again.answer, True)
    assert db.session.scalar(select(JoinLink.uses)) == 1
    with pytest.raises(CommandIdReused):
        join_by_link(replace(command, name="Eve"), world.north, clock)


def test_a_link_ends_fills_closes_and_is_changed_at_once(world: World) -> None:
    number, secret = hang_up(world.ada, days=1, uses_max=2)
    join(world, secret, "Ana")
    join(world, secret, "Ivo")
    with pytest.raises(JoinLinkFull, match="2 people"):
        join(world, secret, "Una")
    with pytest.raises(LinkExpired) as late:
        join(world, secret, "Una", NOW + timedelta(days=1))
    assert late.type is LinkExpired
    _, new = hang_up(world.ada, replaces=number)
    with pytest.raises(LinkExpired):
        join(world, secret, "Una")
    assert join(world, new, "Una").name == "Una"
    (left,) = open_join_links(db.session(), world.north.id, NOW)
    close_join_link(CloseJoinLink(command_id=uuid4(), link_id=left.id), world.ada, clock)
    close_join_link(CloseJoinLink(command_id=uuid4(), link_id=left.id), world.ada, clock)
    with pytest.raises(LinkExpired):
        join(world, new, "Eli")
    assert depot_of_join_link(db.session(), new, NOW) is None


def test_a_link_leads_to_its_own_depot(world: World) -> None:
    number, secret = hang_up(world.ada)
    with pytest.raises(LinkExpired):
        join_by_link(JoinByLink(command_id=uuid4(), secret=secret, name="Eve"), world.south, clock)
    with pytest.raises(NotFound):
        close_join_link(CloseJoinLink(command_id=uuid4(), link_id=number), world.cleo, clock)
    with pytest.raises(NotFound):
        hang_up(world.cleo, replaces=number)
    assert open_join_links(db.session(), world.south.id, NOW) == []


def test_a_helper_and_a_volunteer_hang_up_nothing(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "Ana")
    helper = Actor(world.north, "helper", "Ana", person_id=joined.person_id)
    for who in (world.ben, helper):
        with pytest.raises(Forbidden):
            hang_up(who)
        with pytest.raises(Forbidden):
            end_phone(EndPhone(command_id=uuid4(), session_id=1), who, clock)
        with pytest.raises(Forbidden):
            let_in_again(LetInAgain(command_id=uuid4(), person_id=1), who, clock)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 367}, "days"),
        ({"ends_at": NOW}, "ends_at"),
        ({"ends_at": NOW + timedelta(days=400)}, "ends_at"),
        ({"uses_max": 0}, "uses_max"),
        ({"uses_max": 5001}, "uses_max"),
    ],
)
def test_an_end_and_a_most_that_make_sense(
    world: World, said: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        hang_up(world.ada, **said)
    assert error.value.field == field


def test_names_are_told_apart_while_both_are_here(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "Ana")
    begin(joined, world)
    with pytest.raises(SameNameHere):
        join(world, secret, "ANA")
    begin(join(world, secret, "Coco"), world)
    with pytest.raises(NameAlike):
        join(world, secret, "\u0421\u043e\u0441\u043e")
    with pytest.raises(SameNameHere):
        join(world, secret, "Ben")
    tomorrow = NOW + timedelta(days=1)
    assert join(world, secret, "Ana", tomorrow).person_id != joined.person_id


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_is_a_name(world: World, name: str) -> None:
    _, secret = hang_up(world.ada)
    with pytest.raises(Invalid):
        join(world, secret, name)
    with pytest.raises(MixedAlphabets):
        join(world, secret, "\u0410na")


def test_who_comes_back_is_the_same(world: World) -> None:
    _, secret = hang_up(world.ada)
    first = join(world, secret, "Ana")
    later = join(world, secret, "", NOW + timedelta(days=7), again=first.person_id)
    assert (later.person_id, later.name) == (first.person_id, "Ana")
    assert later.ends_at > NOW + timedelta(days=7)
    for other in (world.ben.person_id, world.cleo.person_id, 10**9):
        with pytest.raises(LinkExpired):
            join(world, secret, "", again=other)


def test_who_was_ended_is_told_kindly_and_let_in_again(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "Ana")
    key = begin(joined, world)
    access.end_access(
        access.EndAccess(command_id=uuid4(), person_id=joined.person_id), world.ada, clock
    )
    assert holder(key, world) is None
    with pytest.raises(HelpEnded, match="Ana on this phone"):
        join(world, secret, "", again=joined.person_id)
    again = LetInAgain(command_id=uuid4(), person_id=joined.person_id)
    with pytest.raises(NotFound):
        let_in_again(again, world.cleo, clock)
    let_in_again(replace(again, command_id=uuid4()), world.ada, clock)
    assert join(world, secret, "", again=joined.person_id).name == "Ana"


def test_a_phone_is_signed_out_and_only_one_of_this_depot(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "Ana")
    one, two = begin(joined, world), begin(joined, world)
    session_id = db.session.scalars(select(PersonSession.id).order_by(PersonSession.id)).all()[-1]
    with pytest.raises(NotFound):
        end_phone(EndPhone(command_id=uuid4(), session_id=session_id), world.cleo, clock)
    end_phone(EndPhone(command_id=uuid4(), session_id=session_id), world.ada, clock)
    assert (holder(one, world) is None, holder(two, world) is None) == (False, True)


def test_first_timers_are_marked_on_their_first_day_only(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "Ana")
    begin(joined, world)
    (row,) = here_now(db.session(), world.north, NOW)
    assert (row.name, row.is_first_day, row.phones[0].system) == ("Ana", True, "Android")
    assert here_now(db.session(), world.south, NOW) == []
    next_week = NOW + timedelta(days=7)
    begin(join(world, secret, "", next_week, again=joined.person_id), world, next_week)
    (row,) = here_now(db.session(), world.north, next_week)
    assert (row.is_first_day, len(row.phones)) == (False, 1)


def test_a_sign_in_later_keeps_the_history(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "Ana")
    helper = Actor(world.north, "helper", "Ana", person_id=joined.person_id)
    change = access.ChangeRole(command_id=uuid4(), person_id=joined.person_id, role="volunteer")
    with pytest.raises(Invalid, match="sign-in of their own"):
        access.change_role(change, world.ada, clock)
    with pytest.raises(Invalid, match="no password yet"):
        help_back_in(
            HelpBackIn(command_id=uuid4(), person_id=joined.person_id), world.ada, SECRET_KEY, clock
        )
    with pytest.raises(Invalid):
        accounts.take_sign_in(accounts.TakeSignIn("ana", "short"), helper)
    for _ in range(2):  # sent twice it is one
        accounts.take_sign_in(accounts.TakeSignIn("Ana", "three short words"), helper)
    with pytest.raises(Forbidden):
        accounts.take_sign_in(accounts.TakeSignIn("anna", "three short words"), helper)
    assert accounts.sign_in(accounts.SignIn("ana", "three short words"), clock).person_id == (
        joined.person_id
    )
    with pytest.raises(LinkExpired):  # a phone alone opens no account that has a password
        join(world, secret, "", again=joined.person_id)
    access.change_role(replace(change, command_id=uuid4()), world.ada, clock)
    role = db.session.scalar(
        select(Membership.role).where(Membership.person_id == joined.person_id)
    )
    assert role == "volunteer"
    assert "Ana" in [row.name for row in members(db.session(), world.north.id)]


def test_an_invitation_gives_a_helper_a_sign_in(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "Ana")
    asked = access.Invite(command_id=uuid4(), name="Ana", role="volunteer")
    access.invite(asked, world.ada, SECRET_KEY, clock)
    token = access.invitation_secret(SECRET_KEY, world.north.id, UUID(str(asked.command_id)))
    with pytest.raises(Invalid):
        accounts.accept_invitation(
            accounts.AcceptInvitation(token, "Ana", "", ""), joined.person_id, clock
        )
    start = accounts.accept_invitation(
        accounts.AcceptInvitation(token, "Ana", "ana", "three short words"), joined.person_id, clock
    )
    assert start.person_id == joined.person_id


def test_a_helper_undoes_what_was_written_today_and_no_more(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join(world, secret, "Ana")
    helper = Actor(world.north, "helper", "Ana", person_id=joined.person_id)
    entry_id = receive(world.ben, 5, "Rice").entry_id or 0
    own = receive(helper, 3, "Rice").entry_id or 0

    def tomorrow() -> datetime:
        return NOW + timedelta(hours=23)

    undo = ReverseEntry(command_id=uuid4(), entry_id=entry_id)
    with pytest.raises(Forbidden):
        reverse_entry(undo, helper, tomorrow)
    assert reverse_entry(replace(undo, entry_id=own), helper, tomorrow).entry_id
    undo = replace(undo, command_id=uuid4())
    assert reverse_entry(undo, helper, lambda: NOW + timedelta(minutes=5)).entry_id
