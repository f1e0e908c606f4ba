"""The duties of a depot: who holds, learns, is next; who does how much; what rests on one alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.distribution.series.repeating import scheduled
from depot.duties.turns import DutyState, Held, WillingPerson, in_turn, learns_from, state_of
from depot.models import Activity, Assignment, DutyWilling, Membership, Person
from depot.rota.naming import name_of_day
from depot.rota.occurring import RoutineState, current, is_over, occurrence
from depot.rota.parts import Part, people_in
from depot.rota.rows import parts_of, routine_versions

#: A term may have begun so long ago, and begin so far ahead.
_FAR: Final = timedelta(days=370)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a duty, with a row or without."""

    #: How it is named in a command: its number, or the duty's and its first day.
    name_of: str
    starts_on: date
    ends_on: date
    #: Everybody who had to do with it, those who said no too.
    parts: tuple[Part, ...] = ()

    @property
    def holders(self) -> list[Part]:
        """Who holds it."""
        return [part for part in people_in(self.parts) if not part.learning]

    @property
    def learners(self) -> list[Part]:
        """Who learns it beside who holds it."""
        return [part for part in people_in(self.parts) if part.learning]

    @property
    def passed(self) -> tuple[Part, ...]:
        """Who said no to it, and has not said yes since."""
        live = {part.person_id for part in self.parts if part.standing != "out"}
        # what was given back for who had gone is no no of theirs
        said_no = [part for part in self.parts if part.asked_at and part.person_id not in live]
        return tuple({part.person_id: part for part in said_no}.values())


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty as it stands today."""

    id: int
    name: str
    text: str
    steps: tuple[str, ...]
    #: The term of now, and the next one; None: there is none.
    term: Term | None
    next_term: Term | None
    state: DutyState
    #: Everybody who would hold it, whose turn it is first; who said no to it is not among them.
    turns: tuple[WillingPerson, ...]
    #: Who said no to the term that asks for somebody.
    passed: tuple[Part, ...]
    #: How often each of them held it.
    held: dict[int, Held]
    #: Who held it last: whom to ask while nobody holds it.
    last_holder: str = ""

    @property
    def holders(self) -> list[Part]:
        return self.term.holders if self.term else []

    @property
    def next_holders(self) -> list[Part]:
        return self.next_term.holders if self.next_term else []

    @property
    def learners(self) -> list[Part]:
        return self.term.learners if self.term else []

    @property
    def learns_from(self) -> date | None:
        """From when on the next holder is there too; None: there is no next term."""
        return learns_from(self.next_term.starts_on) if self.next_term else None

    @property
    def wanted(self) -> Term | None:
        """The term that asks for somebody; None: all is said."""
        if self.state == "open":
            return self.term or self.next_term
        return self.next_term if self.state == "ends_soon" else None


def duties(session: Session, depot: DepotView, today: date) -> list[DutyRow]:
    """Return the depot's duties by name; what is over is not among them. Five statements."""
    versions = routine_versions(session, depot.id, kinds=("duty",))
    live = [those for those in versions.values() if not is_over(those, today)]
    if not live:
        return []
    touched = _touched(session, depot.id, today)
    willing, held, last = willing_people(session, depot.id), *_held(session, depot.id, today)
    rows = []
    for those in live:
        state = current(those)
        now, coming = _terms(those, touched, depot, today)
        own = held.get(state.routine_id, {})
        would = willing.get(state.routine_id, [])
        row = _row(state, now, coming, would, own, today)
        rows.append(replace(row, last_holder=last.get(state.routine_id, "")))
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def find_duty(session: Session, depot: DepotView, routine_id: int, today: date) -> DutyRow | None:
    """Return one duty; None for none of the depot's, and for one that is over."""
    return next((row for row in duties(session, depot, today) if row.id == routine_id), None)


def asking_duties(session: Session, depot: DepotView, today: date) -> list[DutyRow]:
    """Return the duties that ask for somebody now."""
    return [row for row in duties(session, depot, today) if row.wanted is not None]


def _touched(session: Session, depot_id: int, today: date) -> dict[tuple[int, date], Term]:
    """Return the terms that have a row and are not over, by their duty and first day."""
    about = (
        Activity.depot_id == depot_id,
        Activity.kind == "duty",
        Activity.called_off_at.is_(None),
        Activity.ends_on >= today,
    )
    chosen = select(Activity.id).where(*about)
    parts = parts_of(session, depot_id, Assignment.activity_id.in_(chosen))
    rows = session.execute(
        select(
            Activity.id,
            Activity.routine_id,
            Activity.occurrence_on,
            Activity.starts_on,
            Activity.ends_on,
        ).where(*about)
    )
    return {
        (row.routine_id, row.occurrence_on): Term(
            str(row.id), row.starts_on, row.ends_on, tuple(parts.get(row.id, ()))
        )
        for row in rows
    }


def _terms(
    versions: Sequence[RoutineState],
    touched: dict[tuple[int, date], Term],
    depot: DepotView,
    today: date,
) -> tuple[Term | None, Term | None]:
    """Return the term of now and the next one."""
    days = sorted(scheduled(versions, today - _FAR, today + _FAR, depot.week_start))
    before = [day for day in days if day <= today][-1:]
    after = [day for day in days if day > today][:1]
    found = [_term(versions, touched, depot, day) for day in before + after]
    now = next((one for one in found if one and one.starts_on <= today <= one.ends_on), None)
    coming = next((one for one in found if one and one.starts_on > today), None)
    return now, coming


def _term(
    versions: Sequence[RoutineState],
    touched: dict[tuple[int, date], Term],
    depot: DepotView,
    day: date,
) -> Term | None:
    key = (versions[0].routine_id, day)
    if key in touched:
        return touched[key]
    one = occurrence(versions, day, depot.time_zone, depot.week_start)
    if one is None or one.times.starts_on is None or one.times.ends_on is None:
        return None
    return Term(name_of_day(*key), one.times.starts_on, one.times.ends_on)


def _row(
    state: RoutineState,
    now: Term | None,
    coming: Term | None,
    willing: Sequence[WillingPerson],
    held: dict[int, Held],
    today: date,
) -> DutyRow:
    holders = now.holders if now else []
    next_holders = coming.holders if coming else []
    asked = now if now is not None and not holders else coming
    passed = asked.passed if asked else ()
    return DutyRow(
        id=state.routine_id,
        name=state.name,
        text=state.text,
        steps=state.steps,
        term=now,
        next_term=coming,
        state=state_of(
            [part.person_id for part in (holders if now else next_holders)],
            [part.person_id for part in next_holders],
            now.ends_on if now else today,
            today,
        ),
        turns=tuple(in_turn(willing, held, {part.person_id for part in passed})),
        passed=passed,
        held=held,
    )


def willing_people(session: Session, depot_id: int) -> dict[int, list[WillingPerson]]:
    rows = session.execute(
        select(DutyWilling.routine_id, Person.id, Person.name, DutyWilling.since)
        .join(Person, Person.id == DutyWilling.person_id)
        .join(
            Membership,
            and_(
                Membership.person_id == Person.id,
                Membership.depot_id == depot_id,
                Membership.ended_at.is_(None),
                Membership.role != "helper",
            ),
        )
        .where(DutyWilling.depot_id == depot_id, DutyWilling.ended_at.is_(None))
    )
    found: dict[int, list[WillingPerson]] = {}
    for routine_id, person_id, name, since in rows:
        found.setdefault(routine_id, []).append(WillingPerson(person_id, name, since))
    return found


def _held(
    session: Session, depot_id: int, today: date
) -> tuple[dict[int, dict[int, Held]], dict[int, str]]:
    """Return by duty how often each held it and when last, and who held it last."""
    rows = session.execute(
        select(
            Activity.routine_id,
            Assignment.person_id,
            Person.name,
            func.count(),
            func.max(Activity.starts_on).label("last_on"),
        )
        .join(
            Assignment,
            and_(Assignment.depot_id == depot_id, Assignment.activity_id == Activity.id),
        )
        .join(Person, Person.id == Assignment.person_id)
        .where(
            Activity.depot_id == depot_id,
            Activity.kind == "duty",
            Activity.routine_id.is_not(None),
            Activity.starts_on <= today,
            Assignment.taken_at.is_not(None),
            Assignment.given_back_at.is_(None),
            ~Assignment.learning,
        )
        .group_by(Activity.routine_id, Assignment.person_id, Person.name)
    )
    held: dict[int, dict[int, Held]] = {}
    last: dict[int, tuple[date, str]] = {}
    for routine_id, person_id, name, turns, last_on in rows:
        if routine_id is None or last_on is None:  # the statement asks for those that have both
            continue
        held.setdefault(routine_id, {})[person_id] = Held(turns, last_on)
        last[routine_id] = max(last.get(routine_id, (date.min, "")), (last_on, name))
    return held, {routine_id: name for routine_id, (_on, name) in last.items()}
