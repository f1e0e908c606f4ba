"""What is asked of somebody about a doubt, before it is saved. Pure.

The most there was before is no parameter: it may change between the question and the answer, and
the answer would be to another question then.
"""

from __future__ import annotations

from typing import Final

from depot.base.errors import Question
from depot.base.text import N_
from depot.base.units import GRAM, MILLIGRAMS_PER_GRAM, MILLILITRE, PIECE, Measure
from depot.ledger.doubts.rules import Doubt


class FarMoreThanEver(Question):
    code = "far_more_than_ever"
    template = N_("%(amount)s is far more than %(item)s ever was. Is it right?")


class ALotAtOnce(Question):
    code = "a_lot_at_once"
    template = N_("%(amount)s of %(item)s at once is a lot. Is it right?")


class LooksLikeProductCode(Question):
    code = "looks_like_product_code"
    template = N_("%(amount)s of %(item)s looks like a product code. Is it how much there is?")


class HeavyUnit(Question):
    code = "unlikely_unit_weight"
    template = N_("%(item)s: one would weigh %(weight)s. Is it right?")


class HeavyLitre(HeavyUnit):
    template = N_("%(item)s: a litre would weigh %(weight)s. Is it right?")


class LightUnit(HeavyUnit):
    template = N_("%(item)s: one would weigh less than %(weight)s. Is it right?")


class FarDate(Question):
    code = "far_date"
    template = N_("%(item)s would keep until %(date)s. Is the year right?")


class PastUseByAtArrival(Question):
    code = "past_date"
    template = N_(
        "%(item)s was to be used by %(date)s, and that is over: it must not be handed out. Is the"
        " date right?"
    )


class LongPastBestBefore(Question):
    code = "past_date"
    template = N_("%(item)s was best before %(date)s. Is the year right?")


class PastItsDay(Question):
    code = "past_its_day"
    template = N_(
        "%(item)s: the last day to hand it out was %(date)s. Is it still good? A note says why."
    )


class HappenedLongAgo(Question):
    code = "long_ago"
    template = N_("%(date)s is long ago. Is the day right?")


class ManyHouseholds(Question):
    code = "many_households"
    template = N_("%(count)s households is far more than a hand-out ever had. Is it right?")


class ManyPeople(Question):
    code = "many_people"
    template = N_("Households: %(households)s, people: %(count)s. Is it right?")


class AlmostKnownName(Question):
    """The name of a new item that is almost that of a known one."""

    code = "almost_known_name"
    template = N_("“%(name)s” is almost the same as “%(known)s”. Is it something new?")
    instead = N_("Use “%(known)s”")


class AlmostKnown(AlmostKnownName):
    """The other one cannot be taken instead: it is weighed where this is counted, or is edited."""

    instead = ""


class AlmostKnownDonor(AlmostKnownName):
    template = N_("“%(name)s” is almost the same as “%(known)s”. Is it somebody new?")


class FarHandOut(FarDate):
    template = N_("%(date)s is far from today. Is the day right?")


def question_of(doubt: Doubt) -> Question:
    """Return what is asked about a doubt of an entry."""
    if doubt.sort == "unit_weight":
        return _of_unit_weight(doubt)
    if doubt.sort in _OF_PEOPLE:
        count = Measure(doubt.found or 0, PIECE)
        if doubt.sort == "people":
            return ManyPeople(count=count, households=Measure(doubt.usual or 0, PIECE))
        return ManyHouseholds(count=count)
    if doubt.on is not None:
        return _of_date(doubt)
    amount = Measure(doubt.found or 0, doubt.unit)
    if doubt.sort == "product_code":
        return LooksLikeProductCode(amount=amount, item=doubt.name)
    kind = ALotAtOnce if doubt.usual is None else FarMoreThanEver
    return kind(amount=amount, item=doubt.name)


_OF_PEOPLE: Final = ("households", "people")


def _of_unit_weight(doubt: Doubt) -> Question:
    milligrams = doubt.found or 0
    if doubt.unit == MILLILITRE:
        return HeavyLitre(item=doubt.name, weight=Measure(milligrams, GRAM))
    grams = milligrams // MILLIGRAMS_PER_GRAM
    kind = HeavyUnit if grams else LightUnit
    return kind(item=doubt.name, weight=Measure(grams or 1, GRAM))


def _of_date(doubt: Doubt) -> Question:
    if doubt.sort == "long_ago":
        return HappenedLongAgo(date=doubt.on)
    if doubt.sort == "far_date":
        return FarDate(item=doubt.name, date=doubt.on)
    is_use_by = doubt.text.startswith("use_by")
    return (PastUseByAtArrival if is_use_by else LongPastBestBefore)(item=doubt.name, date=doubt.on)
