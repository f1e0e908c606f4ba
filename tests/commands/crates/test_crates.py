"""Crates: made blank, found and adopted, moved and nested, retired."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import (
    CrateInItself,
    CrateNotEmpty,
    Invalid,
    NameTaken,
    UnknownCrate,
    UnknownLocation,
)
from depot.crates.commands.blank_crates import MAX_NEW_CRATES, CreateCrates, create_crates
from depot.crates.commands.crates import AdoptCrate, RetireCrate, adopt_crate, retire_crate
from depot.crates.queries.crate_lists import CrateFilter, crate_list, near_crates
from depot.crates.queries.crates import find_crate
from depot.kernel.once import AnyOutcome
from depot.models import Crate, Location
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, move_crate
from labels.symbols import codes
from tests.builders import World, clock, receive
from tests.commands.shelves import (
    entry_count,
    kinds_of_discrepancies,
    location_id_of,
    put_crate,
    put_place,
)
from tests.current import db

CODE, PALLET, OTHER = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3"


def move(actor: Actor, code: str, to: str, **more: Any) -> AnyOutcome:
    return move_crate(MoveCrate(command_id=uuid4(), crate_code=code, to=to, **more), actor, clock)


def standing(actor: Actor, code: str) -> str | None:
    """Return the name of what the crate stands at."""
    parent = select(Location.parent_id).where(
        Location.depot_id == actor.depot_id, Location.name == code
    )
    return db.session.scalar(select(Location.name).where(Location.id == parent.scalar_subquery()))


def state_of(actor: Actor, code: str) -> str:
    return db.session.scalars(
        select(Crate.state).where(Crate.depot_id == actor.depot_id, Crate.code == code)
    ).one()


def test_blank_crates_have_valid_codes_and_post_nothing(world: World) -> None:
    outcome = create_crates(CreateCrates(command_id=uuid4(), count=24), world.ben, clock)
    made = outcome.body["codes"]
    assert len(set(made)) == 24
    assert all(codes.normalise_code(code) == code for code in made)
    assert {state_of(world.ben, code) for code in made} == {"blank"}
    assert entry_count(world.ben) == 0
    assert outcome.entry_id is None


def test_the_same_blank_crates_are_made_once(world: World) -> None:
    command = CreateCrates(command_id=uuid4(), count=3)
    first = create_crates(command, world.ben, clock)
    again = create_crates(command, world.ben, clock)
    assert again.repeated
    assert again.body == first.body
    assert len(db.session.scalars(select(Crate.code)).all()) == 3


@pytest.mark.parametrize("count", [0, -1, MAX_NEW_CRATES + 1])
def test_too_many_or_no_blank_crates_are_refused(world: World, count: int) -> None:
    with pytest.raises(Invalid):
        create_crates(CreateCrates(command_id=uuid4(), count=count), world.ben, clock)


def test_two_thousand_blank_crates_are_made_at_once(world: World) -> None:
    outcome = create_crates(
        CreateCrates(command_id=uuid4(), count=MAX_NEW_CRATES), world.ben, clock
    )
    assert len(set(outcome.body["codes"])) == MAX_NEW_CRATES


def test_a_crate_moves_to_a_place_with_its_contents(world: World) -> None:
    put_place(world.ben, "Shelf B2")
    put_crate(world.ben, CODE, at="Arrivals")
    receive(world.ben, 48, "Chickpeas", crate_code=CODE)
    outcome = move(world.ben, CODE.lower(), "  shelf   b2 ")
    assert outcome.body["code"] == CODE
    assert outcome.body["location"] == "Shelf B2"
    assert outcome.entry_id is not None
    assert standing(world.ben, CODE) == "Shelf B2"
    assert kinds_of_discrepancies(world.ben) == []


def test_a_crate_that_stands_there_already_posts_nothing(world: World) -> None:
    put_crate(world.ben, CODE, at="Arrivals")
    before = entry_count(world.ben)
    outcome = move(world.ben, CODE, "Arrivals")
    assert outcome.body["entry_id"] is None
    assert entry_count(world.ben) == before


def test_a_crate_is_found_by_its_old_box_number(world: World) -> None:
    put_place(world.ben, "Shelf B2")
    put_crate(world.ben, CODE)
    crate = db.session.get_one(Crate, location_id_of(world.ben, CODE))
    crate.box_number, crate.box_number_key = "BOX12345", "box12345"
    db.session.commit()
    assert move(world.ben, "box12345", "Shelf B2").body["code"] == CODE


def test_a_crate_stands_on_a_pallet_and_moves_with_it(world: World) -> None:
    put_place(world.ben, "Cold room")
    put_crate(world.ben, CODE)
    put_crate(world.ben, PALLET)
    assert move(world.ben, CODE, PALLET).body["location"] == PALLET
    assert state_of(world.ben, PALLET) == "in_use"
    move(world.ben, PALLET, "Cold room")
    assert standing(world.ben, CODE) == PALLET
    assert standing(world.ben, PALLET) == "Cold room"
    assert kinds_of_discrepancies(world.ben) == []


def test_a_crate_never_stands_in_itself_however_deep(world: World) -> None:
    for code in (CODE, PALLET, OTHER):
        put_crate(world.ben, code)
    move(world.ben, CODE, PALLET)
    move(world.ben, PALLET, OTHER)
    for inner in (CODE, PALLET, OTHER):
        with pytest.raises(CrateInItself):
            move(world.ben, OTHER, inner)


def test_a_crate_thought_empty_moves_and_is_listed(world: World) -> None:
    put_place(world.ben, "Shelf B2")
    put_crate(world.ben, CODE, at="Arrivals", state="in_use")
    outcome = move(world.ben, CODE, "Shelf B2")
    assert outcome.entry_id is not None
    assert [found["kind"] for found in outcome.body["discrepancies"]] == ["crate_empty"]


def test_who_knows_that_it_is_empty_is_not_asked(world: World) -> None:
    put_place(world.ben, "Shelf B2")
    put_crate(world.ben, CODE, at="Arrivals", state="in_use")
    assert move(world.ben, CODE, "Shelf B2", knows_empty=True).discrepancies == 0


def test_a_blank_crate_moves_without_a_question_and_stays_blank(world: World) -> None:
    put_crate(world.ben, CODE)
    assert move(world.ben, CODE, "Arrivals").discrepancies == 0
    assert state_of(world.ben, CODE) == "blank"


def test_a_retired_crate_that_moves_is_in_use_again_and_listed(world: World) -> None:
    put_crate(world.ben, CODE, state="retired")
    outcome = move(world.ben, CODE, "Arrivals")
    assert outcome.entry_id is not None
    assert [found["kind"] for found in outcome.body["discrepancies"]] == ["crate_retired"]
    assert state_of(world.ben, CODE) == "in_use"


def test_unknown_crates_and_places_are_named(world: World) -> None:
    put_crate(world.ben, CODE)
    with pytest.raises(UnknownCrate):
        move(world.ben, "nothing", "Arrivals")
    with pytest.raises(UnknownLocation) as caught:
        move(world.ben, CODE, "Shelf Z9")
    assert caught.value.field == "to"


def test_a_crate_of_another_depot_is_not_found(world: World) -> None:
    put_crate(world.ben, CODE)
    put_place(world.ben, "Shelf B2")
    with pytest.raises(UnknownCrate):
        move(world.cleo, CODE, "Arrivals")
    with pytest.raises(UnknownCrate):
        retire_crate(RetireCrate(command_id=uuid4(), crate_code=CODE), world.cleo, clock)
    with pytest.raises(UnknownLocation):
        take_out(TakeOut(command_id=uuid4(), place=CODE, reason="issue"), world.cleo, clock)
    with pytest.raises(UnknownLocation):
        take_out(TakeOut(command_id=uuid4(), place="Shelf B2", reason="issue"), world.cleo, clock)


def test_an_unknown_label_becomes_a_crate_and_is_listed(world: World) -> None:
    command = AdoptCrate(command_id=uuid4(), code="7k3m 9qx2", location="Arrivals")
    outcome = adopt_crate(command, world.ben, clock)
    assert outcome.body["code"] == CODE
    assert state_of(world.ben, CODE) == "blank"
    assert standing(world.ben, CODE) == "Arrivals"
    assert kinds_of_discrepancies(world.ben) == ["unknown_code"]


def test_a_label_is_adopted_without_a_place(world: World) -> None:
    outcome = adopt_crate(AdoptCrate(command_id=uuid4(), code=CODE), world.ben, clock)
    assert outcome.body["entry_id"] is None
    assert standing(world.ben, CODE) is None


def test_a_label_is_adopted_once_and_only_if_it_is_one(world: World) -> None:
    put_crate(world.ben, CODE)
    with pytest.raises(NameTaken):
        adopt_crate(AdoptCrate(command_id=uuid4(), code=CODE), world.ben, clock)
    with pytest.raises(Invalid):
        adopt_crate(AdoptCrate(command_id=uuid4(), code="7K3M-9QX3"), world.ben, clock)


def test_the_same_label_may_be_adopted_by_another_depot(world: World) -> None:
    put_crate(world.ben, CODE)
    adopt_crate(AdoptCrate(command_id=uuid4(), code=CODE), world.cleo, clock)
    assert state_of(world.cleo, CODE) == "blank"


def test_an_empty_crate_retires_and_its_code_stays_taken(world: World) -> None:
    put_crate(world.ben, CODE, state="in_use")
    command = RetireCrate(command_id=uuid4(), crate_code=CODE)
    assert retire_crate(command, world.ben, clock).body == {"code": CODE, "state": "retired"}
    assert state_of(world.ben, CODE) == "retired"
    with pytest.raises(NameTaken):
        adopt_crate(AdoptCrate(command_id=uuid4(), code=CODE), world.ben, clock)


def test_a_crate_with_goods_or_crates_in_it_does_not_retire(world: World) -> None:
    put_crate(world.ben, CODE)
    put_crate(world.ben, PALLET)
    receive(world.ben, 5, "Rice", crate_code=CODE)
    with pytest.raises(CrateNotEmpty):
        retire_crate(RetireCrate(command_id=uuid4(), crate_code=CODE), world.ben, clock)
    move(world.ben, CODE, PALLET)
    with pytest.raises(Invalid):
        retire_crate(RetireCrate(command_id=uuid4(), crate_code=PALLET), world.ben, clock)


def test_a_look_up_finds_nothing_for_what_no_database_takes(world: World) -> None:
    for text in ("BOX\x00", "\x00", "x" * 500):
        assert find_crate(world.session, world.north.id, text) is None
        assert near_crates(world.session, world.north.id, text) == []
        assert not crate_list(world.session, world.north.id, CrateFilter(text=text)).rows


def test_a_box_number_that_reads_as_a_code_wins_over_the_code(world: World) -> None:
    put_crate(world.ben, CODE)
    put_crate(world.ben, PALLET)
    crate = db.session.get_one(Crate, location_id_of(world.ben, PALLET))
    crate.box_number, crate.box_number_key = CODE, CODE.casefold()
    db.session.commit()
    found = find_crate(world.session, world.north.id, CODE)
    assert found is not None
    assert found.code == PALLET


def test_near_misses_of_codes_and_box_numbers_are_found(world: World) -> None:
    put_crate(world.ben, CODE)
    crate = db.session.get_one(Crate, location_id_of(world.ben, CODE))
    crate.box_number, crate.box_number_key = "BOX12345", "box12345"
    db.session.commit()
    for text in ("7K3M-9QX8", "7K3M-9QX", "BOX12349", "box1234"):
        near = near_crates(world.session, world.north.id, text)
        assert [one.code for one in near] == [CODE], text
        assert near_crates(world.session, world.south.id, text) == []
