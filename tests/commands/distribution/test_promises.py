"""What is promised to hand-outs: nobody else is promised it, and it ends with the event."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.distribution.commands.events import (
    OpenEvent,
    open_event,
)
from depot.distribution.commands.planning import (
    ChangeEvent,
    PlanEvent,
    change_event,
    plan_event,
)
from depot.distribution.commands.plans import (
    PlanGoods,
    PlannedGoods,
    PlannedStock,
    plan_goods,
)
from depot.distribution.queries.promises import promises_of_item
from depot.kernel.promises.reading import promised_by_item
from depot.ledger.choice.free_stock import StockFigures
from depot.models import ChainHead, Promise, Reservation
from depot.needs.queries.needs import find_need
from tests.builders import NOW, World, clock, receive
from tests.commands.distribution.promising import (
    DAY,
    TODAY,
    an_event,
    asked,
    bring_back,
    call_off,
    close,
    figures,
    hand_out,
    item_id,
    plan,
    reopen,
    stands,
    undo,
)
from tests.current import at_work


def test_a_plan_sets_aside_what_is_here_and_says_what_is_short(rice: World) -> None:
    event_id = an_event(rice.ben)
    saved = plan(rice.ben, event_id, Rice=24)
    assert saved.answer.lines == (
        PlannedStock(
            item_id=item_id("Rice"), item="Rice", unit="piece", planned=24, promised=20, short=4
        ),
    )
    assert figures(rice) == StockFigures(on_hand=20, held=0, past=0, promised=20, free=0)
    (told,) = promises_of_item(rice.session, rice.north.id, item_id("Rice"), TODAY)
    assert (told.event, told.quantity) == ("Saturday", 20)


def test_two_plans_are_not_promised_the_same(rice: World) -> None:
    plan(rice.ben, an_event(rice.ben), Rice=15)
    assert stands(plan(rice.ada, an_event(rice.ada, "Sunday"), Rice=15)) == {"Rice": (15, 5, 10)}
    assert figures(rice).free == 0


def test_a_plan_written_anew_takes_nothing_from_itself_and_frees_the_rest(rice: World) -> None:
    event_id = an_event(rice.ben)
    plan(rice.ben, event_id, Rice=20)
    assert stands(plan(rice.ben, event_id, Rice=12)) == {"Rice": (12, 12, 0)}
    assert figures(rice).free == 8
    plan(rice.ben, event_id)
    assert figures(rice).free == 20


def test_what_comes_in_later_is_promised_when_the_plan_is_written_again(rice: World) -> None:
    event_id = an_event(rice.ben)
    plan(rice.ben, event_id, Rice=24)
    receive(rice.ada, 10, "Rice")
    assert figures(rice).free == 10
    assert stands(plan(rice.ben, event_id, Rice=24)) == {"Rice": (24, 24, 0)}


def test_a_repeat_reserves_once_and_each_reservation_is_kept(rice: World) -> None:
    event_id = an_event(rice.ben)
    lines = (PlannedGoods("Rice", 7),)
    command = PlanGoods(command_id=uuid4(), event_id=event_id, lines=lines)
    first = plan_goods(command, rice.ben, clock)
    plan(rice.ben, event_id, Rice=3)
    again = plan_goods(command, rice.ben, clock)
    assert again.repeated
    assert again.answer == first.answer
    facts = rice.session.execute(
        select(Reservation.quantity, Reservation.reason).order_by(Reservation.id)
    ).all()
    assert [tuple(one) for one in facts] == [(7, "planned"), (3, "planned")]


def test_what_is_handed_out_at_the_event_uses_up_its_promise_and_undoing_renews_it(
    rice: World,
) -> None:
    event_id = an_event(rice.ben)
    plan(rice.ben, event_id, Rice=12)
    gone = hand_out(rice.ben, event_id, 9)
    assert figures(rice) == StockFigures(on_hand=11, held=0, past=0, promised=3, free=8)
    bring_back(rice.ben, event_id, 2)
    assert figures(rice) == StockFigures(on_hand=13, held=0, past=0, promised=5, free=8)
    undo(rice.ada, gone.entry_id)
    assert figures(rice).promised == 12
    assert asked(rice) == []


def test_more_than_was_promised_may_go_out_and_takes_nobody_elses_name(rice: World) -> None:
    first, second = an_event(rice.ben), an_event(rice.ben, "Sunday")
    plan(rice.ben, first, Rice=8)
    plan(rice.ben, second, Rice=8)
    assert not hand_out(rice.ben, first, 12).discrepancies
    assert figures(rice) == StockFigures(on_hand=8, held=0, past=0, promised=8, free=0)
    gone = hand_out(rice.ben, first, 3)
    assert gone.asks == {"too_much_promised"}
    assert asked(rice) == [(8, 5)]
    assert figures(rice).free == 0
    undo(rice.ada, gone.entry_id)
    assert asked(rice) == []


def test_what_went_out_before_the_plan_counts(rice: World) -> None:
    event_id = an_event(rice.ben)
    hand_out(rice.ben, event_id, 5)
    assert stands(plan(rice.ben, event_id, Rice=12)) == {"Rice": (12, 7, 0)}
    assert figures(rice).promised == 7


@pytest.mark.parametrize("end", [close, call_off])
def test_an_event_that_ends_frees_what_it_was_promised(
    rice: World, end: Callable[[Actor, int], None]
) -> None:
    event_id = an_event(rice.ben)
    plan(rice.ben, event_id, Rice=12)
    end(rice.ben, event_id)
    assert figures(rice) == StockFigures(on_hand=20, held=0, past=0, promised=0, free=20)
    assert not rice.session.scalar(select(ChainHead.has_promises))
    reopen(rice.ben, event_id)
    assert figures(rice).promised == 12


def test_an_event_that_takes_place_after_all_gets_what_is_left(rice: World) -> None:
    event_id = an_event(rice.ben)
    plan(rice.ben, event_id, Rice=12)
    call_off(rice.ben, event_id)
    assert stands(plan(rice.ben, event_id, Rice=14)) == {"Rice": (14, 0, 14)}
    plan(rice.ben, an_event(rice.ben, "Sunday"), Rice=15)
    reopen(rice.ben, event_id)
    rows = rice.session.execute(select(Promise.event_id, Promise.reserved).order_by("event_id"))
    assert [row.reserved for row in rows] == [5, 15]


def test_a_copy_is_promised_what_its_plan_says(rice: World) -> None:
    event_id = an_event(rice.ben)
    plan(rice.ben, event_id, Rice=12)
    like = PlanEvent(
        command_id=uuid4(), name="Next", starts_at=NOW + 7 * DAY, like_event_id=event_id
    )
    plan_event(like, rice.ben, clock)
    assert figures(rice) == StockFigures(on_hand=20, held=0, past=0, promised=20, free=0)


def test_goods_are_promised_to_the_day_until_which_they_keep(world: World) -> None:
    """What keeps until Sunday cannot be promised to Monday; what keeps longer can to both."""
    receive(world.ada, 10, "Ham", date="2026-11-22", date_kind="use_by")
    receive(world.ada, 6, "Ham", date="2026-11-30", date_kind="use_by")
    monday = an_event(world.ada, "Monday", days=2)
    assert stands(plan(world.ada, monday, Ham=9)) == {"Ham": (9, 6, 3)}
    assert stands(plan(world.ada, an_event(world.ada), Ham=16)) == {"Ham": (16, 10, 6)}
    late = an_event(world.ada, "In December", days=20)
    assert stands(plan(world.ada, late, Ham=1)) == {"Ham": (1, 0, 1)}


def test_another_day_is_promised_other_goods(world: World) -> None:
    receive(world.ada, 10, "Ham", date="2026-11-22", date_kind="use_by")
    event_id = an_event(world.ada)
    plan(world.ada, event_id, Ham=9)
    later = ChangeEvent(
        command_id=uuid4(), event_id=event_id, name="Later", starts_at=NOW + 5 * DAY
    )
    change_event(later, world.ada, clock)
    assert figures(world, "Ham").promised == 0
    change_event(
        ChangeEvent(command_id=uuid4(), event_id=event_id, name="Saturday", starts_at=NOW),
        world.ada,
        clock,
    )
    assert figures(world, "Ham").promised == 9


def test_a_day_that_is_over_holds_nothing_back(rice: World) -> None:
    plan(rice.ada, an_event(rice.ada), Rice=12)
    assert promised_by_item(rice.session, rice.north.id, TODAY) == {item_id("Rice"): 12}
    assert promised_by_item(rice.session, rice.north.id, TODAY + DAY) == {}


def test_a_past_moment_knows_what_was_promised_then(rice: World) -> None:
    event_id = an_event(rice.ada)
    plan(rice.ada, event_id, Rice=12)
    hand_out(rice.ada, event_id, 2)
    close(rice.ada, event_id)
    hour = timedelta(hours=1)

    def then(hours: int) -> dict[int, int]:
        return promised_by_item(rice.session, rice.north.id, TODAY, NOW + hours * hour)

    assert then(-1) == {}
    assert then(1) == {}
    open_again = OpenEvent(command_id=uuid4(), event_id=event_id)
    open_event(open_again, rice.ada, lambda: NOW + 2 * hour)
    assert then(1) == {}
    assert then(3) == {item_id("Rice"): 10}


def test_what_is_promised_is_no_need_met(rice: World) -> None:
    def here() -> int | None:
        line = find_need(rice.session, rice.north.id, "item", item_id("Rice"), TODAY)
        return line.quantity if line else None

    assert here() == 20
    plan(rice.ada, an_event(rice.ada), Rice=15)
    assert here() == 5


def test_the_south_is_promised_nothing_of_the_norths(rice: World) -> None:
    event_id = an_event(rice.ada)
    plan(rice.ada, event_id, Rice=5)
    with pytest.raises(NotFound):
        plan(rice.cleo, event_id)
    assert promised_by_item(rice.session, rice.south.id, TODAY) == {}
    assert promises_of_item(rice.session, rice.south.id, item_id("Rice"), TODAY) == []


def test_eight_who_plan_at_once_are_promised_each_tin_once(rice: World, database_url: str) -> None:
    events = [an_event(rice.ada, f"Event {number}") for number in range(8)]

    def one(event_id: int) -> int:
        with at_work(database_url):
            (line,) = plan(rice.ada, event_id, Rice=4).answer.lines
            assert line.promised + line.short == 4
            return line.promised

    rice.session.rollback()
    with ThreadPoolExecutor(8) as pool:
        promised = list(pool.map(one, events))
    assert sum(promised) == 20
    rice.session.rollback()
    assert rice.session.scalar(select(func.sum(Promise.reserved))) == 20


def test_the_database_keeps_reservations_as_they_were_made(rice: World) -> None:
    plan(rice.ada, an_event(rice.ada), Rice=5)
    for statement in ("UPDATE reservation SET quantity = 1", "DELETE FROM reservation"):
        with pytest.raises(DBAPIError):
            rice.session.execute(text(statement))
        rice.session.rollback()
