"""Coming and leaving: one tap, in any order, by whoever stands at the door."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from depot.base.actors import Actor, OwnDevice
from depot.base.errors import CommandIdReused, Forbidden, Invalid, NotFound
from depot.devices.commands.making import AddDevice, add_device
from depot.joining.checking import broken_attendance
from depot.joining.commands.coming import (
    Come,
    Leave,
    Marked,
    TakeBackMark,
    come,
    leave,
    take_back_mark,
)
from depot.joining.commands.helpers import JoinByLink, join_by_link
from depot.joining.errors import SameNameHere
from depot.joining.queries import door_list, here_now
from depot.models import (
    Activity,
    Assignment,
    Attendance,
    Membership,
    Person,
    Routine,
    RoutineVersion,
)
from depot.people.commands import access
from depot.verify.verify import verify
from tests.builders import NOW, SECRET_KEY, World, clock
from tests.commands.joining.test_joining import hang_up
from tests.commands.rota.acts import look, said_of, single, take
from tests.current import db

HOUR = timedelta(hours=1)
#: Later that day.
EVENING = NOW + 8 * HOUR


def at(hours: float) -> datetime:
    return NOW + hours * HOUR


def comes(who: Actor, hours: float = 0, **said: object) -> Marked:
    command = Come(command_id=uuid4(), occurred_at=at(hours), **said)  # type: ignore[arg-type]  # by field name
    return come(command, who, lambda: max(at(hours), EVENING)).answer


def leaves(who: Actor, hours: float = 0, **said: object) -> Marked:
    command = Leave(command_id=uuid4(), occurred_at=at(hours), **said)  # type: ignore[arg-type]  # by field name
    return leave(command, who, lambda: max(at(hours), EVENING)).answer


def here(world: World, hours: float = 8) -> set[str]:
    return {row.name for row in here_now(db.session(), world.north, at(hours)) if row.is_here}


def test_one_comes_and_leaves(world: World) -> None:
    assert here(world) == set()
    told = comes(world.ben)
    assert (told.name, told.kind) == ("Ben", "come")
    assert here(world) == {"Ben"}
    leaves(world.ben, 3)
    assert here(world) == set()
    (row,) = here_now(db.session(), world.north, EVENING)
    assert (row.name, row.is_here, row.left_at) == ("Ben", False, at(3))


def test_twice_is_once(world: World) -> None:
    command = Come(command_id=uuid4())
    first = come(command, world.ben, clock)
    again = come(command, world.ben, clock)
    assert (first.answer, again.repeated) == (again.answer, True)
    assert db.session.scalar(select(func.count()).select_from(Attendance)) == 1
    with pytest.raises(CommandIdReused):
        come(Come(command_id=command.command_id, person_id=world.ben.person_id), world.ada, clock)


def test_a_night_ends_it(world: World) -> None:
    comes(world.ben)
    assert here(world, 17) == {"Ben"}
    assert here(world, 18) == set()


def test_the_outsider_neither_sees_nor_says_it(world: World) -> None:
    comes(world.ben)
    assert here_now(db.session(), world.south, EVENING) == []
    for who in (world.ben.person_id, world.ada.person_id):
        with pytest.raises(NotFound):
            comes(world.cleo, person_id=who)
        with pytest.raises(NotFound):
            leaves(world.cleo, person_id=who)
    mark = db.session.scalars(select(Attendance.id)).one()
    with pytest.raises(NotFound):
        take_back_mark(TakeBackMark(command_id=uuid4(), mark_id=mark), world.cleo, clock)


def test_who_joins_by_the_wall_has_come(world: World) -> None:
    _, secret = hang_up(world.ada)
    join_by_link(JoinByLink(command_id=uuid4(), secret=secret, name="Ana"), world.north, clock)
    (row,) = here_now(db.session(), world.north, NOW)
    assert (row.name, row.is_here, row.is_first_day, row.phones) == ("Ana", True, True, ())


def test_a_helper_speaks_of_nobody_else(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join_by_link(
        JoinByLink(command_id=uuid4(), secret=secret, name="Ana"), world.north, clock
    ).answer
    ana = Actor(world.north, "helper", "Ana", person_id=joined.person_id)
    leaves(ana, 1)
    comes(ana, 2, person_id=joined.person_id)
    for said in ({"person_id": world.ben.person_id}, {"name": "Una"}):
        with pytest.raises(Forbidden):
            comes(ana, 2, **said)
        with pytest.raises(Forbidden):
            leaves(ana, 2, **said)


def test_a_program_says_who_it_is(world: World) -> None:
    program = Actor(world.north, "volunteer", "door", token_id=None)
    with pytest.raises(Invalid, match="who it is"):
        comes(program)
    assert comes(program, person_id=world.ben.person_id).name == "Ben"


def test_who_walks_in_is_counted_and_has_no_right(world: World) -> None:
    told = comes(world.ben, name=" Una ")
    assert here(world) == {"Una"}
    assert db.session.get(Membership, (told.person_id, world.north.id)) is None
    with pytest.raises(SameNameHere):
        comes(world.ben, name="una")
    with pytest.raises(SameNameHere):
        comes(world.ben, name="Ada")
    leaves(world.ben, 1, name="una")
    assert here(world) == set()
    with pytest.raises(NotFound):
        leaves(world.ben, name="Nobody")
    comes(world.ben, 24, name="Una")
    assert db.session.scalar(select(func.count()).where(Person.name == "Una")) == 2


def test_the_wrong_name_is_taken_back(world: World) -> None:
    told = comes(world.ada, person_id=world.ben.person_id)
    _, secret = hang_up(world.ada)
    joined = join_by_link(
        JoinByLink(command_id=uuid4(), secret=secret, name="Ana"), world.north, clock
    ).answer
    ana = Actor(world.north, "helper", "Ana", person_id=joined.person_id)
    with pytest.raises(Forbidden):
        take_back_mark(TakeBackMark(command_id=uuid4(), mark_id=told.id), ana, clock)
    for who in (world.ada, world.ben):
        take_back_mark(TakeBackMark(command_id=uuid4(), mark_id=told.id), who, lambda: EVENING)
    assert here(world) == {"Ana"}
    assert db.session.scalar(select(func.count()).where(Attendance.takes_back_id == told.id)) == 1


def test_no_line_is_rewritten(world: World) -> None:
    comes(world.ben)
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE attendance SET kind = 'leave'"))
    db.session.rollback()


def shift(world: World, name: str, begins: float, ends: float, most: int = 4) -> int:
    """Put a shift into the north; return its id."""
    values = {
        "depot_id": world.north.id,
        "kind": "shift",
        "name": name,
        "text": "",
        "starts_at": at(begins),
        "ends_at": at(ends),
        "people_min": 1,
        "people_max": most,
        "created_at": NOW,
    }
    number: int = db.session.execute(
        insert(Activity).values(values).returning(Activity.id)
    ).scalar_one()
    db.session.commit()
    return number


def signs_up(who: Actor, activity_id: int) -> None:
    db.session.execute(
        insert(Assignment).values(
            depot_id=who.depot_id,
            activity_id=activity_id,
            person_id=who.person_id,
            learning=False,
            taken_at=NOW - HOUR,
        )
    )
    db.session.commit()


def attended(activity_id: int) -> list[tuple[str, datetime | None, datetime | None]]:
    rows = db.session.execute(
        select(Person.name, Assignment.came_at, Assignment.left_at)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.activity_id == activity_id, Assignment.given_back_at.is_(None))
        .order_by(Person.name)
    )
    return [(name, came_at, left_at) for name, came_at, left_at in rows]


def test_a_shift_knows_who_came(world: World) -> None:
    door, evening = shift(world, "Door", 0, 2), shift(world, "Evening", 6, 8)
    for number in (door, evening):
        signs_up(world.ben, number)
    comes(world.ben, -0.25)
    leaves(world.ben, 2)
    assert attended(door) == [("Ben", at(-0.25), at(2))]
    assert attended(evening) == [("Ben", None, None)]


_SAID = (("come", 0.5), ("leave", 1), ("come", 1.5), ("leave", 2))


@pytest.mark.parametrize("order", list(permutations(_SAID)))
def test_no_order_of_arrival_makes_a_difference(
    world: World, order: tuple[tuple[str, float], ...]
) -> None:
    door = shift(world, "Door", 0, 2)
    signs_up(world.ben, door)
    for kind, hours in (*order, order[0]):
        (comes if kind == "come" else leaves)(world.ben, hours)
    assert attended(door) == [("Ben", at(0.5), at(2))]


def test_over_full_is_a_fact(world: World) -> None:
    door = shift(world, "Door", 0, 2, most=1)
    signs_up(world.ben, door)
    comes(world.ben, 0)
    told = comes(world.ada, 0.5, name="Una")
    assert attended(door) == [("Ben", at(0), None), ("Una", at(0.5), None)]
    take_back_mark(TakeBackMark(command_id=uuid4(), mark_id=told.id), world.ada, lambda: EVENING)
    assert attended(door) == [("Ben", at(0), None)]


def test_with_two_shifts_at_once_nobody_is_put_on_one_unsaid(world: World) -> None:
    door, kitchen = shift(world, "Door", 0, 2), shift(world, "Kitchen", 0, 2)
    comes(world.ada, 0.5, name="Una")
    assert attended(door) == attended(kitchen) == []
    comes(world.ada, 0.5, name="Ivo", activity=str(kitchen))
    assert [name for name, *_when in attended(kitchen)] == ["Ivo"]


def test_nobody_is_at_a_shift_of_another_day(world: World) -> None:
    """The wrong shift was tapped: they are here, and may still say that they can't come to it."""
    far = single(world.ada, begins=5 * 24 * HOUR)
    comes(world.ben, activity=far)
    assert look(world, far).parts == ()
    assert [row.name for row in here_now(db.session(), world.north, NOW) if row.is_here] == ["Ben"]


def test_a_yes_stays_when_the_coming_is_taken_back(world: World) -> None:
    now = single(world.ada, begins=-HOUR)
    came = comes(world.ben)
    take(world.ben, now)
    command = TakeBackMark(command_id=uuid4(), mark_id=came.id)
    take_back_mark(command, world.ben, lambda: EVENING)
    assert said_of(look(world, now)) == ["Ben in"]


def test_another_depots_shift_is_none(world: World) -> None:
    door = shift(world, "Door", 0, 2)
    with pytest.raises(NotFound):
        comes(world.cleo, activity=str(door))


def comes_round(world: World, name: str) -> int:
    """Have a shift come round every Saturday from ten to twelve in Berlin; return its routine."""
    depot = world.north.id
    routine: int = db.session.execute(
        insert(Routine).values(depot_id=depot, kind="shift", created_at=NOW).returning(Routine.id)
    ).scalar_one()
    said = {"text": "", "steps": "[]", "people_min": 1, "open_places": 0, "nths": 0}
    rule = {"frequency": "weekly", "every": 1, "weekdays": 1 << 5}
    times = {"from_on": NOW.date(), "begins_minute": 600, "minutes": 120, "made_at": NOW}
    db.session.execute(
        insert(RoutineVersion).values(
            depot_id=depot, routine_id=routine, name=name, **said, **rule, **times
        )
    )
    db.session.commit()
    return routine


def touched(routine: int) -> list[int]:
    return list(db.session.scalars(select(Activity.id).where(Activity.routine_id == routine)))


def test_a_day_that_nobody_touched_is_touched_by_who_comes(world: World) -> None:
    door, kitchen = comes_round(world, "Door"), comes_round(world, "Kitchen")
    db.session.execute(
        insert(Assignment).values(
            depot_id=world.north.id,
            routine_id=door,
            person_id=world.ben.person_id,
            learning=False,
            from_on=NOW.date(),
            taken_at=NOW - HOUR,
        )
    )
    db.session.commit()
    assert [row.name for row in door_list(db.session(), world.ada, NOW).expected] == ["Ben"]
    comes(world.ben, -0.5)
    (day,) = touched(door)
    assert attended(day) == [("Ben", at(-0.5), None)]
    assert touched(kitchen) == []


def test_who_comes_unasked_to_the_only_shift_is_on_it(world: World) -> None:
    door = comes_round(world, "Door")
    comes(world.ada, 1, name="Una")
    (day,) = touched(door)
    assert attended(day) == [("Una", at(1), None)]
    comes(world.ada, 7 * 24 + 5, name="Ivo")
    assert len(touched(door)) == 1, "nothing runs at that hour"


def test_a_helper_reads_no_name_of_who_is_not_here(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join_by_link(
        JoinByLink(command_id=uuid4(), secret=secret, name="Ana"), world.north, clock
    ).answer
    ana = Actor(world.north, "helper", "Ana", person_id=joined.person_id)
    found = door_list(db.session(), ana, NOW)
    assert ([row.name for row in found.here], found.expected, found.others) == (["Ana"], (), ())
    assert [row.name for row in door_list(db.session(), world.ada, NOW).others] == ["Ada", "Ben"]


def test_a_device_by_the_door_speaks_for_everybody(world: World) -> None:
    add = AddDevice(command_id=uuid4(), name="Tablet")
    number = add_device(add, world.ada, SECRET_KEY, clock).answer.id
    door = replace(world.ben, role="helper", device=OwnDevice(number, "Tablet"))
    comes(door, person_id=world.ada.person_id)
    comes(door, name="Una")
    assert here(world) == {"Ada", "Una"}
    assert door_list(db.session(), door, EVENING).for_all


def test_who_was_sent_away_is_not_here(world: World) -> None:
    _, secret = hang_up(world.ada)
    joined = join_by_link(
        JoinByLink(command_id=uuid4(), secret=secret, name="Ana"), world.north, clock
    ).answer
    end = access.EndAccess(command_id=uuid4(), person_id=joined.person_id)
    access.end_access(end, world.ada, lambda: at(1))
    assert here(world) == set()


@pytest.mark.breaks_ledger("what is tampered with here must be found")
@pytest.mark.parametrize("wrong", [{"came_at": at(0.75)}, {"left_at": at(2.75)}, {"left_at": None}])
def test_what_no_mark_bears_out_is_found(world: World, wrong: dict[str, datetime | None]) -> None:
    shelf = shift(world, "Shelf", 0.5, 3)
    signs_up(world.ben, shelf)
    comes(world.ben, 0.5)
    leaves(world.ben, 2.5)
    assert list(broken_attendance(db.session(), world.north.id)) == []
    db.session.execute(update(Assignment).where(Assignment.activity_id == shelf).values(wrong))
    (sentence,) = broken_attendance(db.session(), world.north.id)
    assert "“Shelf”" in sentence
    assert [one.sentence for one in verify(db.session(), world.north.id)] == [sentence]
    db.session.commit()
    assert list(broken_attendance(db.session(), world.south.id)) == []


def test_a_shift_that_was_moved_keeps_when_one_came_to_it(world: World) -> None:
    shelf = shift(world, "Shelf", 0.5, 3)
    signs_up(world.ben, shelf)
    mark = comes(world.ben, 0.5).id
    moved = {"starts_at": at(240), "ends_at": at(243)}
    db.session.execute(update(Activity).where(Activity.id == shelf).values(moved))
    db.session.commit()
    assert list(broken_attendance(db.session(), world.north.id)) == []
    take_back_mark(TakeBackMark(command_id=uuid4(), mark_id=mark), world.ben, lambda: EVENING)
    assert attended(shelf) == [("Ben", None, None)]
