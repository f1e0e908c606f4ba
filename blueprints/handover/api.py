"""/notes: what one shift writes for the next, listed, written, taken down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.handover.schemas import NoteAnswer, NotesAnswer, NoteSchema, TakeDownSchema
from depot.handover.commands import TakeDownNote, WriteNote, take_down_note, write_note
from depot.handover.queries import notes_after

blp = ApiBlueprint("notes_api", __name__, description="Notes for the next shift.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, NotesAnswer)
def index(asked: dict[str, Any]) -> object:
    """List handovers and notices in the order in which they came here.

    `written_at` is when it was written, on a phone perhaps long before.
    """
    session, who = reader()
    limit: int = asked["limit"]
    return page_of("notes", notes_after(session, who, asked["after"], limit + 1), limit)


@blp.arguments(NoteSchema())
@blp.response(201, NoteAnswer)
def write(command: WriteNote) -> object:
    """Write a note for the next shift, or a notice that hangs until a day.

    It names nobody of the people who are served.
    """
    return write_answer(write_note(command, actor()))


@blp.arguments(TakeDownSchema())
@blp.response(201, NoteAnswer)
def take_down(command: TakeDownNote, note_id: int) -> object:
    """Erase the words of a note; that it was there stays."""
    return write_answer(take_down_note(replace(command, note_id=note_id), actor()))
