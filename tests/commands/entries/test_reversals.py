"""Undo: the mirror of an entry, whatever happened since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock
from depot.base.errors import AlreadyReversed, Forbidden, NotFound, NotReversible
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.crates.commands.crates import RetireCrate, retire_crate
from depot.distribution.commands.events import (
    CountPeople,
    IssueAtEvent,
    IssueLine,
    PlanEvent,
    count_people,
    issue_at_event,
    plan_event,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Crate, DayTotal, Discrepancy, Item, Location, PeopleCount, StockEntry
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from depot.verify.verify import verify
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import kinds_of_discrepancies, moves_of, put_place
from tests.current import db
from tests.stock_text import rows, stock

SHELF = "Shelf B2"


@pytest.fixture(autouse=True)
def green(world: World) -> Iterator[None]:
    """After every test all that is kept adds up, in both depots."""
    yield
    for actor in (world.ada, world.cleo):
        assert verify(world.session, actor.depot_id) == ()


def later(**passed: float) -> Clock:
    return lambda: NOW + timedelta(**passed)


def undo(actor: Actor, outcome: AnyOutcome, reason: str = "", at: Clock = clock) -> AnyOutcome:
    command = ReverseEntry(command_id=uuid4(), entry_id=outcome.entry_id or 0, reason=reason)
    return reverse_entry(command, actor, at)


def write_off(actor: Actor, quantity: int, item: str, place: str) -> AnyOutcome:
    lines = (GoodsLine(item=item, quantity=quantity),)
    command = TakeOut(command_id=uuid4(), place=place, reason="damaged", lines=lines)
    return take_out(command, actor, clock)


def move(actor: Actor, quantity: int, item: str, source: str, target: str) -> AnyOutcome:
    lines = (GoodsLine(item=item, quantity=quantity),)
    command = MoveGoods(command_id=uuid4(), source=source, target=target, lines=lines)
    return move_goods(command, actor, clock)


def totals(actor: Actor, item: str) -> dict[tuple[str, str], int]:
    rows = db.session.execute(
        select(DayTotal.flow, DayTotal.detail, DayTotal.quantity)
        .join(Item, Item.id == DayTotal.item_id)
        .where(DayTotal.depot_id == actor.depot_id, Item.name == item, DayTotal.quantity != 0)
    )
    return {(flow, detail): quantity for flow, detail, quantity in rows}


def what_is_short(actor: Actor) -> tuple[str, int | None, int | None]:
    found = db.session.execute(
        select(Discrepancy.kind, Discrepancy.expected_quantity, Discrepancy.actual_quantity).where(
            Discrepancy.depot_id == actor.depot_id
        )
    ).one()
    return found.kind, found.expected_quantity, found.actual_quantity


def test_an_undone_receipt_leaves_nothing_behind(world: World) -> None:
    receipt = receive(world.ben, 24, "Rice", date="2027-05")
    undone = undo(world.ben, receipt, "logged twice")
    assert moves_of(undone.entry_id) == [("Arrivals", "supplier", 24)]
    assert stock(world.ben) == []
    assert totals(world.ben, "Rice") == {}
    assert undone.body["reverses_seq"] == 1
    assert undone.body["discrepancies"] == []


def test_a_reversal_keeps_the_floor_time_and_all_else_of_its_entry(world: World) -> None:
    friday = NOW - timedelta(days=1)
    receipt = receive(world.ben, 24, "Rice", kind="rescue", at=friday)
    undone = undo(world.ben, receipt, "logged twice", later(days=0, hours=3))
    old, new = (db.session.get_one(StockEntry, outcome.entry_id) for outcome in (receipt, undone))
    assert (new.occurred_at, new.occurred_on) == (friday, friday.date())
    assert new.recorded_at == NOW + timedelta(hours=3)
    assert (new.source_kind, new.partner_id, new.reason) == ("rescue", old.partner_id, old.reason)
    assert (new.note, new.reverses_id) == ("logged twice", old.id)


def test_what_was_used_meanwhile_comes_from_count_variance(world: World) -> None:
    receipt = receive(world.ben, 24, "Rice")
    write_off(world.ben, 20, "Rice", "Arrivals")
    undone = undo(world.ben, receipt)
    assert moves_of(undone.entry_id) == [
        ("Arrivals", "supplier", 4),
        ("count_variance", "supplier", 20),
    ]
    assert what_is_short(world.ben) == ("undo_short", 24, 4)
    assert totals(world.ben, "Rice") == {("lost", "damaged"): -20, ("variance", ""): 20}


def test_goods_only_moved_inside_stay_where_they_went(world: World) -> None:
    put_place(world.ben, SHELF)
    receive(world.ben, 24, "Rice")
    moved = move(world.ben, 24, "Rice", "Arrivals", SHELF)
    write_off(world.ben, 20, "Rice", SHELF)
    undone = undo(world.ben, moved)
    assert moves_of(undone.entry_id) == [(SHELF, "Arrivals", 4)]
    assert what_is_short(world.ben) == ("undo_short", 24, 4)
    assert stock(world.ben) == rows("4 Rice @ Arrivals")


def test_a_move_of_which_nothing_is_left_is_undone_with_no_line(world: World) -> None:
    put_place(world.ben, SHELF)
    receive(world.ben, 24, "Rice")
    moved = move(world.ben, 24, "Rice", "Arrivals", SHELF)
    write_off(world.ben, 24, "Rice", SHELF)
    undone = undo(world.ben, moved)
    assert moves_of(undone.entry_id) == []
    assert undone.entry_id is not None
    assert what_is_short(world.ben) == ("undo_short", 24, 0)


def test_an_undone_shortfall_takes_its_discrepancy_with_it(world: World) -> None:
    receive(world.ben, 8, "Rice")
    taken = write_off(world.ben, 10, "Rice", "Arrivals")
    assert kinds_of_discrepancies(world.ben) == ["short_stock"]
    undo(world.ben, taken)
    assert stock(world.ben) == rows("8 Rice @ Arrivals")
    assert totals(world.ben, "Rice") == {("sourced", "donation"): 8}
    thing = db.session.scalars(select(Discrepancy)).one()
    assert (thing.resolution, thing.resolved_by_id) == ("undone", world.ben.person_id)


def test_production_is_undone_both_ways(world: World) -> None:
    receive(world.ben, 10, "Carrots")
    made = produce_goods(
        ProduceGoods(
            command_id=uuid4(),
            inputs=(ProductionInput(item="Carrots", quantity=6),),
            outputs=(
                ProductionOutput(item="Soup", quantity=4, category="Mixed food", unit="piece"),
            ),
        ),
        world.ben,
        clock,
    )
    undone = undo(world.ben, made)
    assert undone.body["discrepancies"] == []
    assert stock(world.ben) == rows("10 Carrots @ Arrivals")


def plan(actor: Actor) -> int:
    command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id: int = plan_event(command, actor, clock).body["id"]
    return event_id


def test_what_was_handed_out_comes_back_to_its_event(world: World) -> None:
    receive(world.ben, 10, "Rice")
    event_id = plan(world.ada)
    line = IssueLine(item="Rice", quantity=4)
    issue = issue_at_event(
        IssueAtEvent(command_id=uuid4(), event_id=event_id, lines=(line,)), world.ben, clock
    )
    undone = undo(world.ben, issue)
    assert db.session.get_one(StockEntry, undone.entry_id).event_id == event_id
    assert totals(world.ben, "Rice") == {("sourced", "donation"): 10}


def test_people_counted_by_mistake_are_taken_back(world: World) -> None:
    event_id = plan(world.ada)
    counted = count_people(
        CountPeople(command_id=uuid4(), event_id=event_id, households=42, adults=80),
        world.ben,
        clock,
    )
    undone = undo(world.ben, counted)
    people = db.session.get_one(PeopleCount, undone.entry_id)
    assert (people.households, people.adults, people.children) == (-42, -80, None)


def test_an_undo_is_not_undone(world: World) -> None:
    undone = undo(world.ben, receive(world.ben, 24, "Rice"))
    with pytest.raises(NotReversible) as refused:
        undo(world.ada, undone)
    assert refused.value.params["seq"] == 2


def test_an_entry_is_undone_once(world: World) -> None:
    receipt = receive(world.ben, 24, "Rice")
    undo(world.ben, receipt)
    with pytest.raises(AlreadyReversed) as refused:
        undo(world.ada, receipt)
    assert refused.value.params == {"seq": 1, "by": 2}


def test_a_repeated_undo_posts_once(world: World) -> None:
    receipt = receive(world.ben, 24, "Rice")
    command = ReverseEntry(command_id=uuid4(), entry_id=receipt.entry_id or 0)
    first, again = (reverse_entry(command, world.ben, clock) for _ in range(2))
    assert (first.repeated, again.repeated) == (False, True)
    assert first.body == again.body


def test_volunteers_undo_their_own_and_what_is_of_today(world: World) -> None:
    own, other = receive(world.ben, 1, "Rice"), receive(world.ada, 2, "Rice")
    with pytest.raises(Forbidden):
        undo(world.ben, other, at=later(hours=24, seconds=1))
    undo(world.ben, own, at=later(days=30))
    undo(world.ben, receive(world.ada, 3, "Rice"), at=later(hours=24))
    undo(world.ada, other, at=later(days=400))


def test_another_depots_entry_is_not_found(world: World) -> None:
    receipt = receive(world.ben, 24, "Rice")
    with pytest.raises(NotFound):
        undo(world.cleo, receipt)
    assert stock(world.ben) == rows("24 Rice @ Arrivals")


# Crates: CRATE goes from the arrivals to a shelf, and is undone.


@pytest.fixture
def crates(world: World) -> tuple[str, str]:
    put_place(world.ben, SHELF)
    made = create_crates(CreateCrates(command_id=uuid4(), count=2), world.ben, clock)
    one, two = made.body["codes"]
    place(world.ben, one, "Arrivals")
    place(world.ben, two, "Arrivals")
    return one, two


def place(actor: Actor, code: str, to: str) -> AnyOutcome:
    command = MoveCrate(command_id=uuid4(), crate_code=code, to=to, knows_empty=True)
    return move_crate(command, actor, clock)


def where(actor: Actor, code: str) -> str | None:
    parent = db.session.scalars(
        select(Location.parent_id).where(Location.name == code, Location.depot_id == actor.depot_id)
    ).one()
    return None if parent is None else db.session.get_one(Location, parent).name


def test_a_moved_crate_goes_back(world: World, crates: tuple[str, str]) -> None:
    code, _ = crates
    moved = place(world.ben, code, SHELF)
    undone = undo(world.ben, moved)
    assert where(world.ben, code) == "Arrivals"
    assert undone.body["discrepancies"] == []


def test_a_crate_that_went_on_stays_and_is_told(world: World, crates: tuple[str, str]) -> None:
    code, pallet = crates
    moved = place(world.ben, code, SHELF)
    place(world.ben, code, pallet)
    undo(world.ben, moved)
    assert where(world.ben, code) == pallet
    assert kinds_of_discrepancies(world.ben) == ["crate_elsewhere"]


def test_a_crate_is_not_put_back_onto_what_stands_on_it(
    world: World, crates: tuple[str, str]
) -> None:
    code, pallet = crates
    place(world.ben, code, pallet)
    moved = place(world.ben, code, SHELF)
    place(world.ben, pallet, code)
    undo(world.ben, moved)
    assert (where(world.ben, code), where(world.ben, pallet)) == (SHELF, code)
    assert kinds_of_discrepancies(world.ben) == ["crate_elsewhere"]


def test_a_crate_filled_by_mistake_stays_in_use(world: World, crates: tuple[str, str]) -> None:
    code, _ = crates
    line = ReceiptLine(item="Rice", quantity=5, crate_code=code)
    filled = receive_goods(
        ReceiveGoods(command_id=uuid4(), source_kind="donation", lines=(line,)), world.ben, clock
    )
    undo(world.ben, filled)
    assert stock(world.ben) == []
    states = db.session.scalars(select(Crate.state).where(Crate.code == code)).one()
    assert states == "in_use"


def test_goods_that_come_back_to_a_retired_crate_are_told(
    world: World, crates: tuple[str, str]
) -> None:
    code, _ = crates
    receive(world.ben, 5, "Rice", crate_code=code)
    taken = write_off(world.ben, 5, "Rice", code)
    retire_crate(RetireCrate(command_id=uuid4(), crate_code=code), world.ben, clock)
    undo(world.ben, taken)
    assert stock(world.ben) == rows(f"5 Rice @ {code}")
    assert kinds_of_discrepancies(world.ben) == ["crate_retired"]
