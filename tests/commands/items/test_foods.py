"""What goods contain and whom they suit, and that nothing is ever free of what went into it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.allergens import ALLERGENS, FoodFacts, FoodWish
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.crates.queries.crates import crate_view, find_crate
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.distribution.queries.event_plans import pick_list
from depot.items.commands.items import SaveItem, save_item
from depot.items.queries.foods import item_foods, used_diets
from depot.locations.queries.places import stock_by_place
from depot.locations.queries.shelves import narrow_shelves, shelves
from depot.models import Item, Lot
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.stock.queries.items import item_facts
from depot.stock.queries.stock import lots_of_item, stock_by_item
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import put_crate, put_place
from tests.current import db

CODE = "7K3M-9QX2"
DIETS = ("vegan", "halal", "low sugar")


def item_of(actor: Actor, name: str) -> Item:
    asked = select(Item).where(Item.depot_id == actor.depot_id, Item.name == name)
    return db.session.scalars(asked).one()


def state(actor: Actor, name: str, *allergens: str, known: bool = True, **more: object) -> None:
    """Say what an item contains and whom it suits."""
    item = item_of(actor, name)
    command = SaveItem(
        command_id=uuid4(),
        item_id=item.id,
        name=name,
        category=item.category_id,
        base_unit=item.base_unit,
        allergens=allergens,
        allergens_known=known,
        **more,  # type: ignore[arg-type]
    )
    save_item(command, actor, clock)


def make(actor: Actor, name: str, *inputs: ProductionInput, crate: str | None = None) -> int:
    """Make some of an item and return its lot."""
    made = ProductionOutput(item=name, quantity=10, crate_code=crate)
    command = ProduceGoods(command_id=uuid4(), inputs=inputs, outputs=(made,))
    outcome = produce_goods(command, actor, clock)
    asked = select(Lot.id).where(
        Lot.depot_id == actor.depot_id, Lot.produced_by_seq == outcome.body["seq"]
    )
    return db.session.scalars(asked).one()


def used(item: str, lot_id: int | None = None, quantity: int = 1) -> ProductionInput:
    return ProductionInput(item=item, quantity=quantity, lot_id=lot_id)


def food(world: World, name: str) -> FoodFacts:
    item_id = item_of(world.ada, name).id
    return item_foods(world.session, world.north.id, [item_id])[item_id]


def test_nobody_looked_and_none_of_them_are_two_things(world: World) -> None:
    receive(world.ada, 5, "Rice")
    assert food(world, "Rice") == FoodFacts()
    state(world.ada, "Rice")
    assert food(world, "Rice") == FoodFacts((), True)
    state(world.ada, "Rice", "nuts", known=False)
    assert food(world, "Rice") == FoodFacts(("nuts",))
    assert not food(world, "Rice").is_free_of("milk")


def test_own_words_are_the_depots_and_a_coordinators_to_write(world: World) -> None:
    for actor in (world.ada, world.cleo):
        receive(actor, 5, "Rice")
    state(world.ada, "Rice", diets=("No cooking", "Vegan", "no-cooking"))
    assert food(world, "Rice").diets == ("vegan", "no-cooking")
    assert used_diets(world.session, world.north.id) == ["no-cooking"]
    assert used_diets(world.session, world.south.id) == []
    with pytest.raises(Forbidden):
        state(world.ben, "Rice", diets=("mine",))
    theirs = item_of(world.ada, "Rice")
    command = SaveItem(
        command_id=uuid4(), item_id=theirs.id, name="Rice", category=1, base_unit="piece"
    )
    with pytest.raises(NotFound):
        save_item(command, world.cleo, clock)
    assert item_foods(world.session, world.south.id, [theirs.id]) == {}
    assert food(world, "Rice").diets == ("vegan", "no-cooking")


def test_what_cannot_be_so_is_refused(world: World) -> None:
    receive(world.ada, 5, "Rice")
    for allergen, diet in (("milk", "vegan"), ("fish", "Vegetarian"), ("gluten", "gluten free")):
        with pytest.raises(Invalid) as refused:
            state(world.ada, "Rice", allergen, diets=(diet,))
        assert refused.value.field == "diets"
    with pytest.raises(Invalid):
        state(world.ada, "Rice", "stones")
    with pytest.raises(Invalid):
        state(world.ada, "Rice", diets=("x" * 41,))
    with pytest.raises(Invalid):
        state(world.ada, "Rice", diets=tuple(f"word {n}" for n in range(21)))
    assert food(world, "Rice") == FoodFacts()


def test_what_is_made_inherits_and_learns_what_is_said_later(world: World) -> None:
    for name in ("Flour", "Butter"):
        receive(world.ada, 9, name)
    make(world.ben, "Bread", used("Flour"), used("Butter"))
    state(world.ada, "Flour", "gluten", diets=("vegan", "halal"))
    state(world.ada, "Bread", diets=("kosher",))  # says nothing of what went in
    assert food(world, "Bread") == FoodFacts(("gluten",))
    state(world.ada, "Butter", "milk", diets=("halal",))
    assert food(world, "Bread") == FoodFacts(("gluten", "milk"), True, ("halal",))
    facts = item_facts(world.session, world.north.id, item_of(world.ada, "Bread").id)
    assert facts
    assert facts.stated == FoodFacts((), True, ("kosher",))
    assert facts.food == FoodFacts()  # of the next bread nothing is known


def test_what_went_out_is_told_of_when_none_is_left(world: World) -> None:
    receive(world.ada, 9, "Flour")
    state(world.ada, "Flour", "nuts")
    make(world.ada, "Bread", used("Flour"))
    state(world.ada, "Bread")
    make(world.ada, "Toast", used("Bread", quantity=10))
    assert food(world, "Bread") == FoodFacts()
    assert food(world, "Toast") == FoodFacts(("nuts",), True)


def test_stock_by_place_can_be_narrowed_to_what_is_known(world: World) -> None:
    receive(world.ada, 4, "Rice")
    receive(world.ada, 9, "Nut bars")
    state(world.ada, "Rice", diets=("vegan",))
    state(world.ada, "Nut bars", "nuts")
    make(world.ada, "Porridge", used("Rice"))
    put_place(world.ada, "Shelf B2")
    depot, without = world.ada.depot_id, FoodWish(without=("nuts",))
    everything = stock_by_place(db.session(), depot)
    assert len(everything.places) > 1
    (arrivals,) = stock_by_place(db.session(), depot, wish=without).places
    assert (arrivals.name, arrivals.total.kinds) == ("Arrivals", 2)
    nothing = stock_by_place(db.session(), depot, wish=FoodWish(diets=("halal",)))
    assert (nothing.places, nothing.unplaced) == ((), None)
    cleos = stock_by_place(db.session(), world.cleo.depot_id, wish=without)
    assert cleos.places == ()


def test_a_pick_list_leaves_what_is_not_known_where_it_is(world: World) -> None:
    for name, date in (("Flour", "2027-01"), ("Nuts", "2027-01")):
        receive(world.ada, 9, name, date=date)
    state(world.ada, "Flour")
    state(world.ada, "Nuts", "nuts")
    make(world.ada, "Bread", used("Nuts"))
    good = make(world.ada, "Bread", used("Flour"))
    planned = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(planned, world.ada, clock).body["id"]
    lines = (PlannedGoods("Bread", 15), PlannedGoods("Nuts", 2))
    plan_goods(PlanGoods(command_id=uuid4(), event_id=event_id, lines=lines), world.ada, clock)
    wish = FoodWish(("nuts",))
    found = pick_list(world.session, world.north.id, event_id, NOW.date(), wish)
    assert [(row.held.lot_id, row.quantity) for row in found.fetches] == [(good, 10)]
    assert [(row.item, row.quantity) for row in found.missing] == [("Bread", 5), ("Nuts", 2)]


@dataclass
class Oracle:
    """What a test wrote down itself: what is said of items, and what each lot is made of."""

    said: dict[str, tuple[set[str], bool, set[str]]] = field(default_factory=dict)
    #: A lot, its item, and the lots that went in.
    lots: dict[int, tuple[str, list[int]]] = field(default_factory=dict)

    def basics(self, lot_id: int) -> list[str]:
        """Return the items at the bottom of a lot, by walking down."""
        name, parts = self.lots[lot_id]
        return [below for part in parts for below in self.basics(part)] if parts else [name]

    def within(self, lot_id: int) -> set[str]:
        name, parts = self.lots[lot_id]
        return self.said[name][0].union(*(self.within(part) for part in parts))

    def is_free(self, lot_id: int, code: str) -> bool:
        looked = all(self.said[name][1] for name in self.basics(lot_id))
        return looked and code not in self.within(lot_id)

    def suits(self, lot_id: int, diet: str) -> bool:
        forbids = diet == "vegan" and self.within(lot_id) & {"milk", "eggs", "fish"}
        return not forbids and all(diet in self.said[name][2] for name in self.basics(lot_id))


def say_something(world: World, oracle: Oracle, name: str, chance: random.Random) -> None:
    inside = {code for code in ("nuts", "milk", "gluten") if chance.random() < 0.3}
    known = chance.random() < 0.7
    diets = {diet for diet in DIETS if chance.random() < 0.7}
    if "milk" in inside:
        diets.discard("vegan")
    oracle.said[name] = (inside, known, diets)
    state(world.ada, name, *inside, known=known, diets=tuple(diets))


def test_nothing_is_free_of_what_went_in_or_of_what_nobody_looked_at(world: World) -> None:
    chance = random.Random(11)
    oracle = Oracle()
    put_crate(world.ada, CODE, at="Arrivals")
    for name in ("Flour", "Milk", "Nuts", "Rice"):
        lot_id = received(world, name)
        oracle.lots[lot_id] = (name, [])
    for number in range(8):
        parts = chance.sample(sorted(oracle.lots), chance.choice((1, 2, 3)))
        name = chance.choice(("Soup", "Bread", "Parcel"))
        went_in = [used(oracle.lots[part][0], part) for part in parts]
        made = make(world.ada, name, *went_in, crate=CODE if number % 2 else None)
        oracle.lots[made] = (name, parts)
    names = sorted({name for name, _parts in oracle.lots.values()})
    for round_ in range(4):
        for name in names if not round_ else chance.sample(names, 3):
            say_something(world, oracle, name, chance)
        check_all(world, oracle)


def received(world: World, name: str) -> int:
    receive(world.ada, 90, name)
    (lot,) = lots_of_item(world.session, world.north.id, item_of(world.ada, name).id)
    return lot.lot_id


def check_all(world: World, oracle: Oracle) -> None:
    """Compare everything that tells of food with the oracle."""
    for lot_id, foods in all_that_is_told(world, oracle).items():
        assert len(foods) > 1
        for found in foods:
            check_one(oracle, lot_id, found)
    for code in ("nuts", "milk"):
        check_wish(world, oracle, FoodWish((code,)))
    check_wish(world, oracle, FoodWish(("gluten",), ("halal",)))


def all_that_is_told(world: World, oracle: Oracle) -> dict[int, list[FoodFacts]]:
    """Return what items, places and a crate tell of each lot."""
    session, depot_id = world.session, world.north.id
    told: dict[int, list[FoodFacts]] = {lot_id: [] for lot_id in oracle.lots}
    for name in {name for name, _parts in oracle.lots.values()}:
        for lot in lots_of_item(session, depot_id, item_of(world.ada, name).id):
            told[lot.lot_id].append(lot.food)
    for shelf in shelves(session, depot_id):
        for held in shelf.lots:
            told[held.lot_id].append(held.food)
    head = find_crate(session, depot_id, CODE)
    assert head
    inside = crate_view(session, depot_id, head).lots
    assert len(inside) > 2
    for within in inside:
        told[within.lot_id].append(within.food)
    return told


def check_one(oracle: Oracle, lot_id: int, found: FoodFacts) -> None:
    free = {code for code in ALLERGENS if found.is_free_of(code)}
    assert free == {code for code in ALLERGENS if oracle.is_free(lot_id, code)}
    assert set(found.allergens) == oracle.within(lot_id)
    assert set(found.diets) == {diet for diet in DIETS if oracle.suits(lot_id, diet)}


def check_wish(world: World, oracle: Oracle, wish: FoodWish) -> None:
    session, depot_id = world.session, world.north.id

    def fits(lot_id: int) -> bool:
        return all(oracle.is_free(lot_id, code) for code in wish.without) and all(
            oracle.suits(lot_id, diet) for diet in wish.diets
        )

    held = {lot.lot_id: lot for shelf in shelves(session, depot_id) for lot in shelf.lots}
    kept = narrow_shelves(shelves(session, depot_id), wish)
    assert {lot.lot_id for shelf in kept for lot in shelf.lots} == {n for n in held if fits(n)}
    amounts: dict[str, int] = {}
    for lot in held.values():
        if fits(lot.lot_id):
            amounts[lot.item] = amounts.get(lot.item, 0) + lot.quantity
    shown = stock_by_item(session, depot_id, wish=wish)
    assert {row.item: row.quantity for row in shown} == amounts
    assert {row.item for row in stock_by_item(session, depot_id, NOW, "o", wish)} == {
        name for name in amounts if "o" in name.casefold()
    }
    foods = item_foods(session, depot_id)
    for lot in held.values():
        assert fits(lot.lot_id) or not wish.suits(foods[lot.item_id])
