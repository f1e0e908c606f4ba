"""Lanes: readers never wait for writers, nobody waits for ever, and no thread is ever lost."""

from __future__ import annotations

import asyncio
import threading
import time
from functools import partial

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


def test_quick_work_is_done_one_at_a_time_though_there_are_several_threads() -> None:
    at_once: list[int] = []
    working: list[int] = []

    def work(number: int) -> None:
        working.append(number)
        at_once.append(len(working))
        time.sleep(0)  # another thread may run now, if one is let in
        working.remove(number)

    async def ask() -> None:
        lane = Lane("test", 4, turn_seconds=60)
        await asyncio.gather(*(lane.run(partial(work, number)) for number in range(200)))

    asyncio.run(ask())
    assert max(at_once) == 1


def test_nobody_waits_behind_slow_work_while_a_thread_is_free() -> None:
    async def ask() -> None:
        lane, held = Lane("test", 3, turn_seconds=0.01), threading.Event()
        slow = [asyncio.create_task(lane.run(held.wait)) for _ in range(2)]
        await asyncio.sleep(0)
        assert [await lane.run(lambda: "quick", patience=30) for _ in range(3)] == ["quick"] * 3
        third = asyncio.create_task(lane.run(held.wait))
        await asyncio.sleep(0)
        with pytest.raises(Busy):  # three are held, and there are no more
            await lane.run(lambda: "quick", patience=0.1)
        held.set()
        assert await asyncio.gather(*slow, third) == [True] * 3
        assert await lane.run(lambda: "quick") == "quick"

    asyncio.run(ask())
