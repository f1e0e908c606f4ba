"""Name sheets as lists: how many lines each has and when they go; the names for who may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.models import DistributionEvent, Membership, NameSheet, NameSheetLine, Person
from depot.name_sheets.keeping import erased_on
from depot.name_sheets.setting import need_names, sheet_setting


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The sheet of a hand-out, without a name."""

    event_id: int
    event: str
    held_on: date
    #: How many households stand on it, or stood until it was erased.
    lines: int
    people: int
    erased_on: date
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class NameRow:
    """A household on a sheet."""

    id: int
    name: str
    people: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Somebody who has a sign-in here, and whether they may read the names."""

    person_id: int
    name: str
    reads_names: bool


_ON_IT: Final = (
    NameSheetLine.depot_id == NameSheet.depot_id,
    NameSheetLine.event_id == NameSheet.event_id,
)


def name_sheets(session: Session, depot_id: int, event_id: int | None = None) -> list[SheetRow]:
    """Return the depot's sheets, the newest hand-out first; of `event_id` its own alone."""
    setting = sheet_setting(session, depot_id)
    if setting is None:
        return []
    asked = (
        select(
            NameSheet.event_id,
            DistributionEvent.name,
            NameSheet.held_on,
            select(func.count()).where(*_ON_IT).correlate(NameSheet).scalar_subquery(),
            select(func.coalesce(func.sum(NameSheetLine.people), 0))
            .where(*_ON_IT)
            .correlate(NameSheet)
            .scalar_subquery(),
            NameSheet.erased_lines,
            NameSheet.erased_at,
        )
        .join(
            DistributionEvent,
            (DistributionEvent.depot_id == NameSheet.depot_id)
            & (DistributionEvent.id == NameSheet.event_id),
        )
        .where(NameSheet.depot_id == depot_id)
        .order_by(NameSheet.held_on.desc(), NameSheet.event_id.desc())
    )
    if event_id is not None:
        asked = asked.where(NameSheet.event_id == event_id)
    return [
        SheetRow(
            number, event, held, erased or lines, int(people), erased_on(held, setting.years), at
        )
        for number, event, held, lines, people, erased, at in session.execute(asked)
    ]


def names_on(session: Session, who: Actor, event_id: int) -> Sequence[NameRow]:
    """Return who stands on the sheet of a hand-out, by name. Raises NamesNotForYou."""
    need_names(who)
    rows = session.execute(
        select(
            NameSheetLine.id, NameSheetLine.name, NameSheetLine.people, NameSheetLine.recorded_at
        )
        .where(NameSheetLine.depot_id == who.depot_id, NameSheetLine.event_id == event_id)
        .order_by(func.lower(NameSheetLine.name), NameSheetLine.id)
    )
    return [NameRow(*row) for row in rows]


def possible_readers(session: Session, depot_id: int) -> list[ReaderRow]:
    """Return everybody who works here with a sign-in of their own, by name."""
    rows = session.execute(
        select(Person.id, Person.name, Membership.reads_names)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.depot_id == depot_id,
            Membership.ended_at.is_(None),
            Person.login.is_not(None),
        )
        .order_by(Person.name, Person.id)
    )
    return [ReaderRow(*row) for row in rows]
