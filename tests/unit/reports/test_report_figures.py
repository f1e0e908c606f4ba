from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.actors import DepotView
from depot.base.periods import Week, parse_period, parse_week
from depot.base.questions import ToldDoubt
from depot.items.item_facts import ItemFacts
from depot.lists.as_csv import guard_cell
from depot.reports.formats.as_csv import report_as_csv
from depot.reports.formats.as_json import figures_of, report_as_json
from depot.reports.formats.as_text import WIDTH, report_as_text
from depot.reports.sums import tally
from depot.reports.sums.assemble import (
    DatedStock,
    EventFacts,
    Facts,
    PeopleSums,
    Readings,
    assemble_report,
    covers_now,
)
from depot.reports.sums.figures import ORDER, Figures, Part, make_figures, sum_figures, weigh_parts
from depot.reports.sums.frozen import unfreeze_report
from depot.reports.sums.report import (
    FEEDING_AMERICA,
    ComparedFlows,
    DoubtLine,
    DueGoods,
    EventLine,
    FiledHead,
    People,
    PeriodLine,
    ReceivedLine,
    Report,
)
from depot.reports.sums.tally import Count
from depot.words.reader import Reader
from depot.words.weights import decimals_needed, large_unit

PARTS = st.dictionaries(
    st.builds(
        Part,
        flow=st.sampled_from(ORDER),
        detail=st.sampled_from(["", "farm", "expired"]),
        event_id=st.integers(0, 2),
    ),
    st.integers(-5000, 5000).filter(bool),
    max_size=8,
)
DEPOT = DepotView(1, "north", "North", "UTC", 1, "kg")
WEEK = Week("2026-W47", date(2026, 11, 16), date(2026, 11, 22))


@given(st.integers(-9000, 9000), PARTS, st.integers(1, 2_000_000))
def test_grams_add_up_and_each_is_within_a_gram(
    before: int, parts: dict[Part, int], milligrams: int
) -> None:
    first, grams, last = weigh_parts(before, parts, milligrams)
    assert set(grams) == set(parts)
    assert first + sum(grams.values()) == last
    assert make_figures(first, grams, last).adds_up
    for part, quantity in parts.items():
        assert abs(grams[part] * 1000 - quantity * milligrams) <= 1000
    assert abs(first * 1000 - before * milligrams) <= 500


@given(st.integers(-9000, 9000), PARTS, st.integers(1, 900))
def test_whole_grams_are_exact(before: int, parts: dict[Part, int], grams: int) -> None:
    first, weights, last = weigh_parts(before, parts, grams * 1000)
    assert first == before * grams
    assert weights == {part: quantity * grams for part, quantity in parts.items()}
    assert last == (before + sum(parts.values())) * grams


class Upper(NullTranslations):
    """A language that differs from English in its letters' size alone."""

    def gettext(self, message: str) -> str:
        """Return the message in capitals."""
        return message if "%" in message else message.upper()


def test_three_thirds_of_a_gram_are_not_lost() -> None:
    """Each third alone would be rounded to nothing."""
    third = {Part("sourced", "farm"): 1, Part("handed_out"): -1, Part("lost", "expired"): -1}
    first, grams, last = weigh_parts(2, third, 333)
    # the stock is 0.666, 0.999, 0.666, 0.333 g, which is 1, 1, 1, 0 g
    assert (first, list(grams.values()), last) == (1, [0, 0, -1], 0)


def test_figures_are_printed_without_a_sign_where_they_left() -> None:
    parts = {Part("handed_out", event_id=3): -7, Part("lost", "lost"): -2, Part("opening"): 4}
    assert make_figures(10, parts, 5) == Figures(
        opening=14, handed_out=7, lost=2, closing=5, opening_entered=4
    )


def test_sums_are_figure_by_figure() -> None:
    assert sum_figures([Figures(opening=1, closing=2), Figures(opening=3)]) == Figures(4, closing=2)


@pytest.mark.parametrize(
    ("facts", "milligrams", "is_estimated"),
    [
        (ItemFacts(1, "Bread", "gram", None, "Bread", 1, 600_000), 1000, False),
        (ItemFacts(1, "Tin", "piece", 400_000, "Tins", 1, 300_000), 400_000, False),
        (ItemFacts(1, "Tin", "piece", None, "Tins", 1, 300_000), 300_000, True),
        (ItemFacts(1, "Thing", "piece", None, "Other", 1, None), None, False),
        (ItemFacts(1, "Oil", "millilitre", None, "Oil", 1, 500_000), None, False),
    ],
    ids=["gram", "known", "category's average", "not at all", "an average is of a piece"],
)
def test_what_a_unit_weighs(facts: ItemFacts, milligrams: int | None, is_estimated: bool) -> None:
    assert facts.milligrams == milligrams
    line = tally.weigh_item(facts, Count(before=1, closing=1)).line
    assert line.is_estimated == is_estimated
    assert (line.grams is None) == (milligrams is None)


def test_a_meal_is_544_grams_and_there_is_no_half_meal() -> None:
    assert [FEEDING_AMERICA.meals(grams) for grams in (-5, 0, 543, 544, 1088)] == [0, 0, 0, 1, 2]


def test_weights_in_the_depots_unit() -> None:
    assert str(large_unit(1250, "kg", 1)) == "1.3"
    assert str(large_unit(-1250, "kg", 1)) == "-1.3"
    assert str(large_unit(-2, "kg", 1)) == "0.0"
    assert str(large_unit(454, "lb", 1)) == "1.0"
    assert str(large_unit(10_000_000, "lb", 1)) == "22046.2"


@pytest.mark.parametrize(
    ("weights", "decimals"),
    [([], 0), ([1000, 2000], 0), ([1500], 1), ([1500, 1250], 2), ([1500, 1], 3)],
)
def test_as_many_decimals_as_make_kilograms_exact(weights: list[int], decimals: int) -> None:
    assert decimals_needed(weights, "kg") == decimals
    assert decimals_needed(weights, "lb") == 1


def report(**changes: object) -> Report:
    """A report of one item."""
    facts = ItemFacts(7, "=SUM(A1)", "piece", 400_000, "Tins, all", 1, None)
    parts = {Part("sourced", "farm"): 10, Part("handed_out"): -4, Part("lost", "expired"): -1}
    weighed_item = tally.weigh_item(facts, Count(5, 10, parts))
    items = [weighed_item]
    made = Report(
        depot=DEPOT,
        period=WEEK,
        received=(),
        seq=12,
        seal="ab" * 32,
        items=(weighed_item.line,),
        categories=tally.category_lines(items),
        sources=tally.flow_shares(items, "sourced"),
        losses=tally.flow_shares(items, "lost"),
        events=(),
        without_event_grams=1600,
        people=People(),
        totals=tally.total_grams([weighed_item.line]),
        estimated=Figures(),
        made_grams=0,
        used_up_grams=0,
        before=(PeriodLine(WEEK.moved(-1), ComparedFlows(3000, 0, 1000, 1)),),
        late_entries=0,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_text_fits_a_mail_and_says_all() -> None:
    text = report_as_text(report())
    assert max(map(len, text.splitlines())) <= WIDTH
    for told in ("Farm, garden", "out of date", "4.0 kg", "abab abab abab abab", "Nobody was"):
        assert told in text
    assert "Moved" not in text


def test_text_is_translated_by_who_asks() -> None:
    assert "CAME IN FROM" in report_as_text(report(), Reader(catalogue=Upper()))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", "＝1", "－1"])
def test_text_of_people_starts_no_formula(text: str) -> None:
    assert guard_cell(text) == f"'{text}"


def test_csv_is_one_table_whose_lines_are_as_long_as_its_head() -> None:
    lines = list(csv.reader(io.StringIO(report_as_csv(report()), newline="")))
    assert {len(line) for line in lines} == {len(lines[0])}
    by_section = {line[0]: line for line in lines[1:]}
    assert by_section["item"][4:8] == ["'=SUM(A1)", "Tins, all", "piece", "5"]
    assert by_section["people"][lines[0].index("households")] == ""


def test_json_holds_whole_numbers_and_no_zero_for_what_was_not_asked() -> None:
    body = report_as_json(report())
    assert body["items"][0]["weights"]["sourced_grams"] == 4000
    assert body["people"]["households"] is None
    assert body["compared"]["previous"]["sourced_grams"] == 3000
    assert body["compared"]["mean"] == body["compared"]["previous"]


def test_the_mean_is_rounded_to_a_gram_and_of_nothing_is_nothing() -> None:
    line = PeriodLine(WEEK, ComparedFlows(2, 1, 0, 0))
    other = PeriodLine(WEEK, ComparedFlows(3, 1, 0, 0))
    assert report(before=(line, other)).mean_before == ComparedFlows(3, 1, 0, 0)
    assert report(before=()).mean_before is None


def test_a_report_reads_back_from_what_is_frozen_of_it() -> None:
    event = EventLine(
        3, "St Luke’s", People(12, 30, 20, 10, None, 4, 12, 8), 1600, date(2026, 11, 21)
    )
    due = DueGoods(7, "Tin", "piece", 3, 1200, "best_before", "2026-11", date(2026, 11, 30), True)
    filed = FiledHead(4, 2, "cd" * 32, datetime(2026, 11, 23, 9, tzinfo=UTC), "Ada")
    whole = report(
        events=(event,),
        received=(ReceivedLine("farm", "Tins, all", 4000),),
        people=event.people,
        due=(due, replace(due, weight_grams=None)),
        open_discrepancies=2,
        doubts=(DoubtLine(9, ToldDoubt(sort="amount", item="Bread", unit="gram", found=3)),),
        filed=filed,
    )
    for one in (report(), whole):
        text = json.dumps(figures_of(one))
        assert unfreeze_report(DEPOT, json.loads(text), one.filed) == one
    assert report_as_json(whole)["seal"] == filed.seal
    assert report_as_json(whole)["ledger_seal"] == whole.seal
    assert report_as_json(report())["seal"] == whole.seal


def counted(event_id: int, households: int, *more: int | None) -> PeopleSums:
    return PeopleSums(event_id, households, *more)


def people_of(*rows: PeopleSums) -> People:
    """The people of a report of nothing else."""
    period = parse_period("2026-11", 1)
    read = Readings(
        counts={}, people=rows, before=(), flows_before={}, late_entries=0, seq=0, seal=""
    )
    return assemble_report(
        DEPOT, period, Facts({}, {1: EventFacts("A"), 2: EventFacts("B")}), read
    ).people


def test_returning_households_are_told_only_where_new_ones_were_asked() -> None:
    # 40 households of whom 4 were new; at the other event nobody asked 12 households
    people = people_of(
        counted(1, 40, 70, 31, None, 4, 40, 40), counted(2, 12, None, None, None, None, None, None)
    )
    assert (people.households, people.new_households, people.returning_households) == (52, 4, 36)
    assert (people.individuals, people.seniors, people.asked_households) == (101, None, 40)
    never = people_of(counted(2, 12, None, None, None, None, None, None))
    assert (never.new_households, never.returning_households) == (None, None)
    assert people_of() == People()


def test_what_must_go_out_is_told_by_the_policy_and_what_is_late_is_marked() -> None:
    week = parse_week("2026-W47", 1)  # until Sunday 22 November; the week after until 29
    bread = ItemFacts(1, "Bread", "gram", None, "Bread", 1, None, True, "day2")
    milk = ItemFacts(2, "Milk", "millilitre", 1030, "Dairy", 2, None, True, "day2")
    dated = (
        DatedStock(
            1, "best_before", "2026-11-27", date(2026, 11, 27), 500
        ),  # and two days: the last
        DatedStock(
            1, "best_before", "2026-11-28", date(2026, 11, 28), 500
        ),  # a day too late for it
        DatedStock(2, "use_by", "2026-11-22", date(2026, 11, 22), 1000),  # never stretched: past
    )
    read = Readings(
        counts={},
        people=(),
        before=(),
        flows_before={},
        late_entries=0,
        seq=0,
        seal="",
        dated=dated,
    )
    due = assemble_report(DEPOT, week, Facts({1: bread, 2: milk}), read).due
    assert due is not None
    assert [(one.item, one.give_out_until.day, one.is_past, one.weight_grams) for one in due] == [
        ("Milk", 22, True, 1030),
        ("Bread", 29, False, 500),
    ]


def test_what_is_here_now_is_told_until_the_week_after_is_over() -> None:
    week = parse_week("2026-W47", 1)
    assert covers_now(week, date(2026, 11, 29))
    assert not covers_now(week, date(2026, 11, 30))
    assert not covers_now(week, None)
