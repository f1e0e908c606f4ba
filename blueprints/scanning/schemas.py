"""What the pages of scanning and their scripts send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from marshmallow import fields, validate

from blueprints.frame.fields import Choice, CommandSchema, NameOrId, Text, WholeNumber, WriteSchema
from blueprints.words.amounts import Amount, base_quantity, unit_of
from blueprints.words.scan_fields import ScannedText
from depot.base.units import BASE_UNITS
from depot.imports.amounts import WrittenAmount
from depot.items.commands.item_codes import ForgetCode, LearnCode
from depot.scanning.commands import KeepUnknownScan, NoteMissing, NoteRollCall
from depot.stock.commands.transfers import MoveCrate

MAX_CODE: Final = 200
#: No shelf has more crates; no phone scans more at once.
MAX_SCANS: Final = 1000


class KeepSchema(WriteSchema):
    """A code that nobody knows."""

    makes = KeepUnknownScan
    text = ScannedText(required=True)
    symbology = Text(load_default="", max_length=40)
    place = Text(load_default=None, allow_none=True, max_length=MAX_CODE)


class MissingSchema(WriteSchema):
    """A crate that was not found where the book has it."""

    makes = NoteMissing
    crate_code = Text(required=True, max_length=MAX_CODE)
    place = Text(required=True, max_length=MAX_CODE)


class LearnSchema(WriteSchema):
    """What a code stands for, as programs and phones send it."""

    makes = LearnCode
    code = ScannedText(required=True)
    item = NameOrId(required=True)
    pack_quantity = WholeNumber(load_default=None, allow_none=True)
    note = Text(load_default="")
    unit = Choice(BASE_UNITS, load_default=None, allow_none=True)
    category = NameOrId(load_default=None, allow_none=True)
    instead = fields.Boolean(load_default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnForm:
    """The page "What is this?"; the amount is typed in the item's unit."""

    command_id: UUID
    code: str
    item: str
    amount: WrittenAmount | None = None
    category: str | None = None
    note: str = ""
    instead: bool = False
    occurred_at: datetime | None = None

    def command(self, units: Mapping[str, str], weight_unit: str) -> LearnCode:
        """Return what it asks for. Raises ValidationError at the amount."""
        quantity = None
        if self.amount is not None:
            unit = unit_of(units, self.item, self.amount)
            quantity = base_quantity(self.amount, unit, weight_unit, ["amount"])
        return LearnCode(
            command_id=self.command_id,
            code=self.code,
            item=self.item,
            pack_quantity=quantity,
            note=self.note,
            category=self.category,
            instead=self.instead,
            occurred_at=self.occurred_at,
        )


class LearnFormSchema(WriteSchema):
    makes = LearnForm
    code = ScannedText(required=True)
    item = Text(required=True)
    amount = Amount(load_default=None)
    category = Text(load_default=None)
    note = Text(load_default="")
    instead = fields.Boolean(load_default=False)


class ForgetSchema(WriteSchema):
    """A code that stands for nothing any more."""

    makes = ForgetCode


@dataclass(frozen=True, slots=True)
class RollCallQuery:
    """What was scanned at a place."""

    place: int
    codes: tuple[str, ...]


class RollCallSchema(CommandSchema):
    """What was scanned at a place, for a comparison; nothing is written."""

    makes = RollCallQuery
    place = WholeNumber(required=True, most=2**63 - 1)
    codes = fields.List(ScannedText(), required=True, validate=validate.Length(max=MAX_SCANS))


class MoveHereSchema(WriteSchema):
    """A crate stands here."""

    makes = MoveCrate
    crate_code = Text(required=True, max_length=MAX_CODE)
    to = Text(required=True, max_length=MAX_CODE)


class RollCallNoteSchema(WriteSchema):
    """How a roll-call went."""

    makes = NoteRollCall
    found = WholeNumber(required=True, least=0)
    missing = WholeNumber(required=True, least=0)
    misplaced = WholeNumber(required=True, least=0)
