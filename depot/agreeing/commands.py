"""Answering what waits for a second person: agreeing does it, in the same transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, insert, select

from depot.agreeing.acts import Acts
from depot.base.actors import Actor, Agreed, Carriage
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.kinds import ActAnswer
from depot.base.names import clean_name
from depot.base.text import N_
from depot.db.database import current_session
from depot.db.transaction import batch
from depot.kernel.answers import Answer, dataclass_from
from depot.kernel.asked.asking import asker_of
from depot.kernel.asked.errors import AskedOver, AskerGone, OnlyAsker, SamePerson, TiedToAsker
from depot.kernel.once import Outcome, Work, run_once
from depot.models import (
    AccessEvent,
    ApiToken,
    AskedAct,
    AskedAnswer,
    AskedInput,
    Membership,
    Person,
    RoleChange,
    SecondFactor,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAsked:
    """Agree to what somebody asked for, decline it, or take back what one asked for."""

    command_id: UUID
    answer: ActAnswer = "agreed"
    asked_id: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredAct(Answer):
    """How what was asked for ended."""

    id: int
    answer: ActAnswer


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer, and of what was agreed to what came of it."""

    outcome: Outcome[AnsweredAct]
    done: Outcome[Any] | None = None


def answer_asked(
    command: AnswerAsked, acts: Acts, actor: Actor, clock: Clock = utc_now
) -> Answered:
    """Answer; what is agreed to is done at once, with who asked as its actor, or nothing is.

    It is the command as it was sent, under its own id, checked afresh: whatever stands against it
    now undoes the answer too. Raises NotFound, Forbidden, AskedOver, SamePerson, TiedToAsker,
    AskerGone, Invalid for a no without a reason, and what the command raises.
    """
    if command.answer != "agreed":
        return Answered(run_once(command, actor, clock, _answer, AnsweredAct))
    with batch():
        outcome = run_once(command, actor, clock, _answer, AnsweredAct)
        return Answered(outcome, _do(command, acts, actor, clock))


def _answer(command: AnswerAsked, work: Work) -> AnsweredAct:
    asked = _asked(work, command.asked_id)
    _need_right(command, asked, work)
    why = clean_name(command.why)
    if command.answer == "declined" and not why:
        raise Invalid(field="why", problem=N_("Say why not, so that they know."))
    work.session.execute(
        insert(AskedAnswer).values(
            asked_id=asked.id,
            depot_id=work.depot_id,
            asked_by_id=asked.asked_by_id,
            answer=command.answer,
            why=why,
            by_id=asker_of(work.session, work.actor),
            answered_at=work.recorded_at,
        )
    )
    return AnsweredAct(id=asked.id, answer=command.answer)


def _asked(work: Work, asked_id: int) -> AskedAct:
    """Return what is asked for and still waits. Raises NotFound, AskedOver."""
    row = work.session.execute(
        select(AskedAct, AskedAnswer.answer)
        .outerjoin(AskedAnswer, AskedAnswer.asked_id == AskedAct.id)
        .where(AskedAct.depot_id == work.depot_id, AskedAct.id == asked_id)
    ).one_or_none()
    if row is None:
        raise NotFound(what=N_("thing to agree to"), name=asked_id)
    if row.answer is not None or row.AskedAct.until_at <= work.recorded_at:
        raise AskedOver()
    found: AskedAct = row.AskedAct
    return found


def _need_right(command: AnswerAsked, asked: AskedAct, work: Work) -> None:
    """Only who asked takes it back; only another person, who coordinates, says yes or no."""
    person_id = asker_of(work.session, work.actor)
    is_own = person_id is not None and person_id == asked.asked_by_id
    if command.answer == "withdrawn":
        if not is_own:
            raise OnlyAsker()
        return
    if not work.actor.is_coordinator or work.actor.person_id is None:
        raise Forbidden()  # a program is nobody's second pair of eyes
    if is_own:
        raise SamePerson()
    if command.answer == "agreed" and _is_tied(asked, work):
        name = work.session.scalar(select(Person.name).where(Person.id == asked.asked_by_id))
        raise TiedToAsker(name=name or "?", days=work.actor.depot.second_days)


def _is_tied(asked: AskedAct, work: Work) -> bool:
    """Say whether who agrees may be who asked, by another account, within the days.

    That is who coordinates by the asker's decision alone, and who came in by a link to a new
    password, which a coordinator can make for another one.
    """
    since = work.recorded_at - timedelta(days=work.actor.depot.second_days)
    person_id = work.actor.person_id
    made = (
        select(RoleChange.by_id, RoleChange.token_id, RoleChange.changed_at, ApiToken.created_by_id)
        .outerjoin(ApiToken, ApiToken.id == RoleChange.token_id)
        .where(
            RoleChange.depot_id == work.depot_id,
            RoleChange.person_id == person_id,
            RoleChange.role_after == "coordinator",
        )
        .order_by(RoleChange.seq.desc())
        .limit(1)
    )
    last = work.session.execute(made).one_or_none()
    if last is not None and last.changed_at > since and asked.asked_by_id is not None:
        if asked.asked_by_id in (last.by_id, last.created_by_id):
            return True
    recovered = exists().where(
        AccessEvent.depot_id == work.depot_id,
        AccessEvent.recorded_at > since,
        AccessEvent.person_id == person_id,
        AccessEvent.kind == "password_recovered",
    )
    return bool(work.session.scalar(select(recovered)))


def _do(command: AnswerAsked, acts: Acts, actor: Actor, clock: Clock) -> Outcome[Any]:
    """Do what was asked for, as of now. Raises AskerGone and what the command raises."""
    session = current_session()
    asked = session.execute(
        select(
            AskedAct.command,
            AskedInput.input,
            AskedInput.why,
            AskedAct.told,
            AskedAct.asked_by_id,
            AskedAct.token_id,
        )
        .join(AskedInput, AskedInput.asked_id == AskedAct.id)
        .where(AskedAct.depot_id == actor.depot_id, AskedAct.id == command.asked_id)
    ).one()
    act, now = acts[asked.command], clock()
    asker = _asker(asked.asked_by_id, asked.token_id, actor)
    if actor.person_id is None:
        raise Forbidden()
    # agreed to, it happens now, whenever it was to have happened
    agreed = Agreed(actor.person_id, asked.told)
    doing = replace(asker, agreed=agreed, carriage=Carriage(happened_at=now), why=asked.why)
    try:
        return act.run(dataclass_from(act.command, json.loads(asked.input)), doing, lambda: now)
    except Forbidden:
        raise AskerGone(name=asker.name) from None


def _asker(person_id: int | None, token_id: int | None, actor: Actor) -> Actor:
    """Return who asked, with what they may do now. Raises AskerGone."""
    session = current_session()
    if token_id is not None:
        token = session.execute(
            select(ApiToken.name, ApiToken.role, ApiToken.revoked_at).where(
                ApiToken.id == token_id, ApiToken.depot_id == actor.depot_id
            )
        ).one()
        if token.revoked_at is not None:
            raise AskerGone(name=token.name)
        return Actor(actor.depot, token.role, token.name, token_id=token_id)
    member = session.execute(
        select(Person.name, Membership.role, Membership.ended_at, SecondFactor.confirmed_at)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
        .where(Membership.depot_id == actor.depot_id, Person.id == person_id)
    ).one()
    if member.ended_at is not None:
        raise AskerGone(name=member.name)
    lacks = actor.depot.needs_second_factor and member.confirmed_at is None
    role = "volunteer" if lacks and member.role == "coordinator" else member.role
    return Actor(actor.depot, role, member.name, person_id=person_id)
