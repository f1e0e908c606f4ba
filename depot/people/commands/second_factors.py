"""The second step at sign-in: set up, asked for, taken away.

What a person does to their own carries no command_id: it holds a password or a code, which belongs
into no fingerprint and no log, and is refused the second time.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, SignInFailed, WrongCode
from depot.base.secrets import secret_hash
from depot.base.text import N_
from depot.db.transaction import transaction
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Person, RecoveryCode, SecondFactor
from depot.people.access_journal import note, note_failure, note_of_person
from depot.people.members import need_other_member
from depot.people.passwords import is_password
from depot.people.second_factor import app_secret, matching_step, plain_code, recovery_codes
from depot.people.sessions import end_sessions
from depot.people.tries import Try, begin_tries, forgive_tries


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code as typed, of the app or from paper. `caller` is the device it comes from."""

    person_id: int
    code: str
    caller: str = ""

    @property
    def door(self) -> Try:
        return Try("code", f"{self.person_id}\n{self.caller}")


def begin_factor(person_id: int, password: str, clock: Clock = utc_now) -> None:
    """Make what an app is to be told; it is asked for once a first code was typed.

    Raises SignInFailed for a wrong password, Invalid where there is one already, TooManyTries.
    """
    door = Try("password", str(person_id))
    begin_tries(door, clock=clock)
    with transaction() as session:
        _check_password(session, person_id, password)
        found = session.get(SecondFactor, person_id)
        if found is not None and found.confirmed_at is not None:
            raise Invalid(problem=N_("You have a second step already."))
        if found is not None:
            session.delete(found)
            session.flush()
        factor = SecondFactor(person_id=person_id, salt=secrets.token_hex(16), created_at=clock())
        session.add(factor)
        forgive_tries(session, door)


def confirm_factor(
    typed: TypedCode, secret_key: str, keep: int | None, clock: Clock = utc_now
) -> list[str]:
    """Take the first code: from now on one is asked for. Return the codes to be put on paper.

    Every other session of the person ends; `keep` is the one that asks. Raises WrongCode, Invalid
    where nothing was begun, TooManyTries.
    """
    begin_tries(typed.door, clock=clock)
    now = clock()
    with transaction() as session:
        factor = session.get(SecondFactor, typed.person_id)
        if factor is None or factor.confirmed_at is not None:
            raise Invalid(problem=N_("Begin with the second step once more."))
        _take_app_code(factor, typed.code, secret_key, now)
        factor.confirmed_at = now
        codes = _put_codes(session, factor, secret_key)
        end_sessions(session, typed.person_id, now, keep=keep)
        note_of_person(session, session.get_one(Person, typed.person_id), "factor_on", now)
        forgive_tries(session, typed.door)
    return codes


def check_code(typed: TypedCode, secret_key: str, clock: Clock = utc_now) -> None:
    """Take a code at sign-in, of the app or from paper; each counts once.

    Raises WrongCode, TooManyTries.
    """
    begin_tries(typed.door, clock=clock)
    now = clock()
    try:
        with transaction() as session:
            factor = _factor(session, typed.person_id)
            _take_code(session, factor, typed.code, secret_key, now)
            forgive_tries(session, typed.door)
    except WrongCode:
        with transaction() as session:
            note_failure(session, session.get_one(Person, typed.person_id), now)
        raise


def renew_codes(typed: TypedCode, secret_key: str, clock: Clock = utc_now) -> list[str]:
    """Return new codes for paper; those before count no longer. Raises as `check_code` does."""
    begin_tries(typed.door, clock=clock)
    now = clock()
    with transaction() as session:
        factor = _factor(session, typed.person_id)
        _take_app_code(factor, typed.code, secret_key, now)
        codes = _put_codes(session, factor, secret_key, f" {now.isoformat()}")
        note_of_person(session, session.get_one(Person, typed.person_id), "factor_codes", now)
        forgive_tries(session, typed.door)
    return codes


def end_factor(
    typed: TypedCode, password: str, secret_key: str, keep: int | None, clock: Clock = utc_now
) -> None:
    """Ask for no second step any more; other sessions end. Raises SignInFailed, WrongCode."""
    doors = (Try("password", str(typed.person_id)), typed.door)
    begin_tries(*doors, clock=clock)
    now = clock()
    with transaction() as session:
        _check_password(session, typed.person_id, password)
        factor = _factor(session, typed.person_id)
        _take_code(session, factor, typed.code, secret_key, now)
        drop_factor(session, typed.person_id)
        end_sessions(session, typed.person_id, now, keep=keep)
        note_of_person(session, session.get_one(Person, typed.person_id), "factor_off", now)
        forgive_tries(session, *doors)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSecondFactor:
    """Somebody of the actor's depot has lost what makes their codes."""

    command_id: UUID
    person_id: int


def end_second_factor(
    command: EndSecondFactor, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Ask a member for no second step any more, until they set one up again.

    Raises Forbidden, NotFound for somebody who is not in the depot, Invalid for oneself and for
    somebody who works in a depot that the actor does not coordinate.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _end_second_factor, SavedId)


def _end_second_factor(command: EndSecondFactor, work: Work) -> SavedId:
    person = need_other_member(work.session, work.actor, command.person_id)
    if drop_factor(work.session, person.id):
        note(work, "factor_off", person.name, person.id)
    return SavedId(id=person.id)


def drop_factor(session: Session, person_id: int) -> bool:
    """Drop somebody's second step in an open transaction; say whether there was one."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    gone = session.execute(
        delete(SecondFactor)
        .where(SecondFactor.person_id == person_id)
        .returning(SecondFactor.confirmed_at)
    )
    return any(confirmed_at is not None for (confirmed_at,) in gone)


def _check_password(session: Session, person_id: int, password: str) -> None:
    if not is_password(password, session.get_one(Person, person_id).password_hash):
        raise SignInFailed(field="password")


def _factor(session: Session, person_id: int) -> SecondFactor:
    found = session.scalar(
        select(SecondFactor).where(SecondFactor.person_id == person_id).with_for_update()
    )
    if found is None or found.confirmed_at is None:
        raise WrongCode(field="code")
    return found


def _take_code(
    session: Session, factor: SecondFactor, code: str, secret_key: str, now: datetime
) -> None:
    try:
        _take_app_code(factor, code, secret_key, now)
    except WrongCode:
        _take_paper_code(session, factor, code, now)


def _take_app_code(factor: SecondFactor, code: str, secret_key: str, now: datetime) -> None:
    secret = app_secret(secret_key, factor.person_id, factor.salt)
    step = matching_step(secret, code, now)
    if step is None or step <= factor.last_step:
        raise WrongCode(field="code")
    factor.last_step = step


def _take_paper_code(session: Session, factor: SecondFactor, code: str, now: datetime) -> None:
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == factor.person_id,
            RecoveryCode.code_hash == secret_hash(plain_code(code)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.person_id)
    )
    if not used.all():
        raise WrongCode(field="code")
    person = session.get_one(Person, factor.person_id)
    note_of_person(session, person, "factor_code_used", now)


def _put_codes(
    session: Session, factor: SecondFactor, secret_key: str, more: str = ""
) -> list[str]:
    """Make the codes for paper; their digests take the place of those before."""
    person_id = factor.person_id
    codes = recovery_codes(secret_key, person_id, factor.salt + more)
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    for code in codes:
        session.add(RecoveryCode(person_id=person_id, code_hash=secret_hash(plain_code(code))))
    return codes
