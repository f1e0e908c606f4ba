"""Who gets the weekly report by mail, what waits to be sent, and why it was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from depot.models import MailOutbox, MailSetting, Membership, Person, ReportSubscription

#: The hour at which reports go out where nobody chose another.
USUAL_HOUR: Final = 7
#: How many mails that did not arrive a page shows.
MAILS_LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asked for the weekly report; until `confirmed_at` none is sent."""

    id: int
    address: str
    person_id: int | None
    created_at: datetime
    confirmed_at: datetime | None
    #: What they read; empty: nobody knows.
    language: str


@dataclass(frozen=True, slots=True)
class UnsentMail:
    """A mail that no server has taken yet: waiting, failing, or given up."""

    id: int
    to_address: str
    subject: str
    queued_at: datetime
    tries: int
    last_error: str
    next_try_at: datetime
    given_up_at: datetime | None


def mail_hour(session: Session, depot_id: int) -> int:
    """Return the hour of Mondays at which the depot's report goes out."""
    found = session.scalar(select(MailSetting.hour).where(MailSetting.depot_id == depot_id))
    return USUAL_HOUR if found is None else found


def readers(session: Session, depot_id: int, person_id: int | None = None) -> list[Reader]:
    """Return who asked for the depot's report, by address; with a person, that one's alone.

    Who has left the depot is none of them.
    """
    statement = (
        select(ReportSubscription, Person.language)
        .outerjoin(Person, Person.id == ReportSubscription.person_id)
        .where(ReportSubscription.depot_id == depot_id, *_counts())
    )
    if person_id is not None:
        statement = statement.where(ReportSubscription.person_id == person_id)
    rows = session.execute(statement.order_by(ReportSubscription.address, ReportSubscription.id))
    return [
        Reader(
            wish.id,
            wish.address,
            wish.person_id,
            wish.created_at,
            wish.confirmed_at,
            own or wish.language,
        )
        for wish, own in rows
    ]


def readers_due(session: Session, depot_id: int, due: datetime) -> list[Reader]:
    """Return who had said yes when the report was due."""
    return [
        reader
        for reader in readers(session, depot_id)
        if reader.confirmed_at is not None and reader.confirmed_at <= due
    ]


def depots_with_readers(session: Session) -> list[int]:
    """Return the ids of the depots whose report somebody gets."""
    rows = session.scalars(
        select(ReportSubscription.depot_id)
        .where(ReportSubscription.confirmed_at.is_not(None), *_counts())
        .distinct()
        .order_by(ReportSubscription.depot_id)
    )
    return list(rows)


def _counts() -> tuple[ColumnElement[bool], ...]:
    """A subscription counts until it ends, and a person's own no longer than their access."""
    member = exists().where(
        Membership.person_id == ReportSubscription.person_id,
        Membership.depot_id == ReportSubscription.depot_id,
        Membership.ended_at.is_(None),
    )
    return (
        ReportSubscription.ended_at.is_(None),
        or_(ReportSubscription.person_id.is_(None), member),
    )


def known_purposes(session: Session, depot_id: int, purposes: list[str]) -> set[str]:
    """Return those of `purposes` for which a mail of the depot was queued already."""
    rows = session.scalars(
        select(MailOutbox.purpose).where(
            MailOutbox.depot_id == depot_id, MailOutbox.purpose.in_(purposes)
        )
    )
    return {purpose for purpose in rows if purpose is not None}


def unsent_mails(session: Session, depot_id: int, limit: int = MAILS_LISTED) -> list[UnsentMail]:
    """Return the depot's mails that did not arrive, at most `limit`; not those somebody dropped."""
    waits = or_(MailOutbox.given_up_at.is_(None), MailOutbox.tries > 0)
    rows = session.scalars(
        select(MailOutbox)
        .where(MailOutbox.depot_id == depot_id, MailOutbox.sent_at.is_(None), waits)
        .order_by(MailOutbox.given_up_at.is_not(None).desc(), MailOutbox.id)
        .limit(limit)
    )
    return [
        UnsentMail(
            row.id,
            row.to_address,
            row.subject,
            row.queued_at,
            row.tries,
            row.last_error,
            row.next_try_at,
            row.given_up_at,
        )
        for row in rows
    ]


#: :depot
_FAILED: Final = select(func.count()).where(
    MailOutbox.depot_id == bindparam("depot"), MailOutbox.tries > 0, MailOutbox.sent_at.is_(None)
)


def failed_mails(session: Session, depot_id: int) -> int:
    """Return how many mails of the depot were refused or failed and still did not arrive."""
    return session.connection().scalar(_FAILED, {"depot": depot_id}) or 0


def mails_waiting(session: Session) -> int:
    """Return how many mails of all depots are neither sent nor given up (one statement)."""
    waiting = MailOutbox.sent_at.is_(None), MailOutbox.given_up_at.is_(None)
    return session.scalar(select(func.count()).where(*waiting)) or 0
