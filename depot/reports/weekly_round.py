"""Monday's report to those who asked: queued once for each, at the hour the depot chose."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import Clock, local_day, utc_now
from depot.base.errors import DoesNotReconcile
from depot.base.periods import Week, last_complete_week
from depot.base.text import N_
from depot.db.transaction import end_read
from depot.mail.commands.queue import Attachment, Letter
from depot.mail.commands.subscriptions import queue_reports
from depot.mail.links import END, MailLinks
from depot.mail.queries import Reader as Subscriber
from depot.mail.queries import depots_with_readers, known_purposes, mail_hour, readers_due
from depot.models import Depot
from depot.reports.formats.as_text import report_as_text
from depot.reports.formats.formats import FORMATS, Format, file_name
from depot.reports.queries.reports import weekly_report
from depot.reports.sums.report import Report
from depot.words.languages import USUAL, Languages
from depot.words.reader import Reader

log = logging.getLogger("depot.rounds")
_SUBJECT = N_("%(depot)s: week %(number)s")
_FOOT = N_("As a page: %(page)s\nNo more of these mails: %(end)s")


@dataclass(frozen=True, slots=True)
class DueReport:
    """A week's report and the instant from which on it is to be sent."""

    week: Week
    at: datetime


def due_report(depot: DepotView, hour: int, now: datetime) -> DueReport:
    """Return the report of the last Monday at `hour` o'clock on the depot's wall clock."""
    zone = ZoneInfo(depot.time_zone)
    today = local_day(now, depot.time_zone)
    monday = today - timedelta(days=today.weekday())
    at = datetime.combine(monday, time(hour), zone).astimezone(UTC)
    if at > now:
        monday -= timedelta(days=7)
        at = datetime.combine(monday, time(hour), zone).astimezone(UTC)
    return DueReport(last_complete_week(monday, depot.week_start), at)


def queue_weekly_reports(
    session: Session, links: MailLinks, clock: Clock = utc_now, languages: Languages = USUAL
) -> int:
    """Queue what is due and was not queued yet, in every depot; return how many mails.

    A report that does not add up is not sent: it is logged, and tried again on the next round.
    """
    queued = 0
    for depot_id in depots_with_readers(session):
        depot = session.get_one(Depot, depot_id).view()
        due = due_report(depot, mail_hour(session, depot_id), clock())
        try:
            queued += _queue(session, depot, due, links, clock, languages)
        except DoesNotReconcile as error:
            log.error("the report of %s for %s was not sent: %s", depot.slug, due.week.name, error)
    return queued


def _queue(
    session: Session,
    depot: DepotView,
    due: DueReport,
    links: MailLinks,
    clock: Clock,
    languages: Languages,
) -> int:
    found = {
        _purpose(due.week, reader): reader for reader in readers_due(session, depot.id, due.at)
    }
    known = known_purposes(session, depot.id, list(found))
    missing = {purpose: reader for purpose, reader in found.items() if purpose not in known}
    if not missing:
        return 0
    letters = _letters(session, depot, due.week, missing, links, languages)
    end_read()
    return queue_reports(depot.id, letters, clock)


def _purpose(week: Week, reader: Subscriber) -> str:
    return f"week {week.name} for {reader.id}"


def _letters(
    session: Session,
    depot: DepotView,
    week: Week,
    missing: dict[str, Subscriber],
    links: MailLinks,
    languages: Languages,
) -> dict[int, Letter]:
    """Return each reader's letter; the report is put into words once a language."""
    report, pdf = weekly_report(session, depot, week), FORMATS["pdf"]
    told: dict[str, _Told] = {}
    letters: dict[int, Letter] = {}
    for purpose, reader in missing.items():
        language = languages.known(reader.language)
        if language not in told:
            told[language] = _tell(report, pdf, languages.reader(depot, language))
        letters[reader.id] = _letter(told[language], depot, week, reader, purpose, links)
    return letters


@dataclass(frozen=True, slots=True)
class _Told:
    """A report in the words of those who read one language."""

    reads: Reader
    text: str
    file: Attachment


def _tell(report: Report, pdf: Format, reads: Reader) -> _Told:
    file = Attachment(file_name(report, pdf), pdf.media_type, pdf.write(report, reads))
    return _Told(reads, report_as_text(report, reads), file)


def _letter(
    told: _Told, depot: DepotView, week: Week, reader: Subscriber, purpose: str, links: MailLinks
) -> Letter:
    page, end = f"{links.base_url}/reports/weekly?week={week.name}", links.url(END, reader.id)
    foot = told.reads.gettext(_FOOT, page=page, end=end)
    return Letter(
        to=reader.address,
        subject=told.reads.gettext(_SUBJECT, depot=depot.name, number=week.number),
        text=f"{told.text}\n-- \n{foot}\n",
        attachments=(told.file,),
        unsubscribe_url=end,
        purpose=purpose,
    )
