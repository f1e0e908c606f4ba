"""Leaving: one goes, or asks a coordinator to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound, SignInFailed
from depot.base.names import clean_name
from depot.base.text import N_
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, need_own_hands, run_once
from depot.kernel.second.needed import is_wanted, need_second
from depot.leaving.errors import CoordinatesElsewhere, LastCoordinator, WrongName
from depot.leaving.forgetting import forget_person, give_back_what_is_to_come
from depot.models import Depot, Membership, Person
from depot.open_book.giving import decided, give_role
from depot.open_book.settings import write_down
from depot.people.access_journal import note
from depot.people.first_link import count_coordinators
from depot.people.members import need_all_depots, take_back
from depot.people.passwords import is_password
from depot.people.tries import Try, begin_tries, forgive_tries


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The actor works in this depot no longer; or in none, and takes the name along."""

    command_id: UUID
    #: The actor's name, typed to confirm it.
    name: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson:
    """Somebody who works or worked here asked to be forgotten."""

    command_id: UUID
    person_id: int
    why: str = ""
    #: Even if the actor's depot has nobody who can act then: it closes. On the command line only.
    even_last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone(Answer):
    """Who went, and whether the name went with them."""

    person_id: int
    is_erased: bool


def leave(
    command: Leave, actor: Actor, password: str = "", clock: Clock = utc_now
) -> Outcome[Gone]:
    """Let the actor leave this depot, or all of theirs; who works nowhere any more is forgotten.

    Who has a password shows by it that it is oneself. Raises Forbidden for a program, SignInFailed,
    TooManyTries, WrongName, LastCoordinator; Forbidden on a device of the depot's own.
    """
    need_own_hands(actor)
    if actor.person_id is None:
        raise Forbidden()
    door = Try("password", str(actor.person_id))
    begin_tries(door, clock=clock)
    kept = current_session().get_one(Person, actor.person_id).password_hash
    if kept is not None and not is_password(password, kept):
        raise SignInFailed(field="password")
    with transaction() as session:
        forgive_tries(session, door)
    return run_once(command, actor, clock, _leave, Gone)


def _leave(command: Leave, work: Work) -> Gone:
    person = work.session.get_one(Person, work.actor.person_id)
    if clean_name(command.name).casefold() != person.name.casefold():
        raise WrongName(field="name", name=person.name)
    held = _memberships(work, person.id)
    going = [one for one in held if command.everywhere or one.depot_id == work.depot_id]
    for one in going:
        _end(work, one)
    is_erased = len(going) == len(held)
    if is_erased:
        forget_person(work.session, person, work.recorded_at)
    return Gone(person_id=person.id, is_erased=is_erased)


def erase_person(command: ErasePerson, actor: Actor, clock: Clock = utc_now) -> Outcome[Gone]:
    """Forget somebody who works or worked in the actor's depot, and asked for it.

    Raises Forbidden, also for a program, NotFound for who never worked here or left already,
    Invalid for oneself and for who works in a depot that the actor does not coordinate,
    CoordinatesElsewhere, LastCoordinator, and AwaitsSecond where it takes two.
    """
    need_coordinator(actor)
    if actor.token_id is not None or (command.even_last and actor.person_id is not None):
        raise Forbidden()
    return run_once(command, actor, clock, _erase, Gone)


def _erase(command: ErasePerson, work: Work) -> Gone:
    person = _person(work, command.person_id)
    live = _memberships(work, person.id)
    _need_second(work, person.id, live)
    for one in live:
        # a depot that nobody named is not closed along
        even_last = command.even_last and one.depot_id == work.depot_id
        _end(work, one, clean_name(command.why), even_last=even_last)
    forget_person(work.session, person, work.recorded_at)
    why, subject = clean_name(command.why), f"person {person.id}"
    write_down(work.session, work.actor, work.recorded_at, "erasure", subject, why=why)
    return Gone(person_id=person.id, is_erased=True)


def _need_second(work: Work, person_id: int, live: list[Membership]) -> None:
    """Have a second person agree, to a coordinator's end as to any other change of that right.

    Raises CoordinatesElsewhere: of that right the other depot decides. Whoever runs the program
    ends several such rights at once, from a depot where one is held: no depot could begin.
    """
    here = next((one.role for one in live if one.depot_id == work.depot_id), None)
    is_for_all = work.actor.is_console and here == "coordinator"
    elsewhere = (one for one in live if one.depot_id != work.depot_id)
    if not is_for_all and any(one.role == "coordinator" for one in elsewhere):
        raise CoordinatesElsewhere()
    is_right = here == "coordinator" and not is_wanted(work, "erasure")
    told = {"person": person_id, "before": here, "after": None}
    need_second(work, "rights" if is_right else "erasure", told)


def _person(work: Work, person_id: int) -> Person:
    found = work.session.scalar(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.id == person_id,
            Person.left_at.is_(None),
            Membership.depot_id == work.depot_id,
        )
    )
    if found is None:
        raise NotFound(what=N_("person"), name=person_id)
    if found.id == work.actor.person_id:
        raise Invalid(problem=N_("This is for others. Yours is under “Your account”."))
    if work.actor.person_id is not None:
        need_all_depots(work.session, work.actor, found.id)
    return found


def _memberships(work: Work, person_id: int) -> list[Membership]:
    """Return where somebody works, in the order in which depots are locked."""
    found = work.session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Membership.depot_id)
    )
    return list(found)


def _end(work: Work, of: Membership, why: str = "", *, even_last: bool = False) -> None:
    """End somebody's right in a depot, with what they made there that opens a door."""
    session, depot = work.session, work.session.get_one(Depot, of.depot_id).view()
    there = replace(work, actor=replace(work.actor, depot=depot))
    by = decided(there.actor, "access_ended", work.recorded_at, why)
    was = of.role
    give_role(session, depot.id, of.person_id, None, by)
    # behind the lock of the depot's chain: two cannot go at one moment
    if was == "coordinator" and not even_last and count_coordinators(session, depot.id) == 0:
        raise LastCoordinator(depot=depot.name)
    take_back(there, of)
    give_back_what_is_to_come(there, of.person_id)
    note(there, "access_ended", session.get_one(Person, of.person_id).name, of.person_id)
