"""Whether an act needs a second person here, asked by the command itself while it is done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.kinds import ActKind
from depot.kernel.asked.asking import told_text
from depot.kernel.asked.errors import NeedsSecond, OtherThanAsked
from depot.kernel.once import Work
from depot.models import AskedAct, AskedAnswer, Membership


def need_second(work: Work, kind: ActKind, told: Mapping[str, Any]) -> None:
    """Go on if the depot does not want two people for this, or a second one agreed to it.

    `told` is what the second person is shown, of plain JSON; what is done later must be the same.
    Raises NeedsSecond, of which nothing of the command stays, and OtherThanAsked.
    """
    agreed = work.actor.agreed
    if agreed is None:
        if is_wanted(work, kind):
            raise NeedsSecond(kind, told)
    elif told_text(told) != agreed.told:
        raise OtherThanAsked(asked=_asked_at(work))


def is_wanted(work: Work, kind: ActKind) -> bool:
    """Say whether a second person is wanted for this, and whether there is one.

    Whoever runs the program stands outside: with the machine at hand nothing would hold them.
    """
    who = work.actor
    if not who.depot.wants_second(kind) or who.is_console:
        return False
    return has_two_coordinators(work.session, work.depot_id)


def has_two_coordinators(session: Session, depot_id: int) -> bool:
    """Say whether there is anybody to agree: more than one coordinates the depot."""
    found = session.scalars(
        select(Membership.person_id)
        .where(
            Membership.depot_id == depot_id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
        )
        .limit(2)
    )
    return len(found.all()) > 1


def was_left_unanswered(work: Work, kind: ActKind, told: Mapping[str, Any]) -> bool:
    """Say whether the actor asked for just this, everybody could answer, and nobody did.

    That counts for as many days as it was asked for.
    """
    found = select(AskedAct.id).outerjoin(AskedAnswer, AskedAnswer.asked_id == AskedAct.id)
    lasts = timedelta(days=work.actor.depot.second_days)
    return (
        work.session.scalar(
            found.where(
                AskedAct.depot_id == work.depot_id,
                AskedAct.until_at.between(work.recorded_at - lasts, work.recorded_at),
                AskedAct.kind == kind,
                AskedAct.told == told_text(told),
                AskedAct.asked_by_id == work.actor.person_id,
                AskedAnswer.answer.is_(None),
            ).limit(1)
        )
        is not None
    )


def told_then(work: Work) -> Any:
    """Return what was told of the act that is done now, when it was asked for; None: it was not."""
    agreed = work.actor.agreed
    return None if agreed is None else json.loads(agreed.told)


def _asked_at(work: Work) -> datetime:
    return work.session.scalars(
        select(AskedAct.asked_at).where(
            AskedAct.depot_id == work.depot_id, AskedAct.command_id == work.command_id
        )
    ).one()
