"""No form of a report tells of less than nothing without naming it, saying why and what to do."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from depot.base.periods import week_of
from depot.reports.formats.as_csv import report_as_csv
from depot.reports.formats.as_json import figures_of, report_as_json
from depot.reports.formats.as_paper import report_as_paper
from depot.reports.formats.as_text import report_as_text
from depot.reports.formats.as_xlsx import report_as_xlsx
from depot.reports.forms.filled import fill_in_form
from depot.reports.forms.forms import WHOLE, FormEntry, FormTable, ReportForm
from depot.reports.queries.reports import weekly_report
from depot.reports.sums.report import Report
from depot.words.reader import ENGLISH
from tests.book import Book
from tests.builders import World

LAST_WEEK = datetime(2026, 11, 12, 12, tzinfo=UTC)
THIS_WEEK = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture
def report(world: World) -> Report:
    """As an older program could write it: two went out the week before seven came in."""
    book = Book(world.ada)
    goods = book.goods("Rice", "Tins and jars")
    book.came_in(goods, 7, THIS_WEEK)
    book.move("issue", goods, 2, "here", "recipient", LAST_WEEK)
    return weekly_report(world.session, world.north, week_of(LAST_WEEK.date(), 1))


def test_it_is_named_in_the_figures(report: Report) -> None:
    (line,) = report.below_nothing
    assert (line.item, line.quantities.opening, line.quantities.closing) == ("Rice", 0, -2)
    (told,) = report_as_json(report)["below_nothing"]
    assert (told["item"], told["closing"]) == ("Rice", -2)
    assert "below_nothing" not in figures_of(report)  # what is filed keeps its form


def test_it_is_named_in_every_file(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(report_as_csv(report))))
    (row,) = [row for row in rows if row["section"] == "below_nothing"]
    assert (row["name"].split(":")[0], row["closing"]) == ("Rice", "-2")
    text = " ".join(report_as_text(report).split())
    assert "Rice: 0 at the beginning, −2 at the end. Less than nothing cannot be here" in text
    assert "Write it with its day, or count what is there." in text
    assert "Less than nothing cannot be here" in str(report_as_paper(report, ENGLISH))
    assert report_as_xlsx(report)


def test_it_is_named_in_a_funders_form_that_shows_stock(report: Report) -> None:
    shown, other = (
        ReportForm(
            name="Funder",
            kind="week",
            tables=(FormTable("Stock", WHOLE, (FormEntry("", figure),)),),
        )
        for figure in ("closing", "handed_out")
    )
    told = " ".join(fill_in_form(shown, report, {}).notes)
    assert "Rice: 0 at the beginning, −2 at the end." in told
    assert "Less than nothing" not in " ".join(fill_in_form(other, report, {}).notes)


def test_a_report_with_stock_says_nothing_of_it(world: World) -> None:
    book = Book(world.ada)
    book.came_in(book.goods("Rice", "Tins and jars"), 7, THIS_WEEK)
    found = weekly_report(world.session, world.north, week_of(THIS_WEEK.date(), 1))
    assert found.below_nothing == ()
    assert "Less than nothing" not in report_as_text(found)
