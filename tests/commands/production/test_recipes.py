"""Recipes: versions stay, n times is planned and real use is booked, and waste is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, Forbidden, Invalid, NameTaken, NotFound, UnknownItem
from depot.base.periods import parse_week
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.kernel.once import Outcome
from depot.models import Item, Lot, RecipeLine
from depot.production.commands.production import (
    ProducedGoods,
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    ProductionWaste,
    produce_goods,
)
from depot.production.commands.recipes import (
    RecipeInput,
    RecipeOutput,
    SavedRecipe,
    SaveRecipe,
    save_recipe,
)
from depot.production.errors import WastedMore
from depot.production.queries.recipes import (
    find_recipe,
    last_made,
    listed_recipes,
    recipe_versions,
    recipes_used,
)
from depot.reports.queries.reports import weekly_report
from depot.reports.sums.figures import Figures
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import moves_of
from tests.current import db
from tests.stock_text import rows, stock


@pytest.fixture
def kitchen(world: World) -> World:
    """A depot with vegetables and the items that come out of the pot."""
    receive(world.ada, 30, "Carrots", date="2027-03")
    receive(world.ada, 10, "Stock cubes")
    receive(world.ada, 1, "Soup", date="2026-11-22", date_kind="use_by")
    receive(world.cleo, 30, "Carrots")
    return world


def soup(
    actor: Actor, carrots: int = 10, command_id: UUID | None = None, **more: Any
) -> Outcome[SavedRecipe]:
    command = SaveRecipe(
        command_id=command_id or uuid4(),
        name="Carrot soup",
        inputs=(
            RecipeInput(item="Carrots", quantity=carrots),
            RecipeInput(item="Stock cubes", quantity=2),
        ),
        outputs=(RecipeOutput(item="Soup", quantity=40, keeps_days=3),),
        **more,
    )
    return save_recipe(command, actor, clock)


def make(actor: Actor, **said: Any) -> Outcome[ProducedGoods]:
    return produce_goods(ProduceGoods(command_id=uuid4(), **said), actor, clock)


def test_a_recipe_makes_items_that_are_said_to_be_new(kitchen: World) -> None:
    peel = RecipeInput(item="Marrows", quantity=500, unit="gram")
    stew = RecipeOutput(item="Stew", quantity=4, category="Other")
    said: dict[str, Any] = {"name": "Stew", "inputs": (peel,), "outputs": (stew,)}
    row = save_recipe(SaveRecipe(command_id=uuid4(), **said), kitchen.ada, clock).answer
    found = find_recipe(db.session(), kitchen.ada.depot_id, row.id)
    assert found is not None
    assert [(one.item, one.unit) for one in (*found.inputs, *found.outputs)] == [
        ("Marrows", "gram"),
        ("Stew", "piece"),
    ]
    unknown = {**said, "inputs": (RecipeInput(item="Turnips", quantity=5),)}
    with pytest.raises(UnknownItem):
        save_recipe(SaveRecipe(command_id=uuid4(), **unknown), kitchen.ada, clock)


def test_an_edit_is_a_version_and_the_old_one_stays(kitchen: World) -> None:
    first = soup(kitchen.ada).answer
    same = soup(kitchen.ada, recipe_id=first.id).answer
    later = soup(kitchen.ada, 12).answer
    assert (first.version, same.version, later.version) == (1, 1, 2)
    assert first.id == later.id
    versions = recipe_versions(db.session(), kitchen.north.id, first.id)
    assert [(v.version, v.inputs[0].quantity, v.person) for v in versions] == [
        (2, 12, "Ada"),
        (1, 10, "Ada"),
    ]
    assert versions[0].outputs[0].keeps_days == 3
    with pytest.raises(NameTaken):
        soup(kitchen.ada, must_be_new=True)


def test_what_a_version_says_is_never_written_over(kitchen: World) -> None:
    soup(kitchen.ada)
    with pytest.raises(DatabaseError, match="append-only"):
        db.session().execute(update(RecipeLine).values(quantity=1))
    db.session().rollback()


def test_recipes_are_coordinators_work_done_once_and_their_own_depots(kitchen: World) -> None:
    with pytest.raises(Forbidden):
        soup(kitchen.ben)
    command_id = uuid4()
    assert soup(kitchen.ada, command_id=command_id) != soup(kitchen.ada, command_id=command_id)
    assert soup(kitchen.ada, command_id=command_id).repeated
    with pytest.raises(CommandIdReused):
        soup(kitchen.ada, 99, command_id=command_id)
    recipe_id = listed_recipes(db.session(), kitchen.north.id)[0].id
    assert listed_recipes(db.session(), kitchen.south.id) == []
    assert find_recipe(db.session(), kitchen.south.id, recipe_id) is None
    with pytest.raises(UnknownItem):
        soup(kitchen.cleo, recipe_id=recipe_id)
    for named in (recipe_id, "Carrot soup"):
        with pytest.raises(NotFound):
            make(kitchen.cleo, recipe=named)


def test_a_recipe_says_what_goes_in_and_what_comes_out(kitchen: World) -> None:
    carrots, pot = RecipeInput(item="Carrots", quantity=1), RecipeOutput(item="Soup", quantity=1)
    for inputs, outputs in (
        ((), (pot,)),
        ((carrots,), ()),
        ((carrots, carrots), (pot,)),
        ((RecipeInput(item="Carrots", quantity=0),), (pot,)),
        ((carrots,), (RecipeOutput(item="Soup", quantity=1, keeps_days=9999),)),
    ):
        command = SaveRecipe(command_id=uuid4(), name="Odd", inputs=inputs, outputs=outputs)
        with pytest.raises(Invalid):
            save_recipe(command, kitchen.ada, clock)


def test_made_three_times_is_three_times_the_recipe_with_its_date(kitchen: World) -> None:
    soup(kitchen.ada, 5)
    outcome = make(kitchen.ben, recipe="carrot SOUP", times=3)
    assert moves_of(outcome.entry_id) == [
        ("Arrivals", "production", 15),
        ("Arrivals", "production", 6),
        ("production", "Arrivals", 120),
    ]
    made = db.session().scalars(select(Lot).where(Lot.produced_by_seq == outcome.answer.seq)).one()
    assert (made.date_kind, made.date_text) == ("use_by", "2026-11-24")
    soup(kitchen.ada, 6)
    made_by = recipes_used(db.session(), kitchen.north.id, [outcome.entry_id or 0])
    used = made_by[outcome.entry_id or 0]
    assert (used.recipe.version, used.times, used.recipe.inputs[0].quantity) == (1, 3, 5)
    assert last_made(db.session(), kitchen.north.id, used.recipe.id) == outcome.entry_id


def test_real_use_stands_beside_the_plan_and_a_typed_date_wins(kitchen: World) -> None:
    soup(kitchen.ada)
    outcome = make(
        kitchen.ben,
        recipe="Carrot soup",
        inputs=(ProductionInput(item="Carrots", quantity=11),),
        outputs=(
            ProductionOutput(item="Soup", quantity=38, date="2026-11-22", date_kind="use_by"),
        ),
    )
    assert [line.quantity for line in outcome.answer.inputs] == [11]
    made = db.session().scalars(select(Lot).where(Lot.produced_by_seq == outcome.answer.seq)).one()
    assert made.date_text == "2026-11-22"


def test_a_recipe_is_made_a_sensible_number_of_times(kitchen: World) -> None:
    soup(kitchen.ada)
    for times in (0, -1, 10_001):
        with pytest.raises(Invalid):
            make(kitchen.ben, recipe="Carrot soup", times=times)
    with pytest.raises(Invalid):
        make(kitchen.ben, times=2, inputs=(ProductionInput(item="Carrots", quantity=1),))


def test_waste_is_lost_and_what_came_out_is_whole(kitchen: World) -> None:
    soup(kitchen.ada)
    outcome = make(
        kitchen.ben,
        recipe="Carrot soup",
        waste=(
            ProductionWaste(item="Carrots", quantity=4),
            ProductionWaste(item="Soup", quantity=2),
        ),
    )
    assert moves_of(outcome.entry_id) == [
        ("Arrivals", "production", 6),
        ("Arrivals", "production", 2),
        ("production", "Arrivals", 42),
        ("Arrivals", "loss", 4),
        ("Arrivals", "loss", 2),
    ]
    assert [line.quantity for line in outcome.answer.inputs] == [10, 2]
    assert [line.quantity for line in outcome.answer.outputs] == [40]
    assert [line.quantity for line in outcome.answer.waste] == [4, 2]
    assert stock(kitchen.ada) == rows("""
        1 Soup/use by 2026-11-22 @ Arrivals
        40 Soup/use by 2026-11-24 @ Arrivals
        8 Stock cubes @ Arrivals
        20 Carrots/2027-03 @ Arrivals
    """)


def test_the_report_has_waste_as_lost_and_adds_up(kitchen: World) -> None:
    soup(kitchen.ada)
    wasted = ProductionWaste(item="Carrots", quantity=4)
    make(kitchen.ben, recipe="Carrot soup", waste=(wasted,))
    week = parse_week("2026-W47", kitchen.north.week_start)
    report = weekly_report(db.session(), kitchen.north, week)
    carrots = next(line for line in report.items if line.item == "Carrots").quantities
    assert carrots == Figures(sourced=30, produced=-6, lost=4, closing=20)
    assert [share.kind for share in report.losses] == ["waste"]


def test_no_more_is_wasted_than_went_in(kitchen: World) -> None:
    soup(kitchen.ada)
    with pytest.raises(WastedMore, match=r"11.*10"):
        make(
            kitchen.ben,
            recipe="Carrot soup",
            waste=(ProductionWaste(item="Carrots", quantity=11),),
        )
    receive(kitchen.ada, 3, "Rice")
    with pytest.raises(Invalid):
        make(kitchen.ben, recipe="Carrot soup", waste=(ProductionWaste(item="Rice", quantity=1),))
    assert db.session().scalar(select(Item.id).where(Item.name == "Rice")) is not None


def test_what_was_made_late_with_waste_is_undone_whole(kitchen: World) -> None:
    soup(kitchen.ada)
    before = stock(kitchen.ada)
    yesterday = NOW - timedelta(days=1)
    receive(kitchen.ada, 30, "Carrots", date="2027-02", at=yesterday - timedelta(hours=2))
    late = make(
        kitchen.ada,
        recipe="Carrot soup",
        times=2,
        waste=(
            ProductionWaste(item="Carrots", quantity=3),
            ProductionWaste(item="Soup", quantity=5),
        ),
        occurred_at=yesterday,
    )
    assert "80 Soup/use by 2026-11-23 @ Arrivals" in [repr(row) for row in stock(kitchen.ada)]
    undo = ReverseEntry(command_id=uuid4(), entry_id=late.entry_id or 0, reason="")
    reverse_entry(undo, kitchen.ada, clock)
    fresh = rows("30 Carrots/2027-02 @ Arrivals")
    assert sorted(map(repr, stock(kitchen.ada))) == sorted(map(repr, [*before, *fresh]))
