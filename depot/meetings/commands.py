"""The agenda of a meeting, and its minutes: what was said, who was there, who does what by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.names import clean_name
from depot.base.text import N_
from depot.kernel.answers import Saved, SavedId
from depot.kernel.once import Outcome, Work, need_member, run_once
from depot.meetings.errors import NoMeeting
from depot.models import (
    Activity,
    AgendaItem,
    Assignment,
    MeetingMinutes,
    Membership,
    Proposal,
    ProposalWording,
)
from depot.rota.touching import touch

MAX_TITLE: Final = 200
MAX_MINUTE: Final = 2000
MAX_OTHERS: Final = 1000
MOST_IN_ROOM: Final = 10_000
_FAR: Final = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToAgenda:
    """Something is to be talked about, or a proposal decided, in a meeting."""

    command_id: UUID
    #: A number, or a routine's and a day (depot/rota/naming.py).
    activity: str = ""
    #: Needed where no proposal says it.
    title: str = ""
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOffAgenda:
    """Something is not to be talked about after all."""

    command_id: UUID
    item_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteMinute:
    """What was said about something on the agenda; it is what it says, not added to."""

    command_id: UUID
    item_id: int = 0
    minute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWhoWasThere:
    """Who else was there: names of people without an account, and how many there were in all."""

    command_id: UUID
    activity: str = ""
    others: str = ""
    in_room_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveTask:
    """Somebody is asked in a meeting to do something by a day. Asked is not agreed."""

    command_id: UUID
    activity: str = ""
    name: str
    due_on: date | None = None
    person_id: int | None = None


def add_to_agenda(command: AddToAgenda, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Put something on the agenda, before the meeting or in it; anybody who works here does.

    Raises NotFound, NoSuchDay, NoMeeting, Invalid without a title.
    """
    return run_once(command, actor, clock, _add, Saved)


def take_off_agenda(
    command: TakeOffAgenda, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Take something off the agenda. Raises NotFound; Forbidden for a helper who did not add it."""
    return run_once(command, actor, clock, _take_off, SavedId)


def write_minute(command: WriteMinute, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Write down what was said about something. Raises Forbidden for a helper, NotFound."""
    need_member(actor)
    return run_once(command, actor, clock, _write_minute, SavedId)


def note_who_was_there(
    command: NoteWhoWasThere, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Write down who else was there. Raises Forbidden, NotFound, NoSuchDay, NoMeeting, Invalid."""
    need_member(actor)
    return run_once(command, actor, clock, _note, SavedId)


def give_task(command: GiveTask, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Make a task of what was said, with a day, and ask somebody; who asks themselves has it.

    Raises Forbidden for a helper, NotFound, NoSuchDay, NoMeeting, Invalid.
    """
    need_member(actor)
    return run_once(command, actor, clock, _give_task, Saved)


def _meeting(work: Work, name: str) -> Activity:
    found = touch(work, name)
    if found.kind != "meeting":
        raise NoMeeting(name=found.name)
    return found


def _add(command: AddToAgenda, work: Work) -> Saved:
    meeting = _meeting(work, command.activity)
    title = clean_name(command.title)
    if command.proposal_id is not None:
        title = title or _title_of(work, command.proposal_id)
    if not 1 <= len(title) <= MAX_TITLE:
        raise Invalid(field="title", problem=N_("What is it about? At most 200 letters."))
    number = work.session.execute(
        insert(AgendaItem)
        .values(
            depot_id=work.depot_id,
            activity_id=meeting.id,
            title=title,
            proposal_id=command.proposal_id,
            minute="",
            added_at=work.recorded_at,
            added_by_id=work.actor.person_id,
        )
        .returning(AgendaItem.id)
    ).scalar_one()
    return Saved(id=number, name=title)


def _title_of(work: Work, proposal_id: int) -> str:
    found = work.session.scalar(
        select(ProposalWording.title)
        .join(
            Proposal,
            (Proposal.depot_id == ProposalWording.depot_id)
            & (Proposal.id == ProposalWording.proposal_id)
            & (Proposal.version == ProposalWording.version),
        )
        .where(Proposal.depot_id == work.depot_id, Proposal.id == proposal_id)
    )
    if found is None:
        raise NotFound(field="proposal_id", what=N_("proposal"), name=str(proposal_id))
    return found


def _item(work: Work, item_id: int) -> AgendaItem:
    found = None
    if 0 < item_id < 2**63:
        found = work.session.scalar(
            select(AgendaItem)
            .where(AgendaItem.depot_id == work.depot_id, AgendaItem.id == item_id)
            .execution_options(populate_existing=True)
        )
    if found is None or found.taken_off_at is not None:
        raise NotFound(what=N_("agenda item"), name=str(item_id))
    return found


def _take_off(command: TakeOffAgenda, work: Work) -> SavedId:
    found = _item(work, command.item_id)
    if work.actor.is_helper and found.added_by_id != work.actor.person_id:
        raise Forbidden()
    _change(work, found, taken_off_at=work.recorded_at)
    return SavedId(id=found.id)


def _write_minute(command: WriteMinute, work: Work) -> SavedId:
    found = _item(work, command.item_id)
    _change(
        work,
        found,
        minute=command.minute.strip(),
        minuted_at=work.recorded_at,
        minuted_by_id=work.actor.person_id,
    )
    return SavedId(id=found.id)


def _change(work: Work, found: AgendaItem, **values: object) -> None:
    work.session.execute(
        update(AgendaItem)
        .where(AgendaItem.depot_id == work.depot_id, AgendaItem.id == found.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _note(command: NoteWhoWasThere, work: Work) -> SavedId:
    meeting = _meeting(work, command.activity)
    count = command.in_room_count
    if count is not None and not 1 <= count <= MOST_IN_ROOM:
        raise Invalid(field="in_room_count", problem=N_("How many are there? At least one."))
    row = work.session.scalar(
        select(MeetingMinutes).where(
            MeetingMinutes.depot_id == work.depot_id, MeetingMinutes.activity_id == meeting.id
        )
    )
    if row is None:
        row = MeetingMinutes(depot_id=work.depot_id, activity_id=meeting.id)
        work.session.add(row)
    row.others, row.in_room_count = command.others.strip(), count
    row.written_at, row.written_by_id = work.recorded_at, work.actor.person_id
    work.session.flush()
    return SavedId(id=meeting.id)


def _give_task(command: GiveTask, work: Work) -> Saved:
    meeting = _meeting(work, command.activity)
    name = clean_name(command.name)
    if not 1 <= len(name) <= MAX_TITLE:
        raise Invalid(field="name", problem=N_("What is to be done? At most 200 letters."))
    if command.due_on is not None and not work.today <= command.due_on <= work.today + _FAR:
        raise Invalid(field="due_on", problem=N_("Choose a day from today on."))
    task = Activity(
        depot_id=work.depot_id,
        kind="task",
        name=name,
        text="",
        due_on=command.due_on,
        people_min=1,
        people_max=None,
        grown_from="activity",
        grown_from_id=meeting.id,
        created_at=work.recorded_at,
        created_by_id=work.actor.person_id,
    )
    work.session.add(task)
    work.session.flush()
    if command.person_id is not None:
        _ask(work, task, command.person_id)
    return Saved(id=task.id, name=name)


def _ask(work: Work, task: Activity, person_id: int) -> None:
    works_here = work.session.scalar(
        select(Membership.person_id).where(
            Membership.depot_id == work.depot_id,
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
        )
    )
    if works_here is None:
        raise NotFound(field="person_id", what=N_("person"), name=str(person_id))
    part = Assignment(depot_id=work.depot_id, activity_id=task.id, person_id=person_id)
    if person_id == work.actor.person_id:
        part.taken_at = work.recorded_at
    else:
        part.asked_at, part.asked_by_id = work.recorded_at, work.actor.person_id
    work.session.add(part)
    work.session.flush()
