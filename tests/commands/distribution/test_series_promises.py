"""What a series plans for its hand-outs is promised, and free when its day is off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from depot.distribution.commands.planning import CallOffEvent, call_off_event
from depot.distribution.commands.series import ExceptDay, except_day
from depot.models import Promise
from tests.builders import NOW, World, clock, receive
from tests.commands.distribution.test_plans import an_event, plan
from tests.commands.distribution.test_series import TODAY, change, end, facts, rows, start


def test_a_day_that_is_off_promises_nothing_and_promises_again_when_it_is_back(
    world: World,
) -> None:
    receive(world.ada, 8, "Rice")
    like = an_event(world.ben, "Before")
    plan(world.ben, like, Rice=5)
    series_id = start(world.ada, like_event_id=like).id
    call_off_event(CallOffEvent(command_id=uuid4(), event_id=like), world.ben, clock)
    first = next(row for row in rows(world) if row.name == "Market")
    plan(world.ben, first.id, Rice=6)
    assert promised(world) == {first.id: 6}
    end(world.ada, series_id, TODAY - timedelta(1))
    assert promised(world) == {}
    change(world.ada, series_id, TODAY, facts())
    assert promised(world) == {first.id: 6}
    off = ExceptDay(command_id=uuid4(), series_id=series_id, on=TODAY)
    except_day(off, world.ada, clock)
    assert promised(world) == {}
    moved = replace(off, command_id=uuid4(), moved_to=NOW + timedelta(days=1))
    except_day(moved, world.ada, clock)
    assert promised(world) == {first.id: 6}


def promised(world: World) -> dict[int, int]:
    found = world.session.execute(
        select(Promise.event_id, Promise.reserved).where(
            Promise.depot_id == world.north.id, Promise.reserved > 0
        )
    )
    return {event_id: reserved for event_id, reserved in found}
