"""Ticked crates go to a place in one act, and are held back in one: all, or none."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from depot.base.actors import Actor
from depot.base.errors import (
    CrateInItself,
    CrateRetired,
    DepotError,
    Invalid,
    UnknownCrate,
    UnknownLocation,
)
from depot.crates.commands.crates import RetireCrate, retire_crate
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.kernel.once import Outcome
from depot.models import HeldLot, Hold
from depot.safety.commands.crate_holds import HeldCrates, HoldCrates, hold_crates
from depot.safety.errors import NothingToHold
from depot.stock.commands.crates_together import MoveCrates, MovedCrates, move_crates
from depot.stock.commands.transfers import MoveCrate, move_crate
from tests.builders import World, clock
from tests.commands.shelves import entry_count
from tests.current import db
from tests.statements import count_statements
from tests.stock_text import Standing, crates, set_up

ONE, TWO, PALLET = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3"


@pytest.fixture(autouse=True)
def three_crates(world: World) -> None:
    set_up(
        world.ben,
        f"place Shelf 2, place Cellar, crate {ONE} @ Arrivals, crate {TWO} @ Shelf 2,"
        f" crate {PALLET} @ Arrivals, 8 Rice @ {ONE}, 6 Beans @ {TWO}",
    )


def standing(actor: Actor) -> dict[str, str]:
    return {row.code: row.place for row in crates(actor) if isinstance(row, Standing)}


def move(actor: Actor, *texts: str, to: str = "Cellar", **more: Any) -> Outcome[MovedCrates]:
    said: dict[str, Any] = {"command_id": uuid4()} | more
    return move_crates(MoveCrates(crate_codes=texts, to=to, **said), actor, clock)


def hold(actor: Actor, *texts: str, **more: Any) -> Outcome[HeldCrates]:
    said: dict[str, Any] = {"command_id": uuid4(), "reason": "glass in it"} | more
    return hold_crates(HoldCrates(crate_codes=texts, **said), actor, clock)


def test_crates_go_together_in_one_entry_and_a_repeat_moves_nothing(world: World) -> None:
    before, command_id = entry_count(world.ben), uuid4()
    done = move(world.ben, ONE, "4fjh22m8", PALLET, command_id=command_id)
    assert done.answer.codes == (ONE, TWO, PALLET)
    assert done.answer.location == "Cellar"
    assert standing(world.ben) == {ONE: "Cellar", TWO: "Cellar", PALLET: "Cellar"}
    assert move(world.ben, ONE, "4fjh22m8", PALLET, command_id=command_id).repeated
    assert entry_count(world.ben) == before + 1


def test_the_move_is_undone_as_a_whole(world: World) -> None:
    where = standing(world.ben)
    done = move(world.ben, ONE, TWO)
    assert done.entry_id is not None
    undo = ReverseEntry(command_id=uuid4(), entry_id=done.entry_id, reason="wrong ones")
    reverse_entry(undo, world.ben, clock)
    assert standing(world.ben) == where


def test_a_crate_goes_along_with_the_pallet_it_stands_on(world: World) -> None:
    move_crate(MoveCrate(command_id=uuid4(), crate_code=ONE, to=PALLET), world.ben, clock)
    move(world.ben, ONE, PALLET, TWO)
    assert standing(world.ben) == {ONE: PALLET, TWO: "Cellar", PALLET: "Cellar"}


def test_one_that_stands_there_already_posts_nothing(world: World) -> None:
    before = entry_count(world.ben)
    assert move(world.ben, TWO, to="Shelf 2").entry_id is None
    assert entry_count(world.ben) == before


@pytest.mark.parametrize(
    ("texts", "to", "error", "named"),
    [
        ((ONE, "0000-0000"), "Cellar", UnknownCrate, "0000-0000"),
        ((ONE, TWO, PALLET), PALLET, CrateInItself, PALLET),
        ((ONE, TWO), "Nowhere", UnknownLocation, "Nowhere"),
        ((), "Cellar", Invalid, "Between 1 and 500"),
    ],
)
def test_what_one_crate_refuses_moves_none_and_names_it(
    world: World, texts: tuple[str, ...], to: str, error: type[DepotError], named: str
) -> None:
    where = standing(world.ben)
    with pytest.raises(error, match=named):
        move(world.ben, *texts, to=to)
    assert standing(world.ben) == where


def test_a_retired_crate_refuses_for_all(world: World) -> None:
    retire_crate(RetireCrate(command_id=uuid4(), crate_code=PALLET), world.ben, clock)
    with pytest.raises(CrateRetired, match=PALLET):
        move(world.ben, ONE, PALLET)


def test_the_outsider_moves_and_holds_nothing_here(world: World) -> None:
    with pytest.raises(UnknownCrate):
        move(world.cleo, ONE)
    with pytest.raises(UnknownCrate):
        hold(world.cleo, ONE)


def test_more_crates_need_no_more_statements(world: World) -> None:
    def cost(*texts: str, to: str) -> int:
        with count_statements(db.engine) as seen:
            move(world.ben, *texts, to=to)
        return len(seen)

    few = cost(ONE, to="Cellar")
    assert cost(ONE, TWO, PALLET, to="Shelf 2") <= few


def holds() -> list[tuple[str, int]]:
    lots = select(func.count()).where(HeldLot.hold_id == Hold.id).scalar_subquery()
    return [(reason, count) for reason, count in db.session.execute(select(Hold.reason, lots))]


def test_what_lies_in_each_is_held_back_by_a_hold_of_its_own(world: World) -> None:
    command_id = uuid4()
    done = hold(world.ben, ONE, TWO, ONE, command_id=command_id).answer
    assert done.codes == (ONE, TWO)
    assert len(set(done.ids)) == 2
    assert holds() == [("glass in it", 1), ("glass in it", 1)]
    assert hold(world.ben, ONE, TWO, ONE, command_id=command_id).repeated
    assert len(holds()) == 2


def test_an_empty_crate_is_named_and_nothing_is_held(world: World) -> None:
    with pytest.raises(NothingToHold, match=PALLET):
        hold(world.ben, ONE, PALLET)
    assert holds() == []


@pytest.mark.parametrize(("texts", "reason"), [((), "glass"), ((ONE,), " ")])
def test_no_crate_and_no_reason_hold_nothing(
    world: World, texts: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(Invalid):
        hold(world.ben, *texts, reason=reason)
    assert holds() == []
