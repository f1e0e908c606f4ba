"""The forms that every depot can begin with. Pure data, in the shape a coordinator edits.

They are like what the bodies named ask for, and no copies of their forms: a depot puts its funder's
own words in.
"""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.reports.forms.forms import CATEGORY, EVENT, SOURCE, WHOLE, Entry, FormTable, ReportForm

_PLAIN: Final = ReportForm(
    name=N_("Plain weekly"),
    kind="week",
    tables=(
        FormTable(
            N_("The week in figures"),
            WHOLE,
            (
                Entry(N_("Came in"), "sourced"),
                Entry(N_("Handed out"), "handed_out"),
                Entry(N_("Lost"), "lost"),
                Entry(N_("Stock at the end"), "closing"),
                Entry(N_("Meals"), "meals"),
                Entry(N_("Households"), "households"),
                Entry(N_("People"), "individuals"),
            ),
        ),
        FormTable(
            N_("Hand-outs"),
            EVENT,
            (Entry(N_("Weight"), "handed_out"), Entry(N_("Households"), "households")),
        ),
    ),
)
_QUARTERLY: Final = ReportForm(
    name=N_("Quarterly by category and source"),
    kind="quarter",
    words_before=N_("Pounds received and distributed, in the manner of a food bank’s quarterly."),
    tables=(
        FormTable(
            N_("Received, by product category"),
            CATEGORY,
            (
                Entry(N_("Donated"), "sourced", "lb", "donation"),
                Entry(N_("Food drives"), "sourced", "lb", "collection"),
                Entry(N_("Retail rescue"), "sourced", "lb", "rescue"),
                Entry(N_("Manufacturers"), "sourced", "lb", "manufacturer"),
                Entry(N_("Farms"), "sourced", "lb", "farm"),
                Entry(N_("Government"), "sourced", "lb", "government"),
                Entry(N_("Food bank"), "sourced", "lb", "food_bank"),
                Entry(N_("Purchased"), "sourced", "lb", "purchase"),
                Entry(N_("All sources"), "sourced", "lb"),
            ),
        ),
        FormTable(
            N_("Distributed, by product category"),
            CATEGORY,
            (
                Entry(N_("Opening"), "opening", "lb"),
                Entry(N_("Distributed"), "handed_out", "lb"),
                Entry(N_("Discarded"), "lost", "lb"),
                Entry(N_("Closing"), "closing", "lb"),
            ),
        ),
        FormTable(N_("Received, by source"), SOURCE, (Entry(N_("Received"), "sourced", "lb"),)),
        FormTable(
            N_("Meals"),
            WHOLE,
            (
                Entry(N_("Meals distributed"), "meals"),
                Entry(N_("Food distributed"), "food_out", "lb"),
            ),
        ),
    ),
    words_after=N_("Plain water, hygiene and household goods count in pounds and in no meal."),
    grams_per_meal=544,
    factor_source=N_("Feeding America: 1.2 pounds a meal, What We Eat in America 2011–12"),
)
_PEOPLE: Final = ReportForm(
    name=N_("Monthly people table"),
    kind="month",
    words_before=N_("Households and people served, counted without names."),
    tables=(
        FormTable(
            N_("Served this month"),
            WHOLE,
            (
                Entry(N_("Days of distribution"), "hand_outs"),
                Entry(N_("Households served"), "households"),
                Entry(N_("Of those, for the first time"), "new_households"),
                Entry(N_("Of those, returning"), "returning_households"),
                Entry(N_("Households with children"), "not_kept"),
                Entry(N_("Children, 0–17"), "children"),
                Entry(N_("Adults, 18–59"), "adults"),
                Entry(N_("Seniors, 60 and over"), "seniors"),
                Entry(N_("All people"), "individuals"),
                Entry(N_("Households asked for ages"), "asked_households"),
            ),
        ),
        FormTable(
            N_("By day of distribution"),
            EVENT,
            (
                Entry(N_("Households"), "households"),
                Entry(N_("Children"), "children"),
                Entry(N_("Adults"), "adults"),
                Entry(N_("Seniors"), "seniors"),
            ),
        ),
    ),
    words_after=N_("A household is counted at each visit."),
)
_KILOGRAMS: Final = ReportForm(
    name=N_("Kilograms and meals"),
    kind="year",
    tables=(
        FormTable(
            N_("Redistributed"),
            WHOLE,
            (
                Entry(N_("Received"), "sourced", "t"),
                Entry(N_("Redistributed"), "handed_out", "t"),
                Entry(N_("Food redistributed"), "food_out", "t"),
                Entry(N_("Discarded"), "lost", "t"),
                Entry(N_("Meals"), "meals"),
            ),
        ),
        FormTable(
            N_("By category"),
            CATEGORY,
            (
                Entry(N_("Received"), "sourced", "kg"),
                Entry(N_("Redistributed"), "handed_out", "kg"),
                Entry(N_("Meals"), "meals"),
            ),
        ),
        FormTable(N_("By source"), SOURCE, (Entry(N_("Received"), "sourced", "kg"),)),
    ),
    grams_per_meal=500,
    factor_source=N_("European Food Banks Federation (FEBA): 500 g a meal"),
)
#: By the key that stands in addresses.
START_FORMS: Final = {
    "weekly": _PLAIN,
    "quarterly": _QUARTERLY,
    "people": _PEOPLE,
    "kilograms": _KILOGRAMS,
}
