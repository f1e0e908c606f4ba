"""Rights are given, changed and taken here alone: the chain and its cache, in one breath."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.base.kinds import RightCause
from depot.base.text import N_
from depot.ledger.posting import lock_head
from depot.ledger.seal import GENESIS
from depot.models import Membership, Proposal, RoleChange
from depot.open_book.chain import Change, Right, seal_change


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What brings a change about, when, and who decided it; nobody: whoever runs the program."""

    cause: RightCause
    at: datetime
    by_id: int | None = None
    token_id: int | None = None
    why: str = ""
    #: The proposal that was agreed to, by which it was decided.
    proposal_id: int | None = None
    #: The second person, where one had to agree.
    agreed_by_id: int | None = None


def decided(
    actor: Actor, cause: RightCause, at: datetime, why: str = "", proposal_id: int | None = None
) -> Decision:
    """Return what the actor decides, or writes down as the group decided it."""
    return Decision(
        cause=cause,
        at=at,
        by_id=actor.person_id,
        token_id=actor.token_id,
        why=why,
        proposal_id=proposal_id,
        agreed_by_id=actor.agreed_by_id,
    )


def give_role(
    session: Session,
    depot_id: int,
    person_id: int,
    role: str | None,
    decision: Decision,
    until_at: datetime | None = None,
    *,
    reads_names: bool | None = None,
) -> None:
    """Let somebody be `role` in the depot from now on, None: nothing; in an open transaction.

    With `reads_names` they can read who signed in at hand-outs, or no more; None leaves that as it
    is, and it ends with their access and with being no more than a helper. What changes nothing,
    not even until when, is not written down. Raises NotFound for a decision by a proposal that was
    not agreed to here.
    """
    if decision.proposal_id is not None:
        _need_agreed(session, depot_id, decision.proposal_id)
    lock_head(session, depot_id)  # one after another: a chain has one end
    member = session.get(Membership, (person_id, depot_id), populate_existing=True)
    is_here = member is not None and member.ended_at is None
    before = Right(member.role, member.reads_names) if member is not None and is_here else None
    could = before is not None and before.reads_names
    can = role not in (None, "helper") and (could if reads_names is None else reads_names)
    after = None if role is None else Right(role, can)
    if before == after and (role is None or until_at == last_until(session, depot_id, person_id)):
        return
    _write(session, depot_id, person_id, (before, after), decision, until_at)
    if member is None:
        member = Membership(person_id=person_id, depot_id=depot_id, created_at=decision.at)
        session.add(member)
    member.reads_names = can
    if role is None:
        member.ended_at = decision.at
    else:
        member.role, member.ended_at = role, None
    session.flush()


def keep_for_good(session: Session, person_id: int, at: datetime) -> None:
    """Let a helper who takes a sign-in of their own be one without an end, in every depot."""
    helps = session.scalars(
        select(Membership.depot_id)
        .where(
            Membership.person_id == person_id,
            Membership.role == "helper",
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.depot_id)
    ).all()
    own = Decision(cause="own_sign_in", at=at, by_id=person_id)
    for depot_id in helps:
        give_role(session, depot_id, person_id, "helper", own)


def _need_agreed(session: Session, depot_id: int, proposal_id: int) -> None:
    found = None
    if 0 < proposal_id < 2**63:
        found = session.scalar(
            select(Proposal.id).where(
                Proposal.depot_id == depot_id,
                Proposal.id == proposal_id,
                Proposal.outcome == "agreed",
            )
        )
    if found is None:
        raise NotFound(field="proposal_id", what=N_("decision"), name=str(proposal_id))


def last_until(session: Session, depot_id: int, person_id: int) -> datetime | None:
    """Return until when the last right was given that somebody had in the depot."""
    return session.scalar(
        select(RoleChange.until_at)
        .where(
            RoleChange.depot_id == depot_id,
            RoleChange.person_id == person_id,
            RoleChange.role_after.is_not(None),
        )
        .order_by(RoleChange.seq.desc())
        .limit(1)
    )


def _write(
    session: Session,
    depot_id: int,
    person_id: int,
    rights: tuple[Right | None, Right | None],
    decision: Decision,
    until_at: datetime | None,
) -> None:
    end = session.execute(
        select(RoleChange.seq, RoleChange.seal)
        .where(RoleChange.depot_id == depot_id)
        .order_by(RoleChange.seq.desc())
        .limit(1)
    ).one_or_none()
    before, after = rights
    seq, seal = (0, GENESIS) if end is None else (end.seq, end.seal)
    change = Change(
        depot_id=depot_id,
        seq=seq + 1,
        person_id=person_id,
        role_before=before and before.role,
        role_after=after and after.role,
        names_before=before is not None and before.reads_names,
        names_after=after is not None and after.reads_names,
        cause=decision.cause,
        changed_at=decision.at,
        until_at=until_at,
        why=decision.why,
        by_id=decision.by_id,
        token_id=decision.token_id,
        proposal_id=decision.proposal_id,
        agreed_by_id=decision.agreed_by_id,
    )
    session.execute(insert(RoleChange).values(**asdict(change), seal=seal_change(seal, change)))
