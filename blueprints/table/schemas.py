"""What is said of a parcel that goes out, by programs and on the page."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import fields, validate

from blueprints.frame.answers import GoodsSaid, Posted
from blueprints.frame.fields import CommandSchema, NameOrId, NotedSchema, Text, WholeNumber
from depot.base.allergens import MAX_DIET
from depot.production.commands.parcel_handouts import MOST_AT_ONCE, ChosenItem, HandOutParcel
from depot.production.multiplied import MOST_PEOPLE

#: A parcel has fewer lines.
MOST_CHOICES: Final = 100


class ChosenItemSchema(CommandSchema):
    """What was taken of a line that offers a choice, by the line's number in the parcel."""

    makes = ChosenItem
    line = WholeNumber(required=True)
    item_id = WholeNumber(required=True, most=2**63 - 1)


class ChoicesField(fields.List[Any]):
    """What was chosen; of a line that a page left alone, whatever there is."""

    def __init__(self, **options: Any) -> None:
        some = validate.Length(max=MOST_CHOICES)
        super().__init__(
            fields.Nested(ChosenItemSchema), load_default=list, validate=some, **options
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        if isinstance(value, list):
            value = [one for one in value if not _was_left_alone(one)]
        return super()._deserialize(value, attr, data, **kw)


def _was_left_alone(row: object) -> bool:
    """Say whether a page sent of a choice only its line; a program would have a number."""
    return isinstance(row, dict) and row.keys() == {"line"} and isinstance(row["line"], str)


class ParcelOutSchema(NotedSchema):
    """A parcel for a household, of people or of a size; with `counts` they are people helped."""

    makes = HandOutParcel
    parcel = NameOrId(required=True)
    households = WholeNumber(load_default=1, most=MOST_AT_ONCE)
    adults = WholeNumber(load_default=0, least=0, most=MOST_PEOPLE)
    children = WholeNumber(load_default=0, least=0, most=MOST_PEOPLE)
    size = NameOrId(load_default=None, allow_none=True)
    diet = Text(load_default="", max_length=MAX_DIET)
    choices = ChoicesField()
    counts = fields.Boolean(load_default=True)


def parcel_form() -> CommandSchema:
    """Return the page's schema, where an unticked box says no."""

    class ParcelForm(ParcelOutSchema):
        parcel = NameOrId(required=True, error_messages={"required": _("Which parcel?")})
        counts = fields.Boolean(load_default=False)

    return ParcelForm(form=True)


class ParcelOutAnswer(Posted):
    """The answer to a parcel: what was in it, and how many households were counted with it."""

    event_id = fields.Integer()
    parcel = fields.String()
    households = fields.Integer()
    lines = fields.List(fields.Nested(GoodsSaid))
