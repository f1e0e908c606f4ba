"""Any history: days add up to weeks, months and years, and what was filed can be proved for good.

Commands come late and in any order, entries are undone, weights, names and categories are edited,
and reports are filed in between; time zones change their clocks, and 2026 has a week 53.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from depot.base.errors import Invalid
from depot.base.periods import KINDS, Period, parse_period, period_of, span
from depot.db.transaction import transaction
from depot.models import Category, DistributionEvent, Item, MealFactor
from depot.reports.filing import FileReport, file_report
from depot.reports.formats.as_json import figures_of
from depot.reports.forms.forms import MONTH, WEEK
from depot.reports.queries.filed import filed_report
from depot.reports.queries.forms import parts_of
from depot.reports.queries.late import find_late
from depot.reports.queries.reports import make_report
from depot.reports.sums.figures import Figures
from depot.reports.sums.report import People, Report
from depot.verify.verify import verify_with_counts
from tests.builders import World
from tests.commands.reports.test_weekly_report_property import (
    ACTS,
    ITEMS,
    NOW,
    START,
    ZONES,
    Step,
    Story,
)

_FLOWS = tuple(field.name for field in fields(Figures) if field.name not in ("opening", "closing"))
_PEOPLE = tuple(field.name for field in fields(People))


def steps(acts: Sequence[str], most: int) -> st.SearchStrategy[list[Step]]:
    """Steps of a story, as the weeks' own property test has them."""
    minutes = int((NOW - START) / timedelta(minutes=1))
    return st.lists(
        st.builds(
            Step,
            act=st.sampled_from(acts),
            item=st.integers(0, len(ITEMS) - 1),
            other=st.integers(0, 9),
            quantity=st.integers(1, 40),
            minute=st.integers(0, minutes),
        ),
        min_size=1,
        max_size=most,
    )


def examples(part: int) -> settings:
    """A part of the usual number of examples: each of these makes dozens of reports."""
    usual = settings.default.max_examples if settings.default else 100
    return settings(
        max_examples=max(usual // part, 2),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@examples(10)
@given(steps(ACTS, 14), st.sampled_from(ZONES), st.integers(1, 7), st.integers(0, 91))
def test_days_add_up_to_weeks_months_quarters_and_years(
    world: World, history: list[Step], zone: str, week_start: int, day: int
) -> None:
    story = Story(world, zone, week_start)
    for step in history:
        story.do(step)
    somewhere = START.date() + timedelta(days=day)
    week = period_of("week", somewhere, week_start)
    month = period_of("month", somewhere, week_start)
    year = parse_period("2026", week_start)
    for whole, parts in (
        (week, days_of(week)),
        (month, days_of(month)),
        (month, parts_of(WEEK, month, week_start)),
        (parse_period("2026-Q4", week_start), parts_of(MONTH, year, week_start)[9:]),
        (year, [parse_period(f"2026-Q{number}", week_start) for number in range(1, 5)]),
        (span(somewhere, somewhere + timedelta(days=40)), parts_to(somewhere, 40)),
    ):
        adds_up_to(report(story, whole), [report(story, part) for part in parts])


def days_of(period: Period) -> list[Period]:
    days = (period.first + timedelta(days=number) for number in range(period.days))
    return [span(day, day) for day in days]


def parts_to(first: Any, days: int) -> list[Period]:
    """Any stretch cut somewhere in the middle."""
    middle = first + timedelta(days=days // 3)
    return [span(first, middle), span(middle + timedelta(days=1), first + timedelta(days=days))]


def report(story: Story, period: Period) -> Report:
    return make_report(story.session, story.actor.depot, period)


def adds_up_to(whole: Report, parts: list[Report]) -> None:
    """Flows are the sums of their parts, item by item; stock goes from end to end."""
    items = {line.item_id for one in (whole, *parts) for line in one.items}
    for item_id in items:
        mine, *rest = (quantities(one, item_id) for one in (whole, *parts))
        for name in _FLOWS:
            assert getattr(mine, name) == sum(getattr(one, name) for one in rest), name
        assert mine.closing == rest[-1].closing
        # what was entered later in the period as an opening belongs to its opening
        assert mine.opening - mine.opening_entered == rest[0].opening - rest[0].opening_entered
        assert mine.adds_up
    for name in _PEOPLE:
        assert getattr(whole.people, name) == known_sum(
            getattr(one.people, name) for one in parts
        ), name
    assert whole.late_entries <= sum(one.late_entries for one in parts)


def quantities(one: Report, item_id: int) -> Figures:
    return next((line.quantities for line in one.items if line.item_id == item_id), Figures())


def known_sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


class Filing(Story):
    """A story in which reports are filed and facts are edited as well."""

    def __init__(self, world: World, zone: str, week_start: int) -> None:
        super().__init__(world, zone, week_start)
        self.filed: dict[int, dict[str, Any]] = {}

    def _file(self, step: Step, name: str) -> None:
        kind = KINDS[step.other % len(KINDS)]
        start = self.actor.depot.week_start
        period = period_of(kind, step.at.date(), start)
        command = FileReport(command_id=uuid4(), period=period.name)
        try:
            body = file_report(command, self.actor, lambda: NOW).body
        except Invalid:  # it is not over
            assert period.last >= NOW.date() - timedelta(days=1)
            return
        today = NOW.date() if kind == "range" else None
        live = make_report(self.session, self.actor.depot, period, today)
        stored = self._stored(body["number"])
        assert stored["totals"] == figures_of(live)["totals"]
        self.filed[body["number"]] = stored

    def _stored(self, number: int) -> dict[str, Any]:
        self.session.rollback()
        found = filed_report(self.session, self.actor.depot, number)
        assert found is not None
        return figures_of(found)

    def _edit(self, step: Step, name: str) -> None:
        """Somebody corrects a weight, renames things, moves an item, or counts meals otherwise."""
        depot_id = self.actor.depot_id
        with transaction() as session:
            if step.other < 4:
                weight = None if step.other == 3 else step.quantity * 1_001
                session.execute(
                    update(Item)
                    .where(Item.depot_id == depot_id, Item.name == name)
                    .values(unit_weight_milligrams=weight)
                )
            elif step.other < 7:
                session.execute(
                    update(Category)
                    .where(Category.depot_id == depot_id, Category.name == ITEMS[step.item][1])
                    .values(
                        average_unit_milligrams=step.quantity,
                        position=step.quantity,
                        shelf_life_amount=step.quantity,
                        is_food=step.other == 4,
                    )
                )
            else:
                session.execute(
                    update(DistributionEvent)
                    .where(DistributionEvent.depot_id == depot_id)
                    .values(name=f"Hall {step.quantity}")
                )
                session.execute(
                    update(MealFactor)
                    .where(MealFactor.depot_id == depot_id)
                    .values(grams_per_meal=step.quantity)
                )


@examples(4)
@given(
    steps((*ACTS, "file", "file", "file", "edit"), 24), st.sampled_from(ZONES), st.integers(1, 7)
)
def test_what_was_filed_reproduces_whatever_happens_afterwards(
    world: World, history: list[Step], zone: str, week_start: int
) -> None:
    story = Filing(world, zone, week_start)
    for step in history:
        story.do(step)
    story.session.rollback()
    found = verify_with_counts(story.session, story.actor.depot_id)
    assert found.filed == len(story.filed)
    # a story's openings are written by hand, which no command remembers
    assert [one for one in found.differences if one.check != "command"] == []
    for number, figures in story.filed.items():
        assert story._stored(number) == figures
        late = find_late(story.session, story.actor, number, lambda: NOW)
        assert late is not None
        if not late.count and not late.earlier:
            assert (late.totals, late.items, late.people) == ((), (), ())
