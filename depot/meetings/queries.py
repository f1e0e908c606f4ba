"""Meetings that were and are to come, and one with its agenda and minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import DepotView
from depot.base.kinds import ProposalOutcome
from depot.models import (
    Activity,
    AgendaItem,
    Assignment,
    MeetingMinutes,
    Person,
    Proposal,
    ProposalWording,
)
from depot.rota.parts import Part, people_in
from depot.rota.queries.week import ActivityRow, activities, find_activity
from depot.rota.rows import parts_of

#: What the list of meetings reaches over.
BACK: Final = timedelta(days=182)
AHEAD: Final = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """Something on the agenda, and what was said about it."""

    id: int
    title: str
    added_by: str | None
    added_by_id: int | None
    minute: str
    minuted_by: str | None
    proposal_id: int | None
    outcome: ProposalOutcome | None
    #: What it says now, or said when it was settled.
    wording: str | None
    review_on: date | None
    in_room_count: int | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Who does what by when."""

    id: int
    name: str
    due_on: date | None
    who: tuple[str, ...]
    asked: tuple[str, ...]
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with all that is kept of it."""

    row: ActivityRow
    items: tuple[AgendaRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    #: Names of people without an account.
    others: str = ""
    in_room_count: int | None = None

    @property
    def came(self) -> list[Part]:
        """Who came, by name; nobody said so: who is in."""
        there = [part for part in self.row.parts if part.came_at is not None]
        return sorted(there, key=lambda part: part.name.casefold()) or self.row.people


def meetings(session: Session, depot: DepotView, today: date) -> list[ActivityRow]:
    """Return the meetings of the last half year and the next weeks, in their order."""
    return activities(session, depot, today - BACK, today + AHEAD, ("meeting",))


def find_meeting(session: Session, depot: DepotView, name: str) -> MeetingView | None:
    """Return the meeting of that name, with a row or a day of a routine; None: there is none.

    Raises NotFound for what is no name of an activity.
    """
    row = find_activity(session, depot, name)
    if row is None or row.kind != "meeting":
        return None
    if row.id is None:
        return MeetingView(row)
    minutes = session.execute(
        select(MeetingMinutes.others, MeetingMinutes.in_room_count).where(
            MeetingMinutes.depot_id == depot.id, MeetingMinutes.activity_id == row.id
        )
    ).one_or_none()
    others, count = (minutes.others, minutes.in_room_count) if minutes else ("", None)
    return MeetingView(
        row, _agenda(session, depot.id, row.id), _tasks(session, depot.id, row.id), others, count
    )


def _agenda(session: Session, depot_id: int, activity_id: int) -> tuple[AgendaRow, ...]:
    writer = aliased(Person)
    rows = session.execute(
        select(
            AgendaItem.id,
            AgendaItem.title,
            Person.name,
            AgendaItem.added_by_id,
            AgendaItem.minute,
            writer.name,
            AgendaItem.proposal_id,
            Proposal.outcome,
            ProposalWording.text,
            Proposal.review_on,
            Proposal.in_room_count,
        )
        .outerjoin(Person, Person.id == AgendaItem.added_by_id)
        .outerjoin(writer, writer.id == AgendaItem.minuted_by_id)
        .outerjoin(
            Proposal,
            (Proposal.depot_id == AgendaItem.depot_id) & (Proposal.id == AgendaItem.proposal_id),
        )
        .outerjoin(
            ProposalWording,
            (ProposalWording.depot_id == Proposal.depot_id)
            & (ProposalWording.proposal_id == Proposal.id)
            & (ProposalWording.version == Proposal.version),
        )
        .where(
            AgendaItem.depot_id == depot_id,
            AgendaItem.activity_id == activity_id,
            AgendaItem.taken_off_at.is_(None),
        )
        .order_by(AgendaItem.id)
    )
    return tuple(AgendaRow(*row) for row in rows)


def _tasks(session: Session, depot_id: int, activity_id: int) -> tuple[TaskRow, ...]:
    grown = (
        Activity.depot_id == depot_id,
        Activity.kind == "task",
        Activity.grown_from == "activity",
        Activity.grown_from_id == activity_id,
        Activity.called_off_at.is_(None),
    )
    rows = session.scalars(select(Activity).where(*grown).order_by(Activity.id)).all()
    chosen = select(Activity.id).where(*grown)
    parts = parts_of(session, depot_id, Assignment.activity_id.in_(chosen))
    return tuple(_task(row, parts.get(row.id, [])) for row in rows)


def _task(row: Activity, parts: list[Part]) -> TaskRow:
    who = tuple(part.name for part in people_in(parts))
    asked = tuple(part.name for part in parts if part.standing == "asked")
    return TaskRow(row.id, row.name, row.due_on, who, asked, row.done_at)
