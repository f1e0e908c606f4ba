"""A shift and what comes round, and what is sent to their addresses: all of it right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.distribution.series.repeating import RepeatRule
from depot.rota.commands.regulars import BecomeRegular, become_regular
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.commands.singles import ActivityFacts, MakeActivity, make_activity
from depot.rota.commands.taking import TakePart, take_part
from depot.rota.naming import name_of_day

_DAY: Final = utc_now().date() + timedelta(days=2)
FORM: Final[dict[str, str]] = {
    "name": "Door",
    "on": str(_DAY),
    "begins": "10:00",
    "ends": "12:00",
    "people_min": "1",
}
ROUTINE_FORM: Final[dict[str, str]] = {
    "name": "Door",
    "rhythm": "daily",
    "every": "1",
    "from_on": str(_DAY),
    "begins": "10:00",
    "ends": "12:00",
}
#: What programs say of one shift.
FACTS: Final[dict[str, Any]] = {
    "name": "Door",
    "starts_at": f"{_DAY}T10:00:00+00:00",
    "ends_at": f"{_DAY}T12:00:00+00:00",
    "people_max": 3,
}
#: What is sent to each address that names something of the rota.
ROTA: Final[dict[str, dict[str, Any]]] = {
    "rota.take": {},
    "rota.seek": {},
    "rota.give_back": {},
    "rota.ask": {"person_id": "1"},
    "rota.come_each_time": {},
    "rota.no_longer_each_time": {},
    "rota.do_change": FORM,
    "rota.call_off": {"why": "No power"},
    "rota.call_on": {},
    "rota_api.take": {"person_id": 1},
    "rota_api.seek": {"person_id": 1},
    "rota_api.give_back": {"person_id": 1},
    "rota_api.ask": {"person_id": 1},
    "routines.do_change": ROUTINE_FORM,
    "routines.end": {"last_on": str(_DAY)},
    "routines.end_regular": {"person_id": "1"},
}


def furnish_rota(who: Actor, mark: str) -> dict[str, Any]:
    """Plan a shift in which somebody is, and one that comes round; return what names them."""
    facts = RoutineFacts(
        name=f"{mark} fridges",
        rule=RepeatRule("daily"),
        text=f"{mark} how",
        people_max=4,
        begins_minute=600,
        minutes=60,
    )
    today = utc_now().date()
    begin = StartRoutine(
        command_id=uuid4(), kind="shift", facts=facts, from_on=today + timedelta(days=1)
    )
    routine_id = start_routine(begin, who).answer.id
    become_regular(BecomeRegular(command_id=uuid4(), routine_id=routine_id), who)
    at = utc_now() + timedelta(days=2)
    door = ActivityFacts(name=f"{mark} door", starts_at=at, ends_at=at + timedelta(hours=2))
    made = make_activity(MakeActivity(command_id=uuid4(), facts=door), who).answer.id
    take_part(TakePart(command_id=uuid4(), activity=str(made)), who)
    return {"activity": name_of_day(routine_id, _DAY), "routine_id": routine_id}
