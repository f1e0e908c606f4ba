"""What waits for a coordinator, and settling it in one step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.entries.queries.discrepancies import (
    open_count,
    open_discrepancies,
    settled_discrepancies,
)
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.stock.commands.take_out import TakeOut, take_out
from depot.verify.verify import verify
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import entry_count
from tests.stock_text import rows, stock


@pytest.fixture(autouse=True)
def green(world: World) -> Iterator[None]:
    yield
    assert verify(world.session, world.north.id) == ()


def take(actor: Actor, quantity: int, *items: str) -> AnyOutcome:
    lines = tuple(GoodsLine(item=item, quantity=quantity) for item in items)
    command = TakeOut(command_id=uuid4(), place="Arrivals", reason="damaged", lines=lines)
    return take_out(command, actor, clock)


def thing_id(world: World) -> int:
    return open_discrepancies(world.session, world.north.id)[0].id


def settle(actor: Actor, number: int, resolution: str) -> AnyOutcome:
    command = ResolveDiscrepancy(command_id=uuid4(), discrepancy_id=number, resolution=resolution)
    return resolve_discrepancy(command, actor, lambda: NOW + timedelta(hours=2))


def test_an_open_one_says_all_there_is_to_know(world: World) -> None:
    receive(world.ben, 8, "Rice")
    taken = take(world.ben, 10, "Rice")
    (thing,) = open_discrepancies(world.session, world.north.id)
    assert (thing.kind, thing.item, thing.unit) == ("short_stock", "Rice", "piece")
    assert (thing.expected, thing.actual, thing.more_than_book) == (8, 10, 2)
    assert (thing.entry_id, thing.entry_seq, thing.can_undo) == (taken.entry_id, 2, True)
    assert thing.place is not None
    assert (thing.place.name, thing.person, thing.opened_at) == ("Arrivals", "Ben", NOW)


def test_each_depot_counts_its_own(world: World) -> None:
    receive(world.ben, 8, "Rice")
    receive(world.cleo, 8, "Beans")
    take(world.ben, 10, "Rice")
    take(world.ben, 1, "Rice")
    take(world.cleo, 10, "Beans")
    counts = [open_count(world.session, depot.id) for depot in (world.north, world.south)]
    assert counts == [2, 1]
    settle(world.ada, thing_id(world), "accepted")
    assert open_count(world.session, world.south.id) == 1


def test_one_that_is_right_as_it_is_posts_nothing(world: World) -> None:
    receive(world.ben, 8, "Rice")
    take(world.ben, 10, "Rice")
    settle(world.ada, thing_id(world), "accepted")
    assert open_count(world.session, world.north.id) == 0
    (thing,) = settled_discrepancies(world.session, world.north.id)
    assert (thing.resolution, thing.resolved_by) == ("accepted", "Ada")
    assert thing.resolved_at == NOW + timedelta(hours=2)
    assert entry_count(world.ada) == 2


def test_undoing_the_entry_settles_all_it_gave_to_look_at(world: World) -> None:
    receive(world.ben, 8, "Rice")
    receive(world.ben, 8, "Beans")
    take(world.ben, 10, "Rice", "Beans")
    assert open_count(world.session, world.north.id) == 2
    answer = settle(world.ada, thing_id(world), "undone")
    assert (answer.body["seq"], answer.body["resolution"]) == (4, "undone")
    assert open_count(world.session, world.north.id) == 0
    assert stock(world.ada) == rows("8 Beans @ Arrivals, 8 Rice @ Arrivals")


def test_settling_twice_changes_nothing(world: World) -> None:
    receive(world.ben, 8, "Rice")
    take(world.ben, 10, "Rice")
    number = thing_id(world)
    settle(world.ada, number, "accepted")
    assert settle(world.ada, number, "undone").body["resolution"] == "accepted"
    assert entry_count(world.ada) == 2


def test_a_repeat_is_answered_with_the_first_answer(world: World) -> None:
    receive(world.ben, 8, "Rice")
    take(world.ben, 10, "Rice")
    command = ResolveDiscrepancy(
        command_id=uuid4(), discrepancy_id=thing_id(world), resolution="undone"
    )
    first, again = (resolve_discrepancy(command, world.ada, clock) for _ in range(2))
    assert again.repeated
    assert first.body == again.body


def test_what_an_undo_could_not_take_back_is_accepted_not_undone(world: World) -> None:
    receipt = receive(world.ben, 8, "Rice")
    take(world.ben, 5, "Rice")
    undo = ReverseEntry(command_id=uuid4(), entry_id=receipt.entry_id or 0)
    reverse_entry(undo, world.ben, clock)
    (thing,) = open_discrepancies(world.session, world.north.id)
    assert (thing.kind, thing.can_undo) == ("undo_short", False)
    settle(world.ada, thing.id, "accepted")
    assert open_count(world.session, world.north.id) == 0


def test_volunteers_settle_nothing(world: World) -> None:
    receive(world.ben, 8, "Rice")
    take(world.ben, 10, "Rice")
    with pytest.raises(Forbidden):
        settle(world.ben, thing_id(world), "accepted")


def test_another_depots_is_not_found(world: World) -> None:
    receive(world.ben, 8, "Rice")
    take(world.ben, 10, "Rice")
    with pytest.raises(NotFound):
        settle(world.cleo, thing_id(world), "accepted")
    assert open_discrepancies(world.session, world.south.id) == []
    assert open_count(world.session, world.north.id) == 1


@pytest.mark.parametrize("resolution", ["", "forgotten"])
def test_a_word_that_is_no_resolution_is_refused(world: World, resolution: str) -> None:
    receive(world.ben, 8, "Rice")
    take(world.ben, 10, "Rice")
    with pytest.raises(Invalid):
        settle(world.ada, thing_id(world), resolution)
