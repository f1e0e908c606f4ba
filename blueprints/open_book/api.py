"""GET /rights and /setting-changes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.open_book.schemas import RightsAnswer, SettingChangesAnswer
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


@blp.arguments(PageQuery(), location="query")
@blp.response(200, SettingChangesAnswer)
def setting_changes(query: dict[str, Any]) -> object:
    """List what was set otherwise, in its order: by whom, when, why, before and after.

    `by` is null where whoever runs the program did it; `agreed_by` is the second person, if any.
    """
    session, who = reader()
    limit: int = query["limit"]
    rows = queries.setting_changes_after(session, who.depot_id, query["after"], limit + 1)
    return page_of("changes", rows, limit)
