"""Forms for funders, filled in: the depot's own ones and those that every depot begins with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.periods import Period, month_of, span, week_of
from depot.models import MealFactor
from depot.models import ReportForm as Row
from depot.reports.forms.filled import PartReports
from depot.reports.forms.forms import MONTH, WEEK, ReportForm, form_of
from depot.reports.forms.start_forms import START_FORMS
from depot.reports.queries.reports import make_report
from depot.reports.sums.report import Report


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form with its key; `is_start` is one that every depot begins with and nobody edited."""

    key: str
    form: ReportForm
    is_start: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A meal factor of the depot; the chosen one counts."""

    id: int
    grams_per_meal: int
    stated: str
    source: str
    version: str
    is_chosen: bool


def report_forms(session: Session, depot_id: int) -> list[FormRow]:
    """Return all forms, those every depot begins with first, then by name, put away ones last."""
    own = {
        row.key: FormRow(row.key, form_of(json.loads(row.definition)), False, row.archived)
        for row in session.scalars(select(Row).where(Row.depot_id == depot_id).order_by(Row.name))
    }
    start = {key: FormRow(key, form, True, False) for key, form in START_FORMS.items()}
    return sorted((start | own).values(), key=lambda row: row.archived)


def report_form(session: Session, depot_id: int, key: str) -> FormRow | None:
    """Return one form of the depot, or None if it has none with that key."""
    return next((row for row in report_forms(session, depot_id) if row.key == key), None)


def part_reports(
    session: Session,
    depot: DepotView,
    form: ReportForm,
    period: Period,
    done: Callable[[], None] = lambda: None,
) -> PartReports:
    """Return the reports of the weeks and months of a period, as far as the form has such rows.

    At its ends a week or month is cut off with the period, so that the parts add up to it. `done`
    is called after each report.
    """

    def read(part: Period) -> Report:
        found = make_report(session, depot, part)
        done()
        return found

    wanted = _wanted_parts(form, period, depot)
    return {kind: [read(part) for part in parts] for kind, parts in wanted.items()}


def part_count(form: ReportForm, period: Period, depot: DepotView) -> int:
    """Return how many reports of weeks and months a form needs for a period."""
    return sum(map(len, _wanted_parts(form, period, depot).values()))


def _wanted_parts(form: ReportForm, period: Period, depot: DepotView) -> dict[str, list[Period]]:
    wanted = {table.rows for table in form.tables} & {WEEK, MONTH}
    return {kind: parts_of(kind, period, depot.week_start) for kind in sorted(wanted)}


def parts_of(kind: str, period: Period, week_start: int) -> list[Period]:
    """Return the weeks or months that make up a period, the first and the last cut to it."""
    parts: list[Period] = []
    day: date = period.first
    while day <= period.last:
        whole: Period = week_of(day, week_start) if kind == WEEK else month_of(day)
        first, last = max(whole.first, period.first), min(whole.last, period.last)
        parts.append(whole if (first, last) == (whole.first, whole.last) else span(first, last))
        day = last + timedelta(days=1)
    return parts


def meal_factors(session: Session, depot_id: int) -> list[FactorRow]:
    """Return the depot's meal factors in the order in which they were added."""
    rows = session.scalars(
        select(MealFactor).where(MealFactor.depot_id == depot_id).order_by(MealFactor.id)
    )
    return [
        FactorRow(row.id, row.grams_per_meal, row.stated, row.source, row.version, row.is_chosen)
        for row in rows
    ]
