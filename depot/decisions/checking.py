"""Decisions computed again from what was said, and the rights that name them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from depot.decisions.consent import Said, objections
from depot.decisions.proposed import role_at_raising, said_of
from depot.models import Proposal, ProposalResponse, RoleChange


def broken_decisions(session: Session, depot_id: int) -> list[str]:
    """Return a sentence for each decision in spite of an objection, or right by no decision."""
    return [*_agreed_in_spite(session, depot_id), *_rights_by_none(session, depot_id)]


def _agreed_in_spite(session: Session, depot_id: int) -> list[str]:
    rows = session.execute(
        select(ProposalResponse, role_at_raising(), Proposal.version, Proposal.about_id)
        .join(
            Proposal,
            (Proposal.depot_id == ProposalResponse.depot_id)
            & (Proposal.id == ProposalResponse.proposal_id),
        )
        .where(
            Proposal.depot_id == depot_id,
            Proposal.outcome == "agreed",
            # what came later was not known when it was settled
            ProposalResponse.recorded_at <= Proposal.settled_at,
        )
        .order_by(ProposalResponse.id)
    )
    said: defaultdict[tuple[int, int, int | None], list[Said]] = defaultdict(list)
    for row, role, version, about_id in rows:
        said[row.proposal_id, version, about_id].append(said_of(row, role))
    found = []
    for (proposal_id, version, about_id), answers in said.items():
        standing = len(objections(answers, version, about_id))
        if standing:
            found.append(
                f"Proposal {proposal_id} is kept as agreed to, and {standing} objections to its"
                " words stand."
            )
    return found


def _rights_by_none(session: Session, depot_id: int) -> list[str]:
    rows = session.execute(
        select(RoleChange.seq, RoleChange.proposal_id)
        .outerjoin(
            Proposal,
            (Proposal.depot_id == RoleChange.depot_id) & (Proposal.id == RoleChange.proposal_id),
        )
        .where(
            RoleChange.depot_id == depot_id,
            RoleChange.proposal_id.is_not(None),
            or_(
                Proposal.id.is_(None),
                Proposal.outcome.is_(None),
                Proposal.outcome != "agreed",
                Proposal.settled_at > RoleChange.changed_at,
            ),
        )
        .order_by(RoleChange.seq)
    )
    return [
        f"Change {row.seq} of the open book names proposal {row.proposal_id}, which was not agreed"
        " to by then."
        for row in rows
    ]
