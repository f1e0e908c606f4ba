"""Goods past the day they are to be given out by: never proposed, and out only with a reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from depot.base.actors import Actor
from depot.base.dates import ShelfLife
from depot.base.errors import PastUseBy, Unconfirmed
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.distribution.queries.event_plans import pick_list
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.shelf_lives import TakeShelfLives, take_shelf_lives
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Category, Item
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import NOW, World, clock
from tests.commands.distribution.test_unsafe_facts import asked
from tests.commands.doubting import there
from tests.current import db
from tests.stock_text import lines, moves, stock

EARLIER = NOW - timedelta(hours=1)
#: NOW is the 21st of November 2026, and bread goes out for two days after its date.
OVER, TODAY, LATER = "2026-11-18", "2026-11-19", "2026-12-24"


def bring(actor: Actor, *dates: str, item: str = "Loaf", category: str = "Bread") -> None:
    for date in dates:
        line = ReceiptLine(item=item, quantity=5, date=date, category=category)
        happened = NOW - timedelta(hours=3)
        receive_goods(
            ReceiveGoods(command_id=uuid4(), lines=(line,), occurred_at=happened), actor, clock
        )


def take(
    actor: Actor, quantity: int, note: str = "", *, item: str = "Loaf", is_past: bool = False
) -> AnyOutcome:
    command = TakeOut(
        command_id=uuid4(),
        place="Arrivals",
        reason="issue",
        lines=(GoodsLine(item=item, quantity=quantity),),
        note=note,
        occurred_at=EARLIER if is_past else None,
    )
    return take_out(command, actor, clock)


def test_what_is_past_its_day_is_not_handed_out_first(world: World) -> None:
    bring(world.ben, OVER, TODAY, LATER)
    taken = take(world.ben, 7)
    assert moves(taken.entry_id) == lines(
        f"5 Loaf/{TODAY}: Arrivals > recipient, 2 Loaf/{LATER}: Arrivals > recipient"
    )
    assert asked() == []


def test_it_goes_out_after_all_others_and_is_looked_at(world: World) -> None:
    bring(world.ben, OVER, LATER)
    taken = take(world.ben, 8)
    assert moves(taken.entry_id) == lines(
        f"5 Loaf/{LATER}: Arrivals > recipient, 3 Loaf/{OVER}: Arrivals > recipient"
    )
    assert asked() == [("past_day_out", 3, OVER)]


def test_a_person_is_asked_first_and_says_yes_or_why(world: World) -> None:
    bring(world.ben, OVER, LATER)
    take(there(world.ben), 5)
    with pytest.raises(Unconfirmed) as stopped:
        take(there(world.ben), 3)
    (question,) = stopped.value.questions.values()
    assert (question.code, question.params["item"]) == ("past_its_day", "Loaf")
    assert asked() == []
    take(there(world.ben), 2, "still soft, looked at each")
    assert asked() == [("past_day_out", 2, OVER)]


def test_what_happened_is_booked_and_looked_at_without_a_reason(world: World) -> None:
    bring(world.ben, OVER)
    take(world.ben, 5, is_past=True)
    assert stock(world.ben) == []
    assert asked() == [("past_day_out", 5, OVER)]


def test_the_date_of_formula_is_a_hard_stop(world: World) -> None:
    bring(world.ben, OVER, item="Formula", category="Baby food and formula")
    with pytest.raises(PastUseBy):
        take(world.ben, 1, "nothing else here", item="Formula")
    take(world.ben, 1, item="Formula", is_past=True)
    assert asked() == [("unsafe_out", 1, OVER)]


def test_an_items_own_time_wins_over_its_categorys(world: World) -> None:
    bring(world.ben, OVER)
    life = ShelfLife(1, "month")
    db.session.execute(
        update(Item)
        .where(Item.name == "Loaf")
        .values(shelf_life_amount=life.amount, shelf_life_unit=life.unit)
    )
    db.session.commit()
    take(world.ben, 5)
    assert asked() == []


def test_a_pick_list_leaves_it_where_it_is(world: World) -> None:
    bring(world.ben, OVER, LATER)
    plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(plan, world.ada, clock).answer.id
    wanted = (PlannedGoods(item="Loaf", quantity=8),)
    plan_goods(PlanGoods(command_id=uuid4(), event_id=event_id, lines=wanted), world.ada, clock)
    found = pick_list(db.session(), world.north.id, event_id, NOW.date())
    assert [(line.held.date_text, line.quantity) for line in found.fetches] == [(LATER, 5)]
    assert [line.quantity for line in found.missing] == [3]


def test_a_start_table_changes_what_bears_its_names(world: World) -> None:
    db.session.execute(update(Category).where(Category.name == "Bread").values(name="Brot"))
    db.session.commit()
    command = TakeShelfLives(command_id=uuid4(), table="us")
    assert take_shelf_lives(command, world.ada, clock).answer.changed > 3
    again = TakeShelfLives(command_id=uuid4(), table="us")
    assert take_shelf_lives(again, world.ada, clock).answer.changed == 0
    found = {
        row.name: (row.shelf_life_amount, row.shelf_life_unit, row.shelf_life_source)
        for row in db.session.query(Category).where(Category.depot_id == world.north.id)
    }
    assert found["Tins and jars"] == (1, "year", "Food banks' shelf-life guides, 2018")
    assert found["Baby food and formula"] == (0, "never", "21 CFR 107.20(c)")
    assert found["Brot"][:2] == (2, "day")
