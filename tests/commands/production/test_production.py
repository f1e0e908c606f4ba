"""Cooking and packing: inputs are used up, outputs are made, and each lot knows of what."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import (
    Invalid,
    NotFound,
    OnHold,
    PastUseBy,
    UnknownCrate,
    UnknownItem,
    UnknownLocation,
)
from depot.kernel.once import AnyOutcome
from depot.models import Crate, Item, Lot, StockMove
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from tests.builders import World, clock, receive
from tests.commands.shelves import (
    dates_of,
    entry_count,
    kinds_of_discrepancies,
    moves_of,
    put_crate,
)
from tests.current import db
from tests.stock_text import rows, stock

CODE = "7K3M-9QX2"


def produce(
    actor: Actor, went_in: list[ProductionInput], came_out: list[ProductionOutput]
) -> AnyOutcome:
    command = ProduceGoods(command_id=uuid4(), inputs=tuple(went_in), outputs=tuple(came_out))
    return produce_goods(command, actor, clock)


def used(item: str, quantity: int, **more: object) -> ProductionInput:
    return ProductionInput(item=item, quantity=quantity, **more)  # type: ignore[arg-type]


def made(item: str, quantity: int, **more: object) -> ProductionOutput:
    return ProductionOutput(item=item, quantity=quantity, **more)  # type: ignore[arg-type]


def test_soup_is_made_of_vegetables(world: World) -> None:
    receive(world.ada, 12, "Carrots")
    receive(world.ada, 3, "Stock cubes")
    outcome = produce(world.ben, [used("Carrots", 10), used("Stock cubes", 2)], [made("Soup", 40)])
    assert moves_of(outcome.entry_id) == [
        ("Arrivals", "production", 10),
        ("Arrivals", "production", 2),
        ("production", "Arrivals", 40),
    ]
    assert stock(world.ada) == rows("""
        1 Stock cubes @ Arrivals
        2 Carrots @ Arrivals
        40 Soup @ Arrivals
    """)
    assert outcome.body["outputs"][0]["item"] == "Soup"
    assert [line["quantity"] for line in outcome.body["inputs"]] == [10, 2]


def test_a_made_lot_bears_the_number_of_its_entry(world: World) -> None:
    receive(world.ada, 20, "Carrots")
    for _ in range(2):
        made_of = [used("Carrots", 5)]
        outcome = produce(
            world.ben, made_of, [made("Soup", 9, date="2026-11-24", date_kind="use_by")]
        )
    lots = db.session.scalars(
        select(Lot).join(Item, Item.id == Lot.item_id).where(Item.name == "Soup").order_by(Lot.id)
    ).all()
    assert [lot.origin_kind for lot in lots] == ["production", "production"]
    assert [lot.produced_by_seq for lot in lots] == [2, outcome.body["seq"]]
    assert [lot.date_kind for lot in lots] == ["use_by", "use_by"]


def test_inputs_are_taken_oldest_date_first(world: World) -> None:
    receive(world.ada, 5, "Carrots", date="2027-03")
    receive(world.ada, 5, "Carrots", date="2027-01")
    outcome = produce(world.ben, [used("Carrots", 7)], [made("Soup", 9)])
    assert dates_of(outcome.entry_id)[:2] == [("2027-01", 5), ("2027-03", 2)]


def test_a_lot_can_be_named(world: World) -> None:
    receive(world.ada, 5, "Carrots", date="2027-03")
    receive(world.ada, 5, "Carrots", date="2027-01")
    lot_id = db.session.scalars(select(Lot.id).where(Lot.date_text == "2027-03")).one()
    outcome = produce(world.ben, [used("Carrots", 2, lot_id=lot_id)], [made("Soup", 9)])
    assert dates_of(outcome.entry_id)[0] == ("2027-03", 2)
    with pytest.raises(NotFound):
        produce(world.ben, [used("Carrots", 2, lot_id=10_000)], [made("Soup", 9)])


def test_from_a_crate_into_a_crate(world: World) -> None:
    put_crate(world.ada, CODE)
    put_crate(world.ada, "4FJH-22M8")
    receive(world.ada, 5, "Carrots", crate_code=CODE)
    receive(world.ada, 5, "Carrots", date="2026-12")
    outcome = produce(
        world.ben,
        [used("Carrots", 2, crate_code=CODE)],
        [made("Soup", 9, crate_code="4FJH-22M8")],
    )
    assert moves_of(outcome.entry_id) == [
        (CODE, "production", 2),
        ("production", "4FJH-22M8", 9),
    ]
    state = db.session.scalars(select(Crate.state).where(Crate.code == "4FJH-22M8")).one()
    assert state == "in_use"


def test_more_used_than_the_book_knows_is_accepted_and_put_on_the_list(world: World) -> None:
    receive(world.ada, 5, "Carrots")
    outcome = produce(world.ben, [used("Carrots", 8)], [made("Soup", 9)])
    assert moves_of(outcome.entry_id)[:2] == [
        ("Arrivals", "production", 5),
        ("count_variance", "production", 3),
    ]
    assert kinds_of_discrepancies(world.ada) == ["short_stock"]


def test_unsafe_inputs_are_refused(world: World) -> None:
    put_crate(world.ada, CODE, at="On hold")
    receive(world.ada, 5, "Ham", date="2026-11-20", date_kind="use_by")
    receive(world.ada, 5, "Carrots", crate_code=CODE)
    before = entry_count(world.ada)
    with pytest.raises(PastUseBy):
        produce(world.ben, [used("Ham", 1)], [made("Soup", 9)])
    with pytest.raises(OnHold):
        produce(world.ben, [used("Carrots", 1)], [made("Soup", 9)])
    assert entry_count(world.ada) == before
    assert db.session.scalar(select(Item.id).where(Item.name == "Soup")) is None


def test_something_goes_in_and_something_comes_out(world: World) -> None:
    receive(world.ada, 5, "Carrots")
    with pytest.raises(Invalid):
        produce(world.ben, [], [made("Soup", 9)])
    with pytest.raises(Invalid):
        produce(world.ben, [used("Carrots", 1)], [])


def test_unknown_names_are_named(world: World) -> None:
    receive(world.ada, 5, "Carrots")
    with pytest.raises(UnknownItem):
        produce(world.ben, [used("Unicorn", 1)], [made("Soup", 9)])
    with pytest.raises(UnknownCrate):
        produce(world.ben, [used("Carrots", 1)], [made("Soup", 9, crate_code="BOX99999")])
    with pytest.raises(UnknownLocation):
        produce(world.ben, [used("Carrots", 1, location="Nowhere")], [made("Soup", 9)])


def test_another_depots_goods_are_not_there(world: World) -> None:
    put_crate(world.ada, CODE)
    receive(world.ada, 5, "Carrots")
    receive(world.cleo, 5, "Onions")
    lot_id = db.session.scalars(select(StockMove.lot_id).order_by(StockMove.id)).first()
    with pytest.raises(UnknownItem):
        produce(world.cleo, [used("Carrots", 1)], [made("Soup", 9)])
    with pytest.raises(NotFound):
        produce(world.cleo, [used("Onions", 1, lot_id=lot_id)], [made("Soup", 9)])
    with pytest.raises(UnknownCrate):
        produce(world.cleo, [used("Onions", 1)], [made("Soup", 9, crate_code=CODE)])
