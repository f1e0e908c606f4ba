"""/locations: listed, told, made, changed and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, SavedAnswer, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.locations.schemas import (
    CountPlaceSchema,
    LocationAnswer,
    LocationsAnswer,
    NewPlaceSchema,
    PlaceChangeSchema,
    PlaceCountAnswer,
)
from depot.base.text import N_
from depot.counts.commands.place_counts import CountPlace, count_whole_place
from depot.locations.commands import ChangePlace, SavePlace, change_place, save_place
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


@blp.response(200, LocationAnswer)
def show(location_id: int) -> object:
    """Tell of one place or crate."""
    session, who = reader()
    node = places.place_row(session, who.depot_id, location_id)
    return found_or_404(N_("place"), location_id, node)


@blp.arguments(NewPlaceSchema())
@blp.response(201, SavedAnswer)
@blp.not_for_everybody
def create(command: SavePlace) -> object:
    """Make a place; coordinators only."""
    return write_answer(save_place(command, actor()))


@blp.arguments(PlaceChangeSchema())
@blp.response(201, SavedAnswer)
@blp.not_for_everybody
def change(command: ChangePlace, location_id: int) -> object:
    """Change a place; what is not said stays as it is. Coordinators only."""
    return write_answer(change_place(replace(command, location_id=location_id), actor()))


@blp.arguments(CountPlaceSchema())
@blp.response(201, PlaceCountAnswer)
@blp.not_for_everybody
def count(command: CountPlace, location_id: int) -> object:
    """Say what was counted at a place; only differences are booked.

    With `complete`, which is for coordinators, what is not named is not there. A crate that is not
    named is asked about and keeps its goods.
    """
    return write_answer(count_whole_place(replace(command, location_id=location_id), actor()))
