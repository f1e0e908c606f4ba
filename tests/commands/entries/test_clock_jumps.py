"""A clock that jumps is noticed, told to each coordinator, and what was written meanwhile found."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from depot.base.errors import NotFound
from depot.entries.clock_jumps import ClockJump, as_detail, read_jump
from depot.entries.commands.clock import heads, note_jump
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.queries.clock import entries_meanwhile
from depot.entries.queries.discrepancies import DiscrepancyRow, open_discrepancies
from depot.serving.clock import ClockWatch
from tests.builders import NOW, World, receive

HOUR = timedelta(hours=1)


class Clocks:
    """A wall clock that can be set, and one that cannot."""

    def __init__(self, wall: datetime) -> None:
        self.at = wall
        self.steady = 100.0

    def wall(self) -> datetime:
        return self.at

    def go_on(self, passed: timedelta, jump: timedelta = timedelta()) -> None:
        self.at += passed + jump
        self.steady += passed.total_seconds()


@pytest.fixture
def clocks() -> Clocks:
    return Clocks(NOW + HOUR)


@pytest.fixture
def watch(world: World, clocks: Clocks) -> ClockWatch:
    receive(world.ada, 1, "Beans")
    return ClockWatch(clocks.wall, lambda: clocks.steady)


def told(world: World) -> list[DiscrepancyRow]:
    world.session.rollback()
    return open_discrepancies(world.session, world.ada.depot_id)


def written(world: World) -> list[int]:
    (one,) = told(world)
    found = entries_meanwhile(world.session, world.ada, one.id)
    return [row.seq for row in found.rows]


def test_time_that_passes_is_no_jump(world: World, watch: ClockWatch, clocks: Clocks) -> None:
    for passed, off in ((15, 0), (9 * 3600, 0), (15, 60), (15, -60)):
        watch.look()
        clocks.go_on(timedelta(seconds=passed), timedelta(seconds=off))
    watch.look()
    assert told(world) == []


@pytest.mark.parametrize("jump", [3 * HOUR, -3 * HOUR, timedelta(days=4000)])
def test_a_jump_is_told_with_what_is_written_until_the_clock_is_right_again(
    world: World, watch: ClockWatch, clocks: Clocks, jump: timedelta
) -> None:
    watch.look()
    clocks.go_on(timedelta(seconds=15), jump)
    watch.look()
    (one,) = told(world)
    assert one.kind == "clock_jump"
    assert read_jump(one.detail).ahead == jump
    receive(world.ada, 2, "Beans")
    receive(world.ben, 3, "Beans")
    assert written(world) == [3, 2]
    clocks.go_on(timedelta(minutes=5), -jump)
    watch.look()
    receive(world.ada, 4, "Beans")
    assert written(world) == [3, 2]
    assert len(open_discrepancies(world.session, world.cleo.depot_id)) == 1


def test_what_two_processes_notice_is_told_once(world: World) -> None:
    receive(world.ada, 1, "Beans")
    before = heads(world.session)
    for _ in range(2):
        note_jump(NOW, NOW + HOUR, before)
    receive(world.ada, 1, "Beans")
    for _ in range(2):
        note_jump(NOW + 2 * HOUR, NOW + HOUR, heads(world.session))
    assert written(world) == [2]


def test_a_start_before_the_last_entry_or_long_after_it_is_told(world: World) -> None:
    receive(world.ada, 1, "Beans")
    for start, count in (
        (NOW + HOUR, 0),
        (NOW + timedelta(days=59), 0),
        (NOW - HOUR, 1),
        (NOW - HOUR, 1),
        (NOW + timedelta(days=61), 2),
    ):
        world.session.rollback()
        ClockWatch(Clocks(start).wall).look()
        assert len(told(world)) == count, start
    assert open_discrepancies(world.session, world.cleo.depot_id) == [], "nothing is written there"


def test_a_coordinator_settles_it_and_an_outsider_finds_nothing(world: World) -> None:
    receive(world.ada, 1, "Beans")
    note_jump(NOW, NOW + HOUR, {world.ada.depot_id: 1})
    (one,) = told(world)
    with pytest.raises(NotFound):
        entries_meanwhile(world.session, world.cleo, one.id)
    settle = ResolveDiscrepancy(command_id=uuid4(), discrepancy_id=one.id, resolution="accepted")
    with pytest.raises(NotFound):
        resolve_discrepancy(settle, world.cleo)
    resolve_discrepancy(settle, world.ada)
    assert told(world) == []


def test_the_detail_keeps_a_jump_as_it_was() -> None:
    for until in (None, 9):
        jump = ClockJump(NOW, NOW + HOUR, 7, until)
        assert read_jump(as_detail(jump)) == jump


def test_the_real_clocks_go_alike(world: World) -> None:
    watch = ClockWatch()
    watch.look()
    at_start = len(told(world))
    watch.look()
    assert len(told(world)) == at_start
