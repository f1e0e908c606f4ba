"""Making a calendar to subscribe to, making it anew, and ending it.

The secret is made from the command's id (docs/adr/0015): it can be shown again, and the database
holds only its digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden
from depot.base.secrets import command_secret, secret_hash
from depot.kernel.answers import Answer, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, need_member, run_once
from depot.models import CalendarFeed


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCalendar:
    """A calendar to subscribe to: one's own, or the depot's. The one before it ends at once."""

    command_id: UUID
    of_depot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCalendar:
    """Nobody reads the calendar any more."""

    command_id: UUID
    of_depot: bool = False


def calendar_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret of the calendar that an `OpenCalendar` makes."""
    return command_secret(secret_key, "calendar", depot_id, command_id)


def open_calendar(
    command: OpenCalendar, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Make a calendar's secret anew. `calendar_secret` is what its address has.

    Raises Forbidden for who helps for today only, for a program's own calendar, and for the depot's
    calendar unless the actor coordinates.
    """
    _need_right(actor, of_depot=command.of_depot)
    secret = calendar_secret(secret_key, actor.depot_id, command.command_id)
    return run_once(command, actor, clock, lambda asked, work: _open(asked, work, secret), SavedId)


def _open(command: OpenCalendar, work: Work, secret: str) -> SavedId:
    _end(work, of_depot=command.of_depot)
    made = work.session.execute(
        insert(CalendarFeed)
        .values(
            depot_id=work.depot_id,
            person_id=None if command.of_depot else work.actor.person_id,
            command_id=work.command_id,
            secret_hash=secret_hash(secret),
            created_at=work.recorded_at,
            created_by_id=work.actor.person_id,
        )
        .returning(CalendarFeed.id)
    ).scalar_one()
    return SavedId(id=made)


def close_calendar(command: CloseCalendar, actor: Actor, clock: Clock = utc_now) -> Outcome[Answer]:
    """End a calendar's secret, now. Raises Forbidden as `open_calendar` does."""
    _need_right(actor, of_depot=command.of_depot)
    return run_once(command, actor, clock, _close, Answer)


def _close(command: CloseCalendar, work: Work) -> Answer:
    _end(work, of_depot=command.of_depot)
    return Answer()


def _need_right(actor: Actor, *, of_depot: bool) -> None:
    need_member(actor)
    if of_depot:
        need_coordinator(actor)
    elif actor.person_id is None:
        raise Forbidden()


def _end(work: Work, *, of_depot: bool) -> None:
    work.session.execute(
        update(CalendarFeed)
        .where(CalendarFeed.ended_at.is_(None), _of(work, of_depot=of_depot))
        .values(ended_at=work.recorded_at)
        .execution_options(synchronize_session=False)
    )


def _of(work: Work, *, of_depot: bool) -> ColumnElement[bool]:
    whose = None if of_depot else work.actor.person_id
    return and_(
        CalendarFeed.depot_id == work.depot_id, CalendarFeed.person_id.is_not_distinct_from(whose)
    )
