"""A depot with some stock, for the tests of its pages and of the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from tests.builders import find_actor
from tests.commands.shelves import put_crate
from tests.current import db

HOUR = timedelta(hours=1)


def stock_up(app: Flask) -> None:
    """Bring rice to the north's door and rolls into a crate that stands there."""
    with app.app_context():
        put_crate(find_actor("ada"), "7K3M-9QX2", at="Arrivals", now=lambda: utc_now() - 3 * HOUR)
        rice = ReceiptLine(item="Rice", quantity=20, weight_grams=10_000)
        tomorrow = (utc_now() + timedelta(days=1)).date().isoformat()
        rolls = ReceiptLine(
            item="Rolls", quantity=9, category="Bread", date=tomorrow, crate_code="7K3M-9QX2"
        )
        receive_goods_ago(rice, rolls, partner="Bakery Lindt")


def receive_goods_ago(*lines: ReceiptLine, hours_ago: int = 2, partner: str | None = None) -> None:
    """Receive goods in the north some hours ago."""
    command = ReceiveGoods(
        command_id=uuid4(),
        lines=lines,
        partner=partner,
        occurred_at=utc_now() - hours_ago * HOUR,
    )
    receive_goods(command, find_actor("ada"))


def number_of(app: Flask, kind: type[Any], name: str, depot: str = "ada") -> int:
    """Return the id of what has this name in somebody's depot."""
    with app.app_context():
        own = kind.depot_id == find_actor(depot).depot_id
        return int(db.session.scalars(select(kind.id).where(own, kind.name == name)).one())


def form(**values: Any) -> dict[str, str]:
    """Return what a form sends."""
    return {"command_id": str(uuid4())} | {name: str(value) for name, value in values.items()}
