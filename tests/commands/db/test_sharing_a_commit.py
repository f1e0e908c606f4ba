"""Writers that wait share one commit, and nobody is told that it is saved before it is."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, exc

from depot.base.errors import CommandIdReused, StorageUnavailable
from depot.db import transaction as transactions
from depot.db.database import current_database, use
from depot.db.transaction import transaction
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from tests.builders import World, clock
from tests.conftest import known_world
from tests.current import at_work
from tests.stock_text import rows, stock

PATIENCE_SECONDS = 30.0


@pytest.fixture
def file_world(sqlite_url: str) -> Iterator[World]:
    with at_work(sqlite_url):
        yield known_world()


def receipt(quantity: int) -> ReceiveGoods:
    line = ReceiptLine(item="Rice", quantity=quantity)
    return ReceiveGoods(command_id=uuid4(), source_kind="donation", lines=(line,))


class Line:
    """Threads that come one behind the other while somebody writes."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.waiting: list[Future[Any]] = []
        self._pool = pool

    def wait(self, *works: Callable[[], Any]) -> None:
        """Write, let each work wait in its turn meanwhile, and end the writing."""
        with transaction():
            for number, one in enumerate(works, start=1):
                self.start(one)
                wait_for(partial(stand_in_line, number))

    def start(self, work: Callable[[], Any]) -> None:
        """Do it in a thread of its own, with a session of its own."""
        database = current_database()

        def begin() -> Any:
            with use(database):
                return work()

        self.waiting.append(self._pool.submit(begin))

    def answers(self) -> list[Any]:
        return [one.result(PATIENCE_SECONDS) for one in self.waiting]


@pytest.fixture
def line(file_world: World) -> Iterator[Line]:
    with ThreadPoolExecutor(5) as pool:
        yield Line(pool)


def stand_in_line(number: int) -> bool:
    return len(transactions._turns._line) == number


def wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.002)


def receiving(world: World, *commands: ReceiveGoods) -> list[Callable[[], Any]]:
    return [partial(receive_goods, one, world.ben, clock) for one in commands]


@contextmanager
def at_each_commit(do: Callable[[], None]) -> Iterator[list[None]]:
    """Do something right before each commit; the answer grows with each."""
    engine, seen = current_database().engine, list[None]()

    def listen(_connection: object) -> None:
        seen.append(None)
        do()

    event.listen(engine, "commit", listen)
    try:
        yield seen
    finally:
        event.remove(engine, "commit", listen)


def test_five_that_wait_share_one_commit_and_are_answered_after_it(
    file_world: World, line: Line
) -> None:
    answered: list[list[bool]] = []
    with at_each_commit(lambda: answered.append([one.done() for one in line.waiting])) as commits:
        line.wait(*receiving(file_world, *map(receipt, (1, 2, 4, 8, 16))))
        outcomes = line.answers()
    assert len(commits) == 1
    assert answered == [[False] * 5]
    assert sorted(one.answer.seq for one in outcomes) == [1, 2, 3, 4, 5]
    assert stock(file_world.ben) == rows("31 Rice @ Arrivals")


def test_a_commit_that_fails_is_told_to_all_who_shared_it(file_world: World, line: Line) -> None:
    commands = [receipt(1), receipt(2), receipt(4)]

    def fail() -> None:
        raise exc.OperationalError("COMMIT", {}, sqlite3.OperationalError("disk I/O error"))

    with at_each_commit(fail) as commits, pytest.raises(StorageUnavailable, match="disk fails"):
        line.wait(*receiving(file_world, *commands))
    for one in line.waiting:
        with pytest.raises(StorageUnavailable, match="disk fails"):
            one.result()
    assert len(commits) == 1
    assert stock(file_world.ben) == []
    again = [receive_goods(one, file_world.ben, clock) for one in commands]
    assert [one.repeated for one in again] == [False] * 3
    assert stock(file_world.ben) == rows("7 Rice @ Arrivals")


def test_what_one_is_refused_undoes_nothing_of_the_others(file_world: World, line: Line) -> None:
    first = receipt(1)
    commands = [first, replace(receipt(2), command_id=first.command_id), receipt(4)]
    line.wait(*receiving(file_world, *commands))
    with pytest.raises(CommandIdReused):
        line.waiting[1].result()
    assert [line.waiting[0].result().answer.seq, line.waiting[2].result().answer.seq] == [1, 2]
    assert stock(file_world.ben) == rows("5 Rice @ Arrivals")


def test_a_repeat_in_the_same_commit_is_done_once(file_world: World, line: Line) -> None:
    command = receipt(3)
    line.wait(*receiving(file_world, command, command))
    assert [one.result().repeated for one in line.waiting] == [False, True]
    assert stock(file_world.ben) == rows("3 Rice @ Arrivals")


def test_a_transaction_that_the_database_ends_is_lost_for_all(
    file_world: World, line: Line
) -> None:
    """A full disk can make SQLite undo the whole; nothing of it may pass for saved."""

    def fill_the_disk() -> None:
        with transaction() as session:
            driver: Any = session.connection().connection.driver_connection
            driver.execute("ROLLBACK")
            raise exc.OperationalError("INSERT", {}, sqlite3.OperationalError("disk is full"))

    works = [*receiving(file_world, receipt(1)), fill_the_disk, *receiving(file_world, receipt(4))]
    with pytest.raises(StorageUnavailable, match="disk is full"):
        line.wait(*works)
    for lost in line.waiting[:2]:
        with pytest.raises(StorageUnavailable, match="disk is full"):
            lost.result()
    assert line.waiting[2].result().answer.seq == 1
    assert stock(file_world.ben) == rows("4 Rice @ Arrivals")


def test_what_takes_long_lets_those_before_it_be_stored_first(
    file_world: World, line: Line
) -> None:
    may_end = threading.Event()

    def take_long() -> None:
        with transaction(is_long=True):
            assert may_end.wait(PATIENCE_SECONDS)

    try:
        line.wait(*receiving(file_world, receipt(1)), take_long)
        assert line.waiting[0].result(PATIENCE_SECONDS).answer.seq == 1
        assert not line.waiting[1].done()
    finally:
        may_end.set()


def test_who_waits_too_long_is_told_so_and_holds_nobody_up(
    file_world: World, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "_PATIENCE_SECONDS", 0.05)
    with transaction():
        line.start(*receiving(file_world, receipt(1)))
        with pytest.raises(StorageUnavailable, match="busy"):
            line.answers()
    assert receive_goods(receipt(2), file_world.ben, clock).answer.seq == 1
