"""GET /rights."""

from __future__ import annotations

from dataclasses import asdict

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.open_book.schemas import RightsAnswer
from depot.base.clock import utc_now
from depot.open_book import queries

blp = ApiBlueprint("open_book_api", __name__, description="Who may do what.")


@blp.response(200, RightsAnswer)
def index() -> object:
    """Tell who may do what now, since when, until when and by which decision.

    The seal stands for the whole chain of changes: one that was noted shows that nothing before it
    was rewritten. `by` is null where whoever runs the program decided it.
    """
    session, who = reader()
    rows = queries.rights(session, who.depot_id, utc_now())
    return {
        "rights": [asdict(row) for row in rows],
        "seal": queries.last_seal(session, who.depot_id),
    }
