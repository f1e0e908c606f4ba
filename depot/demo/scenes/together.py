"""People at work today: five shifts a day, who is here, and what is to be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from depot.demo.scenes.crowd import DAYS, Turn, show_crowd
from depot.demo.stage import Stage
from depot.distribution.series.repeating import RepeatRule
from depot.joining.commands.coming import Come, come
from depot.rota.commands.regulars import BecomeRegular, become_regular
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.commands.taking import AskPerson, TakePart, ask_person, take_part
from depot.rota.commands.tasks import MakeTask, TickStep, make_task, tick_step

#: Name, first hour, hours, how many people at least and at most.
_SHIFTS: Final = (
    ("Door", 8, 4, 2, 4),
    ("Kitchen", 9, 4, 3, 5),
    ("Table", 12, 4, 4, 6),
    ("Van", 14, 4, 2, 2),
    ("Close up", 18, 4, 2, 3),
)
_WALKED_IN: Final = ("Ines", "Kofi", "Bo")
_ROUND: Final = ("Read fridge 1 and 2", "Look into the cold store", "Sweep the ramp")


def show_people(stage: Stage) -> None:
    """Begin what comes round, write tasks down, and have people come to work today."""
    stage.at = stage.local(stage.last_day - timedelta(days=DAYS), 6)
    routines = [_begin(stage, *shift) for shift in _SHIFTS]
    for who, routine_id in zip(stage.people, routines, strict=False):
        stage.do(become_regular, BecomeRegular, who, routine_id=routine_id)
    hours = zip(routines, _SHIFTS, strict=True)
    show_crowd(stage, [Turn(number, shift[1], shift[2]) for number, shift in hours])
    _write_tasks(stage)
    for minutes, who in enumerate(stage.people[:3], start=1):
        at = stage.now - timedelta(minutes=20 * minutes)
        stage.do(come, Come, who, occurred_at=at)
    for minutes, name in enumerate(_WALKED_IN, start=1):
        at = stage.now - timedelta(minutes=10 * minutes)
        stage.do(come, Come, stage.coordinator, name=name, occurred_at=at)


def _begin(stage: Stage, name: str, hour: int, hours: int, least: int, most: int) -> int:
    facts = RoutineFacts(
        name=name,
        rule=RepeatRule("daily"),
        people_min=least,
        people_max=most,
        open_places=1,
        begins_minute=hour * 60,
        minutes=hours * 60,
    )
    said = {"kind": "shift", "facts": facts, "from_on": stage.today}
    return stage.do(start_routine, StartRoutine, stage.coordinator, **said).answer.id


def _write_tasks(stage: Stage) -> None:
    lead, other = stage.people[0], stage.people[-1]
    daily = RoutineFacts(name="Morning round", rule=RepeatRule("daily"), steps=_ROUND)
    said = {"kind": "task", "facts": daily, "from_on": stage.last_day}
    routine_id = stage.do(start_routine, StartRoutine, lead, **said).answer.id
    today = f"{routine_id}.{stage.last_day.isoformat()}"
    stage.do(tick_step, TickStep, other, activity=today, number=1)
    friday = stage.last_day + timedelta(days=2)
    door = _task(stage, "Oil the side door", text="It sticks when it rains.")
    stage.do(take_part, TakePart, lead, activity=door)
    posters = _task(stage, "Hang up the new posters", due_on=friday)
    stage.do(ask_person, AskPerson, lead, activity=posters, person_id=other.person_id)
    _task(stage, "Count the crates on loan", due_on=friday)


def _task(stage: Stage, name: str, **said: object) -> str:
    made = stage.do(make_task, MakeTask, stage.coordinator, name=name, **said)
    return str(made.answer.id)
