"""/requests: what agencies ask for, answered and handed over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.security import secret_key
from blueprints.frame.web import reader, write_answer
from blueprints.partners.requests import hand_over_try
from blueprints.partners.requests_schemas import (
    ApproveSchema,
    AskGoodsSchema,
    DeclineForm,
    HandedOverAnswer,
    HandOverSchema,
    RequestAnswer,
    RequestsAnswer,
)
from depot.partners.commands.answers import (
    ApproveRequest,
    DeclineRequest,
    approve_request,
    decline_request,
)
from depot.partners.commands.hand_over import HandOverRequest, hand_over_request
from depot.partners.commands.requests import AskForGoods, ask_for_goods
from depot.partners.queries.requests import requests_after
from depot.people.tries import begin_tries

blp = ApiBlueprint("requests_api", __name__, description="What partner agencies ask for.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, RequestsAnswer)
def list_requests(query: dict[str, Any]) -> object:
    """List what agencies asked for, with how each stands."""
    session, who = reader()
    limit: int = query["limit"]
    rows = requests_after(session, who.depot_id, query["after"], limit + 1)
    return page_of("requests", rows, limit)


@blp.arguments(AskGoodsSchema())
@blp.response(201, RequestAnswer)
def ask(command: AskForGoods) -> object:
    """Write down what an agency asks for."""
    return write_answer(ask_for_goods(command, actor()))


@blp.arguments(ApproveSchema())
@blp.response(201, RequestAnswer)
@blp.not_for_everybody
def approve(command: ApproveRequest, request_id: int) -> object:
    """Promise what was asked for, in full or in part: it becomes the plan of a hand-out."""
    return write_answer(approve_request(replace(command, request_id=request_id), actor()))


@blp.arguments(DeclineForm())
@blp.response(201, RequestAnswer)
@blp.not_for_everybody
def decline(command: DeclineRequest, request_id: int) -> object:
    """Say no, or take an approval back."""
    return write_answer(decline_request(replace(command, request_id=request_id), actor()))


@blp.arguments(HandOverSchema())
@blp.response(201, HandedOverAnswer)
def hand_over(command: HandOverRequest, request_id: int) -> object:
    """Book what an agency took as one issue with it as the partner."""
    key = secret_key()
    if command.code:
        begin_tries(hand_over_try(actor(), request_id))
    return write_answer(hand_over_request(replace(command, request_id=request_id), actor(), key))
