"""What the tests' text sets up is what they read back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from depot.kernel.goods_lines import GoodsLine
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import World, clock
from tests.stock_text import crates, lines, moves, rows, set_up, stock

GOODS = """
    24 Rice/2027-05 @ Shelf B2
    3 Rice @ Shelf B2
    5 Ham/use by 2026-11-30 @ 7K3M-9QX2
"""
CRATES = """
    crate 7K3M-9QX2 in_use @ Shelf B2
    crate 4FJH-22M8 retired
    crate BN6R-5CS3 @ Arrivals
"""


def test_what_was_set_up_is_read_back(world: World) -> None:
    set_up(world.ben, f"place Shelf B2\n{CRATES}\n{GOODS}")
    assert stock(world.ben) == rows(GOODS)
    assert crates(world.ben) == rows(CRATES)
    assert stock(world.cleo) == crates(world.cleo) == []


def test_everything_there_is_read_back_and_so_is_its_date(world: World) -> None:
    set_up(world.ben, "3 Rice/2027-05 @ Arrivals")
    for other in ("", "3 Rice @ Arrivals", "3 Rice/2027-05 @ On hold", "2 Rice/2027-05 @ Arrivals"):
        assert stock(world.ben) != rows(other)


def test_what_an_entry_moved_is_read_line_by_line(world: World) -> None:
    set_up(world.ben, "3 Rice/2027-05 @ Arrivals, 2 Rice/2028 @ Arrivals")
    wanted = (GoodsLine(item="Rice", quantity=7),)
    command = TakeOut(command_id=uuid4(), place="Arrivals", reason="damaged", lines=wanted)
    taken = take_out(command, world.ben, clock)
    assert moves(taken.entry_id) == lines("""
        3 Rice/2027-05: Arrivals > loss
        2 Rice/2028: Arrivals > loss
        2 Rice/2028: count_variance > loss
    """)
    assert moves(None) == []


def test_a_move_is_not_set_up(world: World) -> None:
    with pytest.raises(ValueError, match="a move is no stock"):
        set_up(world.ben, "3 Rice: Arrivals > recipient")
