"""/locations/<id>/temperatures: what thermometers say, listed, and struck out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.safety.temperatures_forms import (
    ReadingAnswer,
    ReadingsAnswer,
    ReadingSchema,
    StrikeAnswer,
    StrikeOutSchema,
)
from depot.base.clock import utc_now
from depot.base.text import N_
from depot.safety.commands.temperatures import (
    RecordTemperature,
    StrikeOutTemperature,
    record_temperature,
    strike_out_temperature,
)
from depot.safety.queries import temperatures as query

blp = ApiBlueprint("temperatures_api", __name__, description="Temperatures of fridges, freezers.")


@blp.arguments(ReadingSchema())
@blp.response(201, ReadingAnswer)
def record(command: RecordTemperature, location_id: int) -> object:
    """Say what a thermometer shows. Whatever it is, it is kept; nothing in it is rounded."""
    return write_answer(record_temperature(replace(command, location_id=location_id), actor()))


@blp.arguments(PageQuery(), location="query")
@blp.response(200, ReadingsAnswer)
def list_readings(asked: dict[str, Any], location_id: int) -> object:
    """List what was read at a place, with what was struck out."""
    session, who = reader()
    known = query.is_place(session, who.depot_id, location_id) or None
    found_or_404(N_("place"), location_id, known)
    limit: int = asked["limit"]
    rows = query.readings_after(session, who, location_id, asked["after"], limit + 1, utc_now())
    return page_of("readings", rows, limit)


@blp.arguments(StrikeOutSchema())
@blp.response(201, StrikeAnswer)
@blp.not_for_everybody
def strike_out(command: StrikeOutTemperature, reading_id: int) -> object:
    """Say that a reading was a mistake, and why. It stays in the log, and counts no more."""
    return write_answer(strike_out_temperature(replace(command, reading_id=reading_id), actor()))
