"""Goods of another depot arrive: all of them, some, or some broken; what is missing is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LotDate
from depot.base.errors import Invalid
from depot.base.kinds import TransferState
from depot.base.names import name_key
from depot.base.text import N_
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.crates import add_crates
from depot.kernel.draft import EXPLAINED, Draft, settle_discrepancies
from depot.kernel.lookups import (
    CrateRow,
    ItemRef,
    ItemRow,
    LotKey,
    find_crates,
    find_or_make_lots,
    find_place_or_crate,
    load_fixed_places,
)
from depot.kernel.once import Outcome, Work, run_once
from depot.ledger.entries import Place
from depot.ledger.sql import table_of
from depot.models import Crate, Discrepancy, TransferArrival, TransferCrate, TransferLine
from depot.network.balance import (
    Came,
    SentGoods,
    Taken,
    balance_of,
    share_among,
    state_of,
    take_arrival,
)
from depot.network.commands.sending import note_entry
from depot.network.envelopes import (
    End,
    Line,
    find_end,
    load_lines,
    need_state,
    other_end_id,
    set_state,
)
from depot.network.errors import NotInTransfer
from depot.network.matching import find_matches, match_items, match_key
from labels.symbols import codes


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
    crates = _Unloaded(work, end, command.crate_codes)
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
    _tell_differences(draft, end, state, after, goods.items, taken)
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
    _keep(work, end, state, answer.entry_id, [_after(line, taken, goods) for line in here], taken)
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


class _Unloaded:
    """Crates that were scanned off the van, with those that stand on them."""

    def __init__(self, work: Work, end: End, texts: Sequence[str]) -> None:
        self._work, self._end = work, end
        self.places: dict[str, Place] = {}
        self.codes: dict[str, str] = {}
        if not texts:
            return
        rows = work.session.execute(
            select(TransferCrate.code, TransferCrate.stands_on, TransferCrate.is_here).where(
                TransferCrate.depot_id == work.depot_id, TransferCrate.transfer_id == end.id
            )
        ).all()
        on = {row.code: row.stands_on for row in rows}
        for text in texts:
            code = codes.normalise_code(text) or text
            if code not in on:
                raise NotInTransfer(field="crate_codes", name=text)
            self.codes[code] = on[code]
        for row in rows:
            if row.is_here:  # it was scanned off before, and stands where it was put since
                self.codes.pop(row.code, None)
        while more := {code for code, below in on.items() if below in self.codes} - set(self.codes):
            self.codes |= {code: on[code] for code in more}

    def unload(self, draft: Draft, target: Place) -> None:
        """Put each down, one that stood on another on that; make those that are not known."""
        known = find_crates(self._work, self.codes)
        new = [code for code in self.codes if code not in known]
        places = add_crates(self._work, new) if new else []
        for code, place in zip(new, places, strict=True):
            known[code] = CrateRow(place, code, "", "blank", None)
        self.places = {code: known[code].place for code in self.codes}
        for code, below in self.codes.items():
            draft.place_crate(known[code], self.places.get(below, target).id)
        ids = [place.id for place in self.places.values()]
        if ids:
            self._work.session.execute(
                update(Crate)
                .where(Crate.depot_id == self._work.depot_id, Crate.location_id.in_(ids))
                .values(state="in_use", retired_at=None)
            )

    def keep(self, entry_id: int | None) -> None:
        """Write down at both ends that they are here, and with which entry they came."""
        if not self.codes:
            return
        theirs = other_end_id(self._work, self._end)
        ends = [(self._end.depot_id, self._end.id, entry_id)]
        if self._end.other_id is not None:
            ends.append((self._end.other_id, theirs or 0, None))
        for depot_id, transfer_id, own_entry in ends:
            values = {"is_here": True} | ({"entry_id": own_entry} if own_entry else {})
            self._work.session.execute(
                update(TransferCrate)
                .where(
                    TransferCrate.depot_id == depot_id,
                    TransferCrate.transfer_id == transfer_id,
                    TransferCrate.code.in_(self.codes),
                    ~TransferCrate.is_here,
                )
                .values(values)
            )


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
    crates: _Unloaded,
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
    """Return this depot's lot for each line: same item, lot code and date, from another depot."""
    keys: dict[int, LotKey] = {}
    dates: list[tuple[LotKey, LotDate]] = []
    for line in here:
        packed = line.packed
        key = LotKey(
            items[packed.line].id,
            "transfer",
            lot_code=packed.lot_code,
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


def _tell_differences(
    draft: Draft,
    end: End,
    state: TransferState,
    lines: Sequence[Line],
    items: Mapping[int, ItemRow],
    taken: Mapping[int, Taken],
) -> None:
    """Have both depots look at what is missing or more; what was missing and came is explained."""
    work, theirs = draft.work, other_end_id(draft.work, end)
    _settle(work, end, theirs)
    own: defaultdict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    sender: defaultdict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    their_items = _items_of(work, end, theirs)
    lacking = [line.packed for line in lines if line.sent.outstanding and line.item_id is None]
    known = find_matches(work, end.source, lacking) if state == "arrived" else {}
    for line in lines:
        surplus = taken.get(line.sent.line, Taken(0, 0, 0)).surplus
        missing = line.sent.outstanding if state == "arrived" else 0
        if not surplus and not missing:
            continue
        item = items.get(line.sent.line) or known.get(match_key(line.packed))
        for sums, item_id in (
            (own, item.id if item else line.item_id),
            (sender, their_items.get(line.sent.line)),
        ):
            sums[item_id][0] += line.sent.quantity
            sums[item_id][1] += line.sent.quantity - missing + surplus
    for item_id, (expected, actual) in own.items():
        draft.discrepancy(
            "transfer_difference",
            item_id=item_id,
            expected=expected,
            actual=actual,
            detail=str(end.id),
        )
    if theirs is not None and sender:
        work.session.execute(
            insert(Discrepancy),
            [
                {
                    "depot_id": end.other_id,
                    "kind": "transfer_difference",
                    "item_id": item_id,
                    "expected_quantity": expected,
                    "actual_quantity": actual,
                    "detail": str(theirs),
                    "opened_at": work.recorded_at,
                }
                for item_id, (expected, actual) in sender.items()
            ],
        )


def _settle(work: Work, end: End, theirs: int | None) -> None:
    """Settle what was asked about this transfer before: it is told anew."""
    about = Discrepancy.kind == "transfer_difference"
    settle_discrepancies(work, EXPLAINED, about & (Discrepancy.detail == str(end.id)))
    if theirs is not None:
        work.session.execute(
            update(Discrepancy)
            .where(
                Discrepancy.depot_id == end.other_id,
                Discrepancy.resolved_at.is_(None),
                about,
                Discrepancy.detail == str(theirs),
            )
            .values(resolution=EXPLAINED, resolved_at=work.recorded_at)
        )


def _items_of(work: Work, end: End, theirs: int | None) -> dict[int, int | None]:
    """Return the sender's own items, by line."""
    if theirs is None or end.other_id is None:
        return {}
    return {line.sent.line: line.item_id for line in load_lines(work, end.other_id, theirs)}


def _keep(
    work: Work,
    end: End,
    state: TransferState,
    entry_id: int | None,
    here: Sequence[Line],
    taken: Mapping[int, Taken],
) -> None:
    """Write down at both ends what came, and with which entry of this depot's book."""
    set_state(work, end, state, closed_at=work.recorded_at if state == "arrived" else None)
    note_entry(work, entry_id, end.id)
    if not here:
        return
    theirs = other_end_id(work, end)
    for depot_id, transfer_id in ((end.depot_id, end.id), (end.other_id, theirs)):
        if depot_id is not None and transfer_id is not None:
            write_lines(work, depot_id, transfer_id, [line.sent for line in here])
    lines = table_of(TransferLine)
    work.session.connection().execute(
        update(lines)
        .where(
            lines.c.depot_id == work.depot_id,
            lines.c.transfer_id == end.id,
            ~lines.c.is_asked,
            lines.c.line == bindparam("number"),
        )
        .values(item_id=bindparam("own_item"), lot_id=bindparam("own_lot")),
        [{"number": one.sent.line, "own_item": one.item_id, "own_lot": one.lot_id} for one in here],
    )
    work.session.execute(
        insert(TransferArrival),
        [
            {
                "depot_id": work.depot_id,
                "entry_id": entry_id,
                "line": one.sent.line,
                "arrived": taken[one.sent.line].arrived,
                "damaged": taken[one.sent.line].damaged,
            }
            for one in here
        ],
    )


def write_lines(work: Work, depot_id: int, transfer_id: int, lines: Sequence[SentGoods]) -> None:
    """Write down at one end what became of the lines."""
    table = table_of(TransferLine)
    work.session.connection().execute(
        update(table)
        .where(
            table.c.depot_id == depot_id,
            table.c.transfer_id == transfer_id,
            ~table.c.is_asked,
            table.c.line == bindparam("number"),
        )
        .values(arrived=bindparam("now_arrived"), damaged=bindparam("now_damaged")),
        [
            {"number": one.line, "now_arrived": one.arrived, "now_damaged": one.damaged}
            for one in lines
        ],
    )
