"""What every command at a distribution event shares: finding it, and what left through it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, update

from depot.base.clock import to_milliseconds
from depot.base.errors import NotFound
from depot.base.kinds import StateOfEvent
from depot.base.text import N_
from depot.db.columns import Instant
from depot.kernel.answers import Answer
from depot.kernel.draft import Draft
from depot.kernel.once import Work
from depot.ledger.entries import Place
from depot.ledger.sql import table_of
from depot.models import DistributionEvent, GoodsRequest, StockEntry, StockMove

#: Put together once: :event of :depot.
_EVENT: Final = select(DistributionEvent).where(
    DistributionEvent.id == bindparam("event"), DistributionEvent.depot_id == bindparam("depot")
)

_TABLE: Final = table_of(DistributionEvent)
_IS_PLANNED: Final = _TABLE.c.state == "planned"
_NOW: Final = func.coalesce(_TABLE.c.opened_at, bindparam("now", type_=Instant))
#: The agency whose request the event is; a hand-out for everybody has none.
_RECEIVER: Final = (
    select(GoodsRequest.partner_id)
    .where(GoodsRequest.depot_id == bindparam("depot"), GoodsRequest.event_id == bindparam("event"))
    .scalar_subquery()
)
#: Put together once: open :event of :depot at :now if it is planned, and say what it is then.
_OPENED: Final = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("event"), _TABLE.c.depot_id == bindparam("depot"))
    .values(
        state=case((_IS_PLANNED, "open"), else_=_TABLE.c.state),
        opened_at=case((_IS_PLANNED, _NOW), else_=_TABLE.c.opened_at),
        called_off_at=None,  # it takes place after all
    )
    .returning(_TABLE.c.id, _TABLE.c.state, _RECEIVER.label("partner_id"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedEvent(Answer):
    """An event and its state now."""

    id: int
    name: str
    state: StateOfEvent


def saved_event(event_id: int, name: str, state: StateOfEvent) -> SavedEvent:
    """Return the answer about an event."""
    return SavedEvent(id=event_id, name=name, state=state)


def load_event(work: Work, event_id: int) -> DistributionEvent:
    """Return the depot's event. Raises NotFound, also for another depot's."""
    asked = {"event": event_id, "depot": work.depot_id}
    event = work.session.scalar(_EVENT, asked) if 0 < event_id < 2**63 else None
    if event is None:
        raise NotFound(field="event_id", what=N_("hand-out"), name=str(event_id))
    return event


def event_for_issue(work: Work, event_id: int) -> tuple[int, bool, int | None]:
    """Return the event's id, whether it was closed already, and the agency that it is for.

    A planned one opens. What goes out at an event that became of a request goes to that agency.
    What comes after closing is accepted: say so with `note_late`. Raises NotFound.
    """
    asked = {"event": event_id, "depot": work.depot_id, "now": work.recorded_at}
    found = None
    if 0 < event_id < 2**63:
        found = work.session.connection().execute(_OPENED, asked).one_or_none()
    if found is None:
        raise NotFound(field="event_id", what=N_("hand-out"), name=str(event_id))
    return found.id, found.state == "closed", found.partner_id


def set_state(work: Work, event_id: int, state: StateOfEvent) -> None:
    """Open or close an event, with the time of it."""
    change = update(DistributionEvent).where(
        DistributionEvent.id == event_id, DistributionEvent.depot_id == work.depot_id
    )
    if state == "closed":
        change = change.values(state=state, closed_at=work.recorded_at, called_off_at=None)
    else:
        opened_at = func.coalesce(DistributionEvent.opened_at, to_milliseconds(work.recorded_at))
        change = change.values(state=state, closed_at=None, opened_at=opened_at, called_off_at=None)
    work.session.execute(change.execution_options(synchronize_session=False))


def note_late(draft: Draft, was_closed: bool) -> None:
    """Put what was said after closing on the coordinator's list."""
    if was_closed:
        name = draft.work.session.scalar(
            select(DistributionEvent.name).where(DistributionEvent.id == draft.event_id)
        )
        draft.discrepancy("event_closed", detail=name or "")


@dataclass(frozen=True, slots=True)
class GoodsOut:
    """How much of a lot is out at an event, net of what came back."""

    item_id: int
    lot_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class GoodsOutFrom:
    """How much of a lot left one location for an event and did not come back to it."""

    item_id: int
    lot_id: int
    location_id: int
    quantity: int


def goods_out_at_event(
    work: Work, event_id: int, recipient: Place, *, items: Collection[int] | None = None
) -> list[GoodsOut]:
    """Return what is out at the event by lot, the last handed out first (one statement)."""
    left, at_event = _left(recipient), _at_event(work, event_id, recipient)
    if items is not None:
        at_event = at_event & StockMove.item_id.in_(items)
    last = func.max(case((left, StockMove.entry_id), else_=0))
    statement = (
        select(StockMove.item_id, StockMove.lot_id, _net(left))
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .where(at_event)
        .group_by(StockMove.item_id, StockMove.lot_id)
        .order_by(last.desc(), StockMove.lot_id)
    )
    found = work.session.execute(statement)
    return [GoodsOut(item_id, lot_id, int(net)) for item_id, lot_id, net in found if net > 0]


def goods_out_from(
    work: Work, event_id: int, recipient: Place, places: Collection[int] | Select[int]
) -> list[GoodsOutFrom]:
    """Return what left each of the given locations for the event (one statement)."""
    left = _left(recipient)
    location_id = case((left, StockMove.source_id), else_=StockMove.target_id)
    statement = (
        select(StockMove.item_id, StockMove.lot_id, location_id, _net(left))
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .where(_at_event(work, event_id, recipient), location_id.in_(places))
        .group_by(StockMove.item_id, StockMove.lot_id, location_id)
        .order_by(location_id, StockMove.lot_id)
    )
    found = work.session.execute(statement)
    return [GoodsOutFrom(item, lot, place, int(net)) for item, lot, place, net in found if net > 0]


def _left(recipient: Place) -> ColumnElement[bool]:
    return StockMove.target_id == recipient.id


def _net(left: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((left, StockMove.quantity), else_=-StockMove.quantity))


def _at_event(work: Work, event_id: int, recipient: Place) -> ColumnElement[bool]:
    """Moves to and from the people at the event, the undone ones and their undoing among them."""
    return and_(
        StockEntry.depot_id == work.depot_id,
        StockEntry.event_id == event_id,
        or_(_left(recipient), StockMove.source_id == recipient.id),
    )
