"""Needs do without what waits to be said right."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from depot.distribution.commands.events import (
    IssueAtEvent,
    IssueLine,
    issue_at_event,
)
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.items.queries.catalog import item_names
from depot.needs.queries.needs import NeedLine, list_needs
from tests.builders import NOW, World, clock, receive
from tests.commands.doubting import KILO, TODAY, bread, event, save, settle, things, weeks_of_bread


def need(world: World, name: str = "Bread") -> NeedLine:
    return next(one for one in list_needs(world.session, world.north.id, TODAY) if one.name == name)


def test_needs_do_without_what_waits_until_somebody_says_that_it_is_right(world: World) -> None:
    weeks_of_bread(world.ben)
    bread(12_500)(world.ben)
    assert need(world).stock_grams == 120 * KILO
    settle(world, "accepted")
    assert need(world).stock_grams == 12_620 * KILO


def test_needs_do_without_a_hand_out_that_waits(world: World) -> None:
    weeks_of_bread(world.ben)
    loose = next(
        row.name
        for row in item_names(world.session, world.north.id, with_loose=True)
        if row.name.startswith("Bread")
    )
    lines = (IssueLine(item=loose, quantity=12_500 * KILO),)
    command = IssueAtEvent(
        command_id=uuid4(),
        event_id=event(world.ben),
        lines=lines,
        occurred_at=NOW - timedelta(days=2),
    )
    issue_at_event(command, world.ben, clock)
    assert need(world).handed_out_grams == 0
    for thing in things(world):
        settle_one = ResolveDiscrepancy(command_id=uuid4(), discrepancy_id=thing.id)
        resolve_discrepancy(settle_one, world.ada, clock)
    assert need(world).handed_out_grams == 12_500 * KILO


def test_needs_do_without_a_weight_that_waits(world: World) -> None:
    save("Roll", unit_weight_milligrams=80_000_000)(world.ada)
    receive(world.ben, 10, "Roll")
    assert need(world).stock_grams < 10 * KILO
    settle(world, "accepted")
    assert need(world).stock_grams == 800 * KILO
