"""Rules, exceptions, absences and late deliveries in any order, over the night of other clocks.

Whatever people and phones do: one row for each day of a routine, one live part for each person and
activity, and a week that shows every day once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import DepotError
from depot.distribution.series.repeating import RepeatRule
from depot.kernel.once import Outcome
from depot.models import Activity, Assignment
from depot.rota.commands import regulars, routines, singles, taking
from depot.rota.commands.regulars import BecomeRegular, StopBeingRegular
from depot.rota.commands.routines import ChangeRoutine, EndRoutine
from depot.rota.commands.singles import ActivityFacts, ChangeActivity
from depot.rota.commands.taking import TakePart
from depot.rota.naming import name_of_day
from depot.rota.queries.week import ActivityRow, find_activity, week
from tests.builders import World, make_person
from tests.commands.rota.acts import TUESDAYS
from tests.current import db

#: In Berlin the clocks went back on 25 October 2026, in the middle of these days.
FIRST = date(2026, 10, 24)
BEGUN = datetime(2026, 10, 23, 9, tzinfo=UTC)
DAYS = 7
_WEEK = timedelta(days=DAYS)
RULES = st.sampled_from(
    (
        RepeatRule("daily"),
        RepeatRule("daily", every=2),
        RepeatRule("weekly", weekdays=(5, 6, 7)),
        RepeatRule("weekly", every=2, weekdays=(7,)),
        RepeatRule("monthly", weekdays=(7,), nths=(-1,)),
    )
)
ACTS = (
    "take take take take absent absent over over over seek give ask regular regular stop change end"
    " off on on move repeat"
).split()
STEP = st.tuples(
    st.sampled_from(ACTS),
    st.integers(0, 3),  # who
    st.integers(0, 2),  # which day: few, so that they meet
    st.integers(0, 6),  # so many hours ago
    st.integers(0, 1439),  # from which minute on, where a rule is changed
    RULES,
)


Act = tuple[Callable[..., Outcome[Any]], Any]


class Play:
    """A routine, its people, and a clock that goes on with each act."""

    def __init__(self, people: list[Actor]) -> None:
        self.people = people
        self.ada = people[0]
        self.now = BEGUN
        self.last: tuple[Callable[..., Outcome[Any]], Any, Actor] | None = None
        begin = routines.StartRoutine(
            command_id=uuid4(),
            kind="shift",
            facts=replace(TUESDAYS, rule=RepeatRule("daily"), open_places=1),
            from_on=FIRST,
        )
        self.routine_id = routines.start_routine(begin, self.ada, self.clock).answer.id

    def clock(self) -> datetime:
        return self.now

    def act(self, what: str, who: int, day: int, ago: int, minute: int, rule: RepeatRule) -> None:
        self.now += timedelta(hours=3)
        on = FIRST + timedelta(days=day)
        run, command, by = self.command(what, self.people[who], on, ago, minute, rule)
        self.last = run, command, by
        try:
            first = run(command, by, self.clock)
        except DepotError:
            db.session.rollback()
            return
        again = run(command, by, self.clock)
        assert again.repeated
        assert again.answer == first.answer

    def command(
        self, what: str, who: Actor, on: date, ago: int, minute: int, rule: RepeatRule
    ) -> tuple[Callable[..., Outcome[Any]], Any, Actor]:
        if what == "repeat" and self.last is not None:
            return self.last
        at: dict[str, Any] = {"command_id": uuid4(), "activity": name_of_day(self.routine_id, on)}
        late = at | {"occurred_at": self.now - timedelta(hours=ago)}
        if what == "absent":  # whoever is in, so that there is somebody to take over from
            return taking.seek_stand_in, taking.SeekStandIn(**at), self.one_of(on) or who
        by_person: dict[str, Callable[[], Act]] = {
            "over": lambda: (taking.take_part, TakePart(**late, instead_of=self.seeker(on))),
            "seek": lambda: (taking.seek_stand_in, taking.SeekStandIn(**late)),
            "give": lambda: (taking.give_back, taking.GiveBack(**late)),
            "regular": lambda: (regulars.become_regular, BecomeRegular(**self.named())),
            "stop": lambda: (regulars.stop_being_regular, StopBeingRegular(**self.named())),
        }
        since = max(on, self.now.date())
        facts = replace(TUESDAYS, rule=rule, begins_minute=minute, minutes=600)
        begins = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=30)
        moved = ActivityFacts(
            name="Moved", starts_at=begins, ends_at=begins + timedelta(hours=2), people_max=1
        )
        asked = taking.AskPerson(**late, person_id=who.person_id or 0)
        changed = ChangeRoutine(**self.named(), facts=facts, from_on=since)
        by_ada: dict[str, Act] = {
            "ask": (taking.ask_person, asked),
            "change": (routines.change_routine, changed),
            "end": (routines.end_routine, EndRoutine(**self.named(), last_on=on)),
            "off": (singles.call_off, singles.CallOff(**at, why="Rain")),
            "on": (singles.call_on, singles.CallOn(**at)),
            "move": (singles.change_activity, ChangeActivity(**at, facts=moved)),
        }
        if what in by_ada:
            return *by_ada[what], self.ada
        take: Act = (taking.take_part, TakePart(**late))
        return *(by_person[what]() if what in by_person else take), who

    def named(self) -> dict[str, Any]:
        return {"command_id": uuid4(), "routine_id": self.routine_id}

    def one_of(self, on: date) -> Actor | None:
        row = find_activity(db.session(), self.ada.depot, name_of_day(self.routine_id, on))
        names = [part.name for part in row.people] if row else []
        return next((who for who in self.people if who.name in names), None)

    def seeker(self, on: date) -> int | None:
        row = find_activity(db.session(), self.ada.depot, name_of_day(self.routine_id, on))
        return row.seeking[0].id if row and row.seeking else None

    def check(self) -> None:
        rows = db.session.scalars(
            select(Activity).where(Activity.routine_id == self.routine_id)
        ).all()
        assert not [key for key, n in Counter(r.occurrence_on for r in rows).items() if n > 1]
        live = db.session.execute(
            select(Assignment.activity_id, Assignment.routine_id, Assignment.person_id).where(
                Assignment.given_back_at.is_(None)
            )
        ).all()
        assert not [key for key, n in Counter(map(tuple, live)).items() if n > 1]
        shown = [
            row
            for first in (FIRST, FIRST + timedelta(days=7))
            for day in week(db.session(), self.ada.depot, first)
            for row in day.activities
            if row.routine_id == self.routine_id
        ]
        assert not [key for key, n in Counter(r.occurrence_on for r in shown).items() if n > 1]
        assert {row.id for row in shown if row.id} >= {
            row.id for row in rows if row.occurrence_on and row.occurrence_on < FIRST + _WEEK
        }
        for row in shown:
            self.check_people(row)

    @staticmethod
    def check_people(row: ActivityRow) -> None:
        people = [part.person_id for part in row.live]
        assert len(people) == len(set(people))
        given_back = {part.id for part in row.parts if part.standing == "out"}
        instead = {part.instead_of_id for part in row.parts if part.instead_of_id}
        assert instead <= given_back, "who was stood in for is out, and stays written"
        assert row.starts_at is not None
        assert row.ends_at is not None
        assert row.starts_at < row.ends_at


@pytest.fixture
def people(world: World) -> list[Actor]:
    return [
        world.ada,
        world.ben,
        make_person("Dot", "volunteer", world.north),
        make_person("Eve", "volunteer", world.north),
    ]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=20, max_size=26))
def test_in_any_order_each_day_is_one_and_each_person_once(
    people: list[Actor], steps: list[tuple[str, int, int, int, int, RepeatRule]]
) -> None:
    play = Play(people)
    for step in steps:
        play.act(*step)
    play.check()
