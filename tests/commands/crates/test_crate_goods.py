"""What is in crates and places: filled, split, emptied, taken out, counted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Invalid, NotFound, OnHold, PastUseBy, UnknownItem
from depot.base.kinds import TakeOutReason
from depot.counts.commands.counts import Count, CountLine, FoundLine, book_count
from depot.distribution.commands.events import CloseEvent, PlanEvent, close_event, plan_event
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import DistributionEvent, Lot, StockEntry
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import entry_count, kinds_of_discrepancies
from tests.current import db
from tests.stock_text import crates, lines, moves, rows, set_up, stock

CODE, PALLET, OTHER = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3"
FILLED = f"crate {CODE} @ Arrivals, 8 Rice @ {CODE}"
DATED = f"crate {CODE} @ Arrivals, 8 Rice/2027-05 @ {CODE}"
TWO_DATES = "5 Rice/2028-05 @ Arrivals, 5 Rice/2027-05 @ Arrivals"


def out(
    actor: Actor, place: str, *lines: GoodsLine, reason: TakeOutReason = "issue", **more: Any
) -> AnyOutcome:
    command = TakeOut(command_id=uuid4(), place=place, reason=reason, lines=lines or None, **more)
    return take_out(command, actor, clock)


def shift(actor: Actor, source: str, target: str, *lines: GoodsLine, **more: Any) -> AnyOutcome:
    command = MoveGoods(
        command_id=uuid4(), source=source, target=target, lines=lines or None, **more
    )
    return move_goods(command, actor, clock)


def counted(
    actor: Actor, place: str, *lines: CountLine, found: tuple[FoundLine, ...] = ()
) -> AnyOutcome:
    command = Count(command_id=uuid4(), place=place, lines=lines, found=found)
    return book_count(command, actor, clock)


def rice(quantity: int, lot_id: int | None = None) -> GoodsLine:
    return GoodsLine(item=None if lot_id else "Rice", lot_id=lot_id, quantity=quantity)


def lot_of(date_text: str) -> int:
    return db.session.scalars(select(Lot.id).where(Lot.date_text == date_text)).one()


def entry(outcome: AnyOutcome) -> StockEntry:
    return db.session.get_one(StockEntry, outcome.entry_id)


def event_of(actor: Actor) -> int:
    command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id: int = plan_event(command, actor, clock).body["id"]
    return event_id


def test_a_blank_crate_is_filled_from_stock_oldest_date_first(world: World) -> None:
    set_up(world.ben, f"{TWO_DATES}, crate {CODE}")
    outcome = shift(world.ben, "Arrivals", CODE, rice(7), expects_empty=True)
    assert moves(outcome.entry_id) == lines(f"""
        5 Rice/2027-05: Arrivals > {CODE}
        2 Rice/2028-05: Arrivals > {CODE}
    """)
    assert stock(world.ben) == rows(f"""
        3 Rice/2028-05 @ Arrivals
        5 Rice/2027-05 @ {CODE}
        2 Rice/2028-05 @ {CODE}
    """)
    assert outcome.discrepancies == 0
    assert crates(world.ben) == rows(f"crate {CODE} in_use")


def test_one_lot_is_moved_when_it_is_named(world: World) -> None:
    set_up(world.ben, f"{TWO_DATES}, crate {CODE}")
    outcome = shift(world.ben, "Arrivals", CODE, rice(2, lot_of("2028-05")))
    assert moves(outcome.entry_id) == lines(f"2 Rice/2028-05: Arrivals > {CODE}")


def test_filling_from_less_than_there_is_comes_from_the_count(world: World) -> None:
    set_up(world.ben, f"crate {CODE}, 5 Rice @ Arrivals")
    outcome = shift(world.ben, "Arrivals", CODE, rice(7))
    assert moves(outcome.entry_id) == lines(f"""
        5 Rice: Arrivals > {CODE}
        2 Rice: count_variance > {CODE}
    """)
    assert stock(world.ben) == rows(f"7 Rice @ {CODE}")
    assert kinds_of_discrepancies(world.ben) == ["short_stock"]


def test_filling_a_crate_thought_empty_that_is_not_is_listed(world: World) -> None:
    set_up(world.ben, f"{FILLED}, 5 Beans @ Arrivals")
    line = GoodsLine(item="Beans", quantity=5)
    outcome = shift(world.ben, "Arrivals", CODE, line, expects_empty=True)
    assert stock(world.ben) == rows(f"8 Rice @ {CODE}, 5 Beans @ {CODE}")
    assert [found["kind"] for found in outcome.body["discrepancies"]] == ["crate_not_empty"]


def test_a_crate_is_split_and_emptied(world: World) -> None:
    set_up(world.ben, f"{FILLED}, crate {OTHER}")
    shift(world.ben, CODE, OTHER, rice(3))
    assert stock(world.ben) == rows(f"5 Rice @ {CODE}, 3 Rice @ {OTHER}")
    shift(world.ben, CODE, "Arrivals")
    assert stock(world.ben) == rows(f"3 Rice @ {OTHER}, 5 Rice @ Arrivals")


def test_emptying_an_empty_crate_posts_nothing_and_is_listed(world: World) -> None:
    set_up(world.ben, f"crate {CODE} in_use")
    outcome = shift(world.ben, CODE, "Arrivals")
    assert outcome.entry_id is None
    assert kinds_of_discrepancies(world.ben) == ["crate_empty"]


def test_goods_past_their_date_may_be_moved(world: World) -> None:
    set_up(world.ben, f"crate {CODE}, 8 Rice/use by 2026-11-01 @ {CODE}")
    assert shift(world.ben, CODE, "On hold", rice(8)).discrepancies == 0
    assert stock(world.ben) == rows("8 Rice/use by 2026-11-01 @ On hold")


def test_everything_is_handed_out_with_the_crates_on_it(world: World) -> None:
    set_up(world.ben, f"{FILLED}, crate {PALLET} in_use")
    command = MoveCrate(command_id=uuid4(), crate_code=CODE, to=PALLET)
    move_crate(command, world.ben, clock)
    outcome = out(world.ben, PALLET)
    assert moves(outcome.entry_id) == lines(f"8 Rice: {CODE} > recipient")
    assert stock(world.ben) == []
    assert entry(outcome).kind == "issue"
    assert outcome.body["lines"][0]["quantity"] == 8


def test_ten_taken_where_the_book_has_eight_is_eight_and_two(world: World) -> None:
    set_up(world.ben, FILLED)
    outcome = out(world.ben, CODE, rice(10))
    assert moves(outcome.entry_id) == lines(f"""
        8 Rice: {CODE} > recipient
        2 Rice: count_variance > recipient
    """)
    assert stock(world.ben) == []
    assert kinds_of_discrepancies(world.ben) == ["short_stock"]


def test_an_empty_crate_gives_nothing_and_is_listed(world: World) -> None:
    set_up(world.ben, f"crate {CODE} in_use")
    outcome = out(world.ben, CODE)
    assert outcome.body["entry_id"] is None
    assert [found["kind"] for found in outcome.body["discrepancies"]] == ["crate_empty"]


@pytest.mark.parametrize(
    ("reason", "detail", "booked"),
    [
        ("write_off", None, "lost"),
        ("write_off", "damaged", "damaged"),
        ("use", None, "use"),
        ("expired", None, "expired"),
        ("recalled", None, "recalled"),
    ],
)
def test_what_is_not_handed_out_is_lost_with_its_reason(
    world: World, reason: TakeOutReason, detail: str | None, booked: str
) -> None:
    set_up(world.ben, FILLED)
    outcome = out(world.ben, CODE, rice(3), reason=reason, write_off_reason=detail)
    assert moves(outcome.entry_id) == lines(f"3 Rice: {CODE} > loss")
    assert stock(world.ben) == rows(f"5 Rice @ {CODE}")
    assert (entry(outcome).kind, entry(outcome).reason) == ("write_off", booked)


def test_past_use_by_is_not_handed_out_but_may_be_written_off(world: World) -> None:
    set_up(world.ben, f"crate {CODE}, 8 Rice/use by 2026-11-20 @ {CODE}")
    before = entry_count(world.ben)
    with pytest.raises(PastUseBy):
        out(world.ben, CODE)
    with pytest.raises(PastUseBy):
        out(world.ben, CODE, rice(1))
    with pytest.raises(PastUseBy):
        out(world.ben, CODE, rice(1, lot_of("2026-11-20")))
    assert entry_count(world.ben) == before
    assert out(world.ben, CODE, reason="expired").entry_id is not None


def test_what_is_on_hold_is_not_handed_out(world: World) -> None:
    set_up(world.ben, FILLED)
    command = MoveCrate(command_id=uuid4(), crate_code=CODE, to="On hold")
    move_crate(command, world.ben, clock)
    with pytest.raises(OnHold):
        out(world.ben, CODE)
    assert out(world.ben, CODE, reason="recalled").entry_id is not None


def test_a_place_gives_what_lies_there_loose(world: World) -> None:
    set_up(world.ben, f"{FILLED}, 4 Beans @ Arrivals")
    outcome = out(world.ben, "arrivals", reason="lost")
    assert moves(outcome.entry_id) == lines("4 Beans: Arrivals > loss")
    assert stock(world.ben) == rows(f"8 Rice @ {CODE}")


def test_handing_out_at_an_event_opens_it_and_is_late_after_closing(world: World) -> None:
    set_up(world.ben, FILLED)
    event_id = event_of(world.ben)
    outcome = out(world.ben, CODE, rice(2), event_id=event_id)
    assert entry(outcome).event_id == event_id
    assert db.session.scalars(select(DistributionEvent.state)).one() == "open"
    close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ada, clock)
    late = out(world.ben, CODE, rice(2), event_id=event_id)
    assert [found["kind"] for found in late.body["discrepancies"]] == ["event_closed"]


def test_an_event_of_another_depot_is_not_found(world: World) -> None:
    set_up(world.ben, FILLED)
    with pytest.raises(NotFound):
        out(world.ben, CODE, rice(2), event_id=event_of(world.cleo))
    with pytest.raises(Invalid):
        out(world.ben, CODE, rice(2), reason="expired", event_id=event_of(world.ben))


def test_another_depots_lot_is_not_found(world: World) -> None:
    set_up(world.ben, FILLED)
    receive(world.cleo, 5, "Rice", date="2031")
    with pytest.raises(NotFound):
        out(world.ben, CODE, rice(1, lot_of("2031")))
    with pytest.raises(UnknownItem):
        out(world.ben, CODE, GoodsLine(item="Moonstone", quantity=1))
    with pytest.raises(Invalid):
        out(world.ben, CODE, GoodsLine(quantity=1))


def test_two_lines_never_take_the_same_goods_twice(world: World) -> None:
    set_up(world.ben, FILLED)
    outcome = out(world.ben, CODE, rice(6), rice(6))
    assert moves(outcome.entry_id) == lines(f"""
        8 Rice: {CODE} > recipient
        4 Rice: count_variance > recipient
    """)
    assert outcome.discrepancies == 1


def test_a_count_books_the_difference_only(world: World) -> None:
    set_up(world.ben, DATED)
    line = CountLine(lot_id=lot_of("2027-05"), counted_quantity=6)
    outcome = counted(world.ben, CODE, line)
    assert moves(outcome.entry_id) == lines(f"2 Rice/2027-05: {CODE} > count_variance")
    assert outcome.body["lines"][0]["variance"] == -2
    assert entry(outcome).kind == "count"
    assert stock(world.ben) == rows(f"6 Rice/2027-05 @ {CODE}")


def test_more_than_the_book_is_booked_on_the_same_lot(world: World) -> None:
    set_up(world.ben, DATED)
    outcome = counted(world.ben, CODE, CountLine(item="rice", counted_quantity=11))
    assert moves(outcome.entry_id) == lines(f"3 Rice/2027-05: count_variance > {CODE}")
    assert stock(world.ben) == rows(f"11 Rice/2027-05 @ {CODE}")


def test_a_count_that_equals_the_book_posts_nothing(world: World) -> None:
    set_up(world.ben, FILLED)
    outcome = counted(world.ben, CODE, CountLine(item="Rice", counted_quantity=8))
    assert outcome.body["entry_id"] is None
    assert outcome.body["lines"][0]["variance"] == 0


def test_zero_is_a_count_and_blank_is_none(world: World) -> None:
    set_up(world.ben, f"{DATED}, 4 Beans @ {CODE}")
    counted(world.ben, CODE, CountLine(item="Rice", counted_quantity=0))
    assert stock(world.ben) == rows(f"4 Beans @ {CODE}")
    with pytest.raises(Invalid):
        counted(world.ben, CODE)


def test_found_goods_are_added_with_their_date_and_made_in_place(world: World) -> None:
    set_up(world.ben, FILLED)
    found = (
        FoundLine(item="Rice", quantity=2, date="2027-06"),
        FoundLine(item="Quince jam", quantity=3),
    )
    outcome = counted(world.ben, CODE, CountLine(item="Rice", counted_quantity=8), found=found)
    assert moves(outcome.entry_id) == lines(f"""
        2 Rice/2027-06: count_variance > {CODE}
        3 Quince jam: count_variance > {CODE}
    """)
    assert stock(world.ben) == rows(f"""
        8 Rice @ {CODE}
        2 Rice/2027-06 @ {CODE}
        3 Quince jam @ {CODE}
    """)


def test_finding_goods_in_a_blank_crate_binds_it(world: World) -> None:
    set_up(world.ben, f"crate {CODE}")
    counted(world.ben, CODE, found=(FoundLine(item="Rice", quantity=2),))
    assert crates(world.ben) == rows(f"crate {CODE} in_use")
    assert stock(world.ben) == rows(f"2 Rice @ {CODE}")
