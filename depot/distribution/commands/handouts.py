"""Goods go out at a distribution event: a whole crate, or items by quantity, oldest date first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.distribution.commands.scanned_goods import IssueLine, goods_to_issue
from depot.distribution.event_state import event_for_issue, note_late
from depot.distribution.fetched import Fetched, fetched_at
from depot.kernel.answers import ONLY_WHEN_SET, Booked, BookedGoods
from depot.kernel.draft import Draft, ItemNames, moved_goods, names_of, take_into_use
from depot.kernel.holdings import load_holdings, places_within
from depot.kernel.lookups import (
    ItemRow,
    load_fixed_places,
    look_up_places,
    need_crate,
    need_items,
)
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import Pool, draft_moves, let_go
from depot.ledger.choice.booking import Booking
from depot.ledger.entries import Place

__all__ = [
    "IssueAtEvent",
    "IssueLine",
    "IssuedGoods",
    "issue_at_event",
    "ready_for",
    "take_goods",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueAtEvent:
    """Handed out: a whole crate with all it holds, or lines."""

    command_id: UUID
    event_id: int = 0
    crate_code: str | None = None
    lines: tuple[IssueLine, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedGoods(Booked):
    """What was handed out, by item."""

    event_id: int
    crate_code: str | None = field(default=None, metadata=ONLY_WHEN_SET)
    lines: tuple[BookedGoods, ...] = ()


def issue_at_event(
    command: IssueAtEvent, actor: Actor, clock: Clock = utc_now
) -> Outcome[IssuedGoods]:
    """Hand out at an event. A planned one opens; a closed one accepts it as late.

    Lines are booked oldest date first. What the book does not have comes from count variance and
    opens a discrepancy; so does a crate that the book thinks is empty (it posts nothing) or
    retired. Raises NotFound, UnknownCrate, UnknownItem, UnknownCode, UnknownLocation, and PastUseBy
    or OnHold for goods that must not be handed out, unless they were already: that opens one too.
    """
    return run_once(command, actor, clock, book_issue, IssuedGoods)


def book_issue(command: IssueAtEvent, work: Work) -> IssuedGoods:
    """Book what goes out, as a part of a command; raises as `issue_at_event` does."""
    if (command.crate_code is None) == (not command.lines):
        raise Invalid(field="crate_code", problem=N_("Name a crate, or items with how many."))
    event_id, was_closed, partner_id = event_for_issue(work, command.event_id)
    draft = Draft(work, "issue", partner_id=partner_id, event_id=event_id, note=command.note)
    note_late(draft, was_closed)
    code = None
    if command.crate_code is None:
        names = _take_lines(draft, command.lines)
    else:
        code, names = _take_crate(draft, command.crate_code)
    lines = moved_goods(draft, names)
    return draft.post(partial(IssuedGoods, event_id=event_id, crate_code=code, lines=lines))


def _take_crate(draft: Draft, text: str) -> tuple[str, ItemNames]:
    """Add all that the crate and the crates on it hold; return its code as printed."""
    work = draft.work
    crate = need_crate(work, text)
    if crate.state == "retired":
        take_into_use(draft, crate)
    held = load_holdings(work, inside=[crate.place.id])
    let_go(draft, held)
    recipient = load_fixed_places(work)["recipient"]
    for holding in held:
        stock = holding.stock
        draft.move(stock.item_id, stock.lot_id, stock.place, recipient, stock.quantity)
    if not held:
        draft.discrepancy("crate_empty", location_id=crate.place.id, detail=crate.code)
    return crate.code, {h.stock.item_id: (h.item_name, h.base_unit) for h in held}


def _take_lines(draft: Draft, lines: Sequence[IssueLine]) -> ItemNames:
    work = draft.work
    goods = goods_to_issue(work, lines)
    items = need_items(work, [line.item for line in goods])
    places = look_up_places(work, [line.location for line in goods if line.location])
    inside = places_within(work, places.values())
    wanted = [
        (items[line.item], line.quantity, places[line.location] if line.location else None)
        for line in goods
    ]
    take_goods(draft, wanted, inside, ready_for(draft))
    return names_of(items.values())


def take_goods(
    draft: Draft,
    wanted: Sequence[tuple[ItemRow, int, Place | None]],
    inside: Mapping[int, Collection[int]],
    fetched: Sequence[Fetched],
) -> None:
    """Add what goes out to the draft: so many of an item, from a place or from anywhere.

    What was fetched for the event and waits goes first, then what expires first. `inside` says what
    stands in the places named. Raises PastUseBy or OnHold.
    """
    ready: defaultdict[tuple[int, int], int] = defaultdict(int)
    for one in fetched:
        ready[one.location_id, one.lot_id] += one.waiting
    items = {item.id for item, _quantity, _at in wanted}
    pool = Pool(draft, load_holdings(draft.work, items=items))
    rooms = load_fixed_places(draft.work)
    for item, quantity, at in wanted:
        booking = Booking((), quantity)
        if at is None and ready:
            booking = pool.book_there(item.id, quantity, ready)
        if booking.shortfall:
            more = pool.book(item.id, booking.shortfall, inside[at.id] if at else None)
            booking = Booking((*booking.picks, *more.picks), more.shortfall)
        draft_moves(draft, rooms, item, booking, rooms["recipient"], at)


def ready_for(draft: Draft) -> list[Fetched]:
    """Return what was fetched for the event and waits: it goes out first.

    Nothing is fetched for an event that was promised nothing; then nothing is asked.
    """
    work = draft.work
    if draft.event_id is None or not work.head.has_promises:
        return []
    return fetched_at(work.session, work.depot_id, draft.event_id)
