"""One proposal with all its words, what each says to them, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.kinds import ResponseKind
from depot.decisions.consent import Said, asked_again, counts, objections, present
from depot.decisions.proposed import role_at_raising, said_of
from depot.decisions.queries.lists import ROWS, OpenRow, ProposalRow, open_row
from depot.models import (
    ApiToken,
    Person,
    Proposal,
    ProposalResponse,
    ProposalReview,
    ProposalWording,
    SpokenName,
)

#: Ids as a column takes them.
_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What somebody said, and what it means."""

    number: int
    #: None: a name that was spoken and is forgotten by now.
    name: str | None
    kind: ResponseKind
    text: str
    said_at: datetime
    version: int
    #: Whether it is what they say to the present words.
    is_present: bool
    counts: bool
    #: Who wrote it down, where they did not themselves.
    recorded_by: str | None
    #: Whether it came here after the proposal was settled.
    came_late: bool


@dataclass(frozen=True, slots=True)
class WordingRow:
    """What a proposal said before."""

    version: int
    title: str
    text: str
    worded_at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """That it was looked at again."""

    text: str
    review_on: date | None
    looked_at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """Everything that is known of a proposal."""

    row: ProposalRow
    state: OpenRow
    worded_at: datetime
    #: What each says now, objections first, in the order in which they began to speak.
    answers: tuple[AnswerRow, ...]
    #: What was said before that: to other words, or otherwise since.
    earlier: tuple[AnswerRow, ...]
    standing: tuple[AnswerRow, ...]
    asked_again: tuple[AnswerRow, ...]
    wordings: tuple[WordingRow, ...]
    reviews: tuple[ReviewRow, ...]
    #: What it was replaced by: number and title.
    replaced_by: tuple[tuple[int, str], ...]

    @property
    def is_in_force(self) -> bool:
        return self.row.outcome == "agreed" and not self.replaced_by


def find_proposal_view(
    session: Session, who: Actor, proposal_id: int, today: date
) -> ProposalView | None:
    """Return a proposal of the depot; None where there is none of that number."""
    if not 0 < proposal_id <= _LARGEST_ID:
        return None
    of = (Proposal.depot_id == who.depot_id, Proposal.id == proposal_id)
    found = session.execute(ROWS.where(*of)).one_or_none()
    if found is None:
        return None
    row = ProposalRow(*found)
    wordings = _wordings(session, who.depot_id, proposal_id)
    answers, said = _answers(session, who.depot_id, row)
    now = {one.number for one in present(said, row.version)}
    return ProposalView(
        row=row,
        state=open_row(row, said, who.person_id, today),
        worded_at=wordings[-1].worded_at,
        answers=_loudest(one for one in answers.values() if one.number in now),
        earlier=tuple(one for number, one in answers.items() if number not in now),
        standing=_of(answers, objections(said, row.version, row.about_id)),
        asked_again=_of(answers, asked_again(said, row.version, row.about_id)),
        wordings=tuple(wordings[:-1]),
        reviews=_reviews(session, who.depot_id, proposal_id),
        replaced_by=_replaced_by(session, who.depot_id, proposal_id),
    )


def _of(answers: dict[int, AnswerRow], said: Sequence[Said]) -> tuple[AnswerRow, ...]:
    return tuple(answers[one.number] for one in said)


def _loudest(answers: Iterable[AnswerRow]) -> tuple[AnswerRow, ...]:
    order = ("objection", "concern", "consent")
    return tuple(sorted(answers, key=lambda one: order.index(one.kind)))


def _wordings(session: Session, depot_id: int, proposal_id: int) -> list[WordingRow]:
    rows = session.execute(
        select(
            ProposalWording.version,
            ProposalWording.title,
            ProposalWording.text,
            ProposalWording.worded_at,
            func.coalesce(Person.name, ApiToken.name),
        )
        .outerjoin(Person, Person.id == ProposalWording.worded_by_id)
        .outerjoin(
            ApiToken,
            (ApiToken.id == ProposalWording.worded_token_id)
            & (ApiToken.depot_id == ProposalWording.depot_id),
        )
        .where(ProposalWording.depot_id == depot_id, ProposalWording.proposal_id == proposal_id)
        .order_by(ProposalWording.version)
    )
    return [WordingRow(*row) for row in rows]


def _answers(
    session: Session, depot_id: int, row: ProposalRow
) -> tuple[dict[int, AnswerRow], list[Said]]:
    writer = aliased(Person)
    rows = session.execute(
        select(
            ProposalResponse,
            role_at_raising(),
            func.coalesce(Person.name, SpokenName.name),
            func.coalesce(writer.name, ApiToken.name),
        )
        .join(
            Proposal,
            (Proposal.depot_id == ProposalResponse.depot_id)
            & (Proposal.id == ProposalResponse.proposal_id),
        )
        .outerjoin(Person, Person.id == ProposalResponse.person_id)
        .outerjoin(
            SpokenName,
            (SpokenName.id == ProposalResponse.spoken_name_id)
            & (SpokenName.depot_id == ProposalResponse.depot_id),
        )
        .outerjoin(writer, writer.id == ProposalResponse.recorded_by_id)
        .outerjoin(
            ApiToken,
            (ApiToken.id == ProposalResponse.recorded_token_id)
            & (ApiToken.depot_id == ProposalResponse.depot_id),
        )
        .where(ProposalResponse.depot_id == depot_id, ProposalResponse.proposal_id == row.id)
        .order_by(ProposalResponse.id)
    ).all()
    told = [(one, said_of(one, role), name, by) for one, role, name, by in rows]
    said = [one for _row, one, _name, _by in told]
    now = {one.number for one in present(said, row.version)}
    answers = {
        one.id: AnswerRow(
            number=one.id,
            name=name,
            kind=one.kind,
            text=one.text,
            said_at=one.said_at,
            version=one.version,
            is_present=one.id in now,
            counts=counts(known, row.about_id),
            recorded_by=None if known.is_own else by,
            came_late=row.settled_at is not None and one.recorded_at > row.settled_at,
        )
        for one, known, name, by in told
    }
    return answers, said


def _reviews(session: Session, depot_id: int, proposal_id: int) -> tuple[ReviewRow, ...]:
    rows = session.execute(
        select(
            ProposalReview.text,
            ProposalReview.review_on,
            ProposalReview.looked_at,
            func.coalesce(Person.name, ApiToken.name),
        )
        .outerjoin(Person, Person.id == ProposalReview.looked_by_id)
        .outerjoin(
            ApiToken,
            (ApiToken.id == ProposalReview.looked_token_id)
            & (ApiToken.depot_id == ProposalReview.depot_id),
        )
        .where(ProposalReview.depot_id == depot_id, ProposalReview.proposal_id == proposal_id)
        .order_by(ProposalReview.id)
    )
    return tuple(ReviewRow(*row) for row in rows)


def _replaced_by(session: Session, depot_id: int, proposal_id: int) -> tuple[tuple[int, str], ...]:
    rows = session.execute(
        select(Proposal.id, ProposalWording.title)
        .join(
            ProposalWording,
            (ProposalWording.depot_id == Proposal.depot_id)
            & (ProposalWording.proposal_id == Proposal.id)
            & (ProposalWording.version == Proposal.version),
        )
        .where(
            Proposal.depot_id == depot_id,
            Proposal.replaces_id == proposal_id,
            Proposal.outcome == "agreed",
        )
        .order_by(Proposal.id)
    )
    return tuple((row.id, row.title) for row in rows)
