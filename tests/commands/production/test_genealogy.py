"""Where a lot came from and went, however deep; and taking apart gives back the very lots."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from depot.base.actors import Actor
from depot.base.errors import AlreadyReversed, NotFound, OnHold
from depot.base.units import Measure
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome, Outcome
from depot.models import Lot
from depot.production.commands.production import (
    ProducedGoods,
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    ProductionWaste,
    produce_goods,
)
from depot.production.commands.taking_apart import TakeApart, TookApart, take_apart
from depot.production.errors import AlreadyTakenApart, NothingToTakeApart, NotWhole
from depot.production.queries.genealogy import Genealogy, genealogy
from depot.production.queries.productions import find_production
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import World, clock, receive
from tests.commands.shelves import put_crate
from tests.current import db
from tests.stock_text import rows, stock

CODE = "7K3M-9QX2"


def make(
    actor: Actor, went_in: dict[str, int], came_out: dict[str, int], **more: Any
) -> Outcome[ProducedGoods]:
    command = ProduceGoods(
        command_id=uuid4(),
        inputs=tuple(ProductionInput(item=item, quantity=n) for item, n in went_in.items()),
        outputs=tuple(ProductionOutput(item=item, quantity=n) for item, n in came_out.items()),
        **more,
    )
    return produce_goods(command, actor, clock)


def apart(actor: Actor, entry_id: int, **more: Any) -> Outcome[TookApart]:
    return take_apart(TakeApart(command_id=uuid4(), entry_id=entry_id, **more), actor, clock)


def number_of(outcome: AnyOutcome) -> int:
    assert outcome.entry_id is not None
    return outcome.entry_id


def lot_of(outcome: Outcome[ProducedGoods]) -> int:
    """Return the lot that an entry made."""
    made = select(Lot.id).where(Lot.produced_by_seq == outcome.answer.seq)
    return db.session().scalars(made).one()


def first_lot() -> int:
    return db.session().scalars(select(Lot.id).order_by(Lot.id)).first() or 0


def kin_of(actor: Actor, lot_id: int) -> Genealogy:
    found = genealogy(db.session(), actor.depot_id, lot_id)
    assert found is not None
    return found


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    engine = db.session().get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_four_deep_is_found_both_ways_in_as_many_statements_as_one(world: World) -> None:
    receive(world.ada, 20, "Carrots", date="2027-03")
    chain = [make(world.ben, {"Carrots": 10}, {"Puree": 8})]
    for before, after in (("Puree", "Soup"), ("Soup", "Meal"), ("Meal", "Parcel")):
        chain.append(make(world.ben, {before: 4}, {after: 6}))
    carrots = first_lot()
    parcel = kin_of(world.ada, lot_of(chain[3]))
    assert [(kin.lot.item, kin.step) for kin in parcel.made_of] == [
        ("Meal", 1),
        ("Soup", 2),
        ("Puree", 3),
        ("Carrots", 4),
    ]
    assert parcel.went_into == ()
    assert [kin.seq for kin in parcel.made_of] == [one.answer.seq for one in reversed(chain)]
    with counted_statements() as deep:
        whole = kin_of(world.ada, carrots)
    assert [(kin.lot.item, kin.step, kin.lot.here) for kin in whole.went_into] == [
        ("Puree", 1, 4),
        ("Soup", 2, 2),
        ("Meal", 3, 2),
        ("Parcel", 4, 6),
    ]
    meal = lot_of(chain[2])
    with counted_statements() as shallow:
        kin_of(world.ada, meal)
    assert len(deep) == len(shallow) == 3


def test_a_lot_reached_by_two_ways_is_listed_once_by_the_shorter(world: World) -> None:
    receive(world.ada, 20, "Carrots")
    puree = make(world.ben, {"Carrots": 4}, {"Puree": 4})
    soup = make(world.ben, {"Carrots": 4, "Puree": 2}, {"Soup": 9})
    found = kin_of(world.ada, lot_of(soup))
    assert [(kin.lot.item, kin.step) for kin in found.made_of] == [("Carrots", 1), ("Puree", 1)]
    reverse_entry(
        ReverseEntry(command_id=uuid4(), entry_id=number_of(soup), reason=""), world.ada, clock
    )
    assert kin_of(world.ada, lot_of(puree)).went_into == ()


def test_another_depots_lot_has_no_genealogy(world: World) -> None:
    receive(world.ada, 20, "Carrots")
    soup = make(world.ben, {"Carrots": 4}, {"Soup": 4})
    assert genealogy(db.session(), world.south.id, lot_of(soup)) is None
    with pytest.raises(NotFound):
        apart(world.cleo, number_of(soup))


def test_taken_apart_the_very_lots_are_here_again(world: World) -> None:
    receive(world.ada, 6, "Rice", date="2027-05")
    receive(world.ada, 6, "Rice", date="2027-06")
    receive(world.ada, 9, "Beans")
    parcels = make(
        world.ben,
        {"Rice": 8, "Beans": 8},
        {"Parcel": 4},
        waste=(ProductionWaste(item="Beans", quantity=1),),
    )
    lot_id = lot_of(parcels)
    put_crate(world.ada, CODE)
    outcome = apart(world.ben, number_of(parcels), location=CODE, note="the date was wrong")
    assert stock(world.ada) == rows(f"""
        1 Beans @ Arrivals
        7 Beans @ {CODE}
        4 Rice/2027-06 @ Arrivals
        6 Rice/2027-05 @ {CODE}
        2 Rice/2027-06 @ {CODE}
    """)
    assert kin_of(world.ada, lot_id).made_of == ()
    with pytest.raises(AlreadyTakenApart, match=str(outcome.answer.seq)):
        apart(world.ben, number_of(parcels))
    with pytest.raises(NothingToTakeApart):
        apart(world.ben, number_of(outcome))
    found = find_production(db.session(), world.ada, number_of(parcels))
    assert found is not None
    assert found.apart_by == outcome.answer.seq
    reverse_entry(
        ReverseEntry(command_id=uuid4(), entry_id=number_of(outcome), reason=""), world.ada, clock
    )
    assert len(kin_of(world.ada, lot_id).made_of) == 3
    apart(world.ben, number_of(parcels))


def test_what_is_not_all_here_is_not_taken_apart(world: World) -> None:
    receive(world.ada, 8, "Rice")
    parcels = make(world.ben, {"Rice": 8}, {"Parcel": 4})
    lines = (GoodsLine(item="Parcel", quantity=1),)
    out = TakeOut(command_id=uuid4(), place="Arrivals", reason="damaged", lines=lines)
    take_out(out, world.ada, clock)
    before = stock(world.ada)
    with pytest.raises(NotWhole) as refused:
        apart(world.ben, number_of(parcels))
    assert refused.value.params["made"] == Measure(4, "piece")
    assert refused.value.params["here"] == Measure(3, "piece")
    assert stock(world.ada) == before


def test_what_is_on_hold_or_undone_is_not_taken_apart(world: World) -> None:
    put_crate(world.ada, CODE, at="On hold")
    receive(world.ada, 8, "Rice")
    held = produce_goods(
        ProduceGoods(
            command_id=uuid4(),
            inputs=(ProductionInput(item="Rice", quantity=2),),
            outputs=(ProductionOutput(item="Parcel", quantity=1, crate_code=CODE),),
        ),
        world.ben,
        clock,
    )
    with pytest.raises(OnHold):
        apart(world.ben, number_of(held))
    reverse_entry(
        ReverseEntry(command_id=uuid4(), entry_id=number_of(held), reason=""), world.ada, clock
    )
    with pytest.raises(AlreadyReversed):
        apart(world.ben, number_of(held))


def test_the_same_taking_apart_twice_is_one(world: World) -> None:
    receive(world.ada, 8, "Rice")
    parcels = make(world.ben, {"Rice": 8}, {"Parcel": 4})
    command = TakeApart(command_id=uuid4(), entry_id=number_of(parcels))
    assert not take_apart(command, world.ben, clock).repeated
    assert take_apart(command, world.ben, clock).repeated
    assert stock(world.ada) == rows("8 Rice @ Arrivals")


def test_undoing_what_was_taken_apart_gives_nothing_twice(world: World) -> None:
    received = receive(world.ada, 8, "Rice")
    parcels = make(world.ben, {"Rice": 8}, {"Parcel": 4})
    apart(world.ben, parcels.entry_id or 0)
    for entry_id, left in ((number_of(parcels), "8 Rice @ Arrivals"), (number_of(received), "")):
        reverse_entry(
            ReverseEntry(command_id=uuid4(), entry_id=entry_id, reason=""), world.ada, clock
        )
        assert stock(world.ada) == rows(left)
