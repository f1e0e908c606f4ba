"""What is typed about items and categories, and what programs are told of items."""

from __future__ import annotations

from base64 import b64decode
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load, validate

from blueprints.frame.editor import EditSchema, Name
from blueprints.frame.fields import (
    MAX_NOTE,
    ChangeSchema,
    Choice,
    CommandSchema,
    NameOrId,
    Text,
    ToldSchema,
    WholeNumber,
    read_amount,
)
from blueprints.frame.guards import actor
from blueprints.frame.language import known_language
from blueprints.frame.web import LARGEST_ID
from blueprints.words.amounts import small_milligrams
from blueprints.words.photos.sent import made_small
from depot.base.allergens import ALLERGENS, DIETS, MAX_DIET, MAX_DIETS, clean_diets, sort_allergens
from depot.base.dates import LIFE_UNITS, ShelfLife
from depot.base.units import BASE_UNITS, MILLILITRE
from depot.items.commands.categories import SaveCategory
from depot.items.commands.items import ChangeItem, NameIn, SaveItem
from depot.items.commands.photos import KeepPhoto, RemovePhoto
from depot.kernel.once import need_coordinator

_LIFE: Final = ("shelf_life_amount", "shelf_life_unit")


class UnitWeight(fields.Field[int]):
    """What one weighs: a bare number is in grams or ounces; loaded as milligrams."""

    def __init__(self, *, weight_unit: str, **kw: Any) -> None:
        super().__init__(**kw)
        self.weight_unit = weight_unit

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int:
        return small_milligrams(read_amount(value), self.weight_unit)


class AllergenSchema(Schema):
    """One ticked allergen of an item's form."""

    code = Choice(tuple(ALLERGENS), required=True)


class DietSchema(Schema):
    """One ticked diet of an item's form."""

    code = Choice(tuple(DIETS), required=True)


class NameSchema(Schema):
    """What an item is called in one more language."""

    language = fields.String(required=True)
    name = Text(load_default="")

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> NameIn:
        language = known_language(data["language"])
        if not language:
            raise ValidationError(_("That language is not known here."), "language")
        return NameIn(language, data["name"])


def item_schema(weight_unit: str) -> CommandSchema:
    """Return the schema of an item's form for a depot that weighs in `weight_unit`."""

    class Item(ToldSchema, EditSchema):
        makes = SaveItem
        note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
        category = WholeNumber(required=True, most=LARGEST_ID)
        base_unit = Choice(BASE_UNITS, required=True)
        unit_weight_milligrams = UnitWeight(
            load_default=None, data_key="unit_weight", weight_unit=weight_unit
        )
        item_id = fields.Integer(load_default=None)
        allergens = fields.List(fields.Nested(AllergenSchema), load_default=list)
        allergens_known = fields.Boolean(load_default=False)
        diets = fields.List(fields.Nested(DietSchema), load_default=list)
        own_diets = Text(load_default="", max_length=MAX_NOTE)
        shelf_life_amount = WholeNumber(load_default=0, least=0)
        shelf_life_unit = Choice(("", *LIFE_UNITS), load_default="")
        shelf_life_source = Text(load_default="")
        names = fields.List(fields.Nested(NameSchema), load_default=list)

        @post_load
        def _make(self, data: dict[str, Any], **_options: Any) -> SaveItem:
            names = tuple(data.pop("names"))
            return SaveItem(**_with_food(_with_life(_per_base_unit(data))), names=names)

    return Item(form=True)


def _per_base_unit(data: dict[str, Any]) -> dict[str, Any]:
    """A liquid's weight is typed for a litre, and grams of a litre are milligrams of a millilitre.

    Rounded to whole milligrams; a liquid lighter than half a gram a litre has no weight here.
    """
    stated = data["unit_weight_milligrams"]
    if stated is None or data["base_unit"] != MILLILITRE:
        return data
    return data | {"unit_weight_milligrams": (stated + 500) // 1000 or None}


def _with_food(data: dict[str, Any]) -> dict[str, Any]:
    """Put what is ticked and what is written together."""
    own = data.pop("own_diets").split(",")
    return data | {
        "allergens": sort_allergens(row["code"] for row in data["allergens"]),
        "diets": clean_diets([*(row["code"] for row in data["diets"]), *own]),
    }


def _with_life(data: dict[str, Any]) -> dict[str, Any]:
    """Put amount and unit together; without a unit it is as the category's."""
    amount, unit = data["shelf_life_amount"], data["shelf_life_unit"]
    rest = {key: value for key, value in data.items() if key not in _LIFE}
    # "never" has no amount: what stands in its field is left over from another unit
    life = ShelfLife(0 if unit == "never" else amount, unit) if unit else None
    return rest | {"shelf_life": life}


def category_schema(weight_unit: str) -> CommandSchema:
    """Return the schema of a category's form for a depot that weighs in `weight_unit`."""

    class Category(ToldSchema, EditSchema):
        makes = SaveCategory
        name = Name(max_length=100)
        note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
        position = WholeNumber(load_default=None, least=0, most=100_000)
        shelf_life_amount = WholeNumber(load_default=0, least=0)
        shelf_life_unit = Choice(LIFE_UNITS, load_default="day")
        shelf_life_source = Text(load_default="")
        average_unit_milligrams = UnitWeight(
            load_default=None, data_key="average_unit_weight", weight_unit=weight_unit
        )
        is_food = fields.Boolean(load_default=False)
        category_id = fields.Integer(load_default=None)

        @post_load
        def _make(self, data: dict[str, Any], **_options: Any) -> SaveCategory:
            return SaveCategory(**_with_life(data))

    return Category(form=True)


class ShelfLifeSchema(CommandSchema):
    """How long after best before it may be given out; `never` has the amount 0."""

    makes = ShelfLife
    amount = WholeNumber(required=True, least=0)
    unit = Choice(LIFE_UNITS, required=True)


class ItemNames(fields.Dict):
    """What an item is called in other languages; an empty name takes one away."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        read: Any = super()._deserialize
        told: dict[str, str] = read(value, attr, data, **kw)
        found = {known_language(language): name for language, name in told.items()}
        if len(found) < len(told) or "" in found:
            raise ValidationError(_("That language is not known here."))
        return [NameIn(language, name) for language, name in sorted(found.items())]


class _ItemFields(Schema):
    """What programs say of an item; weights are of one base unit."""

    note = Text(max_length=MAX_NOTE, multiline=True)
    unit_weight_milligrams = WholeNumber(allow_none=True)
    allergens = fields.List(Choice(tuple(ALLERGENS)))
    allergens_known = fields.Boolean()
    diets = fields.List(Text(max_length=MAX_DIET), validate=validate.Length(max=MAX_DIETS))
    shelf_life = fields.Nested(ShelfLifeSchema, allow_none=True)
    shelf_life_source = Text()
    archived = fields.Boolean()
    names = ItemNames(keys=fields.String(), values=Text())


class NewItemSchema(_ItemFields, CommandSchema):
    """A new item."""

    makes = SaveItem
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    category = NameOrId(required=True)
    unit = Choice(BASE_UNITS, required=True, attribute="base_unit")


class ItemChangeSchema(_ItemFields, ToldSchema, ChangeSchema):
    """What is to be another about an item; what is not said stays as it is."""

    makes = ChangeItem
    name = Text()
    category = NameOrId()
    unit = Choice(BASE_UNITS, attribute="base_unit")


class PhotoData(fields.String):
    """A photo as a page sends it, in bytes, or a program, in base64; loaded made small."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        need_coordinator(actor())  # before a photo is unpacked
        return made_small(value if isinstance(value, bytes) else _decoded(value))


def _decoded(value: object) -> bytes:
    try:
        return b64decode(value if isinstance(value, str) else "", validate=True)
    except ValueError:
        return b""


class RemovePhotoSchema(CommandSchema):
    """An item has no photo any more."""

    makes = RemovePhoto
    command_id = fields.UUID(required=True)


class KeepPhotoSchema(CommandSchema):
    """A photo by which an item is known."""

    makes = KeepPhoto
    command_id = fields.UUID(required=True)
    photo = PhotoData(
        required=True,
        metadata={
            "format": "byte",
            "description": "A JPEG, PNG or WebP in base64, under a megabyte as any body. It is"
            " turned upright, made small and drawn anew: nothing else of the file is kept.",
        },
    )

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> KeepPhoto:
        small = data.pop("photo")
        return KeepPhoto(**data, picture=small.picture, thumb=small.thumb)


class ItemShownAnswer(Schema):
    """An item, and the SHA-256 that its photo is known by; empty without one."""

    item_id = fields.Integer()
    digest = fields.String()


class PhotoAnswer(ItemShownAnswer):
    """An item's photo and the square of its middle, two JPEGs in base64."""

    picture = fields.String(metadata={"format": "byte"})
    thumb = fields.String(metadata={"format": "byte"})


class ItemRow(Schema):
    """An item."""

    id = fields.Integer()
    name = fields.String()
    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "What it is called in other languages; it is found by each."},
    )
    category_id = fields.Integer()
    category = fields.String()
    unit = fields.String()
    unit_weight_grams = fields.Float(
        allow_none=True, metadata={"description": "What one base unit weighs, if it is known."}
    )
    allergens = fields.List(
        fields.String(),
        metadata={"description": "What it is known to contain; empty where nobody said."},
    )
    allergens_known = fields.Boolean(
        metadata={
            "description": "Somebody looked for all fourteen: what is not named is not in it."
            " Of what is made here, its stock and its crates tell."
        },
    )
    diets = fields.List(
        fields.String(),
        metadata={
            "description": "Diets it is for: halal, kosher, vegetarian, vegan, gluten-free, and the"
            " depot's own words."
        },
    )
    is_loose = fields.Boolean()
    archived = fields.Boolean()
    note = fields.String()


class ItemLifeAnswer(Schema):
    """How long after best before something may be given out."""

    amount = fields.Integer()
    unit = fields.String()


class ItemAnswer(ItemRow):
    """An item, its weight in whole milligrams, and how long it may be given out.

    `shelf_life` null: as its category.
    """

    unit_weight_milligrams = fields.Integer(allow_none=True)

    shelf_life = fields.Nested(ItemLifeAnswer, allow_none=True)
    shelf_life_source = fields.String()
    photo = fields.String(
        allow_none=True, metadata={"description": "Where its photo is told; null without one."}
    )


class ItemsAnswer(Schema):
    """A page of items."""

    items = fields.List(fields.Nested(ItemRow))
    next = fields.Integer(allow_none=True)
