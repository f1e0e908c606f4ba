"""Goods made of goods: soup of vegetables, parcels of tins. What went in is kept for every lot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import insert

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LotDate, parse_lot_date
from depot.base.errors import Invalid, NotFound, UnknownCrate, UnknownItem
from depot.base.kinds import DateKind, ReasonOfEntry
from depot.base.text import N_
from depot.base.units import PIECE, Measure
from depot.kernel.answers import ONLY_WHEN_SET, Booked, BookedGoods
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
from depot.ledger.holds import hold_what_was_made
from depot.models import RecipeUse
from depot.production.errors import WastedMore
from depot.production.planned import PlannedRecipe, load_recipe


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
class ProductionWaste:
    """What was lost on the way: so much of what went in, or so much that came out besides."""

    item: ItemRef
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProduceGoods:
    """Cooked or packed: inputs are used up, outputs are made, in one entry.

    With a `recipe`, by id or name, what is not said is what its newest version plans, so many
    `times`: all that goes in if no input is named, all that comes out if no output is.
    """

    command_id: UUID
    inputs: tuple[ProductionInput, ...] = ()
    outputs: tuple[ProductionOutput, ...] = ()
    recipe: int | str | None = None
    times: int = 1
    waste: tuple[ProductionWaste, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducedGoods(Booked):
    """What was used up, what was made and what was lost; the recipe's version, if it had one."""

    inputs: tuple[BookedGoods, ...] = ()
    outputs: tuple[BookedGoods, ...] = ()
    waste: tuple[BookedGoods, ...] = field(default=(), metadata=ONLY_WHEN_SET)
    recipe_id: int | None = field(default=None, metadata=ONLY_WHEN_SET)
    recipe_version: int | None = field(default=None, metadata=ONLY_WHEN_SET)


def produce_goods(
    command: ProduceGoods, actor: Actor, clock: Clock = utc_now
) -> Outcome[ProducedGoods]:
    """Use up the inputs, oldest date first, and make the outputs, each a lot of its own.

    The output lots bear the number of this entry, which holds the inputs: that is the genealogy.
    What the book does not have comes from count variance and opens a discrepancy. What was wasted
    is lost to the stock. Raises Invalid, WastedMore, NotFound for a recipe or a lot, UnknownItem,
    UnknownCategory, UnknownCrate, UnknownLocation, and PastUseBy or OnHold for inputs that must
    not be used, unless they were already.
    """
    return run_once(command, actor, clock, _produce, ProducedGoods)


def _produce(command: ProduceGoods, work: Work) -> ProducedGoods:
    plan = None if command.recipe is None else load_recipe(work, command.recipe, command.times)
    if plan is None and command.times != 1:
        raise Invalid(field="times", problem=N_("Say of which recipe it was made so many times."))
    went_in, came_out = _lines(command, plan)
    rooms = load_fixed_places(work)
    reason: ReasonOfEntry = "waste" if command.waste else ""
    draft = Draft(work, "production", note=command.note, reason=reason)
    used = _use_up(draft, rooms, went_in)
    inputs = list(draft.moves)
    made = _make(draft, rooms, came_out, plan)
    outputs = draft.moves[len(inputs) :]
    wasted = _waste(draft, rooms, command.waste)
    answer = draft.post(
        partial(
            ProducedGoods,
            inputs=_said(inputs, used),
            outputs=_said(outputs, made),
            waste=_said(wasted, [*used, *made]),
            recipe_id=plan.recipe_id if plan else None,
            recipe_version=plan.version if plan else None,
        )
    )
    if work.is_fact:  # an act would have been stopped
        used_lots, made_lots = ({move.lot_id for move in some} for some in (inputs, outputs))
        hold_what_was_made(work.session, work.depot_id, used_lots, made_lots)
    if plan is not None:
        use = {"entry_id": answer.entry_id, "depot_id": work.depot_id, "times": command.times}
        work.session.execute(insert(RecipeUse).values(version_id=plan.version_id, **use))
    return answer


def _lines(
    command: ProduceGoods, plan: PlannedRecipe | None
) -> tuple[Sequence[ProductionInput], Sequence[ProductionOutput]]:
    """Return what went in and came out: as it was said, else as the recipe plans it."""
    went_in: Sequence[ProductionInput] = command.inputs
    came_out: Sequence[ProductionOutput] = command.outputs
    if plan is not None:
        went_in = went_in or [
            ProductionInput(item=line.item_id, quantity=line.quantity)
            for line in plan.side(is_output=False)
        ]
        came_out = came_out or [
            ProductionOutput(item=line.item_id, quantity=line.quantity)
            for line in plan.side(is_output=True)
        ]
    if not went_in:
        raise Invalid(field="inputs", problem=N_("Say what went in: at least one line."))
    if not came_out:
        raise Invalid(field="outputs", problem=N_("Say what came out: at least one line."))
    return went_in, came_out


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


def _make(
    draft: Draft,
    rooms: FixedPlaces,
    lines: Sequence[ProductionOutput],
    plan: PlannedRecipe | None,
) -> list[ItemRow]:
    work = draft.work
    items = _output_items(work, lines)
    crates, places = _targets(work, lines)
    dates = [
        plan.date_of(item.id, work.occurred_on)
        if plan is not None and not line.date
        else parse_lot_date(line.date, line.date_kind)
        for line, item in zip(lines, items, strict=True)
    ]
    keys = [_lot_key(work, item, dated) for item, dated in zip(items, dates, strict=True)]
    lots = find_or_make_lots(work, list(zip(keys, dates, strict=True)))
    for line, item, key in zip(lines, items, keys, strict=True):
        name = line.crate_code or line.location
        target = places[name] if name else rooms.arrival
        draft.move(item.id, lots[key], rooms["production"], target, line.quantity)
    for crate in crates:
        take_into_use(draft, crate)
    return items


def _waste(draft: Draft, rooms: FixedPlaces, lines: Sequence[ProductionWaste]) -> list[Move]:
    """Turn so much of what went in into a loss; what came out and is lost was made besides.

    Raises UnknownItem, WastedMore, and Invalid for an item that neither went in nor came out.
    """
    items = need_items(draft.work, [line.item for line in lines])
    lost: list[Move] = []
    for line in lines:
        item = items[line.item]
        used = [m for m in draft.moves if m.item_id == item.id and m.target == rooms["production"]]
        made = [m for m in draft.moves if m.item_id == item.id and m.source == rooms["production"]]
        if used:
            lost += _lose_used(draft, rooms, item, used, line.quantity)
        elif made:
            lost.append(_lose_made(draft, rooms, made[0], line.quantity))
        else:
            raise Invalid(
                field="waste",
                problem=N_("What was wasted is of something that went in or came out."),
            )
    return lost


def _lose_used(
    draft: Draft, rooms: FixedPlaces, item: ItemRow, used: Sequence[Move], quantity: int
) -> list[Move]:
    """Lose so much of what went in, from the last of its moves on."""
    there, left, lost = sum(move.quantity for move in used), quantity, list[Move]()
    if quantity > there:
        unit = item.base_unit
        wasted, went_in = Measure(quantity, unit), Measure(there, unit)
        raise WastedMore(field="waste", item=item.name, wasted=wasted, used=went_in)
    for move in reversed(used):
        taken = min(left, move.quantity)
        if not taken:
            break
        place = draft.moves.index(move)
        rest = [replace(move, quantity=move.quantity - taken)] if taken < move.quantity else []
        draft.moves[place : place + 1] = rest
        lost.append(replace(move, target=rooms["loss"], quantity=taken))
        left -= taken
    draft.moves += lost
    return lost


def _lose_made(draft: Draft, rooms: FixedPlaces, made: Move, quantity: int) -> Move:
    """Make so much more, and lose it."""
    lost = replace(made, source=made.target, target=rooms["loss"], quantity=quantity)
    draft.moves += [replace(made, quantity=quantity), lost]
    return lost


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
