"""A playbook is taken once, whole or not at all, and what a depot has stays as it was."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import DepotError, Forbidden, Invalid, NotFound
from depot.kernel.once import Outcome
from depot.locations.commands import SavePlace, save_place
from depot.models import Category, HandbookPage, Item, Location, Parcel, Recipe
from depot.playbooks.commands.pages import MOST_LETTERS, SavePage, save_page
from depot.playbooks.commands.taking import TakenPlaybook, TakePlaybook, take_playbook
from depot.playbooks.missing import missing
from depot.playbooks.playbook import (
    Playbook,
    PlaybookItem,
    PlaybookPage,
    PlaybookParcel,
    PlaybookParcelLine,
    PlaybookPlace,
    blocks_of,
    in_words,
)
from depot.playbooks.queries.handbook import earlier_versions, find_page, handbook
from depot.playbooks.queries.own import own_playbook
from depot.playbooks.starting import STARTING
from depot.playbooks.starting.handbook import HANDBOOK
from tests.builders import World, clock
from tests.current import db
from tests.statements import count_statements

PANTRY = STARTING["weekly-pantry"]


def take(
    actor: Actor, playbook: Playbook, command_id: UUID | None = None
) -> Outcome[TakenPlaybook]:
    command = TakePlaybook(command_id=command_id or uuid4(), playbook=playbook)
    return take_playbook(command, actor, clock)


def names(actor: Actor, kind: type[Category] | type[Location] | type[Parcel]) -> list[str]:
    here = kind.depot_id == actor.depot_id
    return list(db.session.scalars(select(kind.name).where(here).order_by(kind.name)))


def counts(actor: Actor) -> list[int]:
    kinds = (Category, Location, Item, Parcel, Recipe, HandbookPage)
    return [
        db.session.scalar(select(func.count()).where(kind.depot_id == actor.depot_id)) or 0
        for kind in kinds
    ]


@pytest.mark.parametrize("playbook", STARTING.values(), ids=lambda one: one.key)
def test_each_that_is_brought_along_can_be_taken_whole(world: World, playbook: Playbook) -> None:
    made = take(world.ada, playbook).answer
    assert made.places == len(playbook.places)
    assert made.items == len(playbook.items)
    assert made.routines == len(playbook.routines)
    left = missing(db.session(), world.ada.depot_id, playbook)
    assert not any(
        (left.categories, left.places, left.items, left.parcels, left.recipes, left.routines)
    )
    again = take(world.ada, playbook).answer
    assert (again.places, again.items, again.parcels, again.pages) == (0, 0, 0, 0)


def test_names_are_compared_once(world: World) -> None:
    with count_statements(db.engine) as seen:
        take(world.ada, PANTRY)
    compared = "SELECT routine_version.name \nFROM routine_version"
    assert len([one for one in seen if one.startswith(compared)]) == 1


def test_two_taken_together_share_what_they_name_alike(world: World) -> None:
    take(world.ada, PANTRY)
    made = take(world.ada, STARTING["community-kitchen"]).answer
    both = {place.name for place in PANTRY.places}
    kitchen = STARTING["community-kitchen"].places
    assert made.places == len([place for place in kitchen if place.name not in both])
    assert made.places < len(kitchen)


def test_twice_is_once(world: World) -> None:
    command_id = uuid4()
    first = take(world.ada, PANTRY, command_id)
    before = counts(world.ada)
    second = take(world.ada, PANTRY, command_id)
    assert (first.repeated, second.repeated) == (False, True)
    assert second.answer == first.answer
    assert counts(world.ada) == before


def test_a_place_of_that_name_stays_as_it_was(world: World) -> None:
    own = SavePlace(command_id=uuid4(), name="shelf a", note="Ours.")
    save_place(own, world.ada, clock)
    take(world.ada, PANTRY)
    found = db.session.execute(
        select(Location.note, Location.parent_id).where(Location.name_key == "shelf a")
    ).all()
    assert [tuple(row) for row in found] == [("Ours.", None)]


def test_a_shelf_stands_in_its_room(world: World) -> None:
    take(world.ada, PANTRY)
    store = db.session.scalar(select(Location.id).where(Location.name == "Dry store"))
    parents = select(Location.parent_id).where(Location.name.in_(["Shelf A", "Shelf B"]))
    assert set(db.session.scalars(parents)) == {store}


def test_what_cannot_be_made_leaves_nothing_behind(world: World) -> None:
    before = counts(world.ada)
    wrong = PlaybookParcel(name="Odd", lines=(PlaybookParcelLine(item="Nobody knows", adult=1),))
    with pytest.raises(DepotError):
        take(world.ada, replace(PANTRY, parcels=(*PANTRY.parcels, wrong)))
    assert counts(world.ada) == before


def test_a_category_that_only_an_item_names_is_made(world: World) -> None:
    guide = PlaybookPage(key="guide-x", title="X", blocks=("y",))
    rope = PlaybookItem(name="Rope", category="Ropes", unit_grams=300)
    made = take(world.ada, Playbook(key="x", name="X", about="", guide=guide, items=(rope,)))
    assert (made.answer.categories, made.answer.items) == (1, 1)
    assert "Ropes" in names(world.ada, Category)


def test_a_volunteer_takes_none_and_another_depot_sees_nothing_of_it(world: World) -> None:
    with pytest.raises(Forbidden):
        take(world.ben, PANTRY)
    south = counts(world.cleo)
    take(world.ada, PANTRY)
    assert counts(world.cleo) == south
    assert find_page(db.session(), world.cleo.depot_id, PANTRY.guide.key, str) is None


def test_what_a_depot_hands_on_makes_another_one_alike(world: World) -> None:
    take(world.ada, STARTING["community-kitchen"])
    take(world.ada, PANTRY)
    north = own_playbook(db.session(), world.north)
    take(world.cleo, north)
    south = own_playbook(db.session(), world.south)
    assert (south.items, south.parcels, south.recipes, south.routines) == (
        north.items,
        north.parcels,
        north.recipes,
        north.routines,
    )
    assert {place.name for place in south.places} == {place.name for place in north.places}
    assert {page.key for page in (*south.pages, south.guide)} >= {PANTRY.guide.key}


def test_a_place_in_a_circle_of_names_does_not_hang(world: World) -> None:
    guide = PlaybookPage(key="guide-x", title="X", blocks=("y",))
    places = (PlaybookPlace(name="P", inside="Q"), PlaybookPlace(name="Q", inside="P"))
    take(world.ada, Playbook(key="x", name="X", about="", guide=guide, places=places))
    assert {"P", "Q"} <= set(names(world.ada, Location))


def test_each_sentence_of_a_playbook_is_in_the_readers_words() -> None:
    told = in_words(PANTRY, str.upper)
    assert told.key == PANTRY.key
    assert told.guide.blocks[0].isupper()
    assert told.parcels[0].lines[0].item == told.items[-1].name
    assert told.routines[0].kind == "shift"
    assert told.routines[0].weekdays == PANTRY.routines[0].weekdays


def test_a_page_reads_the_same_after_it_was_edited_unchanged() -> None:
    for page in (*HANDBOOK, *(one.guide for one in STARTING.values())):
        assert blocks_of(page.text) == page.blocks


def save(actor: Actor, **said: str) -> str:
    page = {"title": "Our first day", "text": "Tea first."} | said
    return save_page(SavePage(command_id=uuid4(), **page), actor, clock).answer.key  # type: ignore[arg-type]


def test_a_page_that_is_written_anew_keeps_how_it_read(world: World) -> None:
    key = save(world.ada, key="first-day")
    save(world.ada, key="first-day", text="- Tea first.\n- Then coats.")
    depot_id = world.ada.depot_id
    found = find_page(db.session(), depot_id, "first-day", str)
    assert found is not None
    assert (found.version, found.saved_by) == (2, "Ada")
    assert found.blocks == ("- Tea first.", "- Then coats.")
    assert [one.text for one in earlier_versions(db.session(), depot_id, key)][1] == "Tea first."
    pages = handbook(db.session(), depot_id, str)
    assert [page.key for page in pages][: len(HANDBOOK)] == [page.key for page in HANDBOOK]
    assert [page.version for page in handbook(db.session(), world.cleo.depot_id, str)] == [0] * 10


def test_a_page_of_ones_own_stands_after_those_that_are_brought_along(world: World) -> None:
    key = save(world.ada, title="The van", text="Its key hangs behind the door.")
    assert [page.key for page in handbook(db.session(), world.ada.depot_id, str)][-1] == key


def test_a_page_that_cannot_be_is_refused(world: World) -> None:
    with pytest.raises(Forbidden):
        save(world.ben)
    with pytest.raises(NotFound):
        save(world.ada, key="nobody-knows")
    for said in ({"title": " "}, {"text": " \n"}, {"text": "x" * (MOST_LETTERS + 1)}):
        with pytest.raises(Invalid):
            save(world.ada, **said)


def test_the_database_keeps_every_version(world: World) -> None:
    save(world.ada)
    for statement in ("UPDATE handbook_page SET text = 'x'", "DELETE FROM handbook_page"):
        with pytest.raises(DatabaseError), db.session.begin_nested():
            db.session.connection().exec_driver_sql(statement)
        db.session.rollback()
