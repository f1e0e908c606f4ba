"""Which places' temperatures are read, how they stand, and what was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.clock import local_day
from depot.base.kinds import PLACE_KINDS, ColdKind
from depot.base.names import natural_sort_key
from depot.base.periods import Period, day_begins
from depot.ledger.undo import may_undo
from depot.models import (
    ApiToken,
    Location,
    Person,
    TemperatureReading,
    TemperatureRule,
    TemperatureStrike,
)
from depot.safety.temperatures import DAILY, Gap, Limits, find_gaps, is_missing


@dataclass(frozen=True, slots=True)
class ColdPlace:
    """A place whose temperature is read, with its last reading that counts."""

    id: int
    name: str
    kind: ColdKind
    limits: Limits
    every_hours: int
    source: str
    #: It, or its place, is no longer in use.
    archived: bool
    since: datetime
    last_tenths: int | None
    last_at: datetime | None
    last_by: str
    #: Nobody read it in its interval; what was read last is outside the limits.
    is_missing: bool
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Strike:
    """Who struck a reading out, why and when."""

    by: str
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read at a place, beside the limits as they were then."""

    id: int
    location_id: int
    location: str
    tenths: int
    limits: Limits
    occurred_at: datetime
    recorded_at: datetime
    by: str
    struck: Strike | None
    #: Whether who asks may strike it out.
    may_strike: bool

    @property
    def is_outside(self) -> bool:
        return not self.limits.hold(self.tenths)


@dataclass(frozen=True, slots=True)
class MonthOfReadings:
    """A month of a place: what was read, the oldest first, and where readings are missing."""

    readings: tuple[Reading, ...]
    gaps: tuple[Gap, ...]


#: The last reading of a rule's place that nobody struck out.
_LAST: Final = (
    select(TemperatureReading.id)
    .where(
        TemperatureReading.depot_id == TemperatureRule.depot_id,
        TemperatureReading.location_id == TemperatureRule.location_id,
        ~select(TemperatureStrike.reading_id)
        .where(
            TemperatureStrike.depot_id == TemperatureReading.depot_id,
            TemperatureStrike.reading_id == TemperatureReading.id,
        )
        .exists(),
    )
    .order_by(TemperatureReading.occurred_at.desc(), TemperatureReading.id.desc())
    .limit(1)
    .correlate(TemperatureRule)
    .scalar_subquery()
)
_ShownReading: Final = aliased(TemperatureReading)
#: :depot
_COLD_PLACES: Final[Select[*tuple[Any, ...]]] = (
    select(
        Location.id,
        Location.name,
        TemperatureRule.kind,
        TemperatureRule.lowest_tenths,
        TemperatureRule.highest_tenths,
        TemperatureRule.every_hours,
        TemperatureRule.source,
        (TemperatureRule.archived | Location.archived).label("archived"),
        TemperatureRule.created_at,
        _ShownReading.tenths,
        _ShownReading.occurred_at,
        func.coalesce(Person.name, ApiToken.name, "").label("author"),
    )
    .select_from(TemperatureRule)
    .join(
        Location,
        and_(
            Location.depot_id == TemperatureRule.depot_id,
            Location.id == TemperatureRule.location_id,
        ),
    )
    .join(
        _ShownReading,
        and_(_ShownReading.depot_id == TemperatureRule.depot_id, _ShownReading.id == _LAST),
        isouter=True,
    )
    .join(Person, Person.id == _ShownReading.person_id, isouter=True)
    .join(ApiToken, ApiToken.id == _ShownReading.token_id, isouter=True)
    .where(TemperatureRule.depot_id == bindparam("depot"))
)
_COLD_PLACE: Final = _COLD_PLACES.where(TemperatureRule.location_id == bindparam("place"))


def cold_places(session: Session, who: Actor, now: datetime) -> list[ColdPlace]:
    """Return all places whose temperature is or was read, by their names (one statement)."""
    rows = session.execute(_COLD_PLACES, {"depot": who.depot_id})
    found = [_cold_place(row, now, who.depot.time_zone) for row in rows]
    return sorted(found, key=lambda place: natural_sort_key(place.name))


def cold_places_to_see_to(session: Session, who: Actor, now: datetime) -> list[ColdPlace]:
    """Return those that are too warm or cold, before those that nobody read (one statement)."""
    found = [one for one in cold_places(session, who, now) if one.is_broken or one.is_missing]
    return sorted(found, key=lambda place: not place.is_broken)


def find_cold_place(
    session: Session, who: Actor, location_id: int, now: datetime
) -> ColdPlace | None:
    """Return how a place stands; None if its temperature was never to be read (one statement)."""
    asked = {"depot": who.depot_id, "place": location_id}
    row = session.execute(_COLD_PLACE, asked).one_or_none()
    return None if row is None else _cold_place(row, now, who.depot.time_zone)


def _cold_place(row: Row[*tuple[Any, ...]], now: datetime, zone: str) -> ColdPlace:
    archived = bool(row.archived)
    limits = Limits(row.lowest_tenths, row.highest_tenths)
    missing = is_missing(row.occurred_at, row.every_hours, now, zone)
    # by the limits of now: one that was mistyped and is mended makes no alarm
    outside = row.tenths is not None and not limits.hold(row.tenths)
    return ColdPlace(
        id=row.id,
        name=row.name,
        kind=row.kind,
        limits=limits,
        every_hours=row.every_hours,
        source=row.source,
        archived=archived,
        since=row.created_at,
        last_tenths=row.tenths,
        last_at=row.occurred_at,
        last_by=row.author,
        is_missing=missing and not archived,
        is_broken=outside and not archived,
    )


def last_readings(
    session: Session, who: Actor, location_id: int, limit: int, now: datetime
) -> list[Reading]:
    """Return what was read at a place last, the newest first, with what was struck out."""
    newest = (TemperatureReading.occurred_at.desc(), TemperatureReading.id.desc())
    wanted = _readings(who.depot_id).where(TemperatureReading.location_id == location_id)
    return _found(session, wanted.order_by(*newest).limit(limit), who, now)


def readings_after(
    session: Session, who: Actor, location_id: int, after: int, limit: int, now: datetime
) -> list[Reading]:
    """Return at most `limit` readings of a place whose id comes after `after`, by their ids."""
    wanted = _readings(who.depot_id).where(
        TemperatureReading.location_id == location_id, TemperatureReading.id > after
    )
    return _found(session, wanted.order_by(TemperatureReading.id).limit(limit), who, now)


def all_readings(
    session: Session, who: Actor, location_id: int | None, now: datetime
) -> list[Reading]:
    """Return everything that was read, at one place or at all, the newest first."""
    wanted = _readings(who.depot_id)
    if location_id is not None:
        wanted = wanted.where(TemperatureReading.location_id == location_id)
    newest = (TemperatureReading.occurred_at.desc(), TemperatureReading.id.desc())
    return _found(session, wanted.order_by(*newest), who, now)


def find_reading(session: Session, who: Actor, reading_id: int, now: datetime) -> Reading | None:
    """Return one reading; None if the depot has none with that id."""
    wanted = _readings(who.depot_id).where(TemperatureReading.id == reading_id)
    return next(iter(_found(session, wanted, who, now)), None)


def month_of_readings(
    session: Session, who: Actor, place: ColdPlace, month: Period, now: datetime
) -> MonthOfReadings:
    """Return what was read at a place in a month, and where readings are missing (one statement).

    Missing can only be what was to be read: since the place has limits, and until yesterday.
    """
    zone = who.depot.time_zone
    # what is read once a week may be missing since the month before
    early = month.first - timedelta(days=place.every_hours // DAILY)
    wanted = _readings(who.depot_id).where(
        TemperatureReading.location_id == place.id,
        TemperatureReading.occurred_at >= day_begins(early, zone),
        TemperatureReading.occurred_at < day_begins(month.last + timedelta(days=1), zone),
    )
    oldest = (TemperatureReading.occurred_at, TemperatureReading.id)
    found = _found(session, wanted.order_by(*oldest), who, now)
    counts: Counter[date] = Counter(
        local_day(row.occurred_at, zone) for row in found if row.struck is None
    )
    first = max(early, local_day(place.since, zone))
    last = min(month.last, local_day(now, zone) - timedelta(days=1))
    gaps = find_gaps(counts, first, last, place.every_hours)
    return MonthOfReadings(
        tuple(row for row in found if local_day(row.occurred_at, zone) >= month.first),
        tuple(gap for gap in gaps if gap.last >= month.first),
    )


def is_place(session: Session, depot_id: int, location_id: int) -> bool:
    """Say whether the depot has such a room or shelf."""
    wanted = select(Location.id).where(
        Location.depot_id == depot_id, Location.id == location_id, Location.kind.in_(PLACE_KINDS)
    )
    return session.scalar(wanted) is not None


_StruckBy: Final = aliased(Person)
_StruckByToken: Final = aliased(ApiToken)


def _readings(depot_id: int) -> Select[*tuple[Any, ...]]:
    same_depot = TemperatureReading.depot_id
    return (
        select(
            TemperatureReading,
            Location.name,
            func.coalesce(Person.name, ApiToken.name, "").label("author"),
            TemperatureStrike.reason,
            TemperatureStrike.recorded_at.label("struck_at"),
            func.coalesce(_StruckBy.name, _StruckByToken.name, "").label("struck_by"),
        )
        .join(
            Location,
            and_(Location.depot_id == same_depot, Location.id == TemperatureReading.location_id),
        )
        .join(Person, Person.id == TemperatureReading.person_id, isouter=True)
        .join(ApiToken, ApiToken.id == TemperatureReading.token_id, isouter=True)
        .join(
            TemperatureStrike,
            and_(
                TemperatureStrike.depot_id == same_depot,
                TemperatureStrike.reading_id == TemperatureReading.id,
            ),
            isouter=True,
        )
        .join(_StruckBy, _StruckBy.id == TemperatureStrike.person_id, isouter=True)
        .join(_StruckByToken, _StruckByToken.id == TemperatureStrike.token_id, isouter=True)
        .where(TemperatureReading.depot_id == depot_id)
    )


def _found(
    session: Session, wanted: Select[*tuple[Any, ...]], who: Actor, now: datetime
) -> list[Reading]:
    return [_reading(row, who, now) for row in session.execute(wanted)]


def _reading(row: Row[*tuple[Any, ...]], who: Actor, now: datetime) -> Reading:
    read: TemperatureReading = row[0]
    struck = None
    if row.struck_at is not None:
        struck = Strike(row.struck_by, row.reason, row.struck_at)
    return Reading(
        id=read.id,
        location_id=read.location_id,
        location=row.name,
        tenths=read.tenths,
        limits=Limits(read.lowest_tenths, read.highest_tenths),
        occurred_at=read.occurred_at,
        recorded_at=read.recorded_at,
        by=row.author,
        struck=struck,
        may_strike=struck is None
        and may_undo(who, read.person_id, read.token_id, read.recorded_at, now),
    )
