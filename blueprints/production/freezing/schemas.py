"""What is typed and sent about freezing and thawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields

from blueprints.frame.answers import Posted
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    NameOrId,
    PackageDate,
    Text,
    ToldSchema,
    WholeNumber,
    WriteSchema,
)
from blueprints.words.amounts import Amount, base_quantity
from depot.base.dates import ShelfLife
from depot.imports.amounts import WrittenAmount
from depot.production.commands.freezing import ChangeState, FreezeGoods, ThawGoods
from depot.production.commands.frozen_lives import SaveFrozenLife
from depot.production.frozen_lives import MOST_THAWED_DAYS

#: The units in which the table is written.
UNITS = ("day", "month", "year")


class _StateSchema(WriteSchema):
    """Base units of a lot, all of it without a quantity; it stays where it lies, or goes `to`."""

    lot_id = WholeNumber(required=True, most=2**63 - 1)
    quantity = WholeNumber(load_default=None, allow_none=True)
    at = Text(load_default=None, allow_none=True, max_length=200)
    to = Text(load_default=None, allow_none=True, max_length=200)
    date = Text(load_default=None, allow_none=True, max_length=10)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class FreezingSchema(_StateSchema):
    """Goods are frozen, before their use-by date."""

    makes = FreezeGoods


class ThawingSchema(_StateSchema):
    """Goods are thawed, to be used soon."""

    makes = ThawGoods


class ChangedAnswer(Posted):
    """The lot that the goods are now."""

    lot_id = fields.Integer()
    item_id = fields.Integer()
    item = fields.String()
    quantity = fields.Integer()
    unit = fields.String()
    date = fields.String()
    date_kind = fields.String()


class FrozenLifeSchema(ToldSchema):
    """How long an item or a category keeps once frozen; without `frozen` it is taken off."""

    makes = SaveFrozenLife
    command_id = fields.UUID(required=True)
    item = NameOrId(load_default=None, allow_none=True)
    category = NameOrId(load_default=None, allow_none=True)
    frozen = fields.Nested(lambda: LifeSchema(), load_default=None, allow_none=True)
    thawed_days = WholeNumber(load_default=None, least=0, most=MOST_THAWED_DAYS, allow_none=True)
    source = Text(load_default="")


class LifeSchema(CommandSchema):
    """So many days, months or years."""

    makes = ShelfLife
    amount = WholeNumber(required=True)
    unit = Choice(UNITS, required=True)


class FrozenLifeSaved(Schema):
    """Of what the table says so now."""

    name = fields.String()


class LifeAnswer(Schema):
    """So many days or months."""

    amount = fields.Integer()
    unit = fields.String()


class FrozenLifeAnswer(Schema):
    """A line of the table."""

    id = fields.Integer()
    name = fields.String()
    item_id = fields.Integer(allow_none=True)
    category_id = fields.Integer(allow_none=True)
    frozen = fields.Nested(LifeAnswer)
    thawed_days = fields.Integer(allow_none=True)
    source = fields.String()


class FrozenLivesAnswer(Schema):
    """The whole table."""

    frozen_lives = fields.List(fields.Nested(FrozenLifeAnswer))
    next = fields.Integer(allow_none=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateForm:
    """The page's form, before it is a command; the lot and what is done stand in the address."""

    command_id: UUID
    amount: WrittenAmount | None = None
    at: str | None = None
    to: str | None = None
    date: str | None = None
    note: str = ""
    occurred_at: Any = None


def state_form() -> CommandSchema:
    """Return the schema of the pages "Freeze" and "Thaw"."""

    class Typed(WriteSchema):
        makes = StateForm
        amount = Amount(load_default=None)
        at = Text(load_default=None, max_length=200)
        to = Text(load_default=None, max_length=200)
        date = PackageDate(load_default=None)
        note = Text(load_default="", max_length=MAX_NOTE, multiline=True)

    return Typed(form=True)


def state_command(
    kind: type[ChangeState], form: StateForm, lot_id: int, unit: str, weight_unit: str
) -> ChangeState:
    """Turn the form into a command. Raises ValidationError at the amount."""
    quantity = None
    if form.amount is not None:
        quantity = base_quantity(form.amount, unit, weight_unit, ["amount"])
    return kind(
        command_id=form.command_id,
        lot_id=lot_id,
        quantity=quantity,
        at=form.at,
        to=form.to,
        date=form.date,
        note=form.note,
        occurred_at=form.occurred_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeForm:
    """A line of the table, as typed."""

    command_id: UUID
    item: str | None = None
    category: str | None = None
    frozen_amount: int | None = None
    frozen_unit: str = "month"
    thawed_days: int | None = None
    source: str = ""


def life_form() -> CommandSchema:
    """Return the schema of a line of the table."""

    class Typed(ToldSchema):
        makes = LifeForm
        command_id = fields.UUID(required=True)
        item = Text(load_default=None, max_length=200)
        category = Text(load_default=None)
        frozen_amount = WholeNumber(load_default=None)
        frozen_unit = Choice(UNITS, load_default="month")
        thawed_days = WholeNumber(load_default=None, least=0)
        source = Text(load_default="")

    return Typed(form=True)


def life_command(form: LifeForm) -> SaveFrozenLife:
    """Turn a line into a command. Raises ValidationError where it is of nothing, or of both."""
    if (form.item is None) == (form.category is None):
        problem = _("Name an item or choose a category, one of them.")
        raise ValidationError(problem, "item")
    frozen = None
    if form.frozen_amount is not None:
        frozen = ShelfLife(form.frozen_amount, _UNIT_OF[form.frozen_unit])
    return SaveFrozenLife(
        command_id=form.command_id,
        item=form.item,
        category=form.category,
        frozen=frozen,
        thawed_days=form.thawed_days,
        source=form.source,
    )


_UNIT_OF: Mapping[str, Any] = {unit: unit for unit in UNITS}
