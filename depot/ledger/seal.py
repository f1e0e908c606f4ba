"""The seal: each depot's entries form a hash chain over a canonical encoding.

The encoding is JSON (RFC 8259) with sorted keys, no blanks and ASCII only; instants are whole
milliseconds since 1970 UTC. SHA-256 over the previous seal, a line feed and the encoding. Anyone
with Python's standard library can compute it again. Pure.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Final

from depot.base.clock import to_milliseconds
from depot.ledger.entries import Entry, Move

#: The seal before a depot's first entry.
GENESIS: Final = "0" * 64


def canonical_text(entry: Entry, seq: int) -> str:
    """Return the text that is sealed for `entry` as number `seq` of its depot."""
    fields = {
        "depot": entry.depot_id,
        "seq": seq,
        "kind": entry.kind,
        "occurred_at": to_milliseconds(entry.occurred_at),
        "occurred_on": entry.occurred_on.isoformat(),
        "recorded_at": to_milliseconds(entry.recorded_at),
        "command_id": entry.command_id,
        "person": entry.person_id,
        "token": entry.token_id,
        "source_kind": entry.source_kind,
        "partner": entry.partner_id,
        "event": entry.event_id,
        "reason": entry.reason,
        "note": entry.note,
        "reverses": entry.reverses_id,
        "moves": [_sealed_move(move) for move in entry.moves],
        "placements": [[p.crate_id, p.from_id, p.to_id] for p in entry.placements],
        "people": asdict(entry.people) if entry.people else None,
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"))


def _sealed_move(move: Move) -> list[object]:
    """A correction says so at its end; all other lines are sealed as they were before there were
    any."""
    said: list[object] = [move.item_id, move.lot_id, move.source.id, move.target.id]
    said += [move.quantity, move.weighed_grams]
    return [*said, "correction"] if move.is_correction else said


def seal_entry(previous: str, entry: Entry, seq: int) -> str:
    """Return the seal (64 hexadecimal digits) of `entry` as number `seq` after `previous`."""
    return seal_text(previous, canonical_text(entry, seq))


def seal_text(previous: str, text: str) -> str:
    """Return the seal of an ASCII text after the seal before it."""
    return hashlib.sha256(f"{previous}\n{text}".encode("ascii")).hexdigest()


def short_seal(seal: str) -> str:
    """Return the first 16 digits in groups of four, as printed on papers: 9f3a 61c2 0b7e d418."""
    return " ".join(seal[start : start + 4] for start in range(0, 16, 4))
