"""Sign-in sheets for programs: they may write a household, and read how many there are."""

from __future__ import annotations

from dataclasses import replace

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.name_sheets.schemas import SheetsAnswer, WriteNameSchema, WrittenAnswer
from depot.name_sheets.commands.lines import WriteName, write_name
from depot.name_sheets.queries import name_sheets

blp = ApiBlueprint("name_sheets_api", __name__, description="Sign-in sheets, without the names.")


@blp.response(200, SheetsAnswer)
def index() -> object:
    """Tell which sheets there are, how many households each has, and when its names go.

    No program reads a name: the right to is a person's.
    """
    session, who = reader()
    return {"sheets": name_sheets(session, who.depot_id)}


@blp.arguments(WriteNameSchema())
@blp.response(201, WrittenAnswer)
def write(command: WriteName, event_id: int) -> object:
    """Write a household onto the sheet of a hand-out: a name, and of how many people it is."""
    return write_answer(write_name(replace(command, event_id=event_id), actor()))
