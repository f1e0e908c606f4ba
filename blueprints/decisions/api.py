"""/proposals: raised, answered, put in other words, settled, looked at again, listed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from blueprints.decisions.schemas import (
    KeepSchema,
    KeptAnswer,
    ProposalAnswer,
    ProposalsAnswer,
    ProposalSchema,
    ProposalsQuery,
    ResponseAnswer,
    ResponseSchema,
    RewordSchema,
    SavedProposalAnswer,
    SettledAnswer,
    SettleSchema,
)
from blueprints.frame.answers import page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.decisions.commands.outcomes import (
    KeepAgreed,
    SettleProposal,
    keep_agreed,
    settle_proposal,
)
from depot.decisions.commands.proposals import (
    RaiseProposal,
    RewordProposal,
    raise_proposal,
    reword_proposal,
)
from depot.decisions.commands.responses import AnswerProposal, answer_proposal
from depot.decisions.queries import lists as query
from depot.decisions.queries.one import find_proposal_view

blp = ApiBlueprint("decisions_api", __name__, description="Decisions by consent.")


@blp.arguments(ProposalsQuery(), location="query")
@blp.response(200, ProposalsAnswer)
def index(asked: dict[str, Any]) -> object:
    """List what is to be decided, what is in force on a day, or due to be looked at again.

    `state=settled` lists what was settled whatever came of it, the newest first; there `after` is
    the last number of the page before.
    """
    session, who = reader()
    after, limit = asked["after"] or None, asked["limit"]
    today = local_day(utc_now(), who.depot.time_zone)
    state = asked["state"]
    if state == "in_force":
        day = asked["as_of"] or today
        rows = query.agreements(session, who.depot, day, after, limit + 1)
    elif state == "due":
        return {"proposals": query.due_for_review(session, who.depot, today), "next": None}
    elif state == "settled":
        rows = query.settled(session, who.depot_id, after, limit + 1)
    else:
        rows = query.open_proposals(session, who.depot_id, after, limit + 1)
    return page_of("proposals", rows, limit)


@blp.response(200, ProposalAnswer)
def show(proposal_id: int) -> object:
    """Tell what a proposal says, what was said to it, and whether it stands."""
    session, who = reader()
    today = local_day(utc_now(), who.depot.time_zone)
    found = found_or_404(
        N_("proposal"), proposal_id, find_proposal_view(session, who, proposal_id, today)
    )
    said = sorted((*found.answers, *found.earlier), key=lambda one: one.number)
    told = {"stands": found.state.stands, "in_force": found.is_in_force, "responses": said}
    return asdict(found.row) | told


@blp.arguments(ProposalSchema())
@blp.response(201, SavedProposalAnswer)
def propose(command: RaiseProposal) -> object:
    """Put a proposal where everybody can read it."""
    return write_answer(raise_proposal(command, actor()))


@blp.arguments(RewordSchema())
@blp.response(201, SavedProposalAnswer)
def reword(command: RewordProposal, proposal_id: int) -> object:
    """Put it in other words: who objected to those of before is asked again."""
    return write_answer(reword_proposal(replace(command, proposal_id=proposal_id), actor()))


@blp.arguments(ResponseSchema())
@blp.response(201, ResponseAnswer)
def answer(command: AnswerProposal, proposal_id: int) -> object:
    """Write down what somebody says to these words; a concern or an objection needs its reason."""
    return write_answer(answer_proposal(replace(command, proposal_id=proposal_id), actor()))


@blp.arguments(SettleSchema())
@blp.response(201, SettledAnswer)
def settle(command: SettleProposal, proposal_id: int) -> object:
    """Write down what came of it. What somebody objects to with a reason is not agreed to."""
    return write_answer(settle_proposal(replace(command, proposal_id=proposal_id), actor()))


@blp.arguments(KeepSchema())
@blp.response(201, KeptAnswer)
def keep(command: KeepAgreed, proposal_id: int) -> object:
    """Say that what is in force was looked at again, and stays until the next time."""
    return write_answer(keep_agreed(replace(command, proposal_id=proposal_id), actor()))
