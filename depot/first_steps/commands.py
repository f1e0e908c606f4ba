"""Putting the first steps away, for good."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import PutAwaySteps
from depot.models.first_steps import StepsName


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAway:
    """The first week is not shown in the depot any more, or the first minutes not to the actor."""

    command_id: UUID
    name: StepsName


def put_away(command: PutAway, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Show these steps no more. Raises Forbidden for a program, and for whose they are not."""
    if actor.person_id is None:
        raise Forbidden()
    if command.name == "first_week":
        need_coordinator(actor)
    return run_once(command, actor, clock, _put_away, SavedId)


def _put_away(command: PutAway, work: Work) -> SavedId:
    whose = None if command.name == "first_week" else work.actor.person_id
    known = select(PutAwaySteps.id).where(
        PutAwaySteps.depot_id == work.depot_id,
        PutAwaySteps.name == command.name,
        PutAwaySteps.person_id.is_not_distinct_from(whose),
    )
    if work.session.scalar(known) is None:
        row = {"depot_id": work.depot_id, "name": command.name, "person_id": whose}
        work.session.execute(insert(PutAwaySteps).values(put_away_at=work.recorded_at, **row))
    return SavedId(id=work.depot_id)
