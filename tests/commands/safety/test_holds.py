"""What is held back stays here: by whatever it was named, wherever it lies, from when to when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from depot.base.actors import Actor
from depot.base.errors import (
    Forbidden,
    HeldBack,
    HoldLifted,
    Invalid,
    NotFound,
    UnknownCode,
    UnknownCrate,
    UnknownItem,
)
from depot.distribution.queries.event_plans import pick_list
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.item_codes import LearnCode, learn_code
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Discrepancy, HeldLot, Hold, Item, Lot
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.safety.commands.holds import (
    HeldBy,
    PlaceHold,
    ReleaseHold,
    place_hold,
    release_hold,
)
from depot.safety.queries.holds import (
    held_goods,
    hold_row,
    listed_holds,
    open_holds_of,
)
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, move_crate
from depot.stock.queries.stock import expiring_lots, stock_by_item
from tests.builders import NOW, World, clock, receive
from tests.commands.distribution.test_plans import an_event, plan
from tests.current import db
from tests.stock_text import rows, set_up, stock

CRATE, OTHER = "7K3M-9QX2", "GECY-YS9M"
HOUR = timedelta(hours=1)
EAN = "4006381333931"


def hold(actor: Actor, at: Any = NOW, until: date | None = None, **by: Any) -> int:
    command = PlaceHold(command_id=uuid4(), reason="smells of petrol", by=HeldBy(**by), until=until)
    return place_hold(command, actor, lambda: at).answer.id


def lift(actor: Actor, hold_id: int, at: Any = NOW) -> None:
    command = ReleaseHold(command_id=uuid4(), hold_id=hold_id, reason="tested, fine")
    release_hold(command, actor, lambda: at)


def take(actor: Actor, quantity: int, at: Any = None, **more: Any) -> AnyOutcome:
    line = GoodsLine(item="Rice", quantity=quantity)
    asked: dict[str, Any] = {"place": "Arrivals", "reason": "issue"} | more
    command = TakeOut(command_id=uuid4(), lines=(line,), occurred_at=at, **asked)
    return take_out(command, actor, clock)


def held_dates() -> list[str]:
    found = select(Item.name, Lot.date_text).join(Lot, Lot.item_id == Item.id)
    of_holds = db.session.execute(found.join(HeldLot, HeldLot.lot_id == Lot.id))
    return sorted(f"{name} {text}".strip() for name, text in of_holds)


def asked(actor: Actor) -> list[tuple[str, int | None]]:
    found = select(Discrepancy.kind, Discrepancy.actual_quantity)
    rows = db.session.execute(found.order_by(Discrepancy.id))
    return [(kind, quantity) for kind, quantity in rows]


def free(world: World, item: str) -> tuple[int, int, int, int]:
    found = stock_by_item(world.session, world.north.id)
    figures = next(row for row in found if row.item == item).figures(NOW.date())
    return (figures.on_hand, figures.held, figures.past, figures.free)


@pytest.fixture
def goods(world: World) -> World:
    """Rice of three dates from two donors, in two crates and loose, and some beans."""
    set_up(world.ben, f"crate {CRATE} in_use @ Arrivals, crate {OTHER} in_use @ Arrivals")
    for quantity, item, partner, line in (
        (10, "Rice", "Farm", {"date": "2027-05", "crate_code": CRATE, "lot_code": "L 27"}),
        (20, "Rice", "Mill", {"date": "2027-Q3", "crate_code": OTHER}),
        (30, "Rice", "Mill", {"date": "2028-01-15"}),
        (40, "Beans", "Mill", {"crate_code": OTHER}),
    ):
        lines = (ReceiptLine(item=item, quantity=quantity, **line),)  # type: ignore[arg-type]
        command = ReceiveGoods(
            command_id=uuid4(), lines=lines, partner=partner, occurred_at=NOW - 5 * HOUR
        )
        receive_goods(command, world.ben, clock)
    return world


@pytest.mark.parametrize(
    ("by", "held"),
    [
        ({"item": "rice"}, ["Rice 2027-05", "Rice 2027-Q3", "Rice 2028-01-15"]),
        ({"lot_code": "l27"}, ["Rice 2027-05"]),
        ({"partner": "Farm"}, ["Rice 2027-05"]),
        ({"partner": "Mill", "item": "Rice"}, ["Rice 2027-Q3", "Rice 2028-01-15"]),
        ({"crate_code": OTHER}, ["Beans", "Rice 2027-Q3"]),
        ({"crate_code": OTHER, "item": "Beans"}, ["Beans"]),
        ({"date_from": date(2027, 9, 30)}, ["Rice 2027-Q3", "Rice 2028-01-15"]),
        ({"date_from": date(2027, 10, 1)}, ["Rice 2028-01-15"]),
        ({"date_to": date(2027, 7, 1)}, ["Rice 2027-05", "Rice 2027-Q3"]),
        ({"date_to": date(2027, 6, 30)}, ["Rice 2027-05"]),
        ({"date_to": date(2027, 5, 1), "item": "Rice"}, ["Rice 2027-05"]),
        ({"date_to": date(2027, 4, 30), "item": "Rice"}, []),
        ({"gtin": EAN}, ["Beans"]),
    ],
)
def test_it_is_named_by_whatever_is_known(
    goods: World, by: dict[str, Any], held: list[str]
) -> None:
    learn_code(LearnCode(command_id=uuid4(), code=EAN, item="Beans"), goods.ben, clock)
    hold(goods.ben, **by)
    assert held_dates() == held


def test_by_what_came_with_a_receipt(goods: World) -> None:
    came = receive(goods.ben, 5, "Rice", date="2029")
    hold(goods.ben, receipt=came.entry_id)
    assert held_dates() == ["Rice 2029"]


def test_what_is_held_is_neither_proposed_nor_counted_as_free(goods: World) -> None:
    hold(goods.ben, lot_code="L27")
    assert free(goods, "Rice") == (60, 10, 0, 50)
    event_id = an_event(goods.ben)
    plan(goods.ben, event_id, Rice=60)
    found = pick_list(goods.session, goods.north.id, event_id, NOW.date())
    assert sum(fetch.quantity for fetch in found.fetches) == 50
    assert [short.quantity for short in found.missing] == [10]
    urgent = expiring_lots(goods.session, goods.north.id, date(2028, 1, 1))
    assert [lot.date_text for lot in urgent] == ["2027-Q3"]


def test_an_act_is_refused_and_says_why(goods: World) -> None:
    take(goods.ben, 1, place=CRATE)
    hold(goods.ben, lot_code="L27")
    with pytest.raises(HeldBack) as refused:
        take(goods.ben, 1, place=CRATE)
    assert refused.value.params == {"item": "Rice", "why": "smells of petrol"}
    with pytest.raises(HeldBack):  # also what is still being done, begun before it was held
        take(goods.ben, 1, place=CRATE, at=NOW - timedelta(minutes=1))
    cook = ProduceGoods(
        command_id=uuid4(),
        inputs=(ProductionInput(item="Rice", quantity=59),),
        outputs=(ProductionOutput(item="Soup", quantity=4, category="Mixed food"),),
    )
    with pytest.raises(HeldBack):
        produce_goods(cook, goods.ben, clock)
    take(goods.ben, 9, place=CRATE, reason="damaged")  # to throw it away is no hand-out
    assert free(goods, "Rice")[:2] == (50, 0)


def test_what_happened_is_booked_and_told_if_it_was_held_by_then(goods: World) -> None:
    held = hold(goods.ben, at=NOW - 2 * HOUR, lot_code="L27")
    before = take(goods.ben, 1, place=CRATE, at=NOW - 3 * HOUR)
    assert not before.asks
    meanwhile = take(goods.ben, 1, place=CRATE, at=NOW - HOUR)
    assert meanwhile.asks == {"unsafe_out"}
    lift(goods.ada, held, at=NOW - timedelta(minutes=30))
    after = take(goods.ben, 1, place=CRATE, at=NOW - timedelta(minutes=20))
    assert not after.asks
    late = take(goods.ben, 1, place=CRATE, at=NOW - timedelta(minutes=40))
    assert late.asks == {"unsafe_out"}
    assert asked(goods.ben) == [("unsafe_out", 1), ("unsafe_out", 1)]


def test_what_comes_later_and_fits_is_held_on_arrival(goods: World) -> None:
    held = hold(goods.ben, partner="Farm", item="Rice")
    hold(goods.ben, crate_code=CRATE)
    for partner, day in (("Farm", "2030"), ("Mill", "2031")):
        line = ReceiptLine(item="Rice", quantity=5, date=day, crate_code=CRATE)
        command = ReceiveGoods(command_id=uuid4(), lines=(line,), partner=partner)
        receive_goods(command, goods.ben, clock)
    assert held_dates() == ["Rice 2027-05", "Rice 2027-05", "Rice 2030"]
    lift(goods.ada, held)
    receive(goods.ben, 5, "Rice", date="2032")
    assert "Rice 2032" not in held_dates()


def test_a_crate_takes_its_hold_along(goods: World) -> None:
    held = hold(goods.ben, lot_code="L27")
    set_up(goods.ben, "place Van")
    move = MoveCrate(command_id=uuid4(), crate_code=CRATE, to="Van")
    move_crate(move, goods.ben, clock)
    (lies,) = held_goods(goods.session, goods.north.id, held)
    assert (lies.place, lies.crates, lies.quantity) == ("Van", (CRATE,), 10)
    with pytest.raises(HeldBack):
        take(goods.ben, 1, place=CRATE)


def test_undo_brings_back_and_takes_away_what_is_held(goods: World) -> None:
    out = take(goods.ben, 4, place=CRATE, at=NOW - 3 * HOUR)
    hold(goods.ben, lot_code="L27")
    undo = ReverseEntry(command_id=uuid4(), entry_id=out.entry_id or 0)
    reverse_entry(undo, goods.ben, clock)
    assert free(goods, "Rice") == (60, 10, 0, 50)
    came = receive(goods.ben, 7, "Rice", lot_code="L27")
    assert free(goods, "Rice") == (67, 17, 0, 50)
    undo = ReverseEntry(command_id=uuid4(), entry_id=came.entry_id or 0)
    reverse_entry(undo, goods.ben, clock)
    assert free(goods, "Rice") == (60, 10, 0, 50)


def test_a_past_moment_shows_what_was_held_then(goods: World) -> None:
    held = hold(goods.ben, at=NOW - 2 * HOUR, lot_code="L27")
    lift(goods.ada, held, at=NOW - HOUR)

    def then(hours: int) -> int:
        found = stock_by_item(goods.session, goods.north.id, NOW - hours * HOUR)
        return next(row for row in found if row.item == "Rice").figures(NOW.date()).held

    assert [then(3), then(2), then(1), then(0)] == [0, 10, 0, 0]


def test_what_lies_in_a_quarantine_is_held_as_long_as_it_lies_there(goods: World) -> None:
    def put(to: str, at: Any) -> None:
        move = MoveCrate(command_id=uuid4(), crate_code=CRATE, to=to)
        move_crate(move, goods.ben, lambda: at)

    put("On hold", NOW + HOUR)
    assert free(goods, "Rice") == (60, 10, 0, 50)
    put("Arrivals", NOW + 3 * HOUR)
    assert free(goods, "Rice") == (60, 0, 0, 60)
    found = stock_by_item(goods.session, goods.north.id, NOW + 2 * HOUR)
    assert next(row for row in found if row.item == "Rice").figures(NOW.date()).held == 10


def test_a_coordinator_lifts_it_once_with_a_reason(goods: World) -> None:
    held = hold(goods.ben, item="Rice")
    with pytest.raises(Forbidden):
        lift(goods.ben, held)
    with pytest.raises(NotFound):
        lift(goods.cleo, held)
    with pytest.raises(Invalid):
        release_hold(ReleaseHold(command_id=uuid4(), hold_id=held, reason=" "), goods.ada, clock)
    with pytest.raises(HeldBack):
        take(goods.ben, 1)
    lift(goods.ada, held)
    take(goods.ben, 1)
    with pytest.raises(HoldLifted):
        lift(goods.ada, held)
    found = hold_row(goods.session, goods.north.id, held)
    assert found is not None
    assert (found.made_by, found.released_by, found.release_reason) == (
        "Ben",
        "Ada",
        "tested, fine",
    )


def test_a_repeat_holds_once(goods: World) -> None:
    command = PlaceHold(command_id=uuid4(), reason="dirty", by=HeldBy(item="Rice"))
    first, second = (place_hold(command, goods.ben, clock) for _ in range(2))
    assert (first.answer, second.repeated) == (second.answer, True)
    assert (first.answer.lots, first.answer.quantity) == (3, 60)
    assert len(listed_holds(goods.session, goods.north.id)) == 1


@pytest.mark.parametrize(
    ("by", "error", "field"),
    [
        ({}, Invalid, "by"),
        ({"item": "Nothing"}, UnknownItem, "item"),
        ({"gtin": EAN}, UnknownCode, "gtin"),
        ({"crate_code": "4FJH-22M8"}, UnknownCrate, "crate_code"),
        ({"partner": "Nobody"}, NotFound, "partner"),
        ({"receipt": 10**9}, NotFound, "receipt"),
        ({"date_from": date(2027, 1, 2), "date_to": date(2027, 1, 1)}, Invalid, "date_to"),
        ({"crate_code": CRATE, "item": "Beans"}, Invalid, "by"),
    ],
)
def test_what_names_nothing_is_refused(
    goods: World, by: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as refused:
        hold(goods.ben, **by)
    assert getattr(refused.value, "field", None) == field
    assert db.session.scalar(select(Hold.id)) is None


def test_a_reason_and_a_day_to_come_are_needed(goods: World) -> None:
    with pytest.raises(Invalid):
        place_hold(PlaceHold(command_id=uuid4(), reason=" ", by=HeldBy(item="Rice")), goods.ben)
    with pytest.raises(Invalid):
        hold(goods.ben, item="Rice", until=NOW.date() - timedelta(days=1))


def test_the_neighbour_neither_sees_nor_holds_ours(goods: World) -> None:
    held = hold(goods.ben, partner="Farm")
    session, south = goods.session, goods.south.id
    assert listed_holds(session, south) == []
    assert hold_row(session, south, held) is None
    assert held_goods(session, south, held) == []
    lots = list(session.scalars(select(HeldLot.lot_id)))
    assert (len(open_holds_of(session, goods.north.id, lots)), lots != []) == (1, True)
    assert open_holds_of(session, south, lots) == []
    rice = session.scalar(select(Item.id).where(Item.name == "Rice"))
    for by in ({"item": rice}, {"crate_code": CRATE}, {"receipt": 1}, {"partner": 1}):
        with pytest.raises((UnknownItem, UnknownCrate, NotFound)):
            hold(goods.cleo, **by)
    hold(goods.cleo, lot_code="L27")
    assert held_dates() == ["Rice 2027-05"]


def test_no_hold_is_deleted_or_rewritten(goods: World) -> None:
    held = hold(goods.ben, item="Rice")
    for statement in (
        delete(Hold),
        delete(HeldLot),
        update(Hold).values(reason="never mind"),
        update(HeldLot).values(lot_id=text("lot_id")),
    ):
        with pytest.raises(IntegrityError):
            db.session.execute(statement)
        db.session.rollback()
    lift(goods.ada, held)
    with pytest.raises(IntegrityError):
        db.session.execute(update(Hold).values(released_at=None, release_reason=""))
    db.session.rollback()
    assert stock(goods.ben) == rows(
        f"10 Rice/2027-05 @ {CRATE}, 20 Rice/2027-Q3 @ {OTHER}, 30 Rice/2028-01-15 @ Arrivals,"
        f" 40 Beans @ {OTHER}"
    )
