"""A depot with potatoes, for the forms that take an amount."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.models import Category, StockMove
from tests.builders import find_actor, receive
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.current import db
from tests.web.frame.booking_forms import CODE


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    """The north has 100 kg of potatoes at Arrivals, 100 kg in a crate, and a hand-out."""
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CODE)
        receive(ada, 100_000, "Potatoes", unit="gram")
        receive(ada, 100_000, "Potatoes", crate_code=CODE)
        plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        move = db.session.scalars(select(StockMove)).first()
        assert move is not None
        return {
            "event": int(plan_event(plan, ada).body["id"]),
            "lot": move.lot_id,
            "place": move.target_id,
            "category": _category(),
        }


def _category() -> int:
    return int(db.session.scalars(select(Category.id).where(Category.name == "Bread")).first() or 0)


@pytest.fixture
def ben(app: Flask) -> Client:
    return Client.signed_in(app, "ben")
