"""Goods come back from a distribution event: what was left on the table, or a whole crate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.distribution.event_state import (
    GoodsOut,
    event_for_issue,
    goods_out_at_event,
    goods_out_from,
    note_late,
)
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.draft import Draft, ItemNames, moved_goods, names_of, take_into_use
from depot.kernel.holdings import locations_within
from depot.kernel.lookups import (
    CrateRow,
    FixedPlaces,
    ItemRef,
    ItemRow,
    find_crates,
    find_items,
    find_places,
    load_fixed_places,
    need_crate,
    need_items,
)
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import get_unknown_lot
from depot.ledger.entries import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """So many of an item came back, to the place or crate named."""

    item: ItemRef
    quantity: int
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnGoods:
    """Brought back: lines, or all that went out of a crate and is not back yet."""

    command_id: UUID
    event_id: int = 0
    crate_code: str | None = None
    lines: tuple[ReturnLine, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedGoods(Booked):
    """What came back, by item."""

    event_id: int
    crate_code: str | None = None
    lines: tuple[BookedGoods, ...] = ()


def return_goods(
    command: ReturnGoods, actor: Actor, clock: Clock = utc_now
) -> Outcome[ReturnedGoods]:
    """Bring goods back from an event, the lots handed out last first.

    A line without a place goes to the crate named, else to where goods arrive. More than was
    handed out is accepted: the rest comes from count variance and opens a discrepancy. A crate of
    which nothing is out any more posts nothing. Raises NotFound, UnknownCrate, UnknownItem,
    UnknownLocation.
    """
    return run_once(command, actor, clock, _return, ReturnedGoods)


def _return(command: ReturnGoods, work: Work) -> ReturnedGoods:
    if command.crate_code is None and not command.lines:
        raise Invalid(field="crate_code", problem=N_("Name a crate, or items with how many."))
    event_id, was_closed, partner_id = event_for_issue(work, command.event_id)
    draft = Draft(work, "return", partner_id=partner_id, event_id=event_id, note=command.note)
    note_late(draft, was_closed)
    rooms = load_fixed_places(work)
    crate = None
    if command.crate_code is not None:
        crate = need_crate(work, command.crate_code)
    names: ItemNames = {}
    if command.lines:
        names = _bring_lines(draft, rooms, command.lines, crate)
    elif crate is not None:
        names = _bring_crate(draft, rooms, crate)
    code = crate.code if crate else None
    lines = moved_goods(draft, names)
    return draft.post(partial(ReturnedGoods, event_id=event_id, crate_code=code, lines=lines))


def _bring_crate(draft: Draft, rooms: FixedPlaces, crate: CrateRow) -> ItemNames:
    """Put back what went out of the crate (and of crates on it), as far as it is still out."""
    work, recipient = draft.work, rooms["recipient"]
    event_id = draft.event_id or 0
    inside = select(locations_within(work.depot_id, [crate.place.id]).c.id)
    still_out = {out.lot_id: out.quantity for out in goods_out_at_event(work, event_id, recipient)}
    for out in goods_out_from(work, event_id, recipient, inside):
        quantity = min(out.quantity, still_out.get(out.lot_id, 0))
        if quantity:
            target = Place(out.location_id, "crate")
            draft.move(out.item_id, out.lot_id, recipient, target, quantity)
            still_out[out.lot_id] -= quantity
    if draft.moves:
        take_into_use(draft, crate)
    return names_of(find_items(work, [move.item_id for move in draft.moves]).values())


def _bring_lines(
    draft: Draft, rooms: FixedPlaces, lines: Sequence[ReturnLine], crate: CrateRow | None
) -> ItemNames:
    work = draft.work
    items = need_items(work, [line.item for line in lines])
    crates, places = _targets(work, lines)
    usual = crate.place if crate else rooms.arrival
    outs = goods_out_at_event(
        work,
        draft.event_id or 0,
        rooms["recipient"],
        items={item.id for item in items.values()},
    )
    for line in lines:
        target = places[line.location] if line.location else usual
        outs = _bring_line(draft, rooms, items[line.item], line.quantity, target, outs)
    for filled in {target.place.id: target for target in (*crates, crate) if target}.values():
        take_into_use(draft, filled)
    return names_of(items.values())


def _targets(work: Work, lines: Sequence[ReturnLine]) -> tuple[list[CrateRow], dict[str, Place]]:
    """Return the crates among the places named, and every place by its name."""
    names = [line.location for line in lines if line.location]
    crates = find_crates(work, names)
    places = find_places(work, [name for name in names if name not in crates])
    return list(crates.values()), places | {name: row.place for name, row in crates.items()}


def _bring_line(
    draft: Draft,
    rooms: FixedPlaces,
    item: ItemRow,
    wanted: int,
    target: Place,
    outs: Sequence[GoodsOut],
) -> list[GoodsOut]:
    """Add one line's moves; return what is still out afterwards."""
    left, last_lot, still = wanted, None, []
    for out in outs:
        taken = min(left, out.quantity) if out.item_id == item.id else 0
        if taken:
            draft.move(item.id, out.lot_id, rooms["recipient"], target, taken)
            left -= taken
        if out.item_id == item.id and last_lot is None:
            last_lot = out.lot_id
        still.append(GoodsOut(out.item_id, out.lot_id, out.quantity - taken))
    if left:
        lot_id = last_lot or get_unknown_lot(draft.work, item)
        draft.move(item.id, lot_id, rooms["count_variance"], target, left)
        draft.discrepancy(
            "short_stock",
            item_id=item.id,
            location_id=target.id,
            expected=wanted - left,
            actual=wanted,
        )
    return still
