"""The weekly report by mail: to who said yes, on Mondays at their hour, once each."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from depot.base.actors import Actor, DepotView
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.db.database import current_database, use
from depot.mail.commands.subscriptions import (
    AskForReport,
    EndReport,
    SaveMailHour,
    ask_for_report,
    confirm_by_link,
    end_by_link,
    end_report,
    save_mail_hour,
)
from depot.mail.links import CONFIRM, END, MailLinks
from depot.mail.queries import mail_hour, readers
from depot.mail.sender import send_due
from depot.models import MailOutbox, ReportSubscription
from depot.people.commands.access import EndAccess, end_access
from depot.people.commands.languages import choose_language
from depot.reports.weekly_round import due_report, queue_weekly_reports
from depot.words.languages import Languages
from tests.builders import NOW, World, clock, make_person, receive
from tests.current import db
from tests.mail_server import mail_server
from tests.translations import translated

LINKS = MailLinks("https://depot.example", "a key of sixteen letters")
#: Monday after NOW, 7:00 in Berlin.
MONDAY = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
FUNDER = "funder@example.org"


def ask(actor: Actor, address: str = FUNDER, *, is_own: bool = False) -> int:
    """Ask for the report and return the id of the wish."""
    command = AskForReport(command_id=uuid4(), address=address, is_own=is_own)
    ask_for_report(command, actor, LINKS, clock)
    return db.session.scalars(
        select(ReportSubscription.id).order_by(ReportSubscription.id.desc())
    ).all()[0]


def subjects() -> list[str]:
    """Return the subjects in the outbox, in order."""
    return list(db.session.scalars(select(MailOutbox.subject).order_by(MailOutbox.id)))


def on(moment: dt.datetime) -> int:
    return queue_weekly_reports(db.session(), LINKS, lambda: moment)


@pytest.fixture
def reader(world: World) -> int:
    """A funder of the north, who said yes."""
    receive(world.ada, 48, "Beans", category="Tins and jars")
    wish = ask(world.ada)
    assert confirm_by_link(wish, clock) == "North"
    return wish


@pytest.mark.usefixtures("reader")
def test_the_report_comes_on_monday_at_its_hour_and_once(world: World) -> None:
    assert on(MONDAY - dt.timedelta(minutes=1)) == 0
    assert on(MONDAY) == 1
    assert on(MONDAY + dt.timedelta(minutes=1)) == 0
    assert on(MONDAY + dt.timedelta(days=6)) == 0
    assert on(MONDAY + dt.timedelta(days=7)) == 1
    assert subjects()[1:] == ["North: week 47", "North: week 48"]


@pytest.mark.usefixtures("reader")
def test_a_depot_that_was_switched_off_on_monday_sends_it_on_tuesday(world: World) -> None:
    assert on(MONDAY + dt.timedelta(days=1, hours=3)) == 1


def test_the_mail_bears_the_report_the_paper_and_a_link_that_ends_it(reader: int) -> None:
    on(MONDAY)
    with mail_server() as room:
        send_due(room.server(), lambda: MONDAY)
        mail = next(one for one in room.arrived if "week 47" in one["Subject"])
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    assert "North · 2026-W47" in text
    assert "Beans" in text
    assert "https://depot.example/reports/weekly?week=2026-W47" in text
    assert LINKS.url(END, reader) in text
    assert mail["List-Unsubscribe"].strip() == f"<{LINKS.url(END, reader)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (paper,) = mail.iter_attachments()
    assert paper.get_filename() == "north-2026-W47.pdf"
    assert paper.get_content().startswith(b"%PDF")


def test_each_reads_the_week_in_their_own_language(world: World, tmp_path: Path) -> None:
    words = {"%(depot)s: week %(number)s": "%(depot)s: Woche %(number)s"}
    languages = Languages((translated(tmp_path, "de", words),))
    receive(world.ada, 48, "Beans", category="Tins and jars")
    for who, address in ((world.ada, "ada@example.org"), (world.ben, "ben@example.org")):
        confirm_by_link(ask(who, address, is_own=True), clock)
    confirm_by_link(ask(world.ada), clock)
    choose_language(world.ben, "de")
    assert queue_weekly_reports(db.session(), LINKS, lambda: MONDAY, languages) == 3
    told = {
        row.to_address: row.subject
        for row in db.session.scalars(select(MailOutbox).where(MailOutbox.subject.contains("47")))
    }
    assert told == {
        "ada@example.org": "North: week 47",
        "ben@example.org": "North: Woche 47",
        FUNDER: "North: week 47",
    }


def test_nobody_gets_a_report_who_did_not_say_yes(world: World) -> None:
    wish = ask(world.ada)
    assert on(MONDAY) == 0
    assert subjects() == ["The report of North by mail?"]
    confirm_by_link(wish, lambda: MONDAY + dt.timedelta(hours=1))
    assert on(MONDAY + dt.timedelta(hours=2)) == 0, "the first one is next Monday's"
    assert on(MONDAY + dt.timedelta(days=7)) == 1


def test_who_ended_it_gets_no_more_and_may_ask_again(world: World, reader: int) -> None:
    assert end_by_link(reader, clock) == "North"
    assert end_by_link(reader, clock) == "North", "twice is once"
    assert confirm_by_link(reader, clock) is None
    assert on(MONDAY) == 0
    again = ask(world.ada)
    assert again != reader
    confirm_by_link(again, clock)
    assert on(MONDAY) == 1


def test_a_report_that_waits_is_not_sent_to_who_ended_it(reader: int) -> None:
    on(MONDAY)
    end_by_link(reader, lambda: MONDAY)
    with mail_server() as room:
        send_due(room.server(), lambda: MONDAY + dt.timedelta(days=1))
    assert [one["Subject"] for one in room.arrived] == ["The report of North by mail?"]


def test_a_link_made_for_one_thing_opens_nothing_else() -> None:
    signed = LINKS.url(CONFIRM, 7).rpartition("/")[2]
    assert LINKS.read(CONFIRM, signed) == 7
    assert LINKS.read(END, signed) is None
    assert LINKS.read(CONFIRM, signed + "x") is None
    assert (
        MailLinks("https://depot.example", "another key, just as long").read(CONFIRM, signed)
        is None
    )


def test_an_address_is_asked_once_an_hour_at_most(world: World) -> None:
    for _ in range(3):
        ask(world.ada)
    assert len(subjects()) == 1
    command = AskForReport(command_id=uuid4(), address=FUNDER, is_own=False)
    ask_for_report(command, world.ada, LINKS, lambda: NOW + dt.timedelta(hours=1))
    assert len(subjects()) == 2
    assert len(readers(world.session, world.north.id)) == 1


def test_volunteers_ask_for_themselves_only_and_end_their_own_only(world: World) -> None:
    with pytest.raises(Forbidden):
        ask(world.ben)
    own = ask(world.ben, "ben@example.org", is_own=True)
    other = ask(world.ada)
    with pytest.raises(NotFound):
        end_report(EndReport(command_id=uuid4(), subscription_id=other), world.ben, clock)
    end_report(EndReport(command_id=uuid4(), subscription_id=own), world.ben, clock)
    with pytest.raises(NotFound):
        end_report(EndReport(command_id=uuid4(), subscription_id=other), world.cleo, clock)
    assert [one.address for one in readers(world.session, world.north.id)] == [FUNDER]


def test_the_report_ends_with_somebodys_access(world: World) -> None:
    dora = make_person("Dora", "volunteer", world.north)
    confirm_by_link(ask(dora, "dora@example.org", is_own=True), clock)
    ending = EndAccess(command_id=uuid4(), person_id=dora.person_id or 0)
    end_access(ending, world.ada, clock)
    assert on(MONDAY) == 0


@pytest.mark.usefixtures("reader")
def test_the_other_depots_readers_get_the_other_depots_report(world: World) -> None:
    confirm_by_link(ask(world.cleo, "south@example.org"), clock)
    assert on(MONDAY + dt.timedelta(hours=6)) == 2
    sent = db.session.execute(
        select(MailOutbox.to_address, MailOutbox.body).where(MailOutbox.purpose.is_not(None))
    )
    bodies = {to: body for to, body in sent}
    assert "Beans" in bodies[FUNDER]
    assert "Beans" not in bodies["south@example.org"]


def test_a_coordinator_chooses_the_hour(world: World, reader: int) -> None:
    with pytest.raises(Forbidden):
        save_mail_hour(SaveMailHour(command_id=uuid4(), hour=9), world.ben, clock)
    with pytest.raises(Invalid):
        save_mail_hour(SaveMailHour(command_id=uuid4(), hour=24), world.ada, clock)
    save_mail_hour(SaveMailHour(command_id=uuid4(), hour=9), world.ada, clock)
    save_mail_hour(SaveMailHour(command_id=uuid4(), hour=10), world.ada, clock)
    assert mail_hour(world.session, world.north.id) == 10
    assert on(MONDAY + dt.timedelta(hours=2, minutes=59)) == 0
    assert on(MONDAY + dt.timedelta(hours=3)) == 1


@pytest.mark.usefixtures("reader")
def test_two_processes_on_their_rounds_queue_it_once(world: World) -> None:
    database = current_database()
    db.session.remove()
    together = threading.Barrier(3)
    queued: list[int] = []

    def work() -> None:
        with use(database):
            together.wait()
            queued.append(on(MONDAY))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(queued) == [0, 0, 1]


@given(
    st.integers(0, 2 * 366 * 24 * 60),
    st.sampled_from(("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland")),
    st.integers(0, 23),
    st.integers(1, 7),
)
def test_what_is_due_is_the_last_monday_and_the_week_before_it(
    minutes: int, zone: str, hour: int, week_start: int
) -> None:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    depot = DepotView(1, "north", "North", zone, week_start, "kg")
    due = due_report(depot, hour, now)
    assert due.at <= now < due.at + dt.timedelta(days=7, hours=1)
    assert due.week.last < due.at.date() + dt.timedelta(days=2)
