"""What the pages about labels send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.frame.fields import Choice, CommandSchema, Text, WholeNumber, WriteSchema
from blueprints.frame.language import Language
from blueprints.printing.choices import CRATES, DEFAULT_SHEET, LABEL_KINDS, PALLETS
from depot.crates.commands.blank_crates import MAX_NEW_CRATES, CreateCrates

MAX_ID: Final = 2**63 - 1
ALL_PLACES: Final = "all"
MAX_COPIES: Final = 20
#: As many labels as are made at once; a code as printed and a blank for each.
MOST_TICKED: Final = 500
MAX_CODES: Final = 10 * MOST_TICKED


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
    kind = Choice(LABEL_KINDS, load_default=CRATES)
    count = WholeNumber(load_default=1, most=MAX_NEW_CRATES)
    sheet = Text(load_default=DEFAULT_SHEET)
    start_at = WholeNumber(load_default=1)
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
    #: What its words are in; empty: what the depot's labels are in.
    language: str = ""


class CrateLabelSchema(CommandSchema):
    """What is printed of one crate, and on what."""

    makes = CrateLabelForm
    command_id = fields.UUID(required=True)
    kind = Choice((CRATES, PALLETS), load_default=CRATES)
    times = WholeNumber(load_default=1, most=MAX_COPIES)
    sheet = Text(load_default=DEFAULT_SHEET)
    start_at = WholeNumber(load_default=1)
    printer = Text(load_default="")
    language = Language(load_default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TickedLabelsForm(CrateLabelForm):
    """The labels of the crates that were ticked in the list."""

    codes: str = ""


class TickedLabelsSchema(CrateLabelSchema):
    makes = TickedLabelsForm
    codes = Text(load_default="", max_length=MAX_CODES)


def parse_whole(text: str, default: int) -> int:
    """Return a number of a query, or the default for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def place_id(text: str) -> int | None:
    """Return the place that a form names, None for all of them. Raises ValidationError."""
    if text in ("", ALL_PLACES):
        return None
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise ValidationError({"place": [_("Choose one of these.")]})


def default_values(**values: Any) -> dict[str, Any]:
    """Return what a form shows at first."""
    return {"start_at": 1, **values}
