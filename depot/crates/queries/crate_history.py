"""What happened to one crate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, CompoundSelect, Integer, Select, bindparam, select, union
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.entries.queries.ledger import EntryPage, EntryRow, all_headers, each_entry, entry_rows
from depot.models import CratePlacement, StockEntry, StockMove

_DEPOT: Final[BindParameter[int]] = bindparam("depot")
_LIMIT: Final[BindParameter[int]] = bindparam("limit", type_=Integer)
#: Where a crate is named, and the entry that does.
_SORTS: Final = (
    (StockMove.source_id, StockMove.entry_id),
    (StockMove.target_id, StockMove.entry_id),
    (CratePlacement.crate_id, CratePlacement.entry_id),
)


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
    asked = {"depot": actor.depot_id, "crate": crate_id, "limit": limit + 1, "after": after}
    rows = entry_rows(session, actor, _history(after is not None), clock, asked)
    more = len(rows) > limit
    return EntryPage(tuple(rows[:limit]), rows[limit - 1].entry_id if more else None)


def whole_history(
    session: Session, actor: Actor, crate_id: int, clock: Clock = utc_now
) -> Iterator[EntryRow]:
    """Yield all entries that moved the crate or goods in or out of it, the newest first."""
    touching = union(
        *(
            select(entry_id).where(column == crate_id, column.class_.depot_id == actor.depot_id)
            for column, entry_id in _SORTS
        )
    )
    return each_entry(session, actor, StockEntry.id.in_(touching), clock=clock)


@cache
def _history(is_later_page: bool) -> Select[*tuple[Any, ...]]:
    """Return the statement for the newest :limit entries of :crate in :depot, before :after.

    Asked with every crate's page, and put together once.
    """
    ids = _touching(is_later_page)
    # by id, which is the same order: by number SQLite would walk down the whole book instead
    by_id = all_headers().order_by(None).order_by(StockEntry.id.desc())
    return by_id.where(StockEntry.depot_id == _DEPOT, StockEntry.id.in_(ids)).limit(_LIMIT)


def _touching(is_later_page: bool) -> CompoundSelect[int]:
    """Ids grow with the book's numbers, so the newest of each sort hold the newest of all."""
    sorts: list[Select[int]] = []
    for column, entry_id in _SORTS:
        owner = column.class_.depot_id
        newest = (
            select(entry_id.label("id"))
            .distinct()
            .where(column == bindparam("crate"), owner == _DEPOT)
        )
        if is_later_page:
            newest = newest.where(entry_id < bindparam("after"))
        limited = newest.order_by(entry_id.desc()).limit(_LIMIT).subquery()
        sorts.append(select(limited.c.id))
    return union(*sorts)
