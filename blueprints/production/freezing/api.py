"""POST /freezing, POST /thawing, and the table of how long goods keep then."""

from __future__ import annotations

from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.production.api import blp
from blueprints.production.freezing.schemas import (
    ChangedAnswer,
    FreezingSchema,
    FrozenLifeSaved,
    FrozenLifeSchema,
    FrozenLivesAnswer,
    ThawingSchema,
)
from depot.production.commands.freezing import FreezeGoods, ThawGoods, freeze_goods, thaw_goods
from depot.production.commands.frozen_lives import SaveFrozenLife, save_frozen_life
from depot.production.frozen_lives import frozen_lives_after


@blp.arguments(FreezingSchema())
@blp.response(201, ChangedAnswer)
def freeze(command: FreezeGoods) -> object:
    """Freeze goods before their use-by date; they are a lot of their own then."""
    return write_answer(freeze_goods(command, actor()))


@blp.arguments(ThawingSchema())
@blp.response(201, ChangedAnswer)
def thaw(command: ThawGoods) -> object:
    """Thaw goods; they are a lot of their own then, to be used soon."""
    return write_answer(thaw_goods(command, actor()))


@blp.arguments(FrozenLifeSchema())
@blp.response(201, FrozenLifeSaved)
@blp.not_for_everybody
def save_life(command: SaveFrozenLife) -> object:
    """Say how long an item or a category keeps once frozen and thawed; coordinators only."""
    return write_answer(save_frozen_life(command, actor()))


@blp.arguments(PageQuery(), location="query")
@blp.response(200, FrozenLivesAnswer)
def list_lives(query: dict[str, Any]) -> object:
    """List how long goods keep once frozen and thawed, by category and item."""
    session, who = reader()
    limit: int = query["limit"]
    rows = frozen_lives_after(session, who.depot_id, query["after"], limit + 1)
    return page_of("frozen_lives", rows, limit)
