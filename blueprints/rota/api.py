"""/activities: shifts and meetings, and who takes part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.rota.schemas import (
    ActivityListAnswer,
    AskSchema,
    GiveBackSchema,
    MakeSchema,
    PeriodQuery,
    SavedActivityAnswer,
    SeekSchema,
    TakenAnswer,
    TakeSchema,
    days_asked,
)
from depot.base.clock import utc_now
from depot.rota.commands import singles, taking
from depot.rota.queries.week import activities

blp = ApiBlueprint("rota_api", __name__, description="Shifts, meetings, and who takes part.")


@blp.arguments(PeriodQuery(), location="query")
@blp.response(200, ActivityListAnswer)
def index(query: dict[str, Any]) -> object:
    """List what is on from a day to another, a week from today unless said otherwise."""
    session, who = reader()
    first, last = days_asked(query, utc_now(), who.depot.time_zone)
    return {"activities": activities(session, who.depot, first, last), "next": None}


@blp.arguments(MakeSchema())
@blp.response(201, SavedActivityAnswer)
def make(command: singles.MakeActivity) -> object:
    """Plan one shift or meeting."""
    return write_answer(singles.make_activity(command, actor()))


@blp.not_for_everybody
@blp.arguments(TakeSchema())
@blp.response(201, TakenAnswer)
def take(command: taking.TakePart, activity: str) -> object:
    """Write down that somebody comes; who it is, a coordinator's token says."""
    return write_answer(taking.take_part(replace(command, activity=activity), actor()))


@blp.not_for_everybody
@blp.arguments(SeekSchema())
@blp.response(201, TakenAnswer)
def seek(command: taking.SeekStandIn, activity: str) -> object:
    """Write down that somebody can't come, and is expected until another one takes over.

    Who takes over is told by `take`, with this one's part as `instead_of`.
    """
    return write_answer(taking.seek_stand_in(replace(command, activity=activity), actor()))


@blp.not_for_everybody
@blp.arguments(GiveBackSchema())
@blp.response(201, TakenAnswer)
def give_back(command: taking.GiveBack, activity: str) -> object:
    """Write down that somebody does not come after all, or said no."""
    return write_answer(taking.give_back(replace(command, activity=activity), actor()))


@blp.arguments(AskSchema())
@blp.response(201, TakenAnswer)
def ask(command: taking.AskPerson, activity: str) -> object:
    """Ask somebody to come. It is no yes."""
    return write_answer(taking.ask_person(replace(command, activity=activity), actor()))
