"""What somebody says to a proposal: for themselves, or spoken in the room and written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import exists, insert, or_, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.kinds import RESPONSE_KINDS, ResponseKind
from depot.base.names import clean_name, name_key, need_one_alphabet
from depot.base.text import N_
from depot.decisions.errors import ProposalSettled, WordsChanged
from depot.decisions.proposed import find_proposal, need_voice, wording_of
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, run_once
from depot.models import (
    Membership,
    Person,
    PersonSession,
    Proposal,
    ProposalResponse,
    SpokenName,
)

MAX_REASON: Final = 1000
MAX_SPOKEN: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProposal:
    """Somebody says what they think of a proposal's words.

    With a spoken name it is that one's answer, said in the room to who writes it down.
    """

    command_id: UUID
    proposal_id: int = 0
    #: The wording that they read.
    version: int
    kind: ResponseKind
    #: Why; not needed to consent.
    text: str = ""
    spoken_name: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredProposal(Answer):
    """What was said, to which proposal."""

    id: int
    proposal_id: int
    title: str
    kind: str


def answer_proposal(
    command: AnswerProposal, actor: Actor, clock: Clock = utc_now
) -> Outcome[AnsweredProposal]:
    """Write down what somebody says; the last thing they said to the present wording counts.

    Raises NotFound, Invalid without a reason for a concern or an objection, ProposalSettled and
    WordsChanged for what was said after that; NotForHelpers for who writes down for others.
    """
    if command.spoken_name:
        need_voice(actor)
    return run_once(command, actor, clock, _answer, AnsweredProposal)


def _answer(command: AnswerProposal, work: Work) -> AnsweredProposal:
    if command.kind not in RESPONSE_KINDS:
        raise Invalid(field="kind", problem=N_("Choose one of these."))
    if command.kind != "consent" and not command.text.strip():
        raise Invalid(field="text", problem=N_("Say why: others can only answer to a reason."))
    found = find_proposal(work, command.proposal_id)
    words = wording_of(work.session, found)
    if found.settled_at is not None and work.occurred_at >= found.settled_at:
        raise ProposalSettled(title=words.title)
    if command.version < found.version and work.occurred_at >= words.worded_at:
        raise WordsChanged(title=words.title)
    if not 1 <= command.version <= found.version:
        raise Invalid(field="version", problem=N_("There are no such words yet."))
    person_id, spoken_id = _whose(command, work, found)
    number = work.session.execute(
        insert(ProposalResponse)
        .values(
            depot_id=work.depot_id,
            proposal_id=found.id,
            version=command.version,
            person_id=person_id,
            spoken_name_id=spoken_id,
            kind=command.kind,
            text=command.text,
            said_at=work.occurred_at,
            recorded_at=work.recorded_at,
            recorded_by_id=work.actor.person_id,
            recorded_token_id=work.actor.token_id,
        )
        .returning(ProposalResponse.id)
    ).scalar_one()
    return AnsweredProposal(id=number, proposal_id=found.id, title=words.title, kind=command.kind)


def _whose(command: AnswerProposal, work: Work, found: Proposal) -> tuple[int | None, int | None]:
    """Return whose answer it is: a person's id, or that of a spoken name."""
    name = clean_name(command.spoken_name)
    if not name:
        if work.actor.person_id is None:
            raise Invalid(field="spoken_name", problem=N_("Write down whose answer it is."))
        return work.actor.person_id, None
    if len(name) > MAX_SPOKEN:
        raise Invalid(field="spoken_name", problem=N_("That name is too long."))
    need_one_alphabet(name, "spoken_name")
    person_id = _member_called(work, name)
    return (person_id, None) if person_id else (None, _spoken(work, found, name))


def _member_called(work: Work, name: str) -> int | None:
    """Return who of the depot is called that: what they say is theirs, whoever writes it down.

    Of those who help under a name alone, who is here today.
    """
    is_here = exists().where(
        PersonSession.person_id == Person.id,
        PersonSession.ended_at.is_(None),
        PersonSession.ends_at > work.recorded_at,
    )
    people = work.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.depot_id == work.depot_id,
            Membership.ended_at.is_(None),
            or_(Person.login.is_not(None), is_here),
        )
    )
    same = [row.id for row in people if name_key(row.name) == name_key(name)]
    if len(same) > 1:
        raise Invalid(
            field="spoken_name", problem=N_("Several here are called that. Add a letter.")
        )
    return same[0] if same else None


def _spoken(work: Work, found: Proposal, name: str) -> int:
    known = work.session.scalar(
        select(SpokenName.id).where(
            SpokenName.depot_id == work.depot_id,
            SpokenName.proposal_id == found.id,
            SpokenName.name_key == name_key(name),
        )
    )
    if known is not None:
        return known
    return work.session.execute(
        insert(SpokenName)
        .values(
            depot_id=work.depot_id,
            proposal_id=found.id,
            name=name,
            name_key=name_key(name),
            spoken_at=work.recorded_at,
        )
        .returning(SpokenName.id)
    ).scalar_one()
