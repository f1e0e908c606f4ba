"""Exactly once: by the command's id, its kind, its contents and its depot."""

from __future__ import annotations

from uuid import uuid4

import pytest

from depot.base.errors import CommandIdReused
from depot.distribution.commands.events import (
    CloseEvent,
    OpenEvent,
    PlanEvent,
    close_event,
    open_event,
    plan_event,
)
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.models import DistributionEvent
from tests.builders import NOW, World, clock
from tests.current import db
from tests.stock_text import rows, stock


def test_an_id_used_again_by_another_kind_of_command_is_refused(world: World) -> None:
    """Both kinds have the same fields, so only the kind tells them apart."""
    planned = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(planned, world.ben, clock).body["id"]
    closing = CloseEvent(command_id=uuid4(), event_id=event_id)
    close_event(closing, world.ben, clock)
    with pytest.raises(CommandIdReused):
        open_event(OpenEvent(command_id=closing.command_id, event_id=event_id), world.ben, clock)
    assert db.session.get_one(DistributionEvent, event_id).state == "closed"


def test_an_id_used_by_another_depot_is_new_in_this_one(world: World) -> None:
    line = ReceiptLine(item="Rice", quantity=24)
    command = ReceiveGoods(command_id=uuid4(), source_kind="donation", lines=(line,))
    first = receive_goods(command, world.ben, clock)
    souths = receive_goods(command, world.cleo, clock)
    assert not souths.repeated
    assert souths.entry_id != first.entry_id
    assert stock(world.ben) == stock(world.cleo) == rows("24 Rice @ Arrivals")
    assert receive_goods(command, world.ben, clock).entry_id == first.entry_id
