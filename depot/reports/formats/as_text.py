"""A report as plain text, 78 letters wide, for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from depot.base.text import N_
from depot.ledger.seal import short_seal
from depot.reports.formats.adding_up import round_figures, write_steps
from depot.reports.formats.in_kind import in_kind_words
from depot.reports.formats.paper_tables import band_line_facts, people_facts, visit_facts
from depot.reports.formats.paper_words import below_nothing_words, doubt_line_words, hours_facts
from depot.reports.sums.in_kind import InKind
from depot.reports.sums.report import DueGoods, People, Report
from depot.reports.sums.words import COLUMNS, UNITS, reason_word, shown_columns, source_word
from depot.words import figures
from depot.words.numbers import money
from depot.words.reader import ENGLISH, Reader
from depot.words.weights import weights_that_add_up

WIDTH = 78
_NAME, _FIGURE = 22, 8


def report_as_text(report: Report, reader: Reader = ENGLISH) -> str:
    """Return the report as text that ends with a line feed; `say` translates its words."""
    return "\n".join(line.rstrip() for line in _lines(report, reader)) + "\n"


def _lines(report: Report, reader: Reader) -> Iterator[str]:
    period = report.period
    days = figures.span(period.first, period.last, reader)
    title = f"{report.depot.name} · {days}"
    if period.kind != "range":
        title = f"{report.depot.name} · {period.name} · {days}"
    yield title
    yield "=" * min(len(title), WIDTH)
    yield ""
    yield from _summary(report, reader)
    yield from _section(
        reader.gettext(N_("It adds up: weight by category")), _by_category(report, reader)
    )
    yield from _section(reader.gettext(N_("It adds up: items")), _by_item(report, reader))
    sources = [(reader.gettext(source_word(s.kind)), s.weight_grams) for s in report.sources]
    yield from _section(reader.gettext(N_("Came in from")), _weights(sources, report, reader))
    losses = [(reader.gettext(reason_word(s.kind)), s.weight_grams) for s in report.losses]
    yield from _section(reader.gettext(N_("Lost because")), _weights(losses, report, reader))
    yield from _section(reader.gettext(N_("Handed out at")), _events(report, reader))
    yield from _section(reader.gettext(N_("People helped")), _people(report.people, reader))
    if report.bands:
        told = [_pair(*fact) for fact in band_line_facts(report.bands, reader)]
        yield from _section(reader.gettext(N_("People helped, by your ages")), told)
    if report.visits is not None:
        told = [_pair(*fact) for fact in visit_facts(report.visits, reader)]
        yield from _section(reader.gettext(N_("Visits and households")), told)
    if report.hours is not None:
        told = [_pair(*fact) for fact in hours_facts(report.hours, reader)]
        yield from _section(reader.gettext(N_("Hours")), told)
    if report.in_kind is not None:
        value = _in_kind(report.in_kind, reader)
        yield from _section(reader.gettext(N_("In-kind value")), value)
    if report.due is not None:
        yield from _section(
            reader.gettext(N_("To go out next week")), _due(report.due, report, reader)
        )
    yield from _closing_words(report, reader)


def _summary(report: Report, reader: Reader) -> Iterator[str]:
    totals = report.totals
    for name, grams in (
        (N_("Came in"), totals.sourced),
        (N_("Made"), report.made_grams),
        (N_("used up for it"), report.used_up_grams),
        (N_("Handed out"), totals.handed_out),
        (N_("Lost"), totals.lost),
    ):
        yield _pair(reader.gettext(name), _weight(grams, report, reader))
    yield _pair(reader.gettext(N_("Meals")), figures.number(report.meals, reader))
    yield f"  {reader.gettext(report.factor.stated)},"
    yield f"  {reader.gettext(report.factor.source)}"
    if report.factor.version:
        yield f"  {reader.gettext(report.factor.version)}"


def _by_category(report: Report, reader: Reader) -> Iterator[str]:
    unit = report.depot.weight_unit
    shown = shown_columns([report.totals])
    lines, totals = round_figures([line.grams for line in report.categories], unit, 1)
    write = write_steps(1, reader, grouped=False)
    yield _header(reader.gettext(N_("Category")), shown, reader)
    for line, told in zip(report.categories, lines, strict=True):
        yield _row(line.category, [write(getattr(told, c)) for c in shown])
    yield "-" * WIDTH
    sums = [write(getattr(totals, c)) for c in shown]
    sign = figures.unit_sign(unit, reader)
    yield _row(reader.gettext(N_("All, %(unit)s"), unit=sign), sums)
    yield reader.gettext(N_("Weights are shown to a tenth; they add up to the gram."))
    if report.not_weighed:
        count = figures.number(report.not_weighed, reader)
        yield reader.gettext("Items without a weight, not in these figures: %(count)s", count=count)


def _by_item(report: Report, reader: Reader) -> Iterator[str]:
    shown = shown_columns(line.quantities for line in report.items)
    for unit, word in UNITS.items():
        lines = [line for line in report.items if line.unit == unit]
        if lines:
            yield _header(f"{reader.gettext(N_('Item'))}, {reader.gettext(word)}", shown, reader)
        for line in lines:
            yield _row(line.item, [_whole(getattr(line.quantities, c), reader) for c in shown])


def _events(report: Report, reader: Reader) -> Iterator[str]:
    lines = [(event.name, event.weight_grams) for event in report.events]
    if report.without_event_grams:
        lines.append((reader.gettext(N_("No event")), report.without_event_grams))
    yield from _weights(lines, report, reader)


def _people(people: People, reader: Reader) -> Iterator[str]:
    if people.households is None:
        yield reader.gettext(N_("Nobody was counted."))
        return
    for name, number in people_facts(people, reader):
        yield _pair(name, number)


def _in_kind(found: InKind, reader: Reader) -> Iterator[str]:
    for name, minor in (
        (N_("Given to us"), found.given),
        (N_("Handed out"), found.handed_out),
    ):
        yield _pair(reader.gettext(name), money(minor, found.currency, reader.locale))
    for told in in_kind_words(found, reader):
        yield from wrap(told, WIDTH)


def _due(lines: Sequence[DueGoods], report: Report, reader: Reader) -> Iterator[str]:
    if not lines:
        yield reader.gettext(N_("Nothing must."))
    for line in lines:
        amount = _weight(line.weight_grams, report, reader) if line.weight_grams is not None else ""
        until = figures.dated_day(line.give_out_until, reader)
        quantity = figures.number(line.quantity, reader)
        yield _pair(f"{until}  {line.item}", f"{quantity} {reader.gettext(UNITS[line.unit])}")
        if amount:
            yield _pair("", amount)


def _closing_words(report: Report, reader: Reader) -> Iterator[str]:
    yield ""
    for told in below_nothing_words(report, reader):
        yield from wrap(told, WIDTH)
    if report.late_entries:
        late = figures.number(report.late_entries, reader)
        yield _pair(reader.gettext(N_("Written down when it was over")), late)
    if report.open_discrepancies:
        still = figures.number(report.open_discrepancies, reader)
        yield _pair(reader.gettext(N_("Things still to look at")), still)
    for line in report.doubts:
        yield doubt_line_words(line, reader)
    if report.estimated.handed_out or report.estimated.sourced:
        yield _pair(
            reader.gettext(N_("Estimated, of what came in")),
            _weight(report.estimated.sourced, report, reader),
        )
        estimated = _weight(report.estimated.handed_out, report, reader)
        yield _pair(reader.gettext(N_("Estimated, of what was handed out")), estimated)
    yield _pair(reader.gettext(N_("Line of the book")), figures.number(report.seq, reader))
    if report.filed is not None:
        yield _pair(reader.gettext(N_("Filed as number")), str(report.filed.number))
        yield _pair(reader.gettext(N_("Version")), str(report.filed.version))
        yield _pair(reader.gettext(N_("Seal of the filed report")), short_seal(report.filed.seal))
    yield _pair(reader.gettext(N_("Seal")), short_seal(report.seal))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from ("", title, "-" * min(len(title), WIDTH), *body)


def _weights(pairs: Iterable[tuple[str, int]], report: Report, reader: Reader) -> Iterator[str]:
    told, unit = list(pairs), report.depot.weight_unit
    for (name, _grams), shown in zip(
        told, weights_that_add_up([grams for _name, grams in told], unit, 1), strict=True
    ):
        yield _pair(name, figures.tenth(shown, unit, reader))


def _header(first: str, shown: Sequence[str], reader: Reader) -> str:
    return _row(first, [reader.gettext(COLUMNS[name]) for name in shown])


def _row(name: str, cells: Sequence[str]) -> str:
    """A line of a table; a name too long for its column stands on a line of its own."""
    figures = "".join(f"{cell:>{_FIGURE}}" for cell in cells)
    if len(name) > _NAME:
        return f"{name}\n{'':{_NAME}}{figures}"
    return f"{name:<{_NAME}}{figures}"


def _pair(name: str, figure: str) -> str:
    return f"{name:<44}{figure:>16}"


def _whole(number: int, reader: Reader) -> str:
    return figures.decimal(number, reader, most=0, grouped=False)


def _weight(grams: int, report: Report, reader: Reader) -> str:
    unit = report.depot.weight_unit
    return figures.weight_to_tenth(grams, unit, reader)
