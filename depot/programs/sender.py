"""One round of telling webhooks: each that has news is sent a batch, and what is more the next."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from depot import __version__
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.db.database import current_session
from depot.db.transaction import end_read
from depot.kernel.answers import as_json
from depot.programs.addresses import Network, read_address
from depot.programs.commands.deliveries import (
    ClaimedWebhook,
    Told,
    claim_next,
    mark_passed,
    mark_tried,
)
from depot.programs.feed import FeedPage
from depot.programs.posting import PATIENCE, Answered, post
from depot.programs.queries.feed import read_feed
from depot.programs.signing import HEADER, sign, webhook_secret

log = logging.getLogger("depot.webhooks")
#: Entries in one POST.
AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Sending:
    """With what a round sends: the program's key, allowed networks, how certificates are checked.

    `patience` is how many seconds a receiver has to answer.
    """

    secret_key: str
    allowed: Sequence[Network] = ()
    context: ssl.SSLContext | None = None
    patience: float = PATIENCE


@dataclass(frozen=True, slots=True)
class Round:
    """How many tries succeeded and how many failed in one round."""

    sent: int = 0
    failed: int = 0


def tell_due(
    sending: Sending, clock: Clock = utc_now, go_on: Callable[[], bool] = lambda: True
) -> Round:
    """Tell every webhook what it has not been told; never raises for a receiver's sake.

    Ends early when `go_on` says no.
    """
    sent = failed = 0
    while go_on() and (webhook := claim_next(clock)) is not None:
        page = _news(webhook)
        if not webhook.is_test and not page.entries:
            mark_passed(webhook, page.next)
            continue
        answered = _send(webhook, page, sending, clock)
        mark_tried(webhook, Told(page.next, len(page.entries), answered), clock)
        sent += answered.problem is None
        failed += answered.problem is not None
        log.info("webhook %s: %s", webhook.id, answered.problem or answered.status)
    return Round(sent, failed)


def _news(webhook: ClaimedWebhook) -> FeedPage:
    """Return what is to be sent; of a test, nothing."""
    if webhook.is_test:
        return FeedPage(entries=(), next=webhook.after, more=False)
    page = read_feed(current_session(), webhook.depot_id, webhook.after, AT_ONCE, webhook.kinds)
    end_read()  # whoever writes does not wait until a receiver has answered
    return page


def _send(webhook: ClaimedWebhook, page: FeedPage, sending: Sending, clock: Clock) -> Answered:
    try:
        target = read_address(webhook.address, sending.allowed)
    except Invalid:  # it could be reached when it was made: the settings are others now
        return Answered(None, "not_allowed")
    body = _body(webhook, page)
    secret = webhook_secret(sending.secret_key, webhook.depot_id, webhook.command_id)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Depot/{__version__}",
        HEADER: sign(secret, int(clock().timestamp()), body),
    }
    return post(target, body, headers, sending.allowed, sending.context, sending.patience)


def _body(webhook: ClaimedWebhook, page: FeedPage) -> bytes:
    about = {
        "webhook": webhook.id,
        "depot": webhook.depot_slug,
        "is_test": webhook.is_test,
        "after": webhook.after,
    }
    return json.dumps(about | as_json(page), separators=(",", ":")).encode()
