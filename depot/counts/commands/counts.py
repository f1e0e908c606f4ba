"""Counting: what was found is compared with the book, and only the difference is booked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LotDate, parse_lot_date
from depot.base.errors import Invalid, UnknownItem
from depot.base.kinds import DateKind
from depot.base.text import N_
from depot.base.units import PIECE
from depot.counts.differences import is_large
from depot.kernel.answers import Booked
from depot.kernel.draft import Draft, take_into_use
from depot.kernel.goods_lines import line_items
from depot.kernel.holdings import Holding, load_holdings
from depot.kernel.lookups import (
    CrateRow,
    ItemRef,
    ItemRow,
    LotKey,
    find_items,
    find_or_make_lots,
    find_place_or_crate,
    load_fixed_places,
)
from depot.kernel.new_items import NewItem, add_item
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.picking import get_unknown_lot
from depot.ledger.choice.booking import Stock, book_fefo
from depot.ledger.entries import Place
from depot.ledger.facts import Counted, CountedLot, Order
from depot.models import Crate, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """So many base units are there of a lot, or of an item whatever the lot. Zero counts."""

    counted_quantity: int
    item: ItemRef | None = None
    lot_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """Goods that the book does not have there; an item not known yet is made in place."""

    item: ItemRef
    quantity: int
    date: str | None = None
    date_kind: DateKind | None = None
    unit: str | None = None
    category: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was counted at a place or in a crate. What is not named was not counted."""

    command_id: UUID
    #: A crate's code or box number, or a place's name.
    place: str
    lines: tuple[CountLine, ...] = ()
    found: tuple[FoundLine, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """A line with its item and what the book says lies there of it."""

    item: ItemRow
    lot_id: int | None
    stocks: tuple[Stock, ...]
    counted: int

    @property
    def expected(self) -> int:
        return sum(stock.quantity for stock in self.stocks)

    @property
    def variance(self) -> int:
        return self.counted - self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """What the book expected of an item, what was counted, and the difference."""

    item_id: int
    item: str
    unit: str
    expected_quantity: int
    counted_quantity: int
    variance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedGoods(Booked):
    """CountedGoods: the crate, if it was one, and each item."""

    crate_code: str | None = None
    lines: tuple[CountedLine, ...] = ()


def book_count(command: Count, actor: Actor, clock: Clock = utc_now) -> Outcome[CountedGoods]:
    """Book the difference between what was counted and the book; equal is fine, posts nothing.

    Lines of the same lot or item are added up. A line of an item compares with all its lots there
    that have no line of their own. Raises UnknownLocation, UnknownItem (an id that is not there),
    UnknownCategory, NotFound (lot), Invalid.
    """
    return run_once(command, actor, clock, _count, CountedGoods)


def _count(command: Count, work: Work) -> CountedGoods:
    if not command.lines and not command.found:
        raise Invalid(field="lines", problem=N_("Write at least one number. Blank is not counted."))
    place, crate = find_place_or_crate(work, command.place, "place")
    return count_place(work, place, crate, command.lines, command.found, command.note)


def count_place(
    work: Work,
    place: Place,
    crate: CrateRow | None,
    lines: Sequence[CountLine],
    found: Sequence[FoundLine],
    note: str = "",
) -> CountedGoods:
    """Post what was counted at a place, or in the crate that it is, at the time of the work.

    Raises as `book_count` does. A count sheet is posted through here too, an entry at a time.
    """
    rooms = load_fixed_places(work)
    draft = Draft(work, "count", note=note)
    tally = _Tally(draft, rooms["count_variance"], place)
    counted = _compared(work, place, lines)
    for line in counted:
        tally.book(line)
    added = [tally.book_found(line) for line in found]
    tally.keep()
    if crate is not None and any(move.target.id == place.id for move in draft.moves):
        take_into_use(draft, crate)
    said = (*(_said(line.item, line.expected, line.counted) for line in counted), *added)
    for told in said:
        _note_large(draft, place, told)
    return draft.post(partial(CountedGoods, crate_code=crate.code if crate else None, lines=said))


def place_at(work: Work, location_id: int) -> tuple[Place, CrateRow | None]:
    """Return the location by its id: a shelf may bear the name that is painted on a crate."""
    location = work.session.scalars(
        select(Location).where(Location.id == location_id, Location.depot_id == work.depot_id)
    ).one()
    crate = work.session.scalar(select(Crate).where(Crate.location_id == location_id))
    place = Place(location.id, location.kind)
    if crate is None:
        return place, None
    row = CrateRow(place, crate.code, crate.box_number, crate.state, location.parent_id)
    return place, row


def _compared(work: Work, place: Place, lines: Sequence[CountLine]) -> list[_Counted]:
    totals: dict[tuple[int, int | None], int] = {}
    found = line_items(work, lines)
    items = {item.id: item for item in found}
    for line, item in zip(lines, found, strict=True):
        key = (item.id, line.lot_id)
        totals[key] = totals.get(key, 0) + line.counted_quantity
    held = load_holdings(work, at=[place.id], items=set(items), exactly=True)
    stocks = [holding.stock for holding in held]
    own = {lot_id for _, lot_id in totals if lot_id is not None}
    return [
        _Counted(items[item_id], lot_id, _matching(stocks, item_id, lot_id, own), quantity)
        for (item_id, lot_id), quantity in totals.items()
    ]


def _matching(
    stocks: Sequence[Stock], item_id: int, lot_id: int | None, own: set[int]
) -> tuple[Stock, ...]:
    if lot_id is not None:
        return tuple(stock for stock in stocks if stock.lot_id == lot_id)
    return tuple(s for s in stocks if s.item_id == item_id and s.lot_id not in own)


class _Tally:
    """What one count found at a place: the lines of its entry, and the facts that it leaves."""

    def __init__(self, draft: Draft, variance: Place, place: Place) -> None:
        self.draft, self.variance, self.place = draft, variance, place
        self._facts: dict[int, dict[int | None, CountedLot]] = {}

    def book(self, line: _Counted) -> None:
        """Book the difference of a line."""
        spare = self._spare_lot(line)
        self._note(line.item.id, CountedLot(line.lot_id, line.counted, spare))
        if line.variance > 0 and spare is not None:
            self.draft.move(line.item.id, spare, self.variance, self.place, line.variance)
        elif line.variance < 0:
            for stock, quantity in book_fefo(line.stocks, -line.variance).picks:
                self.draft.move(line.item.id, stock.lot_id, self.place, self.variance, quantity)

    def _spare_lot(self, line: _Counted) -> int | None:
        """Return of which lot it is what was more than the book, or may turn out to be more."""
        if line.lot_id is not None:
            return line.lot_id
        if line.stocks:
            return line.stocks[-1].lot_id
        return get_unknown_lot(self.draft.work, line.item) if line.counted else None

    def book_found(self, line: FoundLine) -> CountedLine:
        """Book goods that the book does not have here; of an item it does have, they are more."""
        work = self.draft.work
        item = _found_item(work, line)
        lot_id = _found_lot(work, item, parse_lot_date(line.date, line.date_kind))
        self.draft.move(item.id, lot_id, self.variance, self.place, line.quantity)
        held = load_holdings(work, at=[self.place.id], items=[item.id], exactly=True)
        known = self._facts.get(item.id, {})
        here = sum(one.stock.quantity for one in held if one.stock.lot_id == lot_id)
        if lot_id in known:
            here = known[lot_id].quantity
        if not held and not known:
            self._note(item.id, CountedLot(None, line.quantity, lot_id))
        elif here and None in known and lot_id not in known:
            self._note_each_lot(item.id, held)
        else:
            self._note(item.id, CountedLot(lot_id, here + line.quantity, lot_id))
        return _said(item, 0, line.quantity)

    def _note_each_lot(self, item_id: int, held: Sequence[Holding]) -> None:
        """Some of a lot was counted with the item and some beside it: say what is there of each."""
        left = {one.stock.lot_id: one.stock.quantity for one in held}
        for move in self.draft.moves:
            if move.item_id == item_id:
                change = move.quantity if move.target.id == self.place.id else -move.quantity
                left[move.lot_id] = left.get(move.lot_id, 0) + change
        self._facts[item_id] = {
            lot_id: CountedLot(lot_id, quantity, lot_id) for lot_id, quantity in left.items()
        }

    def _note(self, item_id: int, fact: CountedLot) -> None:
        self._facts.setdefault(item_id, {})[fact.lot_id] = fact

    def keep(self) -> None:
        """Hand the facts to the draft."""
        work = self.draft.work
        order = Order(work.occurred_at, work.head.seq + 1)
        self.draft.counted = {
            item_id: [Counted(order, self.place.id, tuple(facts.values()))]
            for item_id, facts in self._facts.items()
        }


def _note_large(draft: Draft, place: Place, told: CountedLine) -> None:
    """Ask a coordinator to look at a difference that is large both for the item and by itself."""
    if is_large(told.expected_quantity, told.counted_quantity, told.unit):
        draft.discrepancy(
            "large_difference",
            item_id=told.item_id,
            location_id=place.id,
            expected=told.expected_quantity,
            actual=told.counted_quantity,
        )


def _found_item(work: Work, line: FoundLine) -> ItemRow:
    known = find_items(work, [line.item])
    if line.item in known:
        return known[line.item]
    if not isinstance(line.item, str):
        raise UnknownItem(field="item", name=line.item)
    return add_item(work, NewItem(line.item, line.unit or PIECE, line.category))


def _found_lot(work: Work, item: ItemRow, dated: LotDate) -> int:
    key = LotKey(item.id, "other", date_kind=dated.kind, date_text=dated.text)
    return find_or_make_lots(work, [(key, dated)])[key]


def _said(item: ItemRow, expected: int, counted: int) -> CountedLine:
    return CountedLine(
        item_id=item.id,
        item=item.name,
        unit=item.base_unit,
        expected_quantity=expected,
        counted_quantity=counted,
        variance=counted - expected,
    )
