"""Donors' statements by mail: queued at once, each to the address the depot has of its donor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.mail.commands.queue import Attachment, queue_mail
from depot.models import Partner


@dataclass(frozen=True, slots=True)
class StatementLetter:
    """One donor's mail: what it says, and the statement as PDF under a name."""

    partner_id: int
    subject: str
    text: str
    file_name: str
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MailStatements:
    """Mail the statements of a year; the letters are made before, outside the transaction."""

    command_id: UUID
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedStatements(Answer):
    """So many mails are on their way."""

    queued: int


def mail_statements(
    command: MailStatements,
    letters: Sequence[StatementLetter],
    actor: Actor,
    clock: Clock = utc_now,
) -> Outcome[QueuedStatements]:
    """Queue the letters of donors who have an address; the answer says how many they are.

    Letters to partners of another depot, or without an address, are left out. A repeat queues
    nothing. Raises Forbidden for a volunteer, Invalid as `queue_mail` does.
    """
    return run_once(
        command, actor, clock, lambda _command, work: _queue(letters, work), QueuedStatements
    )


def _queue(letters: Sequence[StatementLetter], work: Work) -> QueuedStatements:
    need_coordinator(work.actor)
    rows = work.session.execute(
        select(Partner.id, Partner.mail_address).where(
            Partner.depot_id == work.depot_id, Partner.mail_address != ""
        )
    )
    addresses = {partner_id: address for partner_id, address in rows}
    queued = [letter for letter in letters if letter.partner_id in addresses]
    for letter in queued:
        paper = Attachment(letter.file_name, "application/pdf", letter.pdf)
        queue_mail(work, addresses[letter.partner_id], letter.subject, letter.text, (paper,))
    return QueuedStatements(queued=len(queued))
