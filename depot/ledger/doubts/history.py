"""What was usual before an entry, and what of the entry is therefore doubted.

History is read from the totals of days, by an index that ends with the quantity: the most of an
item is the end of a list, however long the book is. Days on which an amount waits to be settled do
not count, so that one slip does not make the next one usual; what was undone is in no total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, select
from sqlalchemy.orm import Session

from depot.base.units import MILLIGRAMS_PER_GRAM
from depot.db.columns import Instant
from depot.db.few import in_portions
from depot.ledger.doubts import rules
from depot.ledger.doubts.rules import Doubt
from depot.ledger.entries import Entry, Move
from depot.ledger.sql import AFTER_BEST_BEFORE
from depot.models import (
    Category,
    DayTotal,
    Discrepancy,
    DistributionEvent,
    Item,
    Lot,
    PeopleCount,
    StockEntry,
)

#: Kinds of entry in which goods arrive with the date that stands on them.
_ARRIVING: Final = frozenset({"receipt", "production"})
#: Against the hand-outs of so long before a count of people is held.
_EVENTS_WITHIN: Final = timedelta(days=366)


def _waits(item_id: Any, day: Any) -> ColumnElement[bool]:
    """Whether an amount of that item, of that day, waits to be settled."""
    return exists().where(
        Discrepancy.depot_id == bindparam("depot"),
        Discrepancy.resolved_at.is_(None),
        Discrepancy.kind == "unlikely_number",
        Discrepancy.item_id == item_id,
        StockEntry.id == Discrepancy.entry_id,
        StockEntry.occurred_on == day,
    )


#: The most of an item that came on any day, from wherever it came.
_MOST: Final = (
    select(DayTotal.quantity)
    .where(
        DayTotal.depot_id == bindparam("depot"),
        DayTotal.item_id == Item.id,
        DayTotal.quantity > 0,
        ~_waits(DayTotal.item_id, DayTotal.day),
    )
    .order_by(DayTotal.quantity.desc())
    .limit(1)
    .correlate(Item)
    .scalar_subquery()
)
#: :depot, of :lots
_GOODS: Final[Select[Any]] = (
    select(
        Lot.id,
        Item.id,
        # of a category's loose goods people say "Bread"
        case((Item.is_loose, Category.name), else_=Item.name),
        Item.base_unit,
        Item.unit_weight_milligrams,
        AFTER_BEST_BEFORE,
        Lot.date_kind,
        Lot.date_text,
        Lot.date_on,
        _MOST,
    )
    .join(Item, Item.id == Lot.item_id)
    .join(Category, Category.id == Item.category_id)
    .where(Lot.depot_id == bindparam("depot"), Lot.id.in_(bindparam("lots", expanding=True)))
)
_HELPED: Final = func.sum(PeopleCount.households)
#: :depot, other hand-outs than :event, from :since on: the most households that one of them helped
_MOST_HELPED: Final[Select[Any]] = (
    select(_HELPED)
    .join(DistributionEvent, DistributionEvent.id == PeopleCount.event_id)
    .where(
        DistributionEvent.depot_id == bindparam("depot"),
        DistributionEvent.id != bindparam("event"),
        DistributionEvent.starts_at >= bindparam("since", type_=Instant),
        ~exists().where(
            Discrepancy.entry_id == PeopleCount.entry_id,
            Discrepancy.kind == "unlikely_number",
            Discrepancy.resolved_at.is_(None),
        ),
    )
    .group_by(PeopleCount.event_id)
    .order_by(_HELPED.desc())
    .limit(1)
)
#: :depot, :event
_EVENT: Final[Select[str, int | None]] = select(
    DistributionEvent.name, DistributionEvent.expected_households
).where(
    DistributionEvent.depot_id == bindparam("depot"), DistributionEvent.id == bindparam("event")
)


@dataclass(frozen=True, slots=True)
class _Goods:
    """A lot with its item, and the most that came of the item before."""

    lot_id: int
    item_id: int
    name: str
    unit: str
    unit_weight_milligrams: int | None
    after_best_before: str
    date_kind: str
    date_text: str
    date_on: date | None
    most: int | None


def find_doubts(session: Session, entry: Entry) -> tuple[Doubt, ...]:
    """Return what of an entry that is to be written is doubted; an undo never is.

    One statement where goods came from outside or were made; two for a crowd.
    """
    if entry.kind == "reversal":
        return ()
    return (*_about_goods(session, entry), *_about_people(session, entry), *_about_time(entry))


def _about_goods(session: Session, entry: Entry) -> Iterator[Doubt]:
    came = [move for move in entry.moves if not move.source.is_physical]
    if not came:
        return
    goods = _read_goods(session, entry.depot_id, {move.lot_id for move in came})
    yield from _amounts(entry, came, goods)
    for move in _weighed(came):
        yield from _unit_weight(move, goods[move.lot_id])
    yield from _dates(entry, came, goods)


def _read_goods(session: Session, depot_id: int, lot_ids: set[int]) -> dict[int, _Goods]:
    found: dict[int, _Goods] = {}
    for chunk in in_portions(sorted(lot_ids)):
        rows = session.connection().execute(_GOODS, {"depot": depot_id, "lots": chunk})
        found |= {row[0]: _Goods(*row) for row in rows}
    return found


def _amounts(entry: Entry, came: Sequence[Move], goods: dict[int, _Goods]) -> Iterator[Doubt]:
    """What came of an item is judged; what is told is all of it that went the same way.

    Of 12,500 handed out the 20 that were here are no wonder, and it is the 12,500 that was typed.
    """
    for (item_id, target), quantity in _sums(came).items():
        one = next(goods[move.lot_id] for move in came if move.item_id == item_id)
        sort = rules.doubt_amount(quantity, one.unit, one.most)
        if sort is not None:
            yield Doubt(
                sort=sort,
                name=one.name,
                item_id=item_id,
                unit=one.unit,
                found=_sums(entry.moves)[item_id, target],
                usual=one.most,
            )


def _sums(moves: Sequence[Move]) -> dict[tuple[int, str], int]:
    """Add up by item and by where it went: to outside of which kind, or into the depot."""
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for move in moves:
        sums[move.item_id, "" if move.target.is_physical else move.target.kind] += move.quantity
    return dict(sums)


def _weighed(moves: Sequence[Move]) -> Iterator[Move]:
    return (move for move in moves if move.weighed_grams is not None)


def _unit_weight(move: Move, one: _Goods) -> Iterator[Doubt]:
    milligrams = (move.weighed_grams or 0) * MILLIGRAMS_PER_GRAM // move.quantity
    known = one.unit_weight_milligrams
    if not rules.is_likely_unit_weight(milligrams, one.unit, known):
        yield Doubt(
            sort="unit_weight",
            name=one.name,
            item_id=one.item_id,
            unit=one.unit,
            found=milligrams,
            usual=None if known == milligrams else known,
        )


def _dates(entry: Entry, came: Sequence[Move], goods: dict[int, _Goods]) -> Iterator[Doubt]:
    if entry.kind not in _ARRIVING:
        return
    arrived = {move.lot_id for move in came if move.source.kind in ("supplier", "production")}
    for one in (goods[lot_id] for lot_id in sorted(arrived)):
        sort = rules.doubt_date(
            one.date_kind, one.date_on, entry.occurred_on, one.after_best_before
        )
        if sort is not None:
            told = f"{one.date_kind} {one.date_text}"
            yield Doubt(sort=sort, name=one.name, item_id=one.item_id, on=one.date_on, text=told)


def _about_people(session: Session, entry: Entry) -> Iterator[Doubt]:
    people = entry.people
    if people is None:
        return
    heads = sum(count or 0 for count in (people.adults, people.children, people.seniors))
    if rules.is_crowd(people.households):
        name, most = _event_before(session, entry, people.event_id)
        if rules.doubt_households(people.households, most):
            yield Doubt(sort="households", name=name, found=people.households, usual=most)
    if rules.doubt_people(people.households, heads):
        name, _ = _event_before(session, entry, people.event_id)
        yield Doubt(sort="people", name=name, found=heads, usual=people.households)


def _event_before(session: Session, entry: Entry, event_id: int) -> tuple[str, int | None]:
    """Return what a hand-out is called, and the most households that it or one before may have."""
    asked = {"depot": entry.depot_id, "event": event_id}
    since = {"since": entry.occurred_at - _EVENTS_WITHIN}
    connection = session.connection()
    name, expected = connection.execute(_EVENT, asked).one()
    most = connection.execute(_MOST_HELPED, asked | since).scalar()
    known = [int(count) for count in (expected, most) if count]
    return name, max(known, default=None)


def _about_time(entry: Entry) -> Iterator[Doubt]:
    written = entry.recorded_at.date()
    if entry.kind != "opening" and rules.is_long_ago(entry.occurred_on, written):
        day = entry.occurred_on
        yield Doubt(sort="long_ago", name="", on=day, text=day.isoformat())
