"""A parcel is handed out by a program."""

from __future__ import annotations

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import write_answer
from blueprints.table.actions import run_parcel
from blueprints.table.schemas import ParcelOutAnswer, ParcelOutSchema
from depot.production.commands.parcel_handouts import HandOutParcel

blp = ApiBlueprint("table_api", __name__, description="Parcels handed out at the table.")


@blp.arguments(ParcelOutSchema())
@blp.response(201, ParcelOutAnswer)
def hand_out(command: HandOutParcel, event_id: int) -> object:
    """Hand out a parcel and count its household: one entry."""
    return write_answer(run_parcel(command, event_id, actor()))
