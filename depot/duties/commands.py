"""Being willing, saying yes or no to a turn, learning beside who holds it.

Helpers of a day see duties and hold none: it ends tonight for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.duties.errors import SomebodyLearns, TermTaken
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_member, run_once
from depot.models import Activity, Assignment, DutyWilling, Membership
from depot.rota.errors import CalledOff, IsOver
from depot.rota.occurring import current
from depot.rota.parts import own_part, people_in
from depot.rota.touching import load_routine, parts_in, touch


@dataclass(frozen=True, slots=True, kw_only=True)
class BeWilling:
    """The actor would hold a duty, or would no longer."""

    command_id: UUID
    routine_id: int = 0
    is_willing: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTerm:
    """The actor holds a duty for a term."""

    command_id: UUID
    #: The term, by a number or by the duty and its first day (depot/rota/naming.py).
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassTerm:
    """The actor says no to a term, or gives it back; it costs nothing."""

    command_id: UUID
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnDuty:
    """The actor is there beside who holds it, to learn it."""

    command_id: UUID
    term: str = ""


def be_willing(command: BeWilling, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Stand among those who take turns, or no longer. Twice is once.

    Raises Forbidden for a helper, NotFound, Invalid for a program.
    """
    need_member(actor)
    return run_once(command, actor, clock, _be_willing, SavedId)


def accept_term(command: AcceptTerm, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Hold a duty for a term, and be willing from then on.

    Raises Forbidden for a helper, NotFound, NoSuchDay, CalledOff, IsOver, TermTaken, and Invalid
    for a program.
    """
    need_member(actor)
    return run_once(command, actor, clock, _accept, SavedId)


def pass_term(command: PassTerm, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Say no to a term; the next in turn is proposed. Raises as `be_willing`, NoSuchDay, IsOver."""
    need_member(actor)
    return run_once(command, actor, clock, _pass, SavedId)


def learn_duty(command: LearnDuty, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Learn a duty beside who holds it. Raises as `accept_term`, and SomebodyLearns."""
    need_member(actor)
    return run_once(command, actor, clock, _learn, SavedId)


def _own_id(work: Work) -> int:
    if work.actor.person_id is None:
        raise Invalid(problem=N_("Who is it? A program holds no duty."))
    return work.actor.person_id


def _be_willing(command: BeWilling, work: Work) -> SavedId:
    if current(load_routine(work, command.routine_id)).kind != "duty":
        raise NotFound(what=N_("duty"), name=str(command.routine_id))
    _set_willing(work, command.routine_id, is_willing=command.is_willing)
    return SavedId(id=command.routine_id)


def _set_willing(work: Work, routine_id: int, *, is_willing: bool) -> None:
    person_id = _own_id(work)
    live = work.session.scalar(
        select(DutyWilling).where(
            DutyWilling.depot_id == work.depot_id,
            DutyWilling.routine_id == routine_id,
            DutyWilling.person_id == person_id,
            DutyWilling.ended_at.is_(None),
        )
    )
    if is_willing and live is None:
        work.session.add(
            DutyWilling(
                depot_id=work.depot_id,
                routine_id=routine_id,
                person_id=person_id,
                since=work.recorded_at,
            )
        )
    elif live is not None and not is_willing:
        live.ended_at = work.recorded_at
    work.session.flush()


def _term(work: Work, name: str) -> Activity:
    """Return a term of a duty. Raises NotFound, NoSuchDay, CalledOff, IsOver."""
    _own_id(work)
    found = touch(work, name)
    if found.kind != "duty":
        raise NotFound(what=N_("duty"), name=name)
    if found.called_off_at is not None:
        raise CalledOff(name=found.name, why=found.called_off_why)
    if found.ends_on is not None and found.ends_on < work.today:
        raise IsOver(name=found.name)
    return found


def _accept(command: AcceptTerm, work: Work) -> SavedId:
    term, person_id = _term(work, command.term), _own_id(work)
    for part in people_in(parts_in(work, term)):
        if part.person_id != person_id and not part.learning:
            raise TermTaken(name=part.name)
    _end_of_the_gone(work, term, learning=False)
    row = _own_row(work, term)
    row.learning, row.taken_at = False, row.taken_at or work.recorded_at
    work.session.add(row)
    if term.routine_id is not None:
        _set_willing(work, term.routine_id, is_willing=True)
    return SavedId(id=term.id)


def _pass(command: PassTerm, work: Work) -> SavedId:
    term = _term(work, command.term)
    row = _own_row(work, term)
    row.asked_at, row.given_back_at = row.asked_at or work.recorded_at, work.recorded_at
    work.session.add(row)
    work.session.flush()
    return SavedId(id=term.id)


def _learn(command: LearnDuty, work: Work) -> SavedId:
    term, person_id = _term(work, command.term), _own_id(work)
    parts = people_in(parts_in(work, term))
    for part in parts:
        if part.learning and part.person_id != person_id:
            raise SomebodyLearns(name=part.name)
        if part.person_id == person_id and not part.learning:
            raise TermTaken(name=part.name)
    _end_of_the_gone(work, term, learning=True)
    row = _own_row(work, term)
    row.learning, row.taken_at = True, row.taken_at or work.recorded_at
    work.session.add(row)
    work.session.flush()
    return SavedId(id=term.id)


def _own_row(work: Work, term: Activity) -> Assignment:
    """Return the actor's part in a term, a new one where they have none that lives."""
    person_id = _own_id(work)
    own = own_part(parts_in(work, term), person_id)
    row = work.session.get(Assignment, own.id) if own is not None else None
    if row is not None:
        return row
    return Assignment(
        depot_id=work.depot_id, activity_id=term.id, person_id=person_id, learning=False
    )


def _end_of_the_gone(work: Work, term: Activity, *, learning: bool) -> None:
    """Give back for who works here no longer: should they come back, somebody else has it."""
    works_here = select(Membership.person_id).where(
        Membership.depot_id == work.depot_id, Membership.ended_at.is_(None)
    )
    work.session.execute(
        update(Assignment)
        .where(
            Assignment.depot_id == work.depot_id,
            Assignment.activity_id == term.id,
            Assignment.given_back_at.is_(None),
            Assignment.learning.is_(learning),
            Assignment.person_id.not_in(works_here),
        )
        .values(given_back_at=work.recorded_at)
        .execution_options(synchronize_session=False)
    )
