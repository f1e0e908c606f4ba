"""What agencies ask for: a depot's requests, one agency's, and how short goods would be shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.names import natural_sort_key
from depot.ledger.item_names import ITEM_NAME
from depot.models import (
    DistributionEvent,
    GoodsRequest,
    GoodsRequestLine,
    HandOverSignature,
    Item,
    Partner,
    Person,
    StockEntry,
)
from depot.partners.fair_share import OpenAsk, share_requests
from depot.partners.offers import free_goods
from depot.partners.queries.agencies import last_said

#: What a request is to who reads it: packed and handed over are told from its hand-out.
Standing = Literal["asked", "withdrawn", "declined", "approved", "packed", "called_off", "taken"]
#: Those that somebody still has something to do with.
OPEN: Final = ("asked", "approved", "packed", "called_off")
#: What was approved and fetched by nobody until then is history.
_LONG_OVER: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """How much of an item was asked for, promised and taken, in its base unit."""

    item_id: int
    item: str
    unit: str
    asked: int
    approved: int | None
    taken: int | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request with all that is known of it."""

    id: int
    partner_id: int
    agency: str
    standing: Standing
    needed_on: date
    is_delivered: bool
    note: str
    by_agency: bool
    #: Who wrote it down here; None where the agency did.
    asked_by: str | None
    asked_at: datetime
    answered_by: str | None
    answered_at: datetime | None
    answer: str
    event_id: int | None
    starts_at: datetime | None
    entry_id: int | None
    taken_at: datetime | None
    signed_by: str
    signed_how: str
    lines: tuple[RequestLine, ...]

    @property
    def differences(self) -> tuple[RequestLine, ...]:
        """The lines of which something else was taken than was promised."""
        return tuple(
            line
            for line in self.lines
            if line.taken is not None and line.taken != (line.approved or 0)
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one line of a request would get: what is free, what all ask for, and its fair part."""

    free: int
    asked_by_all: int
    #: How many agencies ask for it.
    agencies: int
    share: int

    @property
    def is_short(self) -> bool:
        return self.asked_by_all > self.free


def find_request(
    session: Session, depot_id: int, request_id: int, partner_id: int | None = None
) -> RequestRow | None:
    """Return one request of the depot, and of that agency if one is given (two statements)."""
    if not 0 < request_id < 2**63:
        return None
    wanted = _requests(depot_id).where(GoodsRequest.id == request_id)
    if partner_id is not None:
        wanted = wanted.where(GoodsRequest.partner_id == partner_id)
    return next(iter(_rows(session, depot_id, wanted)), None)


def open_requests(
    session: Session, depot_id: int, today: date, limit: int = 200
) -> list[RequestRow]:
    """Return what waits for an answer or to be handed over, the soonest first.

    What was approved and fetched by nobody is left out when its day is long over (four statements,
    two where nothing waits).
    """
    asked = _requests(depot_id).where(GoodsRequest.state == "asked")
    approved = _requests(depot_id).where(
        GoodsRequest.state == "approved",
        GoodsRequest.needed_on >= today - _LONG_OVER,
        _COUNTS.id.is_(None),
    )
    found = [
        row
        for wanted in (asked, approved)
        for row in _rows(session, depot_id, wanted.order_by(GoodsRequest.needed_on).limit(limit))
    ]
    return sorted(found, key=lambda row: (row.needed_on, row.id))[:limit]


def settled_requests(session: Session, depot_id: int, limit: int = 30) -> list[RequestRow]:
    """Return what was taken, declined or withdrawn, the last first (two statements)."""
    wanted = (
        _requests(depot_id)
        .where(
            or_(GoodsRequest.state.in_(("declined", "withdrawn")), _COUNTS.id.is_not(None)),
        )
        .order_by(GoodsRequest.id.desc())
        .limit(limit)
    )
    return _rows(session, depot_id, wanted)


def requests_of(
    session: Session, depot_id: int, partner_id: int, limit: int = 100
) -> list[RequestRow]:
    """Return what one agency asked for, the last first (two statements)."""
    wanted = (
        _requests(depot_id)
        .where(GoodsRequest.partner_id == partner_id)
        .order_by(GoodsRequest.id.desc())
        .limit(limit)
    )
    return _rows(session, depot_id, wanted)


def requests_after(session: Session, depot_id: int, after: int, limit: int) -> list[RequestRow]:
    """Return at most `limit` requests whose id comes after `after` (two statements)."""
    wanted = (
        _requests(depot_id).where(GoodsRequest.id > after).order_by(GoodsRequest.id).limit(limit)
    )
    return _rows(session, depot_id, wanted)


def all_requests(session: Session, depot_id: int) -> list[RequestRow]:
    """Return every request of the depot, the last first (two statements)."""
    return _rows(session, depot_id, _requests(depot_id).order_by(GoodsRequest.id.desc()))


def proposals(
    session: Session, depot_id: int, request: RequestRow, today: date
) -> dict[int, Proposal]:
    """Return what each line of a request would get, by item.

    Everybody who waits for an answer and asks for the same is counted, in proportion to the people
    they said they serve. Some statements, however many ask.
    """
    items = [line.item_id for line in request.lines]
    rows = session.execute(
        select(
            GoodsRequestLine.item_id,
            GoodsRequest.id,
            GoodsRequest.partner_id,
            GoodsRequest.needed_on,
            GoodsRequestLine.asked,
        )
        .join(
            GoodsRequest,
            and_(
                GoodsRequest.depot_id == GoodsRequestLine.depot_id,
                GoodsRequest.id == GoodsRequestLine.request_id,
            ),
        )
        .where(
            GoodsRequest.depot_id == depot_id,
            GoodsRequest.state == "asked",
            GoodsRequestLine.item_id.in_(items),
        )
    )
    asks: defaultdict[int, list[OpenAsk]] = defaultdict(list)
    for item_id, request_id, partner_id, needed_on, asked in rows:
        asks[item_id].append(OpenAsk(request_id, partner_id, needed_on, asked))
    free = {
        offer.item_id: offer.free
        for offer in free_goods(session, depot_id, max(request.needed_on, today), today)
    }
    people = {number: said.people_a_year for number, said in last_said(session, depot_id).items()}
    return {
        item_id: _proposal(request.id, free.get(item_id, 0), asks[item_id], people)
        for item_id in items
    }


def _proposal(
    request_id: int, free: int, asks: Collection[OpenAsk], people: Mapping[int, int]
) -> Proposal:
    shares = share_requests(free, list(asks), people)
    return Proposal(
        free,
        sum(ask.asked for ask in asks),
        len({ask.partner_id for ask in asks}),
        shares.get(request_id, 0),
    )


def signature_of(session: Session, depot_id: int, entry_id: int) -> str | None:
    """Return the drawing of a hand-over as it is kept; None if there is none (one statement)."""
    return session.scalar(
        select(HandOverSignature.png).where(
            HandOverSignature.depot_id == depot_id, HandOverSignature.entry_id == entry_id
        )
    )


#: The entry by which it was handed over, unless that was undone.
_COUNTS: Final = aliased(StockEntry)
_UNDOING: Final = aliased(StockEntry)
_ASKED_BY: Final = aliased(Person)
_ANSWERED_BY: Final = aliased(Person)


def _requests(depot_id: int) -> Select[*tuple[Any, ...]]:
    undone = select(_UNDOING.id).where(
        _UNDOING.depot_id == depot_id, _UNDOING.reverses_id == _COUNTS.id
    )
    return (
        select(
            GoodsRequest,
            Partner.name.label("agency"),
            DistributionEvent,
            _COUNTS.id.label("entry_id"),
            _COUNTS.occurred_at.label("taken_at"),
            _ASKED_BY.name.label("asked_by"),
            _ANSWERED_BY.name.label("answered_by"),
        )
        .join(Partner, and_(Partner.depot_id == depot_id, Partner.id == GoodsRequest.partner_id))
        .outerjoin(
            DistributionEvent,
            and_(
                DistributionEvent.depot_id == depot_id,
                DistributionEvent.id == GoodsRequest.event_id,
            ),
        )
        .outerjoin(
            _COUNTS,
            and_(
                _COUNTS.depot_id == depot_id,
                _COUNTS.id == GoodsRequest.entry_id,
                ~undone.exists(),
            ),
        )
        .outerjoin(_ASKED_BY, _ASKED_BY.id == GoodsRequest.person_id)
        .outerjoin(_ANSWERED_BY, _ANSWERED_BY.id == GoodsRequest.answered_by_id)
        .where(GoodsRequest.depot_id == depot_id)
    )


def _rows(session: Session, depot_id: int, wanted: Select[*tuple[Any, ...]]) -> list[RequestRow]:
    found = session.execute(wanted).all()
    lines = _lines(session, depot_id, [row.GoodsRequest.id for row in found])
    return [_row(row, lines[row.GoodsRequest.id]) for row in found]


def _row(found: Any, lines: list[RequestLine]) -> RequestRow:
    request: GoodsRequest = found.GoodsRequest
    event: DistributionEvent | None = found.DistributionEvent
    return RequestRow(
        request.id,
        request.partner_id,
        found.agency,
        _standing(request.state, event, found.entry_id),
        request.needed_on,
        request.is_delivered,
        request.note,
        request.by_agency,
        found.asked_by,
        request.asked_at,
        found.answered_by,
        request.answered_at,
        request.answer,
        request.event_id,
        event.starts_at if event else None,
        found.entry_id,
        found.taken_at,
        request.signed_by if found.entry_id else "",
        request.signed_how if found.entry_id else "",
        tuple(lines),
    )


def _standing(state: Any, event: DistributionEvent | None, entry_id: int | None) -> Standing:
    if state != "approved" or event is None:
        found: Standing = state
        return found
    if entry_id is not None:
        return "taken"
    if event.called_off_at is not None:
        return "called_off"
    return "approved" if event.packed_at is None else "packed"


def _lines(
    session: Session, depot_id: int, requests: Collection[int]
) -> defaultdict[int, list[RequestLine]]:
    found: defaultdict[int, list[RequestLine]] = defaultdict(list)
    if requests:
        rows = session.execute(
            select(GoodsRequestLine, ITEM_NAME, Item.base_unit)
            .join(Item, Item.id == GoodsRequestLine.item_id)
            .where(
                GoodsRequestLine.depot_id == depot_id,
                GoodsRequestLine.request_id.in_(requests),
            )
        )
        for line, name, unit in sorted(rows, key=lambda row: natural_sort_key(row[1])):
            found[line.request_id].append(
                RequestLine(line.item_id, name, unit, line.asked, line.approved, line.taken)
            )
    return found
