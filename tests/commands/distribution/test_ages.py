"""People by age bands that a depot chose: kept by band, and adding up as every count does."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid
from depot.distribution.ages import BandPeople, bands_of
from depot.distribution.commands.ages import SaveAgeBands, save_age_bands
from depot.distribution.commands.events import CountPeople, count_people
from depot.distribution.commands.visits import (
    CountVisit,
    SaveVisitSetting,
    count_visit,
    save_visit_setting,
)
from depot.distribution.queries.ages import people_by_band
from depot.distribution.queries.events import people_at
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from tests.builders import NOW, World, clock
from tests.commands.distribution.test_plans import an_event
from tests.commands.distribution.test_visits import CARDS

DAY = NOW.date()
PANTRY = (0, 5, 12, 18, 66)


def choose(actor: Actor, *begins: int) -> None:
    save_age_bands(SaveAgeBands(command_id=uuid4(), begins=begins), actor, clock)


def count(actor: Actor, event_id: int, households: int = 1, **bands: int) -> int:
    """Count people by the age at which their band begins: from_5=2."""
    said = tuple(BandPeople(int(name[5:]), people) for name, people in bands.items())
    command = CountPeople(command_id=uuid4(), event_id=event_id, households=households, bands=said)
    entry_id = count_people(command, actor, clock).entry_id
    assert entry_id is not None
    return entry_id


def banded(world: World) -> dict[str, int]:
    found = people_by_band(world.session, world.north.id, DAY, DAY)
    return {f"{one.from_age}-{one.to_age or ''}": one.people for one in found}


def test_a_depot_asks_by_the_usual_bands_until_it_chooses(world: World) -> None:
    def told() -> list[tuple[int, int | None]]:
        bands = bands_of(world.session, world.north.id)
        return [(band.from_age, band.to_age) for band in bands]

    assert told() == [(0, 17), (18, 59), (60, None)]
    choose(world.ada, *PANTRY)
    assert told() == [(0, 4), (5, 11), (12, 17), (18, 65), (66, None)]
    assert len(bands_of(world.session, world.south.id)) == 3


def test_bands_add_up_to_children_adults_and_seniors(world: World) -> None:
    choose(world.ada, *PANTRY)
    event_id = an_event(world.ben)
    count(world.ben, event_id, 3, from_0=1, from_5=2, from_18=4)
    count(world.ben, event_id, 1, from_12=1, from_66=2)
    helped = people_at(world.session, world.north.id, event_id)
    assert (helped.children, helped.adults, helped.seniors) == (4, 4, 2)
    assert helped.individuals == sum(banded(world).values()) == 10
    assert banded(world) == {"0-4": 1, "5-11": 2, "12-17": 1, "18-65": 4, "66-": 2}


def test_an_undone_count_is_of_no_band(world: World) -> None:
    choose(world.ada, *PANTRY)
    event_id = an_event(world.ben)
    count(world.ben, event_id, from_5=2)
    wrong = count(world.ben, event_id, from_5=7, from_66=1)
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=wrong), world.ben, clock)
    assert banded(world) == {"5-11": 2}
    assert people_at(world.session, world.north.id, event_id).individuals == 2


def test_what_was_counted_keeps_its_bands_when_others_are_chosen(world: World) -> None:
    choose(world.ada, *PANTRY)
    event_id = an_event(world.ben)
    count(world.ben, event_id, from_5=2, from_18=1)
    choose(world.ada, 0, 18, 65)
    count(world.ben, event_id, from_0=3, from_65=1)
    count(world.ben, event_id, from_12=1)  # from a phone that had not heard of it
    assert banded(world) == {"0-17": 3, "5-11": 2, "12-17": 1, "18-65": 1, "65-": 1}
    helped = people_at(world.session, world.north.id, event_id)
    assert (helped.children, helped.adults, helped.seniors) == (6, 1, 1)


def test_the_usual_fields_work_beside_chosen_bands(world: World) -> None:
    choose(world.ada, *PANTRY)
    event_id = an_event(world.ben)
    usual = CountPeople(command_id=uuid4(), event_id=event_id, households=2, adults=3, children=0)
    count_people(usual, world.ben, clock)
    helped = people_at(world.session, world.north.id, event_id)
    assert (helped.adults, helped.children, helped.seniors) == (3, 0, None)
    assert banded(world) == {}


def test_usual_bands_are_said_by_age_too(world: World) -> None:
    event_id = an_event(world.ben)
    count(world.ben, event_id, from_0=2, from_60=1)
    helped = people_at(world.session, world.north.id, event_id)
    assert (helped.children, helped.adults, helped.seniors) == (2, None, 1)


def test_a_visit_by_card_is_counted_by_band(world: World) -> None:
    choose(world.ada, *PANTRY)
    save_visit_setting(SaveVisitSetting(command_id=uuid4(), is_on=True), world.ada, clock)
    visit = CountVisit(
        command_id=uuid4(),
        event_id=an_event(world.ben),
        card=CARDS[0],
        bands=(BandPeople(5, 1), BandPeople(18, 2)),
    )
    count_visit(visit, world.ben, clock)
    assert banded(world) == {"5-11": 1, "18-65": 2}


@pytest.mark.parametrize(
    "begins",
    [(), (0,), (18, 60), (0, 17, 60), (0, 18, 18), (18, 0), (0, 18, 121), (0, 18, *range(20, 40))],
)
def test_bands_that_leave_ages_out_are_refused(world: World, begins: tuple[int, ...]) -> None:
    with pytest.raises(Invalid):
        choose(world.ada, *begins)
    assert len(bands_of(world.session, world.north.id)) == 3


def test_a_band_that_there_never_was_or_twice_is_refused_whole(world: World) -> None:
    choose(world.ada, *PANTRY)
    event_id = an_event(world.ben)
    twice = (BandPeople(5, 1), BandPeople(5, 1))
    both = {"adults": 1, "bands": (BandPeople(5, 1),)}
    for more in ({"bands": (BandPeople(7, 1),)}, {"bands": twice}, both):
        command = CountPeople(command_id=uuid4(), event_id=event_id, households=1, **more)
        with pytest.raises(Invalid):
            count_people(command, world.ben, clock)
    assert people_at(world.session, world.north.id, event_id).households is None


def test_only_coordinators_choose_and_the_database_keeps_what_was(world: World) -> None:
    with pytest.raises(Forbidden):
        choose(world.ben, *PANTRY)
    choose(world.ada, *PANTRY)
    count(world.ben, an_event(world.ben), from_5=2)
    for statement in ("UPDATE band_count SET people = 9", "DELETE FROM age_band"):
        with pytest.raises(DatabaseError):
            world.session.execute(text(statement))
        world.session.rollback()
