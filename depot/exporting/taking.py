"""Taking everything of a depot along, which is written down, and may take two people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.second.needed import need_second
from depot.open_book.settings import write_down
from depot.people.access_journal import note

#: So long the file may be made, by the same form again too.
LASTS: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeEverything:
    """Everything of the actor's depot is to be taken along in one file."""

    command_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAlong(Answer):
    """Until when the file may be made."""

    until: datetime


def take_everything(
    command: TakeEverything, actor: Actor, clock: Clock = utc_now
) -> Outcome[TakenAlong]:
    """Write down that everything is taken along, and until when. Raises Forbidden."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _take, TakenAlong)


def _take(_command: TakeEverything, work: Work) -> TakenAlong:
    need_second(work, "export", {})
    write_down(work.session, work.actor, work.recorded_at, "export")
    note(work, "exported")
    return TakenAlong(until=work.recorded_at + LASTS)
