"""A slip of an earlier day is about the crates that stood there on that day."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Discrepancy
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, move_crate
from tests.builders import NOW, World
from tests.commands.shelves import put_crate, put_place
from tests.stock_text import crates, rows, stock

CRATE, PALLET = "7K3M-9QX2", "4FJH-22M8"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (NOW + timedelta(days=day) for day in (2, 3, 4, 5))


def on(day: datetime) -> Clock:
    return lambda: day


@pytest.fixture(autouse=True)
def house(world: World) -> None:
    """On Monday 9 are in a crate on Shelf A, which stands on Shelf B from Wednesday on."""
    for name in ("Shelf A", "Shelf B"):
        put_place(world.ben, name)
    put_crate(world.ben, CRATE, at="Shelf A", state="in_use")
    given = ReceiptLine(item="Rice", quantity=9, crate_code=CRATE)
    receive_goods(ReceiveGoods(command_id=uuid4(), lines=(given,)), world.ben, on(MONDAY))


def put(actor: Actor, to: str, happened: datetime, crate: str = CRATE) -> AnyOutcome:
    command = MoveCrate(command_id=uuid4(), crate_code=crate, to=to, knows_empty=True)
    return move_crate(command, actor, on(happened))


def take(
    actor: Actor, quantity: int, place: str, happened: datetime, written: datetime = THURSDAY
) -> AnyOutcome:
    command = TakeOut(
        command_id=uuid4(),
        place=place,
        reason="issue",
        lines=(GoodsLine(item="Rice", quantity=quantity),),
        occurred_at=happened,
    )
    return take_out(command, actor, on(written))


def test_a_late_slip_takes_from_the_crate_that_stood_there_then(world: World) -> None:
    put(world.ben, "Shelf B", WEDNESDAY)
    assert take(world.ben, 4, "Shelf A", TUESDAY).discrepancies == 0
    assert stock(world.ben) == rows(f"5 Rice @ {CRATE}")


def test_a_late_slip_takes_nothing_from_a_crate_that_came_later(world: World) -> None:
    put(world.ben, "Shelf B", WEDNESDAY)
    assert take(world.ben, 4, "Shelf B", TUESDAY).asks == {"short_stock"}
    assert stock(world.ben) == rows(f"9 Rice @ {CRATE}")


def test_a_crate_stood_where_what_it_stood_on_stood(world: World) -> None:
    put_crate(world.ben, PALLET, at="Shelf A", state="in_use")
    put(world.ben, PALLET, MONDAY)
    put(world.ben, "Shelf B", WEDNESDAY, PALLET)
    put(world.ben, "Arrivals", THURSDAY)
    assert take(world.ben, 4, "Shelf A", TUESDAY).discrepancies == 0
    assert take(world.ben, 2, "Shelf B", WEDNESDAY).discrepancies == 0
    assert take(world.ben, 1, PALLET, WEDNESDAY).discrepancies == 0
    assert stock(world.ben) == rows(f"2 Rice @ {CRATE}")


def test_what_is_cooked_late_comes_from_the_crate_that_stood_there_then(world: World) -> None:
    put(world.ben, "Shelf B", WEDNESDAY)
    cook = ProduceGoods(
        command_id=uuid4(),
        inputs=(ProductionInput(item="Rice", quantity=4, location="Shelf A"),),
        outputs=(ProductionOutput(item="Soup", quantity=2),),
        occurred_at=TUESDAY,
    )
    assert produce_goods(cook, world.ben, on(THURSDAY)).discrepancies == 0
    assert stock(world.ben) == rows(f"5 Rice @ {CRATE}, 2 Soup @ Arrivals")


def test_what_was_missing_is_sought_in_the_crates_that_stood_there_then(world: World) -> None:
    assert take(world.ben, 12, "Shelf A", TUESDAY, TUESDAY).asks == {"short_stock"}
    put(world.ben, "Shelf B", WEDNESDAY)
    late = ReceiptLine(item="Rice", quantity=8, crate_code=CRATE)
    command = ReceiveGoods(command_id=uuid4(), lines=(late,), occurred_at=MONDAY)
    receive_goods(command, world.ben, on(THURSDAY))
    assert stock(world.ben) == rows(f"5 Rice @ {CRATE}")
    settled = select(Discrepancy.resolution).where(Discrepancy.depot_id == world.north.id)
    assert world.session.scalars(settled).all() == ["explained"]


def test_a_placing_that_was_undone_never_was(world: World) -> None:
    placed = put(world.ben, "Shelf B", TUESDAY)
    put(world.ben, "Arrivals", THURSDAY)
    assert placed.entry_id is not None
    undo = ReverseEntry(command_id=uuid4(), entry_id=placed.entry_id)
    reverse_entry(undo, world.ben, on(THURSDAY))
    assert take(world.ben, 4, "Shelf A", WEDNESDAY).discrepancies == 0
    assert stock(world.ben) == rows(f"5 Rice @ {CRATE}")


def test_a_crate_set_apart_since_is_no_reproach_to_what_went_out_before(world: World) -> None:
    put(world.ben, "On hold", WEDNESDAY)
    assert take(world.ben, 4, "Shelf A", TUESDAY).discrepancies == 0
    put(world.ben, "Shelf B", THURSDAY)
    assert "unsafe_out" in take(world.ben, 4, CRATE, WEDNESDAY).asks
    assert stock(world.ben) == rows(f"1 Rice @ {CRATE}")


def test_undoing_a_placing_leaves_the_crate_where_it_stood_without_it(world: World) -> None:
    first = put(world.ben, "Shelf B", TUESDAY)
    second = put(world.ben, "Arrivals", WEDNESDAY)
    for placed in (first, second):
        assert placed.entry_id is not None
        undo = ReverseEntry(command_id=uuid4(), entry_id=placed.entry_id)
        reverse_entry(undo, world.ben, on(THURSDAY))
    assert crates(world.ben) == rows(f"crate {CRATE} in_use @ Shelf A")


def test_a_placing_that_comes_late_counts_if_the_later_one_was_undone(world: World) -> None:
    later = put(world.ben, "Arrivals", WEDNESDAY)
    assert later.entry_id is not None
    undo = ReverseEntry(command_id=uuid4(), entry_id=later.entry_id)
    reverse_entry(undo, world.ben, on(THURSDAY))
    late = MoveCrate(command_id=uuid4(), crate_code=CRATE, to="Shelf B", occurred_at=TUESDAY)
    move_crate(late, world.ben, on(THURSDAY))
    assert crates(world.ben) == rows(f"crate {CRATE} in_use @ Shelf B")
