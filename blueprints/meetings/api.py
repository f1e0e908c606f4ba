"""/meetings for programs: read, with their agenda and minutes, which grow by programs too."""

from __future__ import annotations

from dataclasses import replace

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.meetings.schemas import (
    AgendaItemAnswer,
    AgendaNumberAnswer,
    AgendaSchema,
    MeetingAnswer,
    MeetingListAnswer,
    MeetingTaskSchema,
    MinuteSchema,
    TakeOffSchema,
    ThereSchema,
)
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.meetings import commands, queries

blp = ApiBlueprint("meetings_api", __name__, description="Meetings: their agenda and minutes.")


@blp.response(200, MeetingListAnswer)
def index() -> object:
    """List the meetings of the last half year and of the next eight weeks.

    One is planned as any activity is: `POST /activities` with the kind `meeting`.
    """
    session, who = reader()
    today = local_day(utc_now(), who.depot.time_zone)
    return {"meetings": queries.meetings(session, who.depot, today), "next": None}


@blp.response(200, MeetingAnswer)
def show(meeting: str) -> object:
    """Tell a meeting with its agenda, its minutes and the tasks that came of it."""
    session, who = reader()
    return found_or_404(N_("meeting"), 0, queries.find_meeting(session, who.depot, meeting))


@blp.arguments(AgendaSchema())
@blp.response(201, AgendaItemAnswer)
def add(command: commands.AddToAgenda, meeting: str) -> object:
    """Put something on the agenda, or a proposal that is to be decided."""
    return write_answer(commands.add_to_agenda(replace(command, activity=meeting), actor()))


@blp.arguments(MinuteSchema())
@blp.response(201, AgendaNumberAnswer)
def write_minute(command: commands.WriteMinute, agenda_item_id: int) -> object:
    """Write down what was said about something; it stands instead of what was written before."""
    return write_answer(commands.write_minute(replace(command, item_id=agenda_item_id), actor()))


@blp.arguments(TakeOffSchema())
@blp.response(201, AgendaNumberAnswer)
def take_off(command: commands.TakeOffAgenda, agenda_item_id: int) -> object:
    """Take something off the agenda."""
    return write_answer(commands.take_off_agenda(replace(command, item_id=agenda_item_id), actor()))


@blp.arguments(ThereSchema())
@blp.response(201, AgendaNumberAnswer)
def note_there(command: commands.NoteWhoWasThere, meeting: str) -> object:
    """Write down who else was there, and how many in all."""
    return write_answer(commands.note_who_was_there(replace(command, activity=meeting), actor()))


@blp.arguments(MeetingTaskSchema())
@blp.response(201, AgendaItemAnswer)
def give_task(command: commands.GiveTask, meeting: str) -> object:
    """Write down who is to do what by when. Whom it asks says yes or no."""
    return write_answer(commands.give_task(replace(command, activity=meeting), actor()))
