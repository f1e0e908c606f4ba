"""Notes for the next shift: written once, met first, seen, taken down, faded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, Forbidden, Invalid, NotFound
from depot.handover.commands import (
    AcknowledgeNote,
    TakeDownNote,
    WriteNote,
    acknowledge_note,
    take_down_note,
    write_note,
)
from depot.handover.errors import OnlyPeopleSee
from depot.handover.notes import FADES
from depot.handover.queries import NoteRow, find_note, notes_before, read_wall
from depot.handover.round import fade_notes
from depot.models import Acknowledgement, Note, NoteLine
from tests.builders import NOW, World, clock
from tests.current import db

HOUR = timedelta(hours=1)


def write(by: Actor, what: str, now: datetime = NOW, **said: object) -> int:
    command = WriteNote(command_id=uuid4(), text=what, **said)  # type: ignore[arg-type]  # by field name
    return write_note(command, by, lambda: now).answer.id


def see(by: Actor, note_id: int, now: datetime = NOW) -> None:
    acknowledge_note(AcknowledgeNote(command_id=uuid4(), note_id=note_id), by, lambda: now)


def unseen(by: Actor, now: datetime = NOW) -> list[tuple[str, ...]]:
    return [row.lines for row in read_wall(db.session(), by, now).handovers]


def hanging(by: Actor, now: datetime) -> list[tuple[str, ...]]:
    return [row.lines for row in read_wall(db.session(), by, now).notices]


def found(by: Actor, note_id: int) -> NoteRow:
    row = find_note(db.session(), by, note_id)
    assert row is not None
    return row


def test_the_next_shift_meets_it_until_it_has_seen_it(world: World) -> None:
    one = write(world.ben, "The side door sticks.", facts=("Fridge 2: 9 °C",))
    assert unseen(world.ada) == [("Fridge 2: 9 °C", "The side door sticks.")]
    assert unseen(world.ben) == []  # who wrote it knows it
    see(world.ada, one, NOW + HOUR)
    see(world.ada, one, NOW + 2 * HOUR)  # from another phone
    assert unseen(world.ada) == []
    assert found(world.ben, one).seen_by == ("Ada",)
    seen_at = db.session.scalars(select(Acknowledgement.seen_at)).all()
    assert seen_at == [NOW + HOUR]


def test_twice_is_once(world: World) -> None:
    command = WriteNote(command_id=uuid4(), text="Ham is in fridge 1")
    first = write_note(command, world.ben, clock)
    again = write_note(command, world.ben, clock)
    assert (again.answer, again.repeated) == (first.answer, True)
    assert db.session.scalar(select(func.count()).select_from(Note)) == 1
    with pytest.raises(CommandIdReused):
        write_note(replace(command, text="other"), world.ben, clock)


def test_two_notes_of_one_shift_stand_whatever_the_order_they_come_in(world: World) -> None:
    later = write(world.ben, "second", occurred_at=NOW - HOUR)
    see(world.ada, later)
    # it lay on another phone, which found no signal before the next day
    write(world.ben, "first", NOW + 20 * HOUR, occurred_at=NOW - 2 * HOUR)
    assert unseen(world.ada, NOW + 20 * HOUR) == [("first",)]
    rows = notes_before(db.session(), world.ben, 10)
    assert {(row.lines, row.written_at) for row in rows} == {
        (("second",), NOW - HOUR),
        (("first",), NOW - 2 * HOUR),
    }


def test_the_newest_are_shown_and_said_to_be_more(world: World) -> None:
    for number in range(4):
        write(world.ben, f"note {number}", NOW, occurred_at=NOW - number * HOUR)
    wall = read_wall(db.session(), world.ada, NOW)
    assert [row.lines for row in wall.handovers] == [("note 0",), ("note 1",), ("note 2",)]
    assert wall.has_more


def test_a_handover_waits_two_weeks(world: World) -> None:
    write(world.ben, "for next Saturday")
    assert unseen(world.ada, NOW + timedelta(days=13)) == [("for next Saturday",)]
    assert unseen(world.ada, NOW + timedelta(days=15)) == []


def test_a_notice_hangs_a_week_or_until_its_day(world: World) -> None:
    write(world.ben, "a week", kind="notice")
    write(world.ben, "today", kind="notice", shown_until=date(2026, 11, 21))
    assert unseen(world.ada) == []
    assert hanging(world.ben, NOW) == [("today",), ("a week",)]
    # midnight in Berlin
    assert hanging(world.ben, NOW.replace(hour=23)) == [("a week",)]
    assert hanging(world.ben, NOW + timedelta(days=7)) == [("a week",)]
    assert hanging(world.ben, NOW + timedelta(days=8)) == []


def test_a_helper_writes_and_sees_but_takes_down_only_their_own(world: World) -> None:
    helper = replace(world.ben, role="helper")
    own = write(helper, "mine", kind="notice")
    theirs = write(world.ada, "theirs", kind="notice")
    see(helper, theirs)
    take_down_note(TakeDownNote(command_id=uuid4(), note_id=own), helper, clock)
    with pytest.raises(Forbidden):
        take_down_note(TakeDownNote(command_id=uuid4(), note_id=theirs), helper, clock)
    assert hanging(world.ada, NOW) == [("theirs",)]
    assert [row.may_take_down for row in notes_before(db.session(), helper, 9)] == [False, False]


def test_what_is_taken_down_has_no_words_any_more(world: World) -> None:
    one = write(world.ben, "Mrs Kowalczyk was ill")
    take_down_note(TakeDownNote(command_id=uuid4(), note_id=one), world.ada, clock)
    take_down_note(TakeDownNote(command_id=uuid4(), note_id=one), world.ben, clock)
    row = found(world.ben, one)
    assert (row.lines, row.taken_down_by, row.may_take_down) == ((), "Ada", False)
    assert unseen(world.ada) == []
    assert db.session.scalar(select(func.count()).select_from(NoteLine)) == 0


def test_words_fade_after_eight_weeks_and_a_notice_after_its_last_day(world: World) -> None:
    old = write(world.ben, "old")
    young = write(world.ben, "young", NOW + HOUR)
    hangs = write(world.ben, "hangs", kind="notice", shown_until=NOW.date() + timedelta(days=30))
    see(world.ada, old)
    assert fade_notes(lambda: NOW + FADES + HOUR / 2) == 1
    assert [found(world.ada, one).lines for one in (old, young, hangs)] == [
        (),
        ("young",),
        ("hangs",),
    ]
    assert found(world.ada, old).seen_by == ("Ada",)
    assert fade_notes(lambda: NOW + FADES + timedelta(days=30)) == 1
    assert fade_notes(lambda: NOW + FADES + timedelta(days=33)) == 1
    assert db.session.scalar(select(func.count()).select_from(NoteLine)) == 0


def test_the_outsider_neither_sees_nor_touches_it(world: World) -> None:
    one = write(world.ben, "ours")
    write(world.ben, "hangs here", kind="notice")
    assert find_note(db.session(), world.cleo, one) is None
    wall = read_wall(db.session(), world.cleo, NOW)
    assert (wall.handovers, wall.notices) == ((), ())
    with pytest.raises(NotFound):
        see(world.cleo, one)
    with pytest.raises(NotFound):
        take_down_note(TakeDownNote(command_id=uuid4(), note_id=one), world.cleo, clock)
    with pytest.raises(NotFound):
        see(world.cleo, 2**70)
    assert found(world.ada, one).lines == ("ours",)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what": " \n "}, "text"),
        ({"what": "x" * 501}, "text"),
        ({"what": "", "facts": ("x" * 201,)}, "facts"),
        ({"what": "", "facts": ("x",) * 21}, "facts"),
        ({"what": "x", "shown_until": date(2026, 11, 22)}, "shown_until"),
        ({"what": "x", "kind": "notice", "shown_until": date(2026, 11, 20)}, "shown_until"),
        ({"what": "x", "kind": "notice", "shown_until": date(2027, 2, 22)}, "shown_until"),
        ({"what": "x", "kind": "gossip"}, "kind"),
    ],
)
def test_what_is_no_note_is_refused(world: World, said: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        write(world.ben, **said)  # type: ignore[arg-type]  # by field name
    assert refused.value.field == field


def test_a_program_writes_but_has_seen_nothing(world: World) -> None:
    one = write(replace(world.ben, person_id=None), "from the thermometer")
    program = replace(world.ada, person_id=None)
    assert unseen(program) == [("from the thermometer",)]
    with pytest.raises(OnlyPeopleSee):
        see(program, one)


def test_who_has_seen_it_cannot_be_rewritten(world: World) -> None:
    one = write(world.ben, "ours")
    see(world.ada, one)
    with pytest.raises(DatabaseError, match=r"append-only|may not"):
        db.session.execute(text("DELETE FROM acknowledgement"))
    db.session.rollback()
