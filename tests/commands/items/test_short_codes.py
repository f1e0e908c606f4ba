"""UPC-E, the short form of a product's number: taught by the long one and found by the short."""

from __future__ import annotations

from uuid import uuid4

import pytest

from depot.base.clock import local_day, utc_now
from depot.items.commands.item_codes import LearnCode, learn_code
from depot.items.queries.item_codes import codes_of_item
from depot.scanning.queries.scans import Found, look_up_code
from tests.builders import World, clock, receive

#: A right EAN-8 and as right a UPC-E: short for 016946000066.
BOTH, BOTH_LONG = "01694666", "016946000066"


def teach(world: World, code: str, item: str, instead: bool = False) -> None:
    receive(world.ada, 1, item)
    command = LearnCode(command_id=uuid4(), code=code, item=item, instead=instead)
    learn_code(command, world.ben, clock)


def look_up(world: World, text: str) -> Found:
    zone = world.north.time_zone
    today = local_day(utc_now(), zone)
    return look_up_code(world.session, world.north.id, text, today, zone)


@pytest.mark.parametrize(
    ("long", "short"), [("049000006346", "04963406"), ("042100005264", "04252614")]
)
def test_an_item_taught_by_its_long_number_is_found_by_the_short_one(
    world: World, long: str, short: str
) -> None:
    teach(world, long, "Lemonade")
    for text in (short, f"]E0{short}", f" {short} ", short[:-1], short[1:-1], f"0{long}"):
        found = look_up(world, text)
        assert found.meaning is not None, text
        assert found.meaning.item == "Lemonade"
    assert look_up(world, short).scan.problems == ()


def test_what_is_known_wins_where_both_readings_are_right(world: World) -> None:
    assert look_up(world, BOTH).kind == "unknown_code"
    teach(world, BOTH_LONG, "Gum")
    found = look_up(world, BOTH).meaning
    assert found is not None
    assert found.item == "Gum"
    # a scanner that says it was an EAN-8 is believed
    assert look_up(world, f"]E4{BOTH}").meaning is None


def test_a_short_number_taught_again_changes_the_one_code(world: World) -> None:
    teach(world, BOTH_LONG, "Gum")
    teach(world, BOTH, "Chewing gum", instead=True)
    found = look_up(world, BOTH).meaning
    assert found is not None
    assert found.item == "Chewing gum"
    assert len(codes_of_item(world.session, world.north.id, found.item_id)) == 1
