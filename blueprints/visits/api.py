"""Visits by card: one is counted, and those of a period are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.visits.schemas import VisitAnswer, VisitQuery, VisitSchema, VisitSumsAnswer
from depot.distribution.commands.visits import CountVisit, count_visit
from depot.distribution.queries.ages import people_by_band
from depot.distribution.queries.visits import visits_in

_FIGURES: Final = (
    "first",
    "last",
    "visits",
    "by_card",
    "without_card",
    "households",
    "new_households",
    "returning_households",
)
blp = ApiBlueprint("visits_api", __name__, description="Households told apart by cards.")


@blp.arguments(VisitSchema())
@blp.response(201, VisitAnswer)
def count(command: CountVisit, event_id: int) -> object:
    """Count a household by its card; scanned twice at a hand-out it is counted once."""
    return write_answer(count_visit(replace(command, event_id=event_id), actor()))


@blp.arguments(VisitQuery(), location="query")
@blp.response(200, VisitSumsAnswer)
def index(query: dict[str, date]) -> object:
    """Tell how many visits a period had, and of how many different households."""
    session, who = reader()
    days = query["first"], query["last"]
    found = visits_in(session, who.depot_id, *days)
    told = {name: getattr(found, name) for name in _FIGURES}
    return told | {"bands": people_by_band(session, who.depot_id, *days)}
