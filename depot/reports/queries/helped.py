"""Visits and age bands of a filed report proved again, from the counts that stood at its line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.periods import Period
from depot.ledger.entries import People
from depot.models import AgeBand, BandCount, Visit
from depot.reports.sums.report import BandLine, Visits


class PeopleCounted(NamedTuple):
    """A count of people and the day it is of."""

    day: date
    people: People


def cards_by_entry(session: Session, depot_id: int) -> dict[int, int]:
    """Return the card of each count that was made with one, by entry (one statement)."""
    found = session.execute(select(Visit.entry_id, Visit.card_id).where(Visit.depot_id == depot_id))
    return {entry_id: card_id for entry_id, card_id in found}


def bands_by_entry(session: Session, depot_id: int) -> dict[int, list[BandLine]]:
    """Return the people of the depot's own bands, by entry (one statement)."""
    found = session.execute(
        select(BandCount.entry_id, AgeBand.from_age, AgeBand.to_age, BandCount.people)
        .join(AgeBand, AgeBand.id == BandCount.band_id)
        .where(BandCount.depot_id == depot_id, AgeBand.depot_id == depot_id)
    )
    lines: defaultdict[int, list[BandLine]] = defaultdict(list)
    for entry_id, *line in found:
        lines[entry_id].append(BandLine(*line))
    return lines


def visits_of(
    helped: Mapping[int, PeopleCounted], cards: Mapping[int, int], period: Period
) -> Visits | None:
    """Return the visits of the period among the counts that stand; None without a card."""
    within = [entry for entry, one in helped.items() if period.first <= one.day <= period.last]
    by_card = [cards[entry] for entry in within if entry in cards]
    if not by_card:
        return None
    before = {
        cards[entry] for entry, one in helped.items() if entry in cards and one.day < period.first
    }
    households = set(by_card)
    return Visits(
        sum(helped[entry].people.households for entry in within),
        len(by_card),
        len(households),
        len(households - before),
    )


def bands_of(
    helped: Mapping[int, PeopleCounted], bands: Mapping[int, list[BandLine]], period: Period
) -> list[BandLine]:
    """Return the people by band of the period, in the order in which reports tell them."""
    sums: Counter[tuple[int, int | None]] = Counter()
    for entry, one in helped.items():
        if period.first <= one.day <= period.last:
            for line in bands.get(entry, ()):
                sums[line.from_age, line.to_age] += line.people
    in_order = sorted(sums.items(), key=lambda found: (found[0][0], found[0][1] or 999))
    return [BandLine(*ages, people) for ages, people in in_order]
