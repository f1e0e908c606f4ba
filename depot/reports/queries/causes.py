"""What a period and the one before are compared by: flows by item, gifts by donor, people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Select, case, func, literal_column, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.periods import Period, day_begins
from depot.db.columns import key_of
from depot.items.queries.item_facts import item_facts
from depot.models import DayTotal, Partner, StockEntry, StockMove
from depot.models.ledger import is_undone
from depot.reports.queries.sides import people_helped
from depot.reports.sums.causes import TOLD, Compared, FlowsOfTwo, compare_flows

_THIS: Final[Any] = literal_column("1")


def read_causes(session: Session, depot: DepotView, period: Period) -> Compared:
    """Return why a period differs from the one before (four statements)."""
    before = period.moved(-1)
    flows = {
        (bool(is_this), str(flow), item_id): int(quantity)
        for is_this, flow, item_id, quantity in session.execute(_flows(depot.id, before, period))
    }
    given = {
        (bool(is_this), donor, item_id): int(quantity)
        for is_this, donor, item_id, quantity in session.execute(_given(depot, before, period))
    }
    people = people_helped(session, depot.id, before)
    households = sum(one.households for one in people) if people else None
    found = FlowsOfTwo(flows, given, households)
    return compare_flows(found, item_facts(session, depot.id))


def _flows(depot_id: int, before: Period, period: Period) -> Select[*tuple[Any, ...]]:
    is_this = case((DayTotal.day >= period.first, 1), else_=0).label("is_this")
    statement: Select[*tuple[Any, ...]] = (
        select(is_this, DayTotal.flow, DayTotal.item_id, func.sum(DayTotal.quantity))
        .where(DayTotal.depot_id == depot_id, DayTotal.flow.in_(TOLD))
        .where(DayTotal.day >= before.first, DayTotal.day <= period.last)
        .group_by(_THIS, DayTotal.flow, DayTotal.item_id)
    )
    return statement


def _given(depot: DepotView, before: Period, period: Period) -> Select[*tuple[Any, ...]]:
    """Return the statement for what named donors gave; what was undone is as if never given."""
    is_this = case((StockEntry.occurred_on >= period.first, 1), else_=0).label("is_this")
    statement: Select[*tuple[Any, ...]] = (
        select(is_this, Partner.name, StockMove.item_id, func.sum(StockMove.quantity))
        .join(StockMove, StockMove.entry_id == StockEntry.id)
        .join(Partner, Partner.id == StockEntry.partner_id)
        .where(
            StockEntry.depot_id == depot.id,
            StockEntry.kind == "receipt",
            StockEntry.occurred_at >= day_begins(before.first, depot.time_zone),
            StockEntry.occurred_at < day_begins(period.last + timedelta(days=1), depot.time_zone),
            ~is_undone(),
        )
        .group_by(_THIS, *key_of(Partner), Partner.name, StockMove.item_id)
    )
    return statement
