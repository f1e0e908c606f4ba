"""What was cooked or packed, as programs say it and as the page does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from blueprints.frame.answers import GoodsSaid, Posted
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    NameOrId,
    PackageDate,
    Text,
    WholeNumber,
    WriteSchema,
    lines_field,
)
from blueprints.words.amounts import Amount, base_quantity, unit_of
from depot.base.kinds import DATE_KINDS, DateKind
from depot.base.names import name_key
from depot.base.units import BASE_UNITS
from depot.production.commands import ProduceGoods, ProductionInput, ProductionOutput


class ProductionInputSchema(CommandSchema):
    """What went in: base units of an item, from anywhere, or one place, crate or lot."""

    makes = ProductionInput
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    location = Text(load_default=None, allow_none=True)
    crate_code = Text(load_default=None, allow_none=True, max_length=200)
    lot_id = WholeNumber(load_default=None, allow_none=True, most=2**63 - 1)

    @validates_schema
    def _one_place(self, data: dict[str, Any], **_options: Any) -> None:
        check_one_place(data)


class ProductionOutputSchema(CommandSchema):
    """What came out; an item not known yet is made, with that unit and category."""

    makes = ProductionOutput
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    unit = Choice(BASE_UNITS, load_default=None)
    category = NameOrId(load_default=None)
    date = Text(load_default=None, allow_none=True, max_length=10)
    date_kind = Choice(DATE_KINDS, load_default=None)
    crate_code = Text(load_default=None, allow_none=True, max_length=200)
    location = Text(load_default=None, allow_none=True)

    @validates_schema
    def _one_place(self, data: dict[str, Any], **_options: Any) -> None:
        check_one_place(data)


def check_one_place(data: Mapping[str, Any]) -> None:
    """Raise ValidationError if both a crate and a place are named."""
    if data.get("crate_code") and data.get("location"):
        raise ValidationError(_("Name a crate or a place, not both."), "location")


class ProductionSchema(WriteSchema):
    """Inputs are used up oldest date first, outputs are made, in one entry."""

    makes = ProduceGoods
    inputs = lines_field(ProductionInputSchema, required=True)
    outputs = lines_field(ProductionOutputSchema, required=True)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class ProductionAnswer(Posted):
    """The answer to a production."""

    inputs = fields.List(fields.Nested(GoodsSaid))
    outputs = fields.List(fields.Nested(GoodsSaid))


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFormLine:
    """What went in, as typed on the page; `place` is a place's name or a crate's code."""

    item: str
    amount: Decimal
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFormLine:
    """What came out, as typed on the page."""

    item: str
    amount: Decimal
    unit: str | None = None
    category: str | None = None
    date: str | None = None
    date_kind: DateKind | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionForm:
    """The page's form, before it is a command."""

    command_id: UUID
    inputs: tuple[InputFormLine, ...] = ()
    outputs: tuple[OutputFormLine, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


def production_form() -> CommandSchema:
    """Return the schema of the page "Cook or pack"."""

    class Used(CommandSchema):
        makes = InputFormLine
        item = Text(required=True, error_messages={"required": _("Which item?")})
        amount = Amount(required=True, error_messages={"required": _("How much?")})
        place = Text(load_default=None, max_length=200)

    class Made(Used):
        makes = OutputFormLine  # type: ignore[assignment]  # its own kind of line
        unit = Choice(BASE_UNITS, load_default=None)
        category = Text(load_default=None)
        date = PackageDate(load_default=None)
        date_kind = Choice(DATE_KINDS, load_default=None)

    class Kitchen(WriteSchema):
        makes = ProductionForm
        inputs = lines_field(Used, load_default=list)
        outputs = lines_field(Made, load_default=list)
        note = Text(load_default="", max_length=MAX_NOTE, multiline=True)

    return Kitchen(form=True)


def production_command(
    form: ProductionForm, units: Mapping[str, str], weight_unit: str
) -> ProduceGoods:
    """Turn the page's amounts into base units. Raises ValidationError at the field."""
    if not form.inputs:
        raise ValidationError(_("What went in?"), "inputs-0-item")
    if not form.outputs:
        raise ValidationError(_("What came out?"), "outputs-0-item")
    return ProduceGoods(
        command_id=form.command_id,
        inputs=tuple(_used(form.inputs, units, weight_unit)),
        outputs=tuple(_made(form.outputs, units, weight_unit)),
        note=form.note,
        occurred_at=form.occurred_at,
    )


def _used(
    rows: Sequence[InputFormLine], units: Mapping[str, str], weight_unit: str
) -> list[ProductionInput]:
    return [
        ProductionInput(
            item=row.item,
            quantity=base_quantity(
                row.amount, unit_of(units, row.item), weight_unit, ["inputs", index, "amount"]
            ),
            location=row.place,
        )
        for index, row in enumerate(rows)
    ]


def _made(
    rows: Sequence[OutputFormLine], units: Mapping[str, str], weight_unit: str
) -> list[ProductionOutput]:
    made: list[ProductionOutput] = []
    for index, row in enumerate(rows):
        unit = units.get(name_key(row.item)) or row.unit or unit_of(units, row.item)
        where = ["outputs", index, "amount"]
        made.append(
            ProductionOutput(
                item=row.item,
                quantity=base_quantity(row.amount, unit, weight_unit, where),
                unit=unit,
                category=row.category,
                date=row.date,
                date_kind=row.date_kind,
                location=row.place,
            )
        )
    return made
