"""What waits for a second person, and how the rest ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.kinds import ActAnswer, ActKind
from depot.models import ApiToken, AskedAct, AskedAnswer, AskedInput, Membership, Person


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Something that was asked for, with what it is about."""

    id: int
    kind: ActKind
    command: str
    #: What the command holds, until its days are over.
    input: dict[str, Any] | None
    #: What it was about, of plain JSON.
    told: dict[str, Any]
    asked_by_id: int | None
    #: Who asked: a person's or a program's name.
    asked_by: str
    asked_at: datetime
    until: datetime
    answer: ActAnswer | None
    why: str
    by: str | None
    answered_at: datetime | None
    #: Why it is asked for, until its days are over.
    asked_why: str = ""

    def is_open(self, now: datetime) -> bool:
        """Say whether it still waits."""
        return self.answer is None and self.until > now


_by = aliased(Person)


def waiting_acts(session: Session, actor: Actor, now: datetime) -> list[AskedRow]:
    """Return what the actor may see of what waits, the first to end first."""
    wanted = _open(_rows(actor), now).order_by(AskedAct.until_at, AskedAct.id)
    return [_row(one) for one in session.execute(wanted)]


def ended_acts(session: Session, actor: Actor, now: datetime, limit: int) -> list[AskedRow]:
    """Return what the actor may see of what ended lately, the last asked first."""
    over = or_(AskedAnswer.answer.is_not(None), AskedAct.until_at <= now)
    wanted = _rows(actor).where(over).order_by(AskedAct.id.desc()).limit(limit)
    return [_row(one) for one in session.execute(wanted)]


def acts_after(session: Session, actor: Actor, after: int | None, limit: int) -> list[AskedRow]:
    """Return what the actor may see, the newest first, from the one before `after` on."""
    wanted = _rows(actor).order_by(AskedAct.id.desc()).limit(limit)
    if after:
        wanted = wanted.where(AskedAct.id < after)
    return [_row(one) for one in session.execute(wanted)]


def asked_act(session: Session, actor: Actor, asked_id: int) -> AskedRow | None:
    """Return one that the actor may see."""
    found = session.execute(_rows(actor).where(AskedAct.id == asked_id)).one_or_none()
    return None if found is None else _row(found)


def count_for(session: Session, actor: Actor, now: datetime) -> int:
    """Return how many wait for the actor to agree; none where nothing takes two people."""
    if not actor.depot.second_kinds or not actor.is_coordinator:
        return 0
    waiting = _open(
        select(func.count())
        .select_from(AskedAct)
        .outerjoin(AskedAnswer, AskedAnswer.asked_id == AskedAct.id)
        .where(
            AskedAct.depot_id == actor.depot_id,
            or_(AskedAct.asked_by_id.is_(None), AskedAct.asked_by_id != actor.person_id),
        ),
        now,
    )
    return session.scalar(waiting) or 0


def count_coordinators(session: Session, depot_id: int) -> int:
    """Return how many coordinate the depot: with one alone nothing takes two."""
    return (
        session.scalar(
            select(func.count()).where(
                Membership.depot_id == depot_id,
                Membership.role == "coordinator",
                Membership.ended_at.is_(None),
            )
        )
        or 0
    )


def _open(statement: Select[Any], now: datetime) -> Select[Any]:
    return statement.where(AskedAct.until_at > now, AskedAnswer.answer.is_(None))


def _rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return the statement for what the actor may see: helpers of a day their own, others all."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            AskedAct,
            AskedInput.input,
            AskedInput.why.label("asked_why"),
            Person.name.label("person"),
            ApiToken.name.label("program"),
            AskedAnswer.answer,
            AskedAnswer.why,
            AskedAnswer.answered_at,
            _by.name.label("by"),
        )
        .outerjoin(AskedAnswer, AskedAnswer.asked_id == AskedAct.id)
        .outerjoin(AskedInput, AskedInput.asked_id == AskedAct.id)
        .outerjoin(Person, Person.id == AskedAct.asked_by_id)
        .outerjoin(
            ApiToken,
            (ApiToken.id == AskedAct.token_id) & (ApiToken.depot_id == AskedAct.depot_id),
        )
        .outerjoin(_by, _by.id == AskedAnswer.by_id)
        .where(AskedAct.depot_id == actor.depot_id)
    )
    if not actor.is_helper:
        return statement
    return statement.where(AskedAct.asked_by_id == actor.person_id)


def _row(found: Any) -> AskedRow:
    act: AskedAct = found.AskedAct
    return AskedRow(
        id=act.id,
        kind=act.kind,
        command=act.command,
        input=json.loads(found.input) if found.input else None,
        asked_why=found.asked_why or "",
        told=json.loads(act.told),
        asked_by_id=act.asked_by_id,
        asked_by=found.program or found.person or "?",
        asked_at=act.asked_at,
        until=act.until_at,
        answer=found.answer,
        why=found.why or "",
        by=found.by,
        answered_at=found.answered_at,
    )
