"""A transfer to a depot on another server as the signed file that goes there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.clock import to_milliseconds
from depot.ledger.entries import Entry, Move, Place, Placement
from depot.ledger.seal import GENESIS, canonical_text
from depot.models import (
    CratePlacement,
    Location,
    NetworkPeer,
    StockEntry,
    StockMove,
    Transfer,
    TransferCrate,
    TransferEntry,
    TransferLine,
)
from depot.network.envelopes import PackedCrate, packed_of
from depot.network.signing import Letter, Sealed, public_key, write_file


def transfer_file(session: Session, who: Actor, transfer_id: int, secret_key: str) -> str | None:
    """Return the file of a transfer to a depot on another server; None for any other."""
    found = session.execute(
        select(Transfer, NetworkPeer.public_key, StockEntry)
        .join(NetworkPeer, NetworkPeer.id == Transfer.peer_id)
        .join(TransferEntry, TransferEntry.transfer_id == Transfer.id)
        .join(StockEntry, StockEntry.id == TransferEntry.entry_id)
        .where(
            Transfer.depot_id == who.depot_id,
            Transfer.id == transfer_id,
            Transfer.direction == "out",
            Transfer.state != "undone",
            StockEntry.kind == "transfer",
        )
    ).one_or_none()
    if found is None:
        return None
    transfer, receiver_key, entry = found
    lines = session.scalars(
        select(TransferLine)
        .where(TransferLine.depot_id == who.depot_id, TransferLine.transfer_id == transfer.id)
        .order_by(TransferLine.line)
    )
    crates = session.execute(
        select(TransferCrate.code, TransferCrate.stands_on, TransferCrate.box_number)
        .where(TransferCrate.depot_id == who.depot_id, TransferCrate.transfer_id == transfer.id)
        .order_by(TransferCrate.code)
    )
    letter = Letter(
        code=transfer.code,
        sender=who.depot.name,
        sender_key=public_key(secret_key, who.depot_id),
        receiver_key=receiver_key,
        sent_at=to_milliseconds(transfer.sent_at or transfer.made_at),
        note=transfer.note[:400],
        lines=tuple(packed_of(row) for row in lines),
        crates=tuple(PackedCrate(*row) for row in crates),
        sealed=_sealed(session, entry),
    )
    return write_file(letter, secret_key, who.depot_id)


def _sealed(session: Session, entry: StockEntry) -> Sealed:
    """Return the entry as it was sealed, with the seal before it."""
    previous = session.scalar(
        select(StockEntry.seal).where(
            StockEntry.depot_id == entry.depot_id, StockEntry.seq == entry.seq - 1
        )
    )
    text = canonical_text(_entry(session, entry), entry.seq)
    return Sealed(entry.seq, previous or GENESIS, text, entry.seal)


def _entry(session: Session, row: StockEntry) -> Entry:
    source, target = aliased(Location), aliased(Location)
    moves = session.execute(
        select(StockMove, source.kind, target.kind)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .where(StockMove.depot_id == row.depot_id, StockMove.entry_id == row.id)
        .order_by(StockMove.line)
    )
    placements = session.scalars(
        select(CratePlacement)
        .where(CratePlacement.depot_id == row.depot_id, CratePlacement.entry_id == row.id)
        .order_by(CratePlacement.id)
    )
    return Entry(
        depot_id=row.depot_id,
        kind=row.kind,
        occurred_at=row.occurred_at,
        occurred_on=row.occurred_on,
        recorded_at=row.recorded_at,
        command_id=row.command_id,
        person_id=row.person_id,
        token_id=row.token_id,
        source_kind=row.source_kind,
        partner_id=row.partner_id,
        event_id=row.event_id,
        reason=row.reason,
        note=row.note,
        reverses_id=row.reverses_id,
        moves=tuple(
            Move(
                move.item_id,
                move.lot_id,
                Place(move.source_id, source_kind),
                Place(move.target_id, target_kind),
                move.quantity,
                move.weighed_grams,
                move.is_correction,
            )
            for move, source_kind, target_kind in moves
        ),
        placements=tuple(Placement(put.crate_id, put.from_id, put.to_id) for put in placements),
    )
