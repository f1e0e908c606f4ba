"""Mails: queued in the transaction of a command, sent after it by `depot.mailing`.

    queue_mail(work, "ann@example.org", _("Your statement"), text, (Attachment(...),))

What is queued is as certain as the command itself, and nothing waits for a mail server.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.db.database import current_session
from depot.kernel.answers import NEVER_LOGGED, Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.mail.addresses import clean_address, clean_header
from depot.models import MailAttachment, MailOutbox

MAX_BODY: Final = 200_000
#: What most mail servers still take, before a third is added by the encoding.
MAX_ATTACHED_BYTES: Final = 10 * 1024 * 1024
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; `media_type` is like application/pdf."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to one address, before it is queued.

    `purpose` names what must be queued only once in a depot; None: it may be any number of times.
    """

    to: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()
    unsubscribe_url: str = ""
    purpose: str | None = None


def queue_mail(
    work: Work, to: str, subject: str, text: str, attachments: Sequence[Attachment] = ()
) -> int:
    """Queue one mail to one address in the command's transaction; return its id.

    Raises Invalid (field "to", "subject" or "text") for an address that is none, for a subject that
    is not one line, and for a text or attachments that are too large to be sent; ValueError for a
    media type that is none.
    """
    letter = Letter(to=to, subject=subject, text=text, attachments=tuple(attachments))
    return put_in_outbox(work.session, work.depot_id, letter, work.recorded_at)


def put_in_outbox(session: Session, depot_id: int, letter: Letter, now: datetime) -> int:
    """Write a mail of the depot into the outbox of an open transaction; return its id.

    Raises Invalid as `queue_mail` does.
    """
    address = clean_address(letter.to, "to")
    subject = clean_header(letter.subject, "subject")
    text = letter.text.replace("\x00", "")
    if not text.strip() or len(text) > MAX_BODY:
        raise Invalid(field="text", problem=N_("A mail needs a text that is not too long."))
    if sum(len(file.content) for file in letter.attachments) > MAX_ATTACHED_BYTES:
        raise Invalid(field="text", problem=N_("What is attached is too large for a mail."))
    if not all(_MEDIA_TYPE.fullmatch(file.media_type) for file in letter.attachments):
        raise ValueError("an attachment needs a media type like application/pdf")
    mail = MailOutbox(
        depot_id=depot_id,
        message_id=uuid4().hex,
        purpose=letter.purpose,
        to_address=address,
        subject=subject,
        body=text,
        unsubscribe_url=letter.unsubscribe_url,
        queued_at=now,
        next_try_at=now,
    )
    session.add(mail)
    session.flush()
    for file in letter.attachments:
        session.add(
            MailAttachment(
                depot_id=depot_id,
                mail_id=mail.id,
                name=clean_header(file.name, "text"),
                media_type=file.media_type,
                content=file.content,
            )
        )
    session.flush()
    return mail.id


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryMail:
    """Try a mail again now that was not delivered yet, or was given up."""

    command_id: UUID
    mail_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMail(Answer):
    """A mail that is tried again, or not any more."""

    mail_id: int
    to: str = field(metadata=NEVER_LOGGED)


def retry_mail(command: RetryMail, actor: Actor, clock: Clock = utc_now) -> Outcome[ChangedMail]:
    """Let a mail of the depot be tried at once. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return _with_address(run_once(command, actor, clock, _retry, ChangedMail))


def _retry(command: RetryMail, work: Work) -> ChangedMail:
    unsent = _unsent(command.mail_id, work)
    work.session.execute(
        update(MailOutbox)
        .where(MailOutbox.id == unsent.id)
        .values(given_up_at=None, next_try_at=work.recorded_at, tries=0)
    )
    return ChangedMail(mail_id=unsent.id, to=unsent.to_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class DropMail:
    """Do not try a mail any more."""

    command_id: UUID
    mail_id: int


def drop_mail(command: DropMail, actor: Actor, clock: Clock = utc_now) -> Outcome[ChangedMail]:
    """Give a mail of the depot up. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return _with_address(run_once(command, actor, clock, _drop, ChangedMail))


def _with_address(done: Outcome[ChangedMail]) -> Outcome[ChangedMail]:
    if not done.repeated:
        return done
    mail = current_session().get_one(MailOutbox, done.answer.mail_id)
    return replace(done, answer=replace(done.answer, to=mail.to_address))


def _drop(command: DropMail, work: Work) -> ChangedMail:
    unsent = _unsent(command.mail_id, work)
    work.session.execute(
        update(MailOutbox)
        .where(MailOutbox.id == unsent.id)
        .values(given_up_at=work.recorded_at, tries=0, last_error="")
    )
    return ChangedMail(mail_id=unsent.id, to=unsent.to_address)


def drop_reports_to(session: Session, depot_id: int, address: str, now: datetime) -> None:
    """Give up what waits for an address that wants no more of its kind, in an open transaction."""
    session.execute(
        update(MailOutbox)
        .where(
            MailOutbox.depot_id == depot_id,
            MailOutbox.to_address == address,
            MailOutbox.unsubscribe_url != "",
            MailOutbox.sent_at.is_(None),
            MailOutbox.given_up_at.is_(None),
        )
        .values(given_up_at=now, tries=0, last_error="")
    )


def _unsent(mail_id: int, work: Work) -> MailOutbox:
    found = work.session.scalar(
        select(MailOutbox).where(
            MailOutbox.depot_id == work.depot_id,
            MailOutbox.id == mail_id,
            MailOutbox.sent_at.is_(None),
        )
    )
    if found is None:
        raise NotFound(what=N_("unsent mail"), name=mail_id)
    return found
