"""/count-sheets: started, written on, compared, posted, undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.counts import schemas
from blueprints.counts.pages import find_view
from blueprints.counts.posting import find_review
from blueprints.frame.answers import PageQuery
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.web import reader, write_answer
from depot.counts.commands import posting, sheets
from depot.counts.queries.sheets import Difference, SheetView, sheets_after
from depot.counts.sheets import FIRST, SECOND, Sheet, SheetLine

blp = ApiBlueprint("counts_api", __name__, description="What was found, beside the book.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, schemas.CountSheetsAnswer)
def list_sheets(query: dict[str, int]) -> object:
    """List the count sheets, the oldest first."""
    session, who = reader()
    limit = query["limit"]
    found = sheets_after(session, who.depot_id, query["after"], limit + 1)
    rows = [_row(one) for one in found[:limit]]
    return {"sheets": rows, "next": found[limit - 1].id if len(found) > limit else None}


def _row(sheet: Sheet) -> dict[str, Any]:
    return {
        "id": sheet.id,
        "place": sheet.place,
        "location_id": sheet.location_id,
        "is_blind": sheet.is_blind,
        "state": sheet.state,
        "started_at": sheet.started_at,
        "closed_at": sheet.closed_at,
        "lines": len(sheet.lines),
        "counted": sheet.counted(FIRST),
    }


@blp.arguments(schemas.StartCountSheetSchema())
@blp.response(201, schemas.CountStartedAnswer)
def start(command: sheets.StartCountSheet) -> object:
    """Count a place, or join the count of it that is open."""
    return write_answer(sheets.start_count_sheet(command, actor()))


@blp.arguments(schemas.SheetQuery(), location="query")
@blp.response(200, schemas.CountSheetAnswer)
def show(query: dict[str, int], sheet_id: int) -> object:
    """Look a sheet up, with what one counter wrote; the second does not see what the book says."""
    view, counter = find_view(sheet_id), query["counter"]
    lines = [_line(line, view, counter) for line in view.sheet.lines]
    counted = {"counter": counter, "counted": view.sheet.counted(counter)}
    return _row(view.sheet) | counted | {"version": view.sheet.version, "lines": lines}


def _line(line: SheetLine, view: SheetView, counter: int) -> dict[str, Any]:
    tally = line.tally(counter)
    is_blind = view.sheet.is_open and (view.sheet.is_blind or counter == SECOND)
    return {
        "number": line.number,
        "crate_code": line.crate or None,
        "item": line.item,
        "unit": line.unit,
        "lot_code": line.lot_code,
        "date": line.date_text,
        "date_kind": line.date_kind,
        "expected_quantity": None if is_blind else view.expected(line),
        "counted_quantity": tally.quantity if tally else None,
        "counted_at": tally.counted_at if tally else None,
    }


@blp.arguments(schemas.WriteCountLinesSchema())
@blp.response(201, schemas.CountTalliedAnswer)
def write(command: sheets.TallyLines, sheet_id: int) -> object:
    """Write down what a counter found."""
    return write_answer(sheets.tally_lines(replace(command, sheet_id=sheet_id), actor()))


@blp.arguments(schemas.AddCountFoundSchema())
@blp.response(201, schemas.CountTalliedAnswer)
def add_found(command: sheets.TallyFound, sheet_id: int) -> object:
    """Give goods that have no line one."""
    return write_answer(sheets.tally_found(replace(command, sheet_id=sheet_id), actor()))


@blp.arguments(schemas.AddCountCrateSchema())
@blp.response(201, schemas.CountCrateAnswer)
def add_crate(command: sheets.AddCrateToSheet, sheet_id: int) -> object:
    """Put a crate that stands there on the sheet."""
    return write_answer(sheets.add_crate_to_sheet(replace(command, sheet_id=sheet_id), actor()))


@blp.response(200, schemas.CountDifferencesAnswer)
@blp.not_for_everybody
def differences(sheet_id: int) -> object:
    """Look up what a posting would book; coordinators only."""
    need_coordinator()
    found = find_review(sheet_id)
    return {
        "id": found.sheet.id,
        "version": found.sheet.version,
        "agreeing": found.agreeing,
        "not_counted": [line.number for line in found.not_counted],
        "differences": [_difference(one) for one in found.differences],
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "number": one.line.number,
        "item": one.line.item,
        "unit": one.line.unit,
        "is_disputed": one.line.is_disputed,
        "found": [
            {
                "counter": counter,
                "counted_quantity": found.tally.quantity,
                "expected_quantity": found.expected,
                "variance": found.variance,
                "date": found.tally.date_text,
                "counted_at": found.tally.counted_at,
                "person": found.tally.person,
            }
            for counter, found in one.found.items()
        ],
    }


@blp.arguments(schemas.PostCountSheetSchema())
@blp.response(201, schemas.CountPostedAnswer)
@blp.not_for_everybody
def post(command: posting.PostCountSheet, sheet_id: int) -> object:
    """Book the differences; coordinators only."""
    return write_answer(posting.post_count_sheet(replace(command, sheet_id=sheet_id), actor()))


@blp.arguments(schemas.UndoCountSheetSchema())
@blp.response(201, schemas.CountPostedAnswer)
@blp.not_for_everybody
def undo(command: posting.UndoCountSheet, sheet_id: int) -> object:
    """Take a posted sheet out of the book again; coordinators only."""
    return write_answer(posting.undo_count_sheet(replace(command, sheet_id=sheet_id), actor()))


@blp.arguments(schemas.CallOffCountSchema())
@blp.response(201)
@blp.not_for_everybody
def call_off(command: sheets.CallOffCountSheet, sheet_id: int) -> object:
    """Count no further."""
    return write_answer(sheets.call_off_count_sheet(replace(command, sheet_id=sheet_id), actor()))
