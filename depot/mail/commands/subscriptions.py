"""The weekly report by mail: who asked for it, and when it goes out.

Nobody gets it because somebody else typed their address: the first mail asks, and only who follows
its link is sent reports. Whoever holds the link of a mail may end them, without an account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.text import N_
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.kernel.answers import NEVER_LOGGED, Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.mail.addresses import clean_address
from depot.mail.commands.queue import Letter, drop_reports_to, put_in_outbox, queue_mail
from depot.mail.links import CONFIRM, MailLinks
from depot.models import Depot, MailOutbox, MailSetting, ReportSubscription
from depot.open_book.settings import Values, note_change, note_row, standing
from depot.words.reader import ENGLISH, Reader

#: Nobody is asked more often than this whether they want the report.
ASK_AGAIN: Final = timedelta(hours=1)
#: More than a depot has readers; a list this long is somebody's mistake.
MAX_READERS: Final = 200

_ASK_SUBJECT: Final = N_("The report of %(depot)s by mail?")
_ASK_TEXT: Final = N_(
    "Somebody asked for the weekly report of %(depot)s to be sent to this address.\n\n"
    "If that was you, open this link and say yes:\n%(confirm)s\n\n"
    "If it was not, do nothing: no other mail will come.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForReport:
    """Have the weekly report sent to an address: one's own, or that of somebody outside."""

    command_id: UUID
    address: str
    is_own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForReport(Answer):
    """The address that was asked by mail; one that is known already is not new."""

    address: str = field(metadata=NEVER_LOGGED)
    is_new: bool


def ask_for_report(
    command: AskForReport,
    actor: Actor,
    links: MailLinks,
    clock: Clock = utc_now,
    reader: Reader = ENGLISH,
) -> Outcome[AskedForReport]:
    """Note the wish and ask the address by mail, in the language of who asks.

    Raises Invalid for an address that is none, and Forbidden for a volunteer who names another's.
    """
    if not command.is_own and not actor.is_coordinator:
        raise Forbidden()
    done = run_once(
        command, actor, clock, lambda asked, work: _ask(asked, work, links, reader), AskedForReport
    )
    return replace(done, answer=replace(done.answer, address=clean_address(command.address)))


def _ask(command: AskForReport, work: Work, links: MailLinks, reader: Reader) -> AskedForReport:
    address = clean_address(command.address)
    known = work.session.scalar(
        select(ReportSubscription).where(
            ReportSubscription.depot_id == work.depot_id,
            ReportSubscription.address == address,
            ReportSubscription.ended_at.is_(None),
        )
    )
    if known is not None:
        return _ask_again(known, work, links, reader)
    _refuse_too_many(work)
    made = ReportSubscription(
        depot_id=work.depot_id,
        address=address,
        person_id=work.actor.person_id if command.is_own else None,
        created_by_id=work.actor.person_id,
        # of somebody outside it is not known: they are written to as the depot has it
        language=reader.language if command.is_own else "",
        created_at=work.recorded_at,
    )
    before = _outside(work)
    work.session.add(made)
    work.session.flush()
    note_change(work, "mail", "", before, _outside(work))
    _send_question(made, work, links, reader)
    return AskedForReport(address=address, is_new=True)


def _ask_again(
    known: ReportSubscription, work: Work, links: MailLinks, reader: Reader
) -> AskedForReport:
    last = work.session.scalar(
        select(func.max(MailOutbox.queued_at)).where(
            MailOutbox.depot_id == work.depot_id, MailOutbox.to_address == known.address
        )
    )
    asked_at = last if isinstance(last, datetime) else known.created_at
    if known.confirmed_at is None and work.recorded_at >= asked_at + ASK_AGAIN:
        _send_question(known, work, links, reader)
    return AskedForReport(address=known.address, is_new=False)


def _send_question(wish: ReportSubscription, work: Work, links: MailLinks, reader: Reader) -> None:
    depot, confirm = work.actor.depot.name, links.url(CONFIRM, wish.id)
    subject = reader.gettext(_ASK_SUBJECT, depot=depot)
    text = reader.gettext(_ASK_TEXT, depot=depot, confirm=confirm)
    queue_mail(work, wish.address, subject, text)


def _outside(work: Work) -> Values:
    """Return how many addresses outside the report goes to; the book names none of them."""
    return {
        "readers": work.session.scalar(
            select(func.count()).where(
                ReportSubscription.depot_id == work.depot_id,
                ReportSubscription.person_id.is_(None),
                ReportSubscription.ended_at.is_(None),
            )
        )
    }


def _refuse_too_many(work: Work) -> None:
    count = work.session.scalar(
        select(func.count()).where(
            ReportSubscription.depot_id == work.depot_id, ReportSubscription.ended_at.is_(None)
        )
    )
    if (count or 0) >= MAX_READERS:
        raise Invalid(field="address", problem=N_("That is more addresses than a report needs."))


@dataclass(frozen=True, slots=True, kw_only=True)
class EndReport:
    """Send no more reports to an address."""

    command_id: UUID
    subscription_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedReport(Answer):
    """No more reports go to this address."""

    address: str = field(metadata=NEVER_LOGGED)


def end_report(command: EndReport, actor: Actor, clock: Clock = utc_now) -> Outcome[EndedReport]:
    """End a subscription: a coordinator any of the depot, others their own. Raises NotFound."""
    done = run_once(command, actor, clock, _end, EndedReport)
    if not done.repeated:
        return done
    wish = current_session().get(ReportSubscription, command.subscription_id)
    return replace(done, answer=EndedReport(address=wish.address if wish else ""))


def _end(command: EndReport, work: Work) -> EndedReport:
    wish = work.session.scalar(
        select(ReportSubscription).where(
            ReportSubscription.depot_id == work.depot_id,
            ReportSubscription.id == command.subscription_id,
        )
    )
    is_own = wish is not None and wish.person_id == work.actor.person_id is not None
    if wish is None or not (work.actor.is_coordinator or is_own):
        raise NotFound(what=N_("address"), name=command.subscription_id)
    before = _outside(work)
    wish.ended_at = wish.ended_at or work.recorded_at
    work.session.flush()
    note_change(work, "mail", "", before, _outside(work))
    drop_reports_to(work.session, work.depot_id, wish.address, work.recorded_at)
    return EndedReport(address=wish.address)


def confirm_by_link(subscription_id: int, clock: Clock = utc_now) -> str | None:
    """Let reports come, for who holds the link; return the depot's name.

    None if it ended meanwhile. Doing it twice is doing it once.
    """
    return _by_link(subscription_id, {"confirmed_at": clock()}, ReportSubscription.confirmed_at)


def end_by_link(subscription_id: int, clock: Clock = utc_now) -> str | None:
    """End the reports, for who holds the link of one; return the depot's name, None if unknown."""
    return _by_link(subscription_id, {"ended_at": clock()}, ReportSubscription.ended_at, ended=True)


def _by_link(
    subscription_id: int, values: Mapping[str, datetime], unset: Any, *, ended: bool = False
) -> str | None:
    this = ReportSubscription.id == subscription_id
    with transaction() as session:
        found = session.scalar(select(ReportSubscription).where(this).with_for_update())
        if found is None or (found.ended_at is not None and not ended):
            return None
        session.execute(
            update(ReportSubscription).where(this, unset.is_(None)).values(dict(values))
        )
        if ended:
            drop_reports_to(session, found.depot_id, found.address, values["ended_at"])
        name: str | None = session.scalar(select(Depot.name).where(Depot.id == found.depot_id))
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMailHour:
    """At which hour on Mondays, by the depot's wall clock, the report goes out."""

    command_id: UUID
    hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedHour(Answer):
    """The hour at which reports go out."""

    hour: int


def save_mail_hour(
    command: SaveMailHour, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedHour]:
    """Set the hour, 0 to 23. Raises Forbidden, Invalid."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save_hour, SavedHour)


def _save_hour(command: SaveMailHour, work: Work) -> SavedHour:
    if not 0 <= command.hour <= 23:
        raise Invalid(field="hour", problem=N_("An hour is between 0 and 23."))
    before = standing(work, MailSetting)
    known = work.session.get(MailSetting, work.depot_id)
    if known is None:
        work.session.add(MailSetting(depot_id=work.depot_id, hour=command.hour))
    else:
        known.hour = command.hour
    note_row(work, MailSetting, "", before)
    return SavedHour(hour=command.hour)


def queue_reports(depot_id: int, letters: Mapping[int, Letter], clock: Clock = utc_now) -> int:
    """Queue a report for each subscription (by id) that has not had it; return how many were.

    Each letter bears the `purpose` by which it is known, so that two processes on their rounds at
    once queue it once. No actor: the clock asked for it.
    """
    now = clock()
    with transaction() as session:
        # one process after the other: the second then sees what the first has queued
        session.execute(select(Depot.id).where(Depot.id == depot_id).with_for_update())
        queued = _queued(session, depot_id, [letter.purpose for letter in letters.values()])
        wanted = set(
            session.scalars(
                select(ReportSubscription.id).where(
                    ReportSubscription.depot_id == depot_id,
                    ReportSubscription.id.in_(letters),
                    ReportSubscription.ended_at.is_(None),
                )
            )
        )
        fresh = [
            letter
            for key, letter in letters.items()
            if key in wanted and letter.purpose not in queued
        ]
        for letter in fresh:
            put_in_outbox(session, depot_id, letter, now)
    return len(fresh)


def _queued(session: Session, depot_id: int, purposes: list[str | None]) -> set[str | None]:
    return set(
        session.scalars(
            select(MailOutbox.purpose).where(
                MailOutbox.depot_id == depot_id, MailOutbox.purpose.in_(purposes)
            )
        )
    )
