"""How many visits a period had, and of how many households: those with a card are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import distinct, exists, func, select
from sqlalchemy.orm import Session, aliased

from depot.base.periods import Period
from depot.distribution.visit_rows import is_not_undone
from depot.models import PeopleCount, Visit


@dataclass(frozen=True, slots=True)
class VisitSums:
    """Visits of a period; undone ones are as if never made.

    `visits` are all households that were counted, one that came twice twice. Of those `by_card`
    came with a card: so many different `households`, of which so many were `new_households`, whose
    card was never used before the period.
    """

    first: date
    last: date
    visits: int
    by_card: int
    households: int
    new_households: int

    @property
    def without_card(self) -> int:
        """Visits of which nobody knows whether they were the same households."""
        return max(self.visits - self.by_card, 0)

    @property
    def returning_households(self) -> int:
        return self.households - self.new_households


def visits_in(session: Session, depot_id: int, first: date, last: date) -> VisitSums:
    """Return the visits from `first` to `last`, both included (three statements)."""
    live = (
        Visit.depot_id == depot_id,
        Visit.occurred_on >= first,
        Visit.occurred_on <= last,
        is_not_undone(),
    )
    by_card, households = session.execute(
        select(func.count(), func.count(distinct(Visit.card_id))).where(*live)
    ).one()
    before = aliased(Visit)
    was_here = exists().where(
        before.depot_id == depot_id,
        before.card_id == Visit.card_id,
        before.occurred_on < first,
        is_not_undone(before),
    )
    new = session.scalar(select(func.count(distinct(Visit.card_id))).where(*live, ~was_here))
    visits = session.scalar(
        select(func.sum(PeopleCount.households)).where(
            PeopleCount.depot_id == depot_id,
            PeopleCount.occurred_on >= first,
            PeopleCount.occurred_on <= last,
        )
    )
    return VisitSums(first, last, int(visits or 0), by_card, households, new or 0)


def visits_by_period(session: Session, depot_id: int, periods: list[Period]) -> list[VisitSums]:
    """Return the visits of each of the periods."""
    return [visits_in(session, depot_id, one.first, one.last) for one in periods]
