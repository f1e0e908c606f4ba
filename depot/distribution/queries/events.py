"""Hand-outs as people see them: the list, one with its figures so far, and the summary."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.kinds import StateOfEvent
from depot.distribution.queries.event_goods import (
    CategoryOut,
    ItemOut,
    count_unweighed,
    goods_at,
    sum_by_category,
    weight_of,
)
from depot.entries.queries.ledger import EntryRow, entry_headers, entry_rows
from depot.models import DistributionEvent, GoodsRequest, Partner, PeopleCount, StockEntry
from depot.models.ledger import is_undone

#: So many of the latest entries stand on an event's page; the ledger has them all.
SHOWN_ENTRIES: Final = 40
PAST_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class EventRow:
    """A hand-out in a list; `households` is None as long as nobody was counted."""

    id: int
    name: str
    place: str
    starts_at: datetime
    state: StateOfEvent
    expected_households: int | None
    opened_at: datetime | None
    closed_at: datetime | None
    households: int | None
    packed_at: datetime | None = None
    called_off_at: datetime | None = None
    called_off_reason: str = ""

    @property
    def is_on(self) -> bool:
        """Whether goods may go out at it: it is neither over nor called off."""
        return not self.is_closed and self.called_off_at is None

    @property
    def is_closed(self) -> bool:
        return self.state == "closed"


@dataclass(frozen=True, slots=True)
class RequestOfEvent:
    """The request that an event was made for, and whose it is."""

    id: int
    agency: str


@dataclass(frozen=True, slots=True)
class EventLists:
    """The hand-outs on now or today, those to come, and the last ones."""

    today: tuple[EventRow, ...]
    planned: tuple[EventRow, ...]
    past: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class PeopleSum:
    """People helped, all counts added up; None means nobody asked, which is not zero."""

    counts: int = 0
    households: int | None = None
    adults: int | None = None
    children: int | None = None
    seniors: int | None = None
    new_households: int | None = None

    @property
    def individuals(self) -> int | None:
        """Adults, children and seniors together, as far as they were asked."""
        known = [n for n in (self.adults, self.children, self.seniors) if n is not None]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class EventPage:
    """One hand-out with what went out, came back, and who was helped."""

    event: EventRow
    items: tuple[ItemOut, ...]
    categories: tuple[CategoryOut, ...]
    people: PeopleSum
    entries: tuple[EntryRow, ...]
    #: Written after the hand-out was closed.
    late: tuple[EntryRow, ...]

    @property
    def weight_grams(self) -> int | None:
        """What was handed out, less what came back; None if nothing of it has a weight."""
        return weight_of(self.items)

    @property
    def not_weighed(self) -> int:
        """How many of the items have no weight."""
        return count_unweighed(self.items)

    @property
    def back_grams(self) -> int:
        return sum(item.back_grams or 0 for item in self.items)

    @property
    def is_estimated(self) -> bool:
        """Whether some of the weight is an average of the category."""
        return any(item.is_estimated for item in self.items)

    @property
    def grams_per_household(self) -> int | None:
        """The weight for each household, rounded; None as long as nobody was counted."""
        households, grams = self.people.households, self.weight_grams
        return (grams + households // 2) // households if households and grams else None


def event_lists(session: Session, actor: Actor, clock: Clock = utc_now) -> EventLists:
    """Return the depot's hand-outs: on now or today, to come (soonest first), past (last first)."""
    now = clock()
    zone = actor.depot.time_zone
    today = local_day(now, zone)
    rows = _rows(session, _LATEST, {"depot": actor.depot_id})
    ahead, on, past = [], [], []
    for row in rows:
        day = local_day(row.starts_at, zone)
        if row.called_off_at is not None:
            past.append(row)
        elif row.state == "open" or day == today:
            on.append(row)
        elif day > today and not row.is_closed:
            ahead.append(row)
        else:
            past.append(row)
    return EventLists(tuple(reversed(on)), tuple(reversed(ahead)), tuple(past[:PAST_SHOWN]))


def events_after(session: Session, depot_id: int, after: int, limit: int) -> list[EventRow]:
    """Return at most `limit` events with a higher id than `after`, by id: for programs."""
    statement = _events(depot_id).where(DistributionEvent.id > after)
    return _rows(session, statement.order_by(None).order_by(DistributionEvent.id).limit(limit))


def all_events(session: Session, depot_id: int) -> list[EventRow]:
    """Return all hand-outs of the depot, the last to begin first (one statement)."""
    return _rows(session, _events(depot_id))


def events_between(
    session: Session, depot_id: int, since: datetime, before: datetime
) -> list[EventRow]:
    """Return the hand-outs of the depot that begin in that time, the first first."""
    in_time = (DistributionEvent.starts_at >= since, DistributionEvent.starts_at < before)
    return _rows(session, _events(depot_id).where(*in_time))[::-1]


def events_numbered(session: Session, depot_id: int, ids: Collection[int]) -> dict[int, EventRow]:
    """Return those hand-outs of the depot, by id (one statement)."""
    rows = _rows(session, _events(depot_id).where(DistributionEvent.id.in_(ids)))
    return {row.id: row for row in rows}


def event_row(session: Session, depot_id: int, event_id: int) -> EventRow | None:
    """Return one event of the depot; None if it has none with that id (one statement)."""
    if not 0 < event_id < 2**63:
        return None
    rows = _rows(session, _events(depot_id).where(DistributionEvent.id == event_id))
    return rows[0] if rows else None


def event_page(
    session: Session, actor: Actor, event_id: int, clock: Clock = utc_now
) -> EventPage | None:
    """Return one event of the depot with all its figures; None if it has none with that id."""
    event = event_row(session, actor.depot_id, event_id)
    if event is None:
        return None
    at_event = entry_headers(actor).where(StockEntry.event_id == event_id)
    late: Sequence[EntryRow] = ()
    if event.closed_at is not None:
        since = at_event.where(StockEntry.recorded_at > event.closed_at)
        late = entry_rows(session, actor, since.limit(SHOWN_ENTRIES), clock)
    items = goods_at(session, actor.depot_id, event_id)
    return EventPage(
        event,
        items,
        sum_by_category(items),
        people_at(session, actor.depot_id, event_id),
        tuple(entry_rows(session, actor, at_event.limit(SHOWN_ENTRIES), clock)),
        tuple(late),
    )


def latest_entries(
    session: Session,
    actor: Actor,
    event_id: int,
    kind: str | None,
    limit: int,
    clock: Clock = utc_now,
) -> list[EntryRow]:
    """Return the last entries of one kind, or of any, at the event; undone ones among them."""
    statement = entry_headers(actor).where(StockEntry.event_id == event_id)
    if kind is not None:
        statement = statement.where(StockEntry.kind == kind)
    return entry_rows(session, actor, statement.limit(limit), clock)


def people_at(session: Session, depot_id: int, event_id: int) -> PeopleSum:
    """Return the people counted at the event; an undone count is as if never made."""
    row = session.execute(
        select(
            func.count(),
            func.sum(PeopleCount.households),
            func.sum(PeopleCount.adults),
            func.sum(PeopleCount.children),
            func.sum(PeopleCount.seniors),
            func.sum(PeopleCount.new_households),
        )
        .join(StockEntry, StockEntry.id == PeopleCount.entry_id)
        .where(PeopleCount.depot_id == depot_id, PeopleCount.event_id == event_id, _counts())
    ).one()
    count, *sums = row
    return PeopleSum(count, *(None if one is None else int(one) for one in sums))


def _counts() -> ColumnElement[bool]:
    return and_(StockEntry.reverses_id.is_(None), ~is_undone())


def _events(depot_id: int | BindParameter[int]) -> Select[DistributionEvent, int | None]:
    households = (
        select(func.nullif(func.sum(PeopleCount.households), 0))
        .where(PeopleCount.event_id == DistributionEvent.id)
        .correlate(DistributionEvent)
        .scalar_subquery()
    )
    return (
        select(DistributionEvent, households)
        .where(DistributionEvent.depot_id == depot_id)
        .order_by(DistributionEvent.starts_at.desc(), DistributionEvent.id.desc())
    )


#: :depot; asked with every page that offers hand-outs, and put together once.
_LATEST: Final = _events(bindparam("depot")).limit(200)


def _rows(
    session: Session,
    statement: Select[DistributionEvent, int | None],
    asked: dict[str, int] | None = None,
) -> list[EventRow]:
    return [
        EventRow(
            event.id,
            event.name,
            event.place,
            event.starts_at,
            event.state,
            event.expected_households,
            event.opened_at,
            event.closed_at,
            None if households is None else int(households),
            event.packed_at,
            event.called_off_at,
            event.called_off_reason,
        )
        for event, households in session.execute(statement, asked)
    ]


def request_of_event(session: Session, depot_id: int, event_id: int) -> RequestOfEvent | None:
    """Return which agency's request the event was made for; None for any other."""
    row = session.execute(
        select(GoodsRequest.id, Partner.name)
        .join(
            Partner,
            (Partner.depot_id == GoodsRequest.depot_id) & (Partner.id == GoodsRequest.partner_id),
        )
        .where(GoodsRequest.depot_id == depot_id, GoodsRequest.event_id == event_id)
    ).one_or_none()
    return None if row is None else RequestOfEvent(*row)
