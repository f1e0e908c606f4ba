"""A distribution event of the demo, from its plan to its end, in steps that each have a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from depot.demo.goods import PERISHABLE
from depot.demo.rounds import crates, lying
from depot.demo.stage import Happening, Stage
from depot.distribution.commands.events import (
    CloseEvent,
    CountPeople,
    IssueAtEvent,
    IssueLine,
    OpenEvent,
    PlanEvent,
    ReturnGoods,
    ReturnLine,
    close_event,
    count_people,
    issue_at_event,
    open_event,
    plan_event,
    return_goods,
)
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.distribution.commands.series import SeriesFacts, StartSeries, start_series
from depot.distribution.queries.event_plans import plan_of_last_event
from depot.distribution.series.repeating import RepeatRule
from depot.stock.queries.stock import ItemStock

PLANNED_AHEAD = timedelta(days=2, hours=3)
#: How much of what is there goes at one event: fresh goods nearly all, tins a part.
_FRESH_SHARE, _TINNED_SHARE = 0.8, 0.17
#: Lines one helper types before sending.
_BATCH = 6


@dataclass(slots=True)
class HandOut:
    """One event: what it is called, when, and how big."""

    name: str
    place: str
    starts_at: datetime
    households: int
    whole_crates: int = 2
    share: float = 1.0
    is_closed: bool = True
    event_id: int = 0
    can_come_back: dict[str, int] = field(default_factory=dict)

    def happenings(self, since: datetime) -> Iterator[Happening]:
        """Yield the steps in time, unless it was to be planned before the story begins."""
        begins = self.starts_at
        if begins - PLANNED_AHEAD < since:
            return
        yield Happening(begins - PLANNED_AHEAD, self.plan)
        yield Happening(begins - timedelta(minutes=5), self.open)
        yield Happening(begins + timedelta(minutes=4), self.hand_out_lines)
        yield Happening(begins + timedelta(minutes=38), self.hand_out_crates)
        for minutes in (45, 90, 140):
            yield Happening(begins + timedelta(minutes=minutes), self.count)
        if self.is_closed:
            yield Happening(begins + timedelta(minutes=150), self.bring_back)
            yield Happening(begins + timedelta(minutes=165), self.close)

    def plan(self, stage: Stage) -> None:
        made = stage.do(
            plan_event,
            PlanEvent,
            stage.coordinator,
            name=self.name,
            place=self.place,
            starts_at=self.starts_at,
            expected_households=round(self.households, -1),
        )
        self.event_id = made.answer.id
        last = plan_of_last_event(stage.session, stage.depot.id, self.event_id)
        if last:
            lines = tuple(PlannedGoods(one.item_id, one.quantity) for one in last)
            stage.do(plan_goods, PlanGoods, stage.coordinator, event_id=self.event_id, lines=lines)

    def open(self, stage: Stage) -> None:
        stage.do(open_event, OpenEvent, event_id=self.event_id)

    def hand_out_lines(self, stage: Stage) -> None:
        """Put on the tables what should go, a few lines at a time."""
        on_hold = {lot.item_id for lot in lying(stage, "On hold")}
        wanted = [
            IssueLine(item=row.item_id, quantity=quantity)
            for row in stage.stock().values()
            if row.item_id not in on_hold and (quantity := self._share(stage, row))
        ]
        for start in range(0, len(wanted), _BATCH):
            lines = tuple(wanted[start : start + _BATCH])
            out = stage.do(issue_at_event, IssueAtEvent, event_id=self.event_id, lines=lines)
            for line in out.answer.lines:
                back = _as_weighed(line.quantity // 12, line.unit)
                self.can_come_back |= {line.item: back} if back else {}

    def _share(self, stage: Stage, row: ItemStock) -> int:
        until = row.give_out_until
        if until is not None and until < stage.today:
            return 0  # some of it is past its day: the write-off round comes first
        goes = _FRESH_SHARE if row.category in PERISHABLE or row.is_loose else _TINNED_SHARE
        quantity = int(row.quantity * goes * self.share * stage.chance.uniform(0.8, 1.15))
        return min(row.quantity, _as_weighed(quantity, row.unit))

    def hand_out_crates(self, stage: Stage) -> None:
        """Scan whole crates at the table, the oldest first."""
        filled = [row for row in crates(stage, "filled") if row.goods and not row.crates_on_it]
        for crate in filled[: self.whole_crates]:
            stage.do(issue_at_event, IssueAtEvent, event_id=self.event_id, crate_code=crate.code)

    def count(self, stage: Stage) -> None:
        """Count who came; ages are asked, names never."""
        households = stage.about(max(1, self.households // 3))
        stage.do(
            count_people,
            CountPeople,
            event_id=self.event_id,
            households=households,
            adults=round(households * 1.6),
            children=round(households * stage.chance.uniform(0.8, 1.2)),
            seniors=round(households * 0.3),
            new_households=stage.chance.randint(0, min(4, households)),
        )

    def bring_back(self, stage: Stage) -> None:
        """What nobody took comes back from the tables."""
        left = stage.chance.sample(sorted(self.can_come_back), min(3, len(self.can_come_back)))
        lines = tuple(ReturnLine(item=name, quantity=self.can_come_back[name]) for name in left)
        if lines:
            stage.do(return_goods, ReturnGoods, event_id=self.event_id, lines=lines)

    def close(self, stage: Stage) -> None:
        stage.do(close_event, CloseEvent, stage.coordinator, event_id=self.event_id)


def _as_weighed(quantity: int, unit: str) -> int:
    """Return a quantity as a scale shows it: grams by the hundred."""
    return quantity - quantity % 100 if unit == "gram" else quantity


def let_come_round(stage: Stage) -> None:
    """From now on there is a table at the school each Thursday but the first of the month."""
    facts = SeriesFacts(
        name="School table",
        rule=RepeatRule("monthly", weekdays=(4,), nths=(2, 3, 4, 5)),
        begins_minute=15 * 60 + 30,
        place="St Luke's school",
        capacity=30,
    )
    stage.do(start_series, StartSeries, stage.coordinator, facts=facts, from_on=stage.today)
