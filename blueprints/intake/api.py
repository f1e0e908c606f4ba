"""POST /receipts."""

from __future__ import annotations

from typing import Any

from blueprints.api import ApiBlueprint
from blueprints.guards import actor
from blueprints.intake.schemas import ReceiptAnswer, ReceiptSchema
from blueprints.web import written
from depot.commands.receipts import ReceiveGoods, receive_goods

blp = ApiBlueprint("intake_api", __name__, description="Goods come in.")


@blp.post("/receipts")
@blp.arguments(ReceiptSchema())
@blp.response(201, ReceiptAnswer)
def create(command: ReceiveGoods) -> Any:
    """Book a delivery."""
    return written(receive_goods(command, actor()))
