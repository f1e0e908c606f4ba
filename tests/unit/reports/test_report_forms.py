"""Forms for funders: what they may ask for, how they are filled in, and what was never recorded."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from depot.base.actors import DepotView
from depot.base.periods import parse_period
from depot.items.item_facts import ItemFacts
from depot.papers.html import paper_as_html
from depot.papers.pdf import paper_as_pdf
from depot.reports.forms.filled import NOT_FOOD, NOT_KEPT, NOT_RECORDED, FilledForm, fill_in_form
from depot.reports.forms.filled_files import form_as_csv, form_as_json, form_as_xlsx, number_of
from depot.reports.forms.filled_formats import FORM_FORMATS
from depot.reports.forms.filled_paper import form_as_paper
from depot.reports.forms.filled_text import form_as_text
from depot.reports.forms.forms import (
    CATEGORY,
    EVENT,
    FIGURES,
    MAX_ENTRIES,
    MONTH,
    REASON,
    ROWS,
    SOURCE,
    WHOLE,
    FormEntry,
    FormTable,
    ReportForm,
    form_json,
    form_of,
    form_problems,
)
from depot.reports.forms.start_forms import START_FORMS
from depot.reports.sums.assemble import EventFacts, Facts, PeopleSums, Readings, assemble_report
from depot.reports.sums.figures import Part
from depot.reports.sums.in_kind import InKind, ValuedLine, ValueRate
from depot.reports.sums.report import FiledHead, Report
from depot.reports.sums.tally import Count
from depot.words.reader import ENGLISH
from tests.unit.papers.shown import text_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
DEPOT = DepotView(1, "north", "North", "UTC", 1, "kg")
BEANS = ItemFacts(1, "Beans", "piece", 400_000, "Tins", 1, None)
SOAP = ItemFacts(2, "Soap", "piece", 100_000, "Hygiene", 2, None, is_food=False)


def report(period: str = "2026-10", people: tuple[PeopleSums, ...] = ()) -> Report:
    """Beans and soap came in and went out: 16 kg and 1 kg in, 6 kg and 0.5 kg out, 0.8 kg lost."""
    beans: dict[Part, int] = {
        Part("sourced", "farm"): 30,
        Part("sourced", "rescue"): 10,
        Part("handed_out", event_id=3): -15,
        Part("lost", "expired"): -2,
    }
    soap = {Part("sourced", "rescue"): 10, Part("handed_out"): -5}
    read = Readings(
        counts={1: Count(5, 28, beans), 2: Count(0, 5, soap)},
        people=people,
        before=(),
        flows_before={},
        late_entries=0,
        seq=9,
        seal="ab" * 32,
    )
    facts = Facts({1: BEANS, 2: SOAP}, {3: EventFacts("Hall", date(2026, 10, 3))})
    return assemble_report(DEPOT, parse_period(period, 1), facts, read)


def form(rows: str, *entries: FormEntry, total: bool = True, **more: Any) -> ReportForm:
    table = FormTable("Table", rows, entries, total)
    return ReportForm("Form", "month", (table,), **more)


def lines(done: FilledForm) -> dict[str, list[int | str | None]]:
    """Each line of the first table by its name: figures, or why there are none."""
    table = done.tables[0]
    told = [*table.lines, *([table.total] if table.total else [])]
    return {
        line.name: [cell.value if cell.value is not None else cell.why for cell in line.cells]
        for line in told
    }


def test_categories_by_source_add_up_to_what_came_in() -> None:
    asked = form(
        CATEGORY,
        FormEntry("Farms", "sourced", "lb", "farm"),
        FormEntry("Rescue", "sourced", "lb", "rescue"),
        FormEntry("Government", "sourced", "lb", "government"),
        FormEntry("All", "sourced", "lb"),
        FormEntry("Meals", "meals"),
    )
    assert lines(fill_in_form(asked, report(), {})) == {
        "Tins": [12_000, 4_000, 0, 16_000, 11],
        "Hygiene": [0, 1_000, 0, 1_000, NOT_FOOD],
        "All": [12_000, 5_000, 0, 17_000, 11],
    }


def test_what_nobody_asked_is_not_recorded_and_never_zero() -> None:
    asked = form(
        WHOLE,
        FormEntry("Households", "households"),
        FormEntry("Children", "children"),
        FormEntry("Veterans", "not_kept"),
        FormEntry("Hand-outs", "hand_outs"),
    )
    nobody = lines(fill_in_form(asked, report(), {}))
    assert nobody == {
        "Households": [NOT_RECORDED],
        "Children": [NOT_RECORDED],
        "Veterans": [NOT_RECORDED],
        "Hand-outs": [1],
    }
    counted = (PeopleSums(3, 12, 20, 0, None, None, 8, None),)
    done = fill_in_form(asked, report(people=counted), {})
    assert lines(done)["Households"] == [12]
    assert lines(done)["Children"] == [0]
    assert "Ages were asked in 8 of 12 households." in done.notes


def test_sources_reasons_and_hand_outs_each_have_their_lines() -> None:
    by_source = lines(fill_in_form(form(SOURCE, FormEntry("In", "sourced")), report(), {}))
    assert by_source == {"Farm, garden": [12_000], "Shop, food rescue": [5_000], "All": [17_000]}
    by_reason = lines(fill_in_form(form(REASON, FormEntry("Lost", "lost")), report(), {}))
    assert by_reason == {"out of date": [800]}
    asked = form(EVENT, FormEntry("Out", "handed_out"), FormEntry("People", "individuals"))
    assert lines(fill_in_form(asked, report(), {})) == {
        "Hall, 3 October 2026": [6_000, NOT_RECORDED],
        "No hand-out named": [500, NOT_RECORDED],
        "All": [6_500, NOT_RECORDED],
    }


def test_months_come_from_their_own_reports_and_not_from_a_filed_one() -> None:
    asked = form(MONTH, FormEntry("In", "sourced"))
    parts = {MONTH: [report("2026-10"), report("2026-11")]}
    done = lines(fill_in_form(asked, report("2026-Q4"), parts))
    assert list(done) == ["October 2026", "November 2026", "All"]
    filed = replace(report(), filed=FiledHead(1, 1, "cd" * 32, None, ""))  # type: ignore[arg-type]
    assert lines(fill_in_form(asked, filed, {})) == {"October 2026": [NOT_KEPT]}


def test_a_forms_own_factor_counts_its_meals() -> None:
    asked = form(
        WHOLE, FormEntry("Meals", "meals"), grams_per_meal=1_000, factor_source="The funder says so"
    )
    done = fill_in_form(asked, report(), {})
    assert lines(done) == {"Meals": [6]}
    assert done.factor is not None
    assert done.factor.source == "The funder says so"
    # 6,000 g of food, the soap not counted, at 544 g
    assert lines(fill_in_form(form(WHOLE, FormEntry("Meals", "meals")), report(), {})) == {
        "Meals": [11]
    }


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        (ReportForm("Empty", "week", ()), (None, None, "form")),
        (form(CATEGORY), (0, None, "title")),
        (form(SOURCE, FormEntry("Out", "handed_out")), (0, 0, "figure")),
        (form(CATEGORY, FormEntry("People", "individuals")), (0, 0, "figure")),
        (form(WHOLE, FormEntry("People", "individuals", "kg")), (0, 0, "unit")),
        (form(WHOLE, FormEntry("Out", "handed_out", "kg", "farm")), (0, 0, "source")),
        (form(SOURCE, FormEntry("In", "sourced", "kg", "farm")), (0, 0, "source")),
        (form(WHOLE, FormEntry("M", "meals"), grams_per_meal=5), (None, None, "factor_source")),
        (form(WHOLE, FormEntry("M", "meals"), factor_source="me"), (None, None, "grams_per_meal")),
    ],
)
def test_a_form_that_asks_for_nonsense_is_named_at_its_place(
    asked: ReportForm, at: tuple[int | None, int | None, str]
) -> None:
    assert [(one.table, one.entry, one.field) for one in form_problems(asked)] == [at]


@pytest.mark.parametrize("key", START_FORMS)
def test_the_forms_to_begin_with_are_right_and_read_back(key: str) -> None:
    start = START_FORMS[key]
    assert list(form_problems(start)) == []
    assert form_of(json.loads(json.dumps(form_json(start)))) == start
    done = fill_in_form(start, report(), {})
    assert all(table.lines for table in done.tables)
    for write in FORM_FORMATS.values():
        assert write.write(done, ENGLISH)


@pytest.mark.parametrize("rows", ROWS)
def test_every_figure_that_may_stand_in_such_rows_can_be_filled_in(rows: str) -> None:
    entries = [FormEntry("Words", name) for name, known in FIGURES.items() if rows in known.rows]
    asked = form(rows, *entries)
    assert list(form_problems(asked)) == []
    assert fill_in_form(asked, report(), {MONTH: [report()], "week": [report()]}).tables[0].lines


def test_files_have_numbers_in_the_units_asked_for_and_words_where_there_is_none() -> None:
    asked = form(
        CATEGORY,
        FormEntry("=SUM(A1)", "sourced", "lb"),
        FormEntry("Tonnes", "sourced", "t"),
        FormEntry("Meals", "meals"),
        words_after="@import",
    )
    done = fill_in_form(asked, report(), {})
    table = list(csv.reader(io.StringIO(form_as_csv(done).decode(), newline="")))
    assert ["Category", "'=SUM(A1), lb", "Tonnes, t", "Meals"] in table
    assert ["Tins", "35", "0.02", "11"] in table
    assert ["Hygiene", "2", "0.00", "no food"] in table
    assert ["'@import"] in table
    sheet = openpyxl.load_workbook(io.BytesIO(form_as_xlsx(done)))["1 Table"]
    head, tins, hygiene, total = sheet.iter_rows(values_only=True)
    assert head == ("Category", "=SUM(A1), lb", "Tonnes, t", "Meals")
    assert sheet["B1"].data_type == "s"
    assert tins == ("Tins", 35, 0.02, 11)
    assert hygiene == ("Hygiene", 2, 0, "no food")
    assert total[0] == "All"
    cells = json.loads(form_as_json(done))["tables"][0]["lines"][1]["cells"]
    assert cells == [
        {"value": 1_000, "why": ""},
        {"value": 1_000, "why": ""},
        {"value": None, "why": "no food"},
    ]


def test_a_weight_is_rounded_once_from_its_grams() -> None:
    tables = fill_in_form(form(WHOLE, FormEntry("In", "sourced")), report(), {}).tables
    (cell,) = tables[0].lines[0].cells
    assert [str(number_of(cell, unit)) for unit in ("kg", "lb", "t", "g", "")] == [
        "17.0",
        "37",
        "0.02",
        "17000",
        "17000",
    ]


def test_the_paper_says_the_figures_of_the_form_and_what_was_never_recorded() -> None:
    asked = ReportForm(
        "Form <b>",
        "month",
        (
            FormTable("By category", CATEGORY, (FormEntry("In", "sourced", "lb"),)),
            FormTable(
                "All in all",
                WHOLE,
                (
                    FormEntry("Out", "handed_out", "kg"),
                    FormEntry("Veterans", "not_kept"),
                    FormEntry("Counted", "variance", "kg"),
                ),
            ),
        ),
        words_before="Before.",
        words_after="After.",
    )
    done = fill_in_form(asked, report(), {})
    for told in (
        text_of(paper_as_pdf(form_as_paper(done))),
        form_as_text(done),
    ):
        seen = [" ".join(line.split()) for line in told.splitlines()]
        for line in (
            "Before.",
            "October 2026",
            "By category, lb",
            "Tins 35",
            "All 37",
            "Out, kg 6.5",
            "Veterans not recorded",
            "“Not recorded” means that nobody wrote it down. It is not zero.",
            "After.",
        ):
            assert line in seen, line
        assert "seal" in told
    page = paper_as_html(form_as_paper(done))
    assert "<h1>Form &lt;b&gt;</h1>" in page
    assert "not recorded" in page


def test_nothing_is_said_of_gaps_where_there_is_none() -> None:
    assert fill_in_form(form(WHOLE, FormEntry("In", "sourced")), report(), {}).notes == ()


def test_a_table_that_is_too_wide_for_text_is_told_line_by_line() -> None:
    entries = [
        FormEntry(f"A column of many words {number}", "sourced", "lb") for number in range(9)
    ]
    told = form_as_text(fill_in_form(form(CATEGORY, *entries), report(), {}))
    assert all(len(line) <= 78 for line in told.splitlines())
    assert "  A column of many words 8 " in told
    lines = told.splitlines()
    assert lines[lines.index("Tins") + 1].split()[-1] == "35"


def test_a_long_name_in_text_is_wrapped_and_its_figures_stand_at_its_end() -> None:
    asked = form(EVENT, *(FormEntry(f"Figures {n}", "handed_out", "kg") for n in "abc"))
    read = report()
    long = replace(read.events[0], name="A hand-out with a name of very many words")
    told = form_as_text(fill_in_form(asked, replace(read, events=(long,)), {})).splitlines()
    assert all(len(line) <= 78 for line in told)
    place = told.index("A hand-out with a name of very many words, 3")
    assert told[place + 1].split() == ["October", "2026", "6.0", "6.0", "6.0"]


def test_the_widest_form_there_can_be_keeps_its_names_and_numbers_whole_on_paper() -> None:
    entries = [
        FormEntry(f"Column of the funder number {n}", "sourced", "lb" if n % 2 else "kg")
        for n in range(MAX_ENTRIES)
    ]
    done = fill_in_form(form(MONTH, *entries), report("2026-Q4"), {MONTH: [report("2026-10")]})
    words = text_of(paper_as_pdf(form_as_paper(done))).split()
    assert {"Month", "October"} <= set(words)
    assert (words.count("17.0"), words.count("37")) == (7, 7)
    gone = replace(report("2026-Q4"), filed=FiledHead(1, 1, "cd" * 32, NOW, ""))
    words = text_of(
        paper_as_pdf(form_as_paper(fill_in_form(form(MONTH, *entries), gone, {})))
    ).split()
    assert {"Month", "quarter", "kept", "filed"} <= set(words)


def valued(found: Report) -> Report:
    """Return the report with what its tins are worth; soap has no rate."""
    rate = ValueRate(193, "lb", date(2026, 1, 1), "A study")
    worth = InKind("USD", (ValuedLine("Tins", 6807, 2553),), 1, (rate,))
    return replace(found, in_kind=worth)


def test_what_goods_are_worth_stands_in_its_currency_with_its_source() -> None:
    worth = FormEntry("Value given", "given_value"), FormEntry("Value out", "out_value")
    done = fill_in_form(form(CATEGORY, *worth), valued(report()), {})
    assert lines(done) == {
        "Tins": [6807, 2553],
        "Hygiene": ["not valued", "not valued"],
        "All": [6807, 2553],
    }
    table = list(csv.reader(io.StringIO(form_as_csv(done).decode())))
    assert ["Value given, USD", "Value out, USD"] in [row[1:] for row in table]
    assert ["Tins", "68.07", "25.53"] in table
    sheet = openpyxl.load_workbook(io.BytesIO(form_as_xlsx(done))).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (68.07, "#,##0.00")
    said = json.loads(form_as_json(done))
    assert said["currency"] == "USD"
    assert {one["unit"] for one in said["tables"][0]["columns"]} == {"minor_unit"}
    text = form_as_text(done)
    assert [one for one in ("25.53", "A study", "Items without a value") if one not in text] == []


def test_where_nothing_is_valued_the_form_says_so() -> None:
    worth = form(WHOLE, FormEntry("Value given", "given_value"))
    assert lines(fill_in_form(worth, report(), {})) == {"Value given": ["not valued"]}
    problems = list(form_problems(form(SOURCE, FormEntry("Value", "given_value", unit="kg"))))
    assert {one.field for one in problems} == {"figure", "unit"}
