"""A report's tables, as lists of finished texts: head, rows, foot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from blueprints.reports.words import title_of
from blueprints.words import filters
from depot.base.units import GRAM, MILLILITRE
from depot.reports.sums.figures import Figures
from depot.reports.sums.period_words import WORDS
from depot.reports.sums.report import Compared, Due, EventLine, ItemLine, Need, People, Report
from depot.reports.sums.weights import decimals_needed, large_unit
from depot.reports.sums.words import COLUMNS, PEOPLE, shown_columns

Row = list[str]
Write = Callable[[int], str]
#: Figures printed with their sign: they are differences, not amounts.
SIGNED = frozenset({"produced", "transferred", "variance"})


@dataclass(frozen=True, slots=True)
class DueRow:
    """Goods that must go out next: what, how much, until when, and the colour of it."""

    item: str
    figure: str
    until: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """Something short or too much, and how long it lasts as things go."""

    name: str
    figure: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its label, column names, rows whose first cell is their name, and totals."""

    label: str
    head: Row
    rows: list[Row]
    foot: Row | None = None


def by_category(report: Report) -> Table:
    """Return the weights by category, with as many decimals as make them add up on paper."""
    unit = report.depot.weight_unit
    shown = shown_columns([report.totals])
    lines = [line.grams for line in report.categories]
    write = _weights(unit, (getattr(line, name) for line in lines for name in shown))
    return Table(
        _("It adds up: %(unit)s by category", unit=unit),
        [_("Category"), *(_(COLUMNS[name]) for name in shown)],
        [
            [line.category, *_cells(line.grams, shown, write)]
            for line in report.categories
            if not line.grams.is_blank
        ],
        [_("All, %(unit)s", unit=unit), *_cells(report.totals, shown, write)],
    )


def by_item(report: Report) -> Table:
    """Return the quantities of every item: pieces, and kilograms or litres to the gram."""
    shown = shown_columns(line.quantities for line in report.items)
    return Table(
        _("It adds up: every item"),
        [_("Item"), *(_(COLUMNS[name]) for name in shown)],
        [_item(line, shown, report.depot.weight_unit) for line in report.items],
    )


def _item(line: ItemLine, shown: Sequence[str], weight_unit: str) -> Row:
    name = line.item
    write: Write = filters.number
    if line.unit in (GRAM, MILLILITRE):
        unit = weight_unit if line.unit == GRAM else "l"
        numbers = (getattr(line.quantities, column) for column in shown)
        # a millilitre is to a litre what a gram is to a kilogram
        write = _weights("lb" if unit == "lb" else "kg", numbers)
        name = _("%(item)s, %(unit)s", item=name, unit=unit)
    return [name, *_cells(line.quantities, shown, write)]


def _cells(figures: Figures, shown: Sequence[str], write: Write) -> Row:
    return [
        _signed(getattr(figures, name), write)
        if name in SIGNED
        else _plain(getattr(figures, name), write)
        for name in shown
    ]


def _plain(number: int, write: Write) -> str:
    return _with_sign("−", write(-number)) if number < 0 else write(number)


def _signed(number: int, write: Write) -> str:
    return _with_sign("+", write(number)) if number > 0 else _plain(number, write)


def _with_sign(sign: str, shown: str) -> str:
    """What is shown as nothing has no sign, however little it is."""
    return f"{sign}{shown}" if any(letter in "123456789" for letter in shown) else shown


def _weights(unit: str, numbers: Iterable[int]) -> Write:
    """Return what writes grams in `unit`, all with the same decimals; nothing is a plain 0."""
    decimals = decimals_needed(numbers, unit)
    form = "#,##0." + "0" * decimals if decimals else "#,##0"

    def write(grams: int) -> str:
        return str(format_decimal(large_unit(grams, unit, decimals), format=form)) if grams else "0"

    return write


def compared(report: Report) -> Table:
    """Return this period beside the last one and the mean of those before."""
    words = WORDS[report.period.kind]
    names = (_("Came in"), _("Made, less used up"), _("Handed out"), _("Lost"))
    columns = (report.this.grams, report.previous, report.mean_before)
    return Table(
        _(words.in_figures),
        ["", _(words.this), _(words.previous), _(words.mean, count=len(report.before))],
        [
            [name, *(_weight_of(column, place) for column in columns)]
            for place, name in enumerate(names)
        ],
    )


def _weight_of(column: Compared | None, place: int) -> str:
    return "" if column is None else filters.weight(column[place])


def periods(report: Report) -> Table:
    """Return the figures of the chart: this period and those before, the newest first."""
    words = WORDS[report.period.kind]
    lines = [report.this, *reversed(report.before)]
    return Table(
        _(words.every),
        [_(words.name), _("In"), _("Made"), _("Out"), _("Lost")],
        [[title_of(line.period), *map(filters.weight, line.grams)] for line in lines],
    )


def events(report: Report) -> Table:
    """Return what was handed out at each event, and without one."""
    rows = [
        [
            _event_name(event),
            filters.weight(event.weight_grams),
            _counted(event.people.households),
            _counted(event.people.individuals),
        ]
        for event in report.events
    ]
    if report.without_event_grams or not rows:
        rows.append([_("No hand-out named"), filters.weight(report.without_event_grams), "", ""])
    people = report.people
    foot = [
        _("All"),
        filters.weight(report.totals.handed_out),
        _counted(people.households),
        _counted(people.individuals),
    ]
    return Table(
        _("Handed out at"), [_("Hand-out"), _("Weight"), _("Households"), _("People")], rows, foot
    )


def due(report: Report) -> list[DueRow]:
    """Return what must go out next week, the most urgent first."""
    return [
        DueRow(
            line.item,
            filters.quantity(line.quantity, line.unit),
            _until(line),
            "stop" if line.is_past else "count",
            url_for("items.item", item_id=line.item_id),
        )
        for line in report.due or ()
    ]


def _until(line: Due) -> str:
    day = filters.day(line.give_out_until)
    if not line.is_past:
        return str(_("give out until %(day)s", day=day))
    if line.date_kind == "use_by":
        return str(_("was to be used by %(day)s", day=day))
    return str(_("was to go out by %(day)s", day=day))


def needs(report: Report) -> tuple[list[NeedRow], list[NeedRow]]:
    """Return what is short, the most urgent first, and what there is too much of."""
    found = report.needs
    if found is None:
        return [], []
    return [_need(need) for need in found.short], [_need(need) for need in found.too_much]


def _need(need: Need) -> NeedRow:
    if need.days_left is None:
        return NeedRow(need.name, "")
    if not need.days_left:
        return NeedRow(need.name, str(_("none left")))
    words = ngettext("%(num)s day left", "%(num)s days left", need.days_left)
    return NeedRow(need.name, str(words))


def people(found: People) -> list[tuple[str, str]]:
    """Return the people helped as short facts; what was never asked says so."""
    return [(_(word), _counted(getattr(found, figure))) for figure, word in PEOPLE.items()]


def _event_name(event: EventLine) -> str:
    """Return a hand-out's name and day: many bear the same name."""
    if event.held_on is None:
        return event.name
    return str(_("%(event)s, %(day)s", event=event.name, day=filters.day(event.held_on)))


def _counted(number: int | None) -> str:
    return str(_("not asked")) if number is None else filters.number(number)
