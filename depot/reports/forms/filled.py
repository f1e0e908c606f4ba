"""A form filled in with a report: tables of figures, and what was never recorded said so. Pure.

Weights are kept in grams until they are written, so that a total is the sum of what it stands
under and not of what was rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from depot.base.text import N_
from depot.reports.formats.in_kind import in_kind_words
from depot.reports.formats.paper_words import below_nothing_words
from depot.reports.forms.forms import (
    CATEGORY,
    EVENT,
    FIGURES,
    MEALS,
    MONTH,
    NOTHING,
    REASON,
    SOURCE,
    VALUE,
    WEEK,
    WEIGHT,
    FormEntry,
    FormTable,
    ReportForm,
)
from depot.reports.sums.in_kind import InKind, ValuedLine
from depot.reports.sums.period_words import days_of, period_title
from depot.reports.sums.report import EventLine, MealFactor, People, Report
from depot.reports.sums.words import reason_word, source_word
from depot.words import figures as words
from depot.words.reader import ENGLISH, Reader
from depot.words.weights import round_list

#: Why a cell has no figure.
NOT_RECORDED, NOT_FOOD, NOT_KEPT = N_("not recorded"), N_("no food"), N_("not kept when filed")
NOT_VALUED = N_("not valued")


@dataclass(frozen=True, slots=True)
class FormCell:
    """A figure (grams, meals, a count, or minor units of money), or why there is none."""

    value: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row: what it is, and its cells."""

    name: str
    cells: tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table filled in. `entries` are its columns, of which `units` and `sorts` are told.

    A table of the whole has one column, and each of its lines an entry of its own. The unit of a
    value is the currency that it was reckoned in.
    """

    title: str
    first: str
    entries: tuple[FormEntry, ...]
    lines: tuple[FormLine, ...]
    total: FormLine | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with a report in it, and what must be said beside its figures."""

    form: ReportForm
    report: Report
    tables: tuple[FilledTable, ...]
    notes: tuple[str, ...]
    factor: MealFactor | None


#: The parts of a period by kind of row, each with its report; empty where there are none.
PartReports = Mapping[str, Sequence[Report]]
_FIRST: Final = {
    CATEGORY: N_("Category"),
    SOURCE: N_("Source"),
    REASON: N_("Reason"),
    EVENT: N_("Hand-out"),
    WEEK: N_("Week"),
    MONTH: N_("Month"),
}


def fill_in_form(
    form: ReportForm, report: Report, parts: PartReports, reader: Reader = ENGLISH
) -> FilledForm:
    """Fill a form in with a report; `parts` are the reports of its weeks and months, as needed.

    A filed report keeps no reports of its parts: rows by week or month then say so.
    """
    own = form.grams_per_meal
    if own is not None:
        factor = MealFactor(
            own, reader.gettext(N_("%(grams)s g a meal")) % {"grams": own}, form.factor_source
        )
        report = replace(report, factor=factor)
        parts = {
            kind: [replace(part, factor=factor) for part in found] for kind, found in parts.items()
        }
    writing = _Writing(report, parts, reader)
    tables = tuple(writing.table(table) for table in form.tables)
    figures = {entry.figure for table in form.tables for entry in table.entries}
    return FilledForm(
        form,
        report,
        tables,
        (*_notes(report, figures, reader), *_not_recorded(tables, reader)),
        report.factor if "meals" in figures else None,
    )


def _notes(report: Report, figures: set[str], reader: Reader) -> list[str]:
    notes = below_nothing_words(report, reader) if figures & {"opening", "closing"} else []
    if report.in_kind is not None and any(FIGURES[figure].sort == VALUE for figure in figures):
        notes += in_kind_words(report.in_kind, reader)
    asked, households = report.people.asked_households, report.people.households
    if figures & {"adults", "children", "seniors", "individuals"} and asked and households:
        if asked < households:
            told = N_("Ages were asked in %(asked)s of %(all)s households.")
            notes.append(
                reader.gettext(told)
                % {
                    "asked": words.number(asked, reader),
                    "all": words.number(households, reader),
                }
            )
    weighed = any(FIGURES[figure].sort in (WEIGHT, MEALS) for figure in figures)
    if weighed and report.estimated.handed_out > 0 < report.totals.handed_out:
        percent = round(report.estimated.handed_out * 100 / report.totals.handed_out)
        told = N_("%(percent)s %% of what was handed out bears an estimated weight.")
        notes.append(reader.gettext(told) % {"percent": percent})
    if weighed and report.not_weighed:
        told = N_("Items without a weight, in no figure of weight: %(count)s.")
        notes.append(reader.gettext(told) % {"count": words.number(report.not_weighed, reader)})
    return notes


def _not_recorded(tables: Sequence[FilledTable], reader: Reader) -> Iterator[str]:
    """A paper goes to somebody who never saw the page: say what the words in a cell mean."""
    lines = (line for table in tables for line in (*table.lines, table.total) if line)
    if any(cell.why == NOT_RECORDED for line in lines for cell in line.cells):
        yield reader.gettext(N_("“Not recorded” means that nobody wrote it down. It is not zero."))


@dataclass(frozen=True, slots=True)
class _Writing:
    """What every table of one form needs."""

    report: Report
    parts: PartReports
    reader: Reader

    def table(self, table: FormTable) -> FilledTable:
        first = self.reader.gettext(_FIRST[table.rows]) if table.rows in _FIRST else ""
        lines = tuple(self._lines(table))
        total = self._total(table) if table.with_total and table.rows and len(lines) > 1 else None
        entries = tuple(_in_currency(entry, self.report) for entry in table.entries)
        return FilledTable(table.title, first, entries, lines, total, not table.rows)

    def _lines(self, table: FormTable) -> list[FormLine]:
        if not table.rows:
            return [
                FormLine(entry.words, (whole_figure(self.report, entry),))
                for entry in table.entries
            ]
        if table.rows in (WEEK, MONTH):
            return self._parts(table)
        rows: dict[str, Callable[[FormEntry], list[tuple[str, FormCell]]]] = {
            CATEGORY: lambda entry: category_figures(self.report, entry),
            SOURCE: lambda entry: source_figures(self.report, entry, self.reader),
            REASON: lambda entry: reason_figures(self.report, entry, self.reader),
            EVENT: lambda entry: event_figures(self.report, entry, self.reader),
        }
        columns = [
            self._meals_by_category(rows[table.rows](entry))
            if table.rows == CATEGORY and entry.figure == "meals"
            else rows[table.rows](entry)
            for entry in table.entries
        ]
        return [
            FormLine(cells[0][0], tuple(cell for _, cell in cells))
            for cells in zip(*columns, strict=True)
        ]

    def _meals_by_category(self, cells: list[tuple[str, FormCell]]) -> list[tuple[str, FormCell]]:
        """Return whole meals that add up to those of all the food, not each rounded down."""
        food = [line.grams.handed_out for line in self.report.categories if line.is_food]
        if any(grams < 0 for grams in food):
            return cells
        per_meal = self.report.factor.grams_per_meal
        meals = iter(round_list(food, per_meal, self.report.meals))
        return [
            (name, cell if cell.value is None else FormCell(next(meals))) for name, cell in cells
        ]

    def _parts(self, table: FormTable) -> list[FormLine]:
        if self.report.filed is not None:
            cells = tuple(FormCell(None, NOT_KEPT) for _ in table.entries)
            return [FormLine(period_title(self.report.period, self.reader), cells)]
        return [
            FormLine(
                period_title(part.period, self.reader),
                tuple(whole_figure(part, entry) for entry in table.entries),
            )
            for part in self.parts.get(table.rows, ())
        ]

    def _total(self, table: FormTable) -> FormLine:
        cells = tuple(whole_figure(self.report, entry) for entry in table.entries)
        return FormLine(self.reader.gettext(N_("All")), cells)


def _in_currency(entry: FormEntry, report: Report) -> FormEntry:
    if FIGURES[entry.figure].sort != VALUE or report.in_kind is None:
        return entry
    return replace(entry, unit=report.in_kind.currency)


def whole_figure(report: Report, entry: FormEntry) -> FormCell:
    """Return a figure of a whole report."""
    figure = entry.figure
    if FIGURES[figure].sort == NOTHING:
        return FormCell(None, NOT_RECORDED)
    if figure == "sourced" and entry.source:
        return FormCell(sum(s.weight_grams for s in report.sources if s.kind == entry.source))
    if FIGURES[figure].sort == VALUE:
        return _valued(report.in_kind, figure)
    others = {
        "made": report.made_grams,
        "used_up": report.used_up_grams,
        "food_out": report.food_out_grams,
        "estimated_in": report.estimated.sourced,
        "estimated_out": report.estimated.handed_out,
        "meals": report.meals,
        "hand_outs": len(report.events),
    }
    if figure in others:
        return FormCell(others[figure])
    if FIGURES[figure].sort == WEIGHT:
        return FormCell(getattr(report.totals, figure))
    return _counted(report.people, figure)


def _valued(found: InKind | ValuedLine | None, figure: str) -> FormCell:
    if found is None:
        return FormCell(None, NOT_VALUED)
    return FormCell(found.given if figure == "given_value" else found.handed_out)


def _counted(people: People, figure: str) -> FormCell:
    number = getattr(people, figure)
    return FormCell(None, NOT_RECORDED) if number is None else FormCell(number)


def category_figures(report: Report, entry: FormEntry) -> list[tuple[str, FormCell]]:
    """Return a figure of each category, in the depot's order."""
    return [
        (line.category, _of_category(report, line.category, number, entry))
        for number, line in enumerate(report.categories)
    ]


def _of_category(report: Report, name: str, number: int, entry: FormEntry) -> FormCell:
    line = report.categories[number]
    if FIGURES[entry.figure].sort == NOTHING:
        return FormCell(None, NOT_RECORDED)
    if FIGURES[entry.figure].sort == VALUE:
        valued = report.in_kind.lines if report.in_kind else ()
        found = next((one for one in valued if one.category == name), None)
        return _valued(found, entry.figure)
    if entry.source:
        cells = (cell for cell in report.received if cell.category == name)
        return FormCell(sum(cell.weight_grams for cell in cells if cell.kind == entry.source))
    if entry.figure in ("food_out", "meals") and not line.is_food:
        return FormCell(None, NOT_FOOD)
    if entry.figure == "food_out":
        return FormCell(line.grams.handed_out)
    if entry.figure == "meals":
        return FormCell(report.factor.meals(line.grams.handed_out))
    return FormCell(getattr(line.grams, entry.figure))


def source_figures(report: Report, entry: FormEntry, reader: Reader) -> list[tuple[str, FormCell]]:
    """Return what came in from each kind of source, the most first."""
    unknown = FIGURES[entry.figure].sort == NOTHING
    return [
        (
            reader.gettext(source_word(share.kind)),
            FormCell(None, NOT_RECORDED) if unknown else FormCell(share.weight_grams),
        )
        for share in report.sources
    ]


def reason_figures(report: Report, entry: FormEntry, reader: Reader) -> list[tuple[str, FormCell]]:
    """Return what was lost for each reason, the most first."""
    unknown = FIGURES[entry.figure].sort == NOTHING
    return [
        (
            reader.gettext(reason_word(share.kind)),
            FormCell(None, NOT_RECORDED) if unknown else FormCell(share.weight_grams),
        )
        for share in report.losses
    ]


def event_figures(report: Report, entry: FormEntry, reader: Reader) -> list[tuple[str, FormCell]]:
    """Return a figure of each hand-out, and of what went out without one."""
    sort = FIGURES[entry.figure].sort
    cells = []
    for event in report.events:
        if sort == NOTHING:
            cell = FormCell(None, NOT_RECORDED)
        elif sort == WEIGHT:
            cell = FormCell(event.weight_grams)
        else:
            cell = _counted(event.people, entry.figure)
        cells.append((_named(event, reader), cell))
    if report.without_event_grams:
        without = (
            FormCell(report.without_event_grams) if sort == WEIGHT else FormCell(None, NOT_RECORDED)
        )
        cells.append((N_("No hand-out named"), without))
    return cells


def _named(event: EventLine, reader: Reader) -> str:
    """Return a hand-out's name and day: many bear the same name."""
    if event.held_on is None:
        return event.name
    return f"{event.name}, {days_of(event.held_on, event.held_on, reader)}"
