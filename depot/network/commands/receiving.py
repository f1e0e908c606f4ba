"""Goods of another depot arrive: all of them, some, or some broken; what is missing is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LotDate
from depot.base.errors import Invalid
from depot.base.kinds import TransferState
from depot.base.names import name_key
from depot.base.text import N_
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.draft import Draft
from depot.kernel.lookups import (
    ItemRef,
    ItemRow,
    LotKey,
    find_or_make_lots,
    find_place_or_crate,
    load_fixed_places,
)
from depot.kernel.once import Outcome, Work, run_once
from depot.ledger.entries import Place
from depot.network.arrivals import keep_arrival, tell_differences
from depot.network.balance import (
    Came,
    Taken,
    balance_of,
    share_among,
    state_of,
    take_arrival,
)
from depot.network.envelopes import (
    End,
    Line,
    find_end,
    load_lines,
    need_state,
)
from depot.network.errors import NotInTransfer
from depot.network.matching import match_items
from depot.network.unloading import Unloaded


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveLine:
    """So much came of a line, by its number, or of an item, as either depot calls it.

    `quantity` came in good order and `damaged` broken; both nothing: it did not come.
    """

    quantity: int
    damaged: int = 0
    line: int | None = None
    item: ItemRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLine:
    """What the other depot calls so is this item here."""

    line: int
    item: ItemRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveTransfer:
    """What of a transfer is here: crates that were scanned off, with all in them, and lines."""

    command_id: UUID
    transfer_id: int = 0
    crate_codes: tuple[str, ...] = ()
    lines: tuple[ReceiveLine, ...] = ()
    #: Nothing more comes: what is not named is missing.
    complete: bool
    #: Where it is put; empty: where goods arrive.
    place: str = ""
    matches: tuple[MatchLine, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingGoods:
    """So much of a line was sent and did not come, or came broken."""

    line: int
    item: str
    unit: str
    crate_code: str
    sent: int
    arrived: int
    damaged: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedTransfer(Booked):
    """How far the transfer is, what came now, and of which lines not all came in good order."""

    id: int
    state: TransferState
    from_depot: str
    crate_codes: tuple[str, ...] = ()
    lines: tuple[BookedGoods, ...] = ()
    missing: tuple[LackingGoods, ...] = ()


def receive_transfer(
    command: ReceiveTransfer, actor: Actor, clock: Clock = utc_now
) -> Outcome[ReceivedTransfer]:
    """Book what came of a transfer; with `complete`, name at both ends what did not.

    What was called missing and comes after all is booked the same way. More than was sent comes
    from the count variance and is looked at at both ends. Raises NotFound, TransferOver,
    NotInTransfer, UnknownLocation, UnknownItem, Invalid.
    """
    return run_once(command, actor, clock, _receive, ReceivedTransfer)


def _receive(command: ReceiveTransfer, work: Work) -> ReceivedTransfer:
    end = find_end(work, command.transfer_id, "in")
    need_state(end, ("sent", "arriving", "arrived"), N_("nothing of it is on the way."))
    lines = load_lines(work, work.depot_id, end.id)
    crates = Unloaded(work, end, command.crate_codes)
    came = _came(work, end, lines, crates.codes, command)
    taken = {
        line.sent.line: take_arrival(line.sent, came[line.sent.line])
        for line in lines
        if line.sent.line in came
    }
    draft = Draft(work, "transfer", note=command.note)
    target = load_fixed_places(work).arrival
    if command.place:
        target, _crate = find_place_or_crate(work, command.place, "place")
    crates.unload(draft, target)
    here = [line for line in lines if any(taken.get(line.sent.line, ()))]
    goods = _book(draft, end, here, taken, crates, target, command.matches)
    after = [_after(line, taken) for line in lines]
    state = state_of([line.sent for line in after], is_complete=command.complete)
    balance_of(state, [line.sent for line in after])
    tell_differences(draft, end, state, after, goods.items, taken)
    answer = draft.post(
        partial(
            ReceivedTransfer,
            id=end.id,
            state=state,
            from_depot=end.other_name,
            crate_codes=tuple(crates.codes),
            lines=goods.booked,
            missing=_lacking(after) if state == "arrived" else (),
        )
    )
    keep_arrival(
        work, end, state, answer.entry_id, [_after(line, taken, goods) for line in here], taken
    )
    crates.keep(answer.entry_id)
    return answer


def _after(line: Line, taken: Mapping[int, Taken], goods: _Goods | None = None) -> Line:
    """Return the line as it is once this is booked."""
    number = line.sent.line
    now = taken.get(number, Taken(0, 0, 0))
    sent = replace(
        line.sent,
        arrived=line.sent.arrived + now.arrived,
        damaged=line.sent.damaged + now.damaged,
    )
    if goods is None:
        return replace(line, sent=sent)
    return replace(line, sent=sent, item_id=goods.items[number].id, lot_id=goods.lots[number])


def _came(
    work: Work,
    end: End,
    lines: Sequence[Line],
    crates: Mapping[str, str],
    command: ReceiveTransfer,
) -> dict[int, Came]:
    """Return how much came of each line. What a line says of a scanned crate's goods wins."""
    came = {
        line.sent.line: Came(line.sent.outstanding, 0)
        for line in lines
        if line.packed.crate_code in crates
    }
    numbers = {line.sent.line for line in lines}
    of_items: defaultdict[tuple[int, ...], list[ReceiveLine]] = defaultdict(list)
    for said in command.lines:
        if said.line is None:
            of_items[_lines_of(work, lines, said.item)].append(said)
        elif said.line not in numbers:
            raise NotInTransfer(field="lines", name=said.line)
        else:
            came[said.line] = Came(said.quantity, said.damaged)
    for chosen, of_item in of_items.items():
        total = Came(sum(one.quantity for one in of_item), sum(one.damaged for one in of_item))
        by_number = {line.sent.line: line.sent for line in lines}
        came |= share_among([by_number[number] for number in chosen], total)
    return came


def _lines_of(work: Work, lines: Sequence[Line], ref: ItemRef | None) -> tuple[int, ...]:
    """Return the lines of an item, loose ones first; it is named as either depot calls it."""
    if ref is None:
        raise Invalid(field="lines", problem=N_("Say which item."))
    key = name_key(ref) if isinstance(ref, str) else ""
    ids = set()
    if isinstance(ref, int):
        ids.add(ref)
    found = [
        line
        for line in lines
        if line.item_id in ids or (key and name_key(line.packed.item_name) == key)
    ]
    if not found:
        raise NotInTransfer(field="lines", name=ref)
    found.sort(key=lambda line: (line.packed.crate_code != "", line.sent.line))
    return tuple(line.sent.line for line in found)


@dataclass(frozen=True, slots=True)
class _Goods:
    """The items and lots of the lines that came, and what was booked of each item."""

    items: Mapping[int, ItemRow]
    lots: Mapping[int, int]
    booked: tuple[BookedGoods, ...]


def _book(
    draft: Draft,
    end: End,
    here: Sequence[Line],
    taken: Mapping[int, Taken],
    crates: Unloaded,
    target: Place,
    matches: Sequence[MatchLine],
) -> _Goods:
    """Draft the moves of what came: from the other depots to its place, or, broken, to the loss."""
    work, rooms = draft.work, load_fixed_places(draft.work)
    said = {one.line: one.item for one in matches}
    if not here:
        return _Goods({}, {}, ())
    items = match_items(work, end.source, [line.packed for line in here], said)
    lots = _lots(work, here, items)
    totals: defaultdict[int, int] = defaultdict(int)
    for line in here:
        number = line.sent.line
        item, lot, now = items[number], lots[number], taken[number]
        at = crates.places.get(line.packed.crate_code, target)
        for source, to, quantity in (
            (rooms["network"], at, now.arrived),
            (rooms["network"], rooms["loss"], now.damaged),
            (rooms["count_variance"], at, now.surplus),
        ):
            if quantity:
                draft.move(item.id, lot, source, to, quantity)
        if now.damaged:
            draft.reason = "damaged"
        totals[item.id] += now.arrived + now.surplus
    named = {item.id: item for item in items.values()}
    return _Goods(
        items,
        lots,
        tuple(
            BookedGoods(
                item_id=item_id,
                item=named[item_id].name,
                quantity=total,
                unit=named[item_id].base_unit,
            )
            for item_id, total in totals.items()
        ),
    )


def _lots(work: Work, here: Sequence[Line], items: Mapping[int, ItemRow]) -> dict[int, int]:
    """Return this depot's lot for each line: same item, codes and date, from another depot."""
    keys: dict[int, LotKey] = {}
    dates: list[tuple[LotKey, LotDate]] = []
    for line in here:
        packed = line.packed
        key = LotKey(
            items[packed.line].id,
            "transfer",
            lot_code=packed.lot_code,
            gtin=packed.gtin,
            date_kind=packed.date_kind,
            date_text=packed.date_text,
        )
        keys[packed.line] = key
        dates.append(
            (
                key,
                LotDate(packed.date_kind, packed.date_text, packed.date_precision, packed.date_on),
            )
        )
    found = find_or_make_lots(work, dates)
    return {number: found[key] for number, key in keys.items()}


def _lacking(lines: Sequence[Line]) -> tuple[LackingGoods, ...]:
    return tuple(
        LackingGoods(
            line=line.sent.line,
            item=line.packed.item_name,
            unit=line.packed.base_unit,
            crate_code=line.packed.crate_code,
            sent=line.sent.quantity,
            arrived=line.sent.arrived,
            damaged=line.sent.damaged,
            missing=line.sent.outstanding,
        )
        for line in lines
        if line.sent.outstanding or line.sent.damaged
    )
