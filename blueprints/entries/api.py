"""The ledger for programs, undoing, and the things to look at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.entries.schemas import (
    DiscrepanciesAnswer,
    DiscrepancyQuery,
    DiscrepancySettled,
    EntriesAnswer,
    EntryAnswer,
    EntryQuery,
    EntryQuestion,
    ResolutionSchema,
    ReversalAnswer,
    ReversalSchema,
)
from blueprints.frame.answers import page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.web import reader, write_answer
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.entries.queries import ledger
from depot.entries.queries.discrepancies import discrepancies_below
from depot.entries.queries.entry_lines import LineRow, PlacementRow, PlaceRef
from depot.entries.queries.ledger import EntryRow

blp = ApiBlueprint("ledger_api", __name__, description="Entries of the ledger, and undoing them.")


@blp.arguments(EntryQuery(form=True), location="query")
@blp.response(200, EntriesAnswer)
def index(asked: EntryQuestion) -> object:
    """List entries, the newest first."""
    session, who = reader()
    page = ledger.list_entries(session, who, asked.wanted, asked.after, asked.limit)
    return {"entries": [_body(row) for row in page.rows], "next": page.next}


@blp.response(200, EntryAnswer)
def show(entry_id: int) -> object:
    """Show one entry with its lines."""
    session, who = reader()
    row = ledger.find_entry(session, who, entry_id)
    if row is None:
        raise NotFound(what=N_("entry"), name=str(entry_id))
    return _body(row)


@blp.arguments(ReversalSchema())
@blp.response(201, ReversalAnswer)
@blp.not_for_everybody
def reverse(command: ReverseEntry, entry_id: int) -> object:
    """Undo an entry; what cannot be taken back is listed for a coordinator."""
    return write_answer(reverse_entry(replace(command, entry_id=entry_id), actor()))


@blp.arguments(DiscrepancyQuery(), location="query")
@blp.response(200, DiscrepanciesAnswer)
@blp.not_for_everybody
def list_discrepancies(query: dict[str, Any]) -> object:
    """List the things to look at, the newest first; coordinators only."""
    need_coordinator()
    session, who = reader()
    limit, state = query["limit"], query["state"]
    is_open = None if state is None else state == "open"
    rows = discrepancies_below(session, who.depot_id, query["after"], limit + 1, is_open)
    return page_of("discrepancies", rows, limit)


@blp.arguments(ResolutionSchema())
@blp.response(201, DiscrepancySettled)
@blp.not_for_everybody
def settle(command: ResolveDiscrepancy, discrepancy_id: int) -> object:
    """Settle a thing to look at: right as it is, undone, or never mind. Coordinators only."""
    return write_answer(
        resolve_discrepancy(replace(command, discrepancy_id=discrepancy_id), actor())
    )


def _body(row: EntryRow) -> dict[str, Any]:
    """Return an entry as the API answers it."""
    return {
        "entry_id": row.entry_id,
        "seq": row.seq,
        "kind": row.kind,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "by": row.actor_name or None,
        "device": row.device or None,
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
        "is_correction": line.is_correction,
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
