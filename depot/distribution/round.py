"""What comes round again: the hand-outs of every series are made a few weeks ahead."""

from __future__ import annotations

import logging
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.errors import DepotError
from depot.db.transaction import end_read
from depot.distribution.commands.series import MakeHandOuts, make_hand_outs
from depot.models import Depot, EventSeries

log = logging.getLogger("depot.rounds")
#: What the commands of a day are named from.
_ROUND: Final = UUID("8c6f4f9e-6a0e-4c39-9c1b-0d2a6f2b4a11")


def make_due_hand_outs(session: Session, clock: Clock = utc_now) -> int:
    """Make what every series of every depot lacks of the next weeks; return how many hand-outs.

    It is one command for each series and day of its depot, so that two processes that look at once,
    and one that looks again, do it once.
    """
    found = session.execute(
        select(Depot, EventSeries.id)
        .join(EventSeries, EventSeries.depot_id == Depot.id)
        .order_by(Depot.id, EventSeries.id)
    )
    due = [(depot.view(), series_id) for depot, series_id in found]
    end_read()
    made = 0
    for depot, series_id in due:
        command = _command(series_id, depot.id, local_day(clock(), depot.time_zone))
        try:
            outcome = make_hand_outs(command, Actor(depot, "coordinator", "rounds"), clock)
        except DepotError as error:
            log.error("the hand-outs of %s have to wait: %s", depot.slug, error)
            continue
        made += 0 if outcome.repeated else outcome.answer.made
    return made


def _command(series_id: int, depot_id: int, day: date) -> MakeHandOuts:
    named = uuid5(_ROUND, f"{depot_id}/{series_id}/{day.isoformat()}")
    return MakeHandOuts(command_id=named, series_id=series_id)
