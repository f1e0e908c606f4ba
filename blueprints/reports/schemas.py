"""What programs ask and get: a report's fields, by the names that stay."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from blueprints.frame.fields import Choice, Text
from depot.reports.formats.formats import FORMATS


class WeeklyQuery(Schema):
    """Which week, in which form."""

    week = Text(
        load_default="",
        max_length=20,
        metadata={"description": "2026-W47; the last complete week if not said."},
    )
    form = Choice(tuple(FORMATS), data_key="format", load_default="json")


class PeriodQuery(Schema):
    """Which period, in which form."""

    period = Text(
        required=True,
        max_length=40,
        metadata={
            "description": "2026-W47, 2026-11, 2026-Q4, 2026, or 2026-11-03--2026-11-20.",
        },
    )
    form = Choice(tuple(FORMATS), data_key="format", load_default="json")


_COUNT = {"description": "In the item's base unit."}


class ReportFigures(Schema):
    """opening + sourced + produced - handed_out - lost + transferred + variance = closing."""

    opening = fields.Integer(required=True, metadata=_COUNT)
    sourced = fields.Integer(required=True)
    produced = fields.Integer(required=True)
    handed_out = fields.Integer(required=True)
    lost = fields.Integer(required=True)
    transferred = fields.Integer(required=True)
    variance = fields.Integer(required=True)
    closing = fields.Integer(required=True)
    opening_entered = fields.Integer(required=True)


class ReportGrams(Schema):
    """The same figures as weights."""

    opening_grams = fields.Integer(required=True)
    sourced_grams = fields.Integer(required=True)
    produced_grams = fields.Integer(required=True)
    handed_out_grams = fields.Integer(required=True)
    lost_grams = fields.Integer(required=True)
    transferred_grams = fields.Integer(required=True)
    variance_grams = fields.Integer(required=True)
    closing_grams = fields.Integer(required=True)
    opening_entered_grams = fields.Integer(required=True)


class ReportTotals(ReportGrams):
    """All items together; what production made, and what it used up."""

    made_grams = fields.Integer(required=True)
    used_up_grams = fields.Integer(required=True)


class ReportItem(ReportFigures):
    """One item, in its base unit and, if its weight is known or estimated, in grams."""

    item = fields.String(required=True)
    item_id = fields.Integer(required=True)
    category = fields.String(required=True)
    unit = fields.String(required=True)
    weights = fields.Nested(ReportGrams, required=True, allow_none=True)
    estimated = fields.Boolean(required=True)


class ReportCategory(ReportGrams):
    """One category, in grams."""

    category = fields.String(required=True)
    is_food = fields.Boolean(required=True)
    items_not_weighed = fields.Integer(required=True)


class ReportReceived(Schema):
    """What came in of one category from one kind of source."""

    kind = fields.String(required=True)
    category = fields.String(required=True)
    weight_grams = fields.Integer(required=True)


class ReportSource(Schema):
    """What came in from one kind of source."""

    kind = fields.String(required=True)
    weight_grams = fields.Integer(required=True)
    items_not_weighed = fields.Integer(required=True)


class ReportReason(Schema):
    """What was lost for one reason."""

    reason = fields.String(required=True)
    weight_grams = fields.Integer(required=True)
    items_not_weighed = fields.Integer(required=True)


class ReportPeople(Schema):
    """People helped; null was never asked, which is not zero."""

    households = fields.Integer(required=True, allow_none=True)
    individuals = fields.Integer(required=True, allow_none=True)
    adults = fields.Integer(required=True, allow_none=True)
    children = fields.Integer(required=True, allow_none=True)
    seniors = fields.Integer(required=True, allow_none=True)
    new_households = fields.Integer(required=True, allow_none=True)
    asked_households = fields.Integer(required=True, allow_none=True)
    returning_households = fields.Integer(required=True, allow_none=True)


class ReportEvent(ReportPeople):
    """One distribution event in this period."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    date = fields.String(required=True, allow_none=True)
    weight_grams = fields.Integer(required=True)


class ReportWeight(Schema):
    """A weight by itself."""

    weight_grams = fields.Integer(required=True)


class ReportFactor(Schema):
    """How much counts as a meal, and who says so."""

    grams_per_meal = fields.Integer(required=True)
    stated = fields.String(required=True)
    source = fields.String(required=True)
    version = fields.String(required=True)


class ReportFactors(Schema):
    """The factors used."""

    meals = fields.Nested(ReportFactor, required=True)


class ReportCompared(Schema):
    """What is compared, in grams."""

    sourced_grams = fields.Integer(required=True)
    produced_grams = fields.Integer(required=True)
    handed_out_grams = fields.Integer(required=True)
    lost_grams = fields.Integer(required=True)


class ReportComparedWeek(ReportCompared):
    """One of the weeks before."""

    week = fields.String(required=True)


class _ReportComparedPeriod(ReportCompared):
    """One of the periods before."""

    period = fields.String(required=True)


ReportComparedPeriodAnswer = _ReportComparedPeriod.from_dict(
    {"from": fields.String(required=True), "to": fields.String(required=True)},
    name="ReportComparedPeriod",
)


class ReportComparison(Schema):
    """The period before, and the mean of some of its kind; null if there were none."""

    previous = fields.Nested(ReportCompared, required=True, allow_none=True)
    last_week = fields.Nested(ReportCompared, required=True, allow_none=True)
    mean = fields.Nested(ReportCompared, required=True, allow_none=True)
    periods = fields.List(fields.Nested(ReportComparedPeriodAnswer), required=True)
    weeks = fields.List(fields.Nested(ReportComparedWeek), required=True)


class ReportNeed(Schema):
    """Something of which there is too little or too much, and for how many days it lasts."""

    name = fields.String(required=True)
    days_left = fields.Integer(required=True, allow_none=True)


class ReportBelowNothing(Schema):
    """An item of which less than nothing is told: something that came in is not written."""

    item_id = fields.Integer(required=True)
    item = fields.String(required=True)
    unit = fields.String(required=True)
    opening = fields.Integer(required=True)
    closing = fields.Integer(required=True)


class ReportNeeds(Schema):
    """What the depot is short of, the most urgent first, and what it has too much of."""

    short = fields.List(fields.Nested(ReportNeed), required=True)
    too_much = fields.List(fields.Nested(ReportNeed), required=True)


class ReportDue(Schema):
    """Goods here that must go out in the week after the period."""

    item_id = fields.Integer(required=True)
    item = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = fields.Integer(required=True)
    weight_grams = fields.Integer(required=True, allow_none=True)
    date_kind = fields.String(required=True)
    date_text = fields.String(required=True)
    give_out_until = fields.String(required=True)
    is_past = fields.Boolean(required=True)


class ReportRate(Schema):
    """So many minor units of money a kilogram, pound or piece of an item, a category, or all."""

    minor_units = fields.Integer(required=True)
    per = fields.String(required=True)
    valid_from = fields.Date(required=True)
    source = fields.String(required=True)
    item = fields.String(required=True)
    category = fields.String(required=True)


class ReportValued(Schema):
    """What was given and handed out of a category, in minor units of the currency."""

    category = fields.String(required=True)
    given_minor_units = fields.Integer(required=True)
    handed_out_minor_units = fields.Integer(required=True)


class ReportInKind(Schema):
    """What was given and handed out is worth, with the rates it was reckoned by."""

    currency = fields.String(required=True)
    given_minor_units = fields.Integer(required=True)
    handed_out_minor_units = fields.Integer(required=True)
    items_not_valued = fields.Integer(required=True)
    by_category = fields.List(fields.Nested(ReportValued), required=True)
    rates = fields.List(fields.Nested(ReportRate), required=True)


class ReportVisits(Schema):
    """Visits, and of how many households those with a card were."""

    visits = fields.Integer(required=True)
    by_card = fields.Integer(required=True)
    households = fields.Integer(required=True)
    new_households = fields.Integer(required=True)


class ReportBand(Schema):
    """People of one of the depot's own age bands; to_age is null for: and over."""

    from_age = fields.Integer(required=True)
    to_age = fields.Integer(required=True, allow_none=True)
    people = fields.Integer(required=True)


class ReportDoubt(Schema):
    """A line that is in the figures, far from usual, and not said to be right yet."""

    seq = fields.Integer(required=True)
    sort = fields.String(required=True)
    item = fields.String(required=True)
    unit = fields.String(required=True)
    found = fields.Integer(required=True)
    usual = fields.Integer(required=True, allow_none=True)
    text = fields.String(required=True)


class ReportHours(Schema):
    """The hours that people gave in the period."""

    people = fields.Integer(required=True)
    minutes = fields.Integer(required=True)


#: What a report says of itself before its figures.
_HEAD: dict[str, fields.Field[Any]] = {
    "depot": fields.String(required=True),
    "depot_slug": fields.String(required=True),
    "time_zone": fields.String(required=True),
    "week_start": fields.Integer(required=True),
    "weight_unit": fields.String(required=True),
    "kind": fields.String(required=True),
    "period": fields.String(required=True),
    "week": fields.String(required=True, allow_none=True),
    "from": fields.String(required=True),
    "to": fields.String(required=True),
    "number": fields.Integer(required=True, allow_none=True),
    "version": fields.Integer(required=True, allow_none=True),
    "filed_at": fields.String(required=True, allow_none=True),
    "filed_by": fields.String(required=True, allow_none=True),
    "seal": fields.String(required=True),
    "seq": fields.Integer(required=True),
    "ledger_seal": fields.String(required=True),
    "factors": fields.Nested(ReportFactors, required=True),
}
_FIGURES: dict[str, fields.Field[Any]] = {
    "items": fields.List(fields.Nested(ReportItem), required=True),
    "by_source": fields.List(fields.Nested(ReportSource), required=True),
    "by_category": fields.List(fields.Nested(ReportCategory), required=True),
    "received": fields.List(fields.Nested(ReportReceived), required=True),
    "by_reason": fields.List(fields.Nested(ReportReason), required=True),
    "events": fields.List(fields.Nested(ReportEvent), required=True),
    "without_event": fields.Nested(ReportWeight, required=True),
    "people": fields.Nested(ReportPeople, required=True),
    "totals": fields.Nested(ReportTotals, required=True),
    "estimated": fields.Nested(ReportGrams, required=True),
    "items_not_weighed": fields.Integer(required=True),
    "food_handed_out_grams": fields.Integer(required=True),
    "meals_equivalent": fields.Integer(required=True),
    "late_entries": fields.Integer(required=True),
    "compared": fields.Nested(ReportComparison, required=True),
    "due": fields.List(fields.Nested(ReportDue), required=True, allow_none=True),
    "open_discrepancies": fields.Integer(required=True, allow_none=True),
    "needs": fields.Nested(ReportNeeds, required=True, allow_none=True),
    "doubts": fields.List(fields.Nested(ReportDoubt), required=True),
    "in_kind": fields.Nested(
        ReportInKind,
        metadata={"description": "Only where the depot tells what goods are worth."},
    ),
    "visits": fields.Nested(
        ReportVisits, metadata={"description": "Only where a household came with a card."}
    ),
    "bands": fields.List(
        fields.Nested(ReportBand),
        metadata={"description": "Only where people were counted by the depot's own age bands."},
    ),
    "below_nothing": fields.List(fields.Nested(ReportBelowNothing), required=True),
    "hours": fields.Nested(
        ReportHours,
        metadata={"description": "What people gave, as sums; only where somebody was here."},
    ),
}
# a function call because "from" is no name in Python
ReportAnswer = Schema.from_dict(_HEAD | _FIGURES, name="ReportAnswer")
