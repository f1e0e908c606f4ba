"""The steps of sending the outbox: claim one mail, and say how it went. No actor: the machine's.

A claim is a lease. Whoever holds it alone may send; if they die the lease runs out and somebody
else sends the same mail with the same Message-ID. So a mail is never lost, and goes out twice only
if a process dies between the mail server's "accepted" and the next line of code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, or_, select, update

from depot.base.clock import Clock, utc_now
from depot.db.database import current_session
from depot.db.transaction import end_read, transaction
from depot.mail.commands.queue import Attachment
from depot.models import Depot, MailAttachment, MailOutbox

#: Longer than any try may take.
LEASE: Final = timedelta(minutes=15)
#: How long after each failed try the next one is; after the last, a mail is given up.
BACK_OFF: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
    timedelta(hours=48),
)
MAX_ERROR: Final = 300
_UNCLAIMED: Final[dict[str, Any]] = {"claim": "", "claimed_until": None}


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that nobody else sends while the claim lasts."""

    id: int
    claim: str
    depot_id: int
    depot_name: str
    message_id: str
    to_address: str
    subject: str
    body: str
    unsubscribe_url: str
    tries: int
    queued_at: datetime
    attachments: tuple[Attachment, ...]


def claim_next(clock: Clock = utc_now) -> ClaimedMail | None:
    """Take the mail that has been due longest; None if nothing is due."""
    now = clock()
    if not _anything_due(now):
        return None
    with transaction() as session:
        mail = session.scalar(
            select(MailOutbox)
            .where(*_due(now))
            .order_by(MailOutbox.next_try_at, MailOutbox.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if mail is None:
            return None
        mail.claim, mail.claimed_until = uuid4().hex, now + LEASE
        depot_name = session.scalar(select(Depot.name).where(Depot.id == mail.depot_id)) or ""
        files = session.scalars(
            select(MailAttachment)
            .where(MailAttachment.mail_id == mail.id)
            .order_by(MailAttachment.id)
        )
        return ClaimedMail(
            mail.id,
            mail.claim,
            mail.depot_id,
            depot_name,
            mail.message_id,
            mail.to_address,
            mail.subject,
            mail.body,
            mail.unsubscribe_url,
            mail.tries,
            mail.queued_at,
            tuple(Attachment(file.name, file.media_type, file.content) for file in files),
        )


def _anything_due(now: datetime) -> bool:
    """Look without a lock first: mostly there is nothing, and no writer is to wait for that."""
    found = current_session().scalar(select(MailOutbox.id).where(*_due(now)).limit(1))
    end_read()
    return found is not None


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        MailOutbox.sent_at.is_(None),
        MailOutbox.given_up_at.is_(None),
        MailOutbox.next_try_at <= now,
        or_(MailOutbox.claimed_until.is_(None), MailOutbox.claimed_until <= now),
    )


def mark_sent(mail: ClaimedMail, clock: Clock = utc_now) -> None:
    """Note that the mail server took the mail; its attachments are kept no longer."""
    with transaction() as session:
        session.execute(delete(MailAttachment).where(MailAttachment.mail_id == mail.id))
        session.execute(
            update(MailOutbox)
            .where(*_mine(mail))
            .values(
                sent_at=clock(),
                given_up_at=None,
                tries=mail.tries + 1,
                last_error="",
                **_UNCLAIMED,
            )
        )


def mark_failed(mail: ClaimedMail, error: str, *, is_final: bool, clock: Clock = utc_now) -> None:
    """Note why a try failed and when the next one is; none after the last, or if it `is_final`."""
    now = clock()
    is_last = is_final or mail.tries >= len(BACK_OFF)
    wait = timedelta() if is_last else BACK_OFF[mail.tries]
    with transaction() as session:
        session.execute(
            update(MailOutbox)
            .where(*_mine(mail))
            .values(
                tries=mail.tries + 1,
                last_error=error[:MAX_ERROR],
                next_try_at=now + wait,
                given_up_at=now if is_last else MailOutbox.given_up_at,
                **_UNCLAIMED,
            )
        )


def _mine(mail: ClaimedMail) -> tuple[ColumnElement[bool], ...]:
    return MailOutbox.id == mail.id, MailOutbox.claim == mail.claim, MailOutbox.sent_at.is_(None)
