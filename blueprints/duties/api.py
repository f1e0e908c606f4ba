"""GET /duties."""

from __future__ import annotations

from typing import Any

from blueprints.duties.schemas import DutyListAnswer
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from depot.base.clock import local_day, utc_now
from depot.duties.queries.duties import DutyRow, Term, duties

blp = ApiBlueprint("duties_api", __name__, description="Duties for a term.")


@blp.response(200, DutyListAnswer)
def index() -> object:
    """List the duties: who holds each, and whose turn it is next.

    Nobody is put into a duty by a program: people say yes or no themselves.
    """
    session, who = reader()
    rows = duties(session, who.depot, local_day(utc_now(), who.depot.time_zone))
    return {"duties": [_told(row) for row in rows], "next": None}


def _told(row: DutyRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "state": row.state,
        "term": _term(row.term),
        "next_term": _term(row.next_term),
        "turns": row.turns,
    }


def _term(term: Term | None) -> dict[str, Any] | None:
    if term is None:
        return None
    holders = [part.name for part in term.holders]
    return {"starts_on": term.starts_on, "ends_on": term.ends_on, "holders": holders}
