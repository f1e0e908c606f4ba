"""A shelf is counted on a sheet, line by line, and nothing of it changes stock."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from depot.base.errors import (
    CountSheetClosed,
    Forbidden,
    NotFound,
    SameCounter,
    UnknownCrate,
)
from depot.counts.commands.sheets import (
    StartCountSheet,
    TallyLine,
    TallyLines,
    start_count_sheet,
    tally_lines,
)
from depot.counts.queries.sheets import count_sheets, review, sheet_view
from depot.counts.sheets import SECOND
from depot.models import CountTally
from tests.builders import NOW, World, make_person
from tests.commands.counts.sheet_acts import (
    CODE,
    OTHER,
    SHELF,
    at,
    called_off,
    count_entries,
    crate_added,
    found,
    place_id,
    posted,
    read,
    shelf,
    started,
    undone,
    wrote,
)
from tests.current import db


def test_a_sheet_has_a_numbered_line_for_all_that_lies_there(world: World) -> None:
    sheet_id = shelf(world)
    assert read(world.ben, sheet_id) == [
        (1, "Beans", "", None),
        (2, "Rice", "", None),
        (3, "Soup", CODE, None),
    ]
    assert not count_entries()


def test_a_place_is_counted_on_one_sheet_at_a_time(world: World) -> None:
    sheet_id = shelf(world)
    command = StartCountSheet(command_id=uuid4(), location_id=place_id(world.ada))
    joined = start_count_sheet(command, world.ada, at(1)).answer
    assert (joined.id, joined.is_new) == (sheet_id, False)
    assert started(world.ada, place="Arrivals") != sheet_id


def test_a_number_can_be_changed_and_wiped_out_and_nothing_is_lost(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 6, 2: 2})
    wrote(world.ada, sheet_id, {1: 7, 2: None}, minutes=6)
    assert [line[3] for line in read(world.ben, sheet_id)] == [7, None, None]
    assert db.session.scalar(select(func.count()).select_from(CountTally)) == 4


def test_what_was_counted_last_stands_whatever_comes_in_last(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 7}, minutes=10)
    late = TallyLines(
        command_id=uuid4(),
        sheet_id=sheet_id,
        lines=(TallyLine(number=1, quantity=5),),
        occurred_at=NOW + timedelta(minutes=4),
    )
    tally_lines(late, world.ben, at(20))
    assert read(world.ben, sheet_id)[0][3] == 7


def test_a_repeat_writes_once(world: World) -> None:
    sheet_id = shelf(world)
    line = (TallyLine(number=1, quantity=5),)
    command = TallyLines(command_id=uuid4(), sheet_id=sheet_id, lines=line)
    first = tally_lines(command, world.ben, at(5))
    again = tally_lines(command, world.ben, at(9))
    assert (again.answer, again.repeated) == (first.answer, True)
    assert db.session.scalar(select(func.count()).select_from(CountTally)) == 1


def test_a_crate_that_stands_there_is_put_on_the_sheet(world: World) -> None:
    sheet_id = shelf(world, f"{SHELF}\ncrate {OTHER} @ Arrivals\n5 Peas @ {OTHER}")
    assert crate_added(world.ben, sheet_id, OTHER).answer.numbers == (4,)
    again = crate_added(world.ben, sheet_id, OTHER).answer
    assert (again.numbers, again.is_new) == ((4,), False)
    assert crate_added(world.ben, sheet_id, CODE).answer.numbers == (3,)
    view = sheet_view(db.session(), world.north.id, sheet_id)
    assert view
    assert [(crate.code, crate.elsewhere) for crate in view.crates] == [
        (CODE, ""),
        (OTHER, "Arrivals"),
    ]
    with pytest.raises(UnknownCrate):
        crate_added(world.ben, sheet_id, "4FJH-22M8")


def test_the_second_counter_is_somebody_else(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 5})
    with pytest.raises(SameCounter):
        wrote(world.ben, sheet_id, {1: 6}, counter=SECOND)
    wrote(world.ada, sheet_id, {1: 6}, counter=SECOND)
    with pytest.raises(SameCounter):
        found(world.ada, sheet_id, "Oil", 1)


def test_who_started_it_may_call_it_off(world: World) -> None:
    sheet_id = shelf(world)
    rosa = make_person("Rosa", "volunteer", world.north)
    with pytest.raises(Forbidden):
        called_off(rosa, sheet_id)
    called_off(world.ben, sheet_id)
    with pytest.raises(CountSheetClosed):
        posted(world.ada, sheet_id)
    listed = count_sheets(db.session(), world.north.id)
    assert ([one.id for one in listed.open], [one.id for one in listed.done]) == ([], [sheet_id])


def test_another_depot_sees_and_touches_nothing_of_it(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 4})
    session = db.session()
    assert sheet_view(session, world.south.id, sheet_id) is None
    assert review(session, world.south.id, sheet_id) is None
    assert count_sheets(session, world.south.id).open == ()
    for attack in (
        lambda: wrote(world.cleo, sheet_id, {1: 1}),
        lambda: found(world.cleo, sheet_id, "Oil", 1),
        lambda: crate_added(world.cleo, sheet_id, CODE),
        lambda: posted(world.cleo, sheet_id),
        lambda: undone(world.cleo, sheet_id),
        lambda: called_off(world.cleo, sheet_id),
        lambda: start_count_sheet(
            StartCountSheet(command_id=uuid4(), location_id=place_id(world.ben)), world.cleo, at(1)
        ),
    ):
        with pytest.raises(NotFound):
            attack()
