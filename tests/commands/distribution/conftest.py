"""What tests of hand-outs may ask for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW, World, receive


@pytest.fixture
def rice(world: World) -> World:
    """Twenty of rice, of no date, since yesterday."""
    receive(world.ada, 20, "Rice", at=NOW - timedelta(days=1))
    return world
