"""What stands beside a report's stock figures: events, people, late entries, what was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import local_day
from depot.base.kinds import FlowKind
from depot.base.periods import Period, day_begins
from depot.db.columns import Day
from depot.models import DayTotal, DistributionEvent, Lot, PeopleCount, StockBalance, StockEntry
from depot.reports.sums.assemble import DatedStock, EventFacts, PeopleSums
from depot.reports.sums.report import ComparedFlows

_COMPARED: Final = ComparedFlows._fields
_DEPOT: Final[BindParameter[int]] = bindparam("depot")
_FIRST: Final[BindParameter[date]] = bindparam("first", type_=Day)
_LAST: Final[BindParameter[date]] = bindparam("last", type_=Day)
#: Reports are compared with as many periods before as there are, up to a dozen or so.
_MOST_KEPT: Final = 64


def people_helped(session: Session, depot_id: int, period: Period) -> list[PeopleSums]:
    """Return the people of the period by event; counts undone are as if never made.

    Added up, a count and its undoing would be a zero where nobody was asked. Both are looked up
    row by row, so that the entries of all years, most of which undo nothing, are not gone through.
    """
    asked = {"depot": depot_id, "first": period.first, "last": period.last}
    rows = session.connection().execute(_helped(), asked)
    return [
        PeopleSums(row[0], int(row[1]), *(None if n is None else int(n) for n in row[2:]))
        for row in rows
    ]


# Asked with every report, and put together once.


@cache
def _helped() -> Select[*tuple[Any, ...]]:
    """Return the statement for the people of :depot from :first to :last, by event."""
    c = PeopleCount
    ages = (c.adults, c.children, c.seniors)
    asked = or_(*(age.is_not(None) for age in ages))
    statement: Select[*tuple[Any, ...]] = (
        select(
            c.event_id,
            func.sum(c.households),
            *(func.sum(age) for age in ages),
            func.sum(c.new_households),
            func.sum(case((asked, c.households))),
            func.sum(case((c.new_households.is_not(None), c.households))),
        )
        .where(c.depot_id == _DEPOT, c.occurred_on >= _FIRST, c.occurred_on <= _LAST)
        .where(~exists().where(StockEntry.reverses_id == c.entry_id))
        .where(~exists().where(StockEntry.id == c.entry_id, StockEntry.reverses_id.is_not(None)))
        .group_by(c.event_id)
        .order_by(c.event_id)
    )
    return statement


def event_facts(session: Session, depot: DepotView, ids: Iterable[int]) -> dict[int, EventFacts]:
    """Return the names and days of those events, in the order in which they were held."""
    wanted = [event_id for event_id in ids if event_id]
    if not wanted:
        return {}
    rows = session.execute(
        select(DistributionEvent.id, DistributionEvent.name, DistributionEvent.starts_at)
        .where(DistributionEvent.depot_id == depot.id, DistributionEvent.id.in_(wanted))
        .order_by(DistributionEvent.starts_at, DistributionEvent.id)
    )
    zone = depot.time_zone
    return {key: EventFacts(name, local_day(at, zone)) for key, name, at in rows}


def late_entries(
    session: Session, depot: DepotView, period: Period, until_seq: int | None = None
) -> int:
    """Return how many entries of the period were recorded when it was over.

    With `until_seq` only the book up to that line is read.
    """
    over = day_begins(period.last + timedelta(days=1), depot.time_zone)
    statement = (
        select(func.count())
        .select_from(StockEntry)
        .where(
            StockEntry.depot_id == depot.id,
            StockEntry.occurred_at >= day_begins(period.first, depot.time_zone),
            StockEntry.occurred_at < over,
            StockEntry.recorded_at >= over,
        )
    )
    if until_seq is not None:
        statement = statement.where(StockEntry.seq <= until_seq)
    return session.scalar(statement) or 0


def first_day(session: Session, depot_id: int) -> date | None:
    """Return the first day on which the depot did anything; None if it never did."""
    return session.scalar(select(func.min(DayTotal.day)).where(DayTotal.depot_id == depot_id))


def flows_before(
    session: Session, depot_id: int, periods: Sequence[Period]
) -> dict[tuple[int, FlowKind, int], int]:
    """Return what is compared of `periods` (one after another): quantities by (place, flow, item).

    They are signed as the stock feels them.
    """
    if not periods:
        return {}
    asked = {f"last_{number}": period.last for number, period in enumerate(periods)}
    whole = {"depot": depot_id, "first": periods[0].first, "last": periods[-1].last}
    rows = session.connection().execute(_flows_before(len(periods)), asked | whole)
    return {
        (number, flow, item_id): int(quantity)
        for number, flow, item_id, quantity in rows
        if quantity
    }


@lru_cache(maxsize=_MOST_KEPT)
def _flows_before(count: int) -> Select[*tuple[Any, ...]]:
    """Return the statement for so many periods, each ending :last_0 and so on."""
    which = case(
        *(
            (DayTotal.day <= bindparam(f"last_{number}", type_=Day), literal_column(str(number)))
            for number in range(count)
        ),
        else_=literal_column("-1"),
    ).label("number")
    statement: Select[*tuple[Any, ...]] = (
        select(which, DayTotal.flow, DayTotal.item_id, func.sum(DayTotal.quantity))
        .where(DayTotal.depot_id == _DEPOT, DayTotal.flow.in_(_COMPARED))
        .where(DayTotal.day >= _FIRST, DayTotal.day <= _LAST)
        .group_by(literal_column("1"), DayTotal.flow, DayTotal.item_id)
    )
    return statement


def dated_stock(session: Session, depot_id: int, latest: date) -> list[DatedStock]:
    """Return what lies here and bears a date up to `latest`, by item and date.

    A policy only ever makes the day later, so the package's own date bounds the search.
    """
    key = (Lot.item_id, Lot.date_kind, Lot.date_text, Lot.date_on)
    rows = session.execute(
        select(*key, func.sum(StockBalance.quantity))
        .join(Lot, Lot.id == StockBalance.lot_id)
        .where(StockBalance.depot_id == depot_id, Lot.date_on <= latest)
        .group_by(*key)
    )
    return [
        DatedStock(item_id, kind, text, on, int(quantity))
        for item_id, kind, text, on, quantity in rows
        if on is not None and quantity
    ]
