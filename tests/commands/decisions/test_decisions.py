"""Deciding by consent on a real database: raised, answered, worded anew, settled, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, Invalid, NotFound
from depot.decisions.commands.outcomes import (
    KeepAgreed,
    keep_agreed,
)
from depot.decisions.commands.proposals import (
    RaiseProposal,
    raise_proposal,
)
from depot.decisions.errors import (
    NotForHelpers,
    NotInForce,
    NotYetAsked,
    NotYours,
    ObjectionsStand,
    ProposalSettled,
    WordsChanged,
)
from depot.decisions.queries.lists import agreements, asking, due_for_review, settled, to_decide
from depot.decisions.round import fade_spoken_names
from depot.people.commands.access import EndAccess, end_access
from tests.builders import NOW, World, make_person
from tests.commands.decisions.deciding import (
    AFTER_FRIDAY,
    DAY,
    FRIDAY,
    NEXT_YEAR,
    answer,
    helper,
    propose,
    reword,
    settle,
    titles,
    view,
)
from tests.current import db


def test_it_is_agreed_to_when_nobody_objects(world: World) -> None:
    number = propose(world.ben)
    answer(world.ada, number)
    with pytest.raises(NotYetAsked):
        settle(world.ada, number, at=NOW)
    (row,) = to_decide(db.session(), world.ada, FRIDAY + timedelta(days=1))
    assert (row.consents, row.own, row.is_past, row.stands) == (1, "consent", True, True)
    # its day is past, and it is not decided by that
    assert agreements(db.session(), world.north, DAY + timedelta(days=9), None, 9) == []
    told = settle(world.ben, number).answer
    assert (told.title, told.text) == ("Close at six", "On Thursdays we close at six.")
    assert titles(agreements(db.session(), world.north, NEXT_YEAR, None, 9)) == ["Close at six"]
    assert to_decide(db.session(), world.ada, DAY) == []


def test_it_asks_for_who_has_not_answered_and_for_anybody_when_its_day_is_past(
    world: World,
) -> None:
    number = propose(world.ben)
    asked = asking(db.session(), world.ada, DAY)
    assert (asked.unanswered, asked.past, asked.due, asked.any) == (1, 0, 0, True)
    assert not asking(db.session(), world.ben, DAY).any
    assert not asking(db.session(), world.cleo, DAY).any
    answer(world.ada, number)
    assert not asking(db.session(), world.ada, DAY).any
    assert asking(db.session(), world.ben, FRIDAY + timedelta(days=1)).past == 1
    settle(world.ben, number)
    assert asking(db.session(), world.ada, NEXT_YEAR).due == 1


def test_twice_is_once(world: World) -> None:
    command = RaiseProposal(command_id=uuid4(), title="Tea", text="There is tea.")
    first = raise_proposal(command, world.ben, lambda: NOW)
    again = raise_proposal(command, world.ben, lambda: NOW)
    assert (again.answer, again.repeated) == (first.answer, True)
    with pytest.raises(CommandIdReused):
        raise_proposal(replace(command, title="Coffee"), world.ben, lambda: NOW)
    assert len(to_decide(db.session(), world.ada, DAY)) == 1


def test_an_objection_stands_until_it_is_taken_back(world: World) -> None:
    number = propose(world.ada)
    answer(world.ben, number, "objection", "Vans come at seven.")
    with pytest.raises(ObjectionsStand, match="Ben"):
        settle(world.ada, number)
    # what another writes down for him takes nothing back
    answer(world.ada, number, "consent", spoken_name=" ben ")
    with pytest.raises(ObjectionsStand):
        settle(world.ada, number, in_room_count=9)
    answer(world.ben, number, "concern", "Let us try it.", at=NOW + timedelta(minutes=1))
    assert settle(world.ada, number).answer.outcome == "agreed"


def test_who_is_made_to_leave_does_not_take_the_objection_along(world: World) -> None:
    number = propose(world.ada)
    answer(world.ben, number, "objection", "Vans come at seven.")
    end = EndAccess(command_id=uuid4(), person_id=world.ben.person_id or 0)
    end_access(end, world.ada, lambda: NOW + timedelta(minutes=1))
    with pytest.raises(ObjectionsStand, match="Ben"):
        settle(world.ada, number)


def test_other_words_are_asked_about_again(world: World) -> None:
    number = propose(world.ada)
    answer(world.ben, number, "objection", "Vans come at seven.")
    reword(world.ada, number, "We close at eight.")
    found = view(world.ada, number)
    assert [(one.name, one.text) for one in found.asked_again] == [("Ben", "Vans come at seven.")]
    assert (found.row.version, found.standing) == (2, ())
    assert [one.text for one in found.wordings] == ["On Thursdays we close at six."]
    with pytest.raises(WordsChanged):
        answer(world.ben, number, at=NOW + timedelta(minutes=1))
    with pytest.raises(WordsChanged):
        settle(world.ada, number)
    with pytest.raises(WordsChanged):
        reword(world.ben, number, "We close at nine.")
    answer(world.ben, number, version=2, at=NOW + timedelta(minutes=2))
    assert view(world.ada, number).asked_again == ()
    assert settle(world.ada, number, version=2).answer.text == "We close at eight."


def test_an_answer_that_a_phone_kept_counts_for_the_words_it_was_given_to(world: World) -> None:
    number = propose(world.ada)
    later = NOW + timedelta(hours=3)
    reword(world.ada, number, "We close at eight.", at=NOW + timedelta(hours=2))
    said = {"version": 1, "occurred_at": NOW + timedelta(hours=1)}
    answer(world.ben, number, "objection", "Vans come at seven.", at=later, **said)
    found = view(world.ada, number)
    assert found.standing == ()
    assert [one.name for one in found.asked_again] == ["Ben"]


def test_an_objection_that_comes_late_is_looked_at_again(world: World) -> None:
    number = propose(world.ada)
    settle(world.ada, number, in_room_count=3, at=NOW + timedelta(hours=2))
    after = NOW + timedelta(hours=5)
    said = {"occurred_at": NOW + timedelta(hours=1)}
    answer(world.ben, number, "objection", "Vans come at seven.", at=after, **said)
    assert titles(due_for_review(db.session(), world.north, DAY)) == ["Close at six"]
    assert [one.came_late for one in view(world.ada, number).answers] == [True]
    with pytest.raises(ProposalSettled):
        answer(world.ben, number, "objection", "And now?", at=after)
    keep = KeepAgreed(command_id=uuid4(), proposal_id=number, review_on=NEXT_YEAR)
    keep_agreed(keep, world.ben, lambda: after)
    assert due_for_review(db.session(), world.north, DAY) == []


def test_only_who_was_here_before_counts(world: World) -> None:
    number = propose(world.ada)
    late = make_person("Dora", "volunteer", world.north)
    # she joined at the same moment by the test's clock: raise another one that is older
    older = propose(world.ada, "Tea", at=NOW - timedelta(hours=1))
    answer(late, number, "objection", "No.")
    answer(late, older, "objection", "No.")
    assert [one.name for one in view(world.ada, number).standing] == ["Dora"]
    found = view(world.ada, older)
    assert found.standing == ()
    assert [(one.name, one.counts) for one in found.answers] == [("Dora", False)]


def test_whom_it_is_about_speaks_and_does_not_count(world: World) -> None:
    number = propose(world.ada, "Ben takes a rest", about_id=world.ben.person_id)
    answer(world.ben, number, "objection", "I like it here.")
    found = view(world.ada, number)
    assert (found.row.about, found.standing, found.answers[0].counts) == ("Ben", (), False)
    # nor when somebody writes it down for him
    answer(world.ada, number, "objection", "He likes it here.", spoken_name="BEN")
    assert view(world.ada, number).standing == ()
    with pytest.raises(NotFound):
        propose(world.ada, about_id=world.cleo.person_id)


def test_a_helper_of_a_day_speaks_and_decides_nothing(world: World) -> None:
    ana = helper(world)
    number = propose(world.ada)
    answer(ana, number, "objection", "I can't come then.")
    assert view(world.ada, number).standing == ()
    for refused in (
        lambda: propose(ana),
        lambda: answer(ana, number, "objection", "No.", spoken_name="Zoe"),
        lambda: reword(ana, number, "x"),
        lambda: settle(ana, number, in_room_count=1),
    ):
        with pytest.raises(NotForHelpers):
            refused()
    assert settle(world.ben, number).answer.outcome == "agreed"


def test_names_spoken_in_the_room_count_and_fade(world: World) -> None:
    number = propose(world.ada, answer_by=None)
    answer(world.ada, number, "objection", "Too early.", spoken_name="Zoe")
    answer(world.ada, number, "concern", "Hm.", spoken_name="Old Tom")
    with pytest.raises(ObjectionsStand, match="Zoe"):
        settle(world.ada, number, in_room_count=12, at=NOW)
    answer(world.ada, number, "consent", spoken_name="zoe ", at=NOW + timedelta(minutes=1))
    settle(world.ada, number, in_room_count=12, at=NOW + timedelta(minutes=2))
    said = {one.name: (one.kind, one.recorded_by) for one in view(world.ada, number).answers}
    assert said == {"Zoe": ("consent", "Ada"), "Old Tom": ("concern", "Ada")}
    fade_spoken_names(lambda: NOW + timedelta(days=390))
    assert {one.name for one in view(world.ada, number).answers} == {"Zoe", "Old Tom"}
    fade_spoken_names(lambda: NOW + timedelta(days=400))
    assert [one.name for one in view(world.ada, number).answers] == [None, None]


def test_without_a_day_it_is_for_the_room(world: World) -> None:
    number = propose(world.ada, answer_by=None)
    for late in (NOW, NOW + timedelta(days=99)):
        with pytest.raises(NotYetAsked):
            settle(world.ada, number, at=late)
    assert settle(world.ada, number, in_room_count=4, at=NOW).answer.outcome == "agreed"


def test_nobody_gets_less_time_than_they_were_told(world: World) -> None:
    number = propose(world.ada)
    with pytest.raises(Invalid, match="more time"):
        reword(world.ada, number, "We close at eight.", answer_by=DAY)
    # other words after the day were asked about by nobody
    late = AFTER_FRIDAY + timedelta(days=1)
    reword(world.ada, number, "We close at eight.", at=AFTER_FRIDAY)
    with pytest.raises(NotYetAsked):
        settle(world.ada, number, version=2, at=late)
    reword(world.ada, number, "We close at eight.", at=late, version=2, answer_by=late.date())
    assert view(world.ada, number).row.version == 2
    assert settle(world.ada, number, version=2, at=late + timedelta(days=1)).answer.version == 2


def test_what_is_replaced_was_in_force_until_then(world: World) -> None:
    first = propose(world.ada)
    settle(world.ada, first)
    second = propose(world.ada, "Close at eight", AFTER_FRIDAY, replaces_id=first, answer_by=None)
    month_later = AFTER_FRIDAY + timedelta(days=30)
    settle(world.ada, second, at=month_later, in_room_count=5)

    def in_force(on: date) -> list[str]:
        return titles(agreements(db.session(), world.north, on, None, 9))

    assert in_force(DAY) == []
    assert in_force(AFTER_FRIDAY.date()) == ["Close at six"]
    assert in_force(month_later.date() - timedelta(days=1)) == ["Close at six"]
    assert in_force(month_later.date()) == ["Close at eight"]
    (now,) = agreements(db.session(), world.north, NEXT_YEAR, None, 9)
    assert now.replaces == "Close at six"
    assert view(world.ada, first).replaced_by == ((second, "Close at eight"),)
    assert titles(settled(db.session(), world.north.id, None, 9)) == [
        "Close at eight",
        "Close at six",
    ]
    for unfit in (first, propose(world.ada, "Tea")):
        with pytest.raises(NotInForce):
            propose(world.ada, replaces_id=unfit)


def test_it_comes_back_on_its_day_and_stays_when_it_is_kept(world: World) -> None:
    number = propose(world.ada)
    settle(world.ada, number)
    assert due_for_review(db.session(), world.north, NEXT_YEAR - timedelta(days=1)) == []
    assert titles(due_for_review(db.session(), world.north, NEXT_YEAR)) == ["Close at six"]
    on = NOW + timedelta(days=300)
    later = NEXT_YEAR + timedelta(days=90)
    keep = KeepAgreed(command_id=uuid4(), proposal_id=number, review_on=later, text="Works.")
    keep_agreed(keep, world.ben, lambda: on)
    assert due_for_review(db.session(), world.north, NEXT_YEAR) == []
    (looked,) = view(world.ada, number).reviews
    assert (looked.text, looked.review_on, looked.by) == ("Works.", later, "Ben")
    with pytest.raises(Invalid):
        keep_agreed(replace(keep, command_id=uuid4(), review_on=DAY), world.ben, lambda: on)


def test_who_raised_it_takes_it_back(world: World) -> None:
    number = propose(world.ben)
    with pytest.raises(NotYours, match="Ben"):
        settle(world.ada, number, "withdrawn", at=NOW)
    settle(world.ben, number, "withdrawn", at=NOW)
    with pytest.raises(ProposalSettled):
        settle(world.ben, number)
    with pytest.raises(ProposalSettled):
        reword(world.ben, number, "x")
    assert agreements(db.session(), world.north, NEXT_YEAR, None, 9) == []
    keep = KeepAgreed(command_id=uuid4(), proposal_id=number, review_on=NEXT_YEAR)
    with pytest.raises(NotInForce):
        keep_agreed(keep, world.ben, lambda: NOW)


def test_a_program_says_whose_words_they_are(world: World) -> None:
    program = Actor(world.north, "volunteer", "kiosk", token_id=None)
    number = propose(world.ada)
    with pytest.raises(Invalid, match="whose answer"):
        answer(program, number)
    answer(program, number, spoken_name="Zoe")
    assert view(world.ada, number).answers[0].name == "Zoe"
