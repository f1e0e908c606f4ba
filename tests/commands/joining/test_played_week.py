"""A week of forty people, five shifts a day, in two depots; an oracle keeps its own book of it.

What happens is drawn with a fixed seed. A fifth of what is said of coming and leaving arrives a day
late and out of order, as from phones without a signal; it must come to the same.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.periods import day_begins, span
from depot.distribution.series.repeating import RepeatRule
from depot.handover.commands import (
    AcknowledgeNote,
    WriteNote,
    acknowledge_note,
    write_note,
)
from depot.joining.attendance import hours
from depot.joining.commands.coming import Come, Leave, come, leave
from depot.joining.commands.helpers import JoinByLink, join_by_link
from depot.joining.commands.links import OpenJoinLink, join_secret, open_join_link
from depot.joining.queries import here_now
from depot.rota.commands.regulars import BecomeRegular, become_regular
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.commands.taking import (
    GiveBack,
    SeekStandIn,
    TakePart,
    give_back,
    seek_stand_in,
    take_part,
)
from depot.rota.naming import name_of_day
from depot.rota.queries.week import find_activity, week
from tests.builders import NOW, SECRET_KEY, World, make_person
from tests.current import db

#: A Monday; the clocks change on no day of this week.
MONDAY: Final = date(2026, 11, 30)
PEOPLE: Final = 40
#: Name, first hour, hours, people at most.
SHIFTS: Final = (
    ("Opening", 8, 2, 4),
    ("Sorting", 10, 3, 8),
    ("Table", 13, 3, 8),
    ("Kitchen", 16, 3, 6),
    ("Closing", 19, 2, 4),
)


@dataclass
class Book:
    """What the oracle knows: who is expected at what, and from when to when each was here."""

    expected: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    stays: list[tuple[int, datetime, datetime]] = field(default_factory=list)

    def minutes(self) -> int:
        return sum(int((left - came).total_seconds()) // 60 for _, came, left in self.stays)

    def here(self, now: datetime) -> set[int]:
        return {who for who, came, left in self.stays if came <= now < left}


@dataclass
class Week:
    """The week as it is played."""

    world: World
    draw: random.Random
    people: list[Actor] = field(default_factory=list)
    routines: list[int] = field(default_factory=list)
    book: Book = field(default_factory=Book)
    #: What a phone without a signal keeps, for the next morning.
    kept: list[Callable[[datetime], object]] = field(default_factory=list)

    def at(self, day: date, hour: float) -> datetime:
        return day_begins(day, self.world.north.time_zone) + timedelta(hours=hour)

    def do(self, run: Any, command: type[Any], who: Actor, now: datetime, /, **said: Any) -> Any:
        return run(command(command_id=uuid4(), **said), who, lambda: now).answer

    def begin(self) -> None:
        """Forty people of whom six sign in, and five shifts that come round every day."""
        ada, early = self.world.ada, self.at(MONDAY, 6)
        self.people = [ada, self.world.ben]
        self.people += [make_person(f"Vol{n}", "volunteer", self.world.north) for n in range(4)]
        link = OpenJoinLink(command_id=uuid4(), uses_max=500)
        open_join_link(link, ada, SECRET_KEY, lambda: early)
        secret = join_secret(SECRET_KEY, ada.depot_id, link.command_id)
        while len(self.people) < PEOPLE:
            joining = JoinByLink(command_id=uuid4(), secret=secret, name=f"Help{len(self.people)}")
            joined = join_by_link(joining, self.world.north, lambda: early).answer
            # the code on the wall says that they came; the day is played from eight on
            self.do(leave, Leave, ada, early + timedelta(minutes=1), person_id=joined.person_id)
            self.book.stays.append((joined.person_id, early, early + timedelta(minutes=1)))
            helper = Actor(self.world.north, "helper", joined.name, person_id=joined.person_id)
            self.people.append(helper)
        for name, hour, length, most in SHIFTS:
            facts = RoutineFacts(
                name=name,
                rule=RepeatRule("daily"),
                people_min=2,
                people_max=most,
                open_places=1,
                begins_minute=hour * 60,
                minutes=length * 60,
            )
            said = {"kind": "shift", "facts": facts, "from_on": MONDAY}
            self.routines.append(self.do(start_routine, StartRoutine, ada, early, **said).id)
        for who, routine_id in zip(self.people[1:6], self.routines, strict=True):
            self.do(become_regular, BecomeRegular, who, early, routine_id=routine_id)
            for day in range(7):
                name = name_of_day(routine_id, MONDAY + timedelta(days=day))
                self.book.expected[name].add(who.person_id or 0)

    def sign_up(self, day: date) -> None:
        """In the morning people take places; some can't come, somebody else takes over."""
        now = self.at(day, 7)
        for routine_id, (_, _, _, most) in zip(self.routines, SHIFTS, strict=True):
            name = name_of_day(routine_id, day)
            there = self.book.expected[name]
            wanted = most - len(there)
            free = [who for who in self.people if who.person_id not in there]
            for who in self.draw.sample(free, wanted):
                self.do(take_part, TakePart, who, now, activity=name)
                there.add(who.person_id or 0)
            self._swap(name, now)

    def _swap(self, name: str, now: datetime) -> None:
        there = self.book.expected[name]
        out = self.draw.choice([who for who in self.people if who.person_id in there])
        new = self.draw.choice([who for who in self.people if who.person_id not in there])
        self.do(seek_stand_in, SeekStandIn, out, now, activity=name)
        if self.draw.random() < 0.5:  # still expected: nobody took over
            return
        row = find_activity(db.session(), self.world.north, name)
        (part,) = (one.id for one in row.parts if one.person_id == out.person_id) if row else (0,)
        self.do(take_part, TakePart, new, now, activity=name, instead_of=part)
        there.remove(out.person_id or 0)
        there.add(new.person_id or 0)

    def work(self, day: date) -> None:
        """Who is expected comes and goes; nobody is on two shifts at once that day twice."""
        seen: set[int] = set()
        for routine_id, (_, hour, length, _) in zip(self.routines, SHIFTS, strict=True):
            name = name_of_day(routine_id, day)
            for person_id in sorted(self.book.expected[name] - seen):
                who = next(one for one in self.people if one.person_id == person_id)
                seen.add(person_id)
                if self.draw.random() < 0.1:  # stays away; it is written down nowhere
                    continue
                came = self.at(day, hour) - timedelta(minutes=self.draw.randint(0, 20))
                left = came + timedelta(minutes=length * 60 + self.draw.randint(-20, 30))
                self.book.stays.append((person_id, came, left))
                self._say(come, Come, who, came)
                self._say(leave, Leave, who, left)

    def _say(self, run: Any, kind: type[Any], who: Actor, at: datetime) -> None:
        if self.draw.random() < 0.2:
            self.kept.append(lambda now: self.do(run, kind, who, now, occurred_at=at))
        else:
            self.do(run, kind, who, at)

    def pass_on(self, day: date) -> None:
        """Each shift leaves a note, and somebody of the next one says that it was seen."""
        for _, hour, length, _ in SHIFTS:
            now = self.at(day, hour + length)
            writer, reader = self.draw.sample(self.people, 2)
            note = self.do(write_note, WriteNote, writer, now, text="The side door sticks.")
            later = now + timedelta(minutes=10)
            self.do(acknowledge_note, AcknowledgeNote, reader, later, note_id=note.id)

    def deliver(self, now: datetime) -> None:
        """The phones have a signal again, one after another in no order."""
        self.draw.shuffle(self.kept)
        for say in self.kept:
            say(now)
        self.kept.clear()


@pytest.fixture
def played(world: World) -> Week:
    """The week up to Sunday night, with everything delivered."""
    played = Week(world, random.Random(40))
    played.begin()
    for ahead in range(7):
        day = MONDAY + timedelta(days=ahead)
        played.sign_up(day)
        played.work(day)
        played.pass_on(day)
        played.deliver(played.at(day + timedelta(days=1), 6))
    return played


def test_a_week_of_forty_people_comes_to_what_was_done(played: Week) -> None:
    north, south = played.world.north, played.world.south
    for day in week(db.session(), north, MONDAY):
        for row in day.activities:
            people = {part.person_id for part in row.people}
            named = name_of_day(row.routine_id or 0, row.occurrence_on or MONDAY)
            assert people == played.book.expected[named], (row.name, named)
    for when in (9.5, 11, 14.25, 17, 20):
        for ahead in range(7):
            now = played.at(MONDAY + timedelta(days=ahead), when)
            found = {row.person_id for row in here_now(db.session(), north, now) if row.is_here}
            assert found == played.book.here(now), now
    (given,) = hours(db.session(), north, [span(MONDAY, MONDAY + timedelta(days=6))])
    assert given.sums.times == len(played.book.stays)
    assert given.sums.people == len({who for who, _, _ in played.book.stays})
    assert given.sums.minutes == played.book.minutes()
    assert given.sums.open_times == 0
    assert not any(day.activities for day in week(db.session(), south, MONDAY))
    assert here_now(db.session(), south, played.at(MONDAY, 11)) == []


def test_a_place_that_is_given_back_is_free_and_told_once(world: World) -> None:
    played = Week(world, random.Random(40))
    played.begin()
    name = name_of_day(played.routines[2], MONDAY + timedelta(days=7))
    who, now = played.people[7], played.at(MONDAY + timedelta(days=7), 7)
    played.do(take_part, TakePart, who, now, activity=name)
    for _ in range(2):
        played.do(give_back, GiveBack, who, now, activity=name)
    row = find_activity(db.session(), played.world.north, name)
    assert row is not None
    assert who.person_id not in {part.person_id for part in row.people}


def test_a_leaving_whose_coming_is_still_on_its_way_is_nobody_here(world: World) -> None:
    leave(Leave(command_id=uuid4(), occurred_at=NOW), world.ben, lambda: NOW)
    assert not any(row.is_here for row in here_now(db.session(), world.north, NOW))
