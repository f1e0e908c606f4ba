"""What waits for a second person is written down, in a transaction of its own: nothing was done."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.errors import CommandIdReused
from depot.db.transaction import transaction
from depot.kernel.answers import as_json
from depot.kernel.asked.errors import AskedOver, AwaitsSecond, NeedsSecond
from depot.ledger.posting import lock_head
from depot.models import ApiToken, AskedAct, AskedAnswer, AskedInput


def ask_second(
    command: Any, body_hash: str, actor: Actor, now: datetime, needed: NeedsSecond
) -> AwaitsSecond:
    """Ask for a second person, and return what the actor is told; asked twice is asked once.

    Raises AskedOver where it was answered or is over, CommandIdReused for the id of another one.
    """
    with transaction() as session:
        lock_head(session, actor.depot_id)  # two phones that send the same ask once
        known = session.execute(
            select(AskedAct.id, AskedAct.body_hash, AskedAct.until_at, AskedAnswer.answer)
            .outerjoin(AskedAnswer, AskedAnswer.asked_id == AskedAct.id)
            .where(
                AskedAct.depot_id == actor.depot_id, AskedAct.command_id == str(command.command_id)
            )
        ).one_or_none()
        if known is not None:
            if known.body_hash != body_hash:
                raise CommandIdReused(field="command_id")
            if known.answer is not None or known.until_at <= now:
                raise AskedOver()
            return AwaitsSecond(asked_id=known.id, until=known.until_at, is_new=False)
        until = now + timedelta(days=actor.depot.second_days)
        asked_id: int = session.execute(
            insert(AskedAct)
            .values(
                depot_id=actor.depot_id,
                command_id=str(command.command_id),
                kind=needed.kind,
                command=type(command).__name__,
                body_hash=body_hash,
                told=told_text(needed.told),
                asked_by_id=asker_of(session, actor),
                token_id=actor.token_id,
                asked_at=now,
                until_at=until,
            )
            .returning(AskedAct.id)
        ).scalar_one()
        session.execute(
            insert(AskedInput).values(
                asked_id=asked_id,
                depot_id=actor.depot_id,
                input=json.dumps(as_json(command)),
                why=actor.why,
            )
        )
        return AwaitsSecond(asked_id=asked_id, until=until, is_new=True)


def told_text(told: Any) -> str:
    """Return what an act is about as it is kept: the same text for the same thing."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def asker_of(session: Session, actor: Actor) -> int | None:
    """Return the person who asks: behind a program, whoever made its token."""
    if actor.token_id is None:
        return actor.person_id
    return session.scalar(select(ApiToken.created_by_id).where(ApiToken.id == actor.token_id))
