"""The weekly report, read from totals of days, months and years, never from old entries.

The opening comes from the past: the nets of the years and months before the week and the day
totals between. The closing comes from the other end: what lies in the places now, less what has
changed since the week ended. That both meet, item by item, is therefore a check of the ledger's
totals against its balances and not a sum that is true by itself.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.actors import DepotView
from depot.errors import DoesNotReconcile
from depot.models import Category, Item
from depot.periods import Week
from depot.queries.report_sides import event_lines, late_entries, people_helped, weeks_before
from depot.queries.report_totals import Read, read_week
from depot.reporting import tally
from depot.reporting.report import WeeklyReport
from depot.reporting.tally import Count, ItemFacts, Weighed

#: How many weeks a week is compared with.
COMPARED_WEEKS = 12
_NAMED_AT_MOST = 10


def weekly_report(session: Session, depot: DepotView, week: Week) -> WeeklyReport:
    """Return the depot's report of a week; raises DoesNotReconcile with the items that do not.

    The figures are read in one statement, so that a posting meanwhile is in all of them or none.
    """
    facts = _item_facts(session, depot.id)
    read = read_week(session, depot.id, week)
    _need_to_reconcile(facts, read.counts)
    items = tally.by_name(tally.weigh(facts[key], count) for key, count in read.counts.items())
    return _report(session, depot, week, read, items, facts)


def _report(
    session: Session,
    depot: DepotView,
    week: Week,
    read: Read,
    items: list[Weighed],
    facts: dict[int, ItemFacts],
) -> WeeklyReport:
    lines = tuple(one.line for one in items)
    by_event = tally.event_grams(items)
    people, at_events = people_helped(session, depot.id, week)
    made, used_up = tally.made_and_used(items)
    compared = [week.moved(-n) for n in range(COMPARED_WEEKS, 0, -1)]
    return WeeklyReport(
        depot=depot,
        week=week,
        seq=read.seq,
        seal=read.seal,
        items=lines,
        categories=tally.category_lines(items),
        sources=tally.shares(items, "sourced"),
        losses=tally.shares(items, "lost"),
        events=event_lines(session, depot.id, by_event, at_events),
        without_event_grams=by_event.get(0, 0),
        people=people,
        totals=tally.total(lines),
        estimated=tally.total([line for line in lines if line.is_estimated]),
        made_grams=made,
        used_up_grams=used_up,
        before=weeks_before(session, depot.id, compared, facts),
        late_entries=late_entries(session, depot, week),
    )


def _item_facts(session: Session, depot_id: int) -> dict[int, ItemFacts]:
    rows = session.execute(
        select(
            Item.id,
            Item.name,
            Item.base_unit,
            Item.unit_weight_milligrams,
            Category.name,
            Category.position,
            Category.average_unit_milligrams,
        )
        .join(Category, Category.id == Item.category_id)
        .where(Item.depot_id == depot_id)
    )
    return {row[0]: ItemFacts(*row) for row in rows}


def _need_to_reconcile(facts: dict[int, ItemFacts], counts: dict[int, Count]) -> None:
    wrong = [facts[item_id].name for item_id, count in counts.items() if not count.reconciles]
    if wrong:
        raise DoesNotReconcile(items=_named(sorted(wrong)))


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED_AT_MOST])
    return shown if len(names) <= _NAMED_AT_MOST else f"{shown}, … ({len(names)})"
