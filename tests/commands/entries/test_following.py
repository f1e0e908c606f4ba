"""Undo follows its own goods to where they are now, inside the house."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
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
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from tests.builders import World, clock, on_hand, receive
from tests.commands.shelves import kinds_of_discrepancies, put_crate, put_place
from tests.current import db
from tests.stock_text import lines, moves, rows, stock

SHELF, OTHER = "Shelf 2", "Shelf 3"
CRATE, PALLET = "7K3M-9QX2", "GECY-YS9M"


@pytest.fixture(autouse=True)
def house(world: World) -> None:
    put_place(world.ben, SHELF)
    put_place(world.ben, OTHER)


def move(actor: Actor, source: str, target: str, quantity: int = 0) -> AnyOutcome:
    wanted = (GoodsLine(item="Rice", quantity=quantity),) if quantity else None
    command = MoveGoods(command_id=uuid4(), source=source, target=target, lines=wanted)
    return move_goods(command, actor, clock)


def take(actor: Actor, quantity: int, place: str) -> AnyOutcome:
    line = GoodsLine(item="Rice", quantity=quantity)
    command = TakeOut(command_id=uuid4(), place=place, reason="damaged", lines=(line,))
    return take_out(command, actor, clock)


def count(actor: Actor, quantity: int, place: str) -> AnyOutcome:
    line = CountLine(item="Rice", counted_quantity=quantity)
    return book_count(Count(command_id=uuid4(), place=place, lines=(line,)), actor, clock)


def pack(actor: Actor, used: int, made: int, item: str = "Rice", out: str = "Bags") -> AnyOutcome:
    command = ProduceGoods(
        command_id=uuid4(),
        inputs=(ProductionInput(item=item, quantity=used),),
        outputs=(ProductionOutput(item=out, quantity=made, category="Mixed food", unit="piece"),),
    )
    return produce_goods(command, actor, clock)


def undo(actor: Actor, outcome: AnyOutcome) -> AnyOutcome:
    command = ReverseEntry(command_id=uuid4(), entry_id=outcome.entry_id or 0)
    return reverse_entry(command, actor, clock)


def test_a_donation_that_was_moved_is_taken_from_where_it_is(world: World) -> None:
    donation = receive(world.ben, 20, "Rice")
    move(world.ben, "Arrivals", SHELF)
    undone = undo(world.ben, donation)
    assert stock(world.ben) == []
    assert moves(undone.entry_id) == lines(f"20 Rice: {SHELF} > supplier")
    assert kinds_of_discrepancies(world.ben) == []
    (taken,) = undone.body["taken"]
    assert (taken["item"], taken["quantity"], taken["place"]) == ("Rice", 20, SHELF)


def test_a_donation_that_was_split_is_taken_from_every_part(world: World) -> None:
    put_crate(world.ben, CRATE, at=SHELF)
    donation = receive(world.ben, 20, "Rice")
    move(world.ben, "Arrivals", SHELF, 8)
    move(world.ben, SHELF, CRATE, 3)
    undone = undo(world.ben, donation)
    assert stock(world.ben) == []
    assert moves(undone.entry_id) == lines(
        f"12 Rice: Arrivals > supplier, 5 Rice: {SHELF} > supplier, 3 Rice: {CRATE} > supplier"
    )
    assert kinds_of_discrepancies(world.ben) == []


def test_goods_in_a_crate_that_went_onto_a_pallet_are_found(world: World) -> None:
    put_crate(world.ben, CRATE, at="Arrivals")
    put_crate(world.ben, PALLET, at=SHELF)
    donation = receive(world.ben, 20, "Rice")
    move(world.ben, "Arrivals", CRATE)
    nest = MoveCrate(command_id=uuid4(), crate_code=CRATE, to=PALLET)
    move_crate(nest, world.ben, clock)
    undone = undo(world.ben, donation)
    assert moves(undone.entry_id) == lines(f"20 Rice: {CRATE} > supplier")
    assert stock(world.ben) == []


def test_only_what_left_the_house_is_something_to_look_at(world: World) -> None:
    donation = receive(world.ben, 20, "Rice")
    move(world.ben, "Arrivals", SHELF)
    take(world.ben, 6, SHELF)
    undone = undo(world.ben, donation)
    assert stock(world.ben) == []
    assert moves(undone.entry_id) == lines(
        f"14 Rice: {SHELF} > supplier, 6 Rice: count_variance > supplier"
    )
    thing = db.session.scalars(select(Discrepancy)).one()
    assert (thing.kind, thing.expected_quantity, thing.actual_quantity) == ("undo_short", 20, 14)


def test_what_others_gave_stays_where_it_is(world: World) -> None:
    receive(world.ben, 5, "Rice", location=OTHER, date="2027-01")
    donation = receive(world.ben, 20, "Rice")
    move(world.ben, "Arrivals", SHELF)
    undo(world.ben, donation)
    assert stock(world.ben) == rows(f"5 Rice/2027-01 @ {OTHER}")


def test_an_undone_move_follows_too(world: World) -> None:
    receive(world.ben, 20, "Rice")
    first = move(world.ben, "Arrivals", SHELF)
    move(world.ben, SHELF, OTHER)
    undone = undo(world.ben, first)
    assert stock(world.ben) == rows("20 Rice @ Arrivals")
    assert moves(undone.entry_id) == lines(f"20 Rice: {OTHER} > Arrivals")
    assert kinds_of_discrepancies(world.ben) == []


def test_moves_to_and_fro_undone_in_any_order_leave_what_there_was(world: World) -> None:
    receive(world.ben, 20, "Rice")
    there = move(world.ben, "Arrivals", SHELF)
    back = move(world.ben, SHELF, "Arrivals")
    undo(world.ben, there)
    assert stock(world.ben) == rows("20 Rice @ Arrivals")
    undo(world.ben, back)
    assert stock(world.ben) == rows("20 Rice @ Arrivals")


def test_repacked_goods_are_taken_back_with_what_was_made_of_them(world: World) -> None:
    donation = receive(world.ben, 20, "Rice")
    packed = pack(world.ben, 20, 40)
    undone = undo(world.ben, donation)
    assert (on_hand(world.ben, "Rice"), on_hand(world.ben, "Bags")) == (0, 0)
    assert undone.body["with_seqs"] == [packed.body["seq"]]
    assert kinds_of_discrepancies(world.ben) == []


def test_goods_repacked_twice_are_taken_back_too(world: World) -> None:
    donation = receive(world.ben, 20, "Rice")
    pack(world.ben, 20, 40)
    pack(world.ben, 40, 4, "Bags", "Cartons")
    undo(world.ben, donation)
    assert stock(world.ben) == []
    assert kinds_of_discrepancies(world.ben) == []


def test_where_something_made_of_it_is_gone_somebody_is_asked(world: World) -> None:
    donation = receive(world.ben, 20, "Rice")
    pack(world.ben, 20, 40)
    line = GoodsLine(item="Bags", quantity=1)
    take_out(
        TakeOut(command_id=uuid4(), place="Arrivals", reason="damaged", lines=(line,)),
        world.ben,
        clock,
    )
    undone = undo(world.ben, donation)
    assert "with_seqs" not in undone.body
    assert on_hand(world.ben, "Bags") == 39
    assert kinds_of_discrepancies(world.ben) == ["undo_short"]


def test_where_other_goods_went_into_it_too_somebody_is_asked(world: World) -> None:
    receive(world.ben, 5, "Rice", date="2027-01")
    donation = receive(world.ben, 20, "Rice")
    pack(world.ben, 25, 50)
    undo(world.ben, donation)
    assert on_hand(world.ben, "Bags") == 50
    assert kinds_of_discrepancies(world.ben) == ["undo_short"]


def test_a_count_that_saw_the_goods_still_stands(world: World) -> None:
    donation = receive(world.ben, 20, "Rice")
    move(world.ben, "Arrivals", SHELF)
    count(world.ben, 20, SHELF)
    undone = undo(world.ben, donation)
    assert stock(world.ben) == rows(f"20 Rice @ {SHELF}")
    assert moves(undone.entry_id) == lines("20 Rice: count_variance > supplier")
    thing = db.session.scalars(select(Discrepancy)).one()
    assert (thing.kind, thing.expected_quantity, thing.actual_quantity) == ("counted_since", 0, 20)


def test_goods_moved_to_a_wrong_shelf_that_was_counted_come_back(world: World) -> None:
    receive(world.ben, 20, "Rice")
    wrong = move(world.ben, "Arrivals", SHELF)
    count(world.ben, 0, SHELF)
    undo(world.ben, wrong)
    assert stock(world.ben) == rows("20 Rice @ Arrivals")


def test_a_donation_written_anew_takes_the_place_of_the_undone_one(world: World) -> None:
    wrong = receive(world.ben, 20, "Rice", date="2027-01")
    take(world.ben, 15, "Arrivals")
    undo(world.ben, wrong)
    receive(world.ben, 20, "Rice", date="2027-06", at=clock())
    assert on_hand(world.ben, "Rice") == 20  # it came after: nobody said that it was before


def test_the_outsider_undoes_nothing(world: World) -> None:
    donation = receive(world.ben, 20, "Rice")
    with pytest.raises(Exception, match="no entry"):
        undo(world.cleo, donation)
