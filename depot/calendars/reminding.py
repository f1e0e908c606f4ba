"""What comes round again: the mail before a shift, and what is on, once a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import Clock, local_day, utc_now
from depot.base.kinds import TIMED_KINDS
from depot.base.periods import day_begins, week_of
from depot.base.text import N_
from depot.calendars.commands.reminders import queue_reminders
from depot.calendars.links import ReminderLinks
from depot.db.transaction import end_read
from depot.mail.commands.queue import Letter
from depot.mail.links import END
from depot.mail.queries import known_purposes, mail_hour
from depot.models import Depot, Membership, ReminderWish
from depot.rota.parts import own_part
from depot.rota.queries.week import ActivityRow, activities
from depot.words import figures
from depot.words.languages import USUAL, Languages
from depot.words.reader import Reader

#: So long before it begins somebody is reminded; who said yes later needs no mail.
BEFORE: Final = timedelta(days=1)
#: Nobody is woken: reminders go out in these hours of the depot's clock.
_HOURS: Final = range(8, 21)
#: A week's mail that could not be made within this time is left out.
_LATE: Final = timedelta(days=1)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)

_REMIND_SUBJECT: Final = N_("%(name)s, %(when)s")
_REMIND_TEXT: Final = N_("You said that you would come: %(name)s, %(when)s.\n")
_WHERE: Final = N_("Where: %(place)s\n")
_CANNOT: Final = N_("You can't come, or want to look: %(page)s\n")
_WEEK_SUBJECT: Final = N_("%(depot)s: your week")
_MINE: Final = N_("What you take part in:\n")
_LACKING: Final = N_("Where people are missing:\n")
_FOOT: Final = N_("No more of these mails: %(end)s\n")


@dataclass(frozen=True, slots=True)
class _Wish:
    """Who wants which mails."""

    id: int
    person_id: int
    address: str
    language: str
    before_shifts: bool
    each_week: bool
    confirmed_at: datetime


def remind_all(
    session: Session, links: ReminderLinks, clock: Clock = utc_now, languages: Languages = USUAL
) -> int:
    """Queue what is due and was not queued yet, in every depot; return how many mails."""
    by_depot: dict[int, list[_Wish]] = defaultdict(list)
    for depot_id, wish in _wishes(session):
        by_depot[depot_id].append(wish)
    return sum(
        _remind(session, session.get_one(Depot, depot_id).view(), wishes, links, clock, languages)
        for depot_id, wishes in by_depot.items()
    )


def _wishes(session: Session) -> list[tuple[int, _Wish]]:
    """Return who wants mails and works there still, by depot (one statement)."""
    rows = session.scalars(
        select(ReminderWish)
        .join(
            Membership,
            (Membership.person_id == ReminderWish.person_id)
            & (Membership.depot_id == ReminderWish.depot_id),
        )
        .where(
            ReminderWish.ended_at.is_(None),
            ReminderWish.confirmed_at.is_not(None),
            Membership.ended_at.is_(None),
        )
        .order_by(ReminderWish.depot_id, ReminderWish.id)
    )
    return [
        (
            row.depot_id,
            _Wish(
                row.id,
                row.person_id,
                row.address,
                row.language,
                row.before_shifts,
                row.each_week,
                row.confirmed_at,
            ),
        )
        for row in rows
        if row.confirmed_at is not None
    ]


def _remind(
    session: Session,
    depot: DepotView,
    wishes: Sequence[_Wish],
    links: ReminderLinks,
    clock: Clock,
    languages: Languages,
) -> int:
    now = clock()
    today = local_day(now, depot.time_zone)
    if now.astimezone(ZoneInfo(depot.time_zone)).hour not in _HOURS:
        return 0
    rows = activities(session, depot, today, today + _WEEK, TIMED_KINDS)
    due = _week_due(depot, mail_hour(session, depot.id), now)
    letters: dict[int, list[Letter]] = {}
    for wish in wishes:
        reads = languages.reader(depot, wish.language)
        found = list(_before_shifts(rows, wish, links, now, reads)) if wish.before_shifts else []
        if wish.each_week and due is not None and wish.confirmed_at <= due:
            found += _of_week(rows, depot, wish, links, now, reads)
        letters[wish.id] = found
    purposes = [letter.purpose or "" for found in letters.values() for letter in found]
    known = known_purposes(session, depot.id, purposes) if purposes else set()
    missing = {
        wish_id: [letter for letter in found if letter.purpose not in known]
        for wish_id, found in letters.items()
    }
    end_read()
    wanted = {wish_id: found for wish_id, found in missing.items() if found}
    return queue_reminders(depot.id, wanted, clock) if wanted else 0


def _week_due(depot: DepotView, hour: int, now: datetime) -> datetime | None:
    """Return when this week's mail was due, if that is not long ago."""
    first = week_of(local_day(now, depot.time_zone), depot.week_start).first
    due = day_begins(first, depot.time_zone) + timedelta(hours=max(hour, _HOURS.start))
    return due if due <= now < due + _LATE else None


def _before_shifts(
    rows: Iterable[ActivityRow], wish: _Wish, links: ReminderLinks, now: datetime, reads: Reader
) -> Iterable[Letter]:
    for row in rows:
        if row.starts_at is None or row.called_off_at is not None:
            continue
        own = own_part(row.parts, wish.person_id)
        if own is None or own.standing != "in" or not now < row.starts_at <= now + BEFORE:
            continue
        if own.taken_at is not None and own.taken_at > row.starts_at - BEFORE:
            continue
        when = figures.moment(row.starts_at, reads)
        text = reads.gettext(_REMIND_TEXT, name=row.name, when=when)
        if row.place:
            text += reads.gettext(_WHERE, place=row.place)
        text += reads.gettext(_CANNOT, page=f"{links.base_url}/rota/{row.name_of}")
        subject = reads.gettext(_REMIND_SUBJECT, name=row.name, when=when)
        # one that was moved is another one; a day of a routine is the same with a row and without
        about = f"{row.routine_id}.{row.occurrence_on}" if row.routine_id else str(row.id)
        purpose = f"reminder of {about} at {row.starts_at.isoformat()} for {wish.id}"
        yield _letter(wish, links, reads, subject, text, purpose)


def _of_week(
    rows: Sequence[ActivityRow],
    depot: DepotView,
    wish: _Wish,
    links: ReminderLinks,
    now: datetime,
    reads: Reader,
) -> list[Letter]:
    """Return the mail of this week; none where there is nothing to say."""
    on = [row for row in rows if row.called_off_at is None and (row.ends_at or now) > now]
    mine = [row for row in on if row.standing_of(wish.person_id) in ("in", "seeking", "asked")]
    lacking = [row for row in on if row.lacking and row not in mine]
    parts = [
        reads.gettext(title) + "".join(_line(row, reads) for row in some)
        for title, some in ((_MINE, mine), (_LACKING, lacking))
        if some
    ]
    if not parts:
        return []
    first = week_of(local_day(now, depot.time_zone), depot.week_start).first
    subject = reads.gettext(_WEEK_SUBJECT, depot=depot.name)
    text = "\n".join([*parts, f"{links.base_url}/rota/\n"])
    return [_letter(wish, links, reads, subject, text, f"week {first.isoformat()} of {wish.id}")]


def _line(row: ActivityRow, reads: Reader) -> str:
    parts = [figures.moment(row.starts_at, reads), row.name, row.place]
    if row.lacking:
        parts.append(reads.ngettext("%(num)s is missing", "%(num)s are missing", row.lacking))
    return "- " + " · ".join(part for part in parts if part) + "\n"


def _letter(
    wish: _Wish, links: ReminderLinks, reads: Reader, subject: str, text: str, purpose: str
) -> Letter:
    end = links.url(END, wish.id)
    return Letter(
        to=wish.address,
        subject=subject,
        text=f"{text}\n-- \n{reads.gettext(_FOOT, end=end)}",
        unsubscribe_url=end,
        purpose=purpose,
    )
