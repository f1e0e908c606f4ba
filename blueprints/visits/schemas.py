"""What is said of a visit by card, by programs and on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from blueprints.frame.answers import Posted
from blueprints.frame.fields import CommandSchema, NotedSchema, Text, WholeNumber
from depot.distribution.commands.visits import CountVisit, SaveVisitSetting

#: No household is larger.
MAX_PEOPLE: Final = 100
MAX_CARD: Final = 200
#: So many cards are printed at once, ten on a page.
MAX_CARDS: Final = 200
#: Longer periods are two.
MAX_DAYS: Final = 3_660


class VisitSchema(NotedSchema):
    """A household that came with its card; what is left out was not asked."""

    makes = CountVisit
    card = Text(required=True, max_length=MAX_CARD)
    adults = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_PEOPLE)
    children = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_PEOPLE)
    seniors = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_PEOPLE)


def visit_form() -> CommandSchema:
    """Return the page's schema, which asks for the card in its own words."""

    class VisitForm(VisitSchema):
        card = Text(
            required=True,
            max_length=MAX_CARD,
            error_messages={"required": _("Scan the card, or type what stands on it.")},
        )

    return VisitForm(form=True)


class VisitSettingSchema(CommandSchema):
    """Whether visits are counted by card."""

    makes = SaveVisitSetting
    command_id = fields.UUID(required=True)
    is_on = fields.Boolean(load_default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOrder:
    """How many cards to print."""

    cards: int


class CardOrderSchema(CommandSchema):
    """How many cards to print. Nothing is kept of them."""

    makes = CardOrder
    cards = WholeNumber(required=True, most=MAX_CARDS)


class VisitAnswer(Posted):
    """The answer to a visit; entry_id is null for a card that was counted there already."""

    event_id = fields.Integer()
    households = fields.Integer()
    is_new = fields.Boolean()
    was_counted = fields.Boolean()


class VisitQuery(Schema):
    """From when to when, both days included."""

    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")

    @validates_schema
    def _in_order(self, data: dict[str, date], **_options: object) -> None:
        if not 0 <= (data["last"] - data["first"]).days < MAX_DAYS:
            raise ValidationError(_("The last day comes before the first, or years later."), "to")


class VisitSumsAnswer(Schema):
    """Visits of a period, and of how many households those with a card were."""

    first = fields.Date(data_key="from")
    last = fields.Date(data_key="to")
    visits = fields.Integer()
    by_card = fields.Integer()
    without_card = fields.Integer()
    households = fields.Integer()
    new_households = fields.Integer()
    returning_households = fields.Integer()
