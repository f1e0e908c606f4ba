"""Leaving: the name and all that lets somebody in go; what they did stays, and adds up."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from sqlalchemy import Text, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound, SignInFailed, TooManyTries
from depot.base.names import LEFT
from depot.db.transaction import transaction
from depot.joining.commands.helpers import JoinByLink, find_helper, join_by_link
from depot.joining.commands.links import OpenJoinLink, join_secret, open_join_link
from depot.leaving.commands import ErasePerson, Leave, erase_person, leave
from depot.leaving.errors import CoordinatesElsewhere, LastCoordinator, WrongName
from depot.leaving.queries import depots_to_leave, people_to_erase, stored_about
from depot.mail.commands.subscriptions import AskForReport, ask_for_report
from depot.mail.links import MailLinks
from depot.models import (
    Membership,
    Person,
    PersonSession,
    RecallNotice,
    all_tables,
)
from depot.open_book.checking import broken_rights
from depot.open_book.queries import right_changes, setting_changes
from depot.people.commands import access, accounts, recovery, sessions
from depot.people.commands.second_factors import begin_factor
from depot.people.devices import Device
from depot.people.first_link import count_coordinators
from depot.people.queries import access_events, console_actor
from depot.people.sessions import SessionStart
from depot.safety.commands.holds import HeldBy
from depot.safety.commands.recalls import (
    StartRecall,
    TellOfRecall,
    start_recall,
    tell_of_recall,
)
from tests.builders import (
    NOW,
    PASSWORD,
    SECRET_KEY,
    World,
    clock,
    find_actor,
    make_invitation,
    receive,
)
from tests.current import db

NAME, LOGIN = "Zebedee Quux", "zebedee@quux.example"


def newcomer(world: World, role: str = "volunteer", by: Actor | None = None) -> Actor:
    """Invite Zebedee, who takes it up."""
    secret = make_invitation(NAME, role, by or world.ada, clock)
    accounts.accept_invitation(
        accounts.AcceptInvitation(secret, NAME, LOGIN, PASSWORD), None, clock
    )
    return find_actor(LOGIN)


def go(
    actor: Actor, password: str = PASSWORD, *, name: str = NAME, everywhere: bool = True
) -> bool:
    command = Leave(command_id=uuid4(), name=name, everywhere=everywhere)
    return leave(command, actor, password, clock).answer.is_erased


def erase(by: Actor, person_id: int | None, why: str = "") -> None:
    command = ErasePerson(command_id=uuid4(), person_id=person_id or 0, why=why)
    erase_person(command, by, clock)


def where_it_stands(*words: str) -> set[str]:
    """Return in which columns of the whole database one of the words stands."""
    found = set()
    for table in all_tables().tables.values():
        for column in table.columns:
            if isinstance(column.type, Text):
                texts = db.session.scalars(select(column).where(column.is_not(None))).all()
                if any(word in one for one in texts for word in words):
                    found.add(f"{table.name}.{column.name}")
    return found


def live_a_little(world: World, them: Actor) -> None:
    """Let somebody do what leaves their name, address or number behind."""
    receive(them, 24, "Rice")
    start = SessionStart(them.person_id or 0, them.depot_id, them.name)
    sessions.start_session(start, Device("Firefox", "Android"), clock)
    begin_factor(them.person_id or 0, PASSWORD, clock)
    links = MailLinks("http://127.0.0.1:8000", SECRET_KEY)
    ask_for_report(AskForReport(command_id=uuid4(), address=LOGIN), them, links, clock)
    recovery.mail_recovery(LOGIN, lambda secret, depot: (f"{depot} {NAME}", secret), clock)
    with pytest.raises(SignInFailed):
        accounts.sign_in(accounts.SignIn(LOGIN, "wrong", "an address"), clock)
    change = access.ChangeRole(
        command_id=uuid4(), person_id=them.person_id or 0, role="volunteer", why="asked for it"
    )
    access.change_role(change, world.ada, clock)
    help_in = recovery.HelpBackIn(command_id=uuid4(), person_id=them.person_id or 0)
    recovery.help_back_in(help_in, world.ada, SECRET_KEY, clock)


def test_nothing_in_the_whole_database_says_the_name_or_the_address_any_more(world: World) -> None:
    them = newcomer(world, "coordinator")
    live_a_little(world, them)
    before = where_it_stands("Zebedee", "zebedee")
    assert {
        "person.name",
        "person.login",
        "mail_outbox.to_address",
        "access_event.subject",
    } < before
    assert "command_log.answer" not in before
    assert go(them)
    assert where_it_stands("Zebedee", "zebedee", "quux") == set()
    gone = db.session.get_one(Person, them.person_id)
    assert (gone.name, gone.login, gone.left_at) == (LEFT, None, NOW)
    assert not db.session.scalars(
        select(PersonSession.id).where(PersonSession.person_id == them.person_id)
    ).all()
    # what they did is theirs by number, and says who in the words for it
    assert [row.person for row in right_changes(db.session(), world.north.id, None, 3)] == [
        LEFT
    ] * 3
    assert broken_rights(db.session(), world.north.id) == []


def test_who_left_comes_in_by_no_door_again(world: World) -> None:
    them = newcomer(world)
    assert go(them)
    with pytest.raises(SignInFailed):
        accounts.sign_in(accounts.SignIn(LOGIN, PASSWORD, "an address"), clock)
    # the sign-in name is free again, for somebody else
    again = newcomer(world)
    assert again.person_id != them.person_id


def test_the_last_coordinator_stays_until_there_is_another(world: World) -> None:
    with pytest.raises(LastCoordinator) as refused:
        go(world.ada, name=world.ada.name)
    assert refused.value.params["depot"] == world.north.name
    them = newcomer(world, "coordinator")
    assert go(world.ada, name=world.ada.name)
    with pytest.raises(LastCoordinator):
        go(them)
    with pytest.raises(Invalid):
        access.end_access(
            access.EndAccess(command_id=uuid4(), person_id=them.person_id or 0), them, clock
        )


def test_one_depot_is_left_and_the_name_stays_where_one_works_on(world: World) -> None:
    them = newcomer(world)
    south = make_invitation(NAME, "coordinator", world.cleo, clock)
    accounts.accept_invitation(
        accounts.AcceptInvitation(south, NAME, LOGIN, PASSWORD), them.person_id, clock
    )
    assert not go(them, everywhere=False)
    assert [
        (one.name, one.is_last) for one in depots_to_leave(db.session(), them.person_id or 0)
    ] == [(world.south.name, False)]
    assert db.session.get_one(Person, them.person_id).name == NAME
    # a coordinator here erases nobody who works elsewhere
    with pytest.raises(Invalid):
        erase(world.ada, them.person_id)
    # and the console none who coordinates elsewhere, unless it is there
    with pytest.raises(CoordinatesElsewhere):
        erase(console_actor(db.session(), world.north.slug), them.person_id)
    erase(world.cleo, them.person_id, "asked by letter")
    assert db.session.get_one(Person, them.person_id).name == LEFT
    told = setting_changes(db.session(), world.south.id, None, 1)[0]
    assert (told.kind, told.subject, told.by) == ("erasure", f"person {them.person_id}", "Cleo")
    assert told.why == "asked by letter"


def test_of_two_depots_coordinated_no_one_depot_decides_but_the_console(world: World) -> None:
    them = newcomer(world, "coordinator")
    south = make_invitation(NAME, "coordinator", world.cleo, clock)
    accounts.accept_invitation(
        accounts.AcceptInvitation(south, NAME, LOGIN, PASSWORD), them.person_id, clock
    )
    for coordinator in (world.ada, world.cleo):
        with pytest.raises((Invalid, CoordinatesElsewhere)):
            erase(coordinator, them.person_id)
    erase(console_actor(db.session(), world.north.slug), them.person_id)
    assert db.session.get_one(Person, them.person_id).name == LEFT
    for depot_id in (world.north.id, world.south.id):
        assert count_coordinators(db.session(), depot_id) == 1


def test_no_depot_that_nobody_named_is_closed_along(world: World) -> None:
    them = newcomer(world, "coordinator")
    south = make_invitation(NAME, "coordinator", world.cleo, clock)
    accounts.accept_invitation(
        accounts.AcceptInvitation(south, NAME, LOGIN, PASSWORD), them.person_id, clock
    )
    erase(console_actor(db.session(), world.south.slug), world.cleo.person_id)
    command = ErasePerson(command_id=uuid4(), person_id=them.person_id or 0, even_last=True)
    with pytest.raises(LastCoordinator):
        erase_person(command, console_actor(db.session(), world.north.slug), clock)
    assert count_coordinators(db.session(), world.south.id) == 1


def test_the_name_and_the_password_are_asked_for(world: World) -> None:
    them = newcomer(world)
    with pytest.raises(WrongName):
        go(them, name="Ada")
    with pytest.raises(SignInFailed):
        go(them, "not the password")
    for _try in range(9):
        with pytest.raises(SignInFailed):
            go(them, "not the password")
    with pytest.raises(TooManyTries):
        go(them, "not the password")
    assert db.session.get_one(Person, them.person_id).left_at is None


def test_who_may_erase_somebody(world: World) -> None:
    them = newcomer(world)
    with pytest.raises(Forbidden):
        erase(world.ben, them.person_id)
    with pytest.raises(NotFound):  # nobody of this depot
        erase(world.cleo, them.person_id)
    with pytest.raises(Invalid):
        erase(world.ada, world.ada.person_id)
    program = Actor(world.north, "coordinator", "till", token_id=1)
    with pytest.raises(Forbidden):
        erase(program, them.person_id)
    erase(world.ada, them.person_id)
    with pytest.raises(NotFound):  # once
        erase(world.ada, them.person_id)


def test_whoever_runs_the_program_ends_a_depot_that_closes(world: World) -> None:
    closing = ErasePerson(command_id=uuid4(), person_id=world.ada.person_id or 0)
    console = console_actor(db.session(), world.north.slug)
    with pytest.raises(LastCoordinator):
        erase_person(closing, console, clock)
    last = ErasePerson(command_id=uuid4(), person_id=world.ada.person_id or 0, even_last=True)
    with pytest.raises(Forbidden):
        erase_person(last, world.ben, clock)
    erase_person(last, console, clock)
    live = select(Membership.role).where(
        Membership.depot_id == world.north.id, Membership.ended_at.is_(None)
    )
    assert "coordinator" not in db.session.scalars(live).all()


def test_a_helper_leaves_by_the_name_alone_and_the_phone_knows_nobody(world: World) -> None:
    opened = OpenJoinLink(command_id=uuid4())
    open_join_link(opened, world.ada, SECRET_KEY, clock)
    secret = join_secret(SECRET_KEY, world.north.id, opened.command_id)
    joined = join_by_link(
        JoinByLink(command_id=uuid4(), secret=secret, name=NAME), world.north, clock
    ).answer
    helper = Actor(world.north, "helper", NAME, person_id=joined.person_id)
    assert go(helper, "")
    assert find_helper(db.session(), world.north.id, joined.person_id) is None
    assert where_it_stands("Zebedee") == set()


def test_nobody_is_called_like_those_who_left(world: World) -> None:
    secret = make_invitation(LEFT, "volunteer", world.ada, clock)
    taken = accounts.AcceptInvitation(secret, "Somebody  Who LEFT", LOGIN, PASSWORD)
    with pytest.raises(Invalid):
        accounts.accept_invitation(taken, None, clock)


def test_a_line_of_the_journal_tells_of_them_without_the_name(world: World) -> None:
    them = newcomer(world)
    live_a_little(world, them)
    go(them)
    rows = access_events(db.session(), world.north.id, None, 50)
    ended = next(row for row in rows if row.kind == "access_ended")
    assert (ended.actor, ended.subject) == (LEFT, LEFT)
    changed = next(row for row in rows if row.kind == "recovery_asked" and row.actor == "Ada")
    assert changed.subject == LEFT
    assert next(row for row in rows if row.kind == "signed_in").subject == ""


def test_everything_about_somebody_leaves_with_them_and_nothing_of_others(world: World) -> None:
    them = newcomer(world)
    live_a_little(world, them)
    receive(world.ben, 12, "Beans")
    told = stored_about(db.session(), them.person_id or 0)
    assert told["person"][0]["login"] == LOGIN
    assert len(told["stock_entry"]) == 1
    assert {"membership", "person_session", "access_event", "report_subscription"} < told.keys()
    assert "mail_outbox" in told
    text_of_it = json.dumps(told)
    assert "hash" not in text_of_it
    assert "secret" not in text_of_it
    assert "Ben" not in text_of_it


def test_those_who_can_be_erased_are_those_of_the_depot(world: World) -> None:
    them = newcomer(world)
    found = people_to_erase(db.session(), world.north.id, "zebe", None)
    assert [row.person_id for row in found] == [them.person_id]
    assert people_to_erase(db.session(), world.south.id, "zebe", None) == []
    go(them)
    assert people_to_erase(db.session(), world.north.id, "", world.ada.person_id) != []
    assert all(row.name != LEFT for row in people_to_erase(db.session(), world.north.id, "", None))


def write(statement: str, **values: object) -> None:
    with transaction() as session:
        session.execute(text(statement), values)


def test_the_database_keeps_name_and_marker_together(world: World) -> None:
    them = newcomer(world)
    for change in ("name = 'somebody who left'", "left_at = created_at"):
        with pytest.raises(IntegrityError):
            write(f"UPDATE person SET {change} WHERE id = :id", id=them.person_id)


def test_of_who_was_told_of_a_recall_the_name_may_go_and_nothing_else(world: World) -> None:
    them = newcomer(world, "coordinator")
    receive(world.ben, 24, "Rice", lot_code="L1")
    made = start_recall(
        StartRecall(command_id=uuid4(), name="Glass in it", by=HeldBy(lot_code="L1")),
        world.ada,
        clock,
    )
    tell = TellOfRecall(
        command_id=uuid4(),
        recall_id=made.answer.id,
        kind="coordinator",
        contact_id=them.person_id or 0,
        way="phone",
    )
    told = tell_of_recall(tell, None, world.ada, clock).answer.id
    go(them)
    kept = db.session.get_one(RecallNotice, told)
    assert (kept.name, kept.address, kept.contact_id) == (LEFT, "", them.person_id)
    for statement in (
        "UPDATE recall_notice SET note = 'x'",
        "UPDATE recall_notice SET name = 'Eve'",
        "DELETE FROM recall_notice",
    ):
        with pytest.raises(DBAPIError):
            write(statement)
