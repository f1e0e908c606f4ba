"""The steps of telling webhooks: claim one, and say how it went. No actor: the machine's.

A claim is a lease, as for mails: whoever holds it alone may send. If they die, the lease runs out
and somebody else sends the same entries again; a receiver knows them by their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from depot.base.clock import Clock, utc_now
from depot.base.kinds import EntryKind
from depot.db.database import current_session
from depot.db.transaction import end_read, transaction
from depot.models import ChainHead, Depot, Webhook, WebhookDelivery
from depot.programs.posting import Answered

#: Longer than any try may take.
LEASE: Final = timedelta(minutes=5)
#: How long after each failed try in a row the next one is; after the last, always as long.
BACK_OFF: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
#: Failing for so long, it is paused, and coordinators are told.
PAUSED_AFTER: Final = timedelta(days=3)
#: Tries of each webhook that are kept to be looked at.
KEPT: Final = 50
_UNCLAIMED: Final[dict[str, Any]] = {"claim": "", "claimed_until": None}


@dataclass(frozen=True, slots=True)
class ClaimedWebhook:
    """A webhook that nobody else tells while the claim lasts."""

    id: int
    claim: str
    depot_id: int
    depot_slug: str
    address: str
    kinds: tuple[EntryKind, ...]
    #: What its secret is made from.
    command_id: UUID
    after: int
    tries: int
    failing_since: datetime | None
    #: Nothing is told: somebody wants to see whether it works.
    is_test: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a webhook was sent, so many entries up to `until`, and what came of it."""

    until: int
    entries: int
    answered: Answered


def claim_next(clock: Clock = utc_now) -> ClaimedWebhook | None:
    """Take the webhook that has been due longest; None if nothing is to be told."""
    now = clock()
    if not _anything_due(now):
        return None
    with transaction() as session:
        found = session.execute(
            select(Webhook, Depot.slug)
            .join(Depot, Depot.id == Webhook.depot_id)
            .join(ChainHead, ChainHead.depot_id == Webhook.depot_id)
            .where(*_due(now))
            .order_by(Webhook.next_try_at, Webhook.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=Webhook)
        ).one_or_none()
        if found is None:
            return None
        webhook: Webhook = found.Webhook
        webhook.claim, webhook.claimed_until = uuid4().hex, now + LEASE
        return ClaimedWebhook(
            webhook.id,
            webhook.claim,
            webhook.depot_id,
            found.slug,
            webhook.address,
            cast("tuple[EntryKind, ...]", tuple(webhook.kinds.split())),
            UUID(webhook.command_id),
            webhook.after,
            webhook.tries,
            webhook.failing_since,
            webhook.is_test_asked,
        )


def _anything_due(now: datetime) -> bool:
    """Look without a lock first: mostly there is nothing, and no writer is to wait for that."""
    asked = select(Webhook.id).join(ChainHead, ChainHead.depot_id == Webhook.depot_id)
    found = current_session().scalar(asked.where(*_due(now)).limit(1))
    end_read()
    return found is not None


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    has_news = and_(
        Webhook.paused_at.is_(None), Webhook.next_try_at <= now, ChainHead.seq > Webhook.after
    )
    return (
        Webhook.ended_at.is_(None),
        or_(has_news, Webhook.is_test_asked),
        or_(Webhook.claimed_until.is_(None), Webhook.claimed_until <= now),
    )


def mark_passed(webhook: ClaimedWebhook, until: int) -> None:
    """Note that up to `until` there was nothing that the webhook wants."""
    with transaction() as session:
        _set(session, webhook, after=until)


def mark_tried(webhook: ClaimedWebhook, told: Told, clock: Clock = utc_now) -> None:
    """Note how a try went. After a failed one the next waits longer; after days of it none comes.

    A test changes nothing of that.
    """
    now, problem = clock(), told.answered.problem
    with transaction() as session:
        if webhook.is_test:
            changed = _set(session, webhook, is_test_asked=False)
        elif problem is None:
            changed = _set(
                session, webhook, after=told.until, tries=0, failing_since=None, next_try_at=now
            )
        else:
            changed = _set(session, webhook, **_failed(webhook, now))
        if changed:
            _keep(session, webhook, told, now)


def _failed(webhook: ClaimedWebhook, now: datetime) -> dict[str, Any]:
    since = webhook.failing_since or now
    wait = BACK_OFF[min(webhook.tries, len(BACK_OFF) - 1)]
    failed = {"tries": webhook.tries + 1, "failing_since": since, "next_try_at": now + wait}
    return failed | ({"paused_at": now} if now - since >= PAUSED_AFTER else {})


def _set(session: Session, webhook: ClaimedWebhook, **values: Any) -> bool:
    """Write values to the webhook and give it back; return whether the claim still held."""
    changed = session.execute(
        update(Webhook)
        .where(
            Webhook.depot_id == webhook.depot_id,
            Webhook.id == webhook.id,
            Webhook.claim == webhook.claim,
        )
        .values(**values, **_UNCLAIMED)
        .returning(Webhook.id)
    )
    return changed.scalar_one_or_none() is not None


def _keep(session: Session, webhook: ClaimedWebhook, told: Told, now: datetime) -> None:
    """Keep what the page shows of a try, and drop what is older than the last ones."""
    mine = (
        WebhookDelivery.depot_id == webhook.depot_id,
        WebhookDelivery.webhook_id == webhook.id,
    )
    session.add(
        WebhookDelivery(
            depot_id=webhook.depot_id,
            webhook_id=webhook.id,
            tried_at=now,
            is_test=webhook.is_test,
            after=webhook.after,
            until=told.until,
            entries=told.entries,
            status=told.answered.status,
            problem=told.answered.problem or "",
        )
    )
    session.flush()
    newest = (
        select(WebhookDelivery.id).where(*mine).order_by(WebhookDelivery.id.desc()).offset(KEPT)
    )
    oldest = session.scalar(newest.limit(1))
    if oldest is not None:
        session.execute(delete(WebhookDelivery).where(*mine, WebhookDelivery.id <= oldest))
