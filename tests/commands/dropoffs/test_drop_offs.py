"""A delivery is announced, confirmed at the door with what came instead, or called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import DropOffSettled, Forbidden, Invalid, NotFound, TooManyDropOffs
from depot.dropoffs.commands import (
    MAX_WAITING,
    AnnounceDropOff,
    CallOffDropOff,
    Came,
    ConfirmDropOff,
    OpenDropOffLink,
    announce_drop_off,
    call_off_drop_off,
    confirm_drop_off,
    open_drop_off_link,
)
from depot.dropoffs.queries import (
    depot_of_link,
    drop_off_link,
    find_drop_off,
    settled_drop_offs,
    waiting_drop_offs,
)
from depot.intake.receipt_lines import ReceiptLine
from depot.models import Partner, StockEntry
from tests.builders import NOW, World, clock
from tests.commands.shelves import entry_count
from tests.current import db
from tests.stock_text import rows, stock


def announced(actor: Actor, *lines: str, **more: Any) -> int:
    asked: dict[str, Any] = {"donor": "Kestrel Bakery", "expected_at": NOW + timedelta(days=1)}
    command = AnnounceDropOff(command_id=uuid4(), lines=lines, **(asked | more))
    return announce_drop_off(command, actor, clock).answer.id


def came(drop_off_id: int, answers: tuple[Came, ...], *lines: ReceiptLine) -> ConfirmDropOff:
    return ConfirmDropOff(command_id=uuid4(), drop_off_id=drop_off_id, came=answers, receipt=lines)


BREAD, RICE = ReceiptLine(item="Bread", quantity=20), ReceiptLine(item="Rice", quantity=5)


def test_what_is_announced_is_no_stock(world: World) -> None:
    before = entry_count(world.ben)
    later = announced(world.ben, "5 rice", expected_at=NOW + timedelta(days=3), donor="Farm")
    first = announced(world.ben, "20 bread", "", "some cakes", note="back door")
    assert entry_count(world.ben) == before
    assert stock(world.ben) == []
    found = waiting_drop_offs(world.session, world.north.id)
    assert [row.id for row in found] == [first, later]
    assert [line.what for line in found[0].lines] == ["20 bread", "some cakes"]
    assert waiting_drop_offs(world.session, world.south.id) == []


def test_the_door_says_line_by_line_what_came_and_what_came_instead(world: World) -> None:
    number = announced(world.ben, "20 bread", "some cakes", "10 milk")
    done = confirm_drop_off(came(number, ("yes", "other", "no"), BREAD, RICE), world.ben, clock)
    assert stock(world.ben) == rows("20 Bread @ Arrivals, 5 Rice @ Arrivals")
    told = [(line.item, line.quantity) for line in done.answer.lines]
    assert told == [("Bread", 20), ("Rice", 5)]
    found = find_drop_off(world.session, world.north.id, number)
    assert found is not None
    assert (found.state, found.entry_id) == ("arrived", done.entry_id)
    assert [line.came for line in found.lines] == ["yes", "other", "no"]
    entry = db.session.get(StockEntry, done.entry_id)
    assert entry is not None
    assert entry.kind == "receipt"
    assert db.session.scalars(select(Partner.name).where(Partner.id == entry.partner_id)).one() == (
        "Kestrel Bakery"
    )
    assert waiting_drop_offs(world.session, world.north.id) == []


def test_confirmed_twice_is_booked_once(world: World) -> None:
    number = announced(world.ben, "20 bread")
    command = came(number, ("yes",), BREAD)
    first = confirm_drop_off(command, world.ben, clock)
    again = confirm_drop_off(command, world.ben, clock)
    assert again.repeated
    assert again.answer == first.answer
    with pytest.raises(DropOffSettled):
        confirm_drop_off(replace(command, command_id=uuid4()), world.ada, clock)
    assert stock(world.ben) == rows("20 Bread @ Arrivals")


def test_what_does_not_come_is_called_off(world: World) -> None:
    number = announced(world.ben, "20 bread")
    call_off_drop_off(CallOffDropOff(command_id=uuid4(), drop_off_id=number), world.ben, clock)
    assert [row.state for row in settled_drop_offs(world.session, world.north.id)] == ["called_off"]
    with pytest.raises(DropOffSettled):
        confirm_drop_off(came(number, ("yes",), BREAD), world.ben, clock)


@pytest.mark.parametrize(
    ("answers", "lines"), [((), (BREAD,)), (("yes", "yes"), (BREAD,)), (("no",), ())]
)
def test_a_line_without_an_answer_and_nothing_at_all_are_refused(
    world: World, answers: tuple[Came, ...], lines: tuple[ReceiptLine, ...]
) -> None:
    number = announced(world.ben, "20 bread")
    with pytest.raises(Invalid):
        confirm_drop_off(came(number, answers, *lines), world.ben, clock)
    assert stock(world.ben) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": ()},
        {"lines": ("x",) * 31},
        {"lines": ("x" * 201,)},
        {"expected_at": NOW - timedelta(days=2)},
        {"expected_at": NOW + timedelta(days=400)},
        {"expected_at": NOW.replace(tzinfo=None)},
    ],
)
def test_what_cannot_be_announced_is_refused(world: World, wrong: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"lines": ("bread",), "expected_at": NOW} | wrong
    command = AnnounceDropOff(command_id=uuid4(), donor="X", **asked)
    with pytest.raises(Invalid):
        announce_drop_off(command, world.ben, clock)


def test_a_link_that_was_passed_on_too_far_fills_no_list(world: World) -> None:
    for _number in range(MAX_WAITING):
        announced(world.ben, "bread")
    with pytest.raises(TooManyDropOffs):
        announced(world.ben, "bread")


def test_another_depots_delivery_is_not_there(world: World) -> None:
    number = announced(world.ben, "20 bread")
    with pytest.raises(NotFound):
        confirm_drop_off(came(number, ("yes",), BREAD), world.cleo, clock)
    with pytest.raises(NotFound):
        call_off_drop_off(CallOffDropOff(command_id=uuid4(), drop_off_id=number), world.cleo, clock)
    assert find_drop_off(world.session, world.south.id, number) is None


def test_the_donors_link_is_made_anew_and_ended_by_a_coordinator(world: World) -> None:
    with pytest.raises(Forbidden):
        open_drop_off_link(OpenDropOffLink(command_id=uuid4()), world.ben, clock)
    open_drop_off_link(OpenDropOffLink(command_id=uuid4()), world.ada, clock)
    first = drop_off_link(world.session, world.north.id)
    assert first
    assert depot_of_link(world.session, first) == world.north
    open_drop_off_link(OpenDropOffLink(command_id=uuid4()), world.ada, clock)
    second = drop_off_link(world.session, world.north.id)
    assert second not in (first, None)
    assert depot_of_link(world.session, first) is None
    open_drop_off_link(OpenDropOffLink(command_id=uuid4(), is_open=False), world.ada, clock)
    assert drop_off_link(world.session, world.north.id) is None
