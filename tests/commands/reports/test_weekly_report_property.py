"""Any history of commands, in any order of time, gives weeks that add up, chain, and are right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count as numbers
from itertools import pairwise
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depot.base.actors import Actor
from depot.base.errors import AlreadyReversed, NotReversible
from depot.base.kinds import SOURCE_KINDS, TakeOutReason
from depot.base.periods import Week, week_of
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.distribution.commands.events import CountPeople, PlanEvent, count_people, plan_event
from depot.distribution.commands.handouts import IssueAtEvent, IssueLine, issue_at_event
from depot.distribution.commands.returns import ReturnGoods, ReturnLine, return_goods
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.people.commands.depots import FoundDepot, found_depot
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.reports.queries.reports import weekly_report
from depot.reports.sums.figures import Figures
from depot.reports.sums.report import Report
from depot.stock.commands.take_out import TakeOut, take_out
from tests.book import Book, Goods
from tests.builders import World
from tests.report_oracle import Tally, tallies

#: Across a change of clocks in every zone below, a year's end and a week 53.
START = datetime(2026, 10, 19, tzinfo=UTC)
NOW = datetime(2027, 1, 18, tzinfo=UTC)
MINUTES = int((NOW - START) / timedelta(minutes=1))
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu")
#: name, category, unit, milligrams: weights known, odd, estimated, and not known at all
ITEMS = (
    ("Beans", "Tins and jars", "piece", 333_333),
    ("Bread", "Bread", "gram", None),
    ("Oil", "Oil, sauces and spices", "millilitre", 917),
    ("Soap", "Hygiene", "piece", None),
    ("Mystery", "Other", "piece", None),
)
ACTS = ("receive", "receive", "hand_out", "bring", "write_off", "make", "count", "open", "undo")
_serial = numbers()


@dataclass(frozen=True)
class Step:
    """One thing that somebody does: what, with how much of which item, when."""

    act: str
    item: int
    other: int
    quantity: int
    minute: int

    @property
    def at(self) -> datetime:
        return START + timedelta(minutes=self.minute)


STEPS = st.lists(
    st.builds(
        Step,
        act=st.sampled_from(ACTS),
        item=st.integers(0, len(ITEMS) - 1),
        other=st.integers(0, 9),
        quantity=st.integers(1, 40),
        minute=st.integers(0, MINUTES),
    ),
    min_size=1,
    max_size=14,
)


class Story:
    """A depot of its own in the database, in which steps are done through the real commands."""

    def __init__(self, world: World, zone: str, week_start: int) -> None:
        slug = f"story-{next(_serial)}"
        depot = found_depot(FoundDepot(name=slug, slug=slug, time_zone=zone, week_start=week_start))
        self.session = world.session
        self.actor = Actor(depot, "coordinator", "console")
        self.book = Book(self.actor)
        self.goods: list[Goods] = [
            self.book.goods(name, category, unit=unit, milligrams=milligrams)
            for name, category, unit, milligrams in ITEMS
        ]
        self.done: list[int] = []
        plan = PlanEvent(command_id=uuid4(), name="Hand-out", starts_at=START)
        self.event_id: int = plan_event(plan, self.actor, lambda: NOW).body["id"]

    def do(self, step: Step) -> None:
        name = ITEMS[step.item][0]
        outcome: AnyOutcome | None = getattr(self, f"_{step.act}")(step, name)
        if outcome is not None and outcome.entry_id is not None:
            self.done.append(outcome.entry_id)

    def _run(self, command: Any, run: Any) -> AnyOutcome:
        outcome: AnyOutcome = run(command, self.actor, lambda: NOW)
        return outcome

    def _receive(self, step: Step, name: str) -> AnyOutcome:
        kind = SOURCE_KINDS[step.other]
        line = ReceiptLine(item=name, quantity=step.quantity)
        command = ReceiveGoods(
            command_id=uuid4(), source_kind=kind, lines=(line,), occurred_at=step.at
        )
        return self._run(command, receive_goods)

    def _hand_out(self, step: Step, name: str) -> AnyOutcome:
        if step.other > 6:
            return self._take(step, name, "issue")
        line = IssueLine(item=name, quantity=step.quantity)
        command = IssueAtEvent(
            command_id=uuid4(), event_id=self.event_id, lines=(line,), occurred_at=step.at
        )
        return self._run(command, issue_at_event)

    def _bring(self, step: Step, name: str) -> AnyOutcome:
        line = ReturnLine(item=name, quantity=step.quantity)
        command = ReturnGoods(
            command_id=uuid4(), event_id=self.event_id, lines=(line,), occurred_at=step.at
        )
        return self._run(command, return_goods)

    def _write_off(self, step: Step, name: str) -> AnyOutcome:
        return self._take(step, name, ("expired", "damaged", "use")[step.other % 3])

    def _take(self, step: Step, name: str, reason: TakeOutReason) -> AnyOutcome:
        lines = (GoodsLine(item=name, quantity=step.quantity),)
        command = TakeOut(
            command_id=uuid4(), place="Arrivals", reason=reason, lines=lines, occurred_at=step.at
        )
        return self._run(command, take_out)

    def _make(self, step: Step, name: str) -> AnyOutcome:
        made = ITEMS[step.other % len(ITEMS)][0]
        command = ProduceGoods(
            command_id=uuid4(),
            inputs=(ProductionInput(item=name, quantity=step.quantity),),
            outputs=(ProductionOutput(item=made, quantity=step.quantity + step.other),),
            occurred_at=step.at,
        )
        return self._run(command, produce_goods)

    def _count(self, step: Step, name: str) -> AnyOutcome:
        if step.other == 0:
            people = CountPeople(
                command_id=uuid4(), event_id=self.event_id, households=step.quantity
            )
            return self._run(people, count_people)
        line = CountLine(item=name, counted_quantity=step.quantity - 1)
        command = Count(command_id=uuid4(), place="Arrivals", lines=(line,), occurred_at=step.at)
        return self._run(command, book_count)

    def _open(self, step: Step, name: str) -> None:
        goods = self.goods[step.item]
        posted = self.book.move("opening", goods, step.quantity, "opening", "here", step.at)
        self.done.append(posted.entry_id)

    def _undo(self, step: Step, name: str) -> AnyOutcome | None:
        if not self.done:
            return None
        entry_id = self.done[step.quantity % len(self.done)]
        try:
            return self._run(ReverseEntry(command_id=uuid4(), entry_id=entry_id), reverse_entry)
        except (AlreadyReversed, NotReversible):
            return None

    def weeks(self) -> list[Week]:
        first = week_of(START.date(), self.actor.depot.week_start).moved(-2)
        return [first.moved(number) for number in range(18)]

    def report(self, week: Week) -> Report:
        return weekly_report(self.session, self.actor.depot, week)

    def tallies(self, week: Week) -> dict[int, Tally]:
        depot = self.actor.depot
        return tallies(self.session, depot.id, depot.time_zone, week.first)


@settings(
    max_examples=settings.default.max_examples // 4 if settings.default else 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS, st.sampled_from(ZONES), st.integers(1, 7))
def test_any_history_gives_weeks_that_are_right_and_follow_each_other(
    world: World, steps: list[Step], zone: str, week_start: int
) -> None:
    story = Story(world, zone, week_start)
    for step in steps:
        story.do(step)
    reports = [story.report(week) for week in story.weeks()]
    for week, report in zip(story.weeks(), reports, strict=True):
        agrees_with_the_moves(report, story.tallies(week))
        adds_up_in_grams(report)
    for before, after in pairwise(reports):
        follows(before, after)


def agrees_with_the_moves(report: Report, expected: dict[int, Tally]) -> None:
    """Every figure in units is what the moves say, and no item is missing."""
    lines = {line.item_id: line for line in report.items}
    for item_id, tally in expected.items():
        figures = lines.pop(item_id).quantities if item_id in lines else Figures()
        assert figures == Figures(
            opening=tally.opening,
            sourced=tally.sourced,
            produced=tally.produced,
            handed_out=tally.handed_out,
            lost=tally.lost,
            variance=tally.variance,
            closing=tally.closing,
            opening_entered=tally.entered,
        )
        assert figures.adds_up
    assert not lines
    shares_agree(report, expected)


def shares_agree(report: Report, expected: dict[int, Tally]) -> None:
    """Sources, reasons and events weigh what their moves weigh, to a gram an item."""
    weights = {line.item_id: unit_grams(line.item) for line in report.items}
    sums: defaultdict[tuple[str, Any], Fraction] = defaultdict(Fraction)
    for item_id, tally in expected.items():
        for name, parts in (
            ("source", tally.by_source),
            ("reason", tally.by_reason),
            ("event", tally.by_event),
        ):
            for key, quantity in parts.items():
                sums[name, key] += quantity * weights.get(item_id, Fraction())
    told: dict[tuple[str, Any], int] = {
        ("source", share.kind): share.weight_grams for share in report.sources
    }
    told |= {("reason", share.kind): share.weight_grams for share in report.losses}
    told |= {("event", event.event_id): event.weight_grams for event in report.events}
    told["event", 0] = report.without_event_grams
    for found in {*sums, *told}:
        assert abs(sums[found] - told.get(found, 0)) <= len(ITEMS)


def unit_grams(item: str) -> Fraction:
    """What one base unit weighs, from the test's own table; the averages of two categories."""
    _, category, unit, milligrams = next(found for found in ITEMS if found[0] == item)
    if unit == "gram":
        return Fraction(1)
    return Fraction(milligrams or {"Hygiene": 300_000}.get(category, 0), 1000)


def adds_up_in_grams(report: Report) -> None:
    """Lines, categories, sources, reasons and events add up to the gram."""
    assert report.totals.adds_up
    assert all(line.grams.adds_up for line in report.items if line.grams is not None)
    assert sum(share.weight_grams for share in report.sources) == report.totals.sourced
    assert sum(share.weight_grams for share in report.losses) == report.totals.lost
    events = sum(event.weight_grams for event in report.events)
    assert events + report.without_event_grams == report.totals.handed_out
    assert report.made_grams - report.used_up_grams == report.totals.produced
    for name in ("opening", "sourced", "handed_out", "closing"):
        columns = (getattr(line.grams, name) for line in report.categories)
        assert sum(columns) == getattr(report.totals, name)


def follows(before: Report, after: Report) -> None:
    """A closing, with what was entered as an opening, is the next opening."""
    closings = {line.item_id: line.quantities.closing for line in before.items}
    for line in after.items:
        entered = line.quantities.opening_entered
        assert closings.pop(line.item_id, 0) + entered == line.quantities.opening
    assert not any(closings.values())
