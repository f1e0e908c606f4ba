"""What a period's report is made of, read in one statement from the totals and the balances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from depot.base.dates import month_end
from depot.base.periods import EARLIEST_YEAR, LATEST_YEAR, Period
from depot.db.columns import Day
from depot.models import ChainHead, DayTotal, PeriodNet, StockBalance
from depot.reports.sums.figures import Part
from depot.reports.sums.tally import Count

_BEFORE, _FLOW, _AFTER, _NOW, _HEAD = "before", "flow", "after", "now", "head"
_DEPOT: Final[BindParameter[int]] = bindparam("depot")


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
    for source, item_id, flow, detail, event_id, total in _rows(session, depot_id, period):
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


def _rows(session: Session, depot_id: int, period: Period) -> Iterable[Any]:
    asked = {
        "depot": depot_id,
        "first_of_month": period.first.replace(day=1),
        "first": period.first,
        "last": period.last,
        "last_of_month": _month_end(period.last),
        "before": _periods_before(period.first),
        "after": _periods_after(period.last),
    }
    return session.connection().execute(_all(), asked)


@cache
def _all() -> CompoundSelect[Any]:
    """Return the statement, put together once; its values have the names of `_rows`."""
    day = DayTotal.day
    return union_all(
        _nets(_BEFORE, "before"),
        _days(_BEFORE).where(day >= _day("first_of_month"), day < _day("first")),
        _flows(),
        _days(_AFTER).where(day > _day("last"), day <= _day("last_of_month")),
        _nets(_AFTER, "after"),
        _balances(),
        _head(),
    )


def _day(name: str) -> BindParameter[date]:
    return bindparam(name, type_=Day)


def _columns(source: str, item: Any, total: Any) -> Select[Any]:
    return _select(literal(source), item, literal(""), literal(""), literal(0), func.sum(total))


def _select(*columns: Any) -> Select[Any]:
    """Select columns of whatever types: the parts of the union agree on them, not with a row."""
    return select(*columns)


def _days(source: str) -> Select[Any]:
    return (
        _columns(source, DayTotal.item_id, DayTotal.quantity)
        .where(DayTotal.depot_id == _DEPOT)
        .group_by(DayTotal.item_id)
    )


def _nets(source: str, periods: str) -> Select[Any]:
    return (
        _columns(source, PeriodNet.item_id, PeriodNet.quantity)
        .where(
            PeriodNet.depot_id == _DEPOT, PeriodNet.period.in_(bindparam(periods, expanding=True))
        )
        .group_by(PeriodNet.item_id)
    )


def _balances() -> Select[Any]:
    return (
        _columns(_NOW, StockBalance.item_id, StockBalance.quantity)
        .where(StockBalance.depot_id == _DEPOT)
        .group_by(StockBalance.item_id)
    )


def _flows() -> Select[Any]:
    kept = (DayTotal.item_id, DayTotal.flow, DayTotal.detail, DayTotal.event_id)
    within = and_(DayTotal.day >= _day("first"), DayTotal.day <= _day("last"))
    return (
        _select(literal(_FLOW), *kept, func.sum(DayTotal.quantity))
        .where(DayTotal.depot_id == _DEPOT, within)
        .group_by(*kept)
    )


def _head() -> Select[Any]:
    """The chain's end rides along, so that the seal is that of these very figures."""
    columns = (literal(0), literal(""), ChainHead.seal, literal(0), ChainHead.seq)
    return _select(literal(_HEAD), *columns).where(ChainHead.depot_id == _DEPOT)


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
