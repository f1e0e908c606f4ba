"""What belongs together: lines with their lots, items and depot, entries with their commands."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from depot.models import CommandLog, Item, Lot, PeopleCount, StockEntry, StockMove
from depot.verify.findings import MAX_OF_A_KIND, Findings, Names


def check_links(
    session: Session,
    depot_id: int,
    moves_read: int,
    stands: Mapping[int, int | None],
    names: Names,
    findings: Findings,
) -> None:
    """Check what one statement each can tell, and where crates stand after their last placement."""
    _check_lots(session, depot_id, findings)
    _check_orphans(session, depot_id, moves_read, findings)
    _check_people(session, depot_id, findings)
    _check_commands(session, depot_id, findings)
    for crate_id, parent_id in names.parents.items():
        last = stands.get(crate_id)
        if last != parent_id:
            findings.add(
                "crate",
                f"Crate {names.place(crate_id)} stands at {names.place(parent_id)}, but was last"
                f" put at {names.place(last)}.",
            )


def _check_lots(session: Session, depot_id: int, findings: Findings) -> None:
    rows = session.execute(
        select(StockEntry.seq, StockMove.line, StockMove.lot_id, StockMove.item_id)
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .outerjoin(Lot, Lot.id == StockMove.lot_id)
        .outerjoin(Item, Item.id == StockMove.item_id)
        .where(
            StockEntry.depot_id == depot_id,
            or_(
                StockMove.depot_id != depot_id,
                Lot.id.is_(None),
                Lot.depot_id != depot_id,
                Lot.item_id != StockMove.item_id,
                Item.id.is_(None),
                Item.depot_id != depot_id,
            ),
        )
        .order_by(StockEntry.seq, StockMove.line)
        .limit(MAX_OF_A_KIND + 1)
    )
    for seq, line, lot_id, item_id in rows:
        findings.add(
            "depot",
            f"Entry {seq}, line {line}: lot {lot_id} and item {item_id} do not belong together in"
            " this depot.",
        )


def _check_orphans(session: Session, depot_id: int, moves_read: int, findings: Findings) -> None:
    kept = session.scalars(
        select(func.count()).select_from(StockMove).where(StockMove.depot_id == depot_id)
    ).one()
    if kept != moves_read:
        findings.add(
            "orphan",
            f"The depot has {kept} lines, but {moves_read} belong to its entries.",
        )


def _check_people(session: Session, depot_id: int, findings: Findings) -> None:
    rows = session.execute(
        select(StockEntry.seq, StockEntry.occurred_on, PeopleCount.occurred_on)
        .join(PeopleCount, PeopleCount.entry_id == StockEntry.id)
        .where(
            StockEntry.depot_id == depot_id,
            or_(
                PeopleCount.occurred_on != StockEntry.occurred_on,
                PeopleCount.depot_id != depot_id,
            ),
        )
        .limit(MAX_OF_A_KIND + 1)
    )
    for seq, day, counted_on in rows:
        findings.add("people", f"Entry {seq} is of {day}, its people are counted on {counted_on}.")


def _check_commands(session: Session, depot_id: int, findings: Findings) -> None:
    same = and_(
        CommandLog.depot_id == StockEntry.depot_id, CommandLog.command_id == StockEntry.command_id
    )
    rows = session.execute(
        select(StockEntry.seq, StockEntry.command_id)
        .outerjoin(CommandLog, same)
        .where(StockEntry.depot_id == depot_id, CommandLog.command_id.is_(None))
        .order_by(StockEntry.seq)
        .limit(MAX_OF_A_KIND + 1)
    )
    for seq, command_id in rows:
        findings.add("command", f"Entry {seq}: its command {command_id} is not in the log.")
