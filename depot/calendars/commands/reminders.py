"""Mails of what somebody takes part in: asked for, confirmed by a link in the first, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid
from depot.base.text import N_
from depot.calendars.links import ReminderLinks
from depot.db.transaction import transaction
from depot.kernel.answers import Answer, SavedId
from depot.kernel.once import Outcome, Work, need_member, run_once
from depot.mail.addresses import clean_address
from depot.mail.commands.queue import Letter, put_in_outbox, queue_mail
from depot.mail.links import CONFIRM
from depot.models import Depot, MailOutbox, ReminderWish
from depot.words.reader import Reader

#: So often the same address is asked, at most.
ASK_AGAIN: Final = timedelta(hours=1)
_ASK_SUBJECT: Final = N_("%(depot)s: mails about your shifts?")
_ASK_TEXT: Final = N_(
    "Somebody, probably you, asked %(depot)s to send mails about shifts to this address.\n\n"
    "If that was you, open this link and say yes:\n%(confirm)s\n\n"
    "If it was not, do nothing: no other mail will come.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForReminders:
    """Have mails sent to one's own address; what was wished before ends."""

    command_id: UUID
    address: str
    before_shifts: bool = False
    each_week: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndReminders:
    """Send no more of them."""

    command_id: UUID


def ask_for_reminders(
    command: AskForReminders,
    actor: Actor,
    links: ReminderLinks,
    reader: Reader,
    clock: Clock = utc_now,
) -> Outcome[SavedId]:
    """Note the wish and ask the address by mail, in the language of who asks.

    Raises Forbidden for who helps for today and for a program, Invalid.
    """
    need_member(actor)
    if actor.person_id is None:
        raise Forbidden()
    return run_once(
        command, actor, clock, lambda asked, work: _ask(asked, work, links, reader), SavedId
    )


def _ask(command: AskForReminders, work: Work, links: ReminderLinks, reader: Reader) -> SavedId:
    address = clean_address(command.address)
    if not (command.before_shifts or command.each_week):
        raise Invalid(field="before_shifts", problem=N_("Choose at least one of the two."))
    known = _current(work.session, work.depot_id, work.actor.person_id)
    is_known = known is not None and known.address == address
    if known is not None:
        known.ended_at = work.recorded_at
        work.session.flush()
    made = work.session.execute(
        insert(ReminderWish)
        .values(
            depot_id=work.depot_id,
            person_id=work.actor.person_id,
            address=address,
            language=reader.language,
            before_shifts=command.before_shifts,
            each_week=command.each_week,
            created_at=work.recorded_at,
            confirmed_at=known.confirmed_at if known is not None and is_known else None,
        )
        .returning(ReminderWish.id)
    ).scalar_one()
    if known is None or not is_known or known.confirmed_at is None:
        _send_question(work, made, address, links, reader)
    return SavedId(id=made)


def _send_question(
    work: Work, wish_id: int, address: str, links: ReminderLinks, reader: Reader
) -> None:
    last = work.session.scalar(
        select(func.max(MailOutbox.queued_at)).where(
            MailOutbox.depot_id == work.depot_id, MailOutbox.to_address == address
        )
    )
    if isinstance(last, datetime) and work.recorded_at < last + ASK_AGAIN:
        raise Invalid(field="address", problem=N_("A mail went there within this hour already."))
    depot, confirm = work.actor.depot.name, links.url(CONFIRM, wish_id)
    subject = reader.gettext(_ASK_SUBJECT, depot=depot)
    queue_mail(work, address, subject, reader.gettext(_ASK_TEXT, depot=depot, confirm=confirm))


def _current(session: Session, depot_id: int, person_id: int | None) -> ReminderWish | None:
    return session.scalar(
        select(ReminderWish).where(
            ReminderWish.depot_id == depot_id,
            ReminderWish.person_id == person_id,
            ReminderWish.ended_at.is_(None),
        )
    )


def end_reminders(command: EndReminders, actor: Actor, clock: Clock = utc_now) -> Outcome[Answer]:
    """End one's own mails about shifts, now."""
    return run_once(command, actor, clock, _end, Answer)


def _end(_command: EndReminders, work: Work) -> Answer:
    wish = _current(work.session, work.depot_id, work.actor.person_id)
    if wish is not None:
        wish.ended_at = work.recorded_at
    return Answer()


def confirm_by_link(wish_id: int, clock: Clock = utc_now) -> str | None:
    """Let the mails come, for who holds the link; return the depot's name, None if it ended."""
    return _by_link(wish_id, ReminderWish.confirmed_at, clock(), needs_open=True)


def end_by_link(wish_id: int, clock: Clock = utc_now) -> str | None:
    """End the mails, for who holds the link of one; return the depot's name, None if unknown."""
    return _by_link(wish_id, ReminderWish.ended_at, clock(), needs_open=False)


def _by_link(wish_id: int, column: Any, now: datetime, *, needs_open: bool) -> str | None:
    this = ReminderWish.id == wish_id
    with transaction() as session:
        found = session.scalar(select(ReminderWish).where(this).with_for_update())
        if found is None or (needs_open and found.ended_at is not None):
            return None
        session.execute(update(ReminderWish).where(this, column.is_(None)).values({column: now}))
        name: str | None = session.scalar(select(Depot.name).where(Depot.id == found.depot_id))
        return name


def queue_reminders(depot_id: int, letters: Mapping[int, list[Letter]], clock: Clock) -> int:
    """Queue mails by the wish that they are for, each once; return how many.

    Who ended it meanwhile gets none.
    """
    queued = 0
    with transaction() as session:
        rows = session.scalars(
            select(ReminderWish).where(
                ReminderWish.depot_id == depot_id, ReminderWish.id.in_(letters)
            )
        )
        for wish in list(rows):
            if wish.ended_at is not None:
                continue
            for letter in letters[wish.id]:
                is_there = select(MailOutbox.id).where(
                    MailOutbox.depot_id == depot_id, MailOutbox.purpose == letter.purpose
                )
                if session.scalar(is_there) is None:
                    put_in_outbox(session, depot_id, letter, clock())
                    queued += 1
    return queued
