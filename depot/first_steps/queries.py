"""What of the first steps is done, by facts: one statement each.

Each fact is sought by all columns of an index, so that it costs the same in any depot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, TextClause, exists, select, text
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.models import (
    Attendance,
    Crate,
    DistributionEvent,
    FiledReport,
    Location,
    Membership,
    PutAwaySteps,
    SettingChange,
    SheetImport,
    StockEntry,
)

#: So many lines of a book are looked at: the first changes of settings, the last entries.
MOST_LINES: Final = 100
#: For so long somebody is new.
NEW_FOR: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class FirstWeek:
    """What a new depot has done; which of it is a step, and in which order, the page says."""

    settings: bool
    places: bool
    people: bool
    labels: bool
    spreadsheet: bool
    hand_out: bool
    report: bool

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left; not everybody has an old spreadsheet."""
        steps = (self.settings, self.places, self.people, self.labels, self.hand_out, self.report)
        return all(steps)


@dataclass(frozen=True, slots=True)
class FirstMinutes:
    """What somebody who is new has done."""

    here: bool
    scanned: bool
    donation: bool

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left."""
        return self.here and self.scanned and self.donation


def first_week(session: Session, actor: Actor) -> FirstWeek | None:
    """Return how far the depot is; None before its first entry, once done or put away."""
    if not actor.is_coordinator or actor.person_id is None:
        return None
    depot_id = actor.depot_id
    first = (
        select(SettingChange.kind)
        .where(SettingChange.depot_id == depot_id, SettingChange.id > 0)
        .order_by(SettingChange.id)
        .limit(MOST_LINES)
        .subquery()
    )
    row = session.execute(
        select(
            _has(StockEntry, StockEntry.depot_id == depot_id, StockEntry.seq == 1),
            _is_away(depot_id, "first_week", None),
            _has(first, first.c.kind == "depot"),
            _has(
                Location,
                Location.depot_id == depot_id,
                Location.kind == "storage",
                text("location.kind <> 'crate'"),  # as the index of places has it
                ~Location.is_default,
            ),
            _has(
                Membership,
                Membership.depot_id == depot_id,
                Membership.person_id != actor.person_id,
                Membership.role != "helper",
            ),
            _has(Crate, Crate.depot_id == depot_id, Crate.code > ""),
            _has(SheetImport, SheetImport.depot_id == depot_id, SheetImport.id > 0),
            _has(DistributionEvent, DistributionEvent.depot_id == depot_id),
            _has(FiledReport, FiledReport.depot_id == depot_id, FiledReport.number == 1),
        )
    ).one()
    has_begun, is_away, *steps = row
    found = FirstWeek(*steps)
    return None if is_away or found.is_done or not has_begun else found


def first_minutes(session: Session, actor: Actor, now: datetime) -> FirstMinutes | None:
    """Return how far somebody new is; None for others, once done or put away."""
    if actor.is_coordinator or actor.device is not None or actor.person_id is None:
        return None
    depot_id, person_id = actor.depot_id, actor.person_id
    last = (
        select(StockEntry.kind, StockEntry.person_id)
        .where(StockEntry.depot_id == depot_id)
        .order_by(StockEntry.seq.desc())
        .limit(MOST_LINES)
        .subquery()
    )
    is_new, is_away, *steps = session.execute(
        select(
            _has(
                Membership,
                Membership.depot_id == depot_id,
                Membership.person_id == person_id,
                Membership.created_at > now - NEW_FOR,
            ),
            _is_away(depot_id, "first_minutes", person_id),
            _has(Attendance, Attendance.depot_id == depot_id, Attendance.person_id == person_id),
            _has(last, last.c.person_id == person_id, last.c.kind != "receipt"),
            _has(last, last.c.person_id == person_id, last.c.kind == "receipt"),
        )
    ).one()
    found = FirstMinutes(*steps)
    return None if is_away or found.is_done or not is_new else found


def _has(table: Any, *where: ColumnElement[bool] | TextClause) -> ColumnElement[bool]:
    return exists(select(1).select_from(table).where(*where))


def _is_away(depot_id: int, name: str, person_id: int | None) -> ColumnElement[bool]:
    return _has(
        PutAwaySteps,
        PutAwaySteps.depot_id == depot_id,
        PutAwaySteps.name == name,
        PutAwaySteps.person_id.is_not_distinct_from(person_id),
    )
