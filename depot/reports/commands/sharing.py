"""Links that show the report of one period to somebody without an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.periods import parse_period
from depot.base.secrets import command_secret, secret_hash
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import ReportShare

MAX_DAYS: Final = 366
MAX_NOTE: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareReport:
    """The report of a period (2026-W47, 2026-11, 2026) is to be seen by whoever has a link."""

    command_id: UUID
    period: str
    days: int
    note: str = ""


def link_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret part of the link that a command makes: the same for the same command."""
    return command_secret(secret_key, "report link", depot_id, command_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedReport(Answer):
    """A link to the report of a period."""

    share_id: int
    period: str


def share_report(
    command: ShareReport, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[SharedReport]:
    """Make a link that lasts some days, for one report. Raises Forbidden for a volunteer, Invalid
    for a period that is none and for days that are too many."""
    need_coordinator(actor)
    secret = link_secret(secret_key, actor.depot_id, command.command_id)
    return run_once(
        command, actor, clock, lambda asked, work: _share(asked, work, secret), SharedReport
    )


def _share(command: ShareReport, work: Work, secret: str) -> SharedReport:
    period = parse_period(command.period, work.actor.depot.week_start)
    if not 0 < command.days <= MAX_DAYS:
        raise Invalid(field="days", problem=N_("A link lasts from a day to a year."))
    if len(command.note) > MAX_NOTE:
        raise Invalid(field="note", problem=N_("That is too long."))
    made = work.session.execute(
        insert(ReportShare)
        .values(
            depot_id=work.depot_id,
            token_hash=secret_hash(secret),
            period=period.name,
            note=command.note,
            created_by_id=work.actor.person_id,
            created_at=work.recorded_at,
            expires_at=work.recorded_at + timedelta(days=command.days),
        )
        .returning(ReportShare.id)
    ).scalar_one()
    return SharedReport(share_id=made, period=period.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndShare:
    """A link to a report is to show nothing any more."""

    command_id: UUID
    share_id: int


def end_share(command: EndShare, actor: Actor, clock: Clock = utc_now) -> Outcome[SharedReport]:
    """End a link of the depot at once. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _end, SharedReport)


def _end(command: EndShare, work: Work) -> SharedReport:
    share = work.session.scalar(
        select(ReportShare).where(
            ReportShare.depot_id == work.depot_id, ReportShare.id == command.share_id
        )
    )
    if share is None:
        raise NotFound(what=N_("link"), name=command.share_id)
    share.revoked_at = share.revoked_at or work.recorded_at
    return SharedReport(share_id=share.id, period=share.period)
