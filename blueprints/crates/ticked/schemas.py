"""What is said of crates that are ticked together: on the pages, and by programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema, fields

from blueprints.crates.forms import TargetForm, chosen_place
from blueprints.crates.schemas import MAX_CODE
from blueprints.frame.answers import Posted
from blueprints.frame.fields import MAX_NOTE, NotedSchema, Text, WriteSchema
from depot.safety.commands.crate_holds import HoldCrates
from depot.stock.commands.crates_together import MAX_TOGETHER, MoveCrates

#: A code as printed and a blank, for as many as go together.
MAX_CODES: Final = 10 * MAX_TOGETHER


class Codes(Text):
    """Codes as printed, with blanks between them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, max_length=MAX_CODES, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **kw).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTickedForm:
    """The page "Move" of several crates."""

    command_id: UUID
    codes: tuple[str, ...]
    to: str | None = None
    other: str | None = None
    note: str = ""
    occurred_at: datetime | None = None

    def command(self) -> MoveCrates:
        """Return what it asks for. Raises ValidationError where no place is chosen."""
        return MoveCrates(
            command_id=self.command_id,
            crate_codes=self.codes,
            to=chosen_place(self.to, self.other),
            note=self.note,
            occurred_at=self.occurred_at,
        )


class MoveTickedSchema(TargetForm):
    makes = MoveTickedForm
    codes = Codes()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTickedForm:
    """The page "Hold back" of several crates."""

    command_id: UUID
    codes: tuple[str, ...]
    reason: str
    occurred_at: datetime | None = None

    def command(self) -> HoldCrates:
        """Return what it asks for."""
        return HoldCrates(
            command_id=self.command_id,
            crate_codes=self.codes,
            reason=self.reason,
            occurred_at=self.occurred_at,
        )


class HoldTickedSchema(WriteSchema):
    makes = HoldTickedForm
    codes = Codes()
    reason = Text(required=True, max_length=MAX_NOTE, multiline=True)


def _crate_codes() -> fields.List[Any]:
    return fields.List(Text(required=True, max_length=MAX_CODE), required=True)


class MoveCratesSchema(NotedSchema):
    """Crates go together to a place's name, or another crate's code."""

    makes = MoveCrates
    crate_codes = _crate_codes()
    to = Text(required=True, max_length=MAX_CODE)


class HoldCratesSchema(WriteSchema):
    """What lies in these crates is held back."""

    makes = HoldCrates
    crate_codes = _crate_codes()
    reason = Text(required=True, max_length=MAX_NOTE, multiline=True)
    until = fields.Date(load_default=None, allow_none=True)


class MovedCratesAnswer(Posted):
    """The crates, and where they stand now."""

    codes = fields.List(fields.String())
    location = fields.String()


class HeldCratesAnswer(Schema):
    """The crates, and the ids of their holds in the same order."""

    codes = fields.List(fields.String())
    ids = fields.List(fields.Integer())
