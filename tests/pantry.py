"""A real pantry's spreadsheet, for tests that import it; tests/data/pantry-warm says whose."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from depot.base.actors import Actor
from depot.imports.commands.imports import ImportSheet, import_sheet
from depot.imports.rows.matching import guess_columns
from depot.imports.sheets.reader import read_table
from depot.kernel.once import AnyOutcome
from tests.builders import clock

PANTRY = Path(__file__).parent / "data" / "pantry-warm"
FILES = {"items": "products.csv", "locations": "shelves.csv", "crates": "boxes.csv"}


def pantry_file(kind: str) -> Path:
    """Return the pantry's file of that kind."""
    return PANTRY / FILES[kind]


def pantry_sheet(kind: str) -> ImportSheet:
    """Return the pantry's file of that kind as a command, its columns as guessed."""
    return sheet(kind, pantry_file(kind).read_bytes())


def sheet(kind: str, data: bytes | str, *, skip_problems: bool = False) -> ImportSheet:
    """Return a file's contents as a command, its columns as guessed."""
    table = read_table(data.encode() if isinstance(data, str) else data, "a.csv")
    columns = guess_columns(kind, table.headers, table.rows)
    return ImportSheet(
        command_id=uuid4(), kind=kind, table=table, columns=columns, skip_problems=skip_problems
    )


def import_pantry(actor: Actor) -> list[AnyOutcome]:
    """Import the pantry's items, places and boxes, in this order."""
    return [import_sheet(pantry_sheet(kind), actor, clock) for kind in FILES]
