"""Freezing and thawing: a lot of its own, its date, the way back, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.dates import ShelfLife
from depot.base.errors import Forbidden, HeldBack, Invalid, NotFound, PastUseBy
from depot.base.periods import parse_week
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.kernel.once import Outcome
from depot.models import Category, Item, Lot, StockEntry
from depot.production.commands.freezing import (
    ChangedGoods,
    FreezeGoods,
    ThawGoods,
    freeze_goods,
    thaw_goods,
)
from depot.production.commands.frozen_lives import SaveFrozenLife, save_frozen_life
from depot.production.commands.taking_apart import TakeApart, take_apart
from depot.production.errors import (
    AlreadyFrozen,
    AlreadyThawed,
    DateOutside,
    FewerHere,
    NoDateAfter,
    NothingToTakeApart,
    TooLateToFreeze,
)
from depot.production.frozen_lives import load_frozen_lives
from depot.production.queries.genealogy import genealogy
from depot.reports.queries.reports import weekly_report
from depot.safety.commands.holds import HeldBy
from depot.safety.commands.recalls import StartRecall, start_recall
from depot.safety.queries.recalls import goods_here, recall_row
from tests.builders import NOW, World, clock, receive
from tests.current import db
from tests.stock_text import rows, stock

DAY = NOW.date()


def on(days: int) -> str:
    return (DAY + timedelta(days=days)).isoformat()


@pytest.fixture
def cold(world: World) -> World:
    """A depot with bread that is to be used in three days."""
    receive(world.ada, 10, "Bread", date=on(3), date_kind="use_by")
    return world


def lot_of(actor: Actor, item: str = "Bread") -> int:
    """Return the newest lot of an item."""
    return db.session.scalars(
        select(Lot.id)
        .join(Item, Item.id == Lot.item_id)
        .where(Lot.depot_id == actor.depot_id, Item.name == item)
        .order_by(Lot.id.desc())
        .limit(1)
    ).one()


def freeze(actor: Actor, lot_id: int | None = None, **said: Any) -> Outcome[ChangedGoods]:
    command = FreezeGoods(command_id=uuid4(), lot_id=lot_id or lot_of(actor), **said)
    return freeze_goods(command, actor, clock)


def thaw(actor: Actor, lot_id: int | None = None, **said: Any) -> Outcome[ChangedGoods]:
    command = ThawGoods(command_id=uuid4(), lot_id=lot_id or lot_of(actor), **said)
    return thaw_goods(command, actor, clock)


def keep(actor: Actor, **said: Any) -> None:
    saved: dict[str, Any] = {
        "frozen": ShelfLife(3, "month"),
        "thawed_days": 1,
        "source": "Ms Ochs",
    } | said
    save_frozen_life(SaveFrozenLife(command_id=uuid4(), **saved), actor, clock)


def test_what_is_frozen_is_a_lot_of_its_own_that_names_the_old_one(cold: World) -> None:
    bread = lot_of(cold.ada)
    done = freeze(cold.ben, quantity=4, date=on(90)).answer
    assert (done.quantity, done.date, done.date_kind) == (4, on(90), "use_by")
    assert stock(cold.ben) == rows(
        f"4 Bread/use by {on(90)} @ Arrivals, 6 Bread/use by {on(3)} @ Arrivals"
    )
    found = genealogy(db.session(), cold.ada.depot_id, done.lot_id)
    assert found is not None
    assert [(kin.lot.lot_id, kin.step) for kin in found.made_of] == [(bread, 1)]
    assert found.lot.here == 4
    thawed = thaw(cold.ben, done.lot_id, quantity=1, date=on(1)).answer
    back = genealogy(db.session(), cold.ada.depot_id, thawed.lot_id)
    assert back is not None
    assert [kin.lot.lot_id for kin in back.made_of] == [done.lot_id, bread]
    forth = genealogy(db.session(), cold.ada.depot_id, bread)
    assert forth is not None
    assert [kin.lot.lot_id for kin in forth.went_into] == [done.lot_id, thawed.lot_id]


def test_a_repeat_freezes_once_and_an_undo_gives_back_the_very_lot(cold: World) -> None:
    before = stock(cold.ada)
    command = FreezeGoods(command_id=uuid4(), lot_id=lot_of(cold.ada), date=on(90))
    first = freeze_goods(command, cold.ben, clock)
    again = freeze_goods(command, cold.ben, clock)
    assert (again.repeated, again.answer) == (True, first.answer)
    assert first.entry_id is not None
    with pytest.raises(NothingToTakeApart):
        take_apart(TakeApart(command_id=uuid4(), entry_id=first.entry_id), cold.ben, clock)
    undo = ReverseEntry(command_id=uuid4(), entry_id=first.entry_id, reason="wrong")
    reverse_entry(undo, cold.ben, clock)
    assert stock(cold.ada) == before


def test_the_table_says_until_when_and_an_item_before_its_category(cold: World) -> None:
    with pytest.raises(NoDateAfter):
        freeze(cold.ben)
    category = db.session.scalars(
        select(Category.name)
        .join(Item, Item.category_id == Category.id)
        .where(Item.name == "Bread", Item.depot_id == cold.ada.depot_id)
    ).one()
    keep(cold.ada, category=category)
    assert freeze(cold.ben, quantity=1).answer.date == "2027-02-21"
    keep(cold.ada, item="Bread", frozen=ShelfLife(20, "day"), thawed_days=None)
    done = freeze(cold.ben, lot_of_date(cold.ada, on(3)), quantity=1).answer
    assert done.date == on(20)
    with pytest.raises(NoDateAfter):
        thaw(cold.ben, done.lot_id)
    keep(cold.ada, item="Bread", frozen=None)
    assert [row.name for row in load_frozen_lives(db.session(), cold.ada.depot_id)] == [category]
    assert thaw(cold.ben, done.lot_id).answer.date == on(1)
    with pytest.raises(Forbidden):
        keep(cold.ben, item="Bread")
    with pytest.raises(Invalid):
        keep(cold.ada, item="Bread", category=category)
    with pytest.raises(Invalid):
        keep(cold.ada, item="Bread", frozen=ShelfLife(11, "year"))
    assert load_frozen_lives(db.session(), cold.cleo.depot_id) == []


def lot_of_date(actor: Actor, date: str) -> int:
    return db.session.scalars(
        select(Lot.id).where(Lot.depot_id == actor.depot_id, Lot.date_text == date)
    ).one()


def test_it_is_frozen_before_its_use_by_day_and_never_twice(cold: World) -> None:
    receive(cold.ada, 2, "Ham", date=on(0), date_kind="use_by")
    with pytest.raises(TooLateToFreeze):
        freeze(cold.ben, lot_of(cold.ada, "Ham"), date=on(30))
    receive(cold.ada, 2, "Fish", date=on(-1), date_kind="use_by")
    with pytest.raises(TooLateToFreeze):
        freeze(cold.ben, lot_of(cold.ada, "Fish"), date=on(30))
    with pytest.raises(PastUseBy):
        thaw(cold.ben, lot_of(cold.ada, "Fish"), date=on(1))
    frozen = freeze(cold.ben, date=on(90)).answer.lot_id
    with pytest.raises(AlreadyFrozen):
        freeze(cold.ben, frozen, date=on(90))
    thawed = thaw(cold.ben, frozen, date=on(1)).answer.lot_id
    for again in (freeze, thaw):
        with pytest.raises(AlreadyThawed):
            again(cold.ben, thawed, date=on(1))


def test_what_was_frozen_too_late_is_booked_and_keeps_its_date(cold: World) -> None:
    receive(cold.ada, 2, "Fish", date=on(-2), date_kind="use_by")
    said: dict[str, Any] = {
        "quantity": 2,
        "date": on(60),
        "occurred_at": NOW - timedelta(minutes=30),
    }
    command = FreezeGoods(command_id=uuid4(), lot_id=lot_of(cold.ada, "Fish"), **said)
    done = freeze_goods(command, cold.ben, clock)
    assert (done.answer.date, done.answer.date_kind) == (on(-2), "use_by")
    assert done.discrepancies


def test_what_is_not_there_or_cannot_be_is_refused(cold: World) -> None:
    for quantity in (0, -3, 11):
        with pytest.raises(FewerHere):
            freeze(cold.ben, quantity=quantity, date=on(90))
    for wrong in (on(-1), on(4000)):
        with pytest.raises(DateOutside):
            freeze(cold.ben, date=wrong)
    with pytest.raises(Invalid):
        freeze(cold.ben, date="2027-13-01")
    # neither by thawing what was never frozen nor after the freezer is a use-by date later
    with pytest.raises(DateOutside):
        thaw(cold.ben, date=on(4))
    frozen = freeze(cold.ben, quantity=1, date=on(5)).answer.lot_id
    for late in (on(6), on(15)):
        with pytest.raises(DateOutside):
            thaw(cold.ben, frozen, date=late)
    keep(cold.ada, item="Bread", thawed_days=9)
    assert thaw(cold.ben, frozen).answer.date == on(5)
    with pytest.raises(NotFound):
        freeze(cold.cleo, lot_of(cold.ada), date=on(90))
    with pytest.raises(NotFound):
        freeze(cold.ben, 10**15, date=on(90))


def test_a_recall_goes_through_the_freezer(cold: World) -> None:
    bread = lot_of(cold.ada)
    receipt = db.session.scalars(select(StockEntry.id).where(StockEntry.kind == "receipt")).one()
    receive(cold.ada, 5, "Bread", date=on(2), date_kind="use_by")
    done = freeze(cold.ben, bread, quantity=4, date=on(90)).answer
    command = StartRecall(command_id=uuid4(), name="Glass", by=HeldBy(receipt=receipt))
    recall_id = start_recall(command, cold.ada, clock).answer.id
    recall = recall_row(db.session(), cold.ada.depot_id, recall_id)
    assert recall is not None
    here = goods_here(db.session(), cold.ada.depot_id, recall)
    assert sum(row.goods.quantity for row in here) == 10
    with pytest.raises(HeldBack):
        thaw(cold.ben, done.lot_id, date=on(1))
    with pytest.raises(HeldBack):
        freeze(cold.ben, bread, date=on(90))


def test_nothing_is_made_or_lost_on_the_report(cold: World) -> None:
    freeze(cold.ben, date=on(90))
    thaw(cold.ben, date=on(1))
    week = parse_week("2026-W47", cold.north.week_start)
    report = weekly_report(db.session(), cold.north, week)
    bread = next(row.quantities for row in report.items if row.item == "Bread")
    assert (bread.produced, bread.lost, bread.closing) == (0, 0, 10)
