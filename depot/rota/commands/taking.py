"""Somebody takes part, can't come, takes over, gives back; somebody is asked.

Each says what happened at its moment, so that it holds when a phone brings it late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_member, run_once
from depot.models import Activity, Assignment, Membership, Person
from depot.rota.errors import CalledOff, HasCome, IsOver, NotIn
from depot.rota.overlaps import overlapping
from depot.rota.parts import Part, Standing, count_in, has_place_for, own_part, people_in
from depot.rota.touching import parts_in, touch


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePart:
    """Somebody comes: the actor, or who told a coordinator so.

    It is also the yes of somebody who was asked or waits, and "I can come after all".
    """

    command_id: UUID
    #: A number, or a routine's and a day (depot/rota/naming.py).
    activity: str = ""
    #: Whose part is taken over; None: a place that is free.
    instead_of: int | None = None
    person_id: int | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekStandIn:
    """Somebody can't come, and is expected until another one takes over."""

    command_id: UUID
    activity: str = ""
    person_id: int | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    """Somebody takes no part (any more): their place is free. Who was asked or waits says no."""

    command_id: UUID
    activity: str = ""
    person_id: int | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPerson:
    """Somebody is asked to come. Asked is not agreed."""

    command_id: UUID
    activity: str = ""
    person_id: int = 0
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Answer):
    """How somebody stands to an activity now, how many are in, and what else they are in then."""

    activity_id: int
    name: str
    person: str
    standing: Standing
    people: int
    people_max: int | None
    overlaps: tuple[str, ...] = ()
    #: Whose part they took over.
    instead_of: str = ""

    @property
    def is_over_full(self) -> bool:
        """Whether more are in than there are places: a fact, to be talked about."""
        return self.people_max is not None and self.people > self.people_max


def take_part(command: TakePart, actor: Actor, clock: Clock = utc_now) -> Outcome[Taken]:
    """Take a place, or take over from somebody; where it is full, wait for one.

    What a phone brings late is a fact: they are in, be it over-full. Raises NotFound, NoSuchDay,
    CalledOff, IsOver, and Forbidden for somebody else where the actor coordinates nothing.
    """
    return run_once(command, actor, clock, _take, Taken)


def seek_stand_in(command: SeekStandIn, actor: Actor, clock: Clock = utc_now) -> Outcome[Taken]:
    """Say that somebody can't come: the actor, or who told a coordinator so.

    Raises NotFound, NoSuchDay, NotIn, HasCome, and Forbidden for somebody else where the actor
    coordinates nothing.
    """
    return run_once(command, actor, clock, _seek, Taken)


def give_back(command: GiveBack, actor: Actor, clock: Clock = utc_now) -> Outcome[Taken]:
    """Leave a place free, or say no. Twice is once. Raises NotFound, NoSuchDay, HasCome, Forbidden.

    Who waits does not move up by it: a place is free, and their yes takes it.
    """
    return run_once(command, actor, clock, _give_back, Taken)


def ask_person(command: AskPerson, actor: Actor, clock: Clock = utc_now) -> Outcome[Taken]:
    """Ask somebody who works here to come. Who takes part, or waits, is not asked again.

    Raises Forbidden for a helper, NotFound, NoSuchDay, CalledOff, IsOver.
    """
    need_member(actor)
    return run_once(command, actor, clock, _ask, Taken)


def _take(command: TakePart, work: Work) -> Taken:
    person = _person(work, command.person_id)
    activity = _activity(work, command.activity)
    _need_on(work, activity)
    parts = parts_in(work, activity)
    own = own_part(parts, person.id)
    if _said_no_since(work, parts, person.id):
        return _told(work, activity, person)
    if own is not None and own.is_in:
        _say_yes_again(work, own)
        return _told(work, activity, person)
    instead = _seeker(parts, command.instead_of, person.id)
    row = _row(work, own) if own is not None else _new(work, activity, person.id)
    was_asked = own is not None and own.standing == "asked"
    is_told = command.person_id not in (None, work.actor.person_id)
    if instead is not None:
        _row(work, instead).given_back_at = work.occurred_at
        row.instead_of_id = instead.id
    if instead or was_asked or is_told or work.is_fact or _has_place(work, activity, parts, person):
        row.taken_at, row.waiting_since = work.occurred_at, None
    elif row.waiting_since is None:
        row.waiting_since = work.occurred_at
    work.session.add(row)
    return _told(work, activity, person, instead)


def _seek(command: SeekStandIn, work: Work) -> Taken:
    person = _person(work, command.person_id)
    activity = _activity(work, command.activity)
    own = own_part(parts_in(work, activity), person.id)
    if own is None or not own.is_in:
        raise NotIn(name=activity.name)
    if own.came_at is not None:
        raise HasCome(name=activity.name)
    if not _said_yes_since(work, own):
        row = _row(work, own)
        row.stand_in_sought_at = max(row.stand_in_sought_at or work.occurred_at, work.occurred_at)
    return _told(work, activity, person)


def _give_back(command: GiveBack, work: Work) -> Taken:
    person = _person(work, command.person_id)
    activity = _activity(work, command.activity)
    own = own_part(parts_in(work, activity), person.id)
    if own is not None:
        if own.came_at is not None:
            raise HasCome(name=activity.name)
        if not _said_yes_since(work, own):
            _row(work, own).given_back_at = work.occurred_at
    return _told(work, activity, person)


def _ask(command: AskPerson, work: Work) -> Taken:
    person = _member(work, command.person_id)
    activity = _activity(work, command.activity)
    _need_on(work, activity)
    if own_part(parts_in(work, activity), person.id) is None:
        row = _new(work, activity, person.id)
        row.asked_at, row.asked_by_id = work.occurred_at, work.actor.person_id
        work.session.add(row)
    return _told(work, activity, person)


def _activity(work: Work, name: str) -> Activity:
    """Return what is meant. Raises NotFound for a duty’s term: one holds it, others do not."""
    found = touch(work, name)
    if found.kind == "duty":
        raise NotFound(what=N_("activity"), name=name)
    return found


def _person(work: Work, person_id: int | None) -> Person:
    """Return who it is about: the actor, or whom a coordinator names."""
    own = work.actor.person_id
    if person_id is None or person_id == own:
        if own is None:
            raise Invalid(field="person_id", problem=N_("Who is it? A program has to say so."))
        return _member(work, own)
    if not work.actor.is_coordinator:
        raise Forbidden()
    return _member(work, person_id)


def _member(work: Work, person_id: int) -> Person:
    found = None
    if 0 < person_id < 2**63:
        found = work.session.scalar(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(
                Person.id == person_id,
                Membership.depot_id == work.depot_id,
                Membership.ended_at.is_(None),
            )
        )
    if found is None:
        raise NotFound(field="person_id", what=N_("person"), name=str(person_id))
    return found


def _need_on(work: Work, activity: Activity) -> None:
    """Raise CalledOff, or IsOver for what had ended when somebody said that they would come."""
    if activity.called_off_at is not None:
        raise CalledOff(name=activity.name, why=activity.called_off_why)
    if activity.ends_at is not None and activity.ends_at <= work.occurred_at:
        raise IsOver(name=activity.name)


def _said_no_since(work: Work, parts: list[Part], person_id: int) -> bool:
    """Say whether what a phone brings late was followed by a no: the last word counts."""
    said = (
        moment
        for part in parts
        if part.person_id == person_id
        for moment in (part.given_back_at, part.stand_in_sought_at)
    )
    return any(moment is not None and moment > work.occurred_at for moment in said)


def _said_yes_since(work: Work, own: Part) -> bool:
    """Say whether what a phone brings late was followed by a yes, or by the wish for a place."""
    said = (own.taken_at, own.waiting_since)
    return any(moment is not None and moment > work.occurred_at for moment in said)


def _say_yes_again(work: Work, own: Part) -> None:
    """Keep when somebody said yes last: it is what a no of before does not undo.

    Who stands on the shift for having come has said yes now, should the coming be taken back.
    """
    row = _row(work, own)
    row.stand_in_sought_at = None
    row.taken_at = max(row.taken_at or work.occurred_at, work.occurred_at)


def _seeker(parts: list[Part], instead_of: int | None, person_id: int) -> Part | None:
    """Return whose part is taken over; None if somebody else took it over before."""
    found = (part for part in parts if part.id == instead_of and part.standing == "seeking")
    return next((part for part in found if part.person_id != person_id), None)


def _has_place(work: Work, activity: Activity, parts: list[Part], person: Person) -> bool:
    return has_place_for(
        parts, person.id, activity.people_max, activity.starts_at, work.recorded_at
    )


def _new(work: Work, activity: Activity, person_id: int) -> Assignment:
    return Assignment(
        depot_id=work.depot_id, activity_id=activity.id, person_id=person_id, learning=False
    )


def _row(work: Work, part: Part) -> Assignment:
    """Return the row of a part that was read in this transaction."""
    row = work.session.get(Assignment, part.id)
    if row is None:  # nobody deletes one
        raise NotFound(what=N_("assignment"), name=str(part.id))
    return row


def _told(work: Work, activity: Activity, person: Person, instead: Part | None = None) -> Taken:
    work.session.flush()
    parts = parts_in(work, activity)
    own = own_part(parts, person.id)
    depot = work.actor.depot
    is_in = own is not None and own in people_in(parts)
    return Taken(
        activity_id=activity.id,
        name=activity.name,
        person=person.name,
        standing="out" if own is None else own.standing,
        people=count_in(parts),
        people_max=activity.people_max,
        overlaps=overlapping(work.session, depot, person.id, activity) if is_in else (),
        instead_of=instead.name if instead else "",
    )
