"""A report, read from totals of days, months and years, never from old entries.

The opening comes from the past: the nets of the years and months before the period and the day
totals between. The closing comes from the other end: what lies in the places now, less what has
changed since the period ended. That both meet, item by item, is therefore a check of the ledger's
totals against its balances and not a sum that is true by itself.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.periods import Period
from depot.distribution.queries.ages import people_by_band
from depot.distribution.queries.visits import visits_in
from depot.entries.queries.discrepancies import open_count
from depot.items.queries.item_facts import item_facts
from depot.models import AgeBand, VisitSetting
from depot.models import MealFactor as _Factor
from depot.needs.queries.needs import list_needs, short_first
from depot.reports.queries.doubts import doubt_lines
from depot.reports.queries.in_kind import value_table
from depot.reports.queries.sides import (
    dated_stock,
    event_facts,
    first_day,
    flows_before,
    late_entries,
    people_helped,
)
from depot.reports.queries.totals import read_period
from depot.reports.sums.assemble import (
    AFTERWARDS,
    Facts,
    Readings,
    assemble_report,
    compared_periods,
    covers_now,
)
from depot.reports.sums.report import (
    FEEDING_AMERICA,
    BandLine,
    MealFactor,
    Need,
    Needs,
    Report,
    Visits,
)


def make_report(
    session: Session, depot: DepotView, period: Period, today: date | None = None
) -> Report:
    """Return the depot's report of a period; raises DoesNotReconcile with the items that do not.

    `today` is the depot's present day: without it nothing is told of what is here now. The stock
    figures are read in one statement, so that a posting meanwhile is in all of them or none.
    """
    facts, read = report_material(session, depot, period, today)
    return assemble_report(depot, period, facts, read)


def weekly_report(
    session: Session, depot: DepotView, week: Period, today: date | None = None
) -> Report:
    """Return the report of a week: `make_report` under the name it is best known by."""
    return make_report(session, depot, week, today)


def report_material(
    session: Session, depot: DepotView, period: Period, today: date | None = None
) -> tuple[Facts, Readings]:
    """Return what a report is made of: the facts as they are, and what the ledger says."""
    totals = read_period(session, depot.id, period)
    people = people_helped(session, depot.id, period)
    before = compared_periods(period, first_day(session, depot.id))
    is_recent = covers_now(period, today)
    counts_cards, counts_bands = _counts_more(session, depot.id)
    read = Readings(
        counts=totals.counts,
        people=people,
        before=before,
        flows_before=flows_before(session, depot.id, before),
        late_entries=late_entries(session, depot, period),
        seq=totals.seq,
        seal=totals.seal,
        dated=dated_stock(session, depot.id, period.last + AFTERWARDS) if is_recent else None,
        open_discrepancies=open_count(session, depot.id) if is_recent else None,
        needs=_needs(session, depot.id, today) if is_recent and today else None,
        doubts=doubt_lines(session, depot.id, period),
        visits=_visits(session, depot.id, period) if counts_cards else None,
        bands=_bands(session, depot.id, period) if counts_bands else (),
    )
    events = {part.event_id for count in read.counts.values() for part in count.parts}
    known = event_facts(session, depot, events | {one.event_id for one in people})
    facts = Facts(
        item_facts(session, depot.id),
        known,
        chosen_factor(session, depot.id),
        value_table(session, depot.id),
    )
    return facts, read


def _counts_more(session: Session, depot_id: int) -> tuple[bool, bool]:
    """Say whether the depot ever counted by card, and by age bands of its own (one statement)."""
    cards = exists().where(VisitSetting.depot_id == depot_id)
    bands = exists().where(AgeBand.depot_id == depot_id)
    found = session.execute(select(cards, bands)).one()
    return bool(found[0]), bool(found[1])


def _visits(session: Session, depot_id: int, period: Period) -> Visits | None:
    """Return the visits of a period; None if nobody came with a card."""
    found = visits_in(session, depot_id, period.first, period.last)
    if not found.by_card:
        return None
    return Visits(found.visits, found.by_card, found.households, found.new_households)


def _bands(session: Session, depot_id: int, period: Period) -> list[BandLine]:
    found = people_by_band(session, depot_id, period.first, period.last)
    return [BandLine(one.from_age, one.to_age, one.people) for one in found]


def _needs(session: Session, depot_id: int, today: date) -> Needs:
    lines = list_needs(session, depot_id, today)
    return Needs(
        tuple(Need(line.name, line.days_left) for line in short_first(lines)),
        tuple(Need(line.name, line.days_left) for line in lines if line.is_too_much),
    )


def chosen_factor(session: Session, depot_id: int) -> MealFactor:
    """Return how much the depot counts as a meal."""
    chosen = select(_Factor).where(_Factor.depot_id == depot_id, _Factor.is_chosen)
    found = session.scalar(chosen)
    if found is None:
        return FEEDING_AMERICA
    return MealFactor(found.grams_per_meal, found.stated, found.source, found.version)
