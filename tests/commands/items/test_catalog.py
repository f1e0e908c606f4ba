"""Items, categories, partners and places: made, edited, put away, and whose they are."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.dates import ShelfLife
from depot.base.errors import Forbidden, Invalid, NameTaken, NotFound, UnknownCategory
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.categories import SaveCategory, save_category
from depot.items.commands.items import SaveItem, save_item
from depot.items.queries import catalog
from depot.locations.commands import SavePlace, save_place
from depot.models import Category, Crate, Item, Location, Partner
from depot.partners.commands.partners import SavePartner, save_partner
from depot.words.languages import Languages, at_work
from tests.builders import World, clock, receive
from tests.commands.shelves import put_crate
from tests.current import db


def item(who: Actor, name: str, **more: Any) -> int:
    values = {"category": "Bread", "base_unit": "piece"} | more
    outcome = save_item(SaveItem(command_id=uuid4(), name=name, **values), who, clock)
    return int(outcome.body["id"])


def category(who: Actor, name: str, **more: Any) -> int:
    command = SaveCategory(command_id=uuid4(), name=name, **more)
    return int(save_category(command, who, clock).body["id"])


def partner(who: Actor, name: str, **more: Any) -> int:
    command = SavePartner(command_id=uuid4(), name=name, **more)
    return int(save_partner(command, who, clock).body["id"])


def place(who: Actor, name: str, **more: Any) -> int:
    command = SavePlace(command_id=uuid4(), name=name, **more)
    return int(save_place(command, who, clock).body["id"])


def arrivals(who: Actor) -> Location:
    db.session.expire_all()
    return db.session.scalars(
        select(Location).where(Location.depot_id == who.depot_id, Location.is_default)
    ).one()


def test_an_item_is_made_and_edited(world: World) -> None:
    number = item(world.ada, "  Rye   bread ", unit_weight_milligrams=750_000)
    item(world.ada, "Rye bread, sliced", item_id=number, category="Other", note="from Lindt")
    made = db.session.get_one(Item, number)
    assert (made.name, made.name_key, made.note) == (
        "Rye bread, sliced",
        "rye bread, sliced",
        "from Lindt",
    )
    assert made.unit_weight_milligrams is None


def test_a_gram_weighs_a_gram_whatever_is_said(world: World) -> None:
    number = item(world.ada, "Flour", base_unit="gram", unit_weight_milligrams=5)
    assert db.session.get_one(Item, number).unit_weight_milligrams == 1000


def test_the_unit_of_an_item_changes_until_it_is_booked(world: World) -> None:
    number = item(world.ada, "Flour")
    item(world.ada, "Flour", item_id=number, base_unit="gram")
    receive(world.ada, 500, "Flour")
    with pytest.raises(Invalid) as refused:
        item(world.ada, "Flour", item_id=number, base_unit="piece")
    assert refused.value.field == "base_unit"
    item(world.ada, "Wheat flour", item_id=number, base_unit="gram")


@pytest.mark.parametrize("save", [item, category, partner, place])
def test_two_spellings_of_a_name_are_one(world: World, save: Any) -> None:
    save(world.ada, "Höfchen Rot")
    with pytest.raises(NameTaken):
        save(world.ada, "hÖfchen  ROT")
    save(world.cleo, "Höfchen Rot")


@pytest.mark.parametrize("save", [item, category, partner, place])
def test_a_nameless_thing_is_refused(world: World, save: Any) -> None:
    with pytest.raises(Invalid) as refused:
        save(world.ada, "  ")
    assert refused.value.field == "name"


@pytest.mark.parametrize("save", [item, category, partner, place])
def test_only_a_coordinator_edits(world: World, save: Any) -> None:
    with pytest.raises(Forbidden):
        save(world.ben, "Something")


@pytest.mark.parametrize(
    ("save", "own"),
    [
        (item, "item_id"),
        (category, "category_id"),
        (partner, "partner_id"),
        (place, "location_id"),
    ],
)
def test_another_depots_things_are_not_found(world: World, save: Any, own: str) -> None:
    number = save(world.ada, "Ours")
    with pytest.raises(NotFound):
        save(world.cleo, "Theirs", **{own: number})


def test_another_depots_category_and_parent_are_not_found(world: World) -> None:
    ours, room = category(world.ada, "Seeds"), place(world.ada, "Cold room")
    with pytest.raises(UnknownCategory):
        item(world.cleo, "Rye", category=ours)
    with pytest.raises(NotFound):
        place(world.cleo, "Shelf", parent_id=room)


def test_saving_twice_makes_one(world: World) -> None:
    command = SavePartner(command_id=uuid4(), name="Lindt")
    first = save_partner(command, world.ada, clock)
    again = save_partner(command, world.ada, clock)
    assert (again.body, again.repeated) == (first.body, True)
    assert len(db.session.scalars(select(Partner)).all()) == 1


def test_a_category_brings_its_loose_goods_along(world: World) -> None:
    number = category(world.ada, "Seeds", shelf_life=ShelfLife(90, "day"))
    choice = next(row for row in catalog.categories(world.session, 1) if row.id == number)
    loose = db.session.get_one(Item, choice.loose_item_id)
    assert (loose.name, loose.base_unit, loose.is_loose) == ("Seeds, loose", "gram", True)
    category(world.ada, "Seeds and nuts", category_id=number)
    db.session.expire_all()
    assert db.session.get_one(Item, choice.loose_item_id).name == "Seeds and nuts, loose"


def test_a_new_category_comes_last_and_can_be_put_first(world: World) -> None:
    number = category(world.ada, "Seeds")
    assert catalog.categories(world.session, 1)[-1].id == number
    category(world.ada, "Seeds", category_id=number, position=1)
    db.session.expire_all()
    assert catalog.categories(world.session, 1)[0].id == number


def test_loose_goods_are_called_in_the_programs_words_where_the_depot_has_none(
    world: World,
) -> None:
    with at_work(Languages(usual="es")):
        number = category(world.ada, "Semillas")
    choice = next(row for row in catalog.categories(world.session, 1) if row.id == number)
    assert db.session.get_one(Item, choice.loose_item_id).name == "Semillas, suelto"


def test_loose_goods_are_edited_with_their_category(world: World) -> None:
    loose = catalog.categories(world.session, world.ada.depot_id)[0].loose_item_id
    with pytest.raises(Invalid):
        item(world.ada, "Bread of mine", item_id=loose, base_unit="gram")


def test_what_is_put_away_is_not_offered(world: World) -> None:
    rye, seeds = item(world.ada, "Rye"), category(world.ada, "Seeds")
    lindt, room = partner(world.ada, "Lindt"), place(world.ada, "Cold room")
    item(world.ada, "Rye", item_id=rye, archived=True)
    category(world.ada, "Seeds", category_id=seeds, archived=True)
    partner(world.ada, "Lindt", partner_id=lindt, archived=True)
    place(world.ada, "Cold room", location_id=room, archived=True)
    session, depot_id = world.session, world.ada.depot_id
    assert "Rye" not in {row.name for row in catalog.item_names(session, depot_id)}
    assert seeds not in {row.id for row in catalog.categories(session, depot_id)}
    assert catalog.partners_recent(session, depot_id) == []
    assert room not in {row.id for row in catalog.places(session, depot_id)}


def test_an_item_without_category_does_not_go_to_one_put_away(world: World) -> None:
    seeds = category(world.ada, "Seeds")
    category(world.ada, "Seeds", category_id=seeds, archived=True)
    receive(world.ada, 1, "Mystery")
    made = db.session.scalars(select(Item).where(Item.name == "Mystery")).one()
    assert db.session.get_one(Category, made.category_id).name == "Other"


def test_a_place_is_put_away_only_when_empty(world: World) -> None:
    room = place(world.ada, "Cold room")
    shelf = place(world.ada, "Shelf", parent_id=room)
    with pytest.raises(Invalid):
        place(world.ada, "Cold room", location_id=room, archived=True)
    receive(world.ada, 3, "Rice", location="Shelf")
    with pytest.raises(Invalid):
        place(world.ada, "Shelf", location_id=shelf, parent_id=room, archived=True)


def test_a_retired_crate_does_not_keep_a_place(world: World) -> None:
    room = place(world.ada, "Cold room")
    put_crate(world.ada, "7K3M-9QX2", at="Cold room", state="in_use")
    with pytest.raises(Invalid):
        place(world.ada, "Cold room", location_id=room, archived=True)
    crate = db.session.scalars(select(Crate)).one()
    crate.state, crate.retired_at = "retired", clock()
    db.session.commit()
    place(world.ada, "Cold room", location_id=room, archived=True)


def test_goods_arrive_at_one_place_which_is_never_on_hold_nor_put_away(world: World) -> None:
    door = place(world.ada, "Side door", is_arrivals=True)
    assert arrivals(world.ada).id == door
    assert arrivals(world.cleo).name == "Arrivals"
    for wrong in ({"kind": "quarantine"}, {"archived": True}):
        with pytest.raises(Invalid):
            place(world.ada, "Side door", location_id=door, **wrong)
    receive(world.ada, 3, "Rice")
    place(world.ada, "Back door", is_arrivals=True)
    assert arrivals(world.ada).name == "Back door"


def test_no_place_stands_in_itself(world: World) -> None:
    room = place(world.ada, "Cold room")
    shelf = place(world.ada, "Shelf", parent_id=room)
    with pytest.raises(Invalid):
        place(world.ada, "Cold room", location_id=room, parent_id=shelf)
    with pytest.raises(Invalid):
        place(world.ada, "Cold room", location_id=room, parent_id=room)


def test_no_place_is_called_like_a_crate(world: World) -> None:
    put_crate(world.ada, "7K3M-9QX2")
    crate = db.session.scalars(select(Crate)).one()
    crate.box_number, crate.box_number_key = "BOX 12", "box 12"
    db.session.commit()
    for name in ("7k3m-9qx2", "Box  12"):
        with pytest.raises(NameTaken):
            place(world.ada, name)


def test_the_last_category_stays(world: World) -> None:
    rows = db.session.scalars(select(Category).where(Category.depot_id == world.ada.depot_id)).all()
    for row in rows[1:]:
        row.archived = True
    db.session.commit()
    with pytest.raises(Invalid):
        category(world.ada, rows[0].name, category_id=rows[0].id, archived=True)


def test_partners_who_came_lately_are_offered_first(world: World) -> None:
    for name in ("Aldi", "Bakery", "Farm"):
        partner(world.ada, name)
    lines = (ReceiptLine(item="Rolls", quantity=9),)
    receive_goods(ReceiveGoods(command_id=uuid4(), partner="Farm", lines=lines), world.ben, clock)
    offered = catalog.partners_recent(world.session, world.ada.depot_id, 2)
    assert [row.name for row in offered] == ["Farm", "Aldi"]
    assert catalog.partners_recent(world.session, world.cleo.depot_id, 2) == []
