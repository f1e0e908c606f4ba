"""The caches beside the book, against what the lines add up to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, MutableMapping
from typing import TypeVar

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from depot.models import DayTotal, Lot, PeriodNet, StockBalance
from depot.verify.book import read_rows
from depot.verify.filed import Standing
from depot.verify.findings import Findings, Names
from depot.verify.sums import DaySums


def check_caches(
    session: Session, depot_id: int, standing: Standing, names: Names, findings: Findings
) -> None:
    """Compare balances, day totals and nets with what the lines add up to; uses that up."""
    _check_balances(session, depot_id, standing.balances, names, findings)
    _check_dates(session, depot_id, names, findings)
    _check_totals(session, depot_id, standing.sums, names, findings)
    _check_nets(session, depot_id, standing.sums, names, findings)


def _check_balances(
    session: Session,
    depot_id: int,
    sums: MutableMapping[tuple[int, int, int], int],
    names: Names,
    findings: Findings,
) -> None:
    kept = select(
        StockBalance.location_id, StockBalance.lot_id, StockBalance.item_id, StockBalance.quantity
    ).where(StockBalance.depot_id == depot_id)
    rows = ((row[:3], row[3]) for row in read_rows(session, kept))
    for (location_id, lot_id, item_id), cached, added in _differing(rows, sums):
        findings.add(
            "balance",
            f"{names.item(item_id)} (lot {lot_id}) at {names.place(location_id)}: the balance says"
            f" {cached}, the lines add up to {added}.",
        )


def _check_dates(session: Session, depot_id: int, names: Names, findings: Findings) -> None:
    """A balance has the day of its lot, by which what must go soon is found."""
    other = select(StockBalance.location_id, StockBalance.lot_id, StockBalance.item_id).join(
        Lot, Lot.id == StockBalance.lot_id
    )
    wrong = other.where(
        StockBalance.depot_id == depot_id, StockBalance.date_on.is_distinct_from(Lot.date_on)
    )
    for location_id, lot_id, item_id in read_rows(session, wrong):
        findings.add(
            "balance",
            f"{names.item(item_id)} (lot {lot_id}) at {names.place(location_id)}: the balance has"
            " another day than its lot.",
        )


def _check_totals(
    session: Session,
    depot_id: int,
    sums: DaySums,
    names: Names,
    findings: Findings,
) -> None:
    kept = (
        select(
            type_coerce(DayTotal.day, Text),
            DayTotal.item_id,
            DayTotal.flow,
            DayTotal.detail,
            DayTotal.event_id,
            DayTotal.quantity,
        )
        .where(DayTotal.depot_id == depot_id)
        .order_by(DayTotal.day, DayTotal.item_id)
    )
    for key, cached, added in sums.differing_days(read_rows(session, kept)):
        what = " ".join(part for part in (key.flow, key.detail) if part)
        event = f" at event {key.event_id}" if key.event_id else ""
        findings.add(
            "day_total",
            f"{names.item(key.item_id)} on {key.day}, {what}{event}: the day total says {cached},"
            f" the lines add up to {added}.",
        )


def _check_nets(
    session: Session,
    depot_id: int,
    sums: DaySums,
    names: Names,
    findings: Findings,
) -> None:
    kept = select(PeriodNet.period, PeriodNet.item_id, PeriodNet.quantity).where(
        PeriodNet.depot_id == depot_id
    )
    for (period, item_id), cached, added in sums.differing_nets(read_rows(session, kept)):
        findings.add(
            "period_net",
            f"{names.item(item_id)} in {period}: the net change says {cached}, the lines add up to"
            f" {added}.",
        )


K = TypeVar("K", bound=Hashable)


def _differing(
    kept: Iterable[tuple[K, int]], sums: MutableMapping[K, int]
) -> Iterable[tuple[K, int, int]]:
    """Yield key, cached and added-up figure where they differ; a missing one is nothing."""
    for key, cached in kept:
        added = sums.pop(key, 0)
        if cached != added:
            yield key, cached, added
    left: Mapping[K, int] = sums
    for key, added in left.items():
        if added:
            yield key, 0, added
