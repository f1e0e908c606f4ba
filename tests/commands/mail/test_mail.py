"""Mails: queued with their command, sent once, failed ones tried again, headers kept whole."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from depot.base.errors import Forbidden, Invalid, NotFound
from depot.db.database import current_database, use
from depot.kernel.answers import SavedId
from depot.kernel.once import Work, run_once
from depot.mail.commands.outbox import BACK_OFF, LEASE, claim_next
from depot.mail.commands.queue import (
    Attachment,
    DropMail,
    RetryMail,
    drop_mail,
    queue_mail,
    retry_mail,
)
from depot.mail.sender import Round, send_due
from depot.models import MailAttachment, MailOutbox
from tests.builders import NOW, World, clock
from tests.current import db
from tests.letters import Letters, write
from tests.mail_server import Mailroom, mail_server

ANN = "ann@example.org"


@pytest.fixture(scope="module")
def running() -> Iterator[Mailroom]:
    """One mail server for the tests of this file."""
    with mail_server() as room:
        yield room


@pytest.fixture
def room(running: Mailroom) -> Mailroom:
    """An empty mail room that takes everything."""
    running.arrived.clear()
    running.answers.clear()
    running.breaks_off = False
    return running


def later(by: dt.timedelta) -> Any:
    """Return a clock that shows that much later."""
    return lambda: NOW + by


def test_a_queued_mail_arrives_with_its_text_and_its_file(world: World, room: Mailroom) -> None:
    file = Attachment("statement 2026.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
    write(world.ada, "Grüße, Ann!\n.\nA line with a single dot.\n", file)
    assert send_due(room.server(), clock) == Round(sent=1)
    (mail,) = room.arrived
    assert (mail["To"], mail["Subject"]) == (ANN, "Dankeschön")
    assert mail["From"] == "North Depot <depot@example.org>"
    body = mail.get_body()
    assert body is not None
    assert body.get_content().splitlines()[:3] == ["Grüße, Ann!", ".", "A line with a single dot."]
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "statement 2026.pdf"
    assert attached.get_content() == b"%PDF-1.7 \x00\xff"
    assert world.session.scalar(select(func.count()).select_from(MailAttachment)) == 0


def test_a_command_that_fails_sends_nothing(world: World, room: Mailroom) -> None:
    def queue_and_fail(_command: Letters, work: Work) -> SavedId:
        queue_mail(work, ANN, "Hello", "Hello")
        raise Invalid(problem="No.")

    with pytest.raises(Invalid):
        run_once(Letters(command_id=uuid4()), world.ada, clock, queue_and_fail, SavedId)
    assert send_due(room.server(), clock) == Round()
    assert not room.arrived


def test_a_repeated_command_sends_one_mail(world: World, room: Mailroom) -> None:
    def queue(_command: Letters, work: Work) -> SavedId:
        return SavedId(id=queue_mail(work, ANN, "A", "B"))

    command = Letters(command_id=uuid4())
    for _ in range(2):
        run_once(command, world.ada, clock, queue, SavedId)
    send_due(room.server(), clock)
    assert room.to() == [ANN]


def test_a_mail_is_sent_once_however_often_one_looks(world: World, room: Mailroom) -> None:
    write(world.ada)
    assert send_due(room.server(), clock) == Round(sent=1)
    db.session.remove()
    assert send_due(room.server(), later(dt.timedelta(days=9))) == Round()
    assert len(room.arrived) == 1


def test_two_senders_at_once_send_each_mail_once(world: World, room: Mailroom) -> None:
    database = current_database()
    addresses = [f"ann{number}@example.org" for number in range(12)]
    for address in addresses:
        write(world.ada, to=address)
    db.session.remove()
    together = threading.Barrier(3)

    def work() -> None:
        with use(database):
            together.wait()
            send_due(room.server(), clock)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(room.to()) == sorted(addresses)


def test_a_sender_that_died_is_followed_by_another_with_the_same_message_id(
    world: World, room: Mailroom
) -> None:
    write(world.ada)
    dead = claim_next(clock)
    assert dead is not None
    assert send_due(room.server(), later(LEASE / 2)) == Round()
    assert send_due(room.server(), later(LEASE)) == Round(sent=1)
    assert room.arrived[0]["Message-ID"] == f"<{dead.message_id}@example.org>"


def test_a_refusal_for_now_is_tried_again_later_and_a_refusal_for_good_is_not(
    world: World, room: Mailroom
) -> None:
    room.answers = {"full@example.org": "452 mailbox full", "none@example.org": "550 no such user"}
    for to in ("full@example.org", "none@example.org", ANN):
        write(world.ada, to=to)
    assert send_due(room.server(), clock) == Round(sent=1, failed=2)
    full, none = (stored(to) for to in ("full@example.org", "none@example.org"))
    assert (full.last_error, full.given_up_at) == ("452 mailbox full", None)
    assert (none.last_error, none.given_up_at) == ("550 no such user", NOW)
    room.answers.clear()
    assert send_due(room.server(), later(BACK_OFF[0] / 2)) == Round()
    assert send_due(room.server(), later(BACK_OFF[0])) == Round(sent=1)
    assert room.to() == [ANN, "full@example.org"]


def test_a_mail_is_given_up_after_the_last_try(world: World, room: Mailroom) -> None:
    room.answers = {ANN: "451 try later"}
    write(world.ada)
    passed = dt.timedelta()
    for wait in (*BACK_OFF, dt.timedelta()):
        assert send_due(room.server(), later(passed)) == Round(failed=1)
        passed += wait
    assert stored(ANN).given_up_at is not None
    assert send_due(room.server(), later(dt.timedelta(days=90))) == Round()


def test_a_server_that_breaks_off_in_the_middle_gets_the_mail_again(
    world: World, room: Mailroom
) -> None:
    room.breaks_off = True
    write(world.ada)
    write(world.ada, to="bob@example.org")
    assert send_due(room.server(), clock) == Round(failed=1)
    assert stored("bob@example.org").tries == 0
    room.breaks_off = False
    assert send_due(room.server(), later(BACK_OFF[0])) == Round(sent=2)


def test_a_server_that_is_not_there_costs_nothing_but_time(world: World) -> None:
    with mail_server() as gone:
        pass
    write(world.ada)
    assert send_due(gone.server(), clock) == Round(failed=1)
    assert "refused" in stored(ANN).last_error.casefold()


@pytest.mark.parametrize(
    ("to", "subject", "field"),
    [
        ("ann@example.org\r\nBcc: all@example.org", "Hello", "to"),
        ("ann@example.org, bob@example.org", "Hello", "to"),
        ("Ann <ann@example.org>", "Hello", "to"),
        ("ann", "Hello", "to"),
        ("a" * 250 + "@example.org", "Hello", "to"),
        (ANN, "Hello\nBcc: all@example.org", "subject"),
        (ANN, "Hello\u2028X: y", "subject"),
        (ANN, " ", "subject"),
    ],
)
def test_what_would_write_a_header_is_refused(
    world: World, to: str, subject: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        write(world.ada, to=to, subject=subject)
    assert refused.value.field == field
    assert world.session.scalar(select(func.count()).select_from(MailOutbox)) == 0


def test_an_attachments_name_writes_no_header_either(world: World) -> None:
    with pytest.raises(Invalid):
        write(world.ada, "Hello", Attachment("a\r\nX-Evil: 1.pdf", "application/pdf", b"1"))


def test_a_coordinator_tries_again_what_was_given_up(world: World, room: Mailroom) -> None:
    room.answers = {ANN: "550 no such user"}
    mail_id = write(world.ada)
    send_due(room.server(), clock)
    room.answers.clear()
    retry_mail(RetryMail(command_id=uuid4(), mail_id=mail_id), world.ada, clock)
    assert send_due(room.server(), clock) == Round(sent=1)
    with pytest.raises(NotFound):
        retry_mail(RetryMail(command_id=uuid4(), mail_id=mail_id), world.ada, clock)


def test_a_mail_that_was_dropped_is_not_sent(world: World, room: Mailroom) -> None:
    mail_id = write(world.ada)
    drop_mail(DropMail(command_id=uuid4(), mail_id=mail_id), world.ada, clock)
    assert send_due(room.server(), later(dt.timedelta(days=1))) == Round()


def test_volunteers_and_outsiders_touch_no_mail(world: World) -> None:
    mail_id = write(world.ada)
    again = RetryMail(command_id=uuid4(), mail_id=mail_id)
    no_more = DropMail(command_id=uuid4(), mail_id=mail_id)
    for actor, error in ((world.ben, Forbidden), (world.cleo, NotFound)):
        with pytest.raises(error):
            retry_mail(again, actor, clock)
        with pytest.raises(error):
            drop_mail(no_more, actor, clock)


def stored(to: str) -> MailOutbox:
    """Return the mail to that address as the database holds it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(MailOutbox).where(MailOutbox.to_address == to)).one()
