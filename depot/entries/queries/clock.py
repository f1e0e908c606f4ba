"""The entries that were written while the machine's clock was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.entries.clock_jumps import ClockJump, read_jump
from depot.entries.queries.ledger import EntryRow, entry_headers, entry_rows
from depot.models import Discrepancy, StockEntry

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class WrittenMeanwhile:
    """A jump, and the entries of the actor's depot that came after it, the newest first."""

    jump: ClockJump
    rows: tuple[EntryRow, ...]
    #: Whether there are more than are shown.
    more: bool


def entries_meanwhile(
    session: Session, actor: Actor, discrepancy_id: int, clock: Clock = utc_now
) -> WrittenMeanwhile:
    """Return what was written after a jump. Raises NotFound for what is no jump of this depot."""
    detail = session.scalar(
        select(Discrepancy.detail).where(
            Discrepancy.depot_id == actor.depot_id,
            Discrepancy.id == discrepancy_id,
            Discrepancy.kind == "clock_jump",
        )
    )
    if detail is None:
        raise NotFound(what=N_("jump of the clock"), name=discrepancy_id)
    jump = read_jump(detail)
    statement = entry_headers(actor).where(StockEntry.seq > jump.after_seq)
    if jump.until_seq is not None:
        statement = statement.where(StockEntry.seq <= jump.until_seq)
    rows = entry_rows(session, actor, statement.limit(MOST + 1), clock)
    return WrittenMeanwhile(jump, tuple(rows[:MOST]), len(rows) > MOST)
