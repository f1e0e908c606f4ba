"""Finding proposals and what was said to them, for commands and queries alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.decisions.consent import Said, Voice
from depot.decisions.errors import NotForHelpers, NotInForce
from depot.kernel.once import Work
from depot.models import Proposal, ProposalResponse, ProposalWording, RoleChange

#: Ids as a column takes them.
_LARGEST_ID = 2**63 - 1


def need_voice(actor: Actor) -> None:
    """Raise NotForHelpers for who helps for today only."""
    if actor.is_helper:
        raise NotForHelpers()


def find_proposal(work: Work, proposal_id: int) -> Proposal:
    """Return a proposal of the depot as it is now. Raises NotFound."""
    found = None
    if 0 < proposal_id <= _LARGEST_ID:
        found = work.session.scalar(
            select(Proposal)
            .where(Proposal.depot_id == work.depot_id, Proposal.id == proposal_id)
            .execution_options(populate_existing=True)
        )
    if found is None:
        raise NotFound(what=N_("proposal"), name=str(proposal_id))
    return found


def wording_of(session: Session, proposal: Proposal) -> ProposalWording:
    """Return what a proposal says now."""
    return session.scalars(
        select(ProposalWording).where(
            ProposalWording.depot_id == proposal.depot_id,
            ProposalWording.proposal_id == proposal.id,
            ProposalWording.version == proposal.version,
        )
    ).one()


def need_in_force(work: Work, proposal_id: int) -> Proposal:
    """Return what was agreed to and nothing replaced. Raises NotFound, NotInForce."""
    found = find_proposal(work, proposal_id)
    later = aliased(Proposal)
    replaced = work.session.scalar(
        select(later.id)
        .where(
            later.depot_id == work.depot_id,
            later.replaces_id == found.id,
            later.outcome == "agreed",
        )
        .limit(1)
    )
    if found.outcome != "agreed" or replaced is not None:
        raise NotInForce(title=wording_of(work.session, found).title)
    return found


def role_at_raising() -> ColumnElement[str | None]:
    """Return what somebody was in the depot when the proposal was raised that they answered to.

    A helper's right that was over by then is none.
    """
    return (
        select(RoleChange.role_after)
        .where(
            RoleChange.depot_id == ProposalResponse.depot_id,
            RoleChange.person_id == ProposalResponse.person_id,
            RoleChange.changed_at <= Proposal.raised_at,
            or_(RoleChange.until_at.is_(None), RoleChange.until_at > Proposal.raised_at),
        )
        .order_by(RoleChange.seq.desc())
        .limit(1)
        .correlate(ProposalResponse, Proposal)
        .scalar_subquery()
    )


def said_to(session: Session, depot_id: int, ids: Sequence[int]) -> dict[int, list[Said]]:
    """Return what was said to each of the proposals, in the order in which it was written down."""
    rows = session.execute(
        select(ProposalResponse, role_at_raising())
        .join(
            Proposal,
            (Proposal.depot_id == ProposalResponse.depot_id)
            & (Proposal.id == ProposalResponse.proposal_id),
        )
        .where(ProposalResponse.depot_id == depot_id, ProposalResponse.proposal_id.in_(ids))
        .order_by(ProposalResponse.id)
    )
    found: defaultdict[int, list[Said]] = defaultdict(list)
    for row, role in rows:
        found[row.proposal_id].append(said_of(row, role))
    return found


def said_of(row: ProposalResponse, role: str | None) -> Said:
    """Return an answer as the rule reads it."""
    return Said(
        number=row.id,
        voice=_voice(row),
        version=row.version,
        kind=row.kind,
        said_at=row.said_at,
        role=role,
        is_own=row.person_id is not None and row.recorded_by_id == row.person_id,
    )


def _voice(row: ProposalResponse) -> Voice:
    if row.person_id is not None:
        return ("person", row.person_id)
    return ("spoken", row.spoken_name_id or 0)
