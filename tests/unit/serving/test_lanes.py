"""Lanes: readers never wait for writers, nobody waits for ever, and no thread is ever lost."""

from __future__ import annotations

import asyncio
import threading

import pytest

from depot.serving.edge.lanes import Busy, Lane


def test_what_is_made_or_raised_in_a_thread_comes_back() -> None:
    async def ask() -> str:
        lane = Lane("test", 1)
        with pytest.raises(ZeroDivisionError):
            await lane.run(lambda: 1 // 0)
        return await lane.run(lambda: threading.current_thread().name)

    assert asyncio.run(ask()) == "test 1"


def test_a_thread_outlives_whatever_is_raised_in_it() -> None:
    def end() -> None:
        raise SystemExit(3)

    async def ask() -> str:
        lane = Lane("test", 1)
        with pytest.raises(RuntimeError, match="SystemExit"):
            await lane.run(end)
        return await lane.run(lambda: "goes on")

    assert asyncio.run(ask()) == "goes on"


def test_who_waits_too_long_is_told_and_the_work_is_never_done() -> None:
    done: list[str] = []

    async def ask() -> None:
        lane, held = Lane("test", 1), threading.Event()
        first = asyncio.create_task(lane.run(held.wait))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await lane.run(lambda: done.append("late"), patience=0.05)
        held.set()
        assert await first
        await lane.run(lambda: done.append("next"))

    asyncio.run(ask())
    assert done == ["next"]


def test_one_more_than_may_wait_is_told_at_once() -> None:
    async def ask() -> None:
        lane, held = Lane("test", 1, most_waiting=1), threading.Event()
        begun = threading.Event()

        def hold() -> None:
            begun.set()
            held.wait()

        first = asyncio.create_task(lane.run(hold))
        await asyncio.to_thread(begun.wait)
        second = asyncio.create_task(lane.run(lambda: "second"))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await lane.run(lambda: "third")
        held.set()
        await first
        assert await second == "second"

    asyncio.run(ask())
