"""What every command shares: who acts, exactly-once, and the answer.

    def receive_goods(
        command: ReceiveGoods, actor: Actor, clock: Clock = utc_now
    ) -> Outcome[ReceivedGoods]:
        return once(command, actor, clock, _receive, ReceivedGoods)

`once` opens the one transaction, answers a repeat with the first answer and remembers a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar, runtime_checkable
from uuid import UUID, uuid5

from sqlalchemy import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day
from depot.base.errors import (
    BeforeFirstDay,
    CommandIdReused,
    Forbidden,
    InFiledPeriod,
    Invalid,
    Question,
)
from depot.base.questions import is_instead, require_confirmed
from depot.base.text import N_
from depot.db.transaction import kept_in_batch, transaction
from depot.kernel import sql
from depot.kernel.answers import Answer, Booked, Questioned, as_json, as_logged, from_json
from depot.kernel.asked.errors import NeedsSecond
from depot.ledger.doubts.rules import Doubt
from depot.ledger.posting import Head, lock_head

#: A phone's clock may be this far ahead before its time is refused.
CLOCK_SKEW = timedelta(minutes=10)
EARLIEST_YEAR = 2000
#: What is written so soon after is still being done, and may be stopped; a slow line is no paper.
LIVE_FOR = timedelta(minutes=2)


class Command(Protocol):
    """What every command has; the rest is its own."""

    @property
    def command_id(self) -> UUID:
        """Made by who asks: doing it twice is doing it once."""


@runtime_checkable
class TimedCommand(Command, Protocol):
    """A command that may say when it happened."""

    @property
    def occurred_at(self) -> datetime | None:
        """The moment, or None: now."""


C = TypeVar("C", bound=Command)
A = TypeVar("A", bound=Answer)
A_co = TypeVar("A_co", bound=Answer, covariant=True)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[A_co]):
    """A command's answer, the same for the first arrival and for repeats."""

    answer: A_co
    repeated: bool = False

    @property
    def body(self) -> dict[str, Any]:
        """The answer as JSON has it: what the API says."""
        return as_json(self.answer)

    @property
    def entry_id(self) -> int | None:
        """The entry that was posted, if any was."""
        return self.answer.entry_id if isinstance(self.answer, Booked) else None

    @property
    def discrepancies(self) -> int:
        """How many things a coordinator was asked to look at."""
        return len(self.answer.discrepancies) if isinstance(self.answer, Questioned) else 0

    @property
    def note_kept(self) -> bool:
        """Whether the note that was written, if one was, stands on an entry."""
        return self.answer.note_kept if isinstance(self.answer, Questioned) else True

    @property
    def is_doubted(self) -> bool:
        """Whether something in it is so far from what is usual that a coordinator is asked."""
        answer = self.answer
        found = answer.discrepancies if isinstance(answer, Questioned) else ()
        return any(one.kind == "unlikely_number" for one in found)

    @property
    def asks(self) -> frozenset[str]:
        """Of which kinds these things are."""
        opened = self.answer.discrepancies if isinstance(self.answer, Questioned) else ()
        return frozenset(one.kind for one in opened)


#: The outcome of whatever command.
AnyOutcome: TypeAlias = Outcome[Answer]


@dataclass(frozen=True, slots=True)
class Work:
    """What a command's body gets: its session, its actor and the two times."""

    session: Session
    actor: Actor
    command_id: str
    occurred_at: datetime
    recorded_at: datetime
    head: Head
    #: What is asked about before it is saved.
    questions: list[Question] = field(default_factory=list)
    #: What was doubted on the way to the entry and could not be asked.
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def is_attended(self) -> bool:
        """Whether a person is there to be asked: no program, and not when it comes in late."""
        asking = self.actor.asking
        return asking is not None and not asking.is_late and self.actor.token_id is None

    def takes_instead(self, question: Question) -> bool:
        """Say whether the actor was asked this and chose what it offers instead."""
        return is_instead(question, self.command_id, self.actor)

    def doubt(self, question: Question) -> None:
        """Have the actor asked, if somebody can be, before this is saved; go on as if it is right.

        Until it is confirmed nothing of this transaction stays.
        """
        self.questions.append(question)

    @property
    def depot_id(self) -> int:
        return self.actor.depot.id

    @property
    def today(self) -> date:
        return local_day(self.recorded_at, self.actor.depot.time_zone)

    @property
    def is_late(self) -> bool:
        """Say whether it is written after it happened: a paper slip, what a phone kept."""
        return self.occurred_at < self.recorded_at

    @property
    def is_fact(self) -> bool:
        """Say whether it happened already: it can be asked about, and not be stopped any more."""
        return self.recorded_at - self.occurred_at > LIVE_FOR

    @property
    def occurred_on(self) -> date:
        return local_day(self.occurred_at, self.actor.depot.time_zone)

    def ask(self, statement: sql.ReadStatements, **values: Any) -> CursorResult[*tuple[Any, ...]]:
        """Run one of the ready-made statements for this depot."""
        return self.session.connection().execute(statement, values | {"depot": self.depot_id})


def run_once(
    command: C,
    actor: Actor,
    clock: Clock,
    work: Callable[[C, Work], A],
    answer: type[A],
    *,
    is_long: bool = False,
) -> Outcome[A]:
    """Run `work` in one transaction, exactly once for `command.command_id` in this depot.

    `command` is a frozen dataclass; `answer` is the kind of what `work` returns. A repeat answers
    with the first answer; the same id with other contents raises CommandIdReused; a time from the
    future or before the year 2000 raises Invalid; what `work` doubts and the actor has not
    confirmed raises Unconfirmed, and nothing is saved. What `is_long`, an import, lets those who
    wait for their answer have it first. What the depot wants two people for raises AwaitsSecond:
    of the work nothing stays, and the command is kept until a second one agrees.
    """
    # not by isinstance: to compare a class with a protocol takes longer than a statement
    occurred_at: datetime | None = getattr(command, "occurred_at", None)
    now = clock()
    happened = _happened(occurred_at, now, actor)
    body_hash = fingerprint(command)
    try:
        return _run(command, actor, (happened, now), body_hash, work, answer, is_long=is_long)
    except NeedsSecond as needed:
        from depot.kernel.asked.asking import ask_second  # seldom, and with tables of its own

        raise ask_second(command, body_hash, actor, now, needed) from None


def _run(
    command: C,
    actor: Actor,
    times: tuple[datetime, datetime],
    body_hash: str,
    work: Callable[[C, Work], A],
    answer: type[A],
    *,
    is_long: bool,
) -> Outcome[A]:
    command_id = str(command.command_id)
    with transaction(is_long=is_long) as session:
        head = lock_head(session, actor.depot_id)
        known = _done_before(session, actor.depot_id, command_id)
        if known is not None:
            if known.body_hash != body_hash:
                raise CommandIdReused(field="command_id")
            return Outcome(from_json(answer, json.loads(known.answer)), repeated=True)
        working = Work(session, actor, command_id, *times, head)
        first = work(command, working)
        if actor.asking is not None and actor.asking.states_time:
            _doubt_day(working)
        require_confirmed(working.questions, command_id, actor)
        remember(working, body_hash, first)
    return Outcome(first)


class _Done(NamedTuple):
    """What is kept of a command that was done."""

    body_hash: str
    answer: str


def recall_commands(session: Session, depot_id: int, command_ids: Sequence[str]) -> None:
    """Look up at once which commands of the batch that is open were done before.

    Raises RuntimeError outside of a batch.
    """
    kept = kept_in_batch()
    if kept is None:
        raise RuntimeError("no batch is open")
    lock_head(session, depot_id)  # nobody else does one of them from here on
    asked = {"depot": depot_id, "commands": command_ids}
    rows = session.connection().execute(sql.KNOWN_COMMANDS, asked)
    done = {row.command_id: _Done(row.body_hash, row.answer) for row in rows}
    kept |= {(_Done, depot_id, number): done.get(number) for number in command_ids}


def _done_before(session: Session, depot_id: int, command_id: str) -> _Done | None:
    # what was looked up ahead is right for one command: the next with this id may be its repeat
    kept, key = kept_in_batch(), (_Done, depot_id, command_id)
    if kept and key in kept:
        found: _Done | None = kept.pop(key)
        return found
    asked = {"depot": depot_id, "command": command_id}
    row = session.connection().execute(sql.KNOWN_COMMAND, asked).one_or_none()
    return None if row is None else _Done(row.body_hash, row.answer)


def begin_part(work: Work, number: int, occurred_at: datetime) -> Work:
    """Return the work of one entry of several that a command posts, each at its own time.

    The first (number 0) has the command's own id, the others have one made from it, which is noted
    in the log too; each stands at the end of the chain as it is by then.
    """
    if not number:
        return replace(work, occurred_at=occurred_at)
    own = str(uuid5(UUID(work.command_id), str(number)))
    head = lock_head(work.session, work.depot_id)
    part = replace(work, command_id=own, occurred_at=occurred_at, head=head)
    remember(part, hashlib.sha256(own.encode()).hexdigest(), Answer())
    return part


def need_coordinator(actor: Actor) -> None:
    """Raise Forbidden unless the actor coordinates this depot."""
    if not actor.is_coordinator:
        raise Forbidden()


def need_member(actor: Actor) -> None:
    """Raise Forbidden for who helps for today only."""
    if actor.is_helper:
        raise Forbidden()


def need_own_hands(actor: Actor) -> None:
    """Raise Forbidden on a device of the depot, where a tapped name shows nothing of who it is."""
    if actor.device is not None:
        raise Forbidden()


def fingerprint(command: object) -> str:
    """Return a digest of the command's kind and contents, the same for the same request.

    What stands at its default is left out: a command that waited on a phone while the program was
    renewed is still the same one, though its kind has learned a field since.
    """
    if not is_dataclass(command) or isinstance(command, type):
        raise TypeError(f"a command is a dataclass, not {command!r}")
    text = json.dumps([type(command).__name__, _said(command)], sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(value: Any) -> Any:
    """Return a command's parts as JSON has them, those left at their default left out."""
    if isinstance(value, (tuple, list)):
        return [one if isinstance(one, str) else _said(one) for one in value]
    if not is_dataclass(value):
        return value
    held = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: _said(part) for field, part in held if part != field.default}


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    raise TypeError(f"{value!r} has no place in a command")


def _happened(occurred_at: datetime | None, now: datetime, actor: Actor) -> datetime:
    """Return when it happened; who carried it here may know better than the command's own clock."""
    if actor.carriage is not None and actor.carriage.happened_at is not None:
        return min(_whole(actor.carriage.happened_at), now)
    return _plausible(occurred_at, now)


def _plausible(occurred_at: datetime | None, now: datetime) -> datetime:
    if occurred_at is None:
        return now
    if occurred_at.tzinfo is None:
        raise Invalid(field="occurred_at", problem=N_("The time needs its time zone."))
    if occurred_at > now + CLOCK_SKEW:
        raise Invalid(field="occurred_at", problem=N_("That time is in the future."))
    if occurred_at.year < EARLIEST_YEAR:
        raise Invalid(field="occurred_at", problem=N_("That time is too long ago."))
    return min(_whole(occurred_at), now)


def _doubt_day(work: Work) -> None:
    """Ask about a day that a person wrote down: before all days here, or in a report that is filed.

    A program's time is not asked about: what happened is booked, and shows as late.
    """
    day = work.occurred_on
    first = work.ask(sql.FIRST_DAYS, seq=work.head.seq).one()
    since = local_day(first.created_at, work.actor.depot.time_zone)
    if day < min(since, first.booked_on or since):
        work.doubt(BeforeFirstDay(day=day, first=min(since, first.booked_on or since)))
    filed = work.ask(sql.FILED_DAYS, day=day).first()
    if filed is not None:
        work.doubt(InFiledPeriod(day=day, first=filed.first_on, last=filed.last_on))


def _whole(instant: datetime) -> datetime:
    """Return the instant to the millisecond the ledger keeps."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def remember(work: Work, body_hash: str, answer: Answer) -> None:
    """Write down that the command was done, what was answered, and on which own device."""
    try:
        work.session.connection().execute(
            sql.REMEMBER,
            {
                "depot_id": work.depot_id,
                "command_id": work.command_id,
                "body_hash": body_hash,
                "answer": json.dumps(as_logged(answer)),
                "recorded_at": work.recorded_at,
            },
        )
    except IntegrityError as error:  # cannot happen behind the chain lock; never half-written
        raise CommandIdReused(field="command_id") from error
    if work.actor.device is not None:
        done_on = {"depot_id": work.depot_id, "command_id": work.command_id}
        device = {"device_id": work.actor.device.id}
        work.session.connection().execute(sql.REMEMBER_DEVICE, done_on | device)
