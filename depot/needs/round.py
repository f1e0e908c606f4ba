"""Keeping the list of needs that everybody reads in step with the figures."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import Clock, local_day, utc_now
from depot.db.transaction import end_read
from depot.models import Depot, NeedsSetting
from depot.models.item_names import naming_in
from depot.needs.commands import note_needs_list
from depot.needs.queries.needs import list_needs
from depot.needs.queries.shown import list_content, needs_settings


def renew_needs_list(
    session: Session, depot: DepotView, *, at_once: bool = False, clock: Clock = utc_now
) -> bool:
    """Work the depot's needs out and show them if they changed; return whether they did.

    `at_once` is for a coordinator's own change; otherwise a young list stays as it is.
    """
    if not needs_settings(session, depot.id).any_on:
        return False
    today = local_day(clock(), depot.time_zone)
    with naming_in(""):  # it is kept for everybody; `in_readers_words` calls things as they do
        content = list_content(list_needs(session, depot.id, today))
    end_read()
    return note_needs_list(depot.id, content, at_once=at_once, clock=clock)


def renew_all_lists(session: Session, clock: Clock = utc_now) -> int:
    """Renew the list of every depot that shows one; return how many changed."""
    rows = session.scalars(
        select(Depot).join(NeedsSetting, NeedsSetting.depot_id == Depot.id).order_by(Depot.id)
    )
    depots = [row.view() for row in rows]
    return sum(renew_needs_list(session, depot, clock=clock) for depot in depots)
