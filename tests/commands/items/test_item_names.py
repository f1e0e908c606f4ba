"""An item has names in several languages, is found by each, and no other item takes one of them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Invalid, NameTaken
from depot.db.speaking import naming_in
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.items import NameIn, SaveItem, save_item
from depot.items.item_names import names_of_items
from depot.items.queries import catalog
from depot.kernel.answers import Saved
from depot.models import Item
from depot.stock.queries import items
from tests.builders import World, on_hand


def save(actor: Actor, name: str, item_id: int | None = None, **names: str) -> Saved:
    told = tuple(NameIn(language, there) for language, there in names.items())
    command = SaveItem(
        command_id=uuid4(),
        item_id=item_id,
        name=name,
        category="Other",
        base_unit="piece",
        names=told,
    )
    return save_item(command, actor).answer


def test_goods_are_booked_on_the_item_by_any_of_its_names(world: World) -> None:
    lentils = save(world.ada, "Lentils", es="Lentejas", ar="عدس")
    lines = tuple(ReceiptLine(item=name, quantity=2) for name in ("lentejas", "عدس", "LENTILS"))
    receive_goods(ReceiveGoods(command_id=uuid4(), source_kind="donation", lines=lines), world.ben)
    assert on_hand(world.ada, "Lentils") == 6
    assert catalog.unit_of_item(world.session, world.north.id, "Lentejas") == "piece"
    assert catalog.unit_of_item(world.session, world.south.id, "Lentejas") is None
    for part in ("lentej", "عد", "entil"):
        (found,) = items.listed_items(world.session, world.north.id, part)
        assert found.id == lentils.id


def test_each_reads_their_own_name_and_else_the_depots(world: World) -> None:
    lentils = save(world.ada, "Lentils", es="Lentejas")
    for language, called in (("es", "Lentejas"), ("de", "Lentils"), ("", "Lentils")):
        with naming_in(language):
            facts = items.item_facts(world.session, world.north.id, lentils.id)
            names = [row.name for row in catalog.item_names(world.session, world.north.id)]
        assert facts is not None
        assert (facts.name, facts.called) == ("Lentils", called)
        assert called in names


def test_no_other_item_takes_a_name_in_any_language(world: World) -> None:
    lentils = save(world.ada, "Lentils", es="Lentejas")
    for taken in ("Lentejas", "lentils"):
        with pytest.raises(NameTaken):
            save(world.ada, taken)
        with pytest.raises(NameTaken):
            save(world.ada, "Beans", de=taken)
    assert world.session.scalar(select(Item).where(Item.name == "Beans")) is None
    save(world.ada, "Lentils", lentils.id, it="Lentejas")  # the same item may be called the same
    save(world.cleo, "Lentejas")  # another depot has names of its own


def test_a_name_is_changed_taken_away_and_left_as_it_was(world: World) -> None:
    lentils = save(world.ada, "Lentils", es="Lentejas", de="Linsen")
    save(world.ada, "Lentils", lentils.id, es="Lenteja", de="")
    save(world.ada, "Lentils", lentils.id)
    assert names_of_items(world.session, world.north.id, [lentils.id]) == {
        lentils.id: {"es": "Lenteja"}
    }
    assert not names_of_items(world.session, world.south.id, [lentils.id])
    save(world.ada, "Linsen")  # it is free again
    with pytest.raises(Invalid):
        save(world.ada, "Peas", es="a" * 121)
