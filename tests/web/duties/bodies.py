"""A duty that rotates, and what is sent to its addresses: all of it right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.distribution.series.repeating import RepeatRule
from depot.duties.commands import BeWilling, be_willing
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine

_LAST: Final = utc_now().date() + timedelta(days=2)
#: What is sent to each address that names a duty; the walk puts in whose term it is.
DUTIES: Final[dict[str, dict[str, Any]]] = {
    "duties.be_willing": {"is_willing": "yes"},
    "duties.accept": {"term": "1.2026-01-01"},
    "duties.pass_on": {"term": "1.2026-01-01"},
    "duties.learn": {"term": "1.2026-01-01"},
    "duties.end": {"last_on": str(_LAST)},
}


def let_rotate(who: Actor, mark: str) -> dict[str, Any]:
    """Begin a duty that somebody would hold; return what names it."""
    facts = RoutineFacts(
        name=f"{mark} keys", rule=RepeatRule("daily"), text=f"{mark} where", people_max=1
    )
    today = local_day(utc_now(), who.depot.time_zone)
    begin = StartRoutine(command_id=uuid4(), kind="duty", facts=facts, from_on=today)
    duty = start_routine(begin, who).answer.id
    be_willing(BeWilling(command_id=uuid4(), routine_id=duty), who)
    return {"duties.routine_id": duty, "term": f"{duty}.{today.isoformat()}"}
