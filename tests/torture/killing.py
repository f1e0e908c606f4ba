"""kill -9 in the middle of eight writers, again and again; then what was answered is looked for.

After each restart every command that was answered is in the log once, nothing stands in the ledger
without its command, `depot verify` finds nothing, what was answered is answered again as a repeat
and adds nothing, and what was left open can be sent again.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from subprocess import CalledProcessError
from typing import Final

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.ledger_check import Checker
from tests.serving import Running, serve_depot
from tests.stalling import family
from tests.torture.ground import Ground, grounds
from tests.torture.result import Result, tell
from tests.torture.stories import teller
from tests.torture.writers import WRITERS, Book, Sent, Writer, at_work, sign_in

#: So long the writers write in a round, at least and at most.
SHORTEST, LONGEST = 0.3, 2.0
#: How many of a round's answered requests are sent once more.
REPEATS: Final = 12


@dataclass
class Rounds:
    """What came of the rounds so far."""

    book: Book = field(default_factory=Book)
    rounds: int = 0
    left_open: int = 0
    repeated: int = 0
    #: Everything that must not be, a sentence each.
    wrong: list[str] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return len(self.book.promised)


def kill_again_and_again(ground: Ground, rounds: int, seed: object = 1) -> Iterator[Rounds]:
    """Yield after each round what came of all so far; the last is followed by a calm check."""
    chance, seen, checker = random.Random(str(seed)), Rounds(), Checker()
    session: tuple[str, str] | None = None
    while True:
        with serve_depot(ground.environment) as running:
            session = session or sign_in(ground)
            _look_back(ground, session, seen, chance)
            seen.wrong += checker.problems(ground.url)
            if seen.rounds == rounds:
                break
            _write_and_kill(ground, session, seen, running, chance)
        seen.rounds += 1
        yield seen
    seen.wrong += _said_by_verify(running)
    yield seen


def _write_and_kill(
    ground: Ground, session: tuple[str, str], seen: Rounds, running: Running, chance: random.Random
) -> None:
    seen.book.answered.clear()
    stories = [teller(ground, (chance.random(), number)) for number in range(WRITERS)]
    with at_work(ground, seen.book, session, stories):
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        kill(running)
    seen.left_open += len(seen.book.open)
    seen.wrong += seen.book.wrong
    seen.book.wrong.clear()


def kill(running: Running) -> None:
    """End the server and all below it, as a power cut would."""
    for pid in list(family(running.pid)):
        os.kill(pid, signal.SIGKILL)


def _look_back(
    ground: Ground, session: tuple[str, str], seen: Rounds, chance: random.Random
) -> None:
    """Look for what was answered, and send it and what was left open once more."""
    seen.wrong += what_is_missing(ground.url, seen.book.promised)
    writer = Writer(ground, *session)
    last = seen.book.answered
    before = rows_of(ground.url)
    for sent in chance.sample(last, min(REPEATS, len(last))):
        seen.wrong += _again(writer, sent)
        seen.repeated += 1
        if (after := rows_of(ground.url)) != before:
            seen.wrong.append(f"a repeat added something: {sent}: {before} became {after}")
        before = after
    for sent in seen.book.open:
        seen.wrong += _again(writer, sent, may_be_refused=True)
    seen.book.open.clear()
    writer.close()


def _again(writer: Writer, sent: Sent, *, may_be_refused: bool = False) -> list[str]:
    status, said = writer.ask(sent)
    good = status < 400 or (may_be_refused and status < 500)
    return [] if good else [f"sent once more, {sent.kind} is answered {status}: {said[:300]}"]


def what_is_missing(url: str, promised: set[str]) -> list[str]:
    """Return a sentence for what was answered and is not there, or is there without a command."""
    found = _column(url, "SELECT command_id FROM command_log")
    posted = _column(url, "SELECT command_id FROM stock_entry")
    wrong = [f"an answered command is lost: {one}" for one in promised - set(found)]
    if len(found) != len(set(found)) or len(posted) != len(set(posted)):
        wrong.append("a command stands there twice")
    wrong += [f"an entry without its command: {one}" for one in set(posted) - set(found)]
    return wrong


def rows_of(url: str) -> list[int]:
    """Return how many commands, entries, moves and placements there are."""
    tables = ("command_log", "stock_entry", "stock_move", "crate_placement", "people_count")
    return [int(one) for table in tables for one in _column(url, f"SELECT count(*) FROM {table}")]


def _column(url: str, statement: str) -> list[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return [str(row[0]) for row in connection.execute(text(statement))]


def _said_by_verify(running: Running) -> list[str]:
    try:
        running.command("verify")
    except CalledProcessError as error:
        return [f"depot verify: {error.stdout}"]
    return []


def torture(rounds: int, databases: Container[str]) -> Iterator[Result]:
    """Kill so often on each of the databases."""
    for name, ground in grounds(databases):
        for seen in kill_again_and_again(ground, rounds):
            tell(f"{name}, round {seen.rounds}: {seen.answered} answered, {len(seen.wrong)} wrong")
        yield Result(
            f"kill -9, {name}",
            f"{seen.rounds} rounds, {WRITERS} writers, {len(seen.book.done)} kinds of commands",
            f"{seen.answered} answered commands, none lost or doubled; {seen.left_open} left open"
            f" and sent again; {seen.repeated} sent again and answered as repeats",
            seen.wrong,
        )
