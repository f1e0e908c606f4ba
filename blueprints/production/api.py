"""POST /production."""

from __future__ import annotations

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import write_answer
from blueprints.production.schemas import ProductionAnswer, ProductionSchema
from depot.production.commands import ProduceGoods, produce_goods

blp = ApiBlueprint("production_api", __name__, description="Goods are made of goods.")


@blp.arguments(ProductionSchema())
@blp.response(201, ProductionAnswer)
def create(command: ProduceGoods) -> object:
    """Use up the inputs, oldest date first, and make the outputs."""
    return write_answer(produce_goods(command, actor()))
