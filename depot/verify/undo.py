"""A reversal against the entry it undoes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from typing import Final

from depot.ledger.entries import Entry, People
from depot.ledger.past.replay import StoredEntry
from depot.verify.findings import Findings

_COPIED: Final = (
    "occurred_at",
    "occurred_on",
    "source_kind",
    "partner_id",
    "event_id",
    "reason",
)


def check_reversal(undo: StoredEntry, original: StoredEntry | None, findings: Findings) -> None:
    """Check that a reversal mirrors its original: what is copied, outside legs, people."""
    if original is None or original.entry.depot_id != undo.entry.depot_id:
        findings.add("reversal", f"Entry {undo.seq} undoes an entry that this depot does not have.")
        return
    for problem in _problems(undo, original):
        findings.add("reversal", f"Entry {undo.seq} undoes entry {original.seq}, but {problem}.")


def _problems(undo: StoredEntry, original: StoredEntry) -> Iterator[str]:
    if original.entry.kind == "reversal":
        yield "that is an undo itself"
    if original.seq >= undo.seq:
        yield "that comes after it"
    for name in _COPIED:
        if getattr(undo.entry, name) != getattr(original.entry, name):
            yield f"has another {name}"
    was, now = _outside(original.entry), _outside(undo.entry)
    for key in sorted(was.keys() | now.keys()):
        if was[key] + now[key]:
            item_id, lot_id, kind = key
            yield f"takes {now[key]} of item {item_id}, lot {lot_id} ({kind}) back from {was[key]}"
    if _counts(undo.entry.people, 1) != _counts(original.entry.people, -1):
        yield "does not take its people back"


def _outside(entry: Entry) -> Counter[tuple[int, int, str]]:
    """Return the outside legs by item, lot and kind; the count variance fills gaps, so not it."""
    legs: Counter[tuple[int, int, str]] = Counter()
    for move in entry.moves:
        for place, signed in ((move.source, move.quantity), (move.target, -move.quantity)):
            if not place.is_physical and place.kind != "count_variance":
                legs[move.item_id, move.lot_id, place.kind] += signed
    return legs


def _counts(people: People | None, sign: int) -> tuple[int | None, ...]:
    if people is None:
        return ()
    event_id, *counts = astuple(people)
    return (event_id, *(None if count is None else sign * count for count in counts))
