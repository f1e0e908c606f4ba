"""A form for a funder filled in: what the page and the API share."""

from __future__ import annotations

from werkzeug.exceptions import NotFound as NoPage

from blueprints.frame.edge.positions import read_report
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.reports import periods
from depot.base.actors import Actor
from depot.base.errors import Invalid, NotFound
from depot.base.periods import Period, last_complete_period, parse_period
from depot.base.text import N_
from depot.reports.forms.filled import FilledForm, fill_in_form
from depot.reports.forms.filled_formats import FORM_FORMATS, FormFormat
from depot.reports.forms.start_forms import translate_form
from depot.reports.queries.filed import filed_report
from depot.reports.queries.forms import FormRow, part_reports, report_form
from depot.reports.queries.reports import make_report
from depot.reports.sums.report import Report


def need_form(key: str) -> FormRow:
    """Return a form of the depot. Raises NotFound."""
    session, who = reader()
    row = report_form(session, who.depot_id, key[:60])
    if row is None:
        raise NotFound(what=N_("form"), name=key[:60])
    return row


def period_for(row: FormRow, who: Actor, text: str) -> Period:
    """Return the period named, else the last one of the form's kind that is over."""
    if text:
        return parse_period(text, who.depot.week_start)
    if row.form.kind == "range":
        return periods.last_days(who.depot)
    return last_complete_period(row.form.kind, periods.today_of(who.depot), who.depot.week_start)


def report_for(who: Actor, period: Period, number: str) -> Report:
    """Return the report as the book has it now, or the filed one of that number and period."""
    session, _who = reader()
    if not number:
        return read_report(lambda reading: make_report(reading, who.depot, period))
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Invalid(field="filed", problem=N_("That is no number of a filed report."))
    report = filed_report(session, who.depot, int(number))
    if report is None or report.period != period:
        raise NotFound(what=N_("filed report"), name=number)
    return report


def fill_form(row: FormRow, report: Report, who: Actor) -> FilledForm:
    """Fill a form in, in the reader's language."""
    session, _who = reader()
    form = translate_form(row.form, current_reader()) if row.is_start else row.form
    parts = {} if report.filed else part_reports(session, who.depot, form, report.period)
    return fill_in_form(form, report, parts, current_reader())


def need_form_format(ending: str) -> FormFormat:
    """Return the form of file whose name ends so. Raises NotFound."""
    found = next((one for one in FORM_FORMATS.values() if one.ending == ending), None)
    if found is None:
        raise NoPage()
    return found


def write_form(form: FilledForm, chosen: FormFormat) -> bytes:
    """Return a filled-in form as a file, in the reader's language."""
    return chosen.write(form, current_reader())
