"""Goods come in at the door: donations, collections, purchases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LotDate, parse_lot_date
from depot.base.errors import Invalid, UnknownItem
from depot.base.kinds import OriginKind, SourceKind
from depot.base.text import N_
from depot.base.units import GRAM, MILLIGRAMS_PER_GRAM, PIECE
from depot.intake.commands.scanned_lines import fill_lines
from depot.intake.commands.weighings import weigh_lines
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.answers import ONLY_WHEN_SET, Booked, BookedGoods
from depot.kernel.draft import Draft, take_into_use
from depot.kernel.lookups import (
    CrateRow,
    ItemRef,
    ItemRow,
    LotKey,
    find_items,
    find_or_make_lots,
    find_or_make_partner,
    find_places,
    load_fixed_places,
    loose_items,
    need_usable_crates,
)
from depot.kernel.new_items import NewItem, add_named
from depot.kernel.once import Outcome, Work, run_once
from depot.ledger.doubts.rules import is_likely_unit_weight
from depot.ledger.entries import Place
from depot.models import Item
from depot.open_book.settings import note_row, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveGoods:
    """A delivery at the door."""

    command_id: UUID
    lines: tuple[ReceiptLine, ...]
    #: Without one, the partner's usual kind, else a donation.
    source_kind: SourceKind | None = None
    partner: int | str | None = None
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A line with everything looked up but its lot."""

    item: ItemRow
    quantity: int
    weighed_grams: int | None
    dated: LotDate
    lot_code: str
    gtin: str
    target: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedGoods(Booked):
    """What came in, a line each."""

    lines: tuple[BookedGoods, ...] = ()
    #: Who brought it, by name; empty for somebody who passed by.
    partner: str = field(default="", metadata=ONLY_WHEN_SET)


def receive_goods(
    command: ReceiveGoods, actor: Actor, clock: Clock = utc_now
) -> Outcome[ReceivedGoods]:
    """Book a delivery: each line moves from the supplier to its crate or place.

    Without crate or place a line goes to where goods arrive. Raises Invalid, UnknownItem (an id
    that is not there), UnknownCode (scanned, and no item named), UnknownCategory, UnknownCrate,
    UnknownLocation, CrateRetired (unless the goods are in it already: that opens a discrepancy),
    NotFound (a box), TareTooHeavy.
    """
    return run_once(command, actor, clock, book_receipt, ReceivedGoods)


def book_receipt(command: ReceiveGoods, work: Work) -> ReceivedGoods:
    """Book a delivery inside the command that asks for it; raises as `receive_goods`."""
    if not command.lines:
        raise Invalid(field="lines", problem=N_("Say what came in: at least one line."))
    rooms = load_fixed_places(work)
    partner = None
    if command.partner:
        partner = find_or_make_partner(work, command.partner, command.source_kind)
    partner_id = partner.id if partner else 0
    source_kind = command.source_kind or (partner.source_kind if partner else "donation")
    weighed = weigh_lines(work, command.lines)
    scanned = fill_lines(work, weighed.lines)
    crates = need_usable_crates(
        work, [line.crate_code for line in scanned.lines if line.crate_code]
    )
    arrivals = _arrivals(work, scanned.lines, crates, rooms.arrival)
    scanned.learn(work, [arrival.item for arrival in arrivals])
    _learn_weights(work, arrivals)
    keys = [_lot_key(source_kind, partner_id, arrival) for arrival in arrivals]
    lots = find_or_make_lots(work, [(key, a.dated) for key, a in zip(keys, arrivals, strict=True)])
    draft = Draft(
        work,
        "receipt",
        source_kind=source_kind,
        partner_id=partner_id or None,
        note=command.note,
    )
    for key, a in zip(keys, arrivals, strict=True):
        draft.move(a.item.id, lots[key], rooms["supplier"], a.target, a.quantity, a.weighed_grams)
    draft.bind(list(crates.values()))
    for crate in crates.values():
        if crate.state == "retired":
            take_into_use(draft, crate)
    said = tuple(_said(a) for a in arrivals)
    name = partner.name if partner else ""
    answer = draft.post(partial(ReceivedGoods, lines=said, partner=name))
    weighed.keep(work, answer.entry_id, [arrival.item for arrival in arrivals])
    return answer


def _arrivals(
    work: Work, lines: Sequence[ReceiptLine], crates: dict[str, CrateRow], arrival: Place
) -> list[_Arrival]:
    places = find_places(work, [line.location for line in lines if line.location])
    items = look_up_receipt_items(work, lines)
    return [
        _Arrival(
            item,
            _quantity(item, line),
            line.weight_grams if item.base_unit != GRAM else None,
            parse_lot_date(line.date, line.date_kind),
            line.lot_code,
            line.gtin,
            _target(line, crates, places, arrival),
        )
        for line, item in zip(lines, items, strict=True)
    ]


def _target(
    line: ReceiptLine, crates: dict[str, CrateRow], places: dict[str, Place], arrival: Place
) -> Place:
    if line.crate_code:
        return crates[line.crate_code].place
    return places[line.location] if line.location else arrival


def look_up_receipt_items(work: Work, lines: Sequence[ReceiptLine]) -> list[ItemRow]:
    """Return each line's item: by name or id, made in place, or its category's loose goods."""
    known = find_items(work, [line.item for line in lines if line.item is not None])
    loose = loose_items(
        work, [line.category for line in lines if line.item is None and line.category is not None]
    )
    if any(line.item is None and line.category is None for line in lines):
        raise Invalid(field="item", problem=N_("Say which item or which category."))
    known |= _made_in_place(work, [line for line in lines if line.item not in (None, *known)])
    return [loose[line.category or ""] if line.item is None else known[line.item] for line in lines]


def _made_in_place(work: Work, lines: Sequence[ReceiptLine]) -> dict[ItemRef, ItemRow]:
    new: dict[ItemRef, NewItem] = {}
    for line in lines:
        if not isinstance(line.item, str):
            raise UnknownItem(field="item", name=line.item)
        only_weighed = line.quantity is None and line.weight_grams is not None
        unit = line.unit or (GRAM if only_weighed else PIECE)
        new.setdefault(
            line.item, NewItem(line.item, unit, line.category, _weight_of_one(unit, line))
        )
    return add_named(work, new)


def _weight_of_one(unit: str, line: ReceiptLine) -> int | None:
    """Return what a line that is counted and weighed says of one unit, in milligrams."""
    if unit == GRAM or line.weight_grams is None or not line.quantity:
        return None
    milligrams = _milligrams_each(line.weight_grams, line.quantity)
    return milligrams if is_likely_unit_weight(milligrams, unit) else None


def _milligrams_each(weight_grams: int, quantity: int) -> int:
    return (weight_grams * MILLIGRAMS_PER_GRAM + quantity // 2) // quantity


def _quantity(item: ItemRow, line: ReceiptLine) -> int:
    if line.quantity is not None:
        return line.quantity
    if line.weight_grams is not None and item.base_unit == GRAM:
        return line.weight_grams
    if item.base_unit == GRAM:
        raise Invalid(field="weight_grams", problem=N_("How much does it weigh?"))
    raise Invalid(field="quantity", problem=N_("How many are there?"))


def _learn_weights(work: Work, arrivals: Sequence[_Arrival]) -> None:
    """A counted and weighed line teaches what one weighs, if it may weigh that much.

    What is known is never overwritten.
    """
    for a in arrivals:
        if a.weighed_grams is None or a.item.unit_weight_milligrams is not None:
            continue
        milligrams = _milligrams_each(a.weighed_grams, a.quantity)
        if is_likely_unit_weight(milligrams, a.item.base_unit):
            before = standing(work, Item, Item.id == a.item.id)
            work.session.execute(
                update(Item)
                .where(Item.id == a.item.id, Item.unit_weight_milligrams.is_(None))
                .values(unit_weight_milligrams=milligrams)
            )
            note_row(work, Item, a.item.name, before, Item.id == a.item.id)


def _lot_key(origin_kind: OriginKind, partner_id: int, arrival: _Arrival) -> LotKey:
    return LotKey(
        arrival.item.id,
        origin_kind,
        partner_id,
        lot_code=arrival.lot_code,
        date_kind=arrival.dated.kind,
        date_text=arrival.dated.text,
        gtin=arrival.gtin,
    )


def _said(arrival: _Arrival) -> BookedGoods:
    item = arrival.item
    return BookedGoods(
        item_id=item.id, item=item.name, quantity=arrival.quantity, unit=item.base_unit
    )
