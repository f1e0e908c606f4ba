"""Founding made-up depots by commands and writing a history for each in bulk."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import CONSOLE, Actor
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.load.bulk import History, write_history
from depot.load.sinks import open_sink
from depot.models import Lot
from depot.people.commands.depots import FoundDepot, found_depot

ITEMS: Final = 12
DAYS: Final = 365
_NOON: Final = time(12)
#: Of each item so much is there to begin with, and it is never all handed out.
_PLENTY: Final = 100_000


def found_made_up(number: int, last_day: date) -> Actor:
    """Found a depot with a dozen items, of which there is plenty since a year before `last_day`."""
    depot = found_depot(FoundDepot(name=f"Depot {number}", slug=f"depot-{number}"))
    who = Actor(depot, "coordinator", CONSOLE)
    lines = tuple(ReceiptLine(item=f"Item {one:02}", quantity=_PLENTY) for one in range(ITEMS))
    at = datetime.combine(last_day - timedelta(days=DAYS + 1), _NOON, UTC)
    receive_goods(ReceiveGoods(command_id=uuid4(), lines=lines, occurred_at=at), who)
    return who


def made_up_history(
    session: Session, who: Actor, last_day: date, person_id: int | None = None
) -> History:
    """Return what is to be written for a depot that `found_made_up` founded."""
    lots = select(Lot.item_id, Lot.id).where(Lot.depot_id == who.depot_id).order_by(Lot.id)
    pairs = tuple((row.item_id, row.id) for row in session.execute(lots))
    return History(who.depot_id, person_id, pairs, last_day, DAYS)


def write_histories(
    database: Path | str, histories: Sequence[History], moves: int
) -> Iterator[History]:
    """Write `moves` moves for each, all in one transaction, and yield each that is written.

    The last is yielded when all is there to stay, its indexes too.
    """
    with open_sink(database, moves * len(histories)) as sink, _nothing_is_garbage():
        for history in histories[:-1]:
            write_history(sink, history, moves)
            yield history
        for history in histories[-1:]:
            write_history(sink, history, moves)
    yield from histories[-1:]


@contextmanager
def _nothing_is_garbage() -> Iterator[None]:
    """Look for no garbage among millions of rows that are dropped by themselves."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
