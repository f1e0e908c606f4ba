"""POST /receipts."""

from __future__ import annotations

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import write_answer
from blueprints.intake.schemas import ReceiptAnswer, ReceiptSchema
from depot.intake.commands.receipts import ReceiveGoods, receive_goods

blp = ApiBlueprint("intake_api", __name__, description="Goods come in.")


@blp.arguments(ReceiptSchema())
@blp.response(201, ReceiptAnswer)
def create(command: ReceiveGoods) -> object:
    """Book a delivery."""
    return write_answer(receive_goods(command, actor()))
