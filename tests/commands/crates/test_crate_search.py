"""Crates sought by what is typed: its beginning, that of its second half, or a painted number."""

from __future__ import annotations

from uuid import uuid4

import pytest

from depot.crates.commands.crate_labels import ReplaceLabel, replace_label
from depot.crates.queries.crate_lists import CrateFilter, crate_list
from labels.symbols.codes import typed_letters
from tests.builders import World, clock
from tests.commands.shelves import put_crate

CODE, PALLET, OTHER, NEW = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3", "C3VT-8WMJ"
BOXES = {CODE: "BOX 0170", PALLET: "4-12", OTHER: "Ящик Ё9"}


@pytest.fixture
def north(world: World) -> World:
    """The north with three crates, and the south with one that has the same number."""
    for code, box in BOXES.items():
        put_crate(world.ben, code, state="in_use", box_number=box)
    put_crate(world.cleo, NEW, state="in_use", box_number="BOX 0170")
    return world


def found(world: World, text: str) -> list[str]:
    page = crate_list(world.session, world.north.id, CrateFilter(text=text))
    return sorted(row.code for row in page.rows)


def test_a_crate_is_found_by_what_people_read_off_it(north: World) -> None:
    for code, texts in {
        CODE: "7 7k3 7K3M- 7k3m9q 7K3M-9QX2 9 9q -9QX 9qx2 box BOX&0 box&0170 17 017 0170 #170",
        PALLET: "4f 4FJH22 2 22m8 4- 4-1",
        OTHER: "b bn6 BN6R-5 BN6R-5CS3 5c ящ ЯЩИК&ё9 9",
    }.items():
        for text in texts.split():
            assert code in found(north, text.replace("&", " ")), text
    assert found(north, "4") == [PALLET]
    assert found(north, "9") == [CODE, OTHER]
    assert found(north, "b") == [CODE, OTHER], "the code of one, the number of another"


def test_what_begins_nothing_finds_nothing(north: World) -> None:
    for text in ("K3M", "M-9", "QX2", "70", "ox", "12", "u", "%", "_", "\\", "-", "#", "0"):
        assert found(north, text) == [], text
    assert found(north, "\U0010ffff") == found(north, "\x00") == []


def test_the_number_of_another_depots_crate_is_not_found(north: World) -> None:
    assert found(north, "170") == [CODE]
    assert found(north, NEW) == found(north, "c3") == found(north, "8w") == []


def test_a_crate_with_a_new_label_is_found_by_the_whole_of_its_old_code(north: World) -> None:
    replace_label(ReplaceLabel(command_id=uuid4(), crate_code=CODE, new_code=NEW), north.ben, clock)
    assert found(north, "7k3m 9qx2") == [NEW]
    assert found(north, "c3v") == found(north, "8wm") == [NEW]


def test_a_part_that_no_code_has_is_no_part() -> None:
    assert typed_letters("7k3m-9q") == "7K3M9Q"
    assert typed_letters("oil") == "011"
    assert typed_letters("7ku") == typed_letters("ü") == typed_letters("7K3M-9QX22") == ""
