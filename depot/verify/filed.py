"""Filed reports proved again: from the moves alone, as the ledger was when each was filed.

While the book is walked from its first entry to its last, it stops at each line at which a report
was filed. What the moves up to there add up to, together with the facts that were frozen with the
report, must give its figures again, to the digit. No cache is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import local_day
from depot.base.errors import DepotError
from depot.base.kinds import DateKind, FlowKind
from depot.base.periods import Period, parse_period
from depot.items.item_facts import ItemFacts
from depot.items.queries.item_facts import item_facts
from depot.ledger.entries import People
from depot.models import Depot, Lot
from depot.reports.formats.as_json import figures_of
from depot.reports.queries.filed import FiledRow, all_filed_reports, frozen_report
from depot.reports.queries.helped import (
    PeopleCounted,
    bands_by_entry,
    bands_of,
    cards_by_entry,
    visits_of,
)
from depot.reports.queries.sides import late_entries
from depot.reports.sums.assemble import (
    AFTERWARDS,
    DatedStock,
    EventFacts,
    Facts,
    PeopleSums,
    Readings,
    assemble_report,
    compared_periods,
    covers_now,
)
from depot.reports.sums.figures import Part
from depot.reports.sums.filing import (
    FIRST,
    LEARNED,
    STATED,
    Frozen,
    differences,
    facts_of,
    seal_report,
)
from depot.reports.sums.frozen import unfreeze_report
from depot.reports.sums.report import BandLine, ComparedFlows
from depot.reports.sums.tally import Count
from depot.verify.findings import Findings
from depot.verify.sums import DaySums

#: Of one report, so many differences are named.
_MOST = 10
_NEVER: Final = "9999-12-31"


@dataclass(slots=True)
class Standing:
    """What the moves read so far add up to."""

    #: Flows by day.
    sums: DaySums
    seq: int = 0
    seal: str = FIRST
    #: The first day on which anything came or went; after all others while there was none.
    first_day: str = _NEVER
    nets: dict[int, int] = field(default_factory=dict)
    #: What lies where: (location, lot, item).
    balances: dict[tuple[int, int, int], int] = field(default_factory=dict)
    helped: dict[int, PeopleCounted] = field(default_factory=dict)


class Proofs:
    """The depot's filed reports, each proved when the walk comes to its line."""

    def __init__(self, session: Session, depot_id: int, findings: Findings) -> None:
        self.session = session
        self.findings = findings
        self.depot = session.get_one(Depot, depot_id).view()
        self.waiting = self._in_order(depot_id)
        self.proved = 0
        self._items: Mapping[int, ItemFacts] | None = None
        self._lots: Mapping[int, tuple[int, DateKind, str, date]] | None = None
        self._visits: Mapping[int, int] | None = None
        self._bands: Mapping[int, list[BandLine]] | None = None

    def _in_order(self, depot_id: int) -> list[FiledRow]:
        """Check numbers, versions and seals; return the reports, the last in the ledger first."""
        previous = FIRST
        versions: Counter[tuple[str, date, date]] = Counter()
        found = list(all_filed_reports(self.session, depot_id))
        for number, row in enumerate(found, start=1):
            key = (row.kind, row.first, row.last)
            versions[key] += 1
            if (row.number, row.version) != (number, versions[key]):
                self._tell(row, "a report filed before it is missing.")
            if self._seal(row, previous) != row.seal:
                self._tell(row, "its seal does not fit what stands in it and before it.")
            previous = row.seal
        return sorted(found, key=lambda one: -one.ledger_seq)

    def _seal(self, row: FiledRow, previous: str) -> str:
        """Compute a report's seal again; one that cannot be read has none."""
        try:
            return seal_report(previous, frozen_report(self.session, self.depot.id, row.number))
        except ValueError:
            return ""

    def up_to(self, standing: Standing) -> None:
        """Prove the reports that were filed at the line to which `standing` has come."""
        while self.waiting and self.waiting[-1].ledger_seq <= standing.seq:
            self._prove(self.waiting.pop(), standing)

    def end(self, standing: Standing) -> None:
        """Name the reports whose line the book does not reach."""
        self.up_to(standing)
        for row in self.waiting:
            line = row.ledger_seq
            self._tell(row, f"it was filed at line {line}, the book ends at {standing.seq}.")

    def _prove(self, row: FiledRow, standing: Standing) -> None:
        self.proved += 1
        try:
            frozen = frozen_report(self.session, self.depot.id, row.number)
            wrong = list(self._differences(frozen, standing))
        except (DepotError, KeyError, TypeError, ValueError) as error:
            self._tell(row, f"it cannot be read: {error}.")
            return
        for place, filed, proved in wrong[:_MOST]:
            self._tell(row, f"{place}: filed {filed}, the lines give {proved}.")
        if len(wrong) > _MOST:
            self._tell(row, f"and {len(wrong) - _MOST} more figures.")

    def _differences(
        self, frozen: Frozen, standing: Standing
    ) -> Iterator[tuple[str, object, object]]:
        was = unfreeze_report(self.depot, frozen.figures).depot
        period = parse_period(frozen.period, was.week_start)
        read = self._read(frozen, was, period, standing)
        facts = self._facts(frozen, read)
        proved = figures_of(assemble_report(was, period, facts, read))
        for name in LEARNED - frozen.figures.keys():
            proved.pop(name, None)
        kept = {name: frozen.figures.get(name) for name in STATED}
        yield from differences(frozen.figures, proved | kept)

    def _facts(self, frozen: Frozen, read: Readings) -> Facts:
        """The facts frozen with it; for what the report did not know of, those of today."""
        facts = facts_of(frozen.facts)
        if self._items is None:
            self._items = item_facts(self.session, self.depot.id)
        events = {part.event_id for count in read.counts.values() for part in count.parts}
        events |= {one.event_id for one in read.people}
        unknown = {
            key: EventFacts(f"hand-out {key}") for key in sorted(events - {0, *facts.events})
        }
        return Facts(
            {**self._items, **facts.items}, {**facts.events, **unknown}, facts.factor, facts.values
        )

    def _read(
        self, frozen: Frozen, depot: DepotView, period: Period, standing: Standing
    ) -> Readings:
        first_day = standing.first_day
        known = None if first_day == _NEVER else date.fromisoformat(first_day)
        before = compared_periods(period, known)
        today = local_day(frozen.filed_at, depot.time_zone)
        latest = period.last + AFTERWARDS if covers_now(period, today) else None
        return Readings(
            counts=counts_of(standing, period),
            people=people_of(standing, period),
            before=before,
            flows_before=flows_of(standing, before),
            late_entries=late_entries(self.session, depot, period, frozen.ledger_seq),
            seq=standing.seq,
            seal=standing.seal,
            dated=None if latest is None else self._dated(standing, latest),
            visits=visits_of(standing.helped, self._cards(), period),
            bands=bands_of(standing.helped, self._counted_bands(), period),
        )

    def _cards(self) -> Mapping[int, int]:
        """Return the card of each count that was made with one, by entry."""
        if self._visits is None:
            self._visits = cards_by_entry(self.session, self.depot.id)
        return self._visits

    def _counted_bands(self) -> Mapping[int, list[BandLine]]:
        """Return the people of the depot's own bands, by the entry that counted them."""
        if self._bands is None:
            self._bands = bands_by_entry(self.session, self.depot.id)
        return self._bands

    def _dated(self, standing: Standing, latest: date) -> list[DatedStock]:
        if self._lots is None:
            columns = (Lot.id, Lot.item_id, Lot.date_kind, Lot.date_text, Lot.date_on)
            rows = self.session.execute(
                select(*columns).where(Lot.depot_id == self.depot.id, Lot.date_on.is_not(None))
            )
            self._lots = {row[0]: (row[1], row[2], row[3], row[4]) for row in rows if row[4]}
        sums: Counter[tuple[int, DateKind, str, date]] = Counter()
        for (_, lot_id, _), quantity in standing.balances.items():
            lot = self._lots.get(lot_id)
            if lot is not None and lot[3] <= latest:
                sums[lot] += quantity
        return [
            DatedStock(item_id, kind, text, on, quantity)
            for (item_id, kind, text, on), quantity in sums.items()
            if quantity
        ]

    def _tell(self, row: FiledRow, what: str) -> None:
        named = f"Filed report {row.number} ({row.period}, version {row.version})"
        self.findings.add("filed_report", f"{named}: {what}")


def counts_of(standing: Standing, period: Period) -> dict[int, Count]:
    """Return what was there, what happened and what was left of every item, from the moves."""
    counts = {item_id: Count(before=net) for item_id, net in standing.nets.items()}
    first, last = period.first.isoformat(), period.last.isoformat()
    for item_id, flow, detail, event_id, since, within in standing.sums.ask(_SINCE, last, first):
        count = counts[item_id]
        count.before -= since
        if within:
            count.parts[Part(flow, detail, event_id)] = within
    for count in counts.values():
        count.closing = count.before + sum(count.parts.values())
    return counts


#: Last day of the period, first day of it.
_SINCE: Final = (
    "SELECT item_id, flow, detail, event_id, sum(added), sum(iif(day <= ?, added, 0))"
    " FROM day_sum WHERE day >= ? GROUP BY 1, 2, 3, 4"
)
_BETWEEN: Final = (
    "SELECT flow, item_id, sum(added) FROM day_sum WHERE day BETWEEN ? AND ? GROUP BY 1, 2"
)


def flows_of(standing: Standing, periods: list[Period]) -> dict[tuple[int, FlowKind, int], int]:
    """Return the flows of the periods compared with, by (place, flow, item)."""
    return {
        (number, flow, item_id): quantity
        for number, period in enumerate(periods)
        for flow, item_id, quantity in standing.sums.ask(
            _BETWEEN, period.first.isoformat(), period.last.isoformat()
        )
        if quantity and flow in ComparedFlows._fields
    }


def people_of(standing: Standing, period: Period) -> list[PeopleSums]:
    """Return the people counted in the period and not undone so far, by event."""
    rows: defaultdict[int, list[People]] = defaultdict(list)
    for one in standing.helped.values():
        if period.first <= one.day <= period.last:
            rows[one.people.event_id].append(one.people)
    return [_together(event_id, found) for event_id, found in sorted(rows.items())]


def _together(event_id: int, found: list[People]) -> PeopleSums:
    asked = [one for one in found if (one.adults, one.children, one.seniors) != (None, None, None)]
    return PeopleSums(
        event_id,
        sum(one.households for one in found),
        _sum(one.adults for one in found),
        _sum(one.children for one in found),
        _sum(one.seniors for one in found),
        _sum(one.new_households for one in found),
        _sum(one.households for one in asked),
        _sum(one.households for one in found if one.new_households is not None),
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
