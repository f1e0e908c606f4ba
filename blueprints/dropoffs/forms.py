"""What the pages of announced deliveries send, and what an announced line probably is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load

from blueprints.frame.fields import (
    Choice,
    CommandSchema,
    PackageDate,
    Text,
    WallClock,
    WriteSchema,
    lines_field,
)
from blueprints.words.amounts import Amount, base_quantity, unit_of
from depot.base.dates import KINDS
from depot.base.units import GRAM
from depot.dropoffs.commands import MAX_WHAT, AnnounceDropOff, Came, ConfirmDropOff
from depot.intake.receipt_lines import ReceiptLine

#: Letters of all lines together; each of them may be as long as a sentence.
_MAX_TEXT: Final = 6_000
_AMOUNT: Final = re.compile(
    r"(?P<amount>\d+(?:[.,]\d+)?)\s*(?:kg|lb|l|x|×)?\s+(?P<item>\S.*)", re.I
)


def announce_form(zone: str) -> CommandSchema:
    """Return the schema of an announcement, whose time is of the wall clock of `zone`."""

    class Announce(CommandSchema):
        makes = AnnounceDropOff
        command_id = fields.UUID(required=True)
        donor = Text(required=True, error_messages={"required": _("Who brings it?")})
        expected_at = WallClock(
            zone, required=True, error_messages={"required": _("When does it come?")}
        )
        lines = Text(
            required=True,
            max_length=_MAX_TEXT,
            multiline=True,
            error_messages={"required": _("What comes? One thing in a line.")},
        )
        note = Text(load_default="", max_length=1000, multiline=True)

        @post_load
        def _make(self, data: dict[str, Any], **_options: Any) -> AnnounceDropOff:
            data["lines"] = tuple(" ".join(line.split()) for line in data["lines"].splitlines())
            return AnnounceDropOff(**data)

    return Announce(form=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameLine:
    """A line at the door: whether it came, and what came, as it is typed."""

    came: Came = "yes"
    item: str = ""
    amount: Decimal | None = None
    date: str | None = None
    date_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmForm:
    """The page at the door."""

    command_id: UUID
    lines: tuple[CameLine, ...] = ()
    more: tuple[CameLine, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None

    def command(self, units: dict[str, str], weight_unit: str) -> ConfirmDropOff:
        """Return what it asks for. Raises ValidationError at the field."""
        typed = [
            (name, index, line)
            for name, rows in (("lines", self.lines), ("more", self.more))
            for index, line in enumerate(rows)
            if line.came != "no"
        ]
        return ConfirmDropOff(
            command_id=self.command_id,
            came=tuple(line.came for line in self.lines),
            receipt=tuple(_receipt_line(one, units, weight_unit) for one in typed),
            note=self.note,
            occurred_at=self.occurred_at,
        )


def _receipt_line(
    typed: tuple[str, int, CameLine], units: dict[str, str], weight_unit: str
) -> ReceiptLine:
    name, index, line = typed
    if not line.item:
        raise ValidationError(_("Write what came."), f"{name}-{index}-item")
    if line.amount is None:
        raise ValidationError(_("How much came?"), f"{name}-{index}-amount")
    unit = unit_of(units, line.item)
    quantity = base_quantity(line.amount, unit, weight_unit, [name, index, "amount"])
    weighed = unit == GRAM
    return ReceiptLine(
        item=line.item,
        quantity=None if weighed else quantity,
        weight_grams=quantity if weighed else None,
        date=line.date,
        date_kind=line.date_kind,
    )


class CameLineSchema(CommandSchema):
    """A line of the page at the door."""

    makes = CameLine
    came = Choice(("yes", "other", "no"), load_default="yes")
    item = Text(load_default="", max_length=MAX_WHAT)
    amount = Amount(load_default=None)
    date = PackageDate(load_default=None)
    date_kind = Choice(KINDS, load_default=None)


class ConfirmSchema(WriteSchema):
    makes = ConfirmForm
    lines = lines_field(CameLineSchema, load_default=list)
    more = lines_field(CameLineSchema, load_default=list)
    note = Text(load_default="", max_length=2000, multiline=True)


def guess_line(what: str) -> tuple[str, str]:
    """Return what the words "12 kg bread" probably mean: amount and item; no amount is empty."""
    found = _AMOUNT.fullmatch(what.strip())
    return (found["amount"], found["item"]) if found else ("", what.strip())
