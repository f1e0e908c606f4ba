"""What the pages about labels send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.frame.fields import Choice, CommandSchema, Text, Whole, WriteSchema
from blueprints.printing.choices import CRATES, KINDS, PALLETS, USUAL_SHEET
from depot.crates.commands.crates import MOST_AT_ONCE, CreateCrates

MAX_ID: Final = 2**63 - 1
ALL_PLACES: Final = "all"
MOST_TIMES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelForm:
    """The page "Labels": how many new ones of crates or pallets, or which places'."""

    command_id: UUID
    kind: str
    count: int
    sheet: str
    start_at: int
    place: str
    printer: str
    occurred_at: datetime | None = None

    @property
    def command(self) -> CreateCrates:
        """Return what it asks for."""
        return CreateCrates(
            command_id=self.command_id, count=self.count, occurred_at=self.occurred_at
        )


class LabelFormSchema(WriteSchema):
    """How many, which sheet is in the printer, and which label of it is the first unused one."""

    makes = LabelForm
    kind = Choice(KINDS, load_default=CRATES)
    count = Whole(load_default=1, most=MOST_AT_ONCE)
    sheet = Text(load_default=USUAL_SHEET)
    start_at = Whole(load_default=1)
    place = Text(load_default=ALL_PLACES)
    printer = Text(load_default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrateLabelForm:
    """A crate's own label, as it hangs on a crate or on a pallet."""

    command_id: UUID
    kind: str
    times: int
    sheet: str
    start_at: int
    printer: str


class CrateLabelSchema(CommandSchema):
    """What is printed of one crate, and on what."""

    makes = CrateLabelForm
    command_id = fields.UUID(required=True)
    kind = Choice((CRATES, PALLETS), load_default=CRATES)
    times = Whole(load_default=1, most=MOST_TIMES)
    sheet = Text(load_default=USUAL_SHEET)
    start_at = Whole(load_default=1)
    printer = Text(load_default="")


def whole_or(text: str, default: int) -> int:
    """Return a number of a query, or the default for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def place_id(text: str) -> int | None:
    """Return the place that a form names, None for all of them. Raises ValidationError."""
    if text in ("", ALL_PLACES):
        return None
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise ValidationError({"place": [_("Choose one of these.")]})


def as_values(**values: Any) -> dict[str, Any]:
    """Return what a form shows at first."""
    return {"start_at": 1, **values}
