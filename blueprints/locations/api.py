"""GET /locations."""

from __future__ import annotations

from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.locations.schemas import LocationsAnswer
from depot.locations.queries import places

blp = ApiBlueprint("locations_api", __name__, description="Places and crates.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, LocationsAnswer)
def list_locations(query: dict[str, Any]) -> object:
    """List the places inside and the crates."""
    session, who = reader()
    limit: int = query["limit"]
    rows = places.places_after(session, who.depot_id, query["after"], limit + 1)
    return page_of("locations", rows, limit)
