"""Who holds what in the first depot, for a term each; and what rests on one person alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from depot.base.actors import Actor
from depot.demo.stage import Stage
from depot.distribution.series.repeating import RepeatRule
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
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.naming import name_of_day


class _Duty(NamedTuple):
    """A duty: what it is, how many weeks a term is, and how many take turns."""

    name: str
    weeks: int
    people: int
    steps: tuple[str, ...]


_DUTIES: Final = (
    _Duty("Keys and alarm", 4, 3, ("Open on Thursdays and Saturdays", "Know who has which key")),
    _Duty("Ordering", 2, 4, ("Order by Wednesday noon", "Tell the door what is to come")),
    _Duty("Newsletter", 4, 1, ("Send it in the first week of a month",)),
)


def show_duties(stage: Stage, start: datetime) -> None:
    """Begin the duties with the depot, and let them go round up to the present."""
    for duty in _DUTIES:
        stage.at = start
        _go_round(stage, duty)
    stage.at = stage.now


def _go_round(stage: Stage, duty: _Duty) -> None:
    first, length = stage.today, timedelta(weeks=duty.weeks)
    facts = RoutineFacts(
        name=duty.name,
        rule=RepeatRule("weekly", duty.weeks, weekdays=(first.isoweekday(),)),
        steps=duty.steps,
        people_max=1,
    )
    begin = {"kind": "duty", "facts": facts, "from_on": first}
    made = stage.do(start_routine, StartRoutine, stage.coordinator, **begin).answer.id
    turns = stage.people[: duty.people]
    for who in turns:
        stage.do(be_willing, BeWilling, who, routine_id=made)
    number, on = 0, first
    while on <= stage.last_day:  # a term counts from midnight on, whatever the hour is now
        stage.at = min(stage.now, max(stage.at, stage.local(on, 9)))
        term = name_of_day(made, on)
        stage.do(accept_term, AcceptTerm, turns[number % len(turns)], term=term)
        number, on = number + 1, on + length
    stage.at = stage.now
    _speak(stage, turns, number, name_of_day(made, on - length), name_of_day(made, on))


def _speak(stage: Stage, turns: tuple[Actor, ...], number: int, now: str, coming: str) -> None:
    """Where several take turns, one learns it now, and whoever is next cannot this time."""
    if len(turns) > 1 and number:
        learner = turns[(number + 1) % len(turns)]
        stage.do(learn_duty, LearnDuty, learner, term=now)
        stage.do(pass_term, PassTerm, turns[number % len(turns)], term=coming)
