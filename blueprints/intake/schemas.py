"""What a delivery at the door looks like, to programs and on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import (
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validates_schema,
)

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
    check_one_place,
    lines_field,
)
from blueprints.words.amounts import Amount, base_quantity, unit_of
from blueprints.words.scan_fields import ScannedText
from depot.base.kinds import DATE_KINDS, SOURCE_KINDS, DateKind, SourceKind
from depot.base.units import BASE_UNITS, MAX_LINES
from depot.imports.amounts import WrittenAmount
from depot.intake.commands.receipts import ReceiveGoods
from depot.intake.receipt_lines import ReceiptLine
from depot.intake.tare import MAX_BOXES, BoxCount

MAX_ID = 2**63 - 1
_BOX = re.compile(r"([0-9]{1,15})x([0-9]{1,4})", re.ASCII)


class BoxSchema(CommandSchema):
    """So many empty boxes, by name or id, on the scale with the goods."""

    makes = BoxCount
    box = NameOrId(required=True)
    count = WholeNumber(load_default=1, most=MAX_BOXES)


class LineSchema(CommandSchema):
    """One line: an item and how many, or a category and its weight in grams.

    With `boxes` the weight is what the scale said with them on it.
    """

    makes = ReceiptLine
    item = NameOrId(load_default=None)
    category = NameOrId(load_default=None)
    quantity = WholeNumber(load_default=None, allow_none=True)
    weight_grams = WholeNumber(load_default=None, allow_none=True)
    boxes = lines_field(BoxSchema, load_default=())
    pack_quantity = WholeNumber(load_default=None, allow_none=True)
    unit = Choice(BASE_UNITS, load_default=None)
    date = Text(load_default=None, allow_none=True, max_length=10)
    date_kind = Choice(DATE_KINDS, load_default=None)
    lot_code = Text(load_default="", max_length=40)
    gtin = Text(
        load_default="",
        max_length=200,
        metadata={"description": "The product's code on it, kept on the lot. Not needed."},
    )
    crate_code = Text(load_default=None, allow_none=True, max_length=200)
    location = Text(load_default=None, allow_none=True)
    scanned = ScannedText(load_default=None, allow_none=True)

    @validates_schema
    def _one_place(self, data: dict[str, Any], **_options: Any) -> None:
        check_one_place(data)


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

    partner = fields.String(metadata={"description": "Only if somebody was named."})
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
    pack_quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationForm:
    """The page's form, before it is a command."""

    command_id: UUID
    source: str
    #: The kind that is being weighed now; none if all are in the lines already.
    what: str | None = None
    weight: int | None = None
    boxes: tuple[BoxCount, ...] = ()
    partner: str | None = None
    source_kind: SourceKind | None = None
    date: str | None = None
    date_kind: DateKind | None = None
    crate_code: str | None = None
    note: str = ""
    lines: tuple[DonationLine, ...] = ()
    #: Kinds that were weighed before, a line each.
    weighed: tuple[ReceiptLine, ...] = ()
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
    pack_quantity = WholeNumber(load_default=None, data_key="pack")

    @pre_load
    def _leave_aside(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """The page notes in its form that nobody has said what a code stands for: no input."""
        return {name: value for name, value in data.items() if name != "is_new"}

    @validates_schema
    def _names_something(self, data: dict[str, Any], **_options: Any) -> None:
        if not data.get("item") and not data.get("scanned"):
            raise ValidationError(_("Write the item, or scan its code."), "item")


class FormBoxSchema(CommandSchema):
    """A box of the page's list; most of them were not used."""

    makes = dict
    box = WholeNumber(required=True, most=MAX_ID)
    count = WholeNumber(load_default=0, least=0, most=MAX_BOXES)


class TareField(fields.Field[tuple[BoxCount, ...]]):
    """Boxes of a line as the page keeps them: 3x2 is two of the box with the number 3."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        found = [_BOX.fullmatch(part) for part in str(value).split()]
        if not all(found) or len(found) > MAX_LINES:
            raise ValidationError(_("Choose one of these."))
        return tuple(BoxCount(box=int(box[1]), count=int(box[2])) for box in found if box)


def donation_schema(weight_unit: str) -> CommandSchema:
    """Return the page's schema for a depot that weighs in `weight_unit`."""

    class Line(FormLineSchema):
        weight_grams = WeightField(load_default=None, data_key="weight", unit=weight_unit)

    class Weighed(CommandSchema):
        makes = ReceiptLine
        category = WholeNumber(required=True, data_key="what", most=MAX_ID)
        weight_grams = WeightField(
            required=True,
            data_key="weight",
            unit=weight_unit,
            error_messages={"required": _("How much does it weigh?")},
        )
        boxes = TareField(load_default=(), data_key="tare")
        date = PackageDate(load_default=None)
        date_kind = Choice(DATE_KINDS, load_default=None)
        crate_code = Text(load_default=None, max_length=200)

    class Donation(WriteSchema):
        makes = DonationForm
        source = Text(required=True, error_messages={"required": _("Who brought it?")})
        what = Text(load_default=None)
        weight = WeightField(load_default=None, unit=weight_unit)
        boxes = lines_field(FormBoxSchema, load_default=())
        partner = Text(load_default=None)
        source_kind = Choice(SOURCE_KINDS, load_default=None)
        date = PackageDate(load_default=None)
        date_kind = Choice(DATE_KINDS, load_default=None)
        crate_code = Text(load_default=None, max_length=200)
        note = Text(load_default="", max_length=2000, multiline=True)
        lines = lines_field(Line, load_default=())
        weighed = lines_field(Weighed, load_default=())
        scan = ScannedText(load_default=None)

        @post_load
        def _make(self, data: dict[str, Any], **_options: Any) -> DonationForm:
            data |= {name: tuple(data[name]) for name in ("lines", "weighed")}
            data["boxes"] = tuple(BoxCount(**box) for box in data["boxes"] if box["count"])
            return DonationForm(**data)

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
    """Return the lines of the page: what was weighed before and now, then items."""
    items = tuple(_item_line(form, row, line, units) for row, line in enumerate(form.lines))
    if form.scan:
        items += (ReceiptLine(scanned=form.scan, crate_code=form.crate_code),)
    found = form.weighed + _weighed_now(form) + items
    if not found and form.what == "items":
        raise ValidationError(_("Write at least one item."), "lines-0-item")
    if not found:
        raise ValidationError(_("What is it?"), "what")
    return found


def _weighed_now(form: DonationForm) -> tuple[ReceiptLine, ...]:
    """Return the kind that is being weighed, if one is."""
    if form.what == "items" or (form.what is None and form.weight is None):
        return ()
    if form.what is None:
        raise ValidationError(_("What is it?"), "what")
    if form.weight is None:
        raise ValidationError(_("How much does it weigh?"), "weight")
    now = ReceiptLine(
        category=picked_id(form.what, "what"),
        weight_grams=form.weight,
        boxes=form.boxes,
        date=form.date,
        date_kind=form.date_kind,
        crate_code=form.crate_code,
    )
    return (now,)


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
        pack_quantity=line.pack_quantity,
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
