"""Links to reports: those of a depot, and what one of them shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.periods import Period, parse_period
from depot.models import ChainHead, Depot, Person, ReportShare


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A link as the depot's coordinators see it: without its secret, with who made it."""

    id: int
    period: Period
    note: str
    made_by: str | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def counts(self, now: datetime) -> bool:
        """Whether the link still shows anything."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class SharedReport:
    """What a link is about: one period of one depot."""

    depot: DepotView
    period: Period
    expires_at: datetime


def list_shares(session: Session, depot_id: int, limit: int = 100) -> list[ShareRow]:
    """Return the depot's links, the newest first."""
    week_start = session.scalar(select(Depot.week_start).where(Depot.id == depot_id)) or 1
    rows = session.execute(
        select(ReportShare, Person.name)
        .outerjoin(Person, Person.id == ReportShare.created_by_id)
        .where(ReportShare.depot_id == depot_id)
        .order_by(ReportShare.id.desc())
        .limit(limit)
    )
    return [
        ShareRow(
            row.id,
            parse_period(row.period, week_start),
            row.note,
            name,
            row.created_at,
            row.expires_at,
            row.revoked_at,
        )
        for row, name in rows
    ]


def find_shared_report(session: Session, token_hash: str, now: datetime) -> SharedReport | None:
    """Return what the link with that hash shows; None if it ended, expired or never was."""
    row = session.execute(
        select(ReportShare, Depot)
        .join(Depot, Depot.id == ReportShare.depot_id)
        .where(
            ReportShare.token_hash == token_hash,
            ReportShare.revoked_at.is_(None),
            ReportShare.expires_at > now,
        )
    ).one_or_none()
    if row is None:
        return None
    share, depot = row
    view = depot.view()
    return SharedReport(view, parse_period(share.period, view.week_start), share.expires_at)


def entry_count(session: Session, depot_id: int) -> int:
    """Return how many entries the depot's ledger has: figures of the moment change with it."""
    return session.scalar(select(ChainHead.seq).where(ChainHead.depot_id == depot_id)) or 0
