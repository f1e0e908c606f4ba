"""/asked-acts: what waits for a second person; programs ask and take back, people agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.agreeing.schemas import (
    AnsweredSchema,
    AskedActsAnswer,
    AskedSchema,
    WithdrawSchema,
)
from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.security import secret_key
from blueprints.frame.web import found_or_404, reader, write_answer
from depot.agreeing import queries
from depot.agreeing.acts import acts
from depot.agreeing.commands import AnswerAsked, answer_asked
from depot.base.text import N_

blp = ApiBlueprint("agreeing_api", __name__, description="What takes two people.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, AskedActsAnswer)
def index(asked: dict[str, Any]) -> object:
    """List what was asked for, the newest first; `after` is the id of the last one of a page."""
    session, who = reader()
    limit: int = asked["limit"]
    rows = queries.acts_after(session, who, asked["after"] or None, limit + 1)
    return page_of("asked", rows, limit)


@blp.response(200, AskedSchema)
def show(act_id: int) -> object:
    """Return one of them: what it is about, and how it ended."""
    session, who = reader()
    found = queries.asked_act(session, who, act_id)
    return found_or_404(N_("thing to agree to"), act_id, found)


@blp.arguments(WithdrawSchema())
@blp.response(201, AnsweredSchema)
def withdraw(command: AnswerAsked, act_id: int) -> object:
    """Take back what the token, or whoever made it, asked for. No program agrees to anything."""
    said = replace(command, asked_id=act_id, answer="withdrawn")
    return write_answer(answer_asked(said, acts(secret_key()), actor()).outcome)
