"""What was written down for a period after its report was filed, and what it changes in figures."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.base.clock import Clock, utc_now
from depot.base.periods import Period, parse_period
from depot.entries.queries.ledger import EntryRow, entry_headers, entry_rows
from depot.models import StockEntry
from depot.reports.queries.filed import FiledRow, filed_row, frozen_report
from depot.reports.queries.reports import report_material
from depot.reports.sums.assemble import Facts, assemble_report
from depot.reports.sums.figures import Figures
from depot.reports.sums.filing import facts_of
from depot.reports.sums.frozen import unfreeze_report
from depot.reports.sums.report import ItemLine, People, Report

#: No page shows more lines; how many there are is counted.
MAX_LATE_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A figure as filed and as the ledger has it now; None was not asked.

    `what` is an item's name, or empty for the whole; `unit` is its base unit, "gram", or empty for
    people.
    """

    what: str
    figure: str
    unit: str
    filed: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Late:
    """Lines of the period recorded since: `count` of them, `entries` the newest, and the effect.

    `earlier` counts lines since of days before the period: they change what it opened with.
    """

    filed: FiledRow
    count: int
    earlier: int
    entries: tuple[EntryRow, ...]
    totals: tuple[Change, ...]
    items: tuple[Change, ...]
    people: tuple[Change, ...]


def count_late(session: Session, depot_id: int, filed: FiledRow) -> int:
    """Return how many lines of its days came in since the report was filed (one statement)."""
    within = (StockEntry.occurred_on >= filed.first, StockEntry.occurred_on <= filed.last)
    return _count(session, depot_id, filed, *within)


def find_late(session: Session, actor: Actor, number: int, clock: Clock = utc_now) -> Late | None:
    """Return what came in late since a report was filed, or None if there is none so numbered.

    The effect is worked out with the weights and names that were frozen with the report, so that
    it is that of the lines and not of an item edited since.
    """
    filed = filed_row(session, actor.depot_id, number)
    if filed is None:
        return None
    then, now = _then_and_now(session, actor.depot, number)
    since = entry_headers(actor).where(
        StockEntry.seq > filed.ledger_seq,
        StockEntry.occurred_on >= filed.first,
        StockEntry.occurred_on <= filed.last,
    )
    return Late(
        filed=filed,
        count=count_late(session, actor.depot_id, filed),
        earlier=_count(session, actor.depot_id, filed, StockEntry.occurred_on < filed.first),
        entries=tuple(entry_rows(session, actor, since.limit(MAX_LATE_LINES), clock)),
        totals=tuple(_changes("", "gram", then.totals, now.totals)),
        items=tuple(_items(then.items, now.items)),
        people=tuple(_changes("", "", then.people, now.people)),
    )


def _count(session: Session, depot_id: int, filed: FiledRow, *which: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(StockEntry)
    narrowed = statement.where(
        StockEntry.depot_id == depot_id,
        StockEntry.seq > filed.ledger_seq,
        *which,
    )
    return session.scalar(narrowed) or 0


def _then_and_now(session: Session, depot: DepotView, number: int) -> tuple[Report, Report]:
    """Return the report as filed, and as it would be now with the facts of then."""
    filed = frozen_report(session, depot.id, number)
    then = unfreeze_report(depot, filed.figures)
    period: Period = parse_period(then.period.name, then.depot.week_start)
    facts, read = report_material(session, then.depot, period)
    frozen = facts_of(filed.facts)
    kept = Facts({**facts.items, **frozen.items}, {**facts.events, **frozen.events}, frozen.factor)
    return then, assemble_report(then.depot, period, kept, read)


def _items(then: tuple[ItemLine, ...], now: tuple[ItemLine, ...]) -> list[Change]:
    before = {line.item_id: line for line in then}
    after = {line.item_id: line for line in now}
    found: list[Change] = []
    for item_id, line in {**after, **before}.items():
        old, new = (
            side[item_id].quantities if item_id in side else Figures() for side in (before, after)
        )
        found += _changes(line.item, line.unit, old, new)
    return found


def _changes(what: str, unit: str, then: Figures | People, now: Figures | People) -> list[Change]:
    pairs = [(one.name, getattr(then, one.name), getattr(now, one.name)) for one in fields(then)]
    return [Change(what, name, unit, old, new) for name, old, new in pairs if old != new]
