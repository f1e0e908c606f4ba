"""The weekly report once more, from the moves alone: plain Python, nothing of depot/reporting.

It reads every move of the depot, puts each at its day on the depot's wall clock, and adds up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

_MOVES = """
    SELECT entry.occurred_at, entry.source_kind, entry.reason, entry.event_id, move.item_id,
           move.quantity, source.kind, target.kind
    FROM stock_move AS move
    JOIN stock_entry AS entry ON entry.id = move.entry_id
    JOIN location AS source ON source.id = move.source_id
    JOIN location AS target ON target.id = move.target_id
    WHERE entry.depot_id = :depot
"""
_INSIDE = ("storage", "crate", "quarantine", "transit")


@dataclass
class Tally:
    """One item's week, from the moves."""

    opening: int = 0
    sourced: int = 0
    produced: int = 0
    handed_out: int = 0
    lost: int = 0
    variance: int = 0
    closing: int = 0
    entered: int = 0
    by_source: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    by_reason: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    by_event: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))


def tallies(session: Session, depot_id: int, zone: str, first: date) -> dict[int, Tally]:
    """Return every item's tally of the seven days from `first`."""
    found: defaultdict[int, Tally] = defaultdict(Tally)
    for row in session.execute(text(_MOVES), {"depot": depot_id}):
        happened, source_kind, reason, event_id, item_id, quantity, source, target = row
        moment = datetime.fromtimestamp(happened / 1000, ZoneInfo(zone))
        day = (moment.date() - first) // timedelta(days=1)
        for outside, change in ((source, quantity), (target, -quantity)):
            if outside in _INSIDE or day >= 7:
                continue
            tally = found[item_id]
            tally.closing += change
            if day < 0 or outside == "opening":
                tally.opening += change
            if day >= 0:
                _flow(tally, outside, change, source_kind, reason, event_id or 0)
    return dict(found)


def _flow(
    tally: Tally, outside: str, change: int, source_kind: str, reason: str, event_id: int
) -> None:
    if outside == "opening":
        tally.entered += change
    elif outside == "supplier":
        tally.sourced += change
        tally.by_source[source_kind] += change
    elif outside == "production":
        tally.produced += change
    elif outside == "recipient":
        tally.handed_out -= change
        tally.by_event[event_id] -= change
    elif outside == "loss":
        tally.lost -= change
        tally.by_reason[reason] -= change
    else:
        assert outside == "count_variance"
        tally.variance += change
