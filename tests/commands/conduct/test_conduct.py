"""How people treat each other: worded, read, and whom to turn to."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.conduct.commands import (
    ConfidantSaid,
    ReadConduct,
    SaveConfidants,
    WordConduct,
    read_conduct,
    save_confidants,
    word_conduct,
)
from depot.conduct.errors import WordedMeanwhile
from depot.conduct.queries import (
    confidants,
    has_read,
    is_unread,
    not_read_by,
    present_conduct,
)
from depot.db.transaction import transaction
from depot.models import all_tables
from depot.people.commands.access import EndAccess, end_access
from depot.people.members import colleagues
from tests.builders import World, clock
from tests.commands.joining.test_joining import hang_up, join
from tests.current import db


def word(by: Actor, words: str, version: int = 0) -> int:
    command = WordConduct(command_id=uuid4(), text=words, version=version)
    return word_conduct(command, by, clock).answer.id


def read(by: Actor, version: int = 1) -> None:
    read_conduct(ReadConduct(command_id=uuid4(), version=version), by, clock)


def name(by: Actor, *said: dict[str, Any]) -> None:
    people = tuple(ConfidantSaid(**one) for one in said)
    save_confidants(SaveConfidants(command_id=uuid4(), confidants=people), by, clock)


def test_each_is_asked_to_read_it_once_and_again_when_it_changes(world: World) -> None:
    north, ben = world.north.id, world.ben.person_id
    assert not is_unread(db.session(), north, ben)
    word(world.ada, "We ask before we touch.")
    assert is_unread(db.session(), north, ben)
    assert not_read_by(db.session(), north, 1) == ["Ada", "Ben"]
    read(world.ben)
    read(world.ben)
    assert has_read(db.session(), north, ben, 1)
    assert not is_unread(db.session(), north, ben)
    assert not_read_by(db.session(), north, 1) == ["Ada"]
    assert word(world.ada, "We ask, always.", 1) == 2
    assert is_unread(db.session(), north, ben)
    found = present_conduct(db.session(), north)
    assert found
    assert (found.version, found.text, found.by) == (2, "We ask, always.", "Ada")


def test_a_helper_of_a_day_reads_it_too_and_is_on_no_list(world: World) -> None:
    word(world.ada, "We ask before we touch.")
    joined = join(world, hang_up(world.ada)[1], "Ana")
    ana = Actor(world.north, "helper", "Ana", person_id=joined.person_id)
    assert is_unread(db.session(), world.north.id, ana.person_id)
    assert "Ana" not in not_read_by(db.session(), world.north.id, 1)
    read(ana)
    assert not is_unread(db.session(), world.north.id, ana.person_id)


def test_two_who_word_it_at_once_read_each_other_first(world: World) -> None:
    word(world.ada, "One.")
    with pytest.raises(WordedMeanwhile):
        word(world.ada, "Two.")
    for nothing in ("", " \n "):
        with pytest.raises(Invalid):
            word(world.ada, nothing, 1)


def test_whom_to_turn_to_are_people_here_or_from_outside(world: World) -> None:
    north = world.north.id
    name(
        world.ada,
        {"person_id": world.ben.person_id, "reach": "Thursdays"},
        {"name": " "},
        {"name": "Sister Clare", "reach": "020 7946 0000"},
    )
    told = [(row.name, row.reach) for row in confidants(db.session(), north)]
    assert told == [("Ben", "Thursdays"), ("Sister Clare", "020 7946 0000")]
    assert colleagues(db.session(), north) == [
        (world.ada.person_id, "Ada"),
        (world.ben.person_id, "Ben"),
    ]
    end_access(EndAccess(command_id=uuid4(), person_id=world.ben.person_id or 0), world.ada, clock)
    assert [row.name for row in confidants(db.session(), north)] == ["Sister Clare"]
    name(world.ada)
    assert confidants(db.session(), north) == []


def test_at_most_three_and_nobody_of_another_depot(world: World) -> None:
    with pytest.raises(Invalid):
        name(world.ada, *({"name": f"Nr {one}"} for one in range(4)))
    with pytest.raises(NotFound):
        name(world.ada, {"person_id": world.cleo.person_id})


def test_only_coordinators_word_it_and_another_depot_has_its_own(world: World) -> None:
    with pytest.raises(Forbidden):
        word(world.ben, "Mine.")
    with pytest.raises(Forbidden):
        name(world.ben, {"name": "Me"})
    word(world.ada, "Ours.")
    assert present_conduct(db.session(), world.south.id) is None
    assert not is_unread(db.session(), world.south.id, world.cleo.person_id)
    with pytest.raises(NotFound):
        read(world.cleo)
    with pytest.raises(Forbidden):
        read(Actor(world.north, "coordinator", "till", token_id=1))


def test_nobody_rewrites_what_was_promised(world: World) -> None:
    word(world.ada, "Ours.")
    with pytest.raises(DatabaseError, match="append-only"), transaction() as session:
        session.execute(text("UPDATE conduct_wording SET text = 'x'"))


def test_no_table_takes_a_report_of_a_conflict() -> None:
    kept = {name for name in all_tables().tables if name.startswith(("conduct", "confidant"))}
    assert kept == {"conduct_wording", "conduct_seen", "confidant"}
    columns = {column.name for name in kept for column in all_tables().tables[name].columns}
    assert columns == {
        *("id", "depot_id", "version", "text", "worded_at", "worded_by_id", "worded_token_id"),
        *("person_id", "seen_at", "place", "name", "reach"),
    }
