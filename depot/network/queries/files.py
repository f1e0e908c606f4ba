"""A transfer to a depot on another server as the signed file that goes there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import to_milliseconds
from depot.ledger.past.replay import load_stored_entry
from depot.ledger.seal import GENESIS, canonical_text
from depot.models import (
    NetworkPeer,
    StockEntry,
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
        select(Transfer, NetworkPeer.public_key, StockEntry.id)
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
    transfer, receiver_key, entry_id = found
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
        sealed=_sealed(session, who.depot_id, entry_id),
    )
    return write_file(letter, secret_key, who.depot_id)


def _sealed(session: Session, depot_id: int, entry_id: int) -> Sealed:
    """Return the entry as it was sealed, with the seal before it."""
    stored = load_stored_entry(session, depot_id, entry_id)
    previous = session.scalar(
        select(StockEntry.seal).where(
            StockEntry.depot_id == depot_id, StockEntry.seq == stored.seq - 1
        )
    )
    text = canonical_text(stored.entry, stored.seq)
    return Sealed(stored.seq, previous or GENESIS, text, stored.seal)
