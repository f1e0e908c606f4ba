"""All that people do, in any order: what must be true of them is true after each step.

Routines and their versions, exceptions, duties, absences, coming and leaving, rights given and
taken, people who go and come back, and phones that deliver hours later what was said, over the
nights in which the clocks are changed. A book of plain Python is kept beside it
(tests/commands/rota/people_book.py). `make torture PARTS=properties` plays thousands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from depot.base.periods import span
from depot.duties.commands import (
    AcceptTerm,
    BeWilling,
    LearnDuty,
    PassTerm,
    accept_term,
    be_willing,
    learn_duty,
    pass_term,
)
from depot.duties.errors import TermTaken
from depot.duties.queries.duties import DutyRow, find_duty
from depot.joining.attendance import attendance
from depot.joining.commands.helpers import JoinByLink, LetInAgain, join_by_link, let_in_again
from depot.joining.queries import here_now
from depot.leaving.commands import ErasePerson, erase_person
from depot.models import Activity, Assignment, Attendance, Membership, RoleChange
from depot.people.commands import access, accounts
from depot.rota.naming import name_of_day
from tests.builders import make_invitation, make_person
from tests.commands.rota.people_book import WEEK
from tests.commands.rota.playing import Act, Played, ago, whom
from tests.conftest import copy_world, known_world
from tests.current import at_work, db


class AnyPeople(Played):
    """Beside that: duties and rights; and what must be true of it all."""

    # Duties

    def term(self, *, is_next: bool) -> date:
        return self.duty.term(self.today()) + (WEEK if is_next else timedelta())

    @rule(who=whom, is_next=st.booleans())
    def accept(self, who: int, is_next: bool) -> None:
        person, on = self.who(who), self.term(is_next=is_next)
        held = self.duty.holder(on, self.book.roles)

        def told(_done: Any) -> None:
            assert held in (None, person), "two would hold it"
            self.duty.holders[on] = person
            self.duty.no[on].discard(person)
            self.duty.since.setdefault(person, self.now)

        command = AcceptTerm(command_id=uuid4(), term=name_of_day(self.duty_id, on))
        refusal = self.do(Act(accept_term, command, told), person)
        if held not in (None, person) and person in self.members():
            assert isinstance(refusal, TermTaken), refusal

    @rule(who=whom, is_next=st.booleans())
    def say_no(self, who: int, is_next: bool) -> None:
        person, on = self.who(who), self.term(is_next=is_next)

        def told(_done: Any) -> None:
            self.duty.no[on].add(person)
            if self.duty.holders.get(on) == person:
                del self.duty.holders[on]

        command = PassTerm(command_id=uuid4(), term=name_of_day(self.duty_id, on))
        self.do(Act(pass_term, command, told), person)

    @rule(who=whom, is_willing=st.booleans())
    def would(self, who: int, is_willing: bool) -> None:
        person = self.who(who)

        def told(_done: Any) -> None:
            if is_willing:
                self.duty.since.setdefault(person, self.now)
            else:
                self.duty.since.pop(person, None)

        command = BeWilling(command_id=uuid4(), routine_id=self.duty_id, is_willing=is_willing)
        self.do(Act(be_willing, command, told), person)

    @rule(who=whom)
    def learn(self, who: int) -> None:
        person, on = self.who(who), self.term(is_next=False)
        command = LearnDuty(command_id=uuid4(), term=name_of_day(self.duty_id, on))
        told: Callable[[Any], None] = lambda _done: self.duty.no[on].discard(person)  # noqa: E731
        self.do(Act(learn_duty, command, told), person)

    @rule(who=whom, word=st.sampled_from(("yes", "cant", "no")), minutes=ago)
    def a_word_about_a_duty(self, who: int, word: str, minutes: int) -> None:
        """A term is said yes to as a duty, and no shift."""
        person, at = self.who(who), self.now - timedelta(minutes=minutes)
        named = name_of_day(self.duty_id, self.term(is_next=False))
        act = replace(self.word_of(word, named, person, at), told=lambda _done: None)
        assert person not in self.book.roles or self.do(act, person) is not None

    # Rights

    @rule(by=whom, who=whom, role=st.sampled_from(("volunteer", "coordinator")))
    def change_role(self, by: int, who: int, role: str) -> None:
        person = self.who(who)
        command = access.ChangeRole(command_id=uuid4(), person_id=person, role=role)
        act = Act(
            access.change_role,
            command,
            lambda _done: self.book.roles.update({person: role}),
        )
        is_last = self.book.coordinators() == [person] and role == "volunteer"
        refusal = self.do(act, self.one_who_leads(by))
        assert not is_last or refusal is not None

    @rule(by=whom, who=whom, is_erased=st.sampled_from((False, False, False, True)))
    def somebody_goes(self, by: int, who: int, is_erased: bool) -> None:
        person = self.who(who)

        def told(_done: Any) -> None:
            self.book.roles.pop(person, None)
            self.book.forget_words(person)
            self.phones.pop(person, None) if is_erased else None
            if is_erased:
                self.people.remove(person)
                self.duty.since.pop(person, None)
                now = self.duty.term(self.today())
                for on in [on for on, one in self.duty.holders.items() if one == person]:
                    if on >= now:
                        del self.duty.holders[on]

        if is_erased:
            act = Act(erase_person, ErasePerson(command_id=uuid4(), person_id=person), told)
        else:
            act = Act(
                access.end_access, access.EndAccess(command_id=uuid4(), person_id=person), told
            )
        self.do(act, self.one_who_leads(by))

    @rule(who=whom)
    def come_back(self, who: int) -> None:
        """Who was sent away is asked to come back; a helper is let in again."""
        person, lead = self.who(who), self.actor(self.one_who_leads(0))
        if person in self.book.roles:
            return
        if person in self.helpers():
            again = Act(let_in_again, LetInAgain(command_id=uuid4(), person_id=person))
            assert self.send(again, self.one_who_leads(0)) is None
            self.book.roles[person] = "helper"
            return
        secret = make_invitation("Back", "volunteer", lead, self.clock)
        taken_up = accounts.AcceptInvitation(secret, "", "", "")
        accounts.accept_invitation(taken_up, person, self.clock)
        self.book.roles[person] = "volunteer"

    def helpers(self) -> set[int]:
        return set(self.people) - set(self.known)

    @precondition(lambda self: len(self.people) < 6)
    @rule()
    def somebody_joins(self) -> None:
        name = f"Zoe {'abcdefghij'[len(self.people) % 10]}{len(self.book.marks)}"
        command = JoinByLink(command_id=uuid4(), secret=self.secret, name=name)
        self.now += timedelta(minutes=3)
        joined = join_by_link(command, self.world.north, self.clock).answer
        self.people.append(joined.person_id)
        self.book.roles[joined.person_id] = "helper"
        mark = db.session.scalars(
            select(Attendance.id).where(Attendance.person_id == joined.person_id)
        ).one()
        self.book.marks[mark] = (joined.person_id, self.now, "come")

    # What must be true

    @invariant()
    def everything_holds(self) -> None:
        if not self.book.roles:  # not open yet
            return
        self.rights_are_what_the_chain_says()
        self.a_day_is_one_row_and_a_person_once_on_it()
        self.the_last_word_counts()
        self.who_is_here_is_what_was_said()
        self.the_duty_is_held_by_one_and_goes_round()
        self.nobody_elsewhere_is_touched()

    def rights_are_what_the_chain_says(self) -> None:
        depot = Membership.depot_id == self.world.north.id
        rows = db.session.execute(
            select(Membership.person_id, Membership.role).where(
                depot, Membership.ended_at.is_(None)
            )
        )
        assert {person: role for person, role in rows} == self.book.roles
        told: dict[int, str] = {}
        changes = db.session.execute(
            select(RoleChange.person_id, RoleChange.role_after)
            .where(RoleChange.depot_id == self.world.north.id)
            .order_by(RoleChange.seq)
        )
        for person, role in changes:
            told.pop(person, None)
            if role is not None:
                told[person] = role
        assert told == self.book.roles
        assert self.book.coordinators(), "nobody can act"

    def a_day_is_one_row_and_a_person_once_on_it(self) -> None:
        rows = db.session.execute(
            select(Activity.routine_id, Activity.occurrence_on, Activity.id).where(
                Activity.routine_id.is_not(None)
            )
        ).all()
        keys = Counter((routine, on) for routine, on, _number in rows)
        assert not [key for key, count in keys.items() if count > 1]
        found = {(routine, on): number for routine, on, number in rows if routine and on}
        assert found.items() >= self.book.rows.items(), "a day has another row than it had"
        self.book.rows = found
        live = db.session.execute(
            select(Assignment.activity_id, Assignment.routine_id, Assignment.person_id).where(
                Assignment.given_back_at.is_(None)
            )
        ).all()
        assert not [key for key, count in Counter(map(tuple, live)).items() if count > 1]

    def the_last_word_counts(self) -> None:
        for (activity, person), words in self.book.words.items():
            expected = words.standing()
            part = db.session.scalars(
                select(Assignment)
                .where(
                    Assignment.activity_id == activity,
                    Assignment.person_id == person,
                    Assignment.given_back_at.is_(None),
                )
                .execution_options(populate_existing=True)
            ).one_or_none()
            if expected is None:
                continue
            if part is None:
                assert expected == "out", (activity, person, words)
            elif part.came_at is None:
                is_in = part.taken_at is not None or part.waiting_since is not None
                found = "out" if not is_in else "seeking" if part.stand_in_sought_at else "in"
                assert found == expected, (activity, person, words)

    def who_is_here_is_what_was_said(self) -> None:
        north = self.world.north
        stays = {person: self.book.stays(person) for person in self.book.ever()}
        for one in stays.values():
            for before, after in pairwise(one):
                assert (before.left or before.night) <= after.came
        rows = attendance(db.session(), north, span(self.first - WEEK, self.today() + WEEK))
        said = sorted((row.came_at, row.left_at) for row in rows if row.is_said)
        assert said == sorted(
            (stay.came, stay.left) for one in stays.values() for stay in one if stay.left
        )
        assert len(rows) == sum(map(len, stays.values()))
        here = {row.person_id for row in here_now(db.session(), north, self.now) if row.is_here}
        assert here == {
            person
            for person, one in stays.items()
            if person in self.book.roles
            for stay in one
            if stay.came <= self.now < (stay.left or stay.night)
        }

    def the_duty_is_held_by_one_and_goes_round(self) -> None:
        row = self.duty_row()
        now = self.duty.term(self.today())
        holders = (
            self.duty.holder(now, self.book.roles),
            self.duty.holder(now + WEEK, self.book.roles),
        )
        for parts, expected in zip((row.holders, row.next_holders), holders, strict=True):
            assert [part.person_id for part in parts] == [expected] * (expected is not None)
        members = self.members()
        turns = [one.person_id for one in row.turns]
        assert turns == self.duty.in_turn(self.today(), members)

    def duty_row(self) -> DutyRow:
        found = find_duty(db.session(), self.world.north, self.duty_id, self.today())
        assert found is not None
        return found

    def nobody_elsewhere_is_touched(self) -> None:
        south = self.world.south.id
        assert not db.session.scalars(
            select(Assignment.id).where(Assignment.depot_id == south)
        ).all()


@pytest.fixture(scope="module")
def peopled_file(world_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test world with two more people in the north."""
    folder = tmp_path_factory.mktemp("people")
    with at_work(copy_world(world_file, folder)):
        for name in ("Dot", "Eve"):
            make_person(name, "volunteer", known_world().north)
    return folder / "depot.sqlite3"


def test_whatever_people_do_what_is_kept_of_them_is_what_they_said(peopled_file: Path) -> None:
    machine = type("AnyPeopleHere", (AnyPeople,), {"world_file": peopled_file})
    few = max(1, min(settings().max_examples, 10_000) // 12)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=few,
            stateful_step_count=35,
            suppress_health_check=list(HealthCheck),
        ),
    )
