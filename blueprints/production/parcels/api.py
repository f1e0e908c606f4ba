"""POST, GET and PATCH /parcels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.production.api import blp
from blueprints.production.parcels.schemas import (
    ParcelAnswer,
    ParcelChangeSchema,
    ParcelsAnswer,
    ParcelSaved,
    ParcelSchema,
    parcel_answer,
)
from depot.base.text import N_
from depot.production.commands.parcels import (
    ChangeParcel,
    SaveParcel,
    change_parcel,
    save_parcel,
)
from depot.production.queries.parcels import find_parcel, parcels_after


@blp.arguments(ParcelSchema())
@blp.response(201, ParcelSaved)
@blp.not_for_everybody
def save(command: SaveParcel) -> object:
    """Make a parcel, or the next version of the one of that name; coordinators only."""
    return write_answer(save_parcel(command, actor()))


@blp.arguments(ParcelChangeSchema())
@blp.response(201, ParcelSaved)
@blp.not_for_everybody
def change(command: ChangeParcel, parcel_id: int) -> object:
    """Change a parcel; what is not said stays as it is. Coordinators only."""
    return write_answer(change_parcel(replace(command, parcel_id=parcel_id), actor()))


@blp.arguments(PageQuery(), location="query")
@blp.response(200, ParcelsAnswer)
def list_parcels(query: dict[str, Any]) -> object:
    """List the parcels in their newest versions."""
    session, who = reader()
    limit: int = query["limit"]
    page = page_of(
        "parcels", parcels_after(session, who.depot_id, query["after"], limit + 1), limit
    )
    page["parcels"] = [parcel_answer(row) for row in page["parcels"]]
    return page


@blp.response(200, ParcelAnswer)
def get(parcel_id: int) -> object:
    """Return a parcel in its newest version."""
    session, who = reader()
    row = found_or_404(N_("parcel"), parcel_id, find_parcel(session, who.depot_id, parcel_id))
    return parcel_answer(row)
