"""Where less is here than was promised a coordinator is asked, and `verify` asks that she is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from depot.base.actors import Actor
from depot.base.dates import ShelfLife
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.items.commands.items import SaveItem, save_item
from depot.ledger.choice.free_stock import StockFigures
from depot.models import Discrepancy, Promise
from depot.safety.commands.holds import HeldBy, PlaceHold, ReleaseHold, place_hold, release_hold
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, move_crate
from depot.verify.verify import verify
from tests.builders import NOW, World, clock, receive
from tests.commands.distribution.promising import (
    CODE,
    an_event,
    asked,
    call_off,
    count,
    figures,
    hand_out,
    item_id,
    plan,
    stands,
)
from tests.commands.shelves import put_crate


def test_a_count_that_finds_less_than_is_promised_is_looked_at(rice: World) -> None:
    plan(rice.ben, an_event(rice.ben), Rice=15)
    assert count(rice.ben, 18).discrepancies == 0
    found = count(rice.ben, 11)
    assert "too_much_promised" in found.asks
    assert asked(rice) == [(15, 11)]
    assert figures(rice) == StockFigures(on_hand=11, held=0, past=0, promised=15, free=0)
    count(rice.ben, 16)
    assert asked(rice) == []


def test_who_hands_out_while_too_little_is_there_is_not_asked_again(rice: World) -> None:
    event_id = an_event(rice.ben)
    plan(rice.ben, event_id, Rice=15)
    count(rice.ben, 11)
    assert hand_out(rice.ben, event_id, 4).discrepancies == 0
    assert asked(rice) == [(15, 11)]
    receive(rice.ben, 4, "Rice")
    assert asked(rice) == []


def write_off(actor: Actor) -> None:
    take_out(TakeOut(command_id=uuid4(), place="Arrivals", reason="damaged"), actor, clock)


def hold(actor: Actor) -> None:
    place_hold(PlaceHold(command_id=uuid4(), reason="Glass", by=HeldBy(item="Rice")), actor, clock)


def late_fact(actor: Actor) -> None:
    hand_out(actor, an_event(actor, "Before"), 20, occurred_at=NOW - timedelta(hours=3))


@pytest.mark.parametrize("act", [write_off, hold, late_fact])
def test_whatever_takes_goods_that_are_promised_is_looked_at(
    rice: World, act: Callable[[Actor], None]
) -> None:
    event_id = an_event(rice.ben)
    plan(rice.ben, event_id, Rice=15)
    act(rice.ada)
    assert asked(rice) == [(15, 0)]
    assert figures(rice).free == 0
    call_off(rice.ben, event_id)
    assert asked(rice) == []


def test_a_hold_that_is_lifted_gives_the_promise_back(rice: World) -> None:
    plan(rice.ben, an_event(rice.ben), Rice=15)
    held = place_hold(
        PlaceHold(command_id=uuid4(), reason="Glass", by=HeldBy(item="Rice")), rice.ada, clock
    )
    release = ReleaseHold(command_id=uuid4(), reason="Fine", hold_id=held.answer.id)
    release_hold(release, rice.ada, clock)
    assert asked(rice) == []
    assert figures(rice).free == 5


def test_a_crate_that_is_set_apart_is_no_longer_there_for_a_promise(world: World) -> None:
    put_crate(world.ada, CODE, at="Arrivals")
    receive(world.ada, 8, "Rice", crate_code=CODE)
    plan(world.ada, an_event(world.ada), Rice=6)
    for to, lacking in (("On hold", [(6, 0)]), ("Arrivals", [])):
        move_crate(MoveCrate(command_id=uuid4(), crate_code=CODE, to=to), world.ada, clock)
        assert asked(world) == lacking


def test_a_shorter_shelf_life_is_looked_at(world: World) -> None:
    receive(world.ada, 8, "Rice", date="2026-11-20")
    number = item_id("Rice")

    def keeps(days: int) -> None:
        command = SaveItem(
            command_id=uuid4(),
            item_id=number,
            name="Rice",
            category="Other",
            base_unit="piece",
            shelf_life=ShelfLife(days, "day"),
        )
        save_item(command, world.ada, clock)

    keeps(30)
    assert stands(plan(world.ada, an_event(world.ada), Rice=8)) == {"Rice": (8, 8, 0)}
    keeps(0)
    assert asked(world) == [(8, 0)]


def test_who_settles_it_promises_no_more_than_is_here(rice: World) -> None:
    first, second = an_event(rice.ben), an_event(rice.ben, "Sunday", days=1)
    plan(rice.ben, second, Rice=10)
    plan(rice.ben, first, Rice=10)
    count(rice.ben, 12)
    (number,) = rice.session.scalars(
        select(Discrepancy.id).where(
            Discrepancy.kind == "too_much_promised", Discrepancy.resolved_at.is_(None)
        )
    )
    command = ResolveDiscrepancy(command_id=uuid4(), discrepancy_id=number)
    resolve_discrepancy(command, rice.ada, clock)
    kept = rice.session.execute(select(Promise.event_id, Promise.reserved).order_by("event_id"))
    assert [tuple(one) for one in kept] == [(first, 10), (second, 2)]
    assert asked(rice) == []


@pytest.mark.breaks_ledger("promises are changed behind the program's back")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reserved": 19}, "promised is 19 until 2026-11-21, the last reservation says 5"),
        ({"handed_out": 3}, "3 went out by the promise, 0 by the lines"),
    ],
)
def test_verify_names_what_a_promise_is_wrong_about(
    rice: World, change: dict[str, int], sentence: str
) -> None:
    plan(rice.ada, an_event(rice.ada), Rice=5)
    rice.session.execute(update(Promise).values(**change))
    assert any(sentence in one.sentence for one in verify(rice.session, rice.north.id))


@pytest.mark.breaks_ledger("nobody is asked about what is promised too much")
def test_verify_names_what_is_promised_and_not_here(rice: World) -> None:
    plan(rice.ada, an_event(rice.ada), Rice=15)
    count(rice.ada, 3)
    rice.session.execute(update(Discrepancy).values(resolved_at=NOW, resolution="accepted"))
    (found,) = verify(rice.session, rice.north.id)
    assert found.sentence == (
        "Rice: 15 is promised, 3 is here for it, and nobody is asked to look at it."
    )
