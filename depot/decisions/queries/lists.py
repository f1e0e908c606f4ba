"""What is to be decided, what is in force on a day, and what is due to be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor, DepotView
from depot.base.kinds import ProposalOutcome
from depot.decisions.consent import Said, asked_again, objections, present
from depot.decisions.proposed import said_to
from depot.models import (
    ApiToken,
    Person,
    Proposal,
    ProposalResponse,
    ProposalReview,
    ProposalWording,
)

#: So many are shown at once.
MOST_OPEN: Final = 200


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in a list, with its present words."""

    id: int
    version: int
    title: str
    text: str
    raised_at: datetime
    #: A person's or a program's name.
    raised_by: str | None
    answer_by: date | None
    about: str | None
    outcome: ProposalOutcome | None
    outcome_text: str
    settled_at: datetime | None
    settled_by: str | None
    in_room_count: int | None
    review_on: date | None
    #: What it replaced, or would.
    replaces_id: int | None
    replaces: str | None
    about_id: int | None
    raised_by_id: int | None


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A proposal that is to be decided, and how it stands."""

    proposal: ProposalRow
    consents: int
    concerns: int
    objections: int
    #: Of those who objected to the words before and said nothing to these.
    asked_again: int
    #: What the reader says to it now.
    own: str | None
    #: Whether the day to answer by is past: it asks to be settled.
    is_past: bool
    #: Whether the reader raised it, which is an answer.
    is_own: bool

    @property
    def stands(self) -> bool:
        """Whether nothing keeps it from being agreed to."""
        return self.objections == 0


_raiser, _settler, _about = aliased(Person), aliased(Person), aliased(Person)
_raising, _settling = aliased(ApiToken), aliased(ApiToken)
_before = aliased(Proposal)
_words, _words_before = aliased(ProposalWording), aliased(ProposalWording)


def _worded(words: Any, proposal: Any) -> ColumnElement[bool]:
    return and_(
        words.depot_id == proposal.depot_id,
        words.proposal_id == proposal.id,
        words.version == proposal.version,
    )


ROWS: Final[Select[*tuple[Any, ...]]] = (
    select(
        Proposal.id,
        Proposal.version,
        _words.title,
        _words.text,
        Proposal.raised_at,
        func.coalesce(_raiser.name, _raising.name),
        Proposal.answer_by,
        _about.name,
        Proposal.outcome,
        Proposal.outcome_text,
        Proposal.settled_at,
        func.coalesce(_settler.name, _settling.name),
        Proposal.in_room_count,
        Proposal.review_on,
        Proposal.replaces_id,
        _words_before.title,
        Proposal.about_id,
        Proposal.raised_by_id,
    )
    .join(_words, _worded(_words, Proposal))
    .outerjoin(_raiser, _raiser.id == Proposal.raised_by_id)
    .outerjoin(_settler, _settler.id == Proposal.settled_by_id)
    .outerjoin(_about, _about.id == Proposal.about_id)
    .outerjoin(
        _raising,
        (_raising.id == Proposal.raised_token_id) & (_raising.depot_id == Proposal.depot_id),
    )
    .outerjoin(
        _settling,
        (_settling.id == Proposal.settled_token_id) & (_settling.depot_id == Proposal.depot_id),
    )
    .outerjoin(
        _before, (_before.id == Proposal.replaces_id) & (_before.depot_id == Proposal.depot_id)
    )
    .outerjoin(_words_before, _worded(_words_before, _before))
)


def to_decide(session: Session, who: Actor, today: date) -> list[OpenRow]:
    """Return what is to be decided: what asks to be settled first, then by the day to answer."""
    rows = session.execute(
        ROWS.where(Proposal.depot_id == who.depot_id, Proposal.settled_at.is_(None))
        .order_by(Proposal.answer_by.is_(None), Proposal.answer_by, Proposal.id)
        .limit(MOST_OPEN)
    )
    found = [ProposalRow(*row) for row in rows]
    said = said_to(session, who.depot_id, [row.id for row in found]) if found else {}
    return [open_row(row, said.get(row.id, []), who.person_id, today) for row in found]


def open_row(row: ProposalRow, said: Sequence[Said], person_id: int | None, today: date) -> OpenRow:
    """Return how a proposal stands."""
    now = present(said, row.version)
    kinds = [one.kind for one in now]
    own = next((one.kind for one in now if one.voice == ("person", person_id)), None)
    return OpenRow(
        row,
        kinds.count("consent"),
        kinds.count("concern"),
        len(objections(said, row.version, row.about_id)),
        len(asked_again(said, row.version, row.about_id)),
        own,
        row.answer_by is not None and row.answer_by < today,
        row.raised_by_id is not None and row.raised_by_id == person_id,
    )


def end_of(day: date, depot: DepotView) -> datetime:
    """Return the moment at which a day is over in the depot."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(depot.time_zone))


def _in_force(depot: DepotView, as_of: date) -> Select[*tuple[Any, ...]]:
    end = end_of(as_of, depot)
    later = aliased(Proposal)
    replaced = exists().where(
        later.depot_id == Proposal.depot_id,
        later.replaces_id == Proposal.id,
        later.outcome == "agreed",
        later.settled_at < end,
    )
    return ROWS.where(
        Proposal.depot_id == depot.id,
        Proposal.outcome == "agreed",
        Proposal.settled_at < end,
        ~replaced,
    )


def agreements(
    session: Session, depot: DepotView, as_of: date, after: int | None, limit: int
) -> list[ProposalRow]:
    """Return what was in force at the end of that day, in the order of their numbers."""
    statement = _in_force(depot, as_of)
    if after is not None:
        statement = statement.where(Proposal.id > after)
    rows = session.execute(statement.order_by(Proposal.id).limit(limit))
    return [ProposalRow(*row) for row in rows]


def agreed_titles(session: Session, depot: DepotView, today: date) -> list[tuple[int, str]]:
    """Return number and title of what is in force, the newest first, as a form offers it."""
    rows = session.execute(_in_force(depot, today).order_by(Proposal.id.desc()).limit(MOST_OPEN))
    return [(row.id, row.title) for row in (ProposalRow(*found) for found in rows)]


def due_for_review(session: Session, depot: DepotView, today: date) -> list[ProposalRow]:
    """Return what is to be looked at again: its day has come, or an objection came late."""
    found = _due(depot, today).order_by(Proposal.review_on, Proposal.id).limit(MOST_OPEN)
    return [ProposalRow(*row) for row in session.execute(found)]


def _due(depot: DepotView, today: date) -> Select[*tuple[Any, ...]]:
    return _in_force(depot, today).where(or_(Proposal.review_on <= today, late_objection()))


@dataclass(frozen=True, slots=True)
class AskingRow:
    """How many decisions ask for somebody: to answer, to be settled, to be looked at again."""

    unanswered: int
    past: int
    due: int

    @property
    def any(self) -> bool:
        return bool(self.unanswered or self.past or self.due)


def asking(session: Session, who: Actor, today: date) -> AskingRow:
    """Return what asks for the reader, or for anybody."""
    answered = exists().where(
        ProposalResponse.depot_id == Proposal.depot_id,
        ProposalResponse.proposal_id == Proposal.id,
        ProposalResponse.version == Proposal.version,
        ProposalResponse.person_id == who.person_id,
    )
    of_others = func.coalesce(Proposal.raised_by_id, 0) != (who.person_id or 0)
    is_open = (Proposal.depot_id == who.depot_id, Proposal.settled_at.is_(None))
    row = session.execute(
        select(
            select(func.count()).where(*is_open, of_others, ~answered).scalar_subquery(),
            select(func.count()).where(*is_open, Proposal.answer_by < today).scalar_subquery(),
            _due(who.depot, today)
            .with_only_columns(func.count(), maintain_column_froms=True)
            .scalar_subquery(),
        )
    ).one()
    return AskingRow(*row)


def late_objection() -> ColumnElement[bool]:
    """Whether an objection from before it was settled came here after, and nobody looked since."""
    looked = exists().where(
        ProposalReview.depot_id == ProposalResponse.depot_id,
        ProposalReview.proposal_id == ProposalResponse.proposal_id,
        ProposalReview.looked_at >= ProposalResponse.recorded_at,
    )
    return exists().where(
        ProposalResponse.depot_id == Proposal.depot_id,
        ProposalResponse.proposal_id == Proposal.id,
        ProposalResponse.version == Proposal.version,
        ProposalResponse.kind == "objection",
        ProposalResponse.recorded_at > Proposal.settled_at,
        ~looked,
    )


def settled(session: Session, depot_id: int, before: int | None, limit: int) -> list[ProposalRow]:
    """Return what was settled, whatever came of it, the newest proposals first."""
    statement = ROWS.where(Proposal.depot_id == depot_id, Proposal.settled_at.is_not(None))
    if before is not None:
        statement = statement.where(Proposal.id < before)
    rows = session.execute(statement.order_by(Proposal.id.desc()).limit(limit))
    return [ProposalRow(*row) for row in rows]


def open_proposals(
    session: Session, depot_id: int, after: int | None, limit: int
) -> list[ProposalRow]:
    """Return what is to be decided, in the order of their numbers."""
    statement = ROWS.where(Proposal.depot_id == depot_id, Proposal.settled_at.is_(None))
    if after is not None:
        statement = statement.where(Proposal.id > after)
    rows = session.execute(statement.order_by(Proposal.id).limit(limit))
    return [ProposalRow(*row) for row in rows]
