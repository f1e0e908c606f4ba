"""What is sent of imports, and what programs are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from marshmallow import Schema, fields

from blueprints.frame.answers import Posted
from blueprints.frame.fields import Choice, CommandSchema
from depot.imports.commands.imports import IMPORT_KINDS
from depot.imports.commands.undo import UndoImport
from depot.imports.rows.stated_dates import Order


class UndoSchema(CommandSchema):
    """An import that was a mistake."""

    makes = UndoImport
    command_id = fields.UUID(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTable:
    """A table as a program sends it: CSV, and how it is to be read."""

    command_id: UUID
    kind: str
    csv: str
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: Order | None = None
    headings: bool = False
    skip_problems: bool = False


class SentTableSchema(CommandSchema):
    """A table of items, places, crates or stock."""

    makes = SentTable
    command_id = fields.UUID(required=True)
    kind = Choice(IMPORT_KINDS, required=True)
    csv = fields.String(
        required=True, metadata={"description": "Rows, the first of them the names of columns."}
    )
    columns = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "The header of a field's column, where the guess is wrong."},
    )
    date_order = Choice(("dmy", "mdy"), allow_none=True)
    headings = fields.Boolean()
    skip_problems = fields.Boolean()


_COUNTED: Final = "Only if it is not 0."


class ImportedAnswer(Posted):
    """The figures of an import; what is left out is 0."""

    kind = fields.String()
    new = fields.Integer(metadata={"description": _COUNTED})
    changed = fields.Integer(metadata={"description": _COUNTED})
    same = fields.Integer(metadata={"description": _COUNTED})
    left_out = fields.Integer(metadata={"description": _COUNTED})
    filled = fields.Integer(metadata={"description": _COUNTED})
    blank = fields.Integer(metadata={"description": _COUNTED})
    unknown_rows = fields.Integer(
        attribute="unknown", data_key="unknown", metadata={"description": _COUNTED}
    )
    emptied = fields.Integer(metadata={"description": _COUNTED})
    learned_codes = fields.Integer(metadata={"description": _COUNTED})
    made_categories = fields.Integer(metadata={"description": _COUNTED})
    made_items = fields.Integer(metadata={"description": _COUNTED})
    made_places = fields.Integer(metadata={"description": _COUNTED})


class UndoneAnswer(Posted):
    """How many rows went, went out of use because they are in use, and are as they were before."""

    import_id = fields.Integer()
    removed = fields.Integer()
    kept = fields.Integer()
    restored = fields.Integer()


class ImportRow(Schema):
    """An import: when, by whom, how many rows it made or filled in."""

    id = fields.Integer()
    kind = fields.String()
    imported_at = fields.AwareDateTime()
    by = fields.String(attribute="person", allow_none=True)
    rows = fields.Integer()
    is_undone = fields.Boolean()


class ImportsAnswer(Schema):
    """The last imports, the newest first."""

    imports = fields.List(fields.Nested(ImportRow))
