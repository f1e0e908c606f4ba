"""Several crates with the same goods in one act, and a crate that is split into a new one."""

from __future__ import annotations

import random
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Invalid, UnknownItem, UnknownLocation
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import Outcome
from depot.models import Crate
from depot.stock.commands.new_crates import PackCrates, PackedCrates, pack_crates
from tests.builders import World, clock
from tests.commands.shelves import entry_count, kinds_of_discrepancies
from tests.current import db
from tests.stock_text import crates, rows, set_up, stock

CODE = "7K3M-9QX2"
DATES = "20 Rice/2028-05 @ Arrivals, 20 Rice/2027-05 @ Arrivals, place Shelf 2"


def pack(actor: Actor, source: str, *lines: GoodsLine, **more: Any) -> Outcome[PackedCrates]:
    command = PackCrates(command_id=uuid4(), source=source, lines=lines or None, **more)
    return pack_crates(command, actor, clock, random.Random(1))


def rice(quantity: int) -> GoodsLine:
    return GoodsLine(item="Rice", quantity=quantity)


def test_three_crates_with_the_same_are_one_entry_and_the_oldest_date_goes_first(
    world: World,
) -> None:
    set_up(world.ben, DATES)
    before = entry_count(world.ben)
    done = pack(world.ben, "Arrivals", rice(8), count=3, to="Shelf 2").answer
    one, two, three = done.codes
    assert len({one, two, three}) == 3
    assert done.split_from is None
    assert [(line.item, line.quantity) for line in done.lines] == [("Rice", 24)]
    assert entry_count(world.ben) == before + 1
    assert stock(world.ben) == rows(
        f"8 Rice/2027-05 @ {one}, 8 Rice/2027-05 @ {two}, 4 Rice/2027-05 @ {three},"
        f" 4 Rice/2028-05 @ {three}, 16 Rice/2028-05 @ Arrivals"
    )
    assert crates(world.ben) == rows(
        ", ".join(f"crate {code} in_use @ Shelf 2" for code in done.codes)
    )


def test_a_split_makes_a_crate_beside_the_old_one_that_knows_where_it_came_from(
    world: World,
) -> None:
    set_up(world.ben, f"place Shelf 2, crate {CODE} @ Shelf 2, 8 Rice @ {CODE}")
    done = pack(world.ben, CODE, rice(3)).answer
    (new,) = done.codes
    assert done.split_from == CODE
    assert stock(world.ben) == rows(f"5 Rice @ {CODE}, 3 Rice @ {new}")
    assert crates(world.ben) == rows(f"crate {CODE} in_use @ Shelf 2, crate {new} in_use @ Shelf 2")
    ids = {row.code: row for row in db.session.scalars(select(Crate))}
    assert ids[new].split_from_id == ids[CODE].location_id


def test_all_of_a_crate_goes_into_a_new_one(world: World) -> None:
    set_up(world.ben, f"crate {CODE} @ Arrivals, 8 Rice @ {CODE}")
    (new,) = pack(world.ben, CODE).answer.codes
    assert stock(world.ben) == rows(f"8 Rice @ {new}")


def test_more_than_the_book_has_is_accepted_and_asked_about(world: World) -> None:
    set_up(world.ben, "5 Rice @ Arrivals")
    one, two = pack(world.ben, "Arrivals", rice(4), count=2).answer.codes
    assert stock(world.ben) == rows(f"4 Rice @ {one}, 4 Rice @ {two}")
    assert kinds_of_discrepancies(world.ben) == ["short_stock"]


def test_twice_is_once_and_an_undo_takes_all_of_it_back(world: World) -> None:
    set_up(world.ben, "40 Rice @ Arrivals")
    command = PackCrates(command_id=uuid4(), source="Arrivals", lines=(rice(8),), count=3)
    first = pack_crates(command, world.ben, clock)
    again = pack_crates(command, world.ben, clock)
    assert again.repeated
    assert again.answer == first.answer
    assert first.entry_id is not None
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=first.entry_id), world.ben, clock)
    assert stock(world.ben) == rows("40 Rice @ Arrivals")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"count": 0}, Invalid),
        ({"count": 201}, Invalid),
        ({"count": 2, "lines": None}, Invalid),
        ({"lines": ()}, Invalid),
        ({"source": "Shelf 9"}, UnknownLocation),
        ({"to": "Shelf 9"}, UnknownLocation),
        ({"lines": (GoodsLine(item="Gold", quantity=1),)}, UnknownItem),
    ],
)
def test_what_cannot_be_packed_is_refused_and_makes_no_crate(
    world: World, wrong: dict[str, Any], error: type[Exception]
) -> None:
    set_up(world.ben, "40 Rice @ Arrivals")
    asked: dict[str, Any] = {"source": "Arrivals", "lines": (rice(1),), "count": 1} | wrong
    with pytest.raises(error):
        pack_crates(PackCrates(command_id=uuid4(), **asked), world.ben, clock)
    assert crates(world.ben) == []


def test_nothing_there_is_no_crate(world: World) -> None:
    set_up(world.ben, f"crate {CODE} @ Arrivals")
    with pytest.raises(Invalid):
        pack(world.ben, CODE)


def test_another_depots_crate_is_not_split(world: World) -> None:
    set_up(world.ben, f"crate {CODE} @ Arrivals, 8 Rice @ {CODE}")
    with pytest.raises(UnknownLocation):
        pack(world.cleo, CODE, rice(1))
    assert stock(world.ben) == rows(f"8 Rice @ {CODE}")
