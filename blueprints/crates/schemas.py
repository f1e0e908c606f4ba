"""What is said of crates: to programs, and the answers to them. Forms: forms.py beside it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load

from blueprints.frame.answers import GoodsCounted, GoodsSaid, Posted
from blueprints.frame.fields import (
    Choice,
    CommandSchema,
    NameOrId,
    NotedSchema,
    PackageDate,
    Text,
    WholeNumber,
    WriteSchema,
    lines_field,
)
from depot.base.kinds import DATE_KINDS, TAKE_OUT_REASONS, WRITE_OFF_REASONS
from depot.base.units import BASE_UNITS
from depot.counts.commands.counts import Count, CountLine, FoundLine
from depot.crates.commands.blank_crates import MAX_NEW_CRATES, CreateCrates
from depot.crates.commands.crates import RetireCrate
from depot.crates.commands.tags import MAX_TAG_LENGTH, TagCrates
from depot.kernel.goods_lines import GoodsLine
from depot.stock.commands.new_crates import MAX_PACKED_CRATES, PackCrates
from depot.stock.commands.take_out import TakeOut
from depot.stock.commands.transfers import MoveCrate, MoveGoods

MAX_ID = 2**63 - 1
MAX_CODE = 200


class Yes(fields.Boolean):
    """True or false in JSON; in a form the word yes, or nothing."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> bool:
        if value is True or value is False:
            return bool(value)
        if value == "yes":
            return True
        raise ValidationError(_("This must be true or false."))


class AddressedSchema(WriteSchema):
    """A write whose crate is named by the address, under `addressed` of the command."""

    addressed = "crate_code"

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
        return self.makes(**{self.addressed: ""}, **(data | lists))


class CreateCratesSchema(WriteSchema):
    """Blank crates."""

    makes = CreateCrates
    count = WholeNumber(required=True, most=MAX_NEW_CRATES)


class MoveCrateSchema(AddressedSchema, NotedSchema):
    """A crate goes somewhere: a place's name, or another crate's code."""

    makes = MoveCrate
    to = Text(required=True, max_length=MAX_CODE)
    knows_empty = Yes(load_default=False)


class CrateGoodsLineSchema(CommandSchema):
    """So many base units of an item, oldest date first, or of one lot of it."""

    makes = GoodsLine
    item = NameOrId(load_default=None, allow_none=True)
    lot_id = WholeNumber(load_default=None, allow_none=True, most=MAX_ID)
    quantity = WholeNumber(required=True)


class TakeOutSchema(AddressedSchema, NotedSchema):
    """Goods leave a crate; without lines, everything in it."""

    makes = TakeOut
    addressed = "place"
    lines = lines_field(CrateGoodsLineSchema, load_default=None, allow_none=True)
    reason = Choice(TAKE_OUT_REASONS, required=True)
    write_off_reason = Choice(WRITE_OFF_REASONS, load_default=None, allow_none=True)
    event_id = WholeNumber(load_default=None, allow_none=True, most=MAX_ID)


class FillCrateSchema(AddressedSchema, NotedSchema):
    """Goods go into a crate from a place or another crate; without lines, everything there."""

    makes = MoveGoods
    addressed = "target"
    source = Text(required=True, max_length=MAX_CODE)
    lines = lines_field(CrateGoodsLineSchema, load_default=None, allow_none=True)
    expects_empty = Yes(load_default=False)


class CountCrateLineSchema(CommandSchema):
    """So many base units are there; zero is a count."""

    makes = CountLine
    item = NameOrId(load_default=None, allow_none=True)
    lot_id = WholeNumber(load_default=None, allow_none=True, most=MAX_ID)
    counted_quantity = WholeNumber(required=True, least=0)


class FoundInCrateSchema(CommandSchema):
    """Goods found that the book does not have there."""

    makes = FoundLine
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    date = PackageDate(load_default=None, allow_none=True)
    date_kind = Choice(DATE_KINDS, load_default=None, allow_none=True)
    unit = Choice(BASE_UNITS, load_default=None, allow_none=True)
    category = NameOrId(load_default=None, allow_none=True)


class CountCrateSchema(AddressedSchema, NotedSchema):
    """What was counted in a crate; what is left out was not counted."""

    makes = Count
    addressed = "place"
    lines = lines_field(CountCrateLineSchema, load_default=list)
    found = lines_field(FoundInCrateSchema, load_default=list)


class RetireCrateSchema(AddressedSchema):
    """A crate's label is used no more."""

    makes = RetireCrate


class PackCratesSchema(NotedSchema):
    """The same goods go into each of some new crates; without lines, all that lies there into one.

    The source is a place's name or the code of the crate that is split.
    """

    makes = PackCrates
    source = Text(required=True, max_length=MAX_CODE)
    lines = lines_field(CrateGoodsLineSchema, load_default=None, allow_none=True)
    count = WholeNumber(load_default=1, most=MAX_PACKED_CRATES)
    to = Text(load_default=None, allow_none=True, max_length=MAX_CODE)


class TagCratesSchema(CommandSchema):
    """Words are put on crates, or taken off them."""

    makes = TagCrates
    command_id = fields.UUID(required=True)
    crate_codes = fields.List(Text(required=True, max_length=MAX_CODE), required=True)
    add = fields.List(Text(required=True, max_length=MAX_TAG_LENGTH), load_default=list)
    remove = fields.List(Text(required=True, max_length=MAX_TAG_LENGTH), load_default=list)


class CreateCratesAnswer(Schema):
    """The codes of the blank crates."""

    codes = fields.List(fields.String())


class CrateMoveAnswer(Posted):
    """Where the crate stands now; it `stays` there if it was moved on after this had happened."""

    code = fields.String()
    location = fields.String()
    stays = fields.Boolean(metadata={"description": "Only if it does."})


class CrateGoodsAnswer(Posted):
    """What was moved or taken out, by item."""

    crate_code = fields.String(
        allow_none=True, metadata={"description": "Only of what was taken out."}
    )
    event_id = fields.Integer(
        allow_none=True, metadata={"description": "Only of what was taken out."}
    )
    lines = fields.List(fields.Nested(GoodsSaid))


class PackedCratesAnswer(Posted):
    """The codes of the new crates, and what went into all of them."""

    codes = fields.List(fields.String())
    split_from = fields.String(allow_none=True)
    lines = fields.List(fields.Nested(GoodsSaid))


class TaggedCratesAnswer(Schema):
    """The crates, and the words that were put on or taken off."""

    codes = fields.List(fields.String())
    added = fields.List(fields.String())
    removed = fields.List(fields.String())


class CrateCountAnswer(Posted):
    """The answer to a count."""

    crate_code = fields.String(allow_none=True)
    lines = fields.List(fields.Nested(GoodsCounted))


class CrateRetireAnswer(Schema):
    """The crate's state."""

    code = fields.String()
    state = fields.String()


class CrateContentSchema(Schema):
    """So much of one lot in a crate, in base units."""

    item = fields.String()
    item_id = fields.Integer()
    lot = fields.String(metadata={"description": "The lot's own code; often empty."})
    lot_id = fields.Integer()
    quantity = fields.Integer()
    unit = fields.String()
    date = fields.String(metadata={"description": "As on the package: 2027-05-21, 2027-05, 2027."})
    date_kind = fields.String()
    give_out_until = fields.Date(allow_none=True)
    allergens = fields.List(
        fields.String(),
        metadata={"description": "Of what was made here, those of all that went in among them."},
    )
    allergens_known = fields.Boolean(
        metadata={"description": "If not, what is not named may still be in it."}
    )
    diets = fields.List(fields.String())
    held_because = fields.String(
        allow_none=True, metadata={"description": "Why it must not go out; null: it is not held."}
    )


class CrateSchema(Schema):
    """A crate. Its weight counts the crates on it too; what nobody has weighed adds nothing."""

    code = fields.String()
    box_number = fields.String()
    state = fields.String(metadata={"enum": ["blank", "filled", "empty", "retired"]})
    location = fields.String(allow_none=True)
    weight_grams = fields.Integer()
    weight_is_estimated = fields.Boolean()
    contents = fields.List(fields.Nested(CrateContentSchema))
    crates = fields.List(fields.String(), metadata={"description": "Codes of crates on it."})
    tags = fields.List(fields.String(), metadata={"description": "Free words on it."})
