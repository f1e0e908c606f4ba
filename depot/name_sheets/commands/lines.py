"""Names are typed from the paper, and taken off again. The log of commands learns none of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.names import clean_name
from depot.base.text import N_
from depot.kernel.answers import Answer, SavedId
from depot.kernel.once import Outcome, Work, need_member, run_once
from depot.models import DistributionEvent, NameSheet, NameSheetLine
from depot.name_sheets.errors import NameSheetsAreOff, SheetIsErased
from depot.name_sheets.keeping import MOST_PEOPLE, erased_on
from depot.name_sheets.overwriting import overwrite_deleted
from depot.name_sheets.setting import need_names, sheet_setting


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteName:
    """A household that signed: a name, and of how many people it is."""

    command_id: UUID
    event_id: int = 0
    name: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenName(Answer):
    """So many households stand on the sheet now; none of them is named."""

    event_id: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeName:
    """A line that was typed by mistake is to go, and leaves nothing."""

    command_id: UUID
    line_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Write:
    """What the log of commands keeps a digest of: nothing from which a name could be guessed."""

    command_id: UUID
    event_id: int


def write_name(command: WriteName, actor: Actor, clock: Clock = utc_now) -> Outcome[WrittenName]:
    """Write a household onto the sheet of a hand-out; who writes need not be able to read.

    Raises Forbidden for a helper, NotFound, NameSheetsAreOff, SheetIsErased, Invalid.
    """
    need_member(actor)
    logged = _Write(command_id=command.command_id, event_id=command.event_id)
    return run_once(logged, actor, clock, lambda _logged, work: _write(command, work), WrittenName)


def strike_name(command: StrikeName, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Take a line off its sheet, on the disk too. Raises NamesNotForYou, NotFound."""
    return run_once(command, actor, clock, _strike, SavedId)


def _write(command: WriteName, work: Work) -> WrittenName:
    name = clean_name(command.name)
    if not name:
        raise Invalid(field="name", problem=N_("Write the name that stands on the paper."))
    if not 1 <= command.people <= MOST_PEOPLE:
        raise Invalid(field="people", problem=N_("A household has from one to 100 people."))
    _open_sheet(work, command.event_id)
    row = {
        "depot_id": work.depot_id,
        "event_id": command.event_id,
        "name": name,
        "people": command.people,
        "recorded_at": work.recorded_at,
    }
    work.session.execute(insert(NameSheetLine).values(**row))
    own = (
        NameSheetLine.depot_id == work.depot_id,
        NameSheetLine.event_id == command.event_id,
    )
    lines = len(work.session.scalars(select(NameSheetLine.id).where(*own)).all())
    return WrittenName(event_id=command.event_id, lines=lines)


def _open_sheet(work: Work, event_id: int) -> None:
    """Make the sheet of a hand-out with its first line. Raises NotFound for no hand-out of ours."""
    starts_at = work.session.scalar(
        select(DistributionEvent.starts_at).where(
            DistributionEvent.depot_id == work.depot_id, DistributionEvent.id == event_id
        )
    )
    if starts_at is None:
        raise NotFound(what=N_("hand-out"), name=event_id)
    setting = sheet_setting(work.session, work.depot_id)
    if setting is None or not setting.is_on:
        raise NameSheetsAreOff()
    held_on = local_day(starts_at, work.actor.depot.time_zone)
    sheet = work.session.scalar(
        select(NameSheet).where(NameSheet.depot_id == work.depot_id, NameSheet.event_id == event_id)
    )
    # of one that is over a late line would be kept for no day more
    if (sheet and sheet.erased_at) or erased_on(held_on, setting.years) <= work.today:
        raise SheetIsErased()
    if sheet is None:
        made = {"event_id": event_id, "depot_id": work.depot_id, "held_on": held_on}
        work.session.execute(insert(NameSheet).values(**made))


def _strike(command: StrikeName, work: Work) -> SavedId:
    own = (NameSheetLine.depot_id == work.depot_id, NameSheetLine.id == command.line_id)
    if work.session.scalar(select(NameSheetLine.id).where(*own)) is None:
        raise NotFound(what=N_("line"), name=command.line_id)
    need_names(work.actor)
    overwrite_deleted(work.session)
    work.session.execute(delete(NameSheetLine).where(*own))
    return SavedId(id=command.line_id)
