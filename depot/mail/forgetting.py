"""Mail addresses go with whoever they belong to; in an open transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from depot.models import MailAttachment, MailOutbox, ReportSubscription


def forget_addresses(
    session: Session, depots: Collection[int], addresses: Collection[str], now: datetime
) -> None:
    """Take these addresses out of the mails of those depots; what still waits is given up.

    What was sent stays as the fact that a mail was sent, without to whom and what it said.
    """
    if not addresses:
        return
    to_them = (MailOutbox.depot_id.in_(depots), MailOutbox.to_address.in_(addresses))
    mails = select(MailOutbox.id).where(*to_them)
    session.execute(delete(MailAttachment).where(MailAttachment.mail_id.in_(mails)))
    waiting = update(MailOutbox).where(
        *to_them, MailOutbox.sent_at.is_(None), MailOutbox.given_up_at.is_(None)
    )
    session.execute(waiting.values(given_up_at=now, tries=0))
    session.execute(
        update(MailOutbox)
        .where(*to_them)
        .values(to_address="", subject="", body="", unsubscribe_url="", last_error="", purpose=None)
    )
    session.execute(
        delete(ReportSubscription).where(
            ReportSubscription.depot_id.in_(depots), ReportSubscription.address.in_(addresses)
        )
    )
