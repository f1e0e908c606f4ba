"""Which stock programs ask for, and what they are told of it."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from blueprints.frame.answers import PageQuery
from blueprints.frame.fields import Choice, Text
from blueprints.stock.moments import check_moment
from depot.base.allergens import ALLERGENS, MAX_DIET


class Moment(fields.AwareDateTime):
    """An instant with its offset, at which the depot can have had stock."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        moment = super()._deserialize(value, attr, data, **kw)
        try:
            return check_moment(moment)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class StockQuery(PageQuery):
    """Which stock: of which moment, known to be without which allergens, for which diets."""

    as_of = Moment(load_default=None)
    without = fields.List(
        Choice(tuple(ALLERGENS)),
        load_default=list,
        metadata={"description": "What nobody looked at is without none of them."},
    )
    diet = fields.List(Text(max_length=MAX_DIET), load_default=list)
    by = Choice(
        ("item", "lot"),
        load_default="item",
        metadata={"description": "Lot: a line for each lot at each place, as it is now."},
    )

    @validates_schema
    def _lots_are_told_of_now(self, data: dict[str, Any], **_options: Any) -> None:
        if data["by"] == "lot" and (data["as_of"] or data["without"] or data["diet"]):
            raise ValidationError(_("Lot by lot, all that is here now is told."), "by")


#: Where a field of the stock is told of.
_OF_A_LOT: Final = "Only lot by lot."
_OF_AN_ITEM: Final = "Only item by item."


class StockRow(Schema):
    """How much of an item is here."""

    item_id = fields.Integer()
    item = fields.String()
    location_id = fields.Integer(metadata={"description": _OF_A_LOT})
    location = fields.String(
        metadata={"description": f"{_OF_A_LOT} A place, or the code of a crate."}
    )
    lot_id = fields.Integer(metadata={"description": _OF_A_LOT})
    lot = fields.String(
        metadata={"description": f"{_OF_A_LOT} The code on it; empty: nothing is known."}
    )
    date = fields.String(metadata={"description": _OF_A_LOT})
    date_kind = fields.String(metadata={"description": _OF_A_LOT})
    category_id = fields.Integer()
    category = fields.String()
    unit = fields.String()
    is_loose = fields.Boolean()
    quantity = fields.Integer(metadata={"description": "The same as on_hand."})
    on_hand = fields.Integer(metadata={"description": "All that is here."})
    held = fields.Integer(metadata={"description": "Held back, or set apart."})
    past = fields.Integer(metadata={"description": "Past its day, and not held."})
    promised = fields.Integer(metadata={"description": "Set aside for hand-outs."})
    free = fields.Integer(
        metadata={"description": "on_hand - held - past - promised; never below 0."}
    )
    weight_grams = fields.Integer(
        attribute="weight.grams", allow_none=True, metadata={"description": _OF_AN_ITEM}
    )
    weight_estimated = fields.Boolean(
        attribute="weight.is_estimated", metadata={"description": _OF_AN_ITEM}
    )
    give_out_until = fields.Date(allow_none=True)
    allergens = fields.List(
        fields.String(),
        attribute="food.allergens",
        metadata={"description": f"{_OF_AN_ITEM} Of all that is here, and of what it was made of."},
    )
    allergens_known = fields.Boolean(
        attribute="food.is_known",
        metadata={"description": f"{_OF_AN_ITEM} If not, what is not named may still be in it."},
    )
    diets = fields.List(
        fields.String(), attribute="food.diets", metadata={"description": _OF_AN_ITEM}
    )


class StockAnswer(Schema):
    """A page of stock; `next` is the `after` of the next page."""

    as_of = fields.AwareDateTime(allow_none=True)
    stock = fields.List(fields.Nested(StockRow))
    next = fields.Integer(allow_none=True)
