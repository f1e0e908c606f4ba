"""What lay where at any moment, worked back from what lies there now."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from depot.kernel.once import Work
from depot.kernel.weights import held_quantities, named_items
from depot.models import Item, Location
from tests.builders import NOW, World
from tests.commands.kernel.house import CRATE, HELD, SOUTHS, TODAY, Begin

ALWAYS = {(CRATE, "Rice"): 9, (CRATE, "Ham"): 5, ("Shelf A", "Salt"): 6, (HELD, "Beans"): 3}


def held(work: Work, as_of: datetime | None = None) -> dict[tuple[str, str], int]:
    rows = held_quantities(work.depot_id, as_of)
    total = func.sum(rows.c.quantity)
    found = work.session.execute(
        select(Location.name, Item.name, total)
        .join(Location, Location.id == rows.c.location_id)
        .join(Item, Item.id == rows.c.item_id)
        .group_by(Location.name, Item.name)
        .having(total != 0)
    )
    return {(place, item): quantity for place, item, quantity in found}


def test_what_lay_there_is_what_lies_there_less_what_came_since(begin: Begin) -> None:
    work = begin()
    assert held(work) == held(work, TODAY) == ALWAYS | {("Arrivals", "Rice"): 20}
    yesterday = ALWAYS | {("Arrivals", "Rice"): 24}
    assert held(work, NOW) == held(work, TODAY - timedelta(seconds=1)) == yesterday
    assert held(work, NOW - timedelta(seconds=1)) == {}


def test_each_depot_holds_its_own(begin: Begin, shared: World) -> None:
    work = begin(shared.cleo)
    assert held(work) == {("Shelf A", "Rice"): 5, (SOUTHS, "Oats"): 2}
    assert held(work, NOW) == {("Shelf A", "Rice"): 7, (SOUTHS, "Oats"): 3}
    assert held(work, NOW - timedelta(seconds=1)) == {}


def test_items_are_named_by_a_part_of_their_name_word_for_word(begin: Begin) -> None:
    work = begin()
    category_id = work.session.scalars(
        select(Item.category_id).where(Item.depot_id == work.depot_id)
    ).first()
    for name in ("Milk 3% fat", "Milk_whole"):
        item = Item(
            depot_id=work.depot_id,
            category_id=category_id,
            name=name,
            name_key=name.lower(),
            base_unit="piece",
        )
        work.session.add(item)
    work.session.flush()

    def named(search: str) -> set[str]:
        wanted = select(Item.name).where(Item.id.in_(named_items(work.depot_id, search)))
        return set(work.session.scalars(wanted.where(~Item.is_loose)))

    assert named("ICE") == {"Rice"}
    assert named(" 3% ") == {"Milk 3% fat"}
    assert named("k_w") == {"Milk_whole"}
    assert named("rice%") == named("theirs") == set()
    depots = select(Item.depot_id).where(Item.id.in_(named_items(work.depot_id, "rice")))
    assert set(work.session.scalars(depots)) == {work.depot_id}
