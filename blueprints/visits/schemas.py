"""What is said of a visit by card, by programs and on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from blueprints.frame.answers import Posted
from blueprints.frame.fields import CommandSchema, NotedSchema, Text, ToldSchema, WholeNumber
from blueprints.frame.language import Language
from blueprints.words.amounts import BandsField
from depot.distribution.commands.ages import SaveAgeBands
from depot.distribution.commands.visits import CountVisit, SaveVisitSetting

#: No household is larger.
MAX_PEOPLE: Final = 100
MAX_CARD: Final = 200
#: So many cards are printed at once, ten on a page.
MAX_CARDS: Final = 200
#: More words than that are no ages.
MOST_AGES: Final = 40
#: Longer periods are two.
MAX_DAYS: Final = 3_660


class VisitSchema(NotedSchema):
    """A household that came with its card; what is left out was not asked."""

    makes = CountVisit
    card = Text(required=True, max_length=MAX_CARD)
    adults = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_PEOPLE)
    children = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_PEOPLE)
    seniors = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_PEOPLE)
    bands = BandsField()


def visit_form() -> CommandSchema:
    """Return the page's schema, which asks for the card in its own words."""

    class VisitForm(VisitSchema):
        card = Text(
            required=True,
            max_length=MAX_CARD,
            error_messages={"required": _("Scan the card, or type what stands on it.")},
        )

    return VisitForm(form=True)


class VisitSettingSchema(ToldSchema):
    """Whether visits are counted by card."""

    makes = SaveVisitSetting
    command_id = fields.UUID(required=True)
    is_on = fields.Boolean(load_default=False)


class AgesField(fields.Field[tuple[int, ...]]):
    """Ages at which a band begins, as people write them: 0, 5, 12, 18, 66."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> tuple[int, ...]:
        words = str(value).replace(",", " ").replace(";", " ").replace("،", " ").split()
        if len(words) > MOST_AGES or not all(word.isdecimal() and len(word) < 4 for word in words):
            raise ValidationError(_("Write ages, like 0, 5, 12, 18, 60."))
        return tuple(map(int, words))


class AgeBandsSchema(ToldSchema):
    """Where the age bands begin."""

    makes = SaveAgeBands
    command_id = fields.UUID(required=True)
    begins = AgesField(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOrder:
    """How many cards to print, and in which language; empty: in the depot's."""

    cards: int
    language: str = ""


class CardOrderSchema(CommandSchema):
    """How many cards to print. Nothing is kept of them."""

    makes = CardOrder
    cards = WholeNumber(required=True, most=MAX_CARDS)
    language = Language(load_default="")


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


class BandSumAnswer(Schema):
    """People of one of the depot's own age bands; to_age is null for: and over."""

    from_age = fields.Integer()
    to_age = fields.Integer(allow_none=True)
    people = fields.Integer()


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
    bands = fields.List(fields.Nested(BandSumAnswer))
