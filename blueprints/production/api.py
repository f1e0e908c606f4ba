"""POST /production, POST and GET /recipes."""

from __future__ import annotations

from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.production.schemas import (
    ProductionAnswer,
    ProductionSchema,
    RecipesAnswer,
    RecipeSaved,
    RecipeSchema,
)
from depot.production.commands.production import ProduceGoods, produce_goods
from depot.production.commands.recipes import SaveRecipe, save_recipe
from depot.production.queries.recipes import recipes_after

blp = ApiBlueprint("production_api", __name__, description="Goods are made of goods.")


@blp.arguments(ProductionSchema())
@blp.response(201, ProductionAnswer)
def create(command: ProduceGoods) -> object:
    """Use up the inputs, oldest date first, and make the outputs."""
    return write_answer(produce_goods(command, actor()))


@blp.arguments(RecipeSchema())
@blp.response(201, RecipeSaved)
@blp.not_for_everybody
def save(command: SaveRecipe) -> object:
    """Make a recipe, or the next version of the one of that name; coordinators only."""
    return write_answer(save_recipe(command, actor()))


@blp.arguments(PageQuery(), location="query")
@blp.response(200, RecipesAnswer)
def list_recipes(query: dict[str, Any]) -> object:
    """List the recipes in their newest versions."""
    session, who = reader()
    limit: int = query["limit"]
    rows = recipes_after(session, who.depot_id, query["after"], limit + 1)
    return page_of("recipes", rows, limit)
