"""A batch is one transaction: each command a part of it, all of them or none stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from blueprints.outbox.delivery import EXTENSION, Delivery, DeliveryTable
from depot.app import create_app
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.errors import Invalid
from depot.db.transaction import batch, transaction
from depot.intake.commands.receipts import ReceivedGoods, ReceiveGoods, book_receipt
from depot.kernel.once import Outcome, Work, run_once
from depot.models import DistributionEvent, Item
from tests.builders import find_actor, on_hand
from tests.conftest import config_for
from tests.current import db
from tests.web.phone_client import Phone, entries, receipt


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """The application, on SQLite and on PostgreSQL."""
    found = create_app(config_for(tmp_path, database_url))
    yield found
    with found.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def ben(app: Flask) -> Phone:
    return Phone(app, "ben")


def stumbling(app: Flask, stumble: Callable[[], None]) -> Callable[[int], dict[str, Any]]:
    """Return what makes a command that books so much, and then stumbles in its transaction."""
    table: DeliveryTable = app.extensions[EXTENSION]
    known = table.commands["receipt"]

    def book(command: ReceiveGoods, work: Work) -> ReceivedGoods:
        answer = book_receipt(command, work)
        stumble()
        return answer

    def run(command: ReceiveGoods, _named: object, who: Actor) -> Outcome[ReceivedGoods]:
        return run_once(command, who, utc_now, book, ReceivedGoods)

    row = Delivery(known.schema, run, known.say)
    app.extensions[EXTENSION] = DeliveryTable({**table.commands, "stumble": row}, table.forms)
    return lambda amount: receipt(amount) | {"type": "stumble"}


@contextmanager
def commits(app: Flask) -> Iterator[list[object]]:
    """Yield a list that grows with each commit."""
    seen: list[object] = []
    note = seen.append
    with app.app_context():
        engine = db.engine
    event.listen(engine, "commit", note)
    yield seen
    event.remove(engine, "commit", note)


def held(app: Flask) -> int:
    with app.app_context():
        return on_hand(find_actor("ben"), "Rice")


def test_a_refused_command_takes_back_what_it_wrote_and_nothing_else(
    app: Flask, ben: Phone
) -> None:
    def refuse() -> None:
        raise Invalid(field="lines", problem="No.")

    stumble = stumbling(app, refuse)
    sent = [receipt(1), stumble(2), receipt(4), stumble(8), receipt(16)]
    with commits(app) as seen:
        results = ben.sync(*sent)
    said = ["posted", "refused", "posted", "refused", "posted"]
    assert [one["result"] for one in results] == said
    assert len(seen) == 1
    assert held(app) == 21
    again = ["repeated", "refused", "repeated", "refused", "repeated"]
    assert [one["result"] for one in ben.sync(*sent)] == again
    assert [entry.seq for entry in entries(app)] == [1, 2, 3]


def test_what_breaks_off_in_the_middle_leaves_nothing_and_the_phone_sends_it_again(
    app: Flask, ben: Phone
) -> None:
    class PowerCut(BaseException):
        """What no handler answers."""

    def cut() -> None:
        raise PowerCut

    sent = [receipt(1), stumbling(app, cut)(10), receipt(100)]
    with pytest.raises(PowerCut):
        ben.sync(*sent)
    assert held(app) == 0
    stumbling(app, lambda: None)
    assert [one["result"] for one in ben.sync(*sent)] == ["posted"] * 3
    assert held(app) == 111


def test_a_bug_after_something_was_written_leaves_it_and_only_it_undone(
    app: Flask, ben: Phone
) -> None:
    def stumble() -> None:
        raise KeyError("a bug")

    sent = [receipt(1), stumbling(app, stumble)(10), receipt(100)]
    results = ben.sync(*sent)
    assert [one.get("code", one["result"]) for one in results] == ["posted", "internal", "posted"]
    assert held(app) == 101


def test_what_is_done_once_for_a_batch_is_done_for_who_sends_it(app: Flask, ben: Phone) -> None:
    asked: list[tuple[int, str]] = []

    def prepare(commands: Sequence[Any], who: Actor) -> AbstractContextManager[None]:
        asked.append((len(commands), who.name))
        return nullcontext()

    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], prepare=prepare)
    ben.sync(receipt(1), receipt(2))
    assert asked == [(2, "Ben")]


def test_a_command_twice_in_a_batch_counts_once(app: Flask, ben: Phone) -> None:
    sent = receipt(7)
    results = ben.sync(sent, sent, sent | {"note": "other"})
    assert [one["result"] for one in results] == ["posted", "repeated", "refused"]
    assert held(app) == 7


def test_the_commands_of_another_depot_are_no_repeats(app: Flask, ben: Phone) -> None:
    sent = [receipt(3), receipt(4)]
    cleo = Phone(app, "cleo")
    for phone in (ben, cleo):
        assert [one["result"] for one in phone.sync(*sent)] == ["posted", "posted"]
    for phone in (ben, cleo):
        assert [one["result"] for one in phone.sync(*sent)] == ["repeated", "repeated"]


def test_a_command_sees_what_the_one_before_it_wrote(app: Flask, ben: Phone) -> None:
    ben.sync(receipt(1))
    with app.app_context():
        named = select(Item).where(Item.name == "Rice")
        with batch():
            with transaction() as session:
                item = session.scalars(named).one()
                session.connection().execute(
                    update(Item).where(Item.id == item.id).values(name="Lentils")
                )
            with transaction():
                assert item.name == "Lentils"


def test_no_batch_is_opened_within_another_or_within_a_command(app: Flask) -> None:
    with app.app_context():
        with batch(), pytest.raises(RuntimeError), batch():
            pass
        with transaction(), pytest.raises(RuntimeError), batch():
            pass
        with batch(), transaction(), pytest.raises(RuntimeError), transaction():
            pass
        with transaction() as session:  # and all of them have ended
            assert session.get(DistributionEvent, 0) is None
