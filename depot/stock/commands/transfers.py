"""Inside the depot: crates are moved and nested, goods go from place to place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Final
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, exists, or_, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import CrateInItself
from depot.kernel.answers import ONLY_WHEN_SET, Booked, BookedGoods
from depot.kernel.draft import Draft, ItemNames, moved_goods, names_of, take_into_use
from depot.kernel.goods_lines import GoodsLine, ignore_safety, look_up_goods
from depot.kernel.holdings import load_holdings
from depot.kernel.lookups import (
    CrateRow,
    find_crate_and_target,
    find_place_or_crate,
    load_fixed_places,
    went_on,
)
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import Pool, draft_moves
from depot.ledger.entries import Place
from depot.models import Location, StockBalance

_DEPOT: Final[BindParameter[int]] = bindparam("depot")
# Asked with every move, and put together once.
#: :crate of :depot
_HOLDS: Final = select(
    or_(
        exists().where(StockBalance.location_id == bindparam("crate"), StockBalance.quantity > 0),
        exists().where(Location.depot_id == _DEPOT, Location.parent_id == bindparam("crate")),
    )
)
#: :place of :depot
_NAME: Final = select(Location.name).where(
    Location.depot_id == _DEPOT, Location.id == bindparam("place")
)


@cache
def _stands_on() -> Select[int]:
    """Return the statement that finds :crate among what :place of :depot stands on, itself too."""
    start = (
        select(Location.id, Location.parent_id)
        .where(Location.depot_id == _DEPOT, Location.id == bindparam("place"))
        .cte("above", recursive=True)
    )
    below = Location.__table__.alias("below")
    above = start.union(
        select(below.c.id, below.c.parent_id).join(start, below.c.id == start.c.parent_id)
    )
    return select(above.c.id).where(above.c.id == bindparam("crate"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCrate:
    """A crate is put somewhere: a place, a pallet, another crate."""

    command_id: UUID
    crate_code: str
    to: str
    #: Who moves it knows that nothing is in it, so nobody has to be asked.
    knows_empty: bool = False
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveGoods:
    """Goods go from one place or crate to another: filling, splitting, emptying."""

    command_id: UUID
    source: str
    target: str
    #: None: everything that lies there.
    lines: tuple[GoodsLine, ...] | None = None
    #: Who fills it thinks that nothing is in it yet.
    expects_empty: bool = False
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedCrate(Booked):
    """A crate and where it stands now; it `stays` there if it was moved on since."""

    code: str
    location: str
    stays: bool = field(default=False, metadata=ONLY_WHEN_SET)


def move_crate(command: MoveCrate, actor: Actor, clock: Clock = utc_now) -> Outcome[MovedCrate]:
    """Put a crate somewhere. One that stands there already posts nothing.

    A crate that the book thinks emptied and a retired one are accepted and listed for a
    coordinator. What came late does not take it away from where it was put after. Raises
    UnknownCrate, UnknownLocation, CrateInItself.
    """
    return run_once(command, actor, clock, _move_crate, MovedCrate)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedGoods(Booked):
    """What was moved, by item."""

    lines: tuple[BookedGoods, ...] = ()


def move_goods(command: MoveGoods, actor: Actor, clock: Clock = utc_now) -> Outcome[MovedGoods]:
    """Move goods between two places, the oldest date first unless a lot is named.

    What the book does not have comes from count variance and opens a discrepancy; so does a crate
    that is filled although it is thought empty and is not. Crates that stand on the source stay
    as they are. Raises UnknownLocation, UnknownItem, NotFound (lot).
    """
    return run_once(command, actor, clock, _move_goods, MovedGoods)


def _move_crate(command: MoveCrate, work: Work) -> MovedCrate:
    crate, (target, name, on_crate) = find_crate_and_target(work, command.crate_code, command.to)
    draft = Draft(work, "transfer", note=command.note)
    stays = went_on(work, crate) or (on_crate is not None and is_loop(draft, crate, target))
    if not stays:
        draft.place_crate(crate, target.id)
    if crate.state == "retired":
        take_into_use(draft, crate)
    elif draft.placements and not command.knows_empty and _is_thought_empty(work, crate):
        draft.discrepancy("crate_empty", location_id=crate.place.id, detail=crate.code)
    if on_crate is not None:
        take_into_use(draft, on_crate)
    location = name
    if stays:
        location = "" if crate.parent_id is None else _name(work, crate.parent_id)
    return draft.post(partial(MovedCrate, code=crate.code, location=location, stays=stays))


def is_loop(draft: Draft, crate: CrateRow, target: Place) -> bool:
    """Say whether the target stands on the crate. Raises CrateInItself; a fact is asked about."""
    work = draft.work
    asked = {"depot": work.depot_id, "place": target.id, "crate": crate.place.id}
    if work.session.connection().scalar(_stands_on(), asked) is None:
        return False
    if not work.is_fact or target.id == crate.place.id:
        raise CrateInItself(field="to", code=crate.code)
    draft.discrepancy("crate_elsewhere", location_id=crate.place.id, detail=crate.code)
    return True


def _is_thought_empty(work: Work, crate: CrateRow) -> bool:
    """Say whether the crate was filled once and the book has nothing in or on it now."""
    return crate.state == "in_use" and not holds_anything(work, crate)


def holds_anything(work: Work, crate: CrateRow) -> bool:
    """Say whether goods are in the crate or other crates stand on it (one statement)."""
    asked = {"depot": work.depot_id, "crate": crate.place.id}
    return bool(work.session.connection().scalar(_HOLDS, asked))


def _name(work: Work, place_id: int) -> str:
    asked = {"depot": work.depot_id, "place": place_id}
    return work.session.connection().scalars(_NAME, asked).one()


def _move_goods(command: MoveGoods, work: Work) -> MovedGoods:
    source, from_crate = find_place_or_crate(work, command.source, "source")
    target, to_crate = find_place_or_crate(work, command.target, "target")
    draft = Draft(work, "transfer", note=command.note)
    if to_crate is not None:
        if command.expects_empty and holds_anything(work, to_crate):
            draft.discrepancy("crate_not_empty", location_id=target.id, detail=to_crate.code)
        take_into_use(draft, to_crate)
    if command.lines is None:
        names = move_all(draft, source, target, from_crate)
    else:
        names = _move_lines(draft, source, target, command.lines)
    return draft.post(partial(MovedGoods, lines=moved_goods(draft, names)))


def move_all(draft: Draft, source: Place, target: Place, from_crate: CrateRow | None) -> ItemNames:
    """Draft the moves of all that lies at a place; return the items' names and units."""
    held = load_holdings(draft.work, at=[source.id])
    for holding in held:
        stock = holding.stock
        draft.move(stock.item_id, stock.lot_id, source, target, stock.quantity)
    if not held and from_crate is not None:
        draft.discrepancy("crate_empty", location_id=source.id, detail=from_crate.code)
    return {h.stock.item_id: (h.item_name, h.base_unit) for h in held}


def _move_lines(
    draft: Draft, source: Place, target: Place, lines: Sequence[GoodsLine]
) -> ItemNames:
    return share_lines(draft, source, [target] if source.id != target.id else [], lines)


def share_lines(
    draft: Draft, source: Place, targets: Sequence[Place], lines: Sequence[GoodsLine]
) -> ItemNames:
    """Draft the moves of the same goods to each target, the oldest date to the first."""
    work = draft.work
    wanted = look_up_goods(work, lines)
    pool = Pool(draft, ignore_safety(load_holdings(work, at=[source.id])))
    rooms = load_fixed_places(work)
    for target in targets:
        for line in wanted:
            booking = pool.book(line.item.id, line.quantity, lot_id=line.lot_id)
            draft_moves(draft, rooms, line.item, booking, target, source)
    return names_of(line.item for line in wanted)
