"""What hangs now, what somebody has not seen yet, and what was written before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.clock import local_day
from depot.base.kinds import NoteKind
from depot.handover.notes import MOST_NOTICE_DAYS, WAITS, task_name
from depot.models import Acknowledgement, Activity, ApiToken, Note, NoteLine, Person

#: Handovers and notices that Today shows of each; the rest stand on their page.
MOST_SHOWN: Final = 3
#: One that hangs still cannot have come before.
_LONGEST_NOTICE: Final = timedelta(days=MOST_NOTICE_DAYS + 1)
_TakenDownBy = aliased(Person)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with its lines; it has none once it was taken down or has faded."""

    id: int
    kind: NoteKind
    lines: tuple[str, ...]
    #: The number of the task that was made of each line; None: of that one was none.
    tasks: tuple[int | None, ...]
    written_at: datetime
    recorded_at: datetime
    person_id: int | None
    by: str
    shown_until: date | None
    taken_down_at: datetime | None
    taken_down_by: str
    faded_at: datetime | None
    #: Who has seen it, who did first before.
    seen_by: tuple[str, ...]
    #: Whether who asks has seen or written it.
    is_seen: bool
    #: Whether who asks may take it down.
    may_take_down: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """What Today shows of notes: handovers that who asks has not seen, and what hangs."""

    handovers: tuple[NoteRow, ...]
    notices: tuple[NoteRow, ...]
    #: Whether there is more of either than is shown.
    has_more: bool


def read_wall(session: Session, who: Actor, now: datetime) -> Wall:
    """Return what is to be seen first. Five statements, two where there is nothing."""
    unseen = (
        _notes(who.depot_id)
        .where(
            Note.kind == "handover",
            Note.recorded_at > now - WAITS,
            Note.faded_at.is_(None),
            ~_seen_by(who),
        )
        .order_by(Note.written_at.desc(), Note.id.desc())
    )
    if who.person_id is not None:
        unseen = unseen.where(func.coalesce(Note.person_id, 0) != who.person_id)
    hanging = (
        _notes(who.depot_id)
        .where(
            Note.kind == "notice",
            Note.recorded_at > now - _LONGEST_NOTICE,
            Note.shown_until >= local_day(now, who.depot.time_zone),
            Note.faded_at.is_(None),
        )
        .order_by(Note.written_at.desc(), Note.id.desc())
    )
    found = [session.execute(one.limit(MOST_SHOWN + 1)).all() for one in (unseen, hanging)]
    shown = [rows[:MOST_SHOWN] for rows in found]
    rows = _told(session, who, [row for part in shown for row in part])
    return Wall(
        handovers=tuple(row for row in rows if row.kind == "handover"),
        notices=tuple(row for row in rows if row.kind == "notice"),
        has_more=any(len(rows) > MOST_SHOWN for rows in found),
    )


def notes_before(
    session: Session, who: Actor, limit: int, before: int | None = None
) -> list[NoteRow]:
    """Return the notes that came here last, the newest first (four statements)."""
    asked = _notes(who.depot_id).order_by(Note.id.desc()).limit(limit)
    if before is not None:
        asked = asked.where(Note.id < before)
    return _told(session, who, session.execute(asked).all())


def notes_after(session: Session, who: Actor, after: int, limit: int) -> list[NoteRow]:
    """Return notes in the order in which they came here, for programs (four statements)."""
    asked = _notes(who.depot_id).where(Note.id > after).order_by(Note.id).limit(limit)
    return _told(session, who, session.execute(asked).all())


def find_note(session: Session, who: Actor, note_id: int) -> NoteRow | None:
    """Return a note of the depot; None for another's (four statements)."""
    found = session.execute(_notes(who.depot_id).where(Note.id == note_id)).all()
    return next(iter(_told(session, who, found)), None)


def _seen_by(who: Actor) -> Any:
    return (
        select(Acknowledgement.note_id)
        .where(
            Acknowledgement.depot_id == Note.depot_id,
            Acknowledgement.note_id == Note.id,
            Acknowledgement.person_id == who.person_id,
        )
        .exists()
    )


def _notes(depot_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Note.id,
            Note.kind,
            Note.written_at,
            Note.recorded_at,
            Note.person_id,
            Note.shown_until,
            Note.taken_down_at,
            Note.faded_at,
            func.coalesce(Person.name, ApiToken.name, "").label("author"),
            func.coalesce(_TakenDownBy.name, "").label("taken_down_by"),
        )
        .join(Person, Person.id == Note.person_id, isouter=True)
        .join(ApiToken, ApiToken.id == Note.token_id, isouter=True)
        .join(_TakenDownBy, _TakenDownBy.id == Note.taken_down_by_id, isouter=True)
        .where(Note.depot_id == depot_id)
    )


def _told(session: Session, who: Actor, rows: Sequence[Any]) -> list[NoteRow]:
    """Return rows with lines, tasks and who has seen them (three statements, none for no row)."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    lines = _lines(session, who.depot_id, ids)
    seen = _seen(session, who.depot_id, ids)
    made = _tasks(session, who.depot_id, ids)
    return [
        NoteRow(
            id=row.id,
            kind=row.kind,
            lines=tuple(lines[row.id]),
            tasks=tuple(made.get((row.id, task_name(line))) for line in lines[row.id]),
            written_at=row.written_at,
            recorded_at=row.recorded_at,
            person_id=row.person_id,
            by=row.author,
            shown_until=row.shown_until,
            taken_down_at=row.taken_down_at,
            taken_down_by=row.taken_down_by,
            faded_at=row.faded_at,
            seen_by=tuple(name for _person_id, name in seen[row.id]),
            is_seen=who.person_id is not None
            and who.person_id in {row.person_id, *(one for one, _name in seen[row.id])},
            may_take_down=row.faded_at is None
            and (not who.is_helper or row.person_id == who.person_id),
        )
        for row in rows
    ]


def _lines(session: Session, depot_id: int, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    asked = (
        select(NoteLine.note_id, NoteLine.text)
        .where(NoteLine.depot_id == depot_id, NoteLine.note_id.in_(ids))
        .order_by(NoteLine.note_id, NoteLine.line)
    )
    for note_id, text in session.execute(asked):
        found[note_id].append(text)
    return found


def _tasks(session: Session, depot_id: int, ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """Return the last task of each name that was made of a note's line, by the note and name."""
    asked = (
        select(Activity.grown_from_id, Activity.name, Activity.id)
        .where(
            Activity.depot_id == depot_id,
            Activity.grown_from == "note",
            Activity.grown_from_id.in_(ids),
        )
        .order_by(Activity.id)
    )
    return {(note_id or 0, name): number for note_id, name, number in session.execute(asked)}


def _seen(session: Session, depot_id: int, ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    asked = (
        select(Acknowledgement.note_id, Person.id, Person.name)
        .join(Person, Person.id == Acknowledgement.person_id)
        .where(Acknowledgement.depot_id == depot_id, Acknowledgement.note_id.in_(ids))
        .order_by(Acknowledgement.note_id, Acknowledgement.seen_at, Person.id)
    )
    for note_id, person_id, name in session.execute(asked):
        found[note_id].append((person_id, name))
    return found
