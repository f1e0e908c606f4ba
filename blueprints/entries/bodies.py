"""Entries as programs read them: ids, codes and numbers, no words."""

from __future__ import annotations

from typing import Any

from depot.entries.queries.entry_lines import LineRow, PlacementRow, PlaceRef
from depot.entries.queries.ledger import EntryRow


def entry_body(row: EntryRow) -> dict[str, Any]:
    """Return an entry as the API answers it."""
    return {
        "entry_id": row.entry_id,
        "seq": row.seq,
        "kind": row.kind,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "by": row.actor_name or None,
        "source_kind": row.source_kind,
        "partner": row.partner,
        "event_id": row.event_id,
        "reason": row.reason,
        "note": row.note,
        "reverses": row.reverses_id,
        "reversed_by": row.reversed_by_id,
        "seal": row.seal,
        "lines": [_line(line) for line in row.lines],
        "placements": [_placement(put) for put in row.placements],
        "people": row.people,
    }


def _line(line: LineRow) -> dict[str, Any]:
    return {
        "item_id": line.item_id,
        "item": line.item,
        "quantity": line.quantity,
        "unit": line.unit,
        "weighed_grams": line.weighed_grams,
        "lot": {
            "id": line.lot_id,
            "lot_code": line.lot_code,
            "date": line.date_text,
            "date_kind": line.date_kind,
        },
        "source": _place(line.source),
        "target": _place(line.target),
    }


def _placement(put: PlacementRow) -> dict[str, Any]:
    return {
        "crate_code": put.crate.name,
        "source": _place(put.source),
        "target": _place(put.target),
    }


def _place(place: PlaceRef | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"kind": place.kind, "name": place.name if place.is_physical else None}
