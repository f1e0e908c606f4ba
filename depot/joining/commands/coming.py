"""Coming and leaving: by oneself, or by whoever stands at the tablet by the door.

Each is a line that stays (docs/adr/0059): it comes late, twice and in any order, and who is here is
worked out from all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.kinds import MarkKind
from depot.base.names import clean_name, name_key
from depot.base.text import N_
from depot.joining.marking import add_mark, attend_shifts
from depot.joining.names import need_own_name, speaks_for_all
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, run_once
from depot.models import Attendance, Membership, Person

#: Who come on a day are fewer.
_RECENT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Come:
    """Somebody is here: the actor, a person of the depot, or who walked in and said a first name.

    `activity` names the shift they came for (depot/rota/naming.py); empty: whichever they are on,
    or the one that runs.
    """

    command_id: UUID
    person_id: int | None = None
    name: str = ""
    activity: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Somebody goes: the actor, a person of the depot, or who walked in under that name today."""

    command_id: UUID
    person_id: int | None = None
    name: str = ""
    activity: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackMark:
    """The wrong name was tapped."""

    command_id: UUID
    mark_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Answer):
    """What was written of whom; `id` is what takes it back."""

    id: int
    person_id: int
    name: str
    kind: MarkKind


def come(command: Come, actor: Actor, clock: Clock = utc_now) -> Outcome[Marked]:
    """Write down that somebody is here. A shift that has enough people takes them too.

    Raises Forbidden for a helper who says it of another, NotFound, Invalid where it is of nobody,
    and for a name what joining raises.
    """
    return run_once(command, actor, clock, _come, Marked)


def leave(command: Leave, actor: Actor, clock: Clock = utc_now) -> Outcome[Marked]:
    """Write down that somebody goes. Raises Forbidden, NotFound, Invalid as `come`."""
    return run_once(command, actor, clock, _leave, Marked)


def _come(command: Come, work: Work) -> Marked:
    name = clean_name(command.name)
    if name and command.person_id is None:
        _need_may_speak(work.actor)
        person_id = _walk_in(work, name)
    else:
        person_id, name = _whom(work, command.person_id)
    return _mark(work, (person_id, name), "come", command.activity)


def _leave(command: Leave, work: Work) -> Marked:
    name = clean_name(command.name)
    if name and command.person_id is None:
        _need_may_speak(work.actor)
        person_id, name = _walked_in(work, name)
    else:
        person_id, name = _whom(work, command.person_id)
    return _mark(work, (person_id, name), "leave", command.activity)


def _mark(work: Work, whom: tuple[int, str], kind: MarkKind, activity: str) -> Marked:
    person_id, name = whom
    number = add_mark(work, person_id, kind, activity)
    return Marked(id=number, person_id=person_id, name=name, kind=kind)


def _need_may_speak(actor: Actor) -> None:
    """Raise Forbidden for who speaks for oneself alone: a helper on a phone of their own."""
    if not speaks_for_all(actor):
        raise Forbidden()


def _whom(work: Work, person_id: int | None) -> tuple[int, str]:
    """Return of whom it is said, with their name."""
    own = work.actor.person_id
    if person_id is None:
        person_id = own
    if person_id is None:
        raise Invalid(field="person_id", problem=N_("Say who it is."))
    if person_id != own:
        _need_may_speak(work.actor)
    works_here = select(Membership.person_id).where(
        Membership.depot_id == work.depot_id,
        Membership.person_id == person_id,
        Membership.ended_at.is_(None),
    )
    came_here = select(Attendance.person_id).where(
        Attendance.depot_id == work.depot_id, Attendance.person_id == person_id
    )
    name = work.session.scalar(
        select(Person.name).where(Person.id == person_id, works_here.exists() | came_here.exists())
    )
    if name is None:
        raise NotFound(what=N_("person"), name=person_id)
    return person_id, name


def _walk_in(work: Work, name: str) -> int:
    """Return the id of somebody new who is here and has no right: they are counted, no more."""
    need_own_name(work, name)
    made = insert(Person).values(name=name, created_at=work.recorded_at).returning(Person.id)
    return work.session.execute(made).scalar_one()


def _walked_in(work: Work, name: str) -> tuple[int, str]:
    """Return who came under that name last. Raises NotFound."""
    found = work.session.execute(
        select(Person.id, Person.name)
        .join(Attendance, Attendance.person_id == Person.id)
        .where(Attendance.depot_id == work.depot_id, Attendance.kind == "come")
        .order_by(Attendance.at.desc(), Attendance.id.desc())
        .limit(_RECENT)
    )
    for person_id, known in found:
        if name_key(known) == name_key(name):
            return person_id, known
    raise NotFound(what=N_("person"), name=name)


def take_back_mark(command: TakeBackMark, actor: Actor, clock: Clock = utc_now) -> Outcome[Marked]:
    """Take back that somebody came or left: the person it is of, who wrote it, or a coordinator.

    Done twice it is done once. Raises NotFound, Forbidden.
    """
    return run_once(command, actor, clock, _take_back, Marked)


def _take_back(command: TakeBackMark, work: Work) -> Marked:
    row = work.session.execute(
        select(Attendance, Person.name)
        .join(Person, Person.id == Attendance.person_id)
        .where(
            Attendance.depot_id == work.depot_id,
            Attendance.id == command.mark_id,
            Attendance.kind != "taken_back",
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what=N_("line"), name=command.mark_id)
    mark, name = row
    own = work.actor.person_id
    if not work.actor.is_coordinator and (own is None or own not in (mark.person_id, mark.by_id)):
        raise Forbidden()
    kind: MarkKind = "leave" if mark.kind == "leave" else "come"
    told = Marked(id=mark.id, person_id=mark.person_id, name=name, kind=kind)
    struck = select(Attendance.id).where(
        Attendance.depot_id == work.depot_id, Attendance.takes_back_id == mark.id
    )
    if work.session.scalar(struck) is None:
        work.session.execute(
            insert(Attendance).values(
                depot_id=work.depot_id,
                person_id=mark.person_id,
                kind="taken_back",
                at=work.recorded_at,
                recorded_at=work.recorded_at,
                takes_back_id=mark.id,
                by_id=own,
            )
        )
        attend_shifts(work, mark.person_id, mark.at)
    return told
