"""A count is a fact at its time: a late slip changes its difference, not the stock after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock
from depot.counts.commands.counts import Count, CountLine, FoundLine, book_count
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.entries.queries.ledger import find_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import CountedStock, Discrepancy
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveGoods, move_goods
from tests.builders import NOW, World, on_hand
from tests.commands.shelves import kinds_of_discrepancies, put_crate, put_place
from tests.current import db
from tests.stock_text import lines, moves, rows, stock

CRATE, SHELF = "7K3M-9QX2", "Shelf B2"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (NOW + timedelta(days=day) for day in (2, 3, 4, 5))


def on(day: datetime) -> Clock:
    return lambda: day


@pytest.fixture(autouse=True)
def house(world: World) -> None:
    put_crate(world.ben, CRATE, state="in_use")
    put_place(world.ben, SHELF)


def give(
    actor: Actor, quantity: int, happened: datetime, written: datetime, to: str = CRATE, **line: Any
) -> AnyOutcome:
    where: dict[str, Any] = {"crate_code" if to == CRATE else "location": to}
    given = ReceiptLine(item="Rice", quantity=quantity, **where, **line)
    command = ReceiveGoods(
        command_id=uuid4(), source_kind="donation", lines=(given,), occurred_at=happened
    )
    return receive_goods(command, actor, on(written))


def count(
    actor: Actor, quantity: int, happened: datetime, written: datetime, place: str = CRATE
) -> AnyOutcome:
    line = CountLine(item="Rice", counted_quantity=quantity)
    command = Count(command_id=uuid4(), place=place, lines=(line,), occurred_at=happened)
    return book_count(command, actor, on(written))


def take(
    actor: Actor, quantity: int, happened: datetime, written: datetime, place: str = CRATE
) -> AnyOutcome:
    command = TakeOut(
        command_id=uuid4(),
        place=place,
        reason="issue",
        lines=(GoodsLine(item="Rice", quantity=quantity),),
        occurred_at=happened,
    )
    return take_out(command, actor, on(written))


def move(
    actor: Actor, quantity: int, happened: datetime, written: datetime, target: str = SHELF
) -> AnyOutcome:
    command = MoveGoods(
        command_id=uuid4(),
        source=CRATE,
        target=target,
        lines=(GoodsLine(item="Rice", quantity=quantity),),
        occurred_at=happened,
    )
    return move_goods(command, actor, on(written))


def undo(actor: Actor, outcome: AnyOutcome) -> AnyOutcome:
    command = ReverseEntry(command_id=uuid4(), entry_id=outcome.entry_id or 0)
    return reverse_entry(command, actor, on(THURSDAY))


def numbers() -> list[tuple[str, int | None, int | None]]:
    found = db.session.scalars(select(Discrepancy).order_by(Discrepancy.id))
    return [(one.kind, one.expected_quantity, one.actual_quantity) for one in found]


def test_a_slip_from_before_a_count_changes_the_counts_difference(world: World) -> None:
    give(world.ben, 5, MONDAY, MONDAY)
    count(world.ben, 12, WEDNESDAY, WEDNESDAY)
    late = give(world.ben, 7, TUESDAY, THURSDAY)
    assert stock(world.ben) == rows(f"12 Rice @ {CRATE}")
    assert moves(late.entry_id) == lines(
        f"7 Rice: supplier > {CRATE}, 7 Rice: {CRATE} > count_variance"
    )
    assert numbers() == [("counted_since", 7, 0)]
    shown = find_entry(db.session(), world.ben, late.entry_id or 0, on(THURSDAY))
    assert shown is not None
    assert [line.is_correction for line in shown.lines] == [False, True]
    assert shown.figure.quantity == 7


def test_a_slip_of_two_items_is_set_beside_the_counts_of_both(world: World) -> None:
    def give_both(rice: int, beans: int, happened: datetime, written: datetime) -> None:
        given = tuple(
            ReceiptLine(item=name, quantity=quantity, crate_code=CRATE)
            for name, quantity in (("Rice", rice), ("Beans", beans))
        )
        slip = ReceiveGoods(command_id=uuid4(), lines=given, occurred_at=happened)
        receive_goods(slip, world.ben, on(written))

    counts = tuple(CountLine(item=name, counted_quantity=5) for name in ("Rice", "Beans"))
    counted = Count(command_id=uuid4(), place=CRATE, lines=counts, occurred_at=WEDNESDAY)
    give_both(5, 5, MONDAY, MONDAY)
    book_count(counted, world.ben, on(WEDNESDAY))
    give_both(7, 1, TUESDAY, THURSDAY)
    assert stock(world.ben) == rows(f"5 Rice @ {CRATE}, 5 Beans @ {CRATE}")


def test_a_slip_of_another_lot_takes_the_invented_lot_back(world: World) -> None:
    give(world.ben, 5, MONDAY, MONDAY, date="2027-01")
    count(world.ben, 12, WEDNESDAY, WEDNESDAY)
    give(world.ben, 7, TUESDAY, THURSDAY, date="2027-06")
    assert stock(world.ben) == rows(f"5 Rice/2027-01 @ {CRATE}, 7 Rice/2027-06 @ {CRATE}")


def test_a_count_that_found_what_the_book_had_stands_too(world: World) -> None:
    give(world.ben, 12, MONDAY, MONDAY)
    equal = count(world.ben, 12, WEDNESDAY, WEDNESDAY)
    assert equal.entry_id is None
    assert db.session.scalars(select(CountedStock.counted_quantity)).all() == [12]
    late = take(world.ben, 4, TUESDAY, THURSDAY)
    assert stock(world.ben) == rows(f"12 Rice @ {CRATE}")
    assert moves(late.entry_id) == lines(
        f"4 Rice: {CRATE} > recipient, 4 Rice: count_variance > {CRATE}"
    )
    assert numbers() == [("counted_since", 0, 4)]


def test_goods_found_in_a_count_are_those_of_the_slip(world: World) -> None:
    give(world.ben, 1, MONDAY, MONDAY, to=SHELF)
    found = (FoundLine(item="Rice", quantity=7),)
    book_count(
        Count(command_id=uuid4(), place=CRATE, found=found, occurred_at=WEDNESDAY),
        world.ben,
        on(WEDNESDAY),
    )
    give(world.ben, 7, TUESDAY, THURSDAY)
    assert on_hand(world.ben, "Rice") == 8


def test_a_late_move_past_two_counts_changes_no_stock(world: World) -> None:
    give(world.ben, 10, MONDAY, MONDAY)
    for quantity, place in ((6, CRATE), (4, SHELF)):
        count(world.ben, quantity, WEDNESDAY, WEDNESDAY, place)
    move(world.ben, 4, TUESDAY, THURSDAY)
    found = {str(row) for row in map(repr, stock(world.ben))}
    assert found == {f"6 Rice @ {CRATE}", f"4 Rice @ {SHELF}"}
    assert [one[0] for one in numbers()] == ["counted_since", "counted_since"]
    assert [one[2] for one in numbers()] == [0, 0]


def test_a_late_count_compares_with_the_stock_of_its_own_time(world: World) -> None:
    give(world.ben, 10, MONDAY, MONDAY)
    take(world.ben, 4, WEDNESDAY, WEDNESDAY)
    late = count(world.ben, 12, TUESDAY, THURSDAY)
    (line,) = late.body["lines"]
    assert (line["expected_quantity"], line["variance"]) == (10, 2)
    assert stock(world.ben) == rows(f"8 Rice @ {CRATE}")


def test_of_two_counts_the_later_stands_whichever_was_written_first(world: World) -> None:
    give(world.ben, 10, MONDAY, MONDAY)
    count(world.ben, 7, WEDNESDAY, WEDNESDAY)
    late = count(world.ben, 9, TUESDAY, THURSDAY)
    assert stock(world.ben) == rows(f"7 Rice @ {CRATE}")
    assert late.entry_id is None
    assert numbers() == [("counted_since", -3, -2)]


def test_a_late_hand_out_is_taken_from_where_its_goods_are_now(world: World) -> None:
    give(world.ben, 10, MONDAY, MONDAY)
    move(world.ben, 10, WEDNESDAY, WEDNESDAY)
    take(world.ben, 3, TUESDAY, THURSDAY)
    assert stock(world.ben) == rows(f"7 Rice @ {SHELF}")
    assert numbers() == []


def test_goods_that_left_before_they_came_are_not_taken_from_them(world: World) -> None:
    give(world.ben, 10, WEDNESDAY, WEDNESDAY)
    late = take(world.ben, 3, TUESDAY, THURSDAY)
    assert stock(world.ben) == rows(f"10 Rice @ {CRATE}")
    assert moves(late.entry_id) == lines("3 Rice: count_variance > recipient")
    assert numbers() == [("short_stock", 0, 3)]


def test_a_donation_from_before_explains_what_was_missing(world: World) -> None:
    give(world.ben, 5, MONDAY, MONDAY)
    take(world.ben, 8, WEDNESDAY, WEDNESDAY)
    assert numbers() == [("short_stock", 5, 8)]
    late = give(world.ben, 8, TUESDAY, THURSDAY, date="2027-06")
    assert stock(world.ben) == rows(f"5 Rice/2027-06 @ {CRATE}")
    assert moves(late.entry_id) == lines(
        f"8 Rice/2027-06: supplier > {CRATE}, 3 Rice/2027-06: {CRATE} > count_variance"
    )
    thing = db.session.scalars(select(Discrepancy)).one()
    assert thing.resolution == "explained"


def test_a_donation_from_after_explains_nothing(world: World) -> None:
    give(world.ben, 1, MONDAY, MONDAY, to=SHELF)
    take(world.ben, 8, TUESDAY, TUESDAY)
    give(world.ben, 8, WEDNESDAY, THURSDAY)
    assert stock(world.ben) == rows(f"8 Rice @ {CRATE}, 1 Rice @ {SHELF}")


def test_a_donation_written_anew_accounts_for_what_went_out_of_the_undone_one(
    world: World,
) -> None:
    wrong = give(world.ben, 20, MONDAY, MONDAY, date="2027-01")
    take(world.ben, 15, WEDNESDAY, WEDNESDAY)
    undo(world.ben, wrong)
    give(world.ben, 20, MONDAY, THURSDAY, date="2027-06")
    assert stock(world.ben) == rows(f"5 Rice/2027-06 @ {CRATE}")


def test_an_undone_count_leaves_what_there_would_have_been(world: World) -> None:
    give(world.ben, 5, MONDAY, MONDAY)
    counted = count(world.ben, 12, WEDNESDAY, WEDNESDAY)
    give(world.ben, 7, TUESDAY, THURSDAY)
    undo(world.ben, counted)
    assert stock(world.ben) == rows(f"12 Rice @ {CRATE}")


def test_an_undone_slip_gives_the_count_its_difference_back(world: World) -> None:
    give(world.ben, 5, MONDAY, MONDAY)
    count(world.ben, 12, WEDNESDAY, WEDNESDAY)
    late = give(world.ben, 7, TUESDAY, THURSDAY)
    undone = undo(world.ben, late)
    assert stock(world.ben) == rows(f"12 Rice @ {CRATE}")
    assert moves(undone.entry_id) == lines("7 Rice: count_variance > supplier")
    assert numbers()[-1] == ("counted_since", 0, 7)


@pytest.mark.parametrize(
    ("had", "counted", "is_asked"),
    [(5, 100, True), (100, 50, True), (100, 85, False), (24, 30, False), (0, 19, False)],
)
def test_a_large_difference_is_asked_about(
    world: World, had: int, counted: int, is_asked: bool
) -> None:
    if had:
        give(world.ben, had, MONDAY, MONDAY)
    else:
        give(world.ben, 1, MONDAY, MONDAY, to=SHELF)
    count(world.ben, counted, WEDNESDAY, WEDNESDAY)
    assert kinds_of_discrepancies(world.ben) == (["large_difference"] if is_asked else [])


def test_another_depots_slips_change_nothing_here(world: World) -> None:
    give(world.ben, 5, MONDAY, MONDAY)
    count(world.ben, 12, WEDNESDAY, WEDNESDAY)
    put_place(world.cleo, SHELF)
    give(world.cleo, 7, TUESDAY, THURSDAY, to=SHELF)
    assert stock(world.ben) == rows(f"12 Rice @ {CRATE}")
    assert numbers() == []
