"""The demo's last Saturday: bags by household, a recall, a count, two agencies and a van at once.

Three volunteers are out of reach in turns, so much of it is told later than it happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from depot.base.actors import Actor
from depot.counts.commands.posting import PostCountSheet, post_count_sheet
from depot.counts.commands.sheets import (
    StartCountSheet,
    TallyLine,
    TallyLines,
    start_count_sheet,
    tally_lines,
)
from depot.counts.loading import load_sheet
from depot.crates.queries.standing import find_place
from depot.demo.founding import RIVERSIDE, labels
from depot.demo.rounds import lying
from depot.demo.scenes.agencies import approve, ask, new_agency, take_along
from depot.demo.scenes.parcels import HOUSEHOLDS, SOUP, needed, plan_bags, save_bag
from depot.demo.scenes.vans import receive_short
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
from depot.distribution.commands.picks import PickGoods, PickLine, pick_goods
from depot.distribution.commands.visits import (
    CountVisit,
    SaveVisitSetting,
    count_visit,
    save_visit_setting,
)
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.network.commands.sending import SendTransfer, send_transfer
from depot.safety.commands.findings import RecordFinding, record_finding
from depot.safety.commands.holds import HeldBy
from depot.safety.commands.recalls import CloseRecall, StartRecall, close_recall, start_recall
from labels.symbols.cards import new_card_code

_COUNTED: Final = "Shelf 4"
_LOT: Final = "LS 4471"
_IN_A_CRATE: Final = 24
_BEANS: Final = "Baked beans, 400 g"
_TOMATOES: Final = "Chopped tomatoes, 400 g"
#: What goes to the other depot, a crate of each.
_FOR_THE_VAN: Final = ("Corn flakes, 500 g", "Tea bags, 80")
#: Households that bring a card, at each of three tables.
_CARDS: Final = 8


def last_saturday(stage: Stage, start: datetime) -> date | None:
    """Return the last Saturday that is over, if the story begins before it was prepared."""
    ago = (stage.last_day.isoweekday() - 6) % 7
    day = stage.last_day - timedelta(days=ago)
    if stage.local(day, 18) > stage.now:
        day -= timedelta(days=7)
    return day if start <= stage.local(day - timedelta(days=1), 12) else None


def the_van_came(sender: Stage, start: datetime) -> Iterator[Happening]:
    """Yield what happens at the other depot: the van comes, and one piece is missing."""
    day = last_saturday(sender, start)
    if day:
        yield Happening(sender.local(day, 14), partial(receive_short, missing=1))


@dataclass(slots=True)
class PlayedSaturday:
    """The day, and what one step of it has to tell the next."""

    stage: Stage
    day: date
    event_id: int = 0
    recall_id: int = 0
    sheet_id: int = 0
    #: Two crates of what will be called back, two for the van.
    crates: Sequence[str] = ()
    requests: Sequence[int] = ()
    counted: Mapping[int, int] = field(default_factory=dict)

    def happenings(self) -> Iterator[Happening]:
        """Yield the steps in time."""
        before = self.day - timedelta(days=1)
        yield Happening(self.stage.local(before, 12, 10), self.prepare)
        yield Happening(self.stage.local(before, 13), self.plan)
        for hour, minute, what in (
            (9, 0, self.fetch),
            (10, 0, self.open),
            (10, 40, self.begin_count),
            (11, 0, self.call_back),
            (11, 30, self.hear_from_ben),
            (12, 0, self.let_agencies_collect),
            (12, 20, self.load_van),
            (12, 30, self.post_count),
            (12, 50, self.destroy_what_is_found),
            (13, 0, self.close),
            (13, 30, self.hear_from_tomasz),
        ):
            yield Happening(self.stage.local(self.day, hour, minute), what)

    def prepare(self, stage: Stage) -> None:
        """A lorry comes with what the bags take, and cards are used from now on."""
        self.crates = labels(stage, 4)
        bags = needed()
        loose = {item: amount + amount // 8 for item, amount in bags.items()} | {_TOMATOES: 90}
        lines = [
            ReceiptLine(item=item, quantity=amount, location=_COUNTED, date="2028-03")
            for item, amount in loose.items()
        ]
        lines += [
            ReceiptLine(
                item=SOUP, quantity=_IN_A_CRATE, crate_code=code, date="2027-06", lot_code=_LOT
            )
            for code in self.crates[:2]
        ]
        lines += [
            ReceiptLine(item=item, quantity=18, crate_code=code, date="2027-11")
            for item, code in zip(_FOR_THE_VAN, self.crates[2:], strict=True)
        ]
        stage.do(
            receive_goods,
            ReceiveGoods,
            partner="South Thames Food Hub",
            note="For Saturday's bags",
            lines=tuple(lines),
        )
        save_bag(stage)
        stage.do(save_visit_setting, SaveVisitSetting, stage.coordinator, is_on=True)

    def plan(self, stage: Stage) -> None:
        """A bag for each household is set aside, and what two agencies asked for."""
        made: Any = stage.do(
            plan_event,
            PlanEvent,
            stage.coordinator,
            name="Saturday bags",
            place="Norwood hall",
            starts_at=stage.local(self.day, 10),
            expected_households=HOUSEHOLDS,
        )
        self.event_id = made.answer.id
        plan_bags(stage, self.event_id)
        pantry = new_agency(stage, "Hope Street Pantry", 90, "What keeps, in small packs.")
        refuge = new_agency(stage, "Harbour Refuge", 25, "Breakfast things, and for children.")
        at = stage.local(self.day, 12)
        first = ask(stage, pantry, self.day, {_BEANS: 20, _TOMATOES: 50})
        second = ask(stage, refuge, self.day, {_TOMATOES: 30})
        approve(stage, first, "At noon.", at, {_BEANS: 16, _TOMATOES: 36})
        approve(stage, second, "At noon.", at, {_TOMATOES: 20})
        self.requests = (first, second)

    def fetch(self, stage: Stage) -> None:
        """Three fetch what is on the list; a crate is scanned."""
        for who, (item, amount) in zip(stage.people[1:4] * 3, needed().items(), strict=False):
            line = PickLine(item=item, quantity=amount - amount // 6)
            if item != SOUP:
                stage.do(pick_goods, PickGoods, who, event_id=self.event_id, lines=(line,))
        crate = self.crates[0]
        stage.do(pick_goods, PickGoods, event_id=self.event_id, crate_code=crate)

    def open(self, stage: Stage) -> None:
        stage.do(open_event, OpenEvent, event_id=self.event_id)
        self._give(stage, stage.people[2], 3, stage.at)
        self._come(stage, stage.people[2], stage.at)

    def begin_count(self, stage: Stage) -> None:
        """A shelf is counted while things are taken from it: two tins of one lot are not there."""
        place = find_place(stage.session, stage.depot.id, _COUNTED)
        if place is None:
            return
        begun: Any = stage.do(start_count_sheet, StartCountSheet, location_id=place.id)
        self.sheet_id = begun.answer.id
        seen = {lot.lot_id: lot.quantity for lot in lying(stage, _COUNTED)}
        most = max(seen, key=lambda lot: seen[lot], default=0)
        self.counted = {lot: amount - 2 * (lot == most) for lot, amount in seen.items()}

    def call_back(self, stage: Stage) -> None:
        """The maker rings at eleven."""
        started: Any = stage.do(
            start_recall,
            StartRecall,
            stage.coordinator,
            name=f"{SOUP}, {_LOT}: swollen tins",
            by=HeldBy(item=SOUP, lot_code=_LOT),
        )
        self.recall_id = started.answer.id

    def hear_from_ben(self, stage: Stage) -> None:
        """Ben had no signal: a crate of it went before the call, and six tins after it."""
        ben = stage.people[1]
        early, late = stage.local(self.day, 10, 20), stage.local(self.day, 11, 10)
        self._come(stage, ben, late)
        six = (IssueLine(item=SOUP, quantity=6, location=self.crates[1]),)
        self._issue(stage, ben, late, lines=six)
        self._give(stage, ben, 3, late)
        self._issue(stage, ben, early, crate_code=self.crates[0])

    def let_agencies_collect(self, stage: Stage) -> None:
        """Both come, and neither takes just what was approved."""
        first, second = self.requests
        take_along(stage, first, {_BEANS: 15, _TOMATOES: 36}, "Ines")
        take_along(stage, second, {_TOMATOES: 18}, "Mo")

    def load_van(self, stage: Stage) -> None:
        stage.do(
            send_transfer,
            SendTransfer,
            to_depot=RIVERSIDE.slug,
            crate_codes=tuple(self.crates[2:]),
            note="Van, with Grace",
        )

    def post_count(self, stage: Stage) -> None:
        """Dilys had no signal either: what she counted at ten to eleven comes now."""
        sheet = load_sheet(stage.session, stage.depot.id, self.sheet_id)
        if sheet is None:
            return
        lines = tuple(
            TallyLine(number=line.number, quantity=self.counted[line.lot_id])
            for line in sheet.lines
            if line.lot_id is not None and line.lot_id in self.counted and not line.crate
        )
        at = stage.local(self.day, 10, 50)
        who = stage.people[4]
        stage.do(tally_lines, TallyLines, who, sheet_id=sheet.id, lines=lines, occurred_at=at)
        stage.do(post_count_sheet, PostCountSheet, stage.coordinator, sheet_id=sheet.id)

    def destroy_what_is_found(self, stage: Stage) -> None:
        """What is left of what was called back is found in its crate, and the case is closed."""
        found: dict[str, Any] = {"outcome": "found_destroyed", "crate_code": self.crates[1]}
        stage.do(record_finding, RecordFinding, recall_id=self.recall_id, **found)
        stage.do(
            close_recall,
            CloseRecall,
            stage.coordinator,
            recall_id=self.recall_id,
            note="All found but what went out, which was told at the hall.",
        )

    def close(self, stage: Stage) -> None:
        back = (ReturnLine(item=_BEANS, quantity=5),)
        stage.do(return_goods, ReturnGoods, event_id=self.event_id, lines=back)
        stage.do(close_event, CloseEvent, stage.coordinator, event_id=self.event_id)

    def hear_from_tomasz(self, stage: Stage) -> None:
        """Tomasz's phone tells the rest after the table was closed."""
        at = stage.local(self.day, 12, 40)
        self._give(stage, stage.people[3], 3, at)
        self._come(stage, stage.people[3], at)

    def _give(self, stage: Stage, who: Actor, part: int, at: datetime) -> None:
        """Hand out that part of all bags' goods; soup from the shelf, for crates are scanned."""
        lines = tuple(
            IssueLine(
                item=item,
                quantity=amount // part,
                location=_COUNTED if item == SOUP else None,
            )
            for item, amount in needed().items()
        )
        self._issue(stage, who, at, lines=lines)

    def _issue(self, stage: Stage, who: Actor, at: datetime, **what: Any) -> None:
        fields = {"event_id": self.event_id, "occurred_at": at} | what
        stage.do(issue_at_event, IssueAtEvent, who, **fields)

    def _come(self, stage: Stage, who: Actor, at: datetime) -> None:
        """Households come: some with a card, the others are counted."""
        told = {"event_id": self.event_id, "occurred_at": at}
        for _household in range(_CARDS):
            card = new_card_code(stage.chance)
            stage.do(count_visit, CountVisit, who, card=card, adults=2, children=1, **told)
        others = HOUSEHOLDS // 3 - _CARDS
        stage.do(count_people, CountPeople, who, households=others, **told)
