"""The forms that every depot can begin with. Pure data, in the shape a coordinator edits.

They are like what the bodies named ask for, and no copies of their forms: a depot puts its funder's
own words in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from depot.base.text import N_
from depot.reports.forms.forms import (
    CATEGORY,
    EVENT,
    SOURCE,
    WHOLE,
    FormEntry,
    FormTable,
    ReportForm,
)
from depot.words.reader import Reader

_PLAIN: Final = ReportForm(
    name=N_("Plain weekly"),
    kind="week",
    tables=(
        FormTable(
            N_("The week in figures"),
            WHOLE,
            (
                FormEntry(N_("Came in"), "sourced"),
                FormEntry(N_("Handed out"), "handed_out"),
                FormEntry(N_("Lost"), "lost"),
                FormEntry(N_("Stock at the end"), "closing"),
                FormEntry(N_("Meals"), "meals"),
                FormEntry(N_("Households"), "households"),
                FormEntry(N_("People"), "individuals"),
            ),
        ),
        FormTable(
            N_("Hand-outs"),
            EVENT,
            (FormEntry(N_("Weight"), "handed_out"), FormEntry(N_("Households"), "households")),
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
                FormEntry(N_("Donated"), "sourced", "lb", "donation"),
                FormEntry(N_("Food drives"), "sourced", "lb", "collection"),
                FormEntry(N_("Retail rescue"), "sourced", "lb", "rescue"),
                FormEntry(N_("Manufacturers"), "sourced", "lb", "manufacturer"),
                FormEntry(N_("Farms"), "sourced", "lb", "farm"),
                FormEntry(N_("Government"), "sourced", "lb", "government"),
                FormEntry(N_("Food bank"), "sourced", "lb", "food_bank"),
                FormEntry(N_("Purchased"), "sourced", "lb", "purchase"),
                FormEntry(N_("All sources"), "sourced", "lb"),
            ),
        ),
        FormTable(
            N_("Distributed, by product category"),
            CATEGORY,
            (
                FormEntry(N_("Opening"), "opening", "lb"),
                FormEntry(N_("Distributed"), "handed_out", "lb"),
                FormEntry(N_("Discarded"), "lost", "lb"),
                FormEntry(N_("Closing"), "closing", "lb"),
            ),
        ),
        FormTable(N_("Received, by source"), SOURCE, (FormEntry(N_("Received"), "sourced", "lb"),)),
        FormTable(
            N_("Meals"),
            WHOLE,
            (
                FormEntry(N_("Meals distributed"), "meals"),
                FormEntry(N_("Food distributed"), "food_out", "lb"),
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
                FormEntry(N_("Days of distribution"), "hand_outs"),
                FormEntry(N_("Households served"), "households"),
                FormEntry(N_("Of those, for the first time"), "new_households"),
                FormEntry(N_("Of those, returning"), "returning_households"),
                FormEntry(N_("Households with children"), "not_kept"),
                FormEntry(N_("Children, 0–17"), "children"),
                FormEntry(N_("Adults, 18–59"), "adults"),
                FormEntry(N_("Seniors, 60 and over"), "seniors"),
                FormEntry(N_("All people"), "individuals"),
                FormEntry(N_("Households asked for ages"), "asked_households"),
            ),
        ),
        FormTable(
            N_("By day of distribution"),
            EVENT,
            (
                FormEntry(N_("Households"), "households"),
                FormEntry(N_("Children"), "children"),
                FormEntry(N_("Adults"), "adults"),
                FormEntry(N_("Seniors"), "seniors"),
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
                FormEntry(N_("Received"), "sourced", "t"),
                FormEntry(N_("Redistributed"), "handed_out", "t"),
                FormEntry(N_("Food redistributed"), "food_out", "t"),
                FormEntry(N_("Discarded"), "lost", "t"),
                FormEntry(N_("Meals"), "meals"),
            ),
        ),
        FormTable(
            N_("By category"),
            CATEGORY,
            (
                FormEntry(N_("Received"), "sourced", "kg"),
                FormEntry(N_("Redistributed"), "handed_out", "kg"),
                FormEntry(N_("Meals"), "meals"),
            ),
        ),
        FormTable(N_("By source"), SOURCE, (FormEntry(N_("Received"), "sourced", "kg"),)),
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


def translate_form(form: ReportForm, reader: Reader) -> ReportForm:
    """Return one of these forms in the reader's language; what a depot made of it is its own."""

    def told(text: str) -> str:
        return reader.gettext(text)

    return replace(
        form,
        name=told(form.name),
        words_before=told(form.words_before),
        words_after=told(form.words_after),
        factor_source=told(form.factor_source),
        tables=tuple(
            replace(
                table,
                title=told(table.title),
                entries=tuple(replace(one, words=told(one.words)) for one in table.entries),
            )
            for table in form.tables
        ),
    )
