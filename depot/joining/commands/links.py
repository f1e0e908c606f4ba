"""The link on the wall: made, changed at once, closed. For coordinators.

Its secret is made from the command's id (docs/adr/0015): it can be shown and printed again, and the
database holds only its digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.secrets import command_secret, secret_hash
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import JoinLink
from depot.people.access_journal import note

LASTS_DAYS: Final = 30
LONGEST_DAYS: Final = 366
USES: Final = 200
MOST_USES: Final = 5000
#: No invitation's secret has a point in it, so that one address serves both.
_MARK: Final = "w."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenJoinLink:
    """Hang up a new link; the one it `replaces` ends at once.

    It ends at `ends_at`, or after so many `days`; said neither, after thirty.
    """

    command_id: UUID
    ends_at: datetime | None = None
    days: int | None = None
    uses_max: int = USES
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseJoinLink:
    """Nobody is to join by a link any more; who joined stays."""

    command_id: UUID
    link_id: int = 0


def join_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret of the link that an `OpenJoinLink` makes: the same for the same command."""
    return _MARK + command_secret(secret_key, "join link", depot_id, command_id)


def open_join_link(
    command: OpenJoinLink, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Make a link by which people join until it ends. `join_secret` is the secret of its address.

    Raises Forbidden, Invalid for an end that is over or more than a year away, or for a number of
    people that is none; NotFound for a link to replace that is not the depot's.
    """
    need_coordinator(actor)
    secret = join_secret(secret_key, actor.depot_id, command.command_id)
    return run_once(command, actor, clock, lambda asked, work: _open(asked, work, secret), SavedId)


def _open(command: OpenJoinLink, work: Work, secret: str) -> SavedId:
    ends_at = command.ends_at or _after(command.days, work)
    if ends_at.tzinfo is None:
        raise Invalid(field="ends_at", problem=N_("The time needs its time zone."))
    if not work.recorded_at < ends_at <= work.recorded_at + timedelta(days=LONGEST_DAYS):
        raise Invalid(field="ends_at", problem=N_("Choose a day from today on, within a year."))
    if not 1 <= command.uses_max <= MOST_USES:
        raise Invalid(field="uses_max", problem=N_("Choose a number from 1 to 5000."))
    if command.replaces is not None:
        _close(work, command.replaces)
    made = work.session.execute(
        insert(JoinLink)
        .values(
            depot_id=work.depot_id,
            command_id=work.command_id,
            secret_hash=secret_hash(secret),
            uses_max=command.uses_max,
            uses=0,
            created_by_id=work.actor.person_id,
            created_at=work.recorded_at,
            ends_at=ends_at,
        )
        .returning(JoinLink.id)
    ).scalar_one()
    note(work, "invited", "helper")
    return SavedId(id=made)


def _after(days: int | None, work: Work) -> datetime:
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise Invalid(field="days", problem=N_("Choose from 1 to 366 days."))
    return work.recorded_at + timedelta(days=LASTS_DAYS if days is None else days)


def close_join_link(
    command: CloseJoinLink, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Close a link of the actor's depot, now. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, lambda asked, work: _close(work, asked.link_id), SavedId)


def _close(work: Work, link_id: int) -> SavedId:
    found = work.session.get(JoinLink, link_id) if 0 < link_id < 2**63 else None
    if found is None or found.depot_id != work.depot_id:
        raise NotFound(what=N_("join link"), name=link_id)
    closed = work.session.execute(
        update(JoinLink)
        .where(JoinLink.id == link_id, JoinLink.closed_at.is_(None))
        .values(closed_at=work.recorded_at)
        .returning(JoinLink.id)
        .execution_options(synchronize_session=False)
    )
    if closed.all():
        note(work, "invitation_revoked", "helper")
    return SavedId(id=link_id)
