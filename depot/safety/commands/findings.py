"""What is found of goods that are called back: destroyed, kept apart, or not there any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import PHYSICAL_KINDS, EntryKind, FindingOutcome, ReasonOfEntry
from depot.base.text import N_
from depot.base.units import PIECE, Measure
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.draft import Draft, take_into_use
from depot.kernel.holdings import Holding, load_holdings
from depot.kernel.lookups import CrateRow, FixedPlaces, load_fixed_places, need_crate
from depot.kernel.once import Outcome, Work, run_once
from depot.ledger.entries import Place
from depot.ledger.facts import Counted, CountedLot, Order
from depot.models import HeldLot, Item, Location, Lot, RecallFinding
from depot.safety.commands.recalls import KnownRecall, need_recall
from depot.safety.errors import LessThere, NotRecalled


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFinding:
    """What came of looking in a crate, or for a lot: so much of it, or (None) all that is there."""

    command_id: UUID
    outcome: FindingOutcome
    recall_id: int = 0
    crate_code: str = ""
    #: Ids of the lot, and of the place or crate where it was looked for.
    lot: int | None = None
    location: int | None = None
    quantity: int | None = None
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFinding(Booked):
    """What was found or not, by item; an entry where something is gone."""

    outcome: FindingOutcome
    lines: tuple[BookedGoods, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """So much of a lot at one place; `there` is what the book has."""

    item_id: int
    item: str
    unit: str
    lot_id: int
    place: Place
    there: int
    quantity: int


_LotRow = tuple[int, str, str]


def record_finding(
    command: RecordFinding, actor: Actor, clock: Clock = utc_now
) -> Outcome[RecordedFinding]:
    """Keep what was found of a recall, after it was closed too.

    What is destroyed is written off, more than the book has with a question. What is not there is
    booked as a count books it, and looked at by a coordinator: it may have gone out. What is kept
    posts nothing. Raises NotFound, UnknownCrate, NotRecalled, LessThere, Invalid.
    """
    return run_once(command, actor, clock, _record, RecordedFinding)


def _record(command: RecordFinding, work: Work) -> RecordedFinding:
    recall = need_recall(work, command.recall_id)
    rooms = load_fixed_places(work)
    crate = need_crate(work, command.crate_code) if command.crate_code else None
    place = crate.place if crate else _place(work, command.location)
    if place is None and command.lot is None:
        raise Invalid(field="crate_code", problem=N_("Say which crate, or which lot."))
    lot = _lot(work, command.lot) if command.lot is not None else None
    held = _held(work, recall, command.lot, lot, place, crate is not None)
    if lot is None and not held:
        raise NotRecalled(field="crate_code")
    parts = _parts(command, held, lot, place or rooms.arrival)
    draft = _draft(work, command.outcome, command.note)
    if crate is not None:
        _take_into_use(draft, crate)
    _book(draft, rooms, recall, command.outcome, parts)
    answer = draft.post(
        partial(
            RecordedFinding,
            outcome=command.outcome,
            lines=tuple(
                BookedGoods(item_id=p.item_id, item=p.item, quantity=p.quantity, unit=p.unit)
                for p in parts
            ),
        )
    )
    _keep(work, command, parts, answer.entry_id)
    return answer


def _take_into_use(draft: Draft, crate: CrateRow) -> None:
    if crate.state == "retired":
        take_into_use(draft, crate)


def _place(work: Work, location_id: int | None) -> Place | None:
    if location_id is None:
        return None
    found = work.session.execute(
        select(Location.id, Location.kind).where(
            Location.depot_id == work.depot_id,
            Location.id == location_id,
            Location.kind.in_(PHYSICAL_KINDS),
        )
    ).one_or_none()
    if found is None:
        raise NotFound(field="location", what=N_("place"), name=str(location_id))
    return Place(found.id, found.kind)


def _lot(work: Work, lot_id: int) -> _LotRow:
    found = work.session.execute(
        select(Item.id, Item.name, Item.base_unit)
        .join(Lot, Lot.item_id == Item.id)
        .where(Lot.depot_id == work.depot_id, Lot.id == lot_id)
    ).one_or_none()
    if found is None:
        raise NotFound(field="lot", what=N_("lot"), name=str(lot_id))
    return (found.id, found.name, found.base_unit)


def _held(
    work: Work,
    recall: KnownRecall,
    lot_id: int | None,
    lot: _LotRow | None,
    place: Place | None,
    is_whole: bool,
) -> list[Holding]:
    """Return what is called back there, of the one lot if it is named.

    `is_whole`: a crate with those that stand on it, not only what lies in itself.
    """
    items = [lot[0]] if lot else None
    if place is None:
        held = load_holdings(work, items=items)
    elif is_whole:
        held = load_holdings(work, inside=[place.id], items=items)
    else:
        held = load_holdings(work, at=[place.id], items=items)
    wanted = {one.stock.lot_id for one in held} if lot_id is None else {lot_id}
    recalled = _recalled(work, recall, wanted)
    if lot_id is not None and lot_id not in recalled:
        raise NotRecalled(field="lot")
    return [one for one in held if one.stock.lot_id in recalled]


def _recalled(work: Work, recall: KnownRecall, lot_ids: Collection[int]) -> set[int]:
    found = select(HeldLot.lot_id).where(
        HeldLot.depot_id == work.depot_id,
        HeldLot.hold_id == recall.hold_id,
        HeldLot.lot_id.in_(lot_ids),
    )
    return set(work.session.scalars(found))


def _parts(
    command: RecordFinding, held: Sequence[Holding], lot: _LotRow | None, place: Place
) -> list[_Part]:
    """Return what was looked for, place by place; what the book does not have is the last one."""
    if command.quantity is not None and len({one.stock.item_id for one in held}) > 1:
        raise Invalid(field="lot", problem=N_("Several things in it are called back: say which."))
    left = command.quantity
    parts: list[_Part] = []
    for one in held:
        there = one.stock.quantity
        taken = there if left is None else min(left, there)
        left = None if left is None else left - taken
        if taken:
            stock = one.stock
            where = (stock.lot_id, stock.place, there, taken)
            parts.append(_Part(stock.item_id, one.item_name, one.base_unit, *where))
    if left:
        parts.append(_beyond(command, held, lot, place, left))
    if not parts:
        raise Invalid(field="quantity", problem=N_("The book has none of it there: say how much."))
    return parts


def _beyond(
    command: RecordFinding,
    held: Sequence[Holding],
    lot: _LotRow | None,
    place: Place,
    quantity: int,
) -> _Part:
    """Return what was found beyond the book. Raises LessThere: nothing of that can be missing."""
    if command.outcome == "not_found":
        there = sum(one.stock.quantity for one in held)
        unit = held[0].base_unit if held else lot[2] if lot else PIECE
        raise LessThere(field="quantity", there=Measure(there, unit))
    if held:
        last = held[-1]
        of = (last.stock.item_id, last.item_name, last.base_unit)
        return _Part(*of, last.stock.lot_id, last.stock.place, 0, quantity)
    if lot is None or command.lot is None:
        raise NotRecalled(field="crate_code")
    return _Part(*lot, command.lot, place, 0, quantity)


def _draft(work: Work, outcome: FindingOutcome, note: str) -> Draft:
    kind: EntryKind = "count" if outcome == "not_found" else "write_off"
    reason: ReasonOfEntry = "" if outcome == "not_found" else "recalled"
    # what is kept is no entry, and its note stands with the finding
    return Draft(
        work, kind, reason=reason, note="" if outcome == "found_kept" else note, is_done=True
    )


def _book(
    draft: Draft,
    rooms: FixedPlaces,
    recall: KnownRecall,
    outcome: FindingOutcome,
    parts: Sequence[_Part],
) -> None:
    if outcome == "found_kept":
        return
    for part in parts:
        if outcome == "not_found":
            _miss(draft, rooms, recall, part)
            continue
        source = part.place if part.there else rooms["count_variance"]
        draft.move(part.item_id, part.lot_id, source, rooms["loss"], part.quantity)
        if not part.there:
            draft.discrepancy(
                "short_stock",
                item_id=part.item_id,
                location_id=part.place.id,
                expected=0,
                actual=part.quantity,
            )


def _miss(draft: Draft, rooms: FixedPlaces, recall: KnownRecall, part: _Part) -> None:
    """Book what is not there as a count of the lot there would: a fact at its time."""
    work = draft.work
    draft.move(part.item_id, part.lot_id, part.place, rooms["count_variance"], part.quantity)
    order = Order(work.occurred_at, work.head.seq + 1)
    left = CountedLot(part.lot_id, part.there - part.quantity, part.lot_id)
    draft.counted.setdefault(part.item_id, []).append(Counted(order, part.place.id, (left,)))
    draft.discrepancy(
        "recalled_missing",
        item_id=part.item_id,
        location_id=part.place.id,
        expected=part.quantity,
        actual=0,
        detail=recall.name,
    )


def _keep(work: Work, command: RecordFinding, parts: Sequence[_Part], entry_id: int | None) -> None:
    common = {
        "depot_id": work.depot_id,
        "recall_id": command.recall_id,
        "outcome": command.outcome,
        "entry_id": entry_id,
        "occurred_at": work.occurred_at,
        "recorded_at": work.recorded_at,
        "person_id": work.actor.person_id,
        "token_id": work.actor.token_id,
        "note": command.note,
    }
    work.session.execute(
        insert(RecallFinding),
        [
            common | {"lot_id": p.lot_id, "location_id": p.place.id, "quantity": p.quantity}
            for p in parts
        ],
    )
