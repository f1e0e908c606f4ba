"""Which lots a line means that names an item and perhaps its date: those that lie there, or one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from depot.base.dates import LotDate, parse_lot_date
from depot.base.kinds import DateKind
from depot.base.names import clean_name
from depot.counts.commands.counts import CountLine
from depot.kernel.holdings import Holding, load_holdings
from depot.kernel.lookups import ItemRef, ItemRow, LotKey, find_or_make_lots, need_items
from depot.kernel.once import Work
from depot.ledger.entries import Place
from depot.models import Lot


@dataclass(frozen=True, slots=True)
class NamedGoods:
    """How much of an item is there; with a date, a kind of date or a lot code, of such lots."""

    number: int
    item: ItemRef
    quantity: int
    date: str | None = None
    date_kind: DateKind | None = None
    lot_code: str | None = None

    @property
    def dated(self) -> LotDate:
        """Return the date. Raises Invalid."""
        return parse_lot_date(self.date, self.date_kind if self.date else None)

    @property
    def names_lots(self) -> bool:
        """Say whether it is of some lots of the item, and not of all that no other line names."""
        return bool(self.date or self.date_kind or self.lot_code)

    def means(self, lot: Lot) -> bool:
        """Say whether it is of this lot, among those of its item."""
        wanted = (
            (self.date and self.dated.text, lot.date_text),
            (self.date_kind, lot.date_kind),
            (self.lot_code and clean_name(self.lot_code), lot.lot_code),
        )
        return all(not said or said == found for said, found in wanted)


def lines_of_lots(work: Work, place: Place, goods: Sequence[NamedGoods]) -> list[CountLine]:
    """Return the lines of a count; a lot that is new is made. Raises UnknownItem, Invalid."""
    items = need_items(work, [one.item for one in goods])
    held = load_holdings(
        work, at=[place.id], items={item.id for item in items.values()}, exactly=True
    )
    lots = _lots(work, held)
    lines: list[CountLine] = []
    for one in goods:
        item = items[one.item]
        if one.names_lots:
            alike = [
                h for h in held if h.stock.item_id == item.id and one.means(lots[h.stock.lot_id])
            ]
            lines += _spread(alike, one.quantity) if alike else _new_lot(work, item, one)
        else:
            lines.append(CountLine(item=item.id, counted_quantity=one.quantity))
    return lines


def lines_of_the_rest(
    work: Work, place: Place, goods: Sequence[NamedGoods], lines: Iterable[CountLine]
) -> list[CountLine]:
    """Return a line of nothing for each lot that lies there and that no line is of."""
    whole = {line.item for line in lines if line.lot_id is None}
    lots = {line.lot_id for line in lines}
    return [
        CountLine(lot_id=held.stock.lot_id, counted_quantity=0)
        for held in load_holdings(work, at=[place.id], exactly=True)
        if held.stock.lot_id not in lots and held.stock.item_id not in whole
    ]


def _lots(work: Work, held: Iterable[Holding]) -> dict[int, Lot]:
    ids = {one.stock.lot_id for one in held}
    own = select(Lot).where(Lot.depot_id == work.depot_id, Lot.id.in_(ids))
    return {lot.id: lot for lot in work.session.scalars(own)}


def _spread(held: Sequence[Holding], counted: int) -> Iterator[CountLine]:
    """Share what was counted among lots alike: fewer are of the first, more are of the last."""
    fewer = max(sum(one.stock.quantity for one in held) - counted, 0)
    for one in held:
        here = max(one.stock.quantity - fewer, 0)
        fewer -= one.stock.quantity - here
        counted -= here
        more = counted if one is held[-1] else 0
        yield CountLine(lot_id=one.stock.lot_id, counted_quantity=here + more)


def _new_lot(work: Work, item: ItemRow, one: NamedGoods) -> list[CountLine]:
    if not one.quantity:
        return []
    dated, code = one.dated, clean_name(one.lot_code or "")
    key = LotKey(item.id, "other", lot_code=code, date_kind=dated.kind, date_text=dated.text)
    lot_id = find_or_make_lots(work, [(key, dated)])[key]
    return [CountLine(lot_id=lot_id, counted_quantity=one.quantity)]
