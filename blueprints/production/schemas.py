"""What was cooked or packed, as programs say it and as the page does."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validates_schema

from blueprints.frame.answers import GoodsSaid, Posted
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    NameOrId,
    Text,
    ToldSchema,
    WholeNumber,
    WriteSchema,
    check_one_place,
    lines_field,
)
from depot.base.kinds import DATE_KINDS
from depot.base.units import BASE_UNITS
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    ProductionWaste,
)
from depot.production.commands.recipes import RecipeInput, RecipeOutput, SaveRecipe


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


class ProductionWasteSchema(CommandSchema):
    """What was lost of what went in; of what came out, what was made and lost besides."""

    makes = ProductionWaste
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)


class ProductionSchema(WriteSchema):
    """Inputs are used up oldest date first, outputs are made, in one entry.

    With a recipe, inputs and outputs that are not said are as its newest version plans them.
    """

    makes = ProduceGoods
    recipe = NameOrId(load_default=None, allow_none=True)
    times = WholeNumber(load_default=1)
    inputs = lines_field(ProductionInputSchema, load_default=list)
    outputs = lines_field(ProductionOutputSchema, load_default=list)
    waste = lines_field(ProductionWasteSchema, load_default=list)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class ProductionAnswer(Posted):
    """The answer to a production."""

    inputs = fields.List(fields.Nested(GoodsSaid))
    outputs = fields.List(fields.Nested(GoodsSaid))
    waste = fields.List(
        fields.Nested(GoodsSaid), metadata={"description": "Only if something was wasted."}
    )
    recipe_id = fields.Integer(metadata={"description": "Only if it was made by a recipe."})
    recipe_version = fields.Integer(metadata={"description": "Only if it was made by a recipe."})


class RecipeInputSchema(CommandSchema):
    """What goes in when it is made once; a new item is made with that unit or category."""

    makes = RecipeInput
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    unit = Choice(BASE_UNITS, load_default=None)
    category = NameOrId(load_default=None)


class RecipeOutputSchema(CommandSchema):
    """What comes out when it is made once, and for how many days it can be used."""

    makes = RecipeOutput
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    keeps_days = WholeNumber(load_default=None, allow_none=True)
    unit = Choice(BASE_UNITS, load_default=None)
    category = NameOrId(load_default=None)


class RecipeSchema(ToldSchema):
    """A recipe; the name of a known one makes its next version."""

    makes = SaveRecipe
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    inputs = lines_field(RecipeInputSchema, required=True)
    outputs = lines_field(RecipeOutputSchema, required=True)


class RecipeSaved(Schema):
    """The recipe's id and its newest version."""

    id = fields.Integer()
    name = fields.String()
    version = fields.Integer()


class RecipeGoodsSaid(Schema):
    """A line of a recipe."""

    item_id = fields.Integer()
    item = fields.String()
    quantity = fields.Integer()
    unit = fields.String()
    keeps_days = fields.Integer(allow_none=True)


class RecipeSaid(Schema):
    """A recipe in its newest version."""

    id = fields.Integer()
    name = fields.String()
    version = fields.Integer()
    archived = fields.Boolean()
    inputs = fields.List(fields.Nested(RecipeGoodsSaid))
    outputs = fields.List(fields.Nested(RecipeGoodsSaid))


class RecipesAnswer(Schema):
    """A page of recipes."""

    recipes = fields.List(fields.Nested(RecipeSaid))
    next = fields.Integer(allow_none=True)
