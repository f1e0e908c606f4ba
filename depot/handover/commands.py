"""Writing a note for the next shift, seeing it, and taking it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, insert, literal, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.kinds import NOTE_KINDS, NoteKind
from depot.base.text import N_
from depot.handover.erasing import erase_lines
from depot.handover.errors import OnlyPeopleSee
from depot.handover.notes import (
    MAX_FACT,
    MAX_FACTS,
    MAX_TEXT,
    MOST_NOTICE_DAYS,
    NOTICE_DAYS,
    note_lines,
)
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, run_once
from depot.models import Acknowledgement, Note, NoteLine


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """What the next shift is to know, in lines: `facts` that were drafted, and the writer's own."""

    command_id: UUID
    kind: NoteKind = "handover"
    text: str = ""
    facts: tuple[str, ...] = ()
    #: A notice's last day; None: a week.
    shown_until: date | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeNote:
    """Somebody has seen a note."""

    command_id: UUID
    note_id: int = 0
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDownNote:
    """A note is to be read no longer: its words go at once, and for good."""

    command_id: UUID
    note_id: int = 0


def write_note(command: WriteNote, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Write a note for those who come next, at the time it was written. Everybody here may.

    Raises Invalid.
    """
    return run_once(command, actor, clock, _write, SavedId)


def _write(command: WriteNote, work: Work) -> SavedId:
    lines = _checked_lines(command)
    made = work.session.execute(
        insert(Note)
        .values(
            depot_id=work.depot_id,
            kind=command.kind,
            written_at=work.occurred_at,
            recorded_at=work.recorded_at,
            person_id=work.actor.person_id,
            token_id=work.actor.token_id,
            shown_until=_last_day(command, work),
        )
        .returning(Note.id)
    ).scalar_one()
    work.session.execute(
        insert(NoteLine),
        [
            {"note_id": made, "line": number, "depot_id": work.depot_id, "text": line}
            for number, line in enumerate(lines, start=1)
        ],
    )
    return SavedId(id=made)


def _checked_lines(command: WriteNote) -> tuple[str, ...]:
    if command.kind not in NOTE_KINDS:
        raise Invalid(field="kind", problem=N_("Say whether it is a handover or a notice."))
    if len(command.text) > MAX_TEXT:
        raise Invalid(field="text", problem=N_("At most 500 letters, please."))
    if len(command.facts) > MAX_FACTS or any(len(fact) > MAX_FACT for fact in command.facts):
        raise Invalid(field="facts", problem=N_("That is more than was drafted."))
    lines = note_lines(command.facts, command.text)
    if not lines:
        problem = N_("Write something, or leave a line ticked.")
        raise Invalid(field="text", problem=problem)
    return lines


def _last_day(command: WriteNote, work: Work) -> date | None:
    """Return a notice's last day, counted from the day it was written, however late it comes."""
    if command.kind != "notice":
        if command.shown_until is not None:
            raise Invalid(field="shown_until", problem=N_("Only a notice has a last day."))
        return None
    first = work.occurred_on
    last = command.shown_until or first + timedelta(days=NOTICE_DAYS)
    if not first <= last <= first + timedelta(days=MOST_NOTICE_DAYS):
        raise Invalid(
            field="shown_until", problem=N_("Choose a day from today on, within 92 days.")
        )
    return last


def acknowledge_note(
    command: AcknowledgeNote, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Note that the actor has seen a note. From two phones it is once; the first that came stands.

    Raises NotFound, OnlyPeopleSee.
    """
    if actor.person_id is None or actor.token_id is not None:
        raise OnlyPeopleSee()
    return run_once(command, actor, clock, _acknowledge, SavedId)


def _acknowledge(command: AcknowledgeNote, work: Work) -> SavedId:
    note = _need_note(work, command.note_id)
    person_id = work.actor.person_id
    seen = exists().where(
        Acknowledgement.depot_id == work.depot_id,
        Acknowledgement.note_id == note.id,
        Acknowledgement.person_id == person_id,
    )
    if not work.session.scalar(select(literal(1)).where(seen)):
        work.session.execute(
            insert(Acknowledgement).values(
                depot_id=work.depot_id,
                note_id=note.id,
                person_id=person_id,
                seen_at=work.occurred_at,
            )
        )
    return SavedId(id=note.id)


def take_down_note(command: TakeDownNote, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Erase the words of a note, now; who took it down stays. A helper may only with their own.

    Raises NotFound, Forbidden. A note that is gone already stays as it is.
    """
    return run_once(command, actor, clock, _take_down, SavedId)


def _take_down(command: TakeDownNote, work: Work) -> SavedId:
    note = _need_note(work, command.note_id)
    if work.actor.is_helper and note.person_id != work.actor.person_id:
        raise Forbidden()
    if note.faded_at is None:
        erase_lines(work.session, [note.id])
        work.session.execute(
            update(Note)
            .where(Note.depot_id == work.depot_id, Note.id == note.id)
            .values(
                faded_at=work.recorded_at,
                taken_down_at=work.recorded_at,
                taken_down_by_id=work.actor.person_id,
            )
            .execution_options(synchronize_session=False)
        )
    return SavedId(id=note.id)


def _need_note(work: Work, note_id: int) -> Note:
    found = work.session.get(Note, note_id) if 0 < note_id < 2**63 else None
    if found is None or found.depot_id != work.depot_id:
        raise NotFound(what=N_("note"), name=note_id)
    return found
