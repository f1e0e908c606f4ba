"""Reports as they were filed: the list of them, one of them, and what came in late since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.periods import Period
from depot.models import ApiToken, FiledReport, Person
from depot.reports.sums.filing import Frozen
from depot.reports.sums.frozen import unfreeze_report
from depot.reports.sums.report import FiledHead, Report


@dataclass(frozen=True, slots=True)
class FiledRow:
    """A filed report without its figures. `filed_by` is empty for what the command line filed."""

    number: int
    version: int
    kind: str
    period: str
    first: date
    last: date
    filed_at: datetime
    filed_by: str
    ledger_seq: int
    seal: str


_HEAD = (
    FiledReport.number,
    FiledReport.version,
    FiledReport.kind,
    FiledReport.period,
    FiledReport.first_on,
    FiledReport.last_on,
    FiledReport.filed_at,
    FiledReport.ledger_seq,
    FiledReport.seal,
)


def filed_reports(
    session: Session, depot_id: int, before: int | None = None, limit: int = 50
) -> list[FiledRow]:
    """Return the depot's filed reports, the newest first, from those numbered below `before`."""
    wanted = _rows(depot_id).order_by(FiledReport.number.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(FiledReport.number < before)
    return [_row(row) for row in session.execute(wanted)]


def versions_of(session: Session, depot_id: int, period: Period) -> list[FiledRow]:
    """Return what was filed of a period, the newest version first."""
    wanted = _rows(depot_id).where(
        FiledReport.kind == period.kind,
        FiledReport.first_on == period.first,
        FiledReport.last_on == period.last,
    )
    newest = wanted.order_by(FiledReport.version.desc())
    return [_row(row) for row in session.execute(newest)]


def filed_row(session: Session, depot_id: int, number: int) -> FiledRow | None:
    """Return one filed report of the depot without its figures, or None."""
    if not 0 < number < 2**63:
        return None
    row = session.execute(_rows(depot_id).where(FiledReport.number == number)).one_or_none()
    return None if row is None else _row(row)


def filed_report(session: Session, depot: DepotView, number: int) -> Report | None:
    """Return a filed report of the depot as it was frozen, or None if it has none so numbered."""
    head = filed_row(session, depot.id, number)
    if head is None:
        return None
    figures = session.scalars(
        select(FiledReport.figures).where(
            FiledReport.depot_id == depot.id, FiledReport.number == number
        )
    ).one()
    filed = FiledHead(head.number, head.version, head.seal, head.filed_at, head.filed_by)
    return unfreeze_report(depot, json.loads(figures), filed)


def all_filed_reports(session: Session, depot_id: int) -> list[FiledRow]:
    """Return all of the depot's filed reports without their figures, the first one first."""
    ordered = _rows(depot_id).order_by(FiledReport.number)
    return [_row(row) for row in session.execute(ordered)]


def frozen_report(session: Session, depot_id: int, number: int) -> Frozen:
    """Return what is sealed of a filed report. Raises ValueError for figures that are no JSON."""
    row = session.execute(
        select(*FiledReport.__table__.c).where(
            FiledReport.depot_id == depot_id, FiledReport.number == number
        )
    ).one()
    return Frozen(
        depot_id=row.depot_id,
        number=row.number,
        version=row.version,
        kind=row.kind,
        period=row.period,
        first_on=row.first_on,
        last_on=row.last_on,
        filed_at=row.filed_at,
        person_id=row.person_id,
        token_id=row.token_id,
        ledger_seq=row.ledger_seq,
        ledger_seal=row.ledger_seal,
        figures=json.loads(row.figures),
        facts=json.loads(row.facts),
    )


def _rows(depot_id: int) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(*_HEAD, Person.name.label("person"), ApiToken.name.label("token"))
        .outerjoin(Person, Person.id == FiledReport.person_id)
        .outerjoin(ApiToken, ApiToken.id == FiledReport.token_id)
        .where(FiledReport.depot_id == depot_id)
    )
    return statement


def _row(row: Any) -> FiledRow:
    return FiledRow(
        number=row.number,
        version=row.version,
        kind=row.kind,
        period=row.period,
        first=row.first_on,
        last=row.last_on,
        filed_at=row.filed_at,
        filed_by=row.person or row.token or "",
        ledger_seq=row.ledger_seq,
        seal=row.seal,
    )
