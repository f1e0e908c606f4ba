"""What happened is booked and asked about, however unsafe; what is still to be done is stopped."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import CrateInItself, CrateRetired, OnHold, PastUseBy
from depot.distribution.commands.events import (
    IssueAtEvent,
    IssueLine,
    PlanEvent,
    issue_at_event,
    plan_event,
)
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
from tests.builders import NOW, World, clock, on_hand
from tests.commands.shelves import kinds_of_discrepancies, put_crate
from tests.current import db
from tests.stock_text import crates, lines, moves, rows, set_up, stock

CRATE, PALLET = "7K3M-9QX2", "GECY-YS9M"
EARLIER = NOW - timedelta(hours=1)
#: Yesterday; NOW is the 21st.
PAST = "2026-11-20"


@pytest.fixture
def mixed(world: World) -> World:
    """Five of ham that is past and five that is good, in one crate, since this morning."""
    set_up(world.ben, f"crate {CRATE} in_use @ Arrivals")
    for date in (PAST, "2026-12-24"):
        line = ReceiptLine(item="Ham", quantity=5, date=date, date_kind="use_by", crate_code=CRATE)
        command = ReceiveGoods(
            command_id=uuid4(), lines=(line,), occurred_at=NOW - timedelta(hours=3)
        )
        receive_goods(command, world.ben, clock)
    return world


def take(actor: Actor, quantity: int | None, *, is_past: bool) -> AnyOutcome:
    wanted = None if quantity is None else (GoodsLine(item="Ham", quantity=quantity),)
    at = EARLIER if is_past else None
    command = TakeOut(command_id=uuid4(), place=CRATE, reason="issue", lines=wanted, occurred_at=at)
    return take_out(command, actor, clock)


def issue(actor: Actor, world: World, quantity: int, *, is_past: bool) -> AnyOutcome:
    plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(plan, world.ada, clock).answer.id
    line = IssueLine(item="Ham", quantity=quantity)
    at = EARLIER if is_past else None
    command = IssueAtEvent(command_id=uuid4(), event_id=event_id, lines=(line,), occurred_at=at)
    return issue_at_event(command, actor, clock)


def asked() -> list[tuple[str, int | None, str]]:
    # what comes in past its day is asked about when it comes in; here it is about going out
    asked = select(Discrepancy).where(Discrepancy.kind != "unlikely_number")
    found = db.session.scalars(asked.order_by(Discrepancy.id))
    return [(one.kind, one.actual_quantity, one.detail) for one in found]


def test_of_a_mixed_crate_the_good_go_out_first_and_the_rest_is_asked_about(mixed: World) -> None:
    taken = take(mixed.ben, 8, is_past=True)
    assert moves(taken.entry_id) == lines(
        f"5 Ham/use by 2026-12-24: {CRATE} > recipient, 3 Ham/use by {PAST}: {CRATE} > recipient"
    )
    assert stock(mixed.ben) == rows(f"2 Ham/use by {PAST} @ {CRATE}")
    assert asked() == [("unsafe_likely", 3, PAST)]


def test_at_a_hand_out_too(mixed: World) -> None:
    taken = issue(mixed.ben, mixed, 8, is_past=True)
    assert stock(mixed.ben) == rows(f"2 Ham/use by {PAST} @ {CRATE}")
    assert [one["kind"] for one in taken.body["discrepancies"]] == ["unsafe_likely"]


def test_only_what_no_goods_account_for_is_invented(mixed: World) -> None:
    take(mixed.ben, 12, is_past=True)
    assert stock(mixed.ben) == []
    assert asked() == [("unsafe_likely", 5, PAST), ("short_stock", 12, "")]


@pytest.mark.parametrize("quantity", [8, None])
def test_an_act_still_to_be_decided_is_stopped_and_nothing_is_invented(
    mixed: World, quantity: int | None
) -> None:
    with pytest.raises(PastUseBy) as stopped:
        take(mixed.ben, quantity, is_past=False)
    assert stopped.value.params["item"] == "Ham"
    with pytest.raises(PastUseBy):
        issue(mixed.ben, mixed, 8, is_past=False)
    assert on_hand(mixed.ben, "Ham") == 10


def test_what_is_good_goes_out_beside_what_is_not(mixed: World) -> None:
    take(mixed.ben, 5, is_past=False)
    assert stock(mixed.ben) == rows(f"5 Ham/use by {PAST} @ {CRATE}")
    assert asked() == []


def test_a_whole_crate_that_went_out_is_booked_and_asked_about(mixed: World) -> None:
    take(mixed.ben, None, is_past=True)
    assert stock(mixed.ben) == []
    assert asked() == [("unsafe_out", 5, PAST)]


def test_goods_on_hold_that_went_out_are_booked_and_asked_about(world: World) -> None:
    set_up(world.ben, f"crate {CRATE} in_use @ On hold")
    line = ReceiptLine(item="Ham", quantity=5, crate_code=CRATE)
    receive_goods(
        ReceiveGoods(command_id=uuid4(), lines=(line,), occurred_at=NOW - timedelta(hours=3)),
        world.ben,
        clock,
    )
    with pytest.raises(OnHold):
        take(world.ben, 2, is_past=False)
    take(world.ben, 2, is_past=True)
    assert asked() == [("unsafe_out", 2, "")]
    assert stock(world.ben) == rows(f"3 Ham @ {CRATE}")


def test_what_was_cooked_of_it_is_asked_about(mixed: World) -> None:
    def cook(at: object) -> AnyOutcome:
        command = ProduceGoods(
            command_id=uuid4(),
            inputs=(ProductionInput(item="Ham", quantity=8),),
            outputs=(ProductionOutput(item="Soup", quantity=4, category="Mixed food"),),
            occurred_at=at,  # type: ignore[arg-type]
        )
        return produce_goods(command, mixed.ben, clock)

    with pytest.raises(PastUseBy):
        cook(None)
    cook(EARLIER)
    assert asked() == [("unsafe_likely", 3, PAST)]


def test_goods_that_lie_in_a_retired_crate_are_booked(world: World) -> None:
    put_crate(world.ben, CRATE, state="retired")

    def fill(at: object) -> AnyOutcome:
        line = ReceiptLine(item="Ham", quantity=5, crate_code=CRATE)
        command = ReceiveGoods(command_id=uuid4(), lines=(line,), occurred_at=at)  # type: ignore[arg-type]
        return receive_goods(command, world.ben, clock)

    with pytest.raises(CrateRetired):
        fill(None)
    fill(EARLIER)
    assert stock(world.ben) == rows(f"5 Ham @ {CRATE}")
    assert kinds_of_discrepancies(world.ben) == ["crate_retired"]


def put(actor: Actor, code: str, to: str, at: object = None) -> AnyOutcome:
    command = MoveCrate(
        command_id=uuid4(),
        crate_code=code,
        to=to,
        knows_empty=True,
        occurred_at=at,  # type: ignore[arg-type]
    )
    return move_crate(command, actor, clock)


def test_a_crate_stays_where_it_was_put_after(world: World) -> None:
    set_up(world.ben, "place Shelf B2, place Shelf B3")
    put_crate(world.ben, CRATE, at="Shelf B3")
    late = put(world.ben, CRATE, "Shelf B2", EARLIER)
    assert crates(world.ben) == rows(f"crate {CRATE} blank @ Shelf B3")
    assert (late.entry_id, late.body["location"], late.body["stays"]) == (None, "Shelf B3", True)


def test_two_crates_that_stand_on_each_other_are_asked_about(world: World) -> None:
    def earlier() -> object:
        return NOW - timedelta(hours=2)

    put_crate(world.ben, CRATE, at="Arrivals", now=earlier)  # type: ignore[arg-type]
    put_crate(world.ben, PALLET, at=CRATE, now=earlier)  # type: ignore[arg-type]
    with pytest.raises(CrateInItself):
        put(world.ben, CRATE, PALLET)
    put(world.ben, CRATE, PALLET, EARLIER)
    assert kinds_of_discrepancies(world.ben) == ["crate_elsewhere"]


def test_the_outsider_is_asked_nothing(mixed: World) -> None:
    take(mixed.ben, 8, is_past=True)
    assert kinds_of_discrepancies(mixed.cleo) == []
