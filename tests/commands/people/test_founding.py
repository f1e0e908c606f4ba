"""A depot is founded: once, although the command has no id that could be remembered."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from depot.base.errors import Invalid, NameTaken
from depot.models import Category, Depot, Location
from depot.people.commands.depots import FoundDepot, found_depot
from tests.builders import World, clock
from tests.current import db


def counted() -> tuple[int | None, ...]:
    tables = (Depot, Location, Category)
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in tables)


def test_a_depot_is_founded_once(world: World) -> None:
    command = FoundDepot(name="Harbour", time_zone="Europe/Lisbon", weight_unit="lb")
    founded = found_depot(command, clock)
    assert (founded.name, founded.slug, founded.weight_unit) == ("Harbour", "harbour", "lb")
    before = counted()
    with pytest.raises(NameTaken) as refused:
        found_depot(command, clock)
    assert (refused.value.field, counted()) == ("name", before)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (FoundDepot(name=" "), "name"),
        (FoundDepot(name="Harbour", time_zone="Europe/Atlantis"), "time_zone"),
    ],
)
def test_a_depot_without_name_or_time_is_refused(
    world: World, command: FoundDepot, field: str
) -> None:
    before = counted()
    with pytest.raises(Invalid) as refused:
        found_depot(command, clock)
    assert (refused.value.field, counted()) == (field, before)
