"""Which webhooks a depot has, how telling them goes, and which are paused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.base.kinds import EntryKind, WebhookProblem
from depot.models import Webhook, WebhookDelivery

#: Tries of each that are shown.
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One try: what was sent, what was answered (None: nothing), what went wrong (None: nothing).

    Of a test no entries were sent.
    """

    tried_at: datetime
    is_test: bool
    after: int
    until: int
    entries: int
    status: int | None
    problem: WebhookProblem | None


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """A webhook that counts, with its last tries, the newest first; no kinds: all."""

    id: int
    name: str
    address: str
    kinds: tuple[EntryKind, ...]
    after: int
    created_at: datetime
    failing_since: datetime | None
    next_try_at: datetime
    paused_at: datetime | None
    is_test_asked: bool
    deliveries: tuple[DeliveryRow, ...]


def webhooks_of(session: Session, depot_id: int) -> list[WebhookRow]:
    """Return the webhooks of the depot that have not ended (two statements)."""
    counting = select(Webhook).where(Webhook.depot_id == depot_id, Webhook.ended_at.is_(None))
    rows = session.scalars(counting.order_by(Webhook.id)).all()
    tried = _deliveries(session, depot_id)
    return [
        WebhookRow(
            id=row.id,
            name=row.name,
            address=row.address,
            kinds=cast("tuple[EntryKind, ...]", tuple(row.kinds.split())),
            after=row.after,
            created_at=row.created_at,
            failing_since=row.failing_since,
            next_try_at=row.next_try_at,
            paused_at=row.paused_at,
            is_test_asked=row.is_test_asked,
            deliveries=tuple(tried[row.id][:SHOWN]),
        )
        for row in rows
    ]


def _deliveries(session: Session, depot_id: int) -> dict[int, list[DeliveryRow]]:
    asked = (
        select(WebhookDelivery)
        .join(
            Webhook,
            (Webhook.depot_id == WebhookDelivery.depot_id)
            & (Webhook.id == WebhookDelivery.webhook_id),
        )
        .where(WebhookDelivery.depot_id == depot_id, Webhook.ended_at.is_(None))
        .order_by(WebhookDelivery.id.desc())
    )
    found: defaultdict[int, list[DeliveryRow]] = defaultdict(list)
    for row in session.scalars(asked):
        found[row.webhook_id].append(
            DeliveryRow(
                row.tried_at,
                row.is_test,
                row.after,
                row.until,
                row.entries,
                row.status,
                row.problem or None,
            )
        )
    return found


def count_paused(session: Session, depot_id: int) -> int:
    """Return how many webhooks failed so long that they are told nothing now (one statement)."""
    paused = select(func.count()).where(
        Webhook.depot_id == depot_id, Webhook.ended_at.is_(None), Webhook.paused_at.is_not(None)
    )
    return session.scalar(paused) or 0
