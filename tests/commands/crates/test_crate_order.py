"""Crates are listed in an order that goes on where a page ended, the same on both databases."""

from __future__ import annotations

import pytest

from depot.crates.queries.crate_lists import CrateFilter, all_crates
from depot.crates.queries.crate_order import CrateOrder
from tests.builders import World
from tests.current import db
from tests.stock_text import set_up

RICE, BEANS, MIXED = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3"


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("newest", [MIXED, BEANS, RICE]),
        ("contents", [MIXED, BEANS, RICE]),
        ("place", [BEANS, MIXED, RICE]),
        ("date", [MIXED, RICE, BEANS]),
    ],
)
@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_each_order_is_the_same_however_it_is_paged(
    world: World, order: CrateOrder, codes: list[str], at_once: int
) -> None:
    set_up(
        world.ben,
        f"place Cellar, place Attic, crate {RICE}, crate {BEANS} @ Attic, crate {MIXED} @ Cellar,"
        f" 8 Rice/2027-05 @ {RICE}, 6 Beans @ {BEANS}, 1 Rice/2029-01 @ {MIXED},"
        f" 1 Apples/2027-01 @ {MIXED}",
    )
    found = all_crates(db.session(), world.ben.depot_id, CrateFilter(order=order), at_once)
    assert [row.code for row in found] == codes


def test_a_crate_knows_the_categories_of_what_is_in_it_once(world: World) -> None:
    set_up(world.ben, f"crate {RICE} @ Arrivals, 8 Rice @ {RICE}, 6 Beans @ {RICE}")
    (line,) = all_crates(db.session(), world.ben.depot_id, CrateFilter())
    assert len(line.categories) == 1
