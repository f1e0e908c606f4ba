"""Agencies: the link to their own pages, and what they say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import insert, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.secrets import command_secret, secret_hash
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import AgencyLink, AgencyStatement
from depot.partners.fair_share import TIMES_A_YEAR
from depot.partners.request_state import need_agency

#: The role of who acts through an agency's link: neither a volunteer nor a coordinator.
AGENCY: Final = "agency"
MAX_PEOPLE: Final = 1_000_000
MAX_NEEDS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeAgencyLink:
    """An agency gets a link of its own; the one before ends."""

    command_id: UUID
    partner_id: int = 0
    #: What its pages are written in; empty: as the browser asks.
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAgencyLink:
    """An agency's link is to show nothing any more."""

    command_id: UUID
    partner_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StateAgency:
    """How many people an agency serves in a week or a month, and what it needs, from today on."""

    command_id: UUID
    partner_id: int = 0
    people: int
    per: str = "week"
    needs: str = ""


def agency_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret part of the link that a command makes: the same for the same command."""
    return command_secret(secret_key, "agency link", depot_id, command_id)


def make_agency_link(
    command: MakeAgencyLink, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Make the link of an agency and end those before. Raises Forbidden, NotFound, NotAnAgency."""
    need_coordinator(actor)
    secret = agency_secret(secret_key, actor.depot_id, command.command_id)
    return run_once(command, actor, clock, lambda asked, work: _make(asked, work, secret), SavedId)


def end_agency_link(
    command: EndAgencyLink, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """End an agency's link at once; it may have none. Raises Forbidden."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _end, SavedId)


def state_agency(command: StateAgency, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Keep what an agency says of itself, dated today; what it said before stays.

    Raises NotFound, NotAnAgency, Invalid, and Forbidden for a volunteer.
    """
    if actor.role != AGENCY:
        need_coordinator(actor)
    return run_once(command, actor, clock, _state, SavedId)


def _make(command: MakeAgencyLink, work: Work, secret: str) -> SavedId:
    need_agency(work, command.partner_id)
    _revoke(work, command.partner_id)
    made = work.session.execute(
        insert(AgencyLink)
        .values(
            depot_id=work.depot_id,
            partner_id=command.partner_id,
            token_hash=secret_hash(secret),
            language=command.language,
            created_by_id=work.actor.person_id,
            created_at=work.recorded_at,
        )
        .returning(AgencyLink.id)
    ).scalar_one()
    return SavedId(id=made)


def _end(command: EndAgencyLink, work: Work) -> SavedId:
    _revoke(work, command.partner_id)
    return SavedId(id=command.partner_id)


def _revoke(work: Work, partner_id: int) -> None:
    work.session.execute(
        update(AgencyLink)
        .where(
            AgencyLink.depot_id == work.depot_id,
            AgencyLink.partner_id == partner_id,
            AgencyLink.revoked_at.is_(None),
        )
        .values(revoked_at=work.recorded_at)
        .execution_options(synchronize_session=False)
    )


def _state(command: StateAgency, work: Work) -> SavedId:
    need_agency(work, command.partner_id)
    if not 0 <= command.people <= MAX_PEOPLE:
        raise Invalid(field="people", problem=N_("That number cannot be right."))
    if command.per not in TIMES_A_YEAR:
        raise Invalid(field="per", problem=N_("Choose a week or a month."))
    if len(command.needs) > MAX_NEEDS:
        raise Invalid(field="needs", problem=N_("That is too long."))
    made = work.session.execute(
        insert(AgencyStatement)
        .values(
            depot_id=work.depot_id,
            partner_id=command.partner_id,
            people=command.people,
            per=command.per,
            needs=command.needs,
            said_on=work.today,
            recorded_at=work.recorded_at,
            by_agency=work.actor.role == AGENCY,
            person_id=work.actor.person_id,
        )
        .returning(AgencyStatement.id)
    ).scalar_one()
    return SavedId(id=made)
