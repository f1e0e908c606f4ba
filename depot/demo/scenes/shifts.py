"""Who comes when in the first depot: a door that comes round, a kitchen, a meeting."""

from __future__ import annotations

from datetime import timedelta

from depot.demo.stage import Stage
from depot.distribution.series.repeating import RepeatRule
from depot.rota.commands.regulars import BecomeRegular, become_regular
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.commands.singles import ActivityFacts, MakeActivity, make_activity
from depot.rota.commands.taking import (
    AskPerson,
    SeekStandIn,
    TakePart,
    ask_person,
    seek_stand_in,
    take_part,
)
from depot.rota.naming import name_of_day


def show_shifts(stage: Stage) -> None:
    """Let shifts come round, with one who cannot come and one who was asked."""
    stage.at = stage.now
    lead, second, *others = stage.people
    door = _routine(stage, "Drop-in table", (2, 5, 6), 600, 180, people_max=4, open_places=1)
    _routine(stage, "Fridges and sorting", (1, 4), 1020, 120, people_max=3, open_places=0)
    _meet(stage)
    stage.do(become_regular, BecomeRegular, second, routine_id=door)
    day = next(
        day
        for day in (stage.last_day + timedelta(days=ahead) for ahead in range(1, 8))
        if day.isoweekday() in (2, 5, 6)
    )
    activity = name_of_day(door, day)
    stage.do(take_part, TakePart, lead, activity=activity)
    stage.do(seek_stand_in, SeekStandIn, second, activity=activity)
    for who in others[:1]:
        stage.do(ask_person, AskPerson, lead, activity=activity, person_id=who.person_id)


def _routine(
    stage: Stage,
    name: str,
    weekdays: tuple[int, ...],
    begins: int,
    minutes: int,
    *,
    people_max: int,
    open_places: int,
) -> int:
    facts = RoutineFacts(
        name=name,
        rule=RepeatRule("weekly", weekdays=weekdays),
        people_min=2,
        people_max=people_max,
        open_places=open_places,
        begins_minute=begins,
        minutes=minutes,
    )
    made = stage.do(
        start_routine,
        StartRoutine,
        stage.coordinator,
        kind="shift",
        facts=facts,
        from_on=stage.last_day,
    )
    return made.answer.id


def _meet(stage: Stage) -> None:
    """Plan the meeting of next week, in the evening."""
    at = stage.local(stage.last_day + timedelta(days=4), 19)
    facts = ActivityFacts(
        name="Everybody's meeting", starts_at=at, ends_at=at + timedelta(hours=1), people_min=0
    )
    stage.do(make_activity, MakeActivity, stage.coordinator, kind="meeting", facts=facts)
