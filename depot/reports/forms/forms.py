"""Forms for funders: which rows, columns, words and factor a report is asked for in. Pure data.

A form is edited by a coordinator and never holds anything that runs: each cell names one of the
figures below, and rows are one of a few kinds. What was never recorded has no figure; a form that
asks for it anyway says so in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple

from depot.base.text import N_

#: Kinds of rows. Without one, each figure is a line of its own.
WHOLE, CATEGORY, SOURCE, REASON, EVENT, WEEK, MONTH = (
    "",
    "category",
    "source",
    "reason",
    "event",
    "week",
    "month",
)
ROWS: Final = {
    WHOLE: N_("One line for each figure"),
    CATEGORY: N_("One line for each category"),
    SOURCE: N_("One line for each kind of source"),
    REASON: N_("One line for each reason of a loss"),
    EVENT: N_("One line for each hand-out"),
    WEEK: N_("One line for each week"),
    MONTH: N_("One line for each month"),
}
WEIGHT, COUNT, MEALS, VALUE, NOTHING = "weight", "count", "meals", "value", "nothing"
#: Units of a weight; empty is the depot's own.
UNITS: Final = {
    "": N_("as the depot weighs"),
    "kg": N_("kilograms"),
    "lb": N_("pounds"),
    "t": N_("tonnes"),
    "g": N_("grams"),
}
MAX_TABLES: Final = 4
MAX_ENTRIES: Final = 14


class Known(NamedTuple):
    """A figure that a form may ask for: its word, its sort, and in which rows it has a meaning."""

    word: str
    sort: str
    rows: frozenset[str]


_TIMES: Final = frozenset({WHOLE, WEEK, MONTH})
_STOCK: Final = _TIMES | {CATEGORY}
_PEOPLE: Final = _TIMES | {EVENT}
FIGURES: Final = {
    "opening": Known(N_("Stock at the beginning"), WEIGHT, _STOCK),
    "sourced": Known(N_("Came in"), WEIGHT, _STOCK | {SOURCE}),
    "made": Known(N_("Made"), WEIGHT, _TIMES),
    "used_up": Known(N_("Used up in making"), WEIGHT, _TIMES),
    "produced": Known(N_("Made, less used up"), WEIGHT, _STOCK),
    "handed_out": Known(N_("Handed out"), WEIGHT, _STOCK | {EVENT}),
    "food_out": Known(N_("Food handed out"), WEIGHT, _STOCK),
    "lost": Known(N_("Lost"), WEIGHT, _STOCK | {REASON}),
    "transferred": Known(N_("Moved to and from other depots"), WEIGHT, _STOCK),
    "variance": Known(N_("More or fewer at counts"), WEIGHT, _STOCK),
    "closing": Known(N_("Stock at the end"), WEIGHT, _STOCK),
    "estimated_in": Known(N_("Estimated, of what came in"), WEIGHT, _TIMES),
    "estimated_out": Known(N_("Estimated, of what was handed out"), WEIGHT, _TIMES),
    "meals": Known(N_("Meals"), MEALS, _STOCK),
    "hand_outs": Known(N_("Hand-outs held"), COUNT, _TIMES),
    "households": Known(N_("Households"), COUNT, _PEOPLE),
    "new_households": Known(N_("New households"), COUNT, _PEOPLE),
    "returning_households": Known(N_("Returning households"), COUNT, _PEOPLE),
    "individuals": Known(N_("People"), COUNT, _PEOPLE),
    "adults": Known(N_("Adults"), COUNT, _PEOPLE),
    "children": Known(N_("Children"), COUNT, _PEOPLE),
    "seniors": Known(N_("Seniors"), COUNT, _PEOPLE),
    "asked_households": Known(N_("Households asked for ages"), COUNT, _PEOPLE),
    "given_value": Known(N_("In-kind value, given to us"), VALUE, _STOCK),
    "out_value": Known(N_("In-kind value, handed out"), VALUE, _STOCK),
    "not_kept": Known(N_("Something Depot does not record"), NOTHING, frozenset(ROWS)),
}


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One figure: a column, or a line where the rows are the whole.

    `source` narrows what came in to one kind of source. `words` are the funder's.
    """

    words: str
    figure: str
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of a form."""

    title: str
    rows: str
    entries: tuple[FormEntry, ...]
    with_total: bool = True


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A form: for which kind of period, what stands before and after, its factor and its tables.

    Without `grams_per_meal` the depot's own factor counts.
    """

    name: str
    kind: str
    tables: tuple[FormTable, ...]
    words_before: str = ""
    words_after: str = ""
    grams_per_meal: int | None = None
    factor_source: str = ""


class Problem(NamedTuple):
    """What is wrong with a form: at which table and entry (from 0; None: not of one), and why."""

    table: int | None
    entry: int | None
    field: str
    sentence: str


def form_problems(form: ReportForm) -> Iterator[Problem]:
    """Yield what is wrong with a form that the shapes of its parts do not say already."""
    if not form.tables:
        yield Problem(None, None, "form", N_("A form needs a table with at least one figure."))
    if form.grams_per_meal is not None and not form.factor_source:
        yield Problem(None, None, "factor_source", N_("Say who counts a meal like that."))
    if form.grams_per_meal is None and form.factor_source:
        yield Problem(None, None, "grams_per_meal", N_("Say how many grams are a meal."))
    for number, table in enumerate(form.tables):
        yield from _table_problems(number, table)


def _table_problems(number: int, table: FormTable) -> Iterator[Problem]:
    if not table.entries:
        yield Problem(number, None, "title", N_("This table has no figure yet."))
    for place, entry in enumerate(table.entries):
        known = FIGURES[entry.figure]
        if table.rows not in known.rows:
            yield Problem(
                number, place, "figure", N_("That figure cannot be told apart by these rows.")
            )
        if entry.unit and known.sort != WEIGHT:
            yield Problem(number, place, "unit", N_("Only a weight has a unit."))
        if entry.source and entry.figure != "sourced":
            yield Problem(number, place, "source", N_("Only what came in has a source."))
        if entry.source and table.rows == SOURCE:
            yield Problem(
                number, place, "source", N_("The rows are the sources: leave this one open.")
            )


def form_json(form: ReportForm) -> dict[str, Any]:
    """Return a form as JSON-ready values."""
    return asdict(form)


def form_of(stored: Mapping[str, Any]) -> ReportForm:
    """Return the form that `form_json` made `stored` of."""
    tables = tuple(
        FormTable(
            table["title"],
            table["rows"],
            tuple(FormEntry(**entry) for entry in table["entries"]),
            table["with_total"],
        )
        for table in stored["tables"]
    )
    return ReportForm(**(dict(stored) | {"tables": tables}))
