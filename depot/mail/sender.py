"""One round through the outbox: every mail that is due is tried once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from depot.base.clock import Clock, utc_now
from depot.mail.commands.outbox import ClaimedMail, claim_next, mark_failed, mark_sent
from depot.mail.letters import message_of
from depot.mail.postbox import NotSent, Postbox
from depot.mail.server import MailServer

log = logging.getLogger("depot.mail")


@dataclass(frozen=True, slots=True)
class Round:
    """How many mails were sent and how many failed in one round."""

    sent: int = 0
    failed: int = 0


def send_due(
    server: MailServer, clock: Clock = utc_now, go_on: Callable[[], bool] = lambda: True
) -> Round:
    """Send what is due (in an app context); never raises for a mail server's sake.

    Ends early when the server cannot be reached, and when `go_on` says no.
    """
    sent = failed = 0
    with Postbox(server) as postbox:
        while go_on() and (mail := claim_next(clock)) is not None:
            problem = _try(postbox, mail, server, clock)
            sent += problem is None
            failed += problem is not None
            if problem is not None and problem.is_about_server:
                break
    return Round(sent, failed)


def _try(postbox: Postbox, mail: ClaimedMail, server: MailServer, clock: Clock) -> NotSent | None:
    try:
        postbox.hand_in(message_of(mail, server))
    except NotSent as problem:
        mark_failed(mail, problem.reason, is_final=problem.is_final, clock=clock)
        log.warning("mail %s was not sent: %s", mail.id, problem.reason)
        return problem
    mark_sent(mail, clock)
    log.info("mail %s was sent", mail.id)
    return None
