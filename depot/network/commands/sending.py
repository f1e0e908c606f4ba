"""Goods leave for another depot; or one asks for them, and is told no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, UnknownCrate
from depot.base.kinds import TransferState
from depot.base.text import N_
from depot.base.units import BASE_UNITS
from depot.kernel.answers import Answer, Booked, BookedGoods
from depot.kernel.draft import Draft, ItemNames, moved_goods
from depot.kernel.goods_lines import WantedGoods, line_items
from depot.kernel.holdings import load_holdings, places_within
from depot.kernel.lookups import (
    CrateRow,
    FixedPlaces,
    ItemRef,
    find_crates,
    load_fixed_places,
    look_up_places,
)
from depot.kernel.network.offers import give_back
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import Pool, draft_moves, let_go
from depot.ledger.entries import Place
from depot.models import Crate, Location, Transfer
from depot.network.envelopes import (
    End,
    Packed,
    PackedCrate,
    Picked,
    add_both,
    add_crates,
    add_lines,
    find_end,
    need_state,
    note_entry,
    other_end_id,
    pack,
    set_state,
    write_asked,
)
from depot.network.links import Destination, need_destination, need_linked


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLine:
    """So many of an item (FEFO), or of one lot, from anywhere or from the place or crate named."""

    quantity: int
    item: ItemRef | None = None
    lot_id: int | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTransfer:
    """Goods leave for another depot: crates with all that is in and on them, and lines."""

    command_id: UUID
    to_depot: int | str
    crate_codes: tuple[str, ...] = ()
    lines: tuple[SendLine, ...] = ()
    #: What the other depot had asked for with it.
    asked_id: int | None = None
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTransfer(Booked):
    """The transfer, and what is on the way with it."""

    id: int
    state: TransferState
    to_depot: str
    crate_codes: tuple[str, ...] = ()
    lines: tuple[BookedGoods, ...] = ()


def send_transfer(
    command: SendTransfer, actor: Actor, clock: Clock = utc_now
) -> Outcome[SentTransfer]:
    """Send goods to a depot of the network: they leave this book, and the other is told of them.

    What the book does not have comes from count variance and opens a discrepancy. Raises NotLinked,
    UnknownCrate, UnknownItem, UnknownLocation, TransferOver, Invalid where there is nothing to
    send, and, unless they have left already, PastUseBy and OnHold.
    """
    return run_once(command, actor, clock, _send, SentTransfer)


def _send(command: SendTransfer, work: Work) -> SentTransfer:
    other = need_destination(work.session, work.depot_id, command.to_depot, "to_depot")
    draft = Draft(work, "transfer", note=command.note)
    rooms = load_fixed_places(work)
    crates = _Crates(work, command.crate_codes)
    names = _load(draft, rooms, crates) | _load_lines(draft, rooms, crates, command.lines)
    goods = moved_goods(draft, names)
    if not draft.moves and not crates.rows:
        raise Invalid(field="lines", problem=N_("There is nothing to send."))
    picked = _picked(draft, rooms["network"], crates)
    crates.leave(draft)
    transfer_id = _write(command, work, other, pack(work, picked), picked, crates.packed())
    answer = draft.post(
        partial(
            SentTransfer,
            id=transfer_id,
            state="sent",
            to_depot=other.name,
            crate_codes=tuple(sorted(crates.codes.values())),
            lines=goods,
        )
    )
    note_entry(work, answer.entry_id, transfer_id)
    return answer


class _Crates:
    """The crates that go, with those that stand on them: by location, with their codes."""

    def __init__(self, work: Work, texts: Sequence[str]) -> None:
        self._work = work
        found = find_crates(work, texts)
        for text in texts:
            if text not in found:
                raise UnknownCrate(field="crate_codes", code=text)
        #: Those that were named; what stands on them goes where they go.
        self.rows: list[CrateRow] = list({row.place.id: row for row in found.values()}.values())
        inside = places_within(work, [row.place for row in self.rows])
        self.ids = set().union(*inside.values()) if inside else set()
        self.codes: dict[int, str] = {}
        self._parents: dict[int, int | None] = {}
        self._boxes: dict[int, str] = {}
        for row in work.session.execute(
            select(Crate.location_id, Crate.code, Crate.box_number, Location.parent_id)
            .join(Location, Location.id == Crate.location_id)
            .where(Crate.depot_id == work.depot_id, Crate.location_id.in_(self.ids))
        ):
            self.codes[row.location_id] = row.code
            self._parents[row.location_id] = row.parent_id
            self._boxes[row.location_id] = row.box_number

    def leave(self, draft: Draft) -> None:
        """Take the crates from where they stand; from now on nobody fills them here."""
        for row in self.rows:
            if row.parent_id not in self.ids:
                draft.place_crate(row, None)
        if self.ids:
            self._work.session.execute(
                update(Crate)
                .where(Crate.depot_id == self._work.depot_id, Crate.location_id.in_(self.ids))
                .values(state="retired", retired_at=self._work.recorded_at)
            )

    def packed(self) -> list[PackedCrate]:
        """Return the crates as the other depot is told of them."""
        return [
            PackedCrate(
                code, self.codes.get(self._parents[place_id] or 0, ""), self._boxes[place_id]
            )
            for place_id, code in sorted(self.codes.items(), key=lambda one: one[1])
        ]


def _load(draft: Draft, rooms: FixedPlaces, crates: _Crates) -> ItemNames:
    """Draft the moves of all that is in the crates; return the items' names and units."""
    if not crates.ids:
        return {}
    held = load_holdings(draft.work, at=crates.ids)
    let_go(draft, held)
    for holding in held:
        stock = holding.stock
        draft.move(stock.item_id, stock.lot_id, stock.place, rooms["network"], stock.quantity)
    return {h.stock.item_id: (h.item_name, h.base_unit) for h in held}


def _load_lines(
    draft: Draft, rooms: FixedPlaces, crates: _Crates, lines: Sequence[SendLine]
) -> ItemNames:
    """Draft the moves of the lines, the oldest date first, from what is in no crate that goes."""
    if not lines:
        return {}
    work = draft.work
    wanted = [
        WantedGoods(item, line.quantity, line.lot_id)
        for line, item in zip(lines, line_items(work, lines), strict=True)
    ]
    named = look_up_places(work, [line.location for line in lines if line.location])
    inside = places_within(work, named.values())
    held = [
        one
        for one in load_holdings(work, items={line.item.id for line in wanted})
        if one.stock.place.id not in crates.ids
    ]
    pool = Pool(draft, held)
    for line, goods in zip(lines, wanted, strict=True):
        place = named[line.location] if line.location else None
        at = inside[place.id] if place else None
        booking = pool.book(goods.item.id, goods.quantity, at, lot_id=goods.lot_id)
        draft_moves(draft, rooms, goods.item, booking, rooms["network"], place)
    return {line.item.id: (line.item.name, line.item.base_unit) for line in wanted}


def _picked(draft: Draft, target: Place, crates: _Crates) -> list[Picked]:
    """Return what leaves, lot by lot and crate by crate."""
    sums: defaultdict[tuple[int, int, str], int] = defaultdict(int)
    for move in draft.moves:
        if move.target == target:
            crate = crates.codes.get(move.source.id, "")
            sums[move.item_id, move.lot_id, crate] += move.quantity
    return [Picked(*key, quantity) for key, quantity in sums.items()]


def _write(
    command: SendTransfer,
    work: Work,
    other: Destination,
    lines: Sequence[Packed],
    picked: Sequence[Picked],
    crates: Sequence[PackedCrate],
) -> int:
    """Write down at both ends what goes; return the number of this depot's end."""
    if command.asked_id is None:
        own_id = add_both(work, other, work.command_id, "sent", command.note, work.occurred_at)
        end = find_end(work, own_id, "out")
    else:
        end = find_end(work, command.asked_id, "out")
        need_state(end, ("asked",), N_("it was sent or declined already."))
        if end.other_id != other.other_id:
            raise Invalid(field="to_depot", problem=N_("Another depot asked for that."))
        set_state(work, end, "sent", sent_at=work.occurred_at)
    theirs = other_end_id(work, end)
    own = [(one.item_id, one.lot_id) for one in picked]
    add_lines(work, work.depot_id, end.id, lines, own)
    add_crates(work, work.depot_id, end.id, crates)
    if theirs is not None and other.other_id is not None:
        add_lines(work, other.other_id, theirs, lines)
        add_crates(work, other.other_id, theirs, crates)
    return end.id


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """So many base units of something, as the other depot calls it."""

    item: str
    quantity: int
    unit: str = "piece"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTransfer:
    """This depot asks another one for goods."""

    command_id: UUID
    from_depot: int | str
    lines: tuple[AskLine, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSaid(Answer):
    """A transfer, and how far it is."""

    id: int
    state: TransferState


def ask_transfer(
    command: AskTransfer, actor: Actor, clock: Clock = utc_now
) -> Outcome[TransferSaid]:
    """Ask a depot of the network for goods; it sends them or says no. Raises NotLinked, Invalid."""
    return run_once(command, actor, clock, _ask, TransferSaid)


def _ask(command: AskTransfer, work: Work) -> TransferSaid:
    other = need_linked(work.session, work.depot_id, command.from_depot, "from_depot")
    if not command.lines:
        raise Invalid(field="lines", problem=N_("Say what is asked for."))
    lines = [
        Packed(line=number, item_name=one.item, base_unit=one.unit, quantity=one.quantity)
        for number, one in enumerate(command.lines, start=1)
    ]
    if any(one.base_unit not in BASE_UNITS for one in lines):
        raise Invalid(field="lines", problem=N_("Say which item and how many."))
    return TransferSaid(id=write_asked(work, other, lines, command.note), state="asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineTransfer:
    """What was asked for does not come: either depot may say so while nothing was sent."""

    command_id: UUID
    transfer_id: int = 0


def decline_transfer(
    command: DeclineTransfer, actor: Actor, clock: Clock = utc_now
) -> Outcome[TransferSaid]:
    """End what was asked for and not sent yet; an offer gets back what was taken of it.

    Raises NotFound, TransferOver.
    """
    return run_once(command, actor, clock, _decline, TransferSaid)


def _decline(command: DeclineTransfer, work: Work) -> TransferSaid:
    end = _either_end(work, command.transfer_id)
    need_state(end, ("asked",), N_("it was sent or declined already."))
    set_state(work, end, "declined", closed_at=work.recorded_at)
    give_back(work, end.code, (end.depot_id, end.other_id))
    return TransferSaid(id=end.id, state="declined")


def _either_end(work: Work, transfer_id: int) -> End:
    direction = work.session.scalar(
        select(Transfer.direction).where(
            Transfer.depot_id == work.depot_id, Transfer.id == transfer_id
        )
    )
    return find_end(work, transfer_id, direction or "in")
