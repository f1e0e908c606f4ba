"""What a period's report is made of, read in one statement from the totals and the balances."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from depot.base.dates import month_end
from depot.base.periods import EARLIEST_YEAR, LATEST_YEAR, Period
from depot.models import ChainHead, DayTotal, PeriodNet, StockBalance
from depot.reports.sums.figures import Part
from depot.reports.sums.tally import Count

_BEFORE, _FLOW, _AFTER, _NOW, _HEAD = "before", "flow", "after", "now", "head"


@dataclass(frozen=True, slots=True)
class Read:
    """The counts of a period by item, and the end of the depot's chain at that moment."""

    counts: dict[int, Count]
    seq: int
    seal: str


def read_period(session: Session, depot_id: int, period: Period) -> Read:
    """Return what was there, what happened and what was left, of every item of the depot."""
    counts: defaultdict[int, Count] = defaultdict(Count)
    seq, seal = 0, ""
    for source, item_id, flow, detail, event_id, total in session.execute(_all(depot_id, period)):
        quantity = int(total)
        if source == _HEAD:
            seq, seal = quantity, detail
        elif source == _BEFORE:
            counts[item_id].before += quantity
        elif source == _FLOW:
            counts[item_id].parts[Part(flow, detail, event_id)] = quantity
        else:
            counts[item_id].closing += quantity if source == _NOW else -quantity
    for count in counts.values():
        count.parts = {part: quantity for part, quantity in count.parts.items() if quantity}
    return Read(dict(counts), seq, seal)


def _all(depot_id: int, period: Period) -> CompoundSelect[Any]:
    day = DayTotal.day
    first_of_month, last_of_month = period.first.replace(day=1), _month_end(period.last)
    return union_all(
        _nets(_BEFORE, depot_id, _periods_before(period.first)),
        _days(_BEFORE, depot_id).where(day >= first_of_month, day < period.first),
        _flows(depot_id, period),
        _days(_AFTER, depot_id).where(day > period.last, day <= last_of_month),
        _nets(_AFTER, depot_id, _periods_after(period.last)),
        _balances(depot_id),
        _head(depot_id),
    )


def _columns(source: str, item: Any, total: Any) -> Select[Any]:
    return _select(literal(source), item, literal(""), literal(""), literal(0), func.sum(total))


def _select(*columns: Any) -> Select[Any]:
    """Select columns of whatever types: the parts of the union agree on them, not with a row."""
    return select(*columns)


def _days(source: str, depot_id: int) -> Select[Any]:
    return (
        _columns(source, DayTotal.item_id, DayTotal.quantity)
        .where(DayTotal.depot_id == depot_id)
        .group_by(DayTotal.item_id)
    )


def _nets(source: str, depot_id: int, periods: list[str]) -> Select[Any]:
    return (
        _columns(source, PeriodNet.item_id, PeriodNet.quantity)
        .where(PeriodNet.depot_id == depot_id, PeriodNet.period.in_(periods))
        .group_by(PeriodNet.item_id)
    )


def _balances(depot_id: int) -> Select[Any]:
    return (
        _columns(_NOW, StockBalance.item_id, StockBalance.quantity)
        .where(StockBalance.depot_id == depot_id)
        .group_by(StockBalance.item_id)
    )


def _flows(depot_id: int, period: Period) -> Select[Any]:
    kept = (DayTotal.item_id, DayTotal.flow, DayTotal.detail, DayTotal.event_id)
    within = and_(DayTotal.day >= period.first, DayTotal.day <= period.last)
    return (
        _select(literal(_FLOW), *kept, func.sum(DayTotal.quantity))
        .where(DayTotal.depot_id == depot_id, within)
        .group_by(*kept)
    )


def _head(depot_id: int) -> Select[Any]:
    """The chain's end rides along, so that the seal is that of these very figures."""
    columns = (literal(0), literal(""), ChainHead.seal, literal(0), ChainHead.seq)
    return _select(literal(_HEAD), *columns).where(ChainHead.depot_id == depot_id)


def _periods_before(day: date) -> list[str]:
    """The whole years before the day's, and the whole months of its year before its own.

    One year earlier than commands accept: that of an evening in the west when it was 2000 in UTC.
    """
    years = [f"{year:04}" for year in range(EARLIEST_YEAR - 1, day.year)]
    return years + [f"{day.year:04}-{month:02}" for month in range(1, day.month)]


def _periods_after(day: date) -> list[str]:
    years = [f"{year:04}" for year in range(day.year + 1, LATEST_YEAR + 2)]
    return years + [f"{day.year:04}-{month:02}" for month in range(day.month + 1, 13)]


def _month_end(day: date) -> date:
    return month_end(day.year, day.month)
