"""How many people of each age band were helped in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from depot.models import AgeBand, BandCount, StockEntry


@dataclass(frozen=True, slots=True)
class BandSum:
    """People of a band; None: and over."""

    from_age: int
    to_age: int | None
    people: int


def people_by_band(session: Session, depot_id: int, first: date, last: date) -> list[BandSum]:
    """Return the people counted by the depot's own bands, the youngest first (one statement).

    Bands of an earlier choice stand beside those of now; what was undone is as if never made.
    """
    undone = exists().where(
        StockEntry.depot_id == depot_id, StockEntry.reverses_id == BandCount.entry_id
    )
    found = session.execute(
        select(AgeBand.from_age, AgeBand.to_age, func.sum(BandCount.people))
        .join(AgeBand, AgeBand.id == BandCount.band_id)
        .where(
            BandCount.depot_id == depot_id,
            BandCount.occurred_on >= first,
            BandCount.occurred_on <= last,
            AgeBand.depot_id == depot_id,
            ~undone,
        )
        .group_by(AgeBand.from_age, AgeBand.to_age)
        .order_by(AgeBand.from_age, func.coalesce(AgeBand.to_age, 999))
    )
    return [BandSum(from_age, to_age, int(people)) for from_age, to_age, people in found]
