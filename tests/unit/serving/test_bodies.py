"""Reading bodies: whole or not at all, in their time, and no more of all than there is room for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from depot.serving.edge import bodies
from depot.serving.edge.bodies import Body, BrokenOff, Intake, NoRoom


async def sent(*pieces: bytes, pause: float = 0.0) -> AsyncIterator[bytes]:
    """Yield the pieces, each after a pause."""
    for piece in pieces:
        await asyncio.sleep(pause)
        yield piece


@pytest.fixture
def intake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    """What takes bodies in; gives all of them back at the end."""
    made = Intake()
    taken: list[Body] = []
    read_one = made.read

    async def read(*args: Any) -> Body:
        body: Body = await read_one(*args)
        taken.append(body)
        return body

    monkeypatch.setattr(made, "read", read)
    yield made
    for body in taken:
        made.release(body)


def read(intake: Intake, *pieces: bytes, limit: int = 1000, announced: int = 0) -> Body:
    whole = announced or len(b"".join(pieces))
    return asyncio.run(intake.read(sent(*pieces), whole, limit))


def test_a_body_comes_whole(intake: Intake) -> None:
    body = read(intake, b"a" * 400, b"b" * 600)
    assert body.file.read() == b"a" * 400 + b"b" * 600
    assert (body.size, body.is_read) == (1000, True)


def test_what_is_shorter_than_it_said_is_broken_off(intake: Intake) -> None:
    with pytest.raises(BrokenOff):
        read(intake, b"a" * 400, announced=401)


def test_of_a_body_above_the_limit_nothing_is_kept(intake: Intake) -> None:
    body = read(intake, b"a" * 400, b"b" * 601)
    assert (body.size, body.is_read, body.file.read()) == (1001, True, b"")


def test_a_large_one_is_not_even_read(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "DRAINED_BYTES", 2000)
    assert read(intake, b"a" * 2000).is_read
    assert not read(intake, b"a" * 2001).is_read


def test_a_pause_or_a_trickle_ends_it(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PAUSE_SECONDS", 0.05)
    with pytest.raises(BrokenOff):
        asyncio.run(intake.read(sent(b"a", pause=5), 1, 1000))
    with pytest.raises(BrokenOff):
        asyncio.run(intake.read(sent(*[b"a"] * 100, pause=0.01), 100, 1000))


def test_a_steady_body_may_take_longer_than_a_pause(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "PAUSE_SECONDS", 0.5)
    steady = sent(*[b"a" * 90] * 10, pause=0.1)
    assert asyncio.run(intake.read(steady, 900, 1000)).size == 900


def test_all_bodies_together_have_a_limit_and_give_room_back(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MOST_BYTES", 1000)
    first = read(intake, b"a" * 700)
    with pytest.raises(NoRoom):
        read(intake, b"b" * 200, b"b" * 200)
    intake.release(first)
    assert read(intake, b"c" * 1000).size == 1000
