"""What became of a command that was accepted earlier."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from depot.base.errors import NotFound
from depot.base.text import N_
from depot.models import AskedAct, AskedAnswer, CommandLog, Person, StockEntry


def entry_to_undo(session: Session, depot_id: int, command_id: str) -> int | None:
    """Return the id of the entry that a command posted, None if it posted none.

    Raises NotFound for a command that this depot never accepted.
    """
    entry_id = session.scalar(
        select(StockEntry.id).where(
            StockEntry.depot_id == depot_id, StockEntry.command_id == command_id
        )
    )
    if entry_id is not None:
        return int(entry_id)
    known = exists().where(CommandLog.depot_id == depot_id, CommandLog.command_id == command_id)
    if not session.scalar(select(known)):
        raise NotFound(field="of", what=N_("saved entry"), name=command_id[:8])
    return None


def second_of(session: Session, depot_id: int, entry_id: int) -> str | None:
    """Return who agreed to what was written off, where it took two people (one statement)."""
    return session.scalar(
        select(Person.name)
        .join(AskedAnswer, AskedAnswer.by_id == Person.id)
        .join(AskedAct, AskedAct.id == AskedAnswer.asked_id)
        .join(
            StockEntry,
            (StockEntry.depot_id == AskedAct.depot_id)
            & (StockEntry.command_id == AskedAct.command_id),
        )
        .where(
            AskedAct.depot_id == depot_id,
            StockEntry.id == entry_id,
            AskedAnswer.answer == "agreed",
        )
    )


def answer_of(session: Session, depot_id: int, command_id: str) -> dict[str, Any]:
    """Return what the log keeps of a command's answer; of one that was never done, nothing."""
    kept = session.scalar(
        select(CommandLog.answer).where(
            CommandLog.depot_id == depot_id, CommandLog.command_id == command_id
        )
    )
    found: dict[str, Any] = {} if kept is None else json.loads(kept)
    return found
