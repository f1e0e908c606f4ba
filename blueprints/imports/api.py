"""/imports: tables as CSV, all of one or nothing; listed and undone."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import jsonify, make_response

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.errors import body_of
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, write_answer
from blueprints.imports.schemas import (
    ImportedAnswer,
    ImportsAnswer,
    SentTable,
    SentTableSchema,
    UndoneAnswer,
    UndoSchema,
)
from blueprints.imports.words import problems_by_row
from depot.imports.commands.imports import ImportSheet, RowsHaveProblems, import_sheet
from depot.imports.commands.undo import UndoImport, undo_import
from depot.imports.queries import latest_imports
from depot.imports.rows.cells import Reading
from depot.imports.rows.matching import apply_overrides, guess_columns
from depot.imports.sheets.reader import read_table

blp = ApiBlueprint("imports_api", __name__, description="Tables that are taken in.")


@blp.response(200, ImportsAnswer)
@blp.not_for_everybody
def index() -> object:
    """List the last imports, the newest first; coordinators only."""
    need_coordinator()
    session, who = reader()
    return {"imports": latest_imports(session, who.depot_id)}


@blp.arguments(SentTableSchema())
@blp.response(201, ImportedAnswer)
@blp.not_for_everybody
def create(sent: SentTable) -> object:
    """Take a table in: all of it, or nothing and 422 with each row's problems. Coordinators only.

    With `skip_problems` the rows that have any are left out.
    """
    need_coordinator()
    try:
        return write_answer(import_sheet(_command(sent), actor()))
    except RowsHaveProblems as error:
        rows = problems_by_row(error.plan, current_reader())
        body = body_of(error) | {"errors": {"rows": rows}}
        return make_response(jsonify(body), HTTPStatus.UNPROCESSABLE_ENTITY)


def _command(sent: SentTable) -> ImportSheet:
    table = read_table(sent.csv.encode(errors="replace"), f"{sent.kind}.csv")
    guessed = guess_columns(sent.kind, table.headers, table.rows)
    return ImportSheet(
        command_id=sent.command_id,
        kind=sent.kind,
        table=table,
        columns=apply_overrides(sent.kind, table.headers, guessed, sent.columns),
        reading=Reading(order=sent.date_order, headings=sent.headings),
        skip_problems=sent.skip_problems,
    )


@blp.arguments(UndoSchema())
@blp.response(201, UndoneAnswer)
@blp.not_for_everybody
def undo(command: UndoImport, import_id: int) -> object:
    """Undo an import: what it made goes, what is in use stays. Coordinators only."""
    return write_answer(undo_import(replace(command, import_id=import_id), actor()))
