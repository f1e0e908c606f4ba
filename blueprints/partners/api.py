"""GET /partners."""

from __future__ import annotations

from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.partners.schemas import PartnersAnswer
from depot.partners.queries import partners

blp = ApiBlueprint("partners_api", __name__, description="Who gives and receives.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, PartnersAnswer)
def list_partners(query: dict[str, Any]) -> object:
    """List the partners."""
    session, who = reader()
    limit: int = query["limit"]
    rows = partners.partners_after(session, who.depot_id, query["after"], limit + 1)
    return page_of("partners", rows, limit)
