"""What may take two people: rights, reports, recalls, exports, and wanting it less."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from depot.agreeing.queries import waiting_acts
from depot.agreeing.rules import SetRules, set_rules
from depot.exporting.taking import take_everything
from depot.kernel.asked.errors import (
    AskerGone,
    OtherThanAsked,
    TiedToAsker,
)
from depot.leaving.commands import ErasePerson, erase_person
from depot.models import Invitation, RoleChange
from depot.open_book.queries import rights, setting_changes
from depot.people.commands import access, accounts
from depot.people.commands.recovery import HelpBackIn, help_back_in, recover, recovery_secret
from depot.people.queries import console_actor
from depot.reports.filing import FileReport, file_report
from depot.safety.commands.holds import HeldBy, ReleaseHold, release_hold
from depot.safety.commands.recalls import CloseRecall, StartRecall, close_recall, start_recall
from depot.stock.commands.take_out import take_out
from tests.builders import (
    NOW,
    PASSWORD,
    SECRET_KEY,
    World,
    clock,
    find_actor,
    make_person,
)
from tests.commands.agreeing.asking import (
    ALL,
    LATER,
    answer,
    asked_of,
    everything,
    put_rice,
    rice,
    role_of,
    spoiled,
    to_be,
)
from tests.current import db


def in_december() -> datetime:
    return NOW + timedelta(days=10)


def tomorrow() -> datetime:
    return NOW + timedelta(days=1)


def test_a_right_is_given_by_two_and_the_book_names_both(two: World) -> None:
    command = to_be(two.ben.person_id, "coordinator")
    asked = asked_of(access.change_role, command, two.ada, clock)
    assert role_of(two.ben) == "volunteer"
    answer(asked, find_actor("dora"))
    assert role_of(two.ben) == "coordinator"
    row = next(one for one in rights(db.session(), two.north.id, NOW) if one.person == "Ben")
    assert (row.by, row.agreed_by) == ("Ada", "Dora")


def test_a_right_that_changed_meanwhile_is_asked_for_anew(two: World) -> None:
    ben = two.ben.person_id or 0
    make = to_be(ben, "coordinator")
    first = asked_of(access.change_role, make, two.ada, clock)
    second = asked_of(access.change_role, replace(make, command_id=uuid4()), two.ada, clock)
    answer(first, find_actor("dora"))
    with pytest.raises(OtherThanAsked):
        answer(second, find_actor("dora"))


def test_volunteers_come_and_go_by_one_and_everybody_lays_down_their_own_right(two: World) -> None:
    access.invite(
        access.Invite(command_id=uuid4(), name="Emil", role="volunteer"), two.ada, SECRET_KEY, clock
    )
    access.end_access(
        access.EndAccess(command_id=uuid4(), person_id=two.ben.person_id or 0), two.ada, clock
    )
    own = to_be(two.ada.person_id, "volunteer")
    access.change_role(own, two.ada, clock)
    assert role_of(two.ada) == "volunteer"


def test_an_invitation_shows_its_link_to_who_asked_once_it_is_agreed_to(two: World) -> None:
    command = access.Invite(command_id=uuid4(), name="Emil", role="coordinator")
    asked = asked_of(access.invite, command, two.ada, SECRET_KEY, clock)
    assert not db.session.scalar(
        select(func.count()).select_from(Invitation).where(Invitation.name == "Emil")
    )
    answer(asked, find_actor("dora"))
    assert access.invite(command, two.ada, SECRET_KEY, clock).repeated
    secret = access.invitation_secret(SECRET_KEY, two.north.id, command.command_id)
    accounts.accept_invitation(
        accounts.AcceptInvitation(secret, "Emil", "emil", PASSWORD), clock=clock
    )
    last = db.session.scalars(select(RoleChange).order_by(RoleChange.id.desc()).limit(1)).one()
    assert (last.by_id, last.agreed_by_id) == (two.ada.person_id, find_actor("dora").person_id)


def test_an_account_that_the_asker_made_does_not_agree_within_the_days(world: World) -> None:
    make_person("Dora", "coordinator", world.north)
    make = to_be(world.ben.person_id, "coordinator")
    access.change_role(make, world.ada, clock)
    set_rules(SetRules(command_id=uuid4(), kinds=("export",)), world.ada, clock)
    two_ada = find_actor("ada")
    asked = asked_of(take_everything, everything(), two_ada, clock)
    with pytest.raises(TiedToAsker):
        answer(asked, find_actor("ben"))
    answer(asked, find_actor("dora"))
    again = asked_of(take_everything, everything(), find_actor("ada"), lambda: LATER)
    answer(again, find_actor("ben"), at=LATER)


def test_an_account_that_was_opened_by_a_link_does_not_agree_within_the_days(two: World) -> None:
    dora = find_actor("dora")
    command = HelpBackIn(command_id=uuid4(), person_id=dora.person_id or 0)
    help_back_in(command, two.ada, SECRET_KEY, clock)
    recover(
        recovery_secret(SECRET_KEY, two.north.id, command.command_id), "cold soup at night", clock
    )
    asked = asked_of(take_everything, everything(), two.ada, clock)
    with pytest.raises(TiedToAsker):
        answer(asked, dora)


def test_who_coordinates_no_longer_asked_in_vain(two: World) -> None:
    dora = find_actor("dora")
    emil = make_person("Emil", "coordinator", console_actor(db.session(), "north").depot)
    asked = asked_of(take_everything, everything(), emil, clock)
    own = to_be(emil.person_id, "volunteer")
    access.change_role(own, emil, clock)
    with pytest.raises(AskerGone):
        answer(asked, dora)


def test_the_second_version_of_a_report_takes_two_and_its_figures_stay_as_seen(two: World) -> None:
    put_rice(two.ben)
    week = "2026-W47"
    first = file_report(FileReport(command_id=uuid4(), period=week), two.ada, in_december)
    assert first.answer.version == 1
    take_out(spoiled(occurred_at=NOW), two.ben, in_december)
    asked = asked_of(file_report, FileReport(command_id=uuid4(), period=week), two.ada, in_december)
    told = waiting_acts(db.session(), two.ada, in_december())[0].told
    lost = next(one for one in told["totals"] if one["figure"] == "lost_grams")
    assert (lost["before"], lost["after"], told["version"]) == (0, 40_000, 2)
    late = replace(spoiled(occurred_at=NOW), lines=rice(1_000))
    take_out(late, two.ben, in_december)
    with pytest.raises(OtherThanAsked):
        answer(asked, find_actor("dora"), at=in_december())
    anew = asked_of(file_report, FileReport(command_id=uuid4(), period=week), two.ada, in_december)
    done = answer(anew, find_actor("dora"), at=in_december()).done
    assert done is not None
    assert done.answer.version == 2


def test_a_recall_is_closed_and_its_goods_let_go_by_two(two: World) -> None:
    put_rice(two.ben)
    dora = find_actor("dora")
    started = start_recall(
        StartRecall(command_id=uuid4(), name="Glass", by=HeldBy(item="Rice")), two.ben, clock
    ).answer
    close = CloseRecall(command_id=uuid4(), recall_id=started.id)
    asked = asked_of(close_recall, close, two.ada, clock)
    assert waiting_acts(db.session(), two.ada, NOW)[0].told["goods"][0]["quantity"] == 60_000
    answer(asked, dora)
    let_go = ReleaseHold(command_id=uuid4(), reason="It was sand", hold_id=started.hold_id)
    answer(asked_of(release_hold, let_go, two.ada, clock), dora)


def test_everything_in_one_file_takes_two(two: World) -> None:
    command = everything()
    asked = asked_of(take_everything, command, two.ada, clock)
    answer(asked, find_actor("dora"))
    again = take_everything(command, two.ada, clock)
    assert again.repeated
    assert again.answer.until == NOW + timedelta(days=1)


def test_somebody_is_erased_by_two(two: World) -> None:
    """And a coordinator by two wherever rights take two."""
    ben, dora = two.ben.person_id or 0, find_actor("dora")
    gone = ErasePerson(command_id=uuid4(), person_id=dora.person_id or 0)
    asked_of(erase_person, gone, two.ada, clock)  # rights take two
    kinds = SetRules(command_id=uuid4(), kinds=(*ALL, "erasure"), write_off_grams=20_000, days=3)
    set_rules(kinds, find_actor("ada"), clock)
    command = ErasePerson(command_id=uuid4(), person_id=ben, why="asked by letter")
    asked = asked_of(erase_person, command, find_actor("ada"), clock)
    assert role_of(two.ben) == "volunteer"
    answer(asked, dora)
    assert role_of(two.ben) is None
    told = setting_changes(db.session(), two.north.id, None, 1)[0]
    assert (told.kind, told.by) == ("erasure", "Ada")


def test_to_want_it_more_takes_one_and_to_want_it_less_takes_two(two: World) -> None:
    stricter = SetRules(command_id=uuid4(), kinds=ALL, write_off_grams=10_000, days=5)
    set_rules(stricter, two.ada, clock)
    ada = find_actor("ada")
    for less in (
        replace(stricter, kinds=("rights",), write_off_grams=None),
        replace(stricter, write_off_grams=10_001),
        replace(stricter, days=4),
    ):
        asked = asked_of(set_rules, replace(less, command_id=uuid4()), ada, clock)
        answer(asked, ada, "withdrawn")
    asked = asked_of(set_rules, SetRules(command_id=uuid4()), ada, clock)
    answer(asked, find_actor("dora"))
    assert find_actor("ada").depot.second_kinds == ""


def test_a_depot_whose_others_are_gone_is_not_locked(two: World) -> None:
    off = SetRules(command_id=uuid4())
    asked_of(set_rules, off, two.ada, clock)
    asked_of(set_rules, replace(off, command_id=uuid4()), two.ada, tomorrow)
    set_rules(replace(off, command_id=uuid4()), two.ada, lambda: LATER)
    assert find_actor("ada").depot.second_kinds == ""


def test_what_somebody_declined_is_not_set_alone_when_its_days_are_over(two: World) -> None:
    off = SetRules(command_id=uuid4())
    asked = asked_of(set_rules, off, two.ada, clock)
    answer(asked, find_actor("dora"), "declined", why="We agreed on this")
    asked_of(set_rules, replace(off, command_id=uuid4()), two.ada, lambda: LATER)


def test_the_console_stands_outside(two: World) -> None:
    console = console_actor(db.session(), "north")
    command = access.EndAccess(command_id=uuid4(), person_id=find_actor("dora").person_id or 0)
    access.end_access(command, console, clock)
    assert role_of(find_actor("ada")) == "coordinator"


@pytest.mark.parametrize("table", ["asked_act", "asked_answer"])
def test_what_was_asked_and_answered_is_not_rewritten(two: World, table: str) -> None:
    put_rice(two.ben)
    answer(asked_of(take_out, spoiled(), two.ben, clock), two.ada)
    for verb in (f"UPDATE {table} SET depot_id = 1", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match=r"append-only|refuse|may not"):
            db.session.execute(text(verb))
        db.session.rollback()
