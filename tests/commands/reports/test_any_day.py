"""Any day in a depot: commands in any order, and the book still adds up.

Hypothesis plays volunteers who log, move, take, cook, undo and undo again, without looking at what
the book says. Whatever they do, nothing but a named refusal may come of it, and verify is green.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from depot.base.errors import DepotError, LedgerBroken
from depot.base.kinds import TakeOutReason
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.distribution.commands.events import CountPeople, PlanEvent, count_people, plan_event
from depot.entries.commands.discrepancies import (
    RESOLUTIONS,
    ResolveDiscrepancy,
    resolve_discrepancy,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.entries.queries.discrepancies import open_discrepancies
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Lot
from depot.production.commands.freezing import FreezeGoods, ThawGoods, freeze_goods, thaw_goods
from depot.production.commands.parcel_plans import PlanParcels, plan_parcels
from depot.production.commands.parcels import ParcelLineSaid, PerSaid, SaveParcel, save_parcel
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    ProductionWaste,
    produce_goods,
)
from depot.production.commands.recipes import (
    RecipeInput,
    RecipeOutput,
    SaveRecipe,
    save_recipe,
)
from depot.production.commands.taking_apart import TakeApart, take_apart
from depot.production.multiplied import HouseholdsSaid, ParcelSaid
from depot.production.queries.genealogy import genealogy
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from depot.verify.verify import verify
from tests.builders import NOW, receive
from tests.conftest import known_world
from tests.current import at_work, db

ITEMS = ("Rice", "Beans", "Milk")
CRATES = 3
quantities = st.integers(1, 12)
items = st.sampled_from(ITEMS)
places = st.integers(0, CRATES + 1)
dates = st.sampled_from((None, "2027-05", "2027-06-30"))


class AnyDay(RuleBasedStateMachine):
    """A depot with three crates, two places and people who do as they like."""

    world_file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="depot-any-day-"))
        for file in self.world_file.parent.glob("depot.sqlite3*"):
            shutil.copy(file, self.folder)
        url = f"sqlite:///{self.folder / 'depot.sqlite3'}"
        self.database = ExitStack()
        self.database.enter_context(at_work(url))
        self.world = known_world()
        self.entries: list[int] = []
        self.passed = timedelta()

    def teardown(self) -> None:
        try:
            for depot in (self.world.north, self.world.south):
                assert verify(db.session(), depot.id) == ()
            self.check_genealogy()
        finally:
            self.database.close()
            shutil.rmtree(self.folder)

    def lots(self) -> list[int]:
        ours = select(Lot.id).where(Lot.depot_id == self.world.ada.depot_id).order_by(Lot.id.desc())
        return list(db.session.scalars(ours))

    def check_genealogy(self) -> None:
        """What a lot is made of went into it, seen from either end; and nothing is in itself."""
        back: set[tuple[int, int, int]] = set()
        forth: set[tuple[int, int, int]] = set()
        for lot_id in self.lots():
            found = genealogy(db.session(), self.world.ada.depot_id, lot_id)
            assert found is not None
            back |= {(kin.lot.lot_id, lot_id, kin.step) for kin in found.made_of}
            forth |= {(lot_id, kin.lot.lot_id, kin.step) for kin in found.went_into}
        assert back == forth
        assert not any(used == made for used, made, _step in back)

    def now(self) -> datetime:
        return NOW + self.passed

    def do(self, work: Callable[[], AnyOutcome]) -> None:
        """Do it; a refusal is an answer, unless the ledger itself refused: then it is a bug."""
        self.passed += timedelta(minutes=7)
        try:
            outcome = work()
        except LedgerBroken:
            raise
        except DepotError:
            return
        if outcome.entry_id is not None:
            self.entries.append(outcome.entry_id)

    @initialize()
    def open_the_depot(self) -> None:
        made = create_crates(
            CreateCrates(command_id=uuid4(), count=CRATES), self.world.ben, self.now
        )
        self.places = ["Arrivals", "On hold", *made.body["codes"]]
        plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
        self.event_id = plan_event(plan, self.world.ada, self.now).body["id"]
        for item in (*ITEMS, "Soup"):
            self.do(lambda item=item: receive(self.world.ben, 6, item))  # type: ignore[misc]
        recipe = SaveRecipe(
            command_id=uuid4(),
            name="Soup",
            inputs=tuple(RecipeInput(item=item, quantity=2) for item in ITEMS[:2]),
            outputs=(RecipeOutput(item="Soup", quantity=3, keeps_days=2),),
        )
        save_recipe(recipe, self.world.ada, self.now)
        lines = (
            ParcelLineSaid(item="Rice", per=PerSaid(adult=1), swaps=("Milk",)),
            ParcelLineSaid(item="Soup", per=PerSaid(household=2)),
        )
        parcel = SaveParcel(command_id=uuid4(), name="Bag", lines=lines)
        save_parcel(parcel, self.world.ada, self.now)

    @rule(item=items, quantity=quantities, place=places, date=dates)
    def receive(self, item: str, quantity: int, place: int, date: str | None) -> None:
        where = self.places[place]
        is_crate = place > 1
        line = ReceiptLine(
            item=item,
            quantity=quantity,
            date=date,
            crate_code=where if is_crate else None,
            location=None if is_crate else where,
        )
        command = ReceiveGoods(command_id=uuid4(), source_kind="donation", lines=(line, line))
        self.do(lambda: receive_goods(command, self.world.ben, self.now))

    @rule(crate=st.integers(2, CRATES + 1), to=places)
    def move_a_crate(self, crate: int, to: int) -> None:
        command = MoveCrate(command_id=uuid4(), crate_code=self.places[crate], to=self.places[to])
        self.do(lambda: move_crate(command, self.world.ben, self.now))

    @rule(item=items, quantity=quantities, source=places, to=places, all_of_it=st.booleans())
    def move_goods(self, item: str, quantity: int, source: int, to: int, all_of_it: bool) -> None:
        command = MoveGoods(
            command_id=uuid4(),
            source=self.places[source],
            target=self.places[to],
            lines=None if all_of_it else (GoodsLine(item=item, quantity=quantity),),
        )
        self.do(lambda: move_goods(command, self.world.ben, self.now))

    @rule(
        item=items,
        quantity=quantities,
        place=places,
        reason=st.sampled_from(("issue", "damaged", "expired", "use")),
        all_of_it=st.booleans(),
    )
    def take_out(
        self, item: str, quantity: int, place: int, reason: TakeOutReason, all_of_it: bool
    ) -> None:
        command = TakeOut(
            command_id=uuid4(),
            place=self.places[place],
            reason=reason,
            event_id=self.event_id if reason == "issue" else None,
            lines=None if all_of_it else (GoodsLine(item=item, quantity=quantity),),
        )
        self.do(lambda: take_out(command, self.world.ben, self.now))

    @rule(used=items, quantity=quantities, made=quantities)
    def cook(self, used: str, quantity: int, made: int) -> None:
        command = ProduceGoods(
            command_id=uuid4(),
            inputs=(ProductionInput(item=used, quantity=quantity),),
            outputs=(ProductionOutput(item="Soup", quantity=made, unit="piece"),),
        )
        self.do(lambda: produce_goods(command, self.world.ben, self.now))

    @rule(times=st.integers(1, 3), wasted=st.integers(0, 7), of=items)
    def make_by_the_recipe(self, times: int, wasted: int, of: str) -> None:
        waste = (ProductionWaste(item=of, quantity=wasted),) if wasted else ()
        command = ProduceGoods(command_id=uuid4(), recipe="Soup", times=times, waste=waste)
        self.do(lambda: produce_goods(command, self.world.ben, self.now))

    @precondition(lambda self: self.entries)
    @rule(which=st.integers(0, 7))
    def take_apart(self, which: int) -> None:
        entry_id = self.entries[-1 - which % len(self.entries)]
        command = TakeApart(command_id=uuid4(), entry_id=entry_id)
        self.do(lambda: take_apart(command, self.world.ben, self.now))

    @rule(
        which=st.integers(0, 9),
        quantity=st.none() | quantities,
        days=st.integers(0, 40),
        is_frozen=st.booleans(),
    )
    def freeze_or_thaw(self, which: int, quantity: int | None, days: int, is_frozen: bool) -> None:
        lots = self.lots()
        date = (NOW + timedelta(days=days)).date().isoformat()
        said: dict[str, Any] = {"lot_id": lots[which % len(lots)], "quantity": quantity}
        said |= {"command_id": uuid4(), "date": date}
        if is_frozen:
            self.do(lambda: freeze_goods(FreezeGoods(**said), self.world.ben, self.now))
        else:
            self.do(lambda: thaw_goods(ThawGoods(**said), self.world.ben, self.now))

    @rule(adults=st.integers(1, 4), count=st.integers(1, 5))
    def plan_parcels(self, adults: int, count: int) -> None:
        """No plan is promised more than it planned, or than what is here."""
        some = HouseholdsSaid(count=count, adults=adults)
        asked = (ParcelSaid(parcel="Bag", households=(some,)),)
        command = PlanParcels(command_id=uuid4(), event_id=self.event_id, parcels=asked)
        self.passed += timedelta(minutes=7)
        answer = plan_parcels(command, self.world.ben, self.now).answer
        needed = {"Rice or Milk": adults * count, "Soup": 2 * count}
        planned = {line.item: line.planned for line in answer.lines}
        assert planned.get("Rice", 0) + planned.get("Milk", 0) == needed["Rice or Milk"]
        assert planned["Soup"] == needed["Soup"]
        assert all(0 <= line.promised <= line.planned for line in answer.lines)

    @rule(households=st.integers(1, 50))
    def count_people(self, households: int) -> None:
        command = CountPeople(command_id=uuid4(), event_id=self.event_id, households=households)
        self.do(lambda: count_people(command, self.world.ben, self.now))

    @precondition(lambda self: self.entries)
    @rule(which=st.integers(0, 7), by_ada=st.booleans())
    def undo(self, which: int, by_ada: bool) -> None:
        """Undo one of the last entries, also one that was undone or is an undo."""
        entry_id = self.entries[-1 - which % len(self.entries)]
        command = ReverseEntry(command_id=uuid4(), entry_id=entry_id)
        who = self.world.ada if by_ada else self.world.ben
        self.do(lambda: reverse_entry(command, who, self.now))

    @rule(resolution=st.sampled_from(RESOLUTIONS))
    def settle(self, resolution: str) -> None:
        waiting = open_discrepancies(db.session(), self.world.north.id)
        if not waiting:
            return
        command = ResolveDiscrepancy(
            command_id=uuid4(), discrepancy_id=waiting[0].id, resolution=resolution
        )
        self.do(lambda: resolve_discrepancy(command, self.world.ada, self.now))


def test_whatever_people_do_the_book_adds_up(world_file: Path) -> None:
    machine = type("AnyDayHere", (AnyDay,), {"world_file": world_file})
    few = min(settings().max_examples, 900) // 3
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=few,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
