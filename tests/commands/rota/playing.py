"""How all that people do is played: who sends what, shifts, coming and leaving, phones.

The rules of tests/commands/rota/test_any_people.py stand on it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import DepotError
from depot.distribution.series.repeating import RepeatRule
from depot.joining.commands.coming import Come, Leave, TakeBackMark, come, leave, take_back_mark
from depot.joining.commands.links import OpenJoinLink, join_secret, open_join_link
from depot.kernel.once import Outcome
from depot.models import Activity, Assignment, Membership
from depot.rota.commands import regulars, routines, singles, taking
from depot.rota.naming import name_of_day
from depot.verify.verify import verify
from tests.builders import SECRET_KEY
from tests.commands.rota.acts import TUESDAYS
from tests.commands.rota.people_book import ZONE, Book, Duty, attended
from tests.conftest import copy_world, known_world
from tests.current import at_work, db

#: Two days before the clocks are changed, in spring and in autumn.
BEGINNINGS = (datetime(2027, 3, 26, 7, tzinfo=UTC), datetime(2027, 10, 29, 7, tzinfo=UTC))
#: Few, so that they meet.
DAYS = 3
RULES = st.sampled_from(
    (
        RepeatRule("daily"),
        RepeatRule("daily", every=2),
        RepeatRule("weekly", weekdays=(5, 6, 7)),
        RepeatRule("monthly", weekdays=(7,), nths=(-1,)),
    )
)
whom = st.integers(0, 5)
days = st.integers(0, DAYS - 1)
#: How many minutes ago it was said; what is older than two is a fact.
ago = st.sampled_from((0, 0, 1, 45, 300, 1500))
#: Whether it waits on the phone first.
kept = st.sampled_from((False, False, True))
minutes = st.sampled_from((60, 120, 150, 540, 600, 1290))


@dataclass(frozen=True)
class Act:
    """What one person sends: a command, and what the book writes down when it was done."""

    run: Callable[..., Outcome[Any]]
    command: Any
    told: Callable[[Any], None] = lambda _answer: None


class Played(RuleBasedStateMachine):
    """A depot in which people do as they like, with a duty and a routine of shifts."""

    world_file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="depot-any-people-"))
        self.database = ExitStack()
        self.database.enter_context(at_work(copy_world(self.world_file, self.folder)))
        self.world = known_world()
        self.book = Book()
        self.phones: dict[int, list[Act]] = {}

    def teardown(self) -> None:
        try:
            for depot in (self.world.north, self.world.south):
                assert verify(db.session(), depot.id) == ()
        finally:
            self.database.close()
            shutil.rmtree(self.folder)

    @initialize(begin=st.sampled_from(BEGINNINGS))
    def open_the_depot(self, begin: datetime) -> None:
        self.now = begin
        self.first = self.today()
        roles = db.session.execute(
            select(Membership.person_id, Membership.role)
            .where(Membership.depot_id == self.world.north.id)
            .order_by(Membership.person_id)
        )
        self.book.roles = {person: role for person, role in roles}
        self.people = list(self.book.roles)
        self.known = tuple(self.people)
        ada = self.world.ada
        facts = replace(TUESDAYS, rule=RepeatRule("daily"), open_places=1)
        self.routine = self.start("shift", facts)
        self.other = self.start(
            "shift", replace(facts, begins_minute=150, people_max=None, open_places=0)
        )
        day = self.first.isoweekday()
        weekly = routines.RoutineFacts(name="Keys", rule=RepeatRule("weekly", weekdays=(day,)))
        self.duty_id = self.start("duty", weekly)
        self.duty = Duty(self.first)
        link = OpenJoinLink(command_id=uuid4(), days=300)
        open_join_link(link, ada, SECRET_KEY, self.clock)
        self.secret = join_secret(SECRET_KEY, ada.depot_id, link.command_id)

    def start(self, kind: Any, facts: routines.RoutineFacts) -> int:
        begin = routines.StartRoutine(
            command_id=uuid4(), kind=kind, facts=facts, from_on=self.first
        )
        return routines.start_routine(begin, self.world.ada, self.clock).answer.id

    # How it is played

    def clock(self) -> datetime:
        return self.now

    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def who(self, number: int) -> int:
        return self.people[number % len(self.people)]

    def actor(self, person: int) -> Actor:
        role = self.book.roles[person]
        return Actor(self.world.north, role, "Somebody", person_id=person)

    def one_who_leads(self, number: int) -> int:
        found = self.book.coordinators()
        return found[number % len(found)]

    def members(self) -> list[int]:
        return [who for who, role in self.book.roles.items() if role != "helper"]

    def send(self, act: Act, person: int) -> DepotError | None:
        """Have it done, and once more: twice is once. A refusal is an answer."""
        self.now += timedelta(minutes=3)
        by = self.actor(person)
        try:
            first = act.run(act.command, by, self.clock)
        except DepotError as refusal:
            db.session.rollback()
            return refusal
        again = act.run(act.command, by, self.clock)
        assert again.repeated
        assert again.answer == first.answer
        act.told(first.answer)
        return None

    def do(self, act: Act, person: int) -> DepotError | None:
        """Have it done now, by who works here."""
        return self.send(act, person) if person in self.book.roles else None

    def keep_or_send(self, act: Act, person: int, *, is_kept: bool) -> None:
        if is_kept:
            self.phones.setdefault(person, []).append(act)
        else:
            self.do(act, person)

    @rule(hours=st.sampled_from((1, 5, 20, 100)))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: any(who in self.book.roles for who in self.phones))
    @rule(number=whom, is_turned=st.booleans())
    def a_phone_delivers(self, number: int, is_turned: bool) -> None:
        """What waits on the phone of who was sent away stays on it until they are back."""
        holders = [who for who in self.phones if who in self.book.roles]
        person = holders[number % len(holders)]
        kept = self.phones.pop(person)
        for act in reversed(kept) if is_turned else kept:  # of two phones one may be first
            self.send(act, person)

    # Shifts

    def part(self, named: str, person: int) -> tuple[int, Assignment] | None:
        """Return somebody's part that lives in a day, as it is kept."""
        routine, day = named.split(".")
        row = db.session.execute(
            select(Activity.id, Assignment)
            .join(Assignment, Assignment.activity_id == Activity.id)
            .where(
                Activity.routine_id == int(routine),
                Activity.occurrence_on == date.fromisoformat(day),
                Assignment.person_id == person,
                Assignment.given_back_at.is_(None),
            )
            .execution_options(populate_existing=True)
        ).one_or_none()
        return None if row is None else (row[0], row[1])

    def say(self, word: str, activity: int, person: int, at: datetime) -> None:
        self.book.words[activity, person].say(at, word)

    def word_of(self, word: str, named: str, person: int, at: datetime, **said: Any) -> Act:
        """Return what somebody says of a day: yes, can't, no."""
        common: dict[str, Any] = {"command_id": uuid4(), "activity": named, "occurred_at": at}
        if word == "yes":
            return Act(
                taking.take_part,
                taking.TakePart(**common, **said),
                lambda done: self.said_yes(done, named, person, at, **said),
            )
        if word == "cant":
            return Act(
                taking.seek_stand_in,
                taking.SeekStandIn(**common),
                lambda done: self.say("cant", done.activity_id, person, at),
            )
        return Act(
            self.giving_back(named, person, at),
            taking.GiveBack(**common),
        )

    def giving_back(self, named: str, person: int, at: datetime) -> Callable[..., Outcome[Any]]:
        """Return the command; a no to what one has no part in says nothing."""

        def run(command: taking.GiveBack, by: Actor, clock: Any) -> Outcome[Any]:
            had = self.part(named, person)
            done = taking.give_back(command, by, clock)
            if had is not None and not done.repeated:
                self.say("no", done.answer.activity_id, person, at)
            return done

        return run

    def said_yes(
        self, done: taking.Taken, named: str, person: int, at: datetime, instead_of: int = 0
    ) -> None:
        self.say("yes", done.activity_id, person, at)
        if done.instead_of:
            over = db.session.get_one(Assignment, instead_of, populate_existing=True)
            assert over.stand_in_sought_at is not None
            self.say("no", done.activity_id, over.person_id, max(at, over.stand_in_sought_at))

    def day(self, number: int) -> str:
        return name_of_day(self.routine, self.first + timedelta(days=number))

    @rule(
        who=whom,
        day=days,
        word=st.sampled_from(("yes", "yes", "yes", "cant", "no")),
        minutes=ago,
        is_kept=kept,
    )
    def a_word(self, who: int, day: int, word: str, minutes: int, is_kept: bool) -> None:
        person, at = self.who(who), self.now - timedelta(minutes=minutes)
        self.keep_or_send(self.word_of(word, self.day(day), person, at), person, is_kept=is_kept)

    @rule(who=whom, other=whom, day=days, is_kept=kept)
    def take_over(self, who: int, other: int, day: int, is_kept: bool) -> None:
        seeker = self.part(self.day(day), self.who(other))
        if seeker is None:
            return
        person = self.who(who)
        act = self.word_of("yes", self.day(day), person, self.now, instead_of=seeker[1].id)
        self.keep_or_send(act, person, is_kept=is_kept)

    @rule(who=whom, other=whom, day=days)
    def two_phones_meet(self, who: int, other: int, day: int) -> None:
        """Two who cannot know of each other say yes to the same day, hours before it arrives."""
        at = self.now - timedelta(hours=2)
        for person in {self.who(who), self.who(other)}:
            self.do(self.word_of("yes", self.day(day), person, at), person)

    @rule(who=whom, day=days)
    def ask(self, who: int, day: int) -> None:
        command = taking.AskPerson(
            command_id=uuid4(), activity=self.day(day), person_id=self.who(who)
        )
        self.send(Act(taking.ask_person, command), self.one_who_leads(0))

    @rule(who=whom, is_one=st.booleans(), learning=st.booleans())
    def regular(self, who: int, is_one: bool, learning: bool) -> None:
        person = self.who(who)
        named: dict[str, Any] = {"command_id": uuid4(), "routine_id": self.routine}
        if is_one:
            act = Act(regulars.become_regular, regulars.BecomeRegular(**named, learning=learning))
        else:
            act = Act(
                regulars.stop_being_regular,
                regulars.StopBeingRegular(**named),
                lambda _done: self.book.forget_words(person),
            )
        self.do(act, person)

    @rule(rule=RULES, minute=minutes, length=st.sampled_from((60, 600)), day=days)
    def change_the_routine(self, rule: RepeatRule, minute: int, length: int, day: int) -> None:
        facts = replace(TUESDAYS, rule=rule, begins_minute=minute, minutes=length)
        command = routines.ChangeRoutine(
            command_id=uuid4(),
            routine_id=self.routine,
            facts=facts,
            from_on=max(self.first + timedelta(days=day), self.today()),
        )
        self.send(Act(routines.change_routine, command), self.one_who_leads(0))

    @rule(day=days, act=st.sampled_from(("off", "off", "on", "move", "end")))
    def an_exception(self, day: int, act: str) -> None:
        at: dict[str, Any] = {"command_id": uuid4(), "activity": self.day(day)}
        begins = datetime.combine(self.first, datetime.min.time(), UTC) + timedelta(
            days=day, hours=20
        )
        moved = singles.ActivityFacts(
            name="Moved", starts_at=begins, ends_at=begins + timedelta(hours=2), people_max=1
        )
        last = max(self.today(), self.first + timedelta(days=day))
        acts = {
            "off": Act(singles.call_off, singles.CallOff(**at, why="Rain")),
            "on": Act(singles.call_on, singles.CallOn(**at)),
            "move": Act(singles.change_activity, singles.ChangeActivity(**at, facts=moved)),
            "end": Act(
                routines.end_routine,
                routines.EndRoutine(command_id=uuid4(), routine_id=self.routine, last_on=last),
            ),
        }
        self.send(acts[act], self.one_who_leads(0))

    # Coming and leaving

    @rule(
        who=whom,
        is_come=st.booleans(),
        minutes=ago,
        is_kept=kept,
        day=st.none() | days,
    )
    def come_or_leave(
        self, who: int, is_come: bool, minutes: int, is_kept: bool, day: int | None
    ) -> None:
        person, at = self.who(who), self.now - timedelta(minutes=minutes)
        named: dict[str, Any] = {"command_id": uuid4(), "occurred_at": at}
        named["activity"] = "" if day is None else self.day(day)
        what = "come" if is_come else "leave"

        def told(done: Any) -> None:
            self.book.marks[done.id] = (person, at, what)
            self.check_shifts(person, at)

        act = Act(come, Come(**named), told) if is_come else Act(leave, Leave(**named), told)
        self.keep_or_send(act, person, is_kept=is_kept)

    @precondition(lambda self: self.book.marks)
    @rule(number=st.integers(0, 5))
    def take_back(self, number: int) -> None:
        mark = list(self.book.marks)[-1 - number % len(self.book.marks)]
        act = Act(
            take_back_mark,
            TakeBackMark(command_id=uuid4(), mark_id=mark),
            lambda _done: self.check_shifts(*self.book.marks.pop(mark)[:2]),
        )
        self.send(act, self.one_who_leads(0))

    def check_shifts(self, person: int, at: datetime) -> None:
        """Whatever order it was said in: what stands on shifts about then is what was said."""
        rows = db.session.execute(
            select(Assignment, Activity.starts_at, Activity.ends_at)
            .join(Activity, Activity.id == Assignment.activity_id)
            .where(
                Assignment.given_back_at.is_(None),
                Assignment.person_id == person,
                Activity.kind == "shift",
            )
            .execution_options(populate_existing=True)
        ).all()
        near = timedelta(hours=36)
        own = [
            (row, begins, ends)
            for row, begins, ends in rows
            if begins and ends and begins < at + near and ends > at - near
        ]
        shifts = [(row.activity_id or 0, begins, ends) for row, begins, ends in own]
        told = attended(shifts, self.book.stays(person))
        for row, _begins, _ends in own:
            expected = told.get(row.activity_id or 0, (None, None))
            assert (row.came_at, row.left_at) == expected, (person, row.activity_id)
