"""What every volunteer may read: who may do what now, and how it came about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.kinds import RightCause, SettingKind
from depot.ledger.seal import GENESIS
from depot.models import (
    ApiToken,
    Membership,
    Person,
    Proposal,
    ProposalWording,
    RoleChange,
    SettingChange,
)


@dataclass(frozen=True, slots=True)
class RightRow:
    """A change of somebody's right, the last one in a list of rights."""

    seq: int
    person_id: int
    person: str
    before: str | None
    role: str | None
    since: datetime
    until: datetime | None
    #: Who decided it: a person's or a program's name; neither: whoever runs the program.
    by: str | None
    cause: RightCause
    why: str
    #: The second person, where one had to agree.
    agreed_by: str | None = None
    #: Whether they could, and can, read who signed in at hand-outs.
    could_read_names: bool = False
    reads_names: bool = False
    #: What was agreed to, by which it was decided: its number and what it says it is about.
    proposal_id: int | None = None
    proposal: str | None = None


_second = aliased(Person)
_by = aliased(Person)
_ROWS: Final[Select[*tuple[Any, ...]]] = (
    select(
        RoleChange.seq,
        RoleChange.person_id,
        Person.name,
        RoleChange.role_before,
        RoleChange.role_after,
        RoleChange.changed_at,
        RoleChange.until_at,
        func.coalesce(_by.name, ApiToken.name),
        RoleChange.cause,
        RoleChange.why,
        _second.name,
        RoleChange.names_before,
        RoleChange.names_after,
        RoleChange.proposal_id,
        ProposalWording.title,
    )
    .join(Person, Person.id == RoleChange.person_id)
    .outerjoin(_by, _by.id == RoleChange.by_id)
    .outerjoin(_second, _second.id == RoleChange.agreed_by_id)
    .outerjoin(
        Proposal,
        (Proposal.depot_id == RoleChange.depot_id) & (Proposal.id == RoleChange.proposal_id),
    )
    .outerjoin(
        ProposalWording,
        (ProposalWording.depot_id == Proposal.depot_id)
        & (ProposalWording.proposal_id == Proposal.id)
        & (ProposalWording.version == Proposal.version),
    )
    .outerjoin(
        ApiToken,
        (ApiToken.id == RoleChange.token_id) & (ApiToken.depot_id == RoleChange.depot_id),
    )
)


def rights(session: Session, depot_id: int, now: datetime) -> list[RightRow]:
    """Return who may do what in the depot now, by name."""
    last = (
        select(func.max(RoleChange.seq))
        .where(RoleChange.depot_id == depot_id, RoleChange.person_id == Membership.person_id)
        .correlate(Membership)
        .scalar_subquery()
    )
    here = _ROWS.join(Membership, Membership.person_id == RoleChange.person_id).where(
        Membership.depot_id == depot_id,
        Membership.ended_at.is_(None),
        RoleChange.depot_id == depot_id,
        RoleChange.seq == last,
        or_(RoleChange.until_at.is_(None), RoleChange.until_at > now),
    )
    return [RightRow(*row) for row in session.execute(here.order_by(Person.name, Person.id))]


def right_changes(
    session: Session, depot_id: int, before: int | None, limit: int
) -> list[RightRow]:
    """Return changes of rights in the depot, the newest first."""
    statement = _ROWS.where(RoleChange.depot_id == depot_id)
    if before is not None:
        statement = statement.where(RoleChange.seq < before)
    rows = session.execute(statement.order_by(RoleChange.seq.desc()).limit(limit))
    return [RightRow(*row) for row in rows]


def last_seal(session: Session, depot_id: int) -> str:
    """Return the seal of the depot's last change of rights: it stands for all before."""
    found = session.scalar(
        select(RoleChange.seal)
        .where(RoleChange.depot_id == depot_id)
        .order_by(RoleChange.seq.desc())
        .limit(1)
    )
    return found or GENESIS


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What stood in a field, and what stands there now."""

    name: str
    before: str | int | bool | None
    after: str | int | bool | None


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A change of what the depot is set to."""

    id: int
    kind: SettingKind
    subject: str
    fields: tuple[FieldChange, ...]
    by: str | None
    at: datetime
    #: The second person, where one had to agree.
    agreed_by: str | None = None
    why: str = ""


_SETTINGS: Final[Select[*tuple[Any, ...]]] = (
    select(
        SettingChange.id,
        SettingChange.kind,
        SettingChange.subject,
        SettingChange.fields,
        func.coalesce(_by.name, ApiToken.name),
        SettingChange.changed_at,
        _second.name,
        SettingChange.why,
    )
    .outerjoin(_second, _second.id == SettingChange.agreed_by_id)
    .outerjoin(_by, _by.id == SettingChange.by_id)
    .outerjoin(
        ApiToken,
        (ApiToken.id == SettingChange.token_id) & (ApiToken.depot_id == SettingChange.depot_id),
    )
)


def setting_changes(
    session: Session, depot_id: int, before: int | None, limit: int
) -> list[SettingRow]:
    """Return changes of what the depot is set to, the newest first."""
    statement = _SETTINGS.where(SettingChange.depot_id == depot_id)
    if before is not None:
        statement = statement.where(SettingChange.id < before)
    return _setting_rows(session, statement.order_by(SettingChange.id.desc()).limit(limit))


def setting_changes_after(
    session: Session, depot_id: int, after: int, limit: int
) -> list[SettingRow]:
    """Return changes of what the depot is set to, in their order, those after that number."""
    statement = _SETTINGS.where(SettingChange.depot_id == depot_id, SettingChange.id > after)
    return _setting_rows(session, statement.order_by(SettingChange.id).limit(limit))


def _setting_rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[SettingRow]:
    return [
        SettingRow(
            number,
            kind,
            subject,
            tuple(FieldChange(*one) for one in json.loads(fields)),
            by,
            at,
            agreed_by,
            why,
        )
        for number, kind, subject, fields, by, at, agreed_by, why in session.execute(statement)
    ]
