"""One stocked world for the tests of a file (`house.py`): what a test writes is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from depot.base.actors import Actor
from depot.kernel.once import Work
from tests.builders import World
from tests.commands.kernel.house import TODAY, Begin, House, house_of, stock_house
from tests.commands.working import work_of
from tests.conftest import copy_world, known_world
from tests.current import at_work


@pytest.fixture(scope="module")
def shared(world_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The stocked world, made once for a file."""
    with at_work(copy_world(world_file, tmp_path_factory.mktemp("shared"))):
        world = known_world()
        stock_house(world)
        yield world


@pytest.fixture
def begin(shared: World) -> Iterator[Begin]:
    """Begins the work of a command, Ada's today unless said otherwise; nothing of it is kept."""

    def begun(actor: Actor = shared.ada, **other: Any) -> Work:
        times = {"occurred_at": TODAY, "recorded_at": TODAY}
        return replace(work_of(actor), **(times | other))

    yield begun
    shared.session.rollback()


@pytest.fixture(scope="module")
def house(shared: World) -> House:
    """Ada's depot."""
    return house_of(shared.ada, shared)


@pytest.fixture(scope="module")
def souths(shared: World) -> House:
    """Cleo's depot."""
    return house_of(shared.cleo, shared)
