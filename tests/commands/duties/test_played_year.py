"""A year of a weekly duty, played through the program: nobody carries more than their share.

Some say no, go, come later or give back in the middle; of those who would all year round and said
no never, nobody is ever more than one turn ahead of another. The turns are counted here.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.clock import local_day
from depot.distribution.series.repeating import RepeatRule
from depot.duties.commands import (
    AcceptTerm,
    BeWilling,
    PassTerm,
    accept_term,
    be_willing,
    pass_term,
)
from depot.duties.queries.duties import find_duty
from depot.people.commands.access import EndAccess, end_access
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from tests.builders import NOW, World, make_person
from tests.conftest import known_world
from tests.current import at_work, db

WEEKS = 52


class Year:
    """The year as it is played; the clock is on the first morning of each term."""

    def __init__(self, world: World, people: list[Actor], draw: random.Random) -> None:
        self.world, self.draw, self.now = world, draw, NOW
        self.people = {who.person_id or 0: who for who in people}
        steady = people[: draw.randint(2, 4)]
        self.steady = [who.person_id or 0 for who in steady]
        self.turns: Counter[int] = Counter()
        rule = RepeatRule("weekly", weekdays=(self.today().isoweekday(),))
        begin = StartRoutine(
            command_id=uuid4(),
            kind="duty",
            facts=RoutineFacts(name="Keys", rule=rule, people_max=1),
            from_on=self.today(),
        )
        self.duty = start_routine(begin, world.ada, self.clock).answer.id
        for who in steady:
            self.do(be_willing, BeWilling, who, routine_id=self.duty)

    def clock(self) -> datetime:
        return self.now

    def today(self) -> Any:
        return local_day(self.now, self.world.north.time_zone)

    def do(self, run: Any, kind: Any, who: Actor, **said: Any) -> None:
        run(kind(command_id=uuid4(), **said), who, self.clock)

    def week(self, number: int) -> None:
        """Have the others come and go, and ask one after the other until somebody says yes."""
        others = [who for person, who in self.people.items() if person not in self.steady]
        for who in others:
            would = self.draw.random() < 0.8
            if number % 5 == 0:
                self.do(be_willing, BeWilling, who, routine_id=self.duty, is_willing=would)
        row = find_duty(db.session(), self.world.north, self.duty, self.today())
        assert row is not None
        assert row.term is not None
        for one in row.turns:
            term = {"term": row.term.name_of}
            who = self.people[one.person_id]
            is_steady = one.person_id in self.steady
            if not is_steady and self.draw.random() < 0.4:
                self.do(pass_term, PassTerm, who, **term)
                continue
            self.do(accept_term, AcceptTerm, who, **term)
            if not is_steady and self.draw.random() < 0.2:  # said yes, and cannot after all
                self.do(pass_term, PassTerm, who, **term)
                continue
            self.turns[one.person_id] += 1
            break
        self.now += timedelta(weeks=1)

    def check(self) -> None:
        turns = [self.turns[person] for person in self.steady]
        assert max(turns) - min(turns) <= 1, self.turns
        ahead = [count for person, count in self.turns.items() if person not in self.steady]
        assert max(ahead, default=0) <= max(turns) + 1, "a no brought more turns"


@pytest.mark.parametrize("seed", [1, 2])
def test_over_a_year_nobody_is_more_than_one_turn_ahead(sqlite_url: str, seed: int) -> None:
    with at_work(sqlite_url):
        play(known_world(), random.Random(seed))


def play(world: World, draw: random.Random) -> None:
    people = [world.ada, world.ben]
    people += [make_person(f"Vol{number}", "volunteer", world.north) for number in range(4)]
    year = Year(world, people, draw)
    for number in range(WEEKS):
        if number == 30:
            gone = people.pop()
            del year.people[gone.person_id or 0]
            end = EndAccess(command_id=uuid4(), person_id=gone.person_id or 0)
            end_access(end, world.ada, year.clock)
        year.week(number)
        year.check()
    assert year.turns.total() == WEEKS
