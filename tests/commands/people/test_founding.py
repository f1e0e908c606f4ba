"""A depot is founded: once, although the command has no id that could be remembered."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from depot.base.errors import Invalid, NameTaken
from depot.items.commands.categories import SaveCategory, save_category
from depot.models import Category, Depot, Item, Location, TareBox
from depot.people.commands.depots import FoundDepot, SaveDepot, found_depot, save_depot
from depot.words.languages import Languages
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


def test_depots_are_founded_in_any_script_and_each_once(world: World) -> None:
    names = ("مخزن الحي", "Подільський склад", "仓库")
    slugs = [found_depot(FoundDepot(name=name), clock).slug for name in names]
    assert slugs == ["depot", "depot-2", "depot-3"]
    before = counted()
    with pytest.raises(NameTaken):
        found_depot(FoundDepot(name=names[1]), clock)
    assert counted() == before


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


def starting(depot_id: int) -> set[str]:
    """Return some of what a depot starts with, by name."""
    named = (
        db.session.scalars(select(model.name).where(model.depot_id == depot_id))
        for model in (Category, TareBox, Item, Location)
    )
    return {name for names in named for name in names}


def test_a_depot_starts_in_the_words_of_its_language(world: World) -> None:
    arabic = Languages().reader(language="ar").gettext
    founded = found_depot(FoundDepot(name="مخزن الحي", language="ar"), clock, arabic)
    assert starting(founded.id) >= {"خبز", "خبز، سائب", "صندوق موز", "الواصل", "موقوف"}
    assert not starting(founded.id) & {"Bread", "Bread, loose", "Banana box", "Arrivals", "On hold"}


def test_what_nobody_renamed_follows_the_depots_language(world: World) -> None:
    ada = world.ada
    bread = db.session.scalars(
        select(Category).where(Category.depot_id == ada.depot_id, Category.name == "Drinks")
    ).one()
    save_category(SaveCategory(command_id=uuid4(), category_id=bread.id, name="Juices"), ada, clock)
    for language, expected in (
        ("uk", {"Хліб", "Хліб, без упаковки", "Приймання", "Коробка з-під бананів"}),
        ("es", {"Pan", "Pan, suelto", "Juices, suelto", "Llegadas", "Retenido"}),
        ("", {"Bread", "Bread, loose", "Arrivals", "On hold", "Banana box"}),
    ):
        depot = ada.depot
        save_depot(
            SaveDepot(
                command_id=uuid4(),
                name=depot.name,
                time_zone=depot.time_zone,
                week_start=1,
                weight_unit="kg",
                language=language,
            ),
            ada,
            clock,
        )
        assert starting(ada.depot_id) >= {"Juices"} | expected
