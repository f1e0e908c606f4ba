"""`depot report`: a period's report in a terminal or a file, and filing it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import click

from depot.base.actors import DepotView
from depot.base.clock import local_day, utc_now
from depot.base.errors import NotFound
from depot.base.periods import (
    Period,
    last_complete_period,
    last_days,
    parse_period,
    parse_week,
    span,
)
from depot.base.text import N_
from depot.cli.frame import open_depot, progress_bar, reader_in, say, sentence
from depot.db.database import current_session
from depot.ledger.seal import short_seal
from depot.people.queries import console_actor
from depot.reports.filing import FileReport, file_report
from depot.reports.formats.formats import FORMATS
from depot.reports.forms.filled import fill_in_form
from depot.reports.forms.filled_formats import FORM_FORMATS
from depot.reports.forms.start_forms import translate_form
from depot.reports.queries.filed import filed_report, filed_reports
from depot.reports.queries.forms import FormRow, part_count, part_reports, report_forms
from depot.reports.queries.reports import make_report
from depot.reports.sums.report import Report
from depot.words import figures

Command = Callable[..., None]
_KINDS: Final = {
    "week": N_("week"),
    "month": N_("month"),
    "quarter": N_("quarter"),
    "year": N_("year"),
    "range": N_("any days"),
}
#: Returns the period wanted of a depot on its present day.
ChoosePeriod = Callable[[DepotView, date], Period]


@click.group()
def report() -> None:
    """Print what came in, was made, handed out and lost; file it."""


def _depot_option(command: Command) -> Command:
    return click.option("--depot", "slug", help="Which depot, if there are several.")(command)


def _how(command: Command) -> Command:
    """Add the options of how a report is written."""
    for option in (
        click.option(
            "--output",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write it to this file.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(tuple(FORMATS)),
            default="text",
            show_default=True,
            help="How it is written.",
        ),
        _depot_option,
    ):
        command = option(command)
    return command


@report.command()
@click.option("--week", help="For example 2026-W47; the last complete week if not said.")
@_how
def weekly(week: str | None, **how: Any) -> None:
    """Print the report of a week; exit 1 with the items named if it does not add up."""

    def wanted(depot: DepotView, today: date) -> Period:
        if week:
            return parse_week(week, depot.week_start)
        return last_complete_period("week", today, depot.week_start)

    _print(wanted, **how)


@report.command()
@click.option("--month", "name", help="For example 2026-11; the last complete month if not said.")
@_how
def month(name: str | None, **how: Any) -> None:
    """Print the report of a month."""
    _print(_named("month", name), **how)


@report.command()
@click.option("--quarter", "name", help="For example 2026-Q4; the last complete one if not said.")
@_how
def quarter(name: str | None, **how: Any) -> None:
    """Print the report of a quarter."""
    _print(_named("quarter", name), **how)


@report.command()
@click.option("--year", "name", help="For example 2026; the last complete year if not said.")
@_how
def year(name: str | None, **how: Any) -> None:
    """Print the report of a year."""
    _print(_named("year", name), **how)


@report.command("range")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), required=True)
@_how
def any_days(first: datetime, last: datetime, **how: Any) -> None:
    """Print the report of any days in a row, both of them included."""
    _print(lambda _depot, _today: span(first.date(), last.date()), **how)


@report.command("file")
@click.option("--week", help="For example 2026-W47; the last complete week if not said.")
@click.option("--period", help="Another period: 2026-11, 2026-Q4, 2026, or two days.")
@_depot_option
def file(week: str | None, period: str | None, slug: str | None) -> None:
    """Keep the report of a period as it is now, numbered and sealed."""
    if week and period:
        raise click.UsageError(sentence(N_("Name a week or another period, not both.")))
    with open_depot():
        who = console_actor(current_session(), slug)
        today = local_day(utc_now(), who.depot.time_zone)
        name = week or period or last_complete_period("week", today, who.depot.week_start).name
        body = file_report(FileReport(command_id=uuid4(), period=name), who).body
    say(
        N_("Filed as number %(number)s: %(period)s, version %(version)s, seal %(seal)s"),
        number=str(body["number"]),
        period=body["period"],
        version=str(body["version"]),
        seal=short_seal(body["seal"]),
    )


@report.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@_how
def filed(number: int | None, slug: str | None, form: str, output: Path | None) -> None:
    """List the filed reports, the newest first; with NUMBER, print that one as it was filed."""
    with open_depot():
        session = current_session()
        depot = console_actor(session, slug).depot
        if number is None:
            _list_filed(depot)
            return
        found = _filed(depot, number)
    _write(found, form, output)


def _list_filed(depot: DepotView) -> None:
    reader = reader_in(depot)
    for row in filed_reports(current_session(), depot.id, limit=10_000):
        version = reader.gettext("version %(version)s", version=row.version)
        day = figures.dated_day(figures.to_local(row.filed_at, reader).date(), reader)
        click.echo(
            f"{row.number:>5}  {row.period:<24} {version:<11} {day:<12} {short_seal(row.seal)}"
        )


def _period_options(command: Command) -> Command:
    """Add the options that name a period of any kind, and that of a filed report."""
    day = click.DateTime(["%Y-%m-%d"])
    for option in (
        click.option("--filed", "number", type=click.IntRange(min=1), help="A filed report."),
        click.option("--to", "last", type=day, help="The last of any days."),
        click.option("--from", "first", type=day, help="The first of any days."),
        click.option("--year", help="For example 2026."),
        click.option("--quarter", help="For example 2026-Q4."),
        click.option("--month", help="For example 2026-11."),
        click.option("--week", help="For example 2026-W47."),
    ):
        command = option(command)
    return command


@report.command("form")
@click.argument("name", required=False)
@_period_options
@_how
def funder_form(
    name: str | None, slug: str | None, form: str, output: Path | None, **asked: Any
) -> None:
    """Fill in the form NAME for a funder; without NAME, list the forms there are.

    Without a period it is the last one of the form's kind that is over. What was never recorded
    is said so, and is no zero.
    """
    wanted = _any_period(**asked)
    with open_depot():
        depot = console_actor(current_session(), slug).depot
        if name is None:
            _list_forms(depot)
            return
        row = _form_named(depot, name)
        _print_form(row, depot, _report_for(row, depot, wanted, asked["number"]), form, output)


def _any_period(
    number: int | None, first: datetime | None, last: datetime | None, **names: str | None
) -> ChoosePeriod | None:
    """Return the one period that is named, None without. Raises UsageError if there are more."""
    given = [(kind, name) for kind, name in names.items() if name]
    if len(given) + bool(first or last) + bool(number) > 1:
        raise click.UsageError(sentence(N_("Name one period, or one filed report.")))
    if given:
        return _named(*given[0])
    if first and last:
        return lambda _depot, _today: span(first.date(), last.date())
    if first or last:
        raise click.UsageError(sentence(N_("Name both days, --from and --to.")))
    return None


def _list_forms(depot: DepotView) -> None:
    reader = reader_in(depot)
    for row in report_forms(current_session(), depot.id):
        kind = reader.gettext(_KINDS[row.form.kind])
        name = reader.gettext(row.form.name) if row.is_start else row.form.name
        click.echo(f"{row.key:<24} {kind:<9} {name}")


def _form_named(depot: DepotView, name: str) -> FormRow:
    """Return the form of that key, else of that name in any case. Raises NotFound."""
    rows = report_forms(current_session(), depot.id)
    for row in (*(row for row in rows if row.key == name), *rows):
        if name.casefold() in (row.key, row.form.name.casefold()):
            return row
    raise NotFound(what=N_("form"), name=name)


def _report_for(
    row: FormRow, depot: DepotView, wanted: ChoosePeriod | None, number: int | None
) -> Report:
    if number:
        return _filed(depot, number)
    today = local_day(utc_now(), depot.time_zone)
    if wanted:
        period = wanted(depot, today)
    elif row.form.kind == "range":
        period = last_days(today)
    else:
        period = last_complete_period(row.form.kind, today, depot.week_start)
    return make_report(current_session(), depot, period)


def _print_form(
    row: FormRow, depot: DepotView, found: Report, form: str, output: Path | None
) -> None:
    chosen, reader = FORM_FORMATS[form], reader_in(depot)
    _need_file(form, chosen.is_binary, output)
    session, period = current_session(), found.period
    with progress_bar(1 + (0 if found.filed else part_count(row.form, period, depot))) as done:
        parts = {} if found.filed else part_reports(session, depot, row.form, period, done)
        wanted = translate_form(row.form, reader) if row.is_start else row.form
        _put(chosen.write(fill_in_form(wanted, found, parts, reader), reader), output)
        done()


def _filed(depot: DepotView, number: int) -> Report:
    """Return a filed report. Raises NotFound."""
    found = filed_report(current_session(), depot, number)
    if found is None:
        raise NotFound(what=N_("filed report"), name=number)
    return found


def _named(kind: str, name: str | None) -> ChoosePeriod:
    def wanted(depot: DepotView, today: date) -> Period:
        if not name:
            return last_complete_period(kind, today, depot.week_start)
        period = parse_period(name, depot.week_start)
        if period.kind != kind:
            raise click.UsageError(
                sentence(N_("%(name)s is not of this kind of period."), name=name)
            )
        return period

    return wanted


def _print(wanted: ChoosePeriod, slug: str | None, form: str, output: Path | None) -> None:
    with progress_bar(2) as done:
        with open_depot():
            session = current_session()
            depot = console_actor(session, slug).depot
            today = local_day(utc_now(), depot.time_zone)
            found = make_report(session, depot, wanted(depot, today), today)
        done()
        _write(found, form, output)
        done()


def _write(found: Report, form: str, output: Path | None) -> None:
    chosen = FORMATS[form]
    _need_file(form, chosen.is_binary, output)
    _put(chosen.write(found, reader_in(found.depot)), output)


def _need_file(form: str, is_binary: bool, output: Path | None) -> None:
    if is_binary and output is None and sys.stdout.isatty():
        raise click.UsageError(
            sentence(N_("%(form)s is no text: name a file with --output."), form=form)
        )


def _put(written: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(written, nl=False)
    else:
        output.write_bytes(written)
