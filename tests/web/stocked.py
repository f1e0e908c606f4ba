"""A depot with some stock, for the tests of its pages and of the API."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from flask import Flask

from depot.base.clock import utc_now
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from tests.builders import find_actor
from tests.commands.shelves import put_crate

HOUR = timedelta(hours=1)


def stock_up(app: Flask) -> None:
    """Bring rice to the north's door and rolls into a crate that stands there."""
    with app.app_context():
        put_crate(find_actor("ada"), "7K3M-9QX2", at="Arrivals")
        rice = ReceiptLine(item="Rice", quantity=20, weight_grams=10_000)
        tomorrow = (utc_now() + timedelta(days=1)).date().isoformat()
        rolls = ReceiptLine(
            item="Rolls", quantity=9, category="Bread", date=tomorrow, crate_code="7K3M-9QX2"
        )
        bring(rice, rolls, partner="Bakery Lindt")


def bring(*lines: ReceiptLine, hours_ago: int = 2, partner: str | None = None) -> None:
    """Receive goods in the north some hours ago."""
    command = ReceiveGoods(
        command_id=uuid4(),
        lines=lines,
        partner=partner,
        occurred_at=utc_now() - hours_ago * HOUR,
    )
    receive_goods(command, find_actor("ada"))
