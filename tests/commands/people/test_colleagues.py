"""Who can be asked, named and turned to: the members of a depot, by name."""

from __future__ import annotations

from depot.people.members import colleagues
from tests.builders import World, make_person
from tests.commands.decisions.deciding import helper
from tests.current import db


def test_helpers_of_a_day_and_other_depots_are_no_colleagues(world: World) -> None:
    zoe = make_person("Zoe", "volunteer", world.north)
    helper(world)
    people = [(who.person_id, who.name) for who in (world.ada, world.ben, zoe)]
    assert colleagues(db.session(), world.north.id) == people
    assert colleagues(db.session(), world.south.id) == [(world.cleo.person_id, "Cleo")]
