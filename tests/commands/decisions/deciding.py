"""Proposals of the test world: raised, answered, worded anew, settled, looked at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from depot.base.actors import Actor
from depot.decisions.commands.outcomes import (
    SettledProposal,
    SettleProposal,
    settle_proposal,
)
from depot.decisions.commands.proposals import (
    RaiseProposal,
    RewordProposal,
    raise_proposal,
    reword_proposal,
)
from depot.decisions.commands.responses import AnswerProposal, answer_proposal
from depot.decisions.queries.one import ProposalView, find_proposal_view
from depot.kernel.once import Outcome
from tests.builders import NOW, World
from tests.commands.joining.test_joining import hang_up, join
from tests.current import db

DAY = NOW.date()
FRIDAY, NEXT_YEAR = DAY + timedelta(days=6), DAY + timedelta(days=300)
AFTER_FRIDAY = NOW + timedelta(days=7)


def propose(by: Actor, title: str = "Close at six", at: datetime = NOW, **said: Any) -> int:
    filled: dict[str, Any] = {"text": "On Thursdays we close at six.", "answer_by": FRIDAY} | said
    command = RaiseProposal(command_id=uuid4(), title=title, **filled)
    return raise_proposal(command, by, lambda: at).answer.id


def answer(
    by: Actor,
    proposal_id: int,
    kind: str = "consent",
    why: str = "",
    at: datetime = NOW,
    **said: Any,
) -> int:
    filled: dict[str, Any] = {"version": 1} | said
    command = AnswerProposal(
        command_id=uuid4(),
        proposal_id=proposal_id,
        kind=kind,  # type: ignore[arg-type]  # also what is none
        text=why,
        **filled,
    )
    return answer_proposal(command, by, lambda: at).answer.id


def settle(
    by: Actor, proposal_id: int, outcome: str = "agreed", at: datetime = AFTER_FRIDAY, **said: Any
) -> Outcome[SettledProposal]:
    filled: dict[str, Any] = {"version": 1, "read_back": True, "review_on": NEXT_YEAR} | said
    command = SettleProposal(
        command_id=uuid4(),
        proposal_id=proposal_id,
        outcome=outcome,  # type: ignore[arg-type]  # also what is none
        **filled,
    )
    return settle_proposal(command, by, lambda: at)


def reword(by: Actor, proposal_id: int, words: str, at: datetime = NOW, **said: Any) -> None:
    filled: dict[str, Any] = {"version": 1, "title": "Close at six", "answer_by": FRIDAY} | said
    command = RewordProposal(command_id=uuid4(), proposal_id=proposal_id, text=words, **filled)
    reword_proposal(command, by, lambda: at)


def view(by: Actor, proposal_id: int, on: date = DAY) -> ProposalView:
    found = find_proposal_view(db.session(), by, proposal_id, on)
    assert found is not None
    return found


def titles(rows: Any) -> list[str]:
    return [row.title for row in rows]


def helper(world: World) -> Actor:
    joined = join(world, hang_up(world.ada)[1], "Ana")
    return Actor(world.north, "helper", "Ana", person_id=joined.person_id)
