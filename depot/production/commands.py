"""Goods made of goods: soup of vegetables, parcels of tins. What went in is kept for every lot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LotDate, parse_lot_date
from depot.base.errors import Invalid, NotFound, UnknownCrate, UnknownItem
from depot.base.kinds import DateKind
from depot.base.text import N_
from depot.base.units import PIECE
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.draft import Draft, take_into_use
from depot.kernel.holdings import load_holdings, places_within
from depot.kernel.lookups import (
    CrateRow,
    FixedPlaces,
    ItemRef,
    ItemRow,
    LotKey,
    find_crates,
    find_items,
    find_or_make_lots,
    find_places,
    load_fixed_places,
    look_up_places,
    need_items,
)
from depot.kernel.new_items import NewItem, add_named
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import Pool, draft_moves
from depot.ledger.entries import Move, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionInput:
    """What went in: so many of an item, from anywhere, or the place, crate or lot named."""

    item: ItemRef
    quantity: int
    location: str | None = None
    crate_code: str | None = None
    lot_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionOutput:
    """What came out. An item not known yet is made in place; category and unit say what it is."""

    item: ItemRef
    quantity: int
    unit: str | None = None
    category: str | int | None = None
    date: str | None = None
    date_kind: DateKind | None = None
    crate_code: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProduceGoods:
    """Cooked or packed: inputs are used up, outputs are made, in one entry."""

    command_id: UUID
    inputs: tuple[ProductionInput, ...]
    outputs: tuple[ProductionOutput, ...]
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducedGoods(Booked):
    """What was used up and what was made."""

    inputs: tuple[BookedGoods, ...] = ()
    outputs: tuple[BookedGoods, ...] = ()


def produce_goods(
    command: ProduceGoods, actor: Actor, clock: Clock = utc_now
) -> Outcome[ProducedGoods]:
    """Use up the inputs, oldest date first, and make the outputs, each a lot of its own.

    The output lots bear the number of this entry, which holds the inputs: that is the genealogy.
    What the book does not have comes from count variance and opens a discrepancy. Raises Invalid,
    UnknownItem, UnknownCategory, UnknownCrate, UnknownLocation, NotFound for a lot, and PastUseBy
    or OnHold for inputs that must not be used, unless they were already.
    """
    return run_once(command, actor, clock, _produce, ProducedGoods)


def _produce(command: ProduceGoods, work: Work) -> ProducedGoods:
    if not command.inputs:
        raise Invalid(field="inputs", problem=N_("Say what went in: at least one line."))
    if not command.outputs:
        raise Invalid(field="outputs", problem=N_("Say what came out: at least one line."))
    rooms = load_fixed_places(work)
    draft = Draft(work, "production", note=command.note)
    used = _use_up(draft, rooms, command.inputs)
    made = _make(draft, rooms, command.outputs)
    inputs = [move for move in draft.moves if move.target == rooms["production"]]
    outputs = [move for move in draft.moves if move.source == rooms["production"]]
    return draft.post(
        partial(ProducedGoods, inputs=_said(inputs, used), outputs=_said(outputs, made))
    )


def _use_up(draft: Draft, rooms: FixedPlaces, lines: Sequence[ProductionInput]) -> list[ItemRow]:
    work = draft.work
    items = need_items(work, [line.item for line in lines])
    places = look_up_places(work, [name for line in lines if (name := _from(line))])
    inside = places_within(work, places.values())
    held = load_holdings(work, items={item.id for item in items.values()})
    pool = Pool(draft, held)
    for line in lines:
        item, name = items[line.item], _from(line)
        if line.lot_id is not None and not any(
            (h.stock.item_id, h.stock.lot_id) == (item.id, line.lot_id) for h in held
        ):
            raise NotFound(field="lot_id", what=N_("lot"), name=str(line.lot_id))
        at = places[name] if name else None
        booking = pool.book(item.id, line.quantity, inside[at.id] if at else None, line.lot_id)
        draft_moves(draft, rooms, item, booking, rooms["production"], at)
    return list(items.values())


def _from(line: ProductionInput) -> str | None:
    return line.crate_code or line.location


def _make(draft: Draft, rooms: FixedPlaces, lines: Sequence[ProductionOutput]) -> list[ItemRow]:
    work = draft.work
    items = _output_items(work, lines)
    crates, places = _targets(work, lines)
    dates = [parse_lot_date(line.date, line.date_kind) for line in lines]
    keys = [_lot_key(work, item, dated) for item, dated in zip(items, dates, strict=True)]
    lots = find_or_make_lots(work, list(zip(keys, dates, strict=True)))
    for line, item, key in zip(lines, items, keys, strict=True):
        name = line.crate_code or line.location
        target = places[name] if name else rooms.arrival
        draft.move(item.id, lots[key], rooms["production"], target, line.quantity)
    for crate in crates:
        take_into_use(draft, crate)
    return items


def _targets(
    work: Work, lines: Sequence[ProductionOutput]
) -> tuple[list[CrateRow], dict[str, Place]]:
    """Return the crates that are filled, and every target by the name given for it."""
    names = [name for line in lines if (name := line.crate_code or line.location)]
    crates = find_crates(work, names)
    for line in lines:
        if line.crate_code and line.crate_code not in crates:
            raise UnknownCrate(field="crate_code", code=line.crate_code)
    places = find_places(work, [name for name in names if name not in crates])
    filled = {crate.place.id: crate for crate in crates.values()}
    return list(filled.values()), places | {name: row.place for name, row in crates.items()}


def _output_items(work: Work, lines: Sequence[ProductionOutput]) -> list[ItemRow]:
    known = find_items(work, [line.item for line in lines])
    new: dict[ItemRef, NewItem] = {}
    for line in lines:
        if line.item in known:
            continue
        if not isinstance(line.item, str):
            raise UnknownItem(field="item", name=line.item)
        new.setdefault(line.item, NewItem(line.item, line.unit or PIECE, line.category))
    known |= add_named(work, new)
    return [known[line.item] for line in lines]


def _lot_key(work: Work, item: ItemRow, dated: LotDate) -> LotKey:
    return LotKey(
        item.id,
        "production",
        produced_by_seq=work.head.seq + 1,
        date_kind=dated.kind,
        date_text=dated.text,
    )


def _said(moves: Sequence[Move], items: Iterable[ItemRow]) -> tuple[BookedGoods, ...]:
    """Return moves added up by item, for the command's answer."""
    rows = {item.id: item for item in items}
    totals: dict[int, int] = {}
    for move in moves:
        totals[move.item_id] = totals.get(move.item_id, 0) + move.quantity
    return tuple(
        BookedGoods(
            item_id=item_id,
            item=rows[item_id].name,
            quantity=total,
            unit=rows[item_id].base_unit,
        )
        for item_id, total in totals.items()
    )
