"""GET /search."""

from __future__ import annotations

from typing import Any

from blueprints.frame.api import ApiBlueprint, base_url
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.search.pages import found_by
from blueprints.search.schemas import SearchAnswer, SearchQuery

blp = ApiBlueprint("search_api", __name__, description="One search over everything here.")


@blp.arguments(SearchQuery(), location="query")
@blp.response(200, SearchAnswer)
def index(query: dict[str, Any]) -> object:
    """Find what a text may mean: misspelt, without accents, in another order."""
    rows = found_by(query["q"], actor(), current_reader())
    return {
        "results": [
            {"kind": row.kind, "id": row.id, "name": row.name, "url": base_url() + row.href}
            for row in rows
        ]
    }
