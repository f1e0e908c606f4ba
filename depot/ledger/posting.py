"""The only writer of entries, moves, placements, people counts, balances and totals."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from depot.base.errors import LedgerBroken
from depot.base.text import N_
from depot.db.transaction import kept_in_batch
from depot.ledger import invariants, sql
from depot.ledger.entries import Entry, balance_changes, flows, net_changes
from depot.ledger.seal import seal_entry
from depot.models import DayTotal, PeriodNet, StockBalance

log = logging.getLogger("depot")
#: What is answered for whatever the database says: its own words are for the log.
REFUSED: Final = N_("the database does not accept it")


class PostedEntry(NamedTuple):
    """An entry's place in the ledger."""

    entry_id: int
    seq: int
    seal: str


class Head(NamedTuple):
    """The end of a depot's chain."""

    seq: int
    seal: str
    #: Whether anything is promised to an event.
    has_promises: bool = False


def lock_head(session: Session, depot_id: int) -> Head:
    """Lock the depot's chain until the transaction ends and return its last number and seal.

    Call it first in a command that will post: it orders the depot's writers on PostgreSQL (on
    SQLite the transaction itself already does). A batch reads it once.
    """
    kept = kept_in_batch()
    known: Head | None = kept.get((Head, depot_id)) if kept else None
    if known is not None:
        return known
    row = session.connection().execute(sql.LOCK_HEAD, {"depot": depot_id}).one()
    return _keep_head(depot_id, Head(row.seq, row.seal, bool(row.has_promises)))


def _keep_head(depot_id: int, head: Head) -> Head:
    """Let the next command of a batch know the end of the chain, which is locked until then."""
    kept = kept_in_batch()
    if kept is not None:
        kept[Head, depot_id] = head
    return head


def post_entry(session: Session, entry: Entry, head: Head) -> PostedEntry:
    """Write `entry` after `head`, with its moves, balances and totals; flush, never commit.

    `head` is what `lock_head` gave in this transaction. Raises LedgerBroken if a rule would be
    violated, above all if a physical location would hold less than nothing.
    """
    invariants.check_invariants(entry)
    seq = head.seq + 1
    sealed = seal_entry(head.seal, entry, seq)
    session.flush()  # what the command itself added: the connection below does not look for it
    connection = session.connection()
    try:
        entry_id = _write_entry(connection, entry, seq, sealed)
        _write_lines(connection, entry, entry_id)
        _change_balances(connection, entry)
        _add_totals(connection, entry)
        if head.has_promises:
            _use_up_promises(connection, entry)
    except IntegrityError as error:
        log.error("the database refused an entry: %s", error.orig)
        raise LedgerBroken(problem=REFUSED) from error
    moved = connection.execute(
        sql.MOVE_HEAD,
        {"depot": entry.depot_id, "old": head.seq, "new": seq, "sealed": sealed},
    )
    if count_rows(moved) != 1:
        raise LedgerBroken(problem="the chain moved on while it was locked")
    _keep_head(entry.depot_id, head._replace(seq=seq, seal=sealed))
    return PostedEntry(entry_id, seq, sealed)


def mark_promises(session: Session, depot_id: int, head: Head, *, has: bool) -> None:
    """Note at the end of the chain, which is locked, whether anything is promised."""
    if head.has_promises != has:
        session.connection().execute(sql.MARK_PROMISES, {"depot": depot_id, "has": has})
        _keep_head(depot_id, head._replace(has_promises=has))


def count_rows(result: Any) -> int:
    """Return how many rows a statement changed."""
    if not isinstance(result, CursorResult):
        raise TypeError("not the result of a writing statement")
    return result.rowcount


def _write_entry(connection: Connection, entry: Entry, seq: int, sealed: str) -> int:
    entry_id: int = connection.execute(
        sql.ADD_ENTRY,
        {
            "depot_id": entry.depot_id,
            "seq": seq,
            "kind": entry.kind,
            "occurred_at": entry.occurred_at,
            "occurred_on": entry.occurred_on,
            "recorded_at": entry.recorded_at,
            "command_id": entry.command_id,
            "person_id": entry.person_id,
            "token_id": entry.token_id,
            "source_kind": entry.source_kind,
            "partner_id": entry.partner_id,
            "event_id": entry.event_id,
            "reason": entry.reason,
            "note": entry.note,
            "reverses_id": entry.reverses_id,
            "seal": sealed,
        },
    ).scalar_one()
    return entry_id


def _write_lines(connection: Connection, entry: Entry, entry_id: int) -> None:
    owner: dict[str, Any] = {"depot_id": entry.depot_id, "entry_id": entry_id}
    if entry.moves:
        connection.execute(
            sql.ADD_MOVES,
            [
                owner
                | {
                    "line": line,
                    "item_id": move.item_id,
                    "lot_id": move.lot_id,
                    "source_id": move.source.id,
                    "target_id": move.target.id,
                    "quantity": move.quantity,
                    "weighed_grams": move.weighed_grams,
                    "is_correction": move.is_correction,
                }
                for line, move in enumerate(entry.moves, start=1)
            ],
        )
    if entry.placements:
        _write_placements(connection, entry, owner)
    if entry.people:
        helped = asdict(entry.people) | {"occurred_on": entry.occurred_on}
        connection.execute(sql.ADD_PEOPLE, owner | helped)


def _write_placements(connection: Connection, entry: Entry, owner: dict[str, Any]) -> None:
    """Note where each crate was put and let it stand there; two statements, however many."""
    connection.execute(
        sql.ADD_PLACEMENTS,
        [
            owner | {"crate_id": put.crate_id, "from_id": put.from_id, "to_id": put.to_id}
            for put in entry.placements
        ],
    )
    connection.execute(
        sql.STAND,
        [
            {"depot": entry.depot_id, "crate": put.crate_id, "place": put.to_id}
            for put in entry.placements
        ],
    )


def _change_balances(connection: Connection, entry: Entry) -> None:
    changes = balance_changes(entry)
    down = [(key, -change) for key, change in changes.items() if change < 0]
    if down:
        _lower_balances(connection, down)
    up = [
        {
            "location_id": location_id,
            "lot_id": lot_id,
            "of": lot_id,
            "item_id": item_id,
            "depot_id": entry.depot_id,
            "quantity": change,
        }
        for (location_id, lot_id, item_id), change in changes.items()
        if change > 0
    ]
    if up:
        connection.execute(sql.add_up(StockBalance, connection.dialect.name), up)


def _lower_balances(connection: Connection, down: list[tuple[tuple[int, int, int], int]]) -> None:
    lowered = connection.execute(
        sql.LOWER_BALANCE,
        [{"place": place, "lot": lot, "less": quantity} for (place, lot, _), quantity in down],
    )
    if count_rows(lowered) != len(down):
        raise LedgerBroken(problem="a physical location would hold less than nothing")
    connection.execute(
        sql.DROP_EMPTY_BALANCE,
        [{"place": place, "lot": lot} for (place, lot, _), _ in down],
    )


def _use_up_promises(connection: Connection, entry: Entry) -> None:
    """What goes out at an event is what was promised to it; what comes back is promised again."""
    if entry.event_id is None:
        return
    went: defaultdict[int, int] = defaultdict(int)
    for move in entry.moves:
        went[move.item_id] += move.quantity * (
            (move.target.kind == "recipient") - (move.source.kind == "recipient")
        )
    named = {"depot": entry.depot_id, "event": entry.event_id}
    rows = [named | {"item": item_id, "more": more} for item_id, more in went.items() if more]
    if rows:
        connection.execute(sql.USE_UP, rows)


def _add_totals(connection: Connection, entry: Entry) -> None:
    owner = {"depot_id": entry.depot_id}
    days = [
        owner | {"day": entry.occurred_on, "quantity": quantity} | flow._asdict()
        for flow, quantity in flows(entry).items()
    ]
    if days:
        connection.execute(sql.add_up(DayTotal, connection.dialect.name), days)
    nets = [
        owner | {"period": period, "item_id": item_id, "quantity": quantity}
        for item_id, quantity in net_changes(entry).items()
        for period in periods_of(entry.occurred_on)
    ]
    if nets:
        connection.execute(sql.add_up(PeriodNet, connection.dialect.name), nets)


def periods_of(day: date) -> tuple[str, str]:
    """Return the year and the month of `day` as the nets name them: 2026, 2026-11."""
    iso = day.isoformat()
    return iso[:4], iso[:7]
