"""What a delivery at the door looks like, to programs and on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from blueprints.frame.answers import GoodsSaid, Posted
from blueprints.frame.fields import (
    Choice,
    CommandSchema,
    NameOrId,
    PackageDate,
    Text,
    WeightField,
    WholeNumber,
    WriteSchema,
    lines_field,
)
from blueprints.words.amounts import Amount, base_quantity, unit_of
from blueprints.words.scan_fields import ScannedText
from depot.base.kinds import DATE_KINDS, SOURCE_KINDS, DateKind, SourceKind
from depot.base.units import BASE_UNITS
from depot.imports.amounts import WrittenAmount
from depot.intake.commands.receipts import ReceiveGoods
from depot.intake.receipt_lines import ReceiptLine


class LineSchema(CommandSchema):
    """One line: an item and how many, or a category and its weight in grams."""

    makes = ReceiptLine
    item = NameOrId(load_default=None)
    category = NameOrId(load_default=None)
    quantity = WholeNumber(load_default=None, allow_none=True)
    weight_grams = WholeNumber(load_default=None, allow_none=True)
    unit = Choice(BASE_UNITS, load_default=None)
    date = Text(load_default=None, allow_none=True, max_length=10)
    date_kind = Choice(DATE_KINDS, load_default=None)
    lot_code = Text(load_default="", max_length=40)
    crate_code = Text(load_default=None, allow_none=True, max_length=200)
    location = Text(load_default=None, allow_none=True)
    scanned = ScannedText(load_default=None, allow_none=True)

    @validates_schema
    def _one_place(self, data: dict[str, Any], **_options: Any) -> None:
        if data.get("crate_code") and data.get("location"):
            raise ValidationError(_("Name a crate or a place, not both."), "location")


class SourceSchema(Schema):
    """Where it came from."""

    kind = Choice(SOURCE_KINDS, required=True)
    partner = NameOrId(load_default=None, allow_none=True)


class ReceiptSchema(WriteSchema):
    """A delivery, as programs send it."""

    makes = ReceiveGoods
    source = fields.Nested(SourceSchema, required=True)
    note = Text(load_default="", max_length=2000, multiline=True)
    lines = lines_field(LineSchema, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> ReceiveGoods:
        source = data.pop("source")
        data["lines"] = tuple(data["lines"])
        return ReceiveGoods(source_kind=source["kind"], partner=source["partner"], **data)


class ReceiptAnswer(Posted):
    """The answer to a delivery."""

    lines = fields.List(fields.Nested(GoodsSaid))


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationLine:
    """A line of the page: an item, or a code for it, and how much as it was written."""

    item: str | None = None
    amount: WrittenAmount | None = None
    weight_grams: int | None = None
    date: str | None = None
    date_kind: DateKind | None = None
    lot_code: str = ""
    scanned: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationForm:
    """The page's form, before it is a command."""

    command_id: UUID
    source: str
    what: str
    weight: int | None = None
    partner: str | None = None
    source_kind: SourceKind | None = None
    date: str | None = None
    date_kind: DateKind | None = None
    crate_code: str | None = None
    note: str = ""
    lines: tuple[DonationLine, ...] = ()
    #: A code that was scanned last, and not looked up: a line of its own.
    scan: str | None = None
    occurred_at: datetime | None = None


class FormLineSchema(CommandSchema):
    """A line of the page: counted, or weighed, or both."""

    makes = DonationLine
    item = Text(load_default=None)
    amount = Amount(load_default=None, data_key="quantity")
    date = PackageDate(load_default=None)
    date_kind = Choice(DATE_KINDS, load_default=None)
    lot_code = Text(load_default="", max_length=40)
    scanned = ScannedText(load_default=None)

    @validates_schema
    def _names_something(self, data: dict[str, Any], **_options: Any) -> None:
        if not data.get("item") and not data.get("scanned"):
            raise ValidationError(_("Write the item, or scan its code."), "item")


def donation_schema(weight_unit: str) -> CommandSchema:
    """Return the page's schema for a depot that weighs in `weight_unit`."""

    class Line(FormLineSchema):
        weight_grams = WeightField(load_default=None, data_key="weight", unit=weight_unit)

    class Donation(WriteSchema):
        makes = DonationForm
        source = Text(required=True, error_messages={"required": _("Who brought it?")})
        what = Text(required=True, error_messages={"required": _("What is it?")})
        weight = WeightField(load_default=None, unit=weight_unit)
        partner = Text(load_default=None)
        source_kind = Choice(SOURCE_KINDS, load_default=None)
        date = PackageDate(load_default=None)
        date_kind = Choice(DATE_KINDS, load_default=None)
        crate_code = Text(load_default=None, max_length=200)
        note = Text(load_default="", max_length=2000, multiline=True)
        lines = lines_field(Line, load_default=())
        scan = ScannedText(load_default=None)

    return Donation(form=True)


def receipt_command(form: DonationForm, units: DoorUnits) -> ReceiveGoods:
    """Turn the page's picks and amounts into a delivery. Raises ValidationError at the field."""
    return ReceiveGoods(
        command_id=form.command_id,
        source_kind=form.source_kind if form.source == "new" else _kind_of(form.source),
        partner=_partner_of(form),
        lines=form_lines(form, units),
        note=form.note,
        occurred_at=form.occurred_at,
    )


def _kind_of(source: str) -> SourceKind | None:
    return "donation" if source == "anyone" else None


def _partner_of(form: DonationForm) -> int | str | None:
    if form.source == "anyone":
        return None
    if form.source == "new":
        if not form.partner:
            raise ValidationError(_("Write who brought it."), "partner")
        return form.partner
    return picked_id(form.source, "source")


def picked_id(text: str, field: str) -> int:
    """Return the id a pick button sent. Raises ValidationError for anything else."""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ValidationError(_("Choose one of these."), field)
    return int(text)


def form_lines(form: DonationForm, units: DoorUnits) -> tuple[ReceiptLine, ...]:
    """Return the lines of the page: weighed loose goods, or items."""
    if form.what == "items":
        found = [_item_line(form, row, line, units) for row, line in enumerate(form.lines)]
        if form.scan:
            found.append(ReceiptLine(scanned=form.scan, crate_code=form.crate_code))
        if not found:
            raise ValidationError(_("Write at least one item."), "lines-0-item")
        return tuple(found)
    if form.weight is None:
        raise ValidationError(_("How much does it weigh?"), "weight")
    return (
        ReceiptLine(
            category=picked_id(form.what, "what"),
            weight_grams=form.weight,
            date=form.date,
            date_kind=form.date_kind,
            crate_code=form.crate_code,
        ),
    )


def _item_line(form: DonationForm, row: int, line: DonationLine, units: DoorUnits) -> ReceiptLine:
    quantity = unit = None
    if line.amount is not None:
        unit = units.unit_of(line)
        where = ["lines", row, "quantity"]
        quantity = base_quantity(line.amount, unit, units.weight_unit, where)
    return ReceiptLine(
        item=line.item,
        quantity=quantity,
        unit=unit,
        weight_grams=line.weight_grams,
        date=line.date,
        date_kind=line.date_kind,
        lot_code=line.lot_code,
        crate_code=form.crate_code,
        scanned=line.scanned,
    )


@dataclass(frozen=True, slots=True)
class DoorUnits:
    """What items are counted in at the door: by name, else by what the code on them stands for."""

    weight_unit: str
    by_item: Mapping[str, str]
    of_code: Callable[[str], str | None]

    def unit_of(self, line: DonationLine) -> str:
        """Return the base unit of a line's item; of a new one, what was written with its number."""
        if not line.item and line.scanned and (known := self.of_code(line.scanned)):
            return known
        return unit_of(self.by_item, line.item or "", line.amount)
