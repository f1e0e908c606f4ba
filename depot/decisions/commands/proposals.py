"""Raising a proposal, and putting it in other words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.decisions.errors import ProposalSettled, WordsChanged
from depot.decisions.proposed import find_proposal, need_in_force, need_voice, wording_of
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome, Work, run_once
from depot.models import Membership, Proposal, ProposalWording

MAX_TITLE: Final = 120
MAX_TEXT: Final = 4000
#: Nobody is asked further ahead.
_FARTHEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseProposal:
    """Something is to be decided by all.

    Without a day to answer by it is for the room: it is settled where people meet.
    """

    command_id: UUID
    title: str
    text: str
    answer_by: date | None = None
    #: Whom it is about.
    about_id: int | None = None
    #: What in force it would replace.
    replaces_id: int | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordProposal:
    """A proposal is to say something else; who objected to its words of before is asked again."""

    command_id: UUID
    proposal_id: int = 0
    #: Which wording it is instead of.
    version: int
    title: str
    text: str
    answer_by: date | None = None


def raise_proposal(command: RaiseProposal, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Put a proposal where everybody can read it.

    Raises NotForHelpers, Invalid for a day to answer by that is past or more than a year ahead,
    NotFound for somebody who is not in the depot, NotInForce for what cannot be replaced.
    """
    need_voice(actor)
    return run_once(command, actor, clock, _raise, Saved)


def reword_proposal(
    command: RewordProposal, actor: Actor, clock: Clock = utc_now
) -> Outcome[Saved]:
    """Put a proposal in other words, or give more time to answer to the same.

    Raises NotForHelpers, NotFound, ProposalSettled, WordsChanged, Invalid for a day that is past,
    or sooner than people were told.
    """
    need_voice(actor)
    return run_once(command, actor, clock, _reword, Saved)


def _raise(command: RaiseProposal, work: Work) -> Saved:
    _check_day(command.answer_by, work.occurred_on)
    if command.about_id is not None:
        _check_person(work, command.about_id)
    if command.replaces_id is not None:
        need_in_force(work, command.replaces_id)
    proposal_id = work.session.execute(
        insert(Proposal)
        .values(
            depot_id=work.depot_id,
            version=1,
            # when it stands where all can read it, whatever the phone's clock said
            raised_at=work.recorded_at,
            raised_by_id=work.actor.person_id,
            raised_token_id=work.actor.token_id,
            answer_by=command.answer_by,
            about_id=command.about_id,
            replaces_id=command.replaces_id,
            outcome_text="",
        )
        .returning(Proposal.id)
    ).scalar_one()
    _word(work, proposal_id, 1, command.title, command.text)
    return Saved(id=proposal_id, name=command.title)


def _word(work: Work, proposal_id: int, version: int, title: str, text: str) -> None:
    if not title or not text:
        field = "text" if title else "title"
        raise Invalid(field=field, problem=N_("Write something here."))
    work.session.execute(
        insert(ProposalWording).values(
            depot_id=work.depot_id,
            proposal_id=proposal_id,
            version=version,
            title=title,
            text=text,
            worded_at=work.recorded_at,
            worded_by_id=work.actor.person_id,
            worded_token_id=work.actor.token_id,
        )
    )


def _check_day(answer_by: date | None, today: date) -> None:
    if answer_by is not None and not today <= answer_by <= today + _FARTHEST:
        raise Invalid(field="answer_by", problem=N_("Choose a day from today on, within a year."))


def _check_person(work: Work, person_id: int) -> None:
    found = work.session.scalar(
        select(Membership.person_id).where(
            Membership.depot_id == work.depot_id,
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
        )
    )
    if found is None:
        raise NotFound(field="about_id", what=N_("person"), name=str(person_id))


def _reword(command: RewordProposal, work: Work) -> Saved:
    found = find_proposal(work, command.proposal_id)
    words = wording_of(work.session, found)
    if found.outcome is not None:
        raise ProposalSettled(title=words.title)
    if command.version != found.version:
        raise WordsChanged(title=words.title)
    if command.answer_by != found.answer_by:
        _check_day(command.answer_by, work.today)
        _check_time(command.answer_by, found.answer_by, work.today)
    version = found.version
    if (command.title, command.text) != (words.title, words.text):
        version += 1
        _word(work, found.id, version, command.title, command.text)
    work.session.execute(
        update(Proposal)
        .where(Proposal.depot_id == work.depot_id, Proposal.id == found.id)
        .values(version=version, answer_by=command.answer_by)
        .execution_options(synchronize_session=False)
    )
    return Saved(id=found.id, name=command.title)


def _check_time(wanted: date | None, told: date | None, today: date) -> None:
    """Nobody gets less time to answer than they were told."""
    if wanted is not None and told is not None and today <= told and wanted < told:
        raise Invalid(
            field="answer_by",
            problem=N_(
                "People were told that they have more time. Choose that day or a later one."
            ),
        )
