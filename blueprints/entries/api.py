"""The ledger for programs: GET /entries and POST /entries/<id>/reversal."""

from __future__ import annotations

from dataclasses import replace

from marshmallow import RAISE

from blueprints.entries.bodies import entry_body
from blueprints.entries.schemas import (
    Asked,
    EntriesAnswer,
    EntryAnswer,
    EntryQuery,
    ReversalAnswer,
    ReversalSchema,
)
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, written
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.entries.queries import ledger

blp = ApiBlueprint("ledger_api", __name__, description="Entries of the ledger, and undoing them.")


@blp.get("/entries")
@blp.arguments(EntryQuery(form=True), location="query", unknown=RAISE)
@blp.response(200, EntriesAnswer)
def index(asked: Asked) -> object:
    """List entries, the newest first."""
    session, who = reader()
    page = ledger.entries(session, who, asked.wanted, asked.after, asked.limit)
    return {"entries": [entry_body(row) for row in page.rows], "next": page.next}


@blp.get("/entries/<int:entry_id>")
@blp.response(200, EntryAnswer)
def show(entry_id: int) -> object:
    """Show one entry with its lines."""
    session, who = reader()
    row = ledger.entry(session, who, entry_id)
    if row is None:
        raise NotFound(what=N_("entry"), name=str(entry_id))
    return entry_body(row)


@blp.post("/entries/<int:entry_id>/reversal")
@blp.arguments(ReversalSchema())
@blp.response(201, ReversalAnswer)
def reverse(command: ReverseEntry, entry_id: int) -> object:
    """Undo an entry; what cannot be taken back is listed for a coordinator."""
    return written(reverse_entry(replace(command, entry_id=entry_id), actor()))
