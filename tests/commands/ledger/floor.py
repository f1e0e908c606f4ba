"""A depot in which whatever a floor does is done, at any time and late, through the commands."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count as numbers
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import DepotError, LedgerBroken
from depot.counts.commands.counts import Count, CountLine, FoundLine, book_count
from depot.counts.commands.posting import (
    PostCountSheet,
    UndoCountSheet,
    post_count_sheet,
    undo_count_sheet,
)
from depot.counts.commands.sheets import (
    StartCountSheet,
    TallyFound,
    TallyLine,
    TallyLines,
    start_count_sheet,
    tally_found,
    tally_lines,
)
from depot.distribution.commands.events import (
    CloseEvent,
    OpenEvent,
    PlanEvent,
    close_event,
    open_event,
    plan_event,
)
from depot.distribution.commands.handouts import IssueAtEvent, IssueLine, issue_at_event
from depot.distribution.commands.picks import PickGoods, PickLine, pick_goods
from depot.distribution.commands.planning import CallOffEvent, call_off_event
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.distribution.commands.returns import ReturnGoods, ReturnLine, return_goods
from depot.dropoffs.commands import (
    AnnounceDropOff,
    ConfirmDropOff,
    announce_drop_off,
    confirm_drop_off,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.models import Location, StockEntry
from depot.people.commands.depots import FoundDepot, found_depot
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.safety.commands.holds import HeldBy, PlaceHold, ReleaseHold, place_hold, release_hold
from depot.stock.commands.new_crates import PackCrates, pack_crates
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from tests.builders import NOW
from tests.commands.shelves import put_crate, put_place
from tests.current import db

CRATES = ("7K3M-9QX2", "4FJH-22M8")
PLACES = ("Arrivals", "Shelf B2", *CRATES)
#: Counted, and weighed; what is cooked of them comes third.
ITEMS = ("Rice", "Carrots", "Soup")
DATES = (None, "2027-06", "2026-11-24")
_serial = numbers()


@dataclass(frozen=True)
class Step:
    """What is done, how many days late it is written, and of what, how much, where."""

    act: str
    late: int
    item: int
    quantity: int
    place: int
    other: int

    @property
    def name(self) -> str:
        return ITEMS[self.item]


class Floor:
    """A depot of its own; every step is written a day and a bit after the one before."""

    def __init__(self) -> None:
        slug = f"floor-{next(_serial)}"
        self.now = NOW
        self.actor = self._found(slug)
        put_place(self.actor, PLACES[1])
        for code in CRATES:
            put_crate(self.actor, code, at=PLACES[1], state="in_use", now=self.clock)
        self.places = [*PLACES]
        self.chance = random.Random(slug)
        plan = PlanEvent(command_id=uuid4(), name="Hand-out", starts_at=NOW)
        self.event_id: int = plan_event(plan, self.actor, self.clock).answer.id
        self.planned = [self._planned(days) for days in (2, 30)]
        self.holds: list[int] = []
        self.sheets: list[int] = []
        self.is_counted_for_good = False
        for item, unit in zip(ITEMS, ("piece", "gram", "piece"), strict=True):
            self._run(
                receive_goods,
                ReceiveGoods,
                lines=(ReceiptLine(item=item, quantity=1, unit=unit, category="Other"),),
            )

    def _found(self, slug: str) -> Actor:
        found = FoundDepot(name=slug, slug=slug, time_zone="Europe/Berlin")
        return Actor(found_depot(found, self.clock), "coordinator", "console")

    def _planned(self, days: int) -> int:
        """A hand-out to come, at which nothing goes out: what is planned is promised to it."""
        starts_at = NOW + timedelta(days=days)
        command = PlanEvent(command_id=uuid4(), name=f"In {days} days", starts_at=starts_at)
        found: int = plan_event(command, self.actor, self.clock).answer.id
        return found

    def clock(self) -> datetime:
        return self.now

    def do(self, step: Step) -> None:
        """Do it; what is refused leaves no trace, and the ledger itself never refuses."""
        self.now += timedelta(hours=25)
        at = self.now - timedelta(days=step.late) if step.late else None
        act: Callable[[Step, datetime | None], None] = getattr(self, f"_{step.act}")
        try:
            act(step, at)
        except LedgerBroken:
            raise
        except DepotError:
            db.session.rollback()

    def _run(self, run: Any, command: Any, **said: Any) -> Any:
        return run(command(command_id=uuid4(), **said), self.actor, self.clock).answer

    def _place(self, number: int) -> str:
        return self.places[number % len(self.places)]

    def _where(self, number: int) -> dict[str, Any]:
        place = self._place(number)
        return {"location" if place in PLACES[:2] else "crate_code": place}

    def _receive(self, step: Step, at: datetime | None) -> None:
        self._run(receive_goods, ReceiveGoods, lines=(self._came(step),), occurred_at=at)

    def _came(self, step: Step) -> ReceiptLine:
        """Some is counted, some weighed, some both, which says what one weighs."""
        weight = 500 * step.quantity + 250
        amounts: tuple[dict[str, Any], ...] = (
            {"quantity": step.quantity},
            {"weight_grams": weight},
        )
        amount = amounts[step.other % 2]
        if step.other == 4 and step.item != 1:
            amount = {"quantity": step.quantity, "weight_grams": weight}
        return ReceiptLine(
            item=step.name,
            date=DATES[step.other % 3],
            date_kind="use_by" if step.other % 3 == 2 else None,
            **self._where(step.place),
            **amount,
        )

    def _drop_off(self, step: Step, at: datetime | None) -> None:
        told = self._run(
            announce_drop_off,
            AnnounceDropOff,
            donor="Farm",
            expected_at=self.now,
            lines=("Rice", "more"),
        )
        self._run(
            confirm_drop_off,
            ConfirmDropOff,
            drop_off_id=told.id,
            came=("yes", "other"),
            receipt=(self._came(step), ReceiptLine(item="Rice", quantity=2)),
            occurred_at=at,
        )

    def _move(self, step: Step, at: datetime | None) -> None:
        lines = (GoodsLine(item=step.name, quantity=step.quantity),)
        self._run(
            move_goods,
            MoveGoods,
            source=self._place(step.place),
            target=self._place(step.other),
            lines=None if step.quantity > 8 else lines,
            occurred_at=at,
        )

    def _crate(self, step: Step, at: datetime | None) -> None:
        """A crate is put on a shelf, or into another crate."""
        crates = self.places[2:]
        self._run(
            move_crate,
            MoveCrate,
            crate_code=crates[step.place % len(crates)],
            to=self._place(step.other),
            occurred_at=at,
        )

    def _pack(self, step: Step, at: datetime | None) -> None:
        """A crate is split, or new ones are filled."""
        command = PackCrates(
            command_id=uuid4(),
            source=self._place(step.place),
            lines=(GoodsLine(item=step.name, quantity=step.quantity),),
            count=1 + step.other % 2,
            occurred_at=at,
        )
        packed = pack_crates(command, self.actor, self.clock, self.chance)
        self.places += packed.answer.codes

    def _take(self, step: Step, at: datetime | None) -> None:
        self._run(
            take_out,
            TakeOut,
            place=self._place(step.place),
            reason="issue" if step.other % 2 else "damaged",
            lines=None
            if step.quantity > 8
            else (GoodsLine(item=step.name, quantity=step.quantity),),
            occurred_at=at,
        )

    def _issue(self, step: Step, at: datetime | None) -> None:
        whole = step.quantity > 7 and self._place(step.place) not in PLACES[:2]
        line = IssueLine(
            item=step.name,
            quantity=step.quantity,
            location=self._place(step.place) if step.other % 2 else None,
        )
        goods: dict[str, Any] = {"lines": (line,)}
        if whole:
            goods = {"crate_code": self._place(step.place)}
        self._run(issue_at_event, IssueAtEvent, event_id=self.event_id, occurred_at=at, **goods)

    def _bring(self, step: Step, at: datetime | None) -> None:
        place = self._place(step.place)
        goods: dict[str, Any] = {
            "lines": (ReturnLine(item=step.name, quantity=step.quantity, location=place),)
        }
        if step.other % 2 and place not in PLACES[:2]:
            goods = {"crate_code": place}
        self._run(return_goods, ReturnGoods, event_id=self.event_id, occurred_at=at, **goods)

    def _cook(self, step: Step, at: datetime | None) -> None:
        where: dict[str, Any] = {"location": self._place(step.place)} if step.other % 2 else {}
        self._run(
            produce_goods,
            ProduceGoods,
            inputs=(ProductionInput(item=step.name, quantity=step.quantity, **where),),
            outputs=(ProductionOutput(item="Soup", quantity=3, **self._where(step.other)),),
            occurred_at=at,
        )

    def _count(self, step: Step, at: datetime | None) -> None:
        line = CountLine(item=step.name, counted_quantity=step.quantity - 1)
        found = FoundLine(item="Soup", quantity=2)
        outcome = self._run(
            book_count,
            Count,
            place=self._place(step.place),
            lines=(line,),
            found=(found,) if step.other == 0 else (),
            occurred_at=at,
        )
        self.is_counted_for_good |= outcome.entry_id is None

    def _sheet(self, step: Step, at: datetime | None) -> None:
        """A shelf is counted on a sheet, now and then half of it, and posted."""
        place = select(Location.id).where(
            Location.depot_id == self.actor.depot_id,
            Location.name == self._place(step.place % 2),
        )
        sheet = self._run(
            start_count_sheet, StartCountSheet, location_id=db.session.scalars(place).one()
        )
        numbers = range(1, min(sheet.lines, 1 + step.other) + 1)
        said = {"sheet_id": sheet.id, "occurred_at": at}
        tallied = tuple(TallyLine(number=one, quantity=step.quantity - 1) for one in numbers)
        self._run(tally_lines, TallyLines, lines=tallied, **said)
        if step.other == 0:
            self._run(tally_found, TallyFound, item="Rice", quantity=step.quantity, **said)
        self._run(post_count_sheet, PostCountSheet, sheet_id=sheet.id)
        self.sheets.append(sheet.id)
        self.is_counted_for_good = True

    def _undo_sheet(self, step: Step, at: datetime | None) -> None:
        if self.sheets:
            sheet_id = self.sheets[step.quantity % len(self.sheets)]
            self._run(undo_count_sheet, UndoCountSheet, sheet_id=sheet_id)

    def _plan(self, step: Step, _at: datetime | None) -> None:
        """What a hand-out is to have, that on which goods go out among them."""
        events = (self.event_id, *self.planned)
        lines = (
            PlannedGoods(step.name, step.quantity),
            PlannedGoods(ITEMS[step.other % 3], 1 + step.place),
        )
        self._run(plan_goods, PlanGoods, event_id=events[step.place % 3], lines=lines)

    def _call_off(self, step: Step, _at: datetime | None) -> None:
        event_id = self.planned[step.place % 2]
        if step.other % 2:
            self._run(open_event, OpenEvent, event_id=event_id)
        elif step.quantity > 6:
            self._run(close_event, CloseEvent, event_id=event_id)
        else:
            self._run(call_off_event, CallOffEvent, event_id=event_id, reason="Snow")

    def _pick(self, step: Step, _at: datetime | None) -> None:
        events = (self.event_id, *self.planned)
        goods: dict[str, Any] = {"lines": (PickLine(item=step.name, quantity=step.quantity),)}
        if step.other % 3 == 0:
            goods = {"crate_code": CRATES[step.place % 2]}
        if step.other % 2:
            goods["instead_of"] = ITEMS[step.quantity % 3]
        self._run(pick_goods, PickGoods, event_id=events[step.place % 3], **goods)

    def _hold(self, step: Step, _at: datetime | None) -> None:
        """Goods are held back, and let go again."""
        if step.other % 2 and self.holds:
            self._run(release_hold, ReleaseHold, hold_id=self.holds.pop(), reason="Looked at")
        else:
            named = HeldBy(item=step.name)
            if step.other % 3 == 0:
                named = HeldBy(crate_code=CRATES[step.place % 2])
            self.holds.append(self._run(place_hold, PlaceHold, reason="Glass", by=named).id)

    def _undo(self, step: Step, at: datetime | None) -> None:
        """Any entry, one that is undone and an undo among them: those are refused."""
        entries = self.entries()
        entry_id = entries[-1 - (step.quantity * step.other) % len(entries)]
        self._run(reverse_entry, ReverseEntry, entry_id=entry_id)

    def entries(self) -> list[int]:
        own = select(StockEntry.id).where(StockEntry.depot_id == self.actor.depot_id)
        return list(db.session.scalars(own.order_by(StockEntry.seq)))

    def undo_all(self) -> None:
        """Undo whatever is not undone yet, the last first."""
        for entry_id in reversed(self.entries()):
            try:
                self._run(reverse_entry, ReverseEntry, entry_id=entry_id)
            except DepotError:
                db.session.rollback()
