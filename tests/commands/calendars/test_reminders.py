"""Mails about shifts: asked for, confirmed, the day before, once a week, and ended."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid
from depot.calendars.commands.reminders import (
    AskForReminders,
    EndReminders,
    ask_for_reminders,
    confirm_by_link,
    end_by_link,
    end_reminders,
)
from depot.calendars.links import ReminderLinks
from depot.calendars.queries import own_wish
from depot.calendars.reminding import remind_all
from depot.mail.links import CONFIRM, END, MailLinks
from depot.models import MailOutbox
from depot.people.commands.access import EndAccess, end_access
from depot.rota.commands.singles import CallOff, call_off
from depot.rota.naming import name_of_day
from depot.words.languages import ENGLISH, USUAL
from tests.builders import NOW, SECRET_KEY, World, clock
from tests.commands.rota.acts import TUESDAY, seek, single, take, tuesdays
from tests.current import db

LINKS = ReminderLinks("http://depot", SECRET_KEY)
READER = USUAL.reader(None, ENGLISH)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_a_link_about_shifts_opens_nothing_else_and_no_other_link_opens_it() -> None:
    about_report = MailLinks(LINKS.base_url, LINKS.secret_key)
    for purpose, other in ((CONFIRM, END), (END, CONFIRM)):
        signed = LINKS.url(purpose, 7).rpartition("/")[2]
        assert LINKS.read(purpose, signed) == 7
        assert LINKS.read(other, signed) is None
        assert about_report.read(purpose, signed) is None
        assert LINKS.read(purpose, about_report.url(purpose, 7).rpartition("/")[2]) is None


def want(who: Actor, *, confirmed: bool = True, **said: bool) -> int:
    """Ask for mails, and say yes by the link in the first; return the wish's id."""
    wanted = said or {"before_shifts": True}
    command = AskForReminders(command_id=uuid4(), address=f"{who.name}@example.org", **wanted)
    made = ask_for_reminders(command, who, LINKS, READER, clock).answer.id
    if confirmed:
        assert confirm_by_link(made, clock) == who.depot.name
    return made


def mails() -> list[MailOutbox]:
    """Return the mails that bear a link to end them, in order."""
    asked = select(MailOutbox).where(MailOutbox.unsubscribe_url != "").order_by(MailOutbox.id)
    return list(db.session.scalars(asked))


def remind(now: datetime) -> int:
    return remind_all(db.session(), LINKS, lambda: now)


def test_the_day_before_and_once(world: World) -> None:
    begins = NOW + 3 * DAY
    shift = single(world.ada, 3 * DAY)
    take(world.ben, shift)
    want(world.ben)
    want(world.ada)  # who is not in it
    assert remind(begins - DAY - HOUR) == 0
    assert remind(begins - DAY) == 1
    assert remind(begins - DAY + HOUR) == 0
    (mail,) = mails()
    assert mail.to_address == "Ben@example.org"
    assert mail.subject.startswith("Door, ")
    assert f"http://depot/rota/{shift}" in mail.body
    assert LINKS.read(END, mail.unsubscribe_url.rpartition("/")[2]) is not None


def test_nobody_is_woken_or_reminded_of_what_they_just_said(world: World) -> None:
    begins = NOW + 3 * DAY
    late = single(world.ada, 3 * DAY)
    want(world.ben)
    take(world.ben, late, begins - 5 * HOUR)
    assert remind(begins - 4 * HOUR) == 0
    night = single(world.ada, 5 * DAY - 6 * HOUR)  # at four in the morning
    take(world.ben, night)
    begins = NOW + 5 * DAY - 6 * HOUR
    assert remind(begins - DAY + HOUR) == 0
    assert remind(begins - DAY + 4 * HOUR) == 1  # at eight


def test_who_looks_for_somebody_or_whose_shift_is_off_is_not_reminded(world: World) -> None:
    begins = NOW + 3 * DAY
    seeking, off = single(world.ada, 3 * DAY), single(world.ada, 3 * DAY + 3 * HOUR)
    for name in (seeking, off):
        take(world.ben, name)
    seek(world.ben, seeking)
    call_off(CallOff(command_id=uuid4(), activity=off, why="Ice"), world.ada, clock)
    want(world.ben)
    assert remind(begins - DAY + 4 * HOUR) == 0


def test_a_day_of_a_routine_is_one_mail_with_a_row_and_without(world: World) -> None:
    routine = tuesdays(world.ada)
    want(world.ben, each_week=True, before_shifts=True)
    take(world.ben, name_of_day(routine, TUESDAY))
    monday = datetime(2026, 11, 23, 9, tzinfo=NOW.tzinfo)
    assert remind(monday + HOUR) == 2  # the week's, and Tuesday's
    assert remind(monday + 2 * HOUR) == 0
    weekly = next(mail for mail in mails() if "your week" in mail.subject)
    assert "What you take part in" in weekly.body
    assert "Door" in weekly.body


def test_the_weeks_mail_says_where_people_are_missing_or_does_not_come(world: World) -> None:
    want(world.ben, each_week=True)
    monday = datetime(2026, 11, 23, 9, tzinfo=NOW.tzinfo)
    assert remind(monday) == 0
    single(world.ada, 4 * DAY)
    assert remind(monday + HOUR) == 1
    (mail,) = mails()
    assert "Where people are missing" in mail.body
    assert "1 is missing" in mail.body
    assert remind(monday + 3 * DAY) == 0  # not again, and not late


def test_nothing_goes_to_who_did_not_say_yes_or_ended_it_or_left(world: World) -> None:
    begins = NOW + 3 * DAY
    shift = single(world.ada, 3 * DAY)
    for who in (world.ada, world.ben):
        take(who, shift)
    want(world.ada, confirmed=False)
    wish = want(world.ben)
    assert end_by_link(wish, clock) == "North"
    assert confirm_by_link(wish, clock) is None
    assert remind(begins - DAY + HOUR) == 0
    want_again = want_later(world.ben)
    end_reminders(EndReminders(command_id=uuid4()), world.ben, clock)
    assert own_wish(db.session(), world.ben) is None
    assert confirm_by_link(want_again, clock) is None
    gone = EndAccess(command_id=uuid4(), person_id=world.ben.person_id or 0)
    end_access(gone, world.ada, clock)
    assert remind(begins - DAY + 2 * HOUR) == 0


def want_later(who: Actor) -> int:
    command = AskForReminders(command_id=uuid4(), address="other@example.org", each_week=True)
    return ask_for_reminders(command, who, LINKS, READER, clock).answer.id


def test_another_address_is_asked_and_the_same_is_not(world: World) -> None:
    want(world.ben)
    same = AskForReminders(command_id=uuid4(), address="Ben@example.org", each_week=True)
    ask_for_reminders(same, world.ben, LINKS, READER, clock)
    wish = own_wish(db.session(), world.ben)
    assert wish is not None
    assert (wish.confirmed_at, wish.before_shifts, wish.each_week) == (NOW, False, True)
    want_later(world.ben)
    wish = own_wish(db.session(), world.ben)
    assert wish is not None
    assert wish.confirmed_at is None
    asked = db.session.scalars(select(MailOutbox).order_by(MailOutbox.id)).all()
    assert [mail.to_address for mail in asked] == ["Ben@example.org", "other@example.org"]
    link = re.search(r"mails/confirm/(\S+)", asked[1].body)
    assert link
    assert LINKS.read(CONFIRM, link[1]) is not None
    assert LINKS.read(END, link[1]) is None


def test_a_stranger_is_not_flooded_and_a_helper_has_none(world: World) -> None:
    want_later(world.ben)
    with pytest.raises(Invalid, match="within this hour"):
        want_later(world.ada)
    with pytest.raises(Forbidden):
        want_later(replace(world.ben, role="helper"))
    with pytest.raises(Forbidden):
        want_later(replace(world.ben, person_id=None))
    neither = AskForReminders(command_id=uuid4(), address="b@example.org")
    with pytest.raises(Invalid, match="at least one"):
        ask_for_reminders(neither, world.ada, LINKS, READER, clock)
