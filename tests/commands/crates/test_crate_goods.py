"""What is in crates and places: filled, split, emptied, taken out, counted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Invalid, NotFound, OnHold, PastUseBy, UnknownItem
from depot.counts.commands import Count, CountLine, FoundLine, count
from depot.db.transaction import db
from depot.distribution.commands.events import CloseEvent, PlanEvent, close_event, plan_event
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Crate, DistributionEvent, Lot, StockEntry
from depot.stock.commands.takeout import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from tests.builders import NOW, World, clock, held_at, receive
from tests.commands.shelves import (
    dates_of,
    entry_count,
    kinds_of_discrepancies,
    moves_of,
    put_crate,
)

CODE, PALLET, OTHER = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3"


def out(
    actor: Actor, place: str, *lines: GoodsLine, reason: str = "issue", **more: Any
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
    return count(command, actor, clock)


def rice(quantity: int, lot_id: int | None = None) -> GoodsLine:
    return GoodsLine(item=None if lot_id else "Rice", lot_id=lot_id, quantity=quantity)


def lot_of(date_text: str) -> int:
    return db.session.scalars(select(Lot.id).where(Lot.date_text == date_text)).one()


def entry(outcome: AnyOutcome) -> StockEntry:
    return db.session.get_one(StockEntry, outcome.entry_id)


def filled(actor: Actor, quantity: int = 8, code: str = CODE, **line: Any) -> None:
    put_crate(actor, code, at="Arrivals")
    receive(actor, quantity, "Rice", crate_code=code, **line)


def event_of(actor: Actor) -> int:
    command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id: int = plan_event(command, actor, clock).body["id"]
    return event_id


def test_a_blank_crate_is_filled_from_stock_oldest_date_first(world: World) -> None:
    receive(world.ben, 5, "Rice", date="2028-05")
    receive(world.ben, 5, "Rice", date="2027-05")
    put_crate(world.ben, CODE)
    outcome = shift(world.ben, "Arrivals", CODE, rice(7), expects_empty=True)
    assert dates_of(outcome.entry_id) == [("2027-05", 5), ("2028-05", 2)]
    assert held_at(world.ben, CODE) == {"Rice": 7}
    assert outcome.discrepancies == 0
    assert db.session.scalars(select(Crate.state)).one() == "in_use"


def test_one_lot_is_moved_when_it_is_named(world: World) -> None:
    receive(world.ben, 5, "Rice", date="2028-05")
    receive(world.ben, 5, "Rice", date="2027-05")
    put_crate(world.ben, CODE)
    outcome = shift(world.ben, "Arrivals", CODE, rice(2, lot_of("2028-05")))
    assert dates_of(outcome.entry_id) == [("2028-05", 2)]


def test_filling_from_less_than_there_is_comes_from_the_count(world: World) -> None:
    receive(world.ben, 5, "Rice")
    put_crate(world.ben, CODE)
    outcome = shift(world.ben, "Arrivals", CODE, rice(7))
    assert moves_of(outcome.entry_id) == [("Arrivals", CODE, 5), ("count_variance", CODE, 2)]
    assert kinds_of_discrepancies(world.ben) == ["short_stock"]


def test_filling_a_crate_thought_empty_that_is_not_is_listed(world: World) -> None:
    filled(world.ben)
    receive(world.ben, 5, "Beans")
    line = GoodsLine(item="Beans", quantity=5)
    outcome = shift(world.ben, "Arrivals", CODE, line, expects_empty=True)
    assert held_at(world.ben, CODE) == {"Rice": 8, "Beans": 5}
    assert [found["kind"] for found in outcome.body["discrepancies"]] == ["crate_not_empty"]


def test_a_crate_is_split_and_emptied(world: World) -> None:
    filled(world.ben)
    put_crate(world.ben, OTHER)
    shift(world.ben, CODE, OTHER, rice(3))
    assert (held_at(world.ben, CODE), held_at(world.ben, OTHER)) == ({"Rice": 5}, {"Rice": 3})
    shift(world.ben, CODE, "Arrivals")
    assert held_at(world.ben, CODE) == {}
    assert held_at(world.ben, "Arrivals") == {"Rice": 5}


def test_emptying_an_empty_crate_posts_nothing_and_is_listed(world: World) -> None:
    put_crate(world.ben, CODE, state="in_use")
    outcome = shift(world.ben, CODE, "Arrivals")
    assert outcome.entry_id is None
    assert kinds_of_discrepancies(world.ben) == ["crate_empty"]


def test_goods_past_their_date_may_be_moved(world: World) -> None:
    filled(world.ben, date="2026-11-01", date_kind="use_by")
    assert shift(world.ben, CODE, "On hold", rice(8)).discrepancies == 0
    assert held_at(world.ben, "On hold") == {"Rice": 8}


def test_everything_is_handed_out_with_the_crates_on_it(world: World) -> None:
    filled(world.ben)
    put_crate(world.ben, PALLET, state="in_use")
    command = MoveCrate(command_id=uuid4(), crate_code=CODE, to=PALLET)
    move_crate(command, world.ben, clock)
    outcome = out(world.ben, PALLET)
    assert moves_of(outcome.entry_id) == [(CODE, "recipient", 8)]
    assert entry(outcome).kind == "issue"
    assert outcome.body["lines"][0]["quantity"] == 8


def test_ten_taken_where_the_book_has_eight_is_eight_and_two(world: World) -> None:
    filled(world.ben)
    outcome = out(world.ben, CODE, rice(10))
    assert moves_of(outcome.entry_id) == [
        (CODE, "recipient", 8),
        ("count_variance", "recipient", 2),
    ]
    assert kinds_of_discrepancies(world.ben) == ["short_stock"]


def test_an_empty_crate_gives_nothing_and_is_listed(world: World) -> None:
    put_crate(world.ben, CODE, state="in_use")
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
    world: World, reason: str, detail: str | None, booked: str
) -> None:
    filled(world.ben)
    outcome = out(world.ben, CODE, rice(3), reason=reason, write_off_reason=detail)
    assert moves_of(outcome.entry_id) == [(CODE, "loss", 3)]
    assert (entry(outcome).kind, entry(outcome).reason) == ("write_off", booked)


def test_past_use_by_is_not_handed_out_but_may_be_written_off(world: World) -> None:
    filled(world.ben, date="2026-11-20", date_kind="use_by")
    with pytest.raises(PastUseBy):
        out(world.ben, CODE)
    with pytest.raises(PastUseBy):
        out(world.ben, CODE, rice(1))
    with pytest.raises(PastUseBy):
        out(world.ben, CODE, rice(1, lot_of("2026-11-20")))
    assert entry_count(world.ben) == 1
    assert out(world.ben, CODE, reason="expired").entry_id is not None


def test_what_is_on_hold_is_not_handed_out(world: World) -> None:
    filled(world.ben)
    command = MoveCrate(command_id=uuid4(), crate_code=CODE, to="On hold")
    move_crate(command, world.ben, clock)
    with pytest.raises(OnHold):
        out(world.ben, CODE)
    assert out(world.ben, CODE, reason="recalled").entry_id is not None


def test_a_place_gives_what_lies_there_loose(world: World) -> None:
    filled(world.ben)
    receive(world.ben, 4, "Beans")
    outcome = out(world.ben, "arrivals", reason="lost")
    assert moves_of(outcome.entry_id) == [("Arrivals", "loss", 4)]
    assert held_at(world.ben, CODE) == {"Rice": 8}


def test_handing_out_at_an_event_opens_it_and_is_late_after_closing(world: World) -> None:
    filled(world.ben)
    event_id = event_of(world.ben)
    outcome = out(world.ben, CODE, rice(2), event_id=event_id)
    assert entry(outcome).event_id == event_id
    assert db.session.scalars(select(DistributionEvent.state)).one() == "open"
    close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ada, clock)
    late = out(world.ben, CODE, rice(2), event_id=event_id)
    assert [found["kind"] for found in late.body["discrepancies"]] == ["event_closed"]


def test_an_event_of_another_depot_is_not_found(world: World) -> None:
    filled(world.ben)
    with pytest.raises(NotFound):
        out(world.ben, CODE, rice(2), event_id=event_of(world.cleo))
    with pytest.raises(Invalid):
        out(world.ben, CODE, rice(2), reason="expired", event_id=event_of(world.ben))


def test_another_depots_lot_is_not_found(world: World) -> None:
    filled(world.ben)
    receive(world.cleo, 5, "Rice", date="2031")
    with pytest.raises(NotFound):
        out(world.ben, CODE, rice(1, lot_of("2031")))
    with pytest.raises(UnknownItem):
        out(world.ben, CODE, GoodsLine(item="Moonstone", quantity=1))
    with pytest.raises(Invalid):
        out(world.ben, CODE, GoodsLine(quantity=1))


def test_two_lines_never_take_the_same_goods_twice(world: World) -> None:
    filled(world.ben)
    outcome = out(world.ben, CODE, rice(6), rice(6))
    assert sum(quantity for place, _, quantity in moves_of(outcome.entry_id) if place == CODE) == 8
    assert outcome.discrepancies == 1


def test_a_count_books_the_difference_only(world: World) -> None:
    filled(world.ben, date="2027-05")
    line = CountLine(lot_id=lot_of("2027-05"), counted_quantity=6)
    outcome = counted(world.ben, CODE, line)
    assert moves_of(outcome.entry_id) == [(CODE, "count_variance", 2)]
    assert outcome.body["lines"][0]["variance"] == -2
    assert entry(outcome).kind == "count"
    assert held_at(world.ben, CODE) == {"Rice": 6}


def test_more_than_the_book_is_booked_on_the_same_lot(world: World) -> None:
    filled(world.ben, date="2027-05")
    outcome = counted(world.ben, CODE, CountLine(item="rice", counted_quantity=11))
    assert dates_of(outcome.entry_id) == [("2027-05", 3)]
    assert held_at(world.ben, CODE) == {"Rice": 11}


def test_a_count_that_equals_the_book_posts_nothing(world: World) -> None:
    filled(world.ben)
    outcome = counted(world.ben, CODE, CountLine(item="Rice", counted_quantity=8))
    assert outcome.body["entry_id"] is None
    assert outcome.body["lines"][0]["variance"] == 0


def test_zero_is_a_count_and_blank_is_none(world: World) -> None:
    filled(world.ben, date="2027-05")
    receive(world.ben, 4, "Beans", crate_code=CODE)
    counted(world.ben, CODE, CountLine(item="Rice", counted_quantity=0))
    assert held_at(world.ben, CODE) == {"Beans": 4}
    with pytest.raises(Invalid):
        counted(world.ben, CODE)


def test_found_goods_are_added_with_their_date_and_made_in_place(world: World) -> None:
    filled(world.ben)
    found = (
        FoundLine(item="Rice", quantity=2, date="2027-06"),
        FoundLine(item="Quince jam", quantity=3),
    )
    outcome = counted(world.ben, CODE, CountLine(item="Rice", counted_quantity=8), found=found)
    assert held_at(world.ben, CODE) == {"Rice": 10, "Quince jam": 3}
    assert dates_of(outcome.entry_id) == [("2027-06", 2), ("", 3)]


def test_finding_goods_in_a_blank_crate_binds_it(world: World) -> None:
    put_crate(world.ben, CODE)
    counted(world.ben, CODE, found=(FoundLine(item="Rice", quantity=2),))
    assert db.session.scalars(select(Crate.state)).one() == "in_use"
