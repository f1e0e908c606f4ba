"""Names on sign-in sheets: written by many, read by few, gone in time, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.db.transaction import transaction
from depot.exporting.choice import exported_tables
from depot.kernel.once import Outcome
from depot.models import CommandLog, Membership, NameSheetLine
from depot.name_sheets.commands.lines import (
    StrikeName,
    WriteName,
    WrittenName,
    strike_name,
    write_name,
)
from depot.name_sheets.commands.settings import SaveSheetSetting, save_sheet_setting
from depot.name_sheets.errors import NameSheetsAreOff, NamesNotForYou, SheetIsErased
from depot.name_sheets.queries import name_sheets, names_on
from depot.name_sheets.round import erase_old_names
from depot.open_book.checking import broken_rights
from depot.open_book.queries import right_changes
from depot.people.access_journal import note_reading
from depot.people.commands import access
from depot.people.commands.names import LetReadNames, let_read_names
from depot.people.queries import access_events
from tests.builders import NOW, World, clock
from tests.commands.distribution.test_plans import an_event
from tests.current import db


def keep(by: Actor, is_on: bool = True, years: int = 3, columns: str = "") -> None:
    command = SaveSheetSetting(command_id=uuid4(), is_on=is_on, years=years, columns=columns)
    save_sheet_setting(command, by, clock)


def write(
    by: Actor, event_id: int, name: str = "Ines", people: int = 3, now: datetime = NOW
) -> Outcome[WrittenName]:
    command = WriteName(command_id=uuid4(), event_id=event_id, name=name, people=people)
    return write_name(command, by, lambda: now)


def let(by: Actor, person: Actor, reads: bool = True, why: str = "") -> Actor:
    command = LetReadNames(
        command_id=uuid4(), person_id=person.person_id or 0, reads_names=reads, why=why
    )
    let_read_names(command, by, clock)
    return replace(person, reads_names=reads)


def kept_names(who: Actor, event_id: int) -> list[tuple[str, int]]:
    return [(row.name, row.people) for row in names_on(db.session(), who, event_id)]


def test_who_writes_need_not_read(world: World) -> None:
    keep(world.ada)
    event = an_event(world.ada)
    assert write(world.ben, event, " Ines  Roth ").answer.lines == 1
    assert write(world.ben, event, "Abel", 1).answer.lines == 2
    for nobody in (world.ben, world.ada):  # coordinators no more than others
        with pytest.raises(NamesNotForYou):
            names_on(db.session(), nobody, event)
    ben = let(world.ada, world.ben)
    assert kept_names(ben, event) == [("Abel", 1), ("Ines Roth", 3)]
    (sheet,) = name_sheets(db.session(), world.north.id)
    assert (sheet.lines, sheet.people, sheet.erased_at) == (2, 4, None)


def test_written_twice_is_written_once_and_the_log_knows_no_name(world: World) -> None:
    keep(world.ada)
    event = an_event(world.ada)
    command = WriteName(command_id=uuid4(), event_id=event, name="Ines", people=3)
    assert not write_name(command, world.ben, clock).repeated
    other = replace(command, name="Abel")
    assert write_name(other, world.ben, clock).repeated  # no digest from which a name is guessed
    assert db.session().scalars(select(NameSheetLine.name)).all() == ["Ines"]
    assert "Ines" not in "".join(db.session().scalars(select(CommandLog.answer)))


def test_what_is_refused(world: World) -> None:
    event = an_event(world.ada)
    with pytest.raises(NameSheetsAreOff):
        write(world.ben, event)
    with pytest.raises(Forbidden):
        keep(world.ben)
    keep(world.ada)
    helper = replace(world.ben, role="helper")
    with pytest.raises(Forbidden):
        write(helper, event)
    with pytest.raises(NotFound):
        write(world.cleo, event)
    for name, people in ((" ", 1), ("Ines", 0), ("Ines", 101)):
        with pytest.raises(Invalid):
            write(world.ben, event, name, people)
    for years, columns in ((0, ""), (11, ""), (3, "a\nb\nc\nd\ne")):
        with pytest.raises(Invalid):
            keep(world.ada, years=years, columns=columns)


def test_the_right_stands_in_the_open_book_and_ends_with_access(world: World) -> None:
    let(world.ada, world.ben, why="keeps the folder")
    (row,) = right_changes(db.session(), world.north.id, None, 1)
    assert (row.person, row.before, row.role) == (world.ben.name, "volunteer", "volunteer")
    assert (row.could_read_names, row.reads_names, row.why) == (False, True, "keeps the folder")
    role = access.ChangeRole(
        command_id=uuid4(), person_id=world.ben.person_id or 0, role="coordinator"
    )
    access.change_role(role, world.ada, clock)
    key = (world.ben.person_id, world.north.id)
    assert db.session().get_one(Membership, key).reads_names  # another role, the same right
    ended = access.EndAccess(command_id=uuid4(), person_id=world.ben.person_id or 0)
    access.end_access(ended, world.ada, clock)
    db.session().expire_all()
    assert not db.session().get_one(Membership, key).reads_names
    assert broken_rights(db.session(), world.north.id) == []


def test_the_right_is_given_by_coordinators_to_their_own_people(world: World) -> None:
    with pytest.raises(Forbidden):
        let(world.ben, world.ben)
    with pytest.raises(NotFound):
        let(world.ada, world.cleo)
    before = len(right_changes(db.session(), world.north.id, None, 99))
    let(world.ada, world.ben, reads=False)  # it was so already
    assert len(right_changes(db.session(), world.north.id, None, 99)) == before


def test_names_go_when_their_years_are_over(world: World) -> None:
    keep(world.ada, years=1)
    event = an_event(world.ada)
    write(world.ben, event)
    ben = let(world.ada, world.ben)
    (sheet,) = name_sheets(db.session(), world.north.id)
    over = datetime.combine(sheet.erased_on, NOW.timetz())
    assert erase_old_names(lambda: over - timedelta(days=1)) == 0
    keep(world.ada, years=2)  # longer: what is kept stays longer
    assert erase_old_names(lambda: over) == 0
    keep(world.ada, is_on=False, years=1)  # turned off it goes all the same
    assert erase_old_names(lambda: over) == 1
    assert erase_old_names(lambda: over) == 0
    db.session().rollback()
    assert kept_names(ben, event) == []
    (sheet,) = name_sheets(db.session(), world.north.id)
    assert (sheet.lines, sheet.erased_at) == (1, over)
    keep(world.ada, years=1)
    with pytest.raises(SheetIsErased):
        write(world.ben, event, now=over)


def test_a_line_that_is_taken_off_leaves_nothing(world: World) -> None:
    keep(world.ada)
    event = an_event(world.ada)
    write(world.ben, event)
    line = db.session().scalars(select(NameSheetLine.id)).one()
    cleo = replace(world.cleo, reads_names=True)
    with pytest.raises(NotFound):
        strike_name(StrikeName(command_id=uuid4(), line_id=line), cleo, clock)
    with pytest.raises(NamesNotForYou):
        strike_name(StrikeName(command_id=uuid4(), line_id=line), world.ada, clock)
    ben = let(world.ada, world.ben)
    strike_name(StrikeName(command_id=uuid4(), line_id=line), ben, clock)
    assert kept_names(ben, event) == []


def test_an_outsider_sees_no_sheet(world: World) -> None:
    keep(world.ada)
    keep(world.cleo)
    event = an_event(world.ada)
    write(world.ben, event)
    cleo = replace(world.cleo, reads_names=True)
    assert name_sheets(db.session(), world.south.id) == []
    assert kept_names(cleo, event) == []


def test_a_reading_is_in_the_journal_once_an_hour(world: World) -> None:
    ben = replace(world.ben, reads_names=True)
    for minutes in (0, 20, 90):
        read_at = NOW + timedelta(minutes=minutes)
        note_reading(ben, "names_read", "Saturday", partial(read_at.astimezone, UTC))
    rows = access_events(db.session(), world.north.id, None, 9)
    told = [(row.subject, row.times) for row in rows if row.kind == "names_read"]
    assert told == [("Saturday", 1), ("Saturday", 2)]


def test_the_whole_export_takes_no_name_along() -> None:
    assert "name_sheet_line" not in {table.name for table in exported_tables()}
    assert "name_sheet" in {table.name for table in exported_tables()}


@pytest.mark.breaks_ledger("a right to read is written past the chain, and must be found")
def test_a_right_that_nobody_gave_is_found(world: World) -> None:
    with transaction() as session:
        session.execute(text("UPDATE membership SET reads_names = TRUE WHERE role = 'volunteer'"))
    assert any("who reads names" in one for one in broken_rights(db.session(), world.north.id))
