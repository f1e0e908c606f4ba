"""What stands beside a report's stock figures: events, people, late entries, the weeks before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, exists, func, or_, select
from sqlalchemy.orm import Session

from depot.actors import DepotView
from depot.models import DayTotal, DistributionEvent, PeopleCount, StockEntry
from depot.periods import Week, day_begins
from depot.reporting.figures import Part, printed
from depot.reporting.report import Compared, EventLine, People, WeekLine
from depot.reporting.tally import ItemFacts
from depot.units import weight_grams

_COMPARED = Compared._fields


def people_helped(session: Session, depot_id: int, week: Week) -> tuple[People, dict[int, People]]:
    """Return the people of the week, and those of each event; counts undone are as if never made.

    Added up, a count and its undoing would be a zero where nobody was asked. Both are looked up
    row by row, so that the entries of all years, most of which undo nothing, are not gone through.
    """
    c = PeopleCount
    ages = (c.adults, c.children, c.seniors)
    asked = or_(*(age.is_not(None) for age in ages))
    rows = session.execute(
        select(
            c.event_id,
            func.sum(c.households),
            *(func.sum(age) for age in ages),
            func.sum(c.new_households),
            func.sum(case((asked, c.households))),
        )
        .where(c.depot_id == depot_id, c.occurred_on >= week.first, c.occurred_on <= week.last)
        .where(~exists().where(StockEntry.reverses_id == c.entry_id))
        .where(~exists().where(StockEntry.id == c.entry_id, StockEntry.reverses_id.is_not(None)))
        .group_by(c.event_id)
    ).all()
    at_events = {row[0]: _people(row[1:]) for row in rows}
    together = [_sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    return _people(together), at_events


def _people(sums: Sequence[Any]) -> People:
    if not sums:
        return People()
    households, adults, children, seniors, new, asked = (
        None if one is None else int(one) for one in sums
    )
    together = _sum([adults, children, seniors])
    return People(households, together, adults, children, seniors, new, asked)


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Return the sum of what is known; None if nothing is, for that is not zero."""
    known = [int(number) for number in numbers if number is not None]
    return sum(known) if known else None


def event_lines(
    session: Session,
    depot_id: int,
    grams: Mapping[int, int],
    people: Mapping[int, People],
) -> tuple[EventLine, ...]:
    """Return the events at which anything was handed out or anybody counted, in their order."""
    ids = {event_id for event_id in (*grams, *people) if event_id}
    if not ids:
        return ()
    rows = session.execute(
        select(DistributionEvent.id, DistributionEvent.name)
        .where(DistributionEvent.depot_id == depot_id, DistributionEvent.id.in_(ids))
        .order_by(DistributionEvent.starts_at, DistributionEvent.id)
    )
    return tuple(
        EventLine(key, name, people.get(key, People()), grams.get(key, 0)) for key, name in rows
    )


def late_entries(session: Session, depot: DepotView, week: Week) -> int:
    """Return how many entries of the week were recorded when it was over."""
    over = day_begins(week.moved(1).first, depot.time_zone)
    return (
        session.scalar(
            select(func.count())
            .select_from(StockEntry)
            .where(
                StockEntry.depot_id == depot.id,
                StockEntry.occurred_at >= day_begins(week.first, depot.time_zone),
                StockEntry.occurred_at < over,
                StockEntry.recorded_at >= over,
            )
        )
        or 0
    )


def weeks_before(
    session: Session, depot_id: int, weeks: Sequence[Week], facts: Mapping[int, ItemFacts]
) -> tuple[WeekLine, ...]:
    """Return the lines of `weeks` (one after another) from the first one the depot was there for.

    Here all of an item's flow in a week is rounded at once, so that a figure may differ by some
    grams from that week's own report.
    """
    begun = session.scalar(select(func.min(DayTotal.day)).where(DayTotal.depot_id == depot_id))
    known = [week for week in weeks if begun is not None and week.last >= begun]
    if not known:
        return ()
    which = case(
        *((DayTotal.day <= week.last, number) for number, week in enumerate(known)), else_=-1
    )
    rows = session.execute(
        select(which, DayTotal.flow, DayTotal.item_id, func.sum(DayTotal.quantity))
        .where(DayTotal.depot_id == depot_id, DayTotal.flow.in_(_COMPARED))
        .where(DayTotal.day >= known[0].first, DayTotal.day <= known[-1].last)
        .group_by(which, DayTotal.flow, DayTotal.item_id)
    )
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for number, flow, item_id, quantity in rows:
        grams = weight_grams(printed(Part(flow), int(quantity)), facts[item_id].milligrams)
        sums[number, flow] += grams or 0
    return tuple(
        WeekLine(week, Compared(*(sums[number, flow] for flow in _COMPARED)))
        for number, week in enumerate(known)
    )
