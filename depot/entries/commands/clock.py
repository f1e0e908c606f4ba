"""Noting for each depot's coordinators that the clock jumped, and that it is right again.

The machine says so, not a person: there is no command id, and what several processes notice is
noted once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.kinds import DiscrepancyKind
from depot.db.transaction import transaction
from depot.entries.clock_jumps import (
    TOLERANCE,
    ClockJump,
    as_detail,
    is_odd_start,
    read_jump,
    whole,
)
from depot.ledger.posting import lock_head
from depot.models import ChainHead, Discrepancy, StockEntry

KIND: Final[DiscrepancyKind] = "clock_jump"


def heads(session: Session) -> dict[int, int]:
    """Return how many entries each depot has."""
    rows = session.execute(select(ChainHead.depot_id, ChainHead.seq))
    return {depot_id: seq for depot_id, seq in rows}


def note_jump(expected_at: datetime, shown_at: datetime, before: Mapping[int, int]) -> None:
    """Note a jump of the clock for every depot, or that it is right again.

    `before` is how many entries each depot had when the clock was last seen to be as before.
    """
    for depot_id, after_seq in before.items():
        jump = ClockJump(whole(expected_at), whole(shown_at), after_seq)
        with transaction() as session:
            _note(session, depot_id, jump, lock_head(session, depot_id).seq)


def note_odd_starts(session: Session, now: datetime) -> None:
    """Note where the clock is before a depot's last entry, or very long after it."""
    rows = session.execute(
        select(StockEntry.depot_id, StockEntry.seq, StockEntry.recorded_at).join(
            ChainHead,
            (ChainHead.depot_id == StockEntry.depot_id) & (ChainHead.seq == StockEntry.seq),
        )
    ).all()
    for depot_id, seq, last_at in rows:
        if is_odd_start(last_at, now):
            note_jump(last_at, now, {depot_id: seq})


def _note(session: Session, depot_id: int, jump: ClockJump, seq: int) -> None:
    newest = session.scalar(
        select(Discrepancy)
        .where(Discrepancy.depot_id == depot_id, Discrepancy.kind == KIND)
        .order_by(Discrepancy.id.desc())
        .limit(1)
    )
    known = read_jump(newest.detail) if newest else None
    if newest is None or known is None or not _belongs(known, jump):
        session.add(
            Discrepancy(
                depot_id=depot_id, kind=KIND, detail=as_detail(jump), opened_at=jump.shown_at
            )
        )
    elif known.until_seq is None and _is_back(known, jump):
        newest.detail = as_detail(replace(known, until_seq=seq))


def _belongs(known: ClockJump, jump: ClockJump) -> bool:
    """Say whether a jump is the known one once more, or the way back from it."""
    if _is_back(known, jump):
        return known.until_seq is None or known.until_seq >= jump.after_seq
    is_same = abs(known.ahead - jump.ahead) <= TOLERANCE
    return is_same and abs(known.shown_at - jump.shown_at) <= TOLERANCE


def _is_back(known: ClockJump, jump: ClockJump) -> bool:
    return abs(known.ahead + jump.ahead) <= TOLERANCE
