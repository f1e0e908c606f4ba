"""/needs: how everything stands, and what a coordinator knows better."""

from __future__ import annotations

from dataclasses import replace

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.needs.schemas import NeedRuleAnswer, NeedRuleSchema, NeedsAnswer
from depot.base.clock import local_day, utc_now
from depot.db.database import current_session
from depot.needs.commands import SaveNeedRule, save_need_rule
from depot.needs.queries.needs import CATEGORY, ITEM, list_needs
from depot.needs.round import renew_needs_list

blp = ApiBlueprint("needs_api", __name__, description="What is short and what is too much.")


@blp.response(200, NeedsAnswer)
def index() -> object:
    """List how each category stands, and each item with a rule of its own."""
    session, who = reader()
    today = local_day(utc_now(), who.depot.time_zone)
    return {"needs": list_needs(session, who.depot_id, today)}


@blp.arguments(NeedRuleSchema())
@blp.response(201, NeedRuleAnswer)
@blp.not_for_everybody
def save_category(command: SaveNeedRule, category_id: int) -> object:
    """Say the whole rule of a category; one that says nothing is taken away. Coordinators only."""
    return _save(replace(command, kind=CATEGORY, subject_id=category_id))


@blp.arguments(NeedRuleSchema())
@blp.response(201, NeedRuleAnswer)
@blp.not_for_everybody
def save_item(command: SaveNeedRule, item_id: int) -> object:
    """Say the whole rule of an item; one that says nothing is taken away. Coordinators only."""
    return _save(replace(command, kind=ITEM, subject_id=item_id))


def _save(command: SaveNeedRule) -> object:
    outcome = save_need_rule(command, actor())
    renew_needs_list(current_session(), actor().depot, at_once=True)
    return write_answer(outcome)
