"""Goods leave a crate or a place: handed out, used here, or written off with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.kinds import LOSS_REASONS, EntryKind, LossReason, TakeOutReason, WriteOffReason
from depot.base.text import N_
from depot.distribution.event_state import event_for_issue, note_late
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.draft import Draft, ItemNames, moved_goods, names_of, take_into_use
from depot.kernel.goods_lines import GoodsLine, ignore_safety, look_up_goods
from depot.kernel.holdings import load_holdings
from depot.kernel.lookups import CrateRow, FixedPlaces, find_place_or_crate, load_fixed_places
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import Pool, draft_moves, let_go
from depot.ledger.entries import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOut:
    """Taken out of a crate or a place, all of it or by lines, and why."""

    command_id: UUID
    #: A crate's code or box number, or a place's name.
    place: str
    reason: TakeOutReason
    #: None: everything in it.
    lines: tuple[GoodsLine, ...] | None = None
    #: Says more of the reason `write_off`.
    write_off_reason: WriteOffReason | None = None
    event_id: int | None = None
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut(Booked):
    """What was taken out, by item."""

    crate_code: str | None = None
    event_id: int | None = None
    lines: tuple[BookedGoods, ...] = ()


def take_out(command: TakeOut, actor: Actor, clock: Clock = utc_now) -> Outcome[TakenOut]:
    """Take goods out of a crate (and of crates on it) or of a place.

    Without lines a crate gives all it holds, a place what lies there loose. What the book does
    not have comes from count variance and opens a discrepancy; an empty crate posts nothing and
    opens one. Raises UnknownLocation, UnknownItem, NotFound (lot, event), Invalid, and for what
    is handed out PastUseBy and OnHold, unless it is out already: that opens one too.
    """
    return run_once(command, actor, clock, _take_out, TakenOut)


def _take_out(command: TakeOut, work: Work) -> TakenOut:
    is_issue = command.reason == "issue"
    reason = "" if is_issue else _loss_reason(command)
    if command.event_id is not None and not is_issue:
        problem = N_("Only what is handed out belongs to a hand-out.")
        raise Invalid(field="event_id", problem=problem)
    place, crate = find_place_or_crate(work, command.place, "place")
    kind: EntryKind = "issue" if is_issue else "write_off"
    draft = Draft(work, kind, reason=reason, note=command.note)
    if command.event_id is not None:
        draft.event_id, was_closed, draft.partner_id = event_for_issue(work, command.event_id)
        note_late(draft, was_closed)
    rooms = load_fixed_places(work)
    target = rooms["recipient" if is_issue else "loss"]
    if crate is not None and crate.state == "retired":
        take_into_use(draft, crate)
    if command.lines is None:
        names = _take_all(draft, place, crate, target)
    else:
        names = _take_lines(draft, rooms, place, target, command.lines)
    code = crate.code if crate else None
    lines = moved_goods(draft, names)
    return draft.post(partial(TakenOut, crate_code=code, event_id=draft.event_id, lines=lines))


def _loss_reason(command: TakeOut) -> LossReason:
    if command.reason == "write_off":
        reason: TakeOutReason = command.write_off_reason or "lost"
    else:
        reason = command.reason
    if reason not in LOSS_REASONS:
        raise Invalid(field="reason", problem=N_("Say what it is taken out for."))
    return reason


def _take_all(draft: Draft, place: Place, crate: CrateRow | None, target: Place) -> ItemNames:
    work = draft.work
    held = load_holdings(work, inside=[place.id]) if crate else load_holdings(work, at=[place.id])
    if draft.kind == "issue":
        let_go(draft, held)
    for holding in held:
        stock = holding.stock
        draft.move(stock.item_id, stock.lot_id, stock.place, target, stock.quantity)
    if not held and crate is not None:
        draft.discrepancy("crate_empty", location_id=place.id, detail=crate.code)
    return {h.stock.item_id: (h.item_name, h.base_unit) for h in held}


def _take_lines(
    draft: Draft, rooms: FixedPlaces, place: Place, target: Place, lines: Sequence[GoodsLine]
) -> ItemNames:
    work = draft.work
    wanted = look_up_goods(work, lines)
    held = load_holdings(work, inside=[place.id], items={line.item.id for line in wanted})
    pool = Pool(draft, held if draft.kind == "issue" else ignore_safety(held))
    for line in wanted:
        booking = pool.book(line.item.id, line.quantity, lot_id=line.lot_id)
        draft_moves(draft, rooms, line.item, booking, target, place)
    return names_of(line.item for line in wanted)
