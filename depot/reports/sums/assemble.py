"""From what was read to a report; the same sums make it live and prove a filed one. Pure.

`Facts` are what people may edit afterwards: names, weights, categories, the meal factor. `Readings`
are what the ledger says. A filed report keeps the facts it was made with, so that the readings of
the ledger as it was then must give the same report again, to the digit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from depot.base.actors import DepotView
from depot.base.dates import give_out_until
from depot.base.errors import DoesNotReconcile
from depot.base.kinds import DateKind, FlowKind
from depot.base.periods import EARLIEST_YEAR, Period
from depot.base.units import weight_grams
from depot.items.item_facts import ItemFacts
from depot.reports.sums import tally
from depot.reports.sums.figures import OUTWARD
from depot.reports.sums.in_kind import InKind, ValueTable
from depot.reports.sums.report import (
    FEEDING_AMERICA,
    BandLine,
    ComparedFlows,
    DoubtLine,
    DueGoods,
    EventLine,
    MealFactor,
    Needs,
    People,
    PeriodLine,
    Report,
    Visits,
)
from depot.reports.sums.tally import Count
from depot.reports.sums.valued import value_items

#: With how many periods before it a period is compared.
COMPARED: Final = {"week": 12, "month": 12, "quarter": 8, "year": 5, "range": 1}
#: Until so long after a period, what is here now and what is open still belongs on its report.
AFTERWARDS: Final = timedelta(days=7)
_NAMED_AT_MOST: Final = 10
_COMPARED: Final = ComparedFlows._fields


class EventFacts(NamedTuple):
    """What an event is called, and the depot's day on which it began."""

    name: str
    held_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report is made with that is no ledger entry; events by id, in their order."""

    items: Mapping[int, ItemFacts]
    events: Mapping[int, EventFacts] = field(default_factory=dict)
    factor: MealFactor = FEEDING_AMERICA
    #: What goods are worth; None where the depot does not tell it.
    values: ValueTable | None = None


class PeopleSums(NamedTuple):
    """People counted at one event in the period; None where nobody was asked."""

    event_id: int
    households: int
    adults: int | None
    children: int | None
    seniors: int | None
    new_households: int | None
    #: Households of the counts in which anybody's age was asked, and of those where new ones were.
    asked_ages: int | None
    asked_new: int | None


class DatedStock(NamedTuple):
    """So much of an item with one date lies here."""

    item_id: int
    date_kind: DateKind
    date_text: str
    date_on: date
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What the ledger says of a period, up to its line `seq`.

    `flows_before` are printed quantities by (place in `before`, flow, item). `dated` is what lies
    here with a date, None where that is not told.
    """

    counts: Mapping[int, Count]
    people: Sequence[PeopleSums]
    before: Sequence[Period]
    flows_before: Mapping[tuple[int, FlowKind, int], int]
    late_entries: int
    seq: int
    seal: str
    dated: Sequence[DatedStock] | None = None
    open_discrepancies: int | None = None
    needs: Needs | None = None
    doubts: Sequence[DoubtLine] = ()
    visits: Visits | None = None
    bands: Sequence[BandLine] = ()


def compared_periods(period: Period, begun: date | None) -> list[Period]:
    """Return the periods that `period` is compared with, from the first with a day since `begun`.

    `begun` is the first day on which the depot did anything; None if it never did.
    """
    if begun is None:
        return []
    some = (period.moved(-count) for count in range(COMPARED[period.kind], 0, -1))
    return [one for one in some if one.last >= begun and one.first.year >= EARLIEST_YEAR]


def covers_now(period: Period, today: date | None) -> bool:
    """Say whether what is here `today` belongs on the report of `period`."""
    return today is not None and today <= period.last + AFTERWARDS


def assemble_report(depot: DepotView, period: Period, facts: Facts, read: Readings) -> Report:
    """Return the report. Raises DoesNotReconcile with the items whose two ends do not meet."""
    _need_to_reconcile(facts.items, read.counts)
    weighed = (tally.weigh_item(facts.items[key], count) for key, count in read.counts.items())
    items = tally.sort_by_name(weighed)
    lines = tuple(one.line for one in items)
    by_event = tally.event_grams(items)
    made, used_up = tally.production_grams(items)
    return Report(
        depot=depot,
        period=period,
        seq=read.seq,
        seal=read.seal,
        items=lines,
        categories=tally.category_lines(items),
        sources=tally.flow_shares(items, "sourced"),
        received=tally.received_lines(items),
        losses=tally.flow_shares(items, "lost"),
        events=_events(facts.events, by_event, read.people),
        without_event_grams=by_event.get(0, 0),
        people=_people(read.people),
        totals=tally.total_grams(lines),
        estimated=tally.total_grams([line for line in lines if line.is_estimated]),
        made_grams=made,
        used_up_grams=used_up,
        before=_before(facts.items, read),
        late_entries=read.late_entries,
        due=_due(period, facts.items, read.dated),
        open_discrepancies=read.open_discrepancies,
        needs=read.needs,
        doubts=tuple(read.doubts),
        factor=facts.factor,
        in_kind=_in_kind(facts, period, items),
        visits=read.visits,
        bands=tuple(read.bands),
    )


def _in_kind(facts: Facts, period: Period, items: Sequence[tally.WeighedItem]) -> InKind | None:
    return None if facts.values is None else value_items(facts.values, items, period.last)


def facts_used(facts: Facts, read: Readings, report: Report) -> Facts:
    """Return only those of the facts that `report` was made with, as they are frozen with it."""
    told = {line.item_id for line in report.items} | {line.item_id for line in report.due or ()}
    told |= {item_id for _, _, item_id in read.flows_before}
    items = {key: one for key, one in facts.items.items() if key in told}
    events = {line.event_id: facts.events[line.event_id] for line in report.events}
    values = None
    if report.in_kind is not None:
        values = ValueTable(report.in_kind.currency, report.in_kind.rates)
    return Facts(items, events, facts.factor, values)


def _need_to_reconcile(items: Mapping[int, ItemFacts], counts: Mapping[int, Count]) -> None:
    wrong = [items[item_id].name for item_id, count in counts.items() if not count.reconciles]
    if wrong:
        raise DoesNotReconcile(items=_named(sorted(wrong)))


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED_AT_MOST])
    return shown if len(names) <= _NAMED_AT_MOST else f"{shown}, … ({len(names)})"


def _events(
    known: Mapping[int, EventFacts], grams: Mapping[int, int], people: Sequence[PeopleSums]
) -> tuple[EventLine, ...]:
    """Return the events at which anything was handed out or anybody counted, in their order."""
    counted = {one.event_id: _people([one]) for one in people}
    return tuple(
        EventLine(key, name, counted.get(key, People()), grams.get(key, 0), held_on)
        for key, (name, held_on) in known.items()
        if key in counted or key in grams
    )


def _people(rows: Sequence[PeopleSums]) -> People:
    """Return the people of some events together; what nobody asked at any of them is None."""
    if not rows:
        return People()
    households, adults, children, seniors, new, asked_ages, asked_new = (
        _sum(column) for column in list(zip(*rows, strict=True))[1:]
    )
    returning = None if asked_new is None or new is None else asked_new - new
    together = _sum([adults, children, seniors])
    return People(households, together, adults, children, seniors, new, asked_ages, returning)


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Return the sum of what is known; None if nothing is, for that is not zero."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _before(items: Mapping[int, ItemFacts], read: Readings) -> tuple[PeriodLine, ...]:
    """Return the periods before. All of an item's flow in one is rounded at once, so that a figure
    may differ by some grams from that period's own report."""
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    milligrams = {facts.id: facts.milligrams for facts in items.values()}
    for (number, flow, item_id), quantity in read.flows_before.items():
        signed = -quantity if flow in OUTWARD else quantity  # as it is printed
        sums[number, flow] += weight_grams(signed, milligrams[item_id]) or 0
    return tuple(
        PeriodLine(period, ComparedFlows(*(sums[number, flow] for flow in _COMPARED)))
        for number, period in enumerate(read.before)
    )


def _due(
    period: Period, items: Mapping[int, ItemFacts], dated: Sequence[DatedStock] | None
) -> tuple[DueGoods, ...] | None:
    if dated is None:
        return None
    lines = []
    for one in dated:
        facts = items[one.item_id]
        until = give_out_until(one.date_kind, one.date_on, facts.after_best_before)
        if until is not None and until <= period.last + AFTERWARDS:
            lines.append(_due_line(one, facts, until, is_past=until <= period.last))
    return tuple(sorted(lines, key=_urgency))


def _urgency(due: DueGoods) -> tuple[date, str, int, str, str]:
    return due.give_out_until, due.item, due.item_id, due.date_text, due.date_kind


def _due_line(one: DatedStock, facts: ItemFacts, until: date, is_past: bool) -> DueGoods:
    return DueGoods(
        item_id=one.item_id,
        item=facts.name,
        unit=facts.base_unit,
        quantity=one.quantity,
        weight_grams=weight_grams(one.quantity, facts.milligrams),
        date_kind=one.date_kind,
        date_text=one.date_text,
        give_out_until=until,
        is_past=is_past,
    )
