"""The lines of a report and of a form add up as they are printed, across and down."""

from __future__ import annotations

from dataclasses import astuple
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from depot.reports.formats.adding_up import round_figures
from depot.reports.forms.filled import FilledTable, FormCell, FormLine
from depot.reports.forms.filled_files import numbers_of
from depot.reports.forms.forms import FormEntry
from depot.reports.sums.figures import Figures, sum_figures

GRAMS = st.integers(0, 3_000_000)
ALL = FormEntry("All", "sourced", "lb")
GIVEN, BOUGHT = (FormEntry(name, "sourced", "lb", name) for name in ("donation", "purchase"))


@st.composite
def lines(draw: st.DrawFn) -> Figures:
    """A line of which the equation holds to the gram."""
    opening, came, out, lost = (draw(GRAMS) for _ in range(4))
    made, moved, count = (draw(st.integers(-50_000, 50_000)) for _ in range(3))
    closing = opening + came + made - out - lost + moved + count
    return Figures(opening, came, made, out, lost, moved, count, closing)


@given(st.lists(lines(), max_size=8), st.sampled_from(("kg", "lb")))
def test_rounded_figures_keep_the_equation_and_their_sums(found: list[Figures], unit: str) -> None:
    rounded, totals = round_figures(found, unit, 1)
    assert all(line.adds_up for line in (*rounded, totals))
    assert totals == sum_figures(rounded or [Figures()])
    step = 100 if unit == "kg" else 45.359237
    exact = sum_figures(found or [Figures()])
    for told, line in zip((*rounded, totals), (*found, exact), strict=True):
        for shown, grams in zip(astuple(told), astuple(line), strict=True):
            assert abs(shown * step - grams) < step + 1e-6
            assert shown or abs(grams) < step


def table(rows: list[list[int]], *entries: FormEntry) -> FilledTable:
    """A form's table by category, with its total."""
    told = tuple(
        FormLine(str(number), tuple(FormCell(one) for one in row))
        for number, row in enumerate(rows)
    )
    total = FormLine("All", tuple(FormCell(sum(column)) for column in zip(*rows, strict=True)))
    return FilledTable("Received", "Category", entries, told, total, is_whole=False)


@given(st.lists(st.tuples(GRAMS, GRAMS), min_size=1, max_size=9))
def test_a_form_adds_up_to_its_total_by_source_too(pairs: list[tuple[int, int]]) -> None:
    rows = [[given, bought, given + bought] for given, bought in pairs]
    numbers = numbers_of(table(rows, GIVEN, BOUGHT, ALL), "lb")
    *body, foot = [[Decimal(0 if one is None else one) for one in row] for row in numbers]
    assert [sum(column) for column in zip(*body, strict=True)] == foot
    assert all(row[0] + row[1] == row[2] for row in (*body, foot))


def test_thirds_of_a_pound_add_up_where_each_alone_would_not() -> None:
    rows = [[680], [680], [680]]  # 1.5 lb each: 2 + 2 + 2 is not the 4 of 4.5
    numbers = numbers_of(table(rows, ALL), "lb")
    assert [row[0] for row in numbers] == [2, 1, 1, 4]


def test_what_was_not_written_down_stays_a_word_beside_rounded_figures() -> None:
    told = FilledTable(
        "Received",
        "Category",
        (ALL,),
        (FormLine("a", (FormCell(680),)), FormLine("b", (FormCell(None, "not recorded"),))),
        FormLine("All", (FormCell(680),)),
        is_whole=False,
    )
    assert [row[0] for row in numbers_of(told, "lb")] == [1, None, 1]
