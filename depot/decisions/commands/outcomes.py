"""What comes of a proposal: settled with its words read back, and looked at again later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.errors import Invalid
from depot.base.kinds import PROPOSAL_OUTCOMES, ProposalOutcome
from depot.base.text import N_
from depot.decisions.consent import Said, may_be_settled, objections
from depot.decisions.errors import (
    NotYetAsked,
    NotYours,
    ObjectionsStand,
    ProposalSettled,
    WordsChanged,
)
from depot.decisions.proposed import (
    find_proposal,
    need_in_force,
    need_voice,
    said_to,
    wording_of,
)
from depot.kernel.answers import Answer, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Person, Proposal, ProposalReview, ProposalWording, SpokenName

#: Nothing is agreed to for longer without looking at it again.
LONGEST: Final = timedelta(days=5 * 366)
MAX_OUTCOME: Final = 1000
MOST_IN_ROOM: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleProposal:
    """Write down what came of a proposal, in the words that were read back."""

    command_id: UUID
    proposal_id: int = 0
    #: The wording that was read back.
    version: int
    outcome: ProposalOutcome
    #: That it was read out, or read once more, before it was agreed to.
    read_back: bool = False
    #: When it is looked at again.
    review_on: date | None = None
    #: How many were in the room, if it was settled there.
    in_room_count: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepAgreed:
    """What was agreed to was looked at again, and stays as it is until it is looked at again."""

    command_id: UUID
    proposal_id: int = 0
    review_on: date
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledProposal(Answer):
    """What came of a proposal, and the words that it is about."""

    id: int
    outcome: str
    version: int
    title: str
    text: str


def settle_proposal(
    command: SettleProposal, actor: Actor, clock: Clock = utc_now
) -> Outcome[SettledProposal]:
    """Write down what came of a proposal. A day that is past settles nothing: somebody does.

    Raises NotForHelpers, NotFound, ProposalSettled, WordsChanged; ObjectionsStand where it would be
    agreed to in spite of one; NotYetAsked while people who are not in the room may still answer;
    NotYours for who takes back what another raised; Invalid.
    """
    need_voice(actor)
    return run_once(command, actor, clock, _settle, SettledProposal)


def keep_agreed(command: KeepAgreed, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Say that what is in force was looked at again and stays; other words are a new proposal.

    Raises NotForHelpers, NotFound, NotInForce, Invalid for a day that is no later one.
    """
    need_voice(actor)
    return run_once(command, actor, clock, _keep, SavedId)


def _settle(command: SettleProposal, work: Work) -> SettledProposal:
    found = find_proposal(work, command.proposal_id)
    words = wording_of(work.session, found)
    _check_outcome(command, found, words)
    if command.outcome == "withdrawn":
        _need_own(work, found)
    else:
        _need_asked(command, work, found, words)
    if command.outcome == "agreed":
        _need_consent(work, found)
        _check_review(command.review_on, work.today)
    work.session.execute(
        update(Proposal)
        .where(Proposal.depot_id == work.depot_id, Proposal.id == found.id)
        .values(
            outcome=command.outcome,
            outcome_text=command.text,
            settled_at=work.recorded_at,
            settled_by_id=work.actor.person_id,
            settled_token_id=work.actor.token_id,
            in_room_count=command.in_room_count,
            review_on=command.review_on if command.outcome == "agreed" else None,
        )
        .execution_options(synchronize_session=False)
    )
    return SettledProposal(
        id=found.id,
        outcome=command.outcome,
        version=found.version,
        title=words.title,
        text=words.text,
    )


def _check_outcome(command: SettleProposal, found: Proposal, words: ProposalWording) -> None:
    if command.outcome not in PROPOSAL_OUTCOMES:
        raise Invalid(field="outcome", problem=N_("Choose one of these."))
    if found.outcome is not None:
        raise ProposalSettled(title=words.title)
    if command.version != found.version:
        raise WordsChanged(title=words.title)
    count = command.in_room_count
    if count is not None and not 1 <= count <= MOST_IN_ROOM:
        raise Invalid(field="in_room_count", problem=N_("How many are there? At least one."))
    if command.outcome == "agreed" and not command.read_back:
        raise Invalid(field="read_back", problem=N_("Read the words back first."))


def _need_own(work: Work, found: Proposal) -> None:
    """Raise NotYours unless who acts raised it; what a program raised, a coordinator takes back."""
    if found.raised_by_id is None:
        need_coordinator(work.actor)
    elif found.raised_by_id != work.actor.person_id:
        name = work.session.get_one(Person, found.raised_by_id).name
        raise NotYours(name=name)


def _need_asked(
    command: SettleProposal, work: Work, found: Proposal, words: ProposalWording
) -> None:
    worded_on = local_day(words.worded_at, work.actor.depot.time_zone)
    if not may_be_settled(found.answer_by, worded_on, work.today, command.in_room_count):
        raise NotYetAsked(field="in_room_count")


def _need_consent(work: Work, found: Proposal) -> None:
    said = said_to(work.session, work.depot_id, [found.id]).get(found.id, [])
    standing = objections(said, found.version, found.about_id)
    if standing:
        names = ", ".join(_name(work.session, one) for one in standing)
        raise ObjectionsStand(field="outcome", count=len(standing), names=names)


def _name(session: Session, one: Said) -> str:
    kind, number = one.voice
    if kind == "person":
        return session.get_one(Person, number).name
    found = session.scalar(select(SpokenName.name).where(SpokenName.id == number))
    return found or "?"


def _check_review(review_on: date | None, today: date) -> None:
    if review_on is None or not today < review_on <= today + LONGEST:
        raise Invalid(
            field="review_on",
            problem=N_("Choose the day on which it is looked at again, after today."),
        )


def _keep(command: KeepAgreed, work: Work) -> SavedId:
    found = need_in_force(work, command.proposal_id)
    _check_review(command.review_on, work.today)
    work.session.execute(
        insert(ProposalReview).values(
            depot_id=work.depot_id,
            proposal_id=found.id,
            text=command.text,
            review_on=command.review_on,
            looked_at=work.recorded_at,
            looked_by_id=work.actor.person_id,
            looked_token_id=work.actor.token_id,
        )
    )
    work.session.execute(
        update(Proposal)
        .where(Proposal.depot_id == work.depot_id, Proposal.id == found.id)
        .values(review_on=command.review_on)
        .execution_options(synchronize_session=False)
    )
    return SavedId(id=found.id)
