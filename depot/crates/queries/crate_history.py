"""What happened to one crate."""

from __future__ import annotations

from sqlalchemy import CompoundSelect, Select, select, union
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.entries.queries.ledger import EntryPage, entry_headers, entry_rows
from depot.models import CratePlacement, StockEntry, StockMove


def crate_history(
    session: Session,
    actor: Actor,
    crate_id: int,
    after: int | None = None,
    limit: int = 20,
    clock: Clock = utc_now,
) -> EntryPage:
    """Return the entries that moved the crate or goods in or out of it, newest first.

    `after` is a page's cursor. However long the history, a few rows of it are read.
    """
    ids = _touching(actor.depot_id, crate_id, after, limit + 1)
    # by id, which is the same order: by number SQLite would walk down the whole book instead
    by_id = entry_headers(actor).order_by(None).order_by(StockEntry.id.desc())
    statement = by_id.where(StockEntry.id.in_(ids)).limit(limit + 1)
    rows = entry_rows(session, actor, statement, clock)
    more = len(rows) > limit
    return EntryPage(tuple(rows[:limit]), rows[limit - 1].entry_id if more else None)


def _touching(depot_id: int, crate_id: int, after: int | None, limit: int) -> CompoundSelect[int]:
    """Ids grow with the book's numbers, so the newest of each sort hold the newest of all."""
    sorts: list[Select[int]] = []
    for column, entry_id in (
        (StockMove.source_id, StockMove.entry_id),
        (StockMove.target_id, StockMove.entry_id),
        (CratePlacement.crate_id, CratePlacement.entry_id),
    ):
        owner = column.class_.depot_id
        newest = (
            select(entry_id.label("id")).distinct().where(column == crate_id, owner == depot_id)
        )
        if after is not None:
            newest = newest.where(entry_id < after)
        limited = newest.order_by(entry_id.desc()).limit(limit).subquery()
        sorts.append(select(limited.c.id))
    return union(*sorts)
