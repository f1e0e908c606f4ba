"""What is typed on the pages of cooking and packing, before it is a command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.frame.editor import EditSchema
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    PackageDate,
    Text,
    ToldSchema,
    WholeNumber,
    WriteSchema,
    lines_field,
)
from blueprints.frame.web import reader
from blueprints.words.amounts import Amount, base_quantity, unit_of
from depot.base.kinds import DATE_KINDS, DateKind
from depot.base.names import name_key
from depot.base.units import BASE_UNITS
from depot.imports.amounts import WrittenAmount
from depot.items.queries import catalog
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    ProductionWaste,
)
from depot.production.commands.recipes import RecipeInput, RecipeOutput, SaveRecipe
from depot.production.commands.taking_apart import TakeApart


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFormLine:
    """What went in, as typed on the page; `place` is a place's name or a crate's code."""

    item: str
    amount: WrittenAmount
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsFormLine:
    """An item and how much of it, as typed: what was lost, or what goes into a recipe."""

    item: str
    amount: WrittenAmount


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFormLine:
    """What came out, as typed on the page."""

    item: str
    amount: WrittenAmount
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
    waste: tuple[GoodsFormLine, ...] = ()
    recipe: int | None = None
    times: int = 1
    note: str = ""
    occurred_at: datetime | None = None


def unit_choices(weight_unit: str) -> list[tuple[str, str]]:
    """Return the units a new item may have, besides pieces, which is what is meant by nothing."""
    return [
        ("gram", _("pounds") if weight_unit == "lb" else _("kilograms")),
        ("millilitre", _("litres")),
    ]


def goods_choices() -> dict[str, Any]:
    """Return what the form of a recipe or a parcel offers: items, categories, units."""
    session, who = reader()
    items = catalog.item_names(session, who.depot_id, with_loose=True)
    return {
        "items": [one.name for one in items],
        "categories": [(one.name, one.name) for one in catalog.categories(session, who.depot_id)],
        "units": unit_choices(who.depot.weight_unit),
        "unit": who.depot.weight_unit,
    }


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

    class Wasted(CommandSchema):
        makes = GoodsFormLine
        item = Text(required=True, error_messages={"required": _("Which item?")})
        amount = Amount(required=True, error_messages={"required": _("How much?")})

    class Kitchen(WriteSchema):
        makes = ProductionForm
        recipe = WholeNumber(load_default=None)
        times = WholeNumber(load_default=1)
        waste = lines_field(Wasted, load_default=list)
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
        recipe=form.recipe,
        times=form.times,
        waste=tuple(_wasted(form.waste, units, weight_unit)),
        note=form.note,
        occurred_at=form.occurred_at,
    )


def _used(
    rows: Sequence[InputFormLine], units: Mapping[str, str], weight_unit: str
) -> list[ProductionInput]:
    used: list[ProductionInput] = []
    for index, row in enumerate(rows):
        unit, where = unit_of(units, row.item, row.amount), ["inputs", index, "amount"]
        quantity = base_quantity(row.amount, unit, weight_unit, where)
        used.append(ProductionInput(item=row.item, quantity=quantity, location=row.place))
    return used


def _made(
    rows: Sequence[OutputFormLine], units: Mapping[str, str], weight_unit: str
) -> list[ProductionOutput]:
    made: list[ProductionOutput] = []
    for index, row in enumerate(rows):
        unit = units.get(name_key(row.item)) or row.unit or unit_of(units, row.item, row.amount)
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


def _wasted(
    rows: Sequence[GoodsFormLine], units: Mapping[str, str], weight_unit: str
) -> list[ProductionWaste]:
    wasted: list[ProductionWaste] = []
    for index, row in enumerate(rows):
        unit, where = unit_of(units, row.item, row.amount), ["waste", index, "amount"]
        quantity = base_quantity(row.amount, unit, weight_unit, where)
        wasted.append(ProductionWaste(item=row.item, quantity=quantity))
    return wasted


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeFormLine:
    """What goes in, as typed in a recipe's form; unit and category are of a new item."""

    item: str
    amount: WrittenAmount
    unit: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeOutputFormLine(RecipeFormLine):
    """What comes out, as typed in a recipe's form."""

    keeps_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeForm:
    """A recipe's form, before it is a command."""

    command_id: UUID
    name: str
    archived: bool = False
    recipe_id: int | None = None
    inputs: tuple[RecipeFormLine, ...] = ()
    outputs: tuple[RecipeOutputFormLine, ...] = ()


def recipe_form() -> CommandSchema:
    """Return the schema of a recipe's form."""

    class GoesIn(CommandSchema):
        makes = RecipeFormLine
        item = Text(required=True, error_messages={"required": _("Which item?")})
        amount = Amount(required=True, error_messages={"required": _("How much?")})
        unit = Choice(BASE_UNITS, load_default=None)
        category = Text(load_default=None)

    class ComesOut(GoesIn):
        makes = RecipeOutputFormLine
        keeps_days = WholeNumber(load_default=None)

    class Edited(ToldSchema, EditSchema):
        makes = RecipeForm
        recipe_id = fields.Integer(load_default=None)
        inputs = lines_field(GoesIn, load_default=list)
        outputs = lines_field(ComesOut, load_default=list)

    return Edited(form=True)


def recipe_command(form: RecipeForm, units: Mapping[str, str], weight_unit: str) -> SaveRecipe:
    """Turn the form's amounts into base units. Raises ValidationError at the field."""
    if not form.inputs:
        raise ValidationError(_("What goes in?"), "inputs-0-item")
    if not form.outputs:
        raise ValidationError(_("What comes out?"), "outputs-0-item")
    return SaveRecipe(
        command_id=form.command_id,
        name=form.name,
        archived=form.archived,
        recipe_id=form.recipe_id,
        must_be_new=form.recipe_id is None,
        inputs=tuple(
            RecipeInput(item=row.item, category=row.category, **amount)
            for row, amount in zip(
                form.inputs, _planned("inputs", form.inputs, units, weight_unit), strict=True
            )
        ),
        outputs=tuple(
            RecipeOutput(item=row.item, category=row.category, keeps_days=row.keeps_days, **amount)
            for row, amount in zip(
                form.outputs, _planned("outputs", form.outputs, units, weight_unit), strict=True
            )
        ),
    )


def _planned(
    side: str, rows: Sequence[RecipeFormLine], units: Mapping[str, str], weight_unit: str
) -> Iterator[dict[str, Any]]:
    """Yield how much of each line, and for an item that is said to be new, its unit."""
    for index, row in enumerate(rows):
        known = units.get(name_key(row.item))
        unit = known or row.unit or unit_of(units, row.item, row.amount)
        quantity = base_quantity(row.amount, unit, weight_unit, [side, index, "amount"])
        is_new = known is None and (row.unit or row.category)
        yield {"quantity": quantity, "unit": unit if is_new else None}


class TakeApartSchema(WriteSchema):
    """Taking apart; the entry is in the address."""

    makes = TakeApart
    entry_id = fields.Integer(required=True)
    location = Text(load_default=None, max_length=200)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
