"""New names that are almost known ones, and what one weighs: asked about where they are typed."""

from __future__ import annotations

from uuid import uuid4

from depot.base.questions import INSTEAD
from depot.items.commands.item_codes import LearnCode, learn_code
from tests.builders import World, clock, on_hand, receive, stock_at
from tests.commands.doubting import asked, asked_codes, donation, save, there, things, told


def test_a_new_name_that_is_almost_a_known_one_can_be_the_known_one(world: World) -> None:
    receive(world.ben, 4, "Tomatoes")
    act = donation(item="Tomatos", quantity=6)
    error = asked(act, world.ben)
    ((key, question),) = error.questions.items()
    assert question.params == {"name": "Tomatos", "known": "Tomatoes"}
    act(there(world.ben, key, key + INSTEAD))
    assert stock_at(world.ben, "Arrivals") == {"Tomatoes": 10}
    assert told(world) == []


def test_a_new_name_that_is_almost_a_known_one_can_be_new(world: World) -> None:
    receive(world.ben, 4, "Tomatoes")
    act = donation(item="Tomatos", quantity=6)
    act(there(world.ben, *asked(act, world.ben).questions))
    assert stock_at(world.ben, "Arrivals") == {"Tomatoes": 4, "Tomatos": 6}
    assert told(world) == []


def test_pieces_are_never_taken_for_grams_of_the_known_one(world: World) -> None:
    donation(item="Tomatoes", weight_grams=4_000)(world.ben)
    act = donation(item="Tomatos", quantity=6)
    ((key, question),) = asked(act, world.ben).questions.items()
    assert question.instead == ""
    act(there(world.ben, key, key + INSTEAD))
    assert on_hand(world.ben, "Tomatoes") == 4_000


def test_an_almost_known_name_that_comes_late_is_made_and_listed(world: World) -> None:
    receive(world.ben, 4, "Tomatoes")
    outcome = donation(item="Tomatos", quantity=6)(world.ben)
    assert outcome.discrepancies == 1
    assert [(one.item, one.detail) for one in things(world)] == [("Tomatos", "name Tomatoes")]


def test_names_of_another_depot_are_not_told(world: World) -> None:
    receive(world.cleo, 4, "Tomatoes")
    assert donation(item="Tomatos", quantity=6)(there(world.ben)).discrepancies == 0


def test_a_weight_on_the_items_page_is_asked_about_listed_and_settled_by_mending(
    world: World,
) -> None:
    act = save("Roll", unit_weight_milligrams=80_000_000)
    error = asked(act, world.ada)
    number = act(there(world.ada, *error.questions)).body["id"]
    assert told(world) == [("unit_weight", None, 80_000_000)]
    save("Roll", item_id=number, unit_weight_milligrams=80_000)(there(world.ada))
    assert told(world) == []


def test_a_new_item_that_is_almost_a_known_one_is_asked_about_on_its_page(world: World) -> None:
    receive(world.ben, 4, "Tomatoes")
    assert asked_codes(save("Tomatos"), world.ada) == ["almost_known_name"]


def test_a_pack_of_very_many_is_asked_about(world: World) -> None:
    receive(world.ben, 4, "Beans")
    learn = LearnCode(
        command_id=uuid4(), code="4006381333931", item="Beans", pack_quantity=4_006_381
    )
    codes = asked_codes(lambda who: learn_code(learn, who, clock), world.ben)
    assert codes == ["looks_like_product_code"]
