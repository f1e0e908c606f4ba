"""Agencies: which there are, what they said of themselves, and whose a link is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.names import natural_sort_key
from depot.models import AgencyLink, AgencyStatement, Depot, Partner, Person
from depot.partners.fair_share import people_a_year


@dataclass(frozen=True, slots=True)
class Said:
    """What an agency said of itself on a day."""

    id: int
    people: int
    per: str
    needs: str
    said_on: date
    by_agency: bool
    #: Who wrote it down here; None where the agency did.
    by: str | None

    @property
    def people_a_year(self) -> int:
        return people_a_year(self.people, self.per)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency, what it said last, and since when its link is open."""

    partner_id: int
    name: str
    archived: bool
    said: Said | None
    link_since: datetime | None


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whose a link is: one agency of one depot, and what its pages are written in."""

    depot: DepotView
    partner_id: int
    name: str
    language: str


def list_agencies(session: Session, depot_id: int) -> list[AgencyRow]:
    """Return the depot's agencies by name (three statements)."""
    rows = session.execute(
        select(Partner.id, Partner.name, Partner.archived)
        .where(Partner.depot_id == depot_id, Partner.is_agency)
        .order_by(Partner.id)
    ).all()
    said = last_said(session, depot_id)
    open_links = session.execute(
        select(AgencyLink.partner_id, func.max(AgencyLink.created_at))
        .where(AgencyLink.depot_id == depot_id, AgencyLink.revoked_at.is_(None))
        .group_by(AgencyLink.partner_id)
    )
    links = {partner_id: since for partner_id, since in open_links}
    found = [
        AgencyRow(number, name, archived, said.get(number), links.get(number))
        for number, name, archived in rows
    ]
    return sorted(found, key=lambda row: (row.archived, natural_sort_key(row.name)))


def last_said(session: Session, depot_id: int) -> dict[int, Said]:
    """Return what each agency said last, by its id (one statement)."""
    newest = (
        select(func.max(AgencyStatement.id))
        .where(AgencyStatement.depot_id == depot_id)
        .group_by(AgencyStatement.partner_id)
    )
    rows = session.execute(_said(depot_id).where(AgencyStatement.id.in_(newest)))
    return {row.AgencyStatement.partner_id: _row(row) for row in rows}


def said_by(session: Session, depot_id: int, partner_id: int, limit: int = 20) -> list[Said]:
    """Return what an agency said of itself, the last first (one statement)."""
    rows = session.execute(
        _said(depot_id)
        .where(AgencyStatement.partner_id == partner_id)
        .order_by(AgencyStatement.id.desc())
        .limit(limit)
    )
    return [_row(row) for row in rows]


def link_since(session: Session, depot_id: int, partner_id: int) -> datetime | None:
    """Return since when an agency's link is open; None if it has none (one statement)."""
    return session.scalar(
        select(AgencyLink.created_at).where(
            AgencyLink.depot_id == depot_id,
            AgencyLink.partner_id == partner_id,
            AgencyLink.revoked_at.is_(None),
        )
    )


def find_link_holder(session: Session, token_hash: str) -> LinkHolder | None:
    """Return whose link has that hash; None if it ended, or its agency is one no more.

    One statement.
    """
    row = session.execute(
        select(AgencyLink.language, Partner.id, Partner.name, Depot)
        .join(Depot, Depot.id == AgencyLink.depot_id)
        .join(
            Partner,
            (Partner.depot_id == AgencyLink.depot_id) & (Partner.id == AgencyLink.partner_id),
        )
        .where(
            AgencyLink.token_hash == token_hash,
            AgencyLink.revoked_at.is_(None),
            Partner.is_agency,
            ~Partner.archived,
        )
    ).one_or_none()
    return None if row is None else LinkHolder(row.Depot.view(), row.id, row.name, row.language)


def _said(depot_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(AgencyStatement, Person.name)
        .outerjoin(Person, Person.id == AgencyStatement.person_id)
        .where(AgencyStatement.depot_id == depot_id)
    )


def _row(found: Any) -> Said:
    said: AgencyStatement = found.AgencyStatement
    return Said(
        said.id, said.people, said.per, said.needs, said.said_on, said.by_agency, found.name
    )
