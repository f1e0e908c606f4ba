"""The only writer of entries, moves, placements, people counts, balances and totals."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from depot.errors import LedgerBroken
from depot.ledger import invariants
from depot.ledger.entries import Entry, balance_changes, flows, net_changes
from depot.ledger.seal import seal
from depot.models import (
    ChainHead,
    CratePlacement,
    DayTotal,
    Location,
    PeopleCount,
    PeriodNet,
    StockBalance,
    StockEntry,
    StockMove,
)


class Posted(NamedTuple):
    """An entry's place in the ledger."""

    entry_id: int
    seq: int
    seal: str


class Head(NamedTuple):
    """The end of a depot's chain."""

    seq: int
    seal: str


def lock_head(session: Session, depot_id: int) -> Head:
    """Lock the depot's chain until the transaction ends and return its last number and seal.

    Call it first in a command that will post: it orders the depot's writers on PostgreSQL (on
    SQLite the transaction itself already does).
    """
    row = session.execute(
        select(ChainHead.seq, ChainHead.seal)
        .where(ChainHead.depot_id == depot_id)
        .with_for_update()
    ).one()
    return Head(row.seq, row.seal)


def post(session: Session, entry: Entry, head: Head) -> Posted:
    """Write `entry` after `head`, with its moves, balances and totals; flush, never commit.

    `head` is what `lock_head` gave in this transaction. Raises LedgerBroken if a rule would be
    violated, above all if a physical location would hold less than nothing.
    """
    invariants.check(entry)
    seq = head.seq + 1
    sealed = seal(head.seal, entry, seq)
    try:
        entry_id = _write_entry(session, entry, seq, sealed)
        _write_lines(session, entry, entry_id)
        _change_balances(session, entry)
        _add_totals(session, entry)
    except IntegrityError as error:
        raise LedgerBroken(problem=str(error.orig)) from error
    moved = session.execute(
        update(ChainHead)
        .where(ChainHead.depot_id == entry.depot_id, ChainHead.seq == head.seq)
        .values(seq=seq, seal=sealed)
    )
    if rows(moved) != 1:
        raise LedgerBroken(problem="the chain moved on while it was locked")
    return Posted(entry_id, seq, sealed)


def rows(result: Any) -> int:
    """Return how many rows a statement changed."""
    if not isinstance(result, CursorResult):
        raise TypeError("not the result of a writing statement")
    return result.rowcount


def _write_entry(session: Session, entry: Entry, seq: int, sealed: str) -> int:
    return session.execute(
        insert(StockEntry)
        .values(
            depot_id=entry.depot_id,
            seq=seq,
            kind=entry.kind,
            occurred_at=entry.occurred_at,
            occurred_on=entry.occurred_on,
            recorded_at=entry.recorded_at,
            command_id=entry.command_id,
            person_id=entry.person_id,
            token_id=entry.token_id,
            source_kind=entry.source_kind,
            partner_id=entry.partner_id,
            event_id=entry.event_id,
            reason=entry.reason,
            note=entry.note,
            reverses_id=entry.reverses_id,
            seal=sealed,
        )
        .returning(StockEntry.id)
    ).scalar_one()


def _write_lines(session: Session, entry: Entry, entry_id: int) -> None:
    owner: dict[str, int | None] = {"depot_id": entry.depot_id, "entry_id": entry_id}
    if entry.moves:
        session.execute(
            insert(_table(StockMove)),
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
                }
                for line, move in enumerate(entry.moves, start=1)
            ],
        )
    if entry.placements:
        _write_placements(session, entry, owner)
    if entry.people:
        session.execute(
            insert(PeopleCount).values(
                **owner,
                occurred_on=entry.occurred_on,
                event_id=entry.people.event_id,
                households=entry.people.households,
                adults=entry.people.adults,
                children=entry.people.children,
                seniors=entry.people.seniors,
                new_households=entry.people.new_households,
            )
        )


def _write_placements(session: Session, entry: Entry, owner: dict[str, Any]) -> None:
    """Note where each crate was put and let it stand there; two statements, however many."""
    place, placement = _table(Location), _table(CratePlacement)
    session.execute(
        insert(placement),
        [
            owner | {"crate_id": put.crate_id, "from_id": put.from_id, "to_id": put.to_id}
            for put in entry.placements
        ],
    )
    session.execute(
        update(place)
        .where(place.c.id == bindparam("crate"), place.c.depot_id == entry.depot_id)
        .values(parent_id=bindparam("place")),
        [{"crate": put.crate_id, "place": put.to_id} for put in entry.placements],
    )


def _change_balances(session: Session, entry: Entry) -> None:
    changes = balance_changes(entry)
    down = [(key, -change) for key, change in changes.items() if change < 0]
    if down:
        _lower_balances(session, down)
    up = [
        {
            "location_id": location_id,
            "lot_id": lot_id,
            "item_id": item_id,
            "depot_id": entry.depot_id,
            "quantity": change,
        }
        for (location_id, lot_id, item_id), change in changes.items()
        if change > 0
    ]
    if up:
        _add_rows(session, StockBalance, up)


def _lower_balances(session: Session, down: list[tuple[tuple[int, int, int], int]]) -> None:
    table = _table(StockBalance)
    here = and_(table.c.location_id == bindparam("p"), table.c.lot_id == bindparam("l"))
    lowered = session.execute(
        update(table)
        .where(here, table.c.quantity >= bindparam("q"))
        .values(quantity=table.c.quantity - bindparam("q")),
        [{"p": place, "l": lot, "q": quantity} for (place, lot, _), quantity in down],
    )
    if rows(lowered) != len(down):
        raise LedgerBroken(problem="a physical location would hold less than nothing")
    emptied: ColumnElement[bool] = table.c.quantity == 0
    session.execute(
        delete(table).where(here, emptied), [{"p": place, "l": lot} for (place, lot, _), _ in down]
    )


def _add_totals(session: Session, entry: Entry) -> None:
    owner = {"depot_id": entry.depot_id}
    days = [
        owner | {"day": entry.occurred_on, "quantity": quantity} | flow._asdict()
        for flow, quantity in flows(entry).items()
    ]
    if days:
        _add_rows(session, DayTotal, days)
    nets = [
        owner | {"period": period, "item_id": item_id, "quantity": quantity}
        for item_id, quantity in net_changes(entry).items()
        for period in periods_of(entry.occurred_on)
    ]
    if nets:
        _add_rows(session, PeriodNet, nets)


def periods_of(day: date) -> tuple[str, str]:
    """Return the year and the month of `day` as the nets name them: 2026, 2026-11."""
    iso = day.isoformat()
    return iso[:4], iso[:7]


def _table(model: type[Any]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model!r} is no table")
    return table


def _add_rows(session: Session, model: type[Any], values: list[dict[str, Any]]) -> None:
    """Insert `values`, or add their quantity where the row is already there."""
    table = _table(model)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={"quantity": table.c.quantity + statement.excluded.quantity},
        ),
        values,
    )
