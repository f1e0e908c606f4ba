"""A depot that wants two people for all it can."""

from __future__ import annotations

from uuid import uuid4

import pytest

from depot.agreeing.rules import SetRules, set_rules
from tests.builders import (
    World,
    clock,
    find_actor,
    make_person,
)
from tests.commands.agreeing.asking import ALL


@pytest.fixture
def two(world: World) -> World:
    """The north with two coordinators, Ada and Dora of long ago, who want two people for all."""
    make_person("Dora", "coordinator", world.north)
    command = SetRules(command_id=uuid4(), kinds=ALL, write_off_grams=20_000, days=3)
    set_rules(command, world.ada, clock)
    return World(find_actor("ada"), find_actor("ben"), world.cleo)
