"""The facts about items, read from the book: lines, counts, and what the book did not know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    bindparam,
    exists,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from depot.base.dates import give_out_until
from depot.ledger.entries import Entry, Move, Place
from depot.ledger.facts import Act, Counted, CountedLot, Fact, Order, Rank, Unknown
from depot.ledger.past.houses import Houses
from depot.ledger.sql import AFTER_BEST_BEFORE
from depot.models import (
    Category,
    CountedStock,
    CratePlacement,
    Discrepancy,
    Item,
    Location,
    Lot,
    StockEntry,
    StockMove,
)

_VARIANCE: Final = "count_variance"
#: Entries in which what comes from the count variance is what the book did not know of.
_MAY_LACK: Final = frozenset({"issue", "write_off", "production", "transfer"})
#: A count without an entry comes behind the entry that was the last when it was made.
_BEHIND: Final = 1_000_000
Facts = dict[int, list[Fact]]
# What a phone kept is late, so that these are asked with each command of it, and put together once.
_DEPOT: Final[BindParameter[int]] = bindparam("depot")
_ITEMS: Final[BindParameter[Any]] = bindparam("items", expanding=True)
#: :depot, of :items
_RANKS: Final[Select[*tuple[Any, ...]]] = (
    select(Lot.id, Lot.date_kind, Lot.date_on, Lot.first_received_on, AFTER_BEST_BEFORE)
    .join(Item, Item.id == Lot.item_id)
    .join(Category, Category.id == Item.category_id)
    .where(Lot.depot_id == _DEPOT, Lot.item_id.in_(_ITEMS))
)
#: :depot, of :items
_LACKING: Final[Select[*tuple[Any, ...]]] = (
    select(
        Discrepancy.entry_id,
        Discrepancy.item_id,
        Discrepancy.location_id,
        Discrepancy.expected_quantity,
        Discrepancy.actual_quantity,
    )
    .where(Discrepancy.depot_id == _DEPOT, Discrepancy.item_id.in_(_ITEMS))
    .where(Discrepancy.kind == "short_stock", Discrepancy.entry_id.is_not(None))
    .order_by(Discrepancy.id)
)


@dataclass(frozen=True, slots=True)
class Lacking:
    """So many were taken that the book did not have: at one location (None: anywhere)."""

    location_id: int | None
    quantity: int


def is_any_crate_moved(session: Session, depot_id: int, moment: datetime) -> bool:
    """Say whether any crate was put anywhere after that moment."""
    later = (
        select(CratePlacement.id)
        .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
        .where(StockEntry.depot_id == depot_id, StockEntry.occurred_at > moment)
    )
    return bool(session.scalar(select(later.exists())))


def later_items(session: Session, depot_id: int, after: datetime) -> set[int]:
    """Return the items of which something is written that happened after that moment."""
    found = session.connection().scalars(_later(), {"depot": depot_id, "after": after})
    return set(found)


@cache
def _later() -> CompoundSelect[int]:
    """:depot, :after."""
    moved = (
        select(StockMove.item_id)
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .where(StockEntry.depot_id == _DEPOT, StockEntry.occurred_at > bindparam("after"))
    )
    counted = select(CountedStock.item_id).where(
        CountedStock.depot_id == _DEPOT, CountedStock.occurred_at > bindparam("after")
    )
    return union_all(moved, counted)


def read_facts(session: Session, depot_id: int, items: Collection[int]) -> Facts:
    """Return the facts about items, by item, those of undone entries left out.

    What an undone move had moved inside the depot stays, marked as undone.
    """
    facts: Facts = {item_id: [] for item_id in items}
    lacking = _lacking(session, depot_id, items)
    houses = Houses(session, depot_id)
    asked = {"depot": depot_id, "items": list(items)}
    for row in session.connection().execute(_lines(), asked):
        # by their places in the row, which takes half as long as by their names
        entry_id, line, item_id, lot_id, source, source_kind, target, target_kind, *rest = row
        quantity, kind, occurred_at, seq, is_undone = rest
        ends = Place(source, source_kind), Place(target, target_kind)
        move = Move(item_id, lot_id, *ends, quantity)
        order = Order(occurred_at, seq, line)
        lacks = lacking.get((entry_id, item_id), [])
        facts[item_id] += facts_of_line(kind, order, move, lacks, houses, is_undone=is_undone)
    for item_id, counted in _counts(session, depot_id, items):
        facts[item_id].append(counted)
    return facts


def facts_of_entry(
    entry: Entry, seq: int, lacking: dict[int, list[Lacking]], houses: Houses
) -> Facts:
    """Return the facts of an entry that is about to be number `seq`, its counts left out."""
    facts: Facts = defaultdict(list)
    for line, move in enumerate(entry.moves, start=1):
        order, lacks = Order(entry.occurred_at, seq, line), lacking.get(move.item_id, [])
        facts[move.item_id] += facts_of_line(entry.kind, order, move, lacks, houses)
    return facts


def facts_of_line(
    kind: str,
    order: Order,
    move: Move,
    lacking: list[Lacking],
    houses: Houses,
    *,
    is_undone: bool = False,
) -> Iterator[Fact]:
    """Yield what a line of an entry of that kind says has happened. A count says so by itself."""
    source = move.source.id if move.source.is_physical else None
    target = move.target.id if move.target.is_physical else None
    is_inside = source is not None and target is not None
    if (
        kind == "count"
        or (is_undone and not is_inside)
        or (source is None and move.target.kind == _VARIANCE)
    ):
        return
    if move.source.kind == _VARIANCE and kind in _MAY_LACK:
        yield from _unknown(kind, order, move, target, lacking, houses)
    elif source is not None or target is not None:
        yield Act(order, move.lot_id, source, target, move.quantity, is_undone)


def _unknown(
    kind: str,
    order: Order,
    move: Move,
    target: int | None,
    lacking: list[Lacking],
    houses: Houses,
) -> Iterator[Fact]:
    """What was lacking in several places stands in one line: each has its own fact."""
    left = move.quantity
    for number, lack in enumerate([*lacking, Lacking(None, left)]):
        quantity = min(left, lack.quantity)
        if quantity > 0:
            own = order._replace(line=order.line * 1000 + number)
            scope = houses.scope(kind, lack.location_id, order)
            yield Unknown(own, move.lot_id, target, quantity, scope)
            left -= quantity


def belongs_to(fact: Fact, seqs: Collection[int]) -> bool:
    """Say whether the fact is one of these entries'; a count without an entry belongs to none."""
    return fact.order.seq in seqs and not (isinstance(fact, Counted) and fact.order.line >= _BEHIND)


def read_ranks(session: Session, depot_id: int, items: Collection[int]) -> dict[int, Rank]:
    """Return the order in which lots of the items go out, by lot."""
    rows = session.connection().execute(_RANKS, {"depot": depot_id, "items": list(items)})
    return {
        row.id: Rank(
            give_out_until(row.date_kind, row.date_on, row.after_best_before) or date.max,
            row.first_received_on,
            row.id,
        )
        for row in rows
    }


@cache
def _lines() -> Select[*tuple[Any, ...]]:
    """:depot, of :items."""
    source, target, undo = aliased(Location), aliased(Location), aliased(StockEntry)
    return (
        select(
            StockMove.entry_id,
            StockMove.line,
            StockMove.item_id,
            StockMove.lot_id,
            StockMove.source_id,
            source.kind.label("source_kind"),
            StockMove.target_id,
            target.kind.label("target_kind"),
            StockMove.quantity,
            StockEntry.kind,
            StockEntry.occurred_at,
            StockEntry.seq,
            undo.id.is_not(None).label("is_undone"),
        )
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .outerjoin(undo, undo.reverses_id == StockEntry.id)
        .where(
            StockMove.depot_id == _DEPOT,
            StockMove.item_id.in_(_ITEMS),
            ~StockMove.is_correction,
            StockEntry.kind.not_in(("count", "reversal")),
        )
    )


def _lacking(
    session: Session, depot_id: int, items: Collection[int]
) -> dict[tuple[int, int], list[Lacking]]:
    rows = session.connection().execute(_LACKING, {"depot": depot_id, "items": list(items)})
    found: defaultdict[tuple[int, int], list[Lacking]] = defaultdict(list)
    for entry_id, item_id, location_id, expected, actual in rows:
        found[entry_id or 0, item_id or 0].append(
            Lacking(location_id, (actual or 0) - (expected or 0))
        )
    return found


@cache
def _counted() -> Select[CountedStock]:
    """:depot, of :items."""
    undo = aliased(StockEntry)
    was_undone = exists().where(undo.reverses_id == CountedStock.entry_id)
    return (
        select(CountedStock)
        .where(CountedStock.depot_id == _DEPOT, CountedStock.item_id.in_(_ITEMS))
        .where(or_(CountedStock.entry_id.is_(None), ~was_undone))
        .order_by(CountedStock.id)
    )


def _counts(
    session: Session, depot_id: int, items: Collection[int]
) -> Iterator[tuple[int, Counted]]:
    rows = session.scalars(_counted(), {"depot": depot_id, "items": list(items)})
    found: defaultdict[tuple[int, int, str], list[CountedStock]] = defaultdict(list)
    for row in rows:
        found[row.item_id, row.location_id, row.command_id].append(row)
    for (item_id, location_id, _), lines in found.items():
        first = lines[0]
        order = Order(first.occurred_at, first.seq, 0 if first.entry_id else _BEHIND + first.id)
        told = tuple(
            CountedLot(one.lot_id, one.counted_quantity, one.spare_lot_id) for one in lines
        )
        yield item_id, Counted(order, location_id, told)
