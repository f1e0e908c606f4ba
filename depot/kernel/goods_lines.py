"""Lines that name goods already here: an item, oldest date first, or one lot of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import select

from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.kernel.holdings import Holding
from depot.kernel.lookups import ItemRef, ItemRow, need_items
from depot.kernel.once import Work
from depot.models import Lot


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsLine:
    """So many base units of an item (FEFO), or of one lot of it."""

    quantity: int
    item: ItemRef | None = None
    lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class WantedGoods:
    """A line with its item looked up."""

    item: ItemRow
    quantity: int
    lot_id: int | None


class NamesGoods(Protocol):
    """What a line must say for its item to be found."""

    @property
    def item(self) -> ItemRef | None: ...

    @property
    def lot_id(self) -> int | None: ...


def look_up_goods(work: Work, lines: Sequence[GoodsLine]) -> list[WantedGoods]:
    """Look up each line's item. Raises UnknownItem, NotFound (lot), Invalid (neither named)."""
    items = line_items(work, lines)
    return [
        WantedGoods(item, line.quantity, line.lot_id)
        for line, item in zip(lines, items, strict=True)
    ]


def line_items(work: Work, lines: Sequence[NamesGoods]) -> list[ItemRow]:
    """Return the item of each line, in order (at most two statements). Raises as above.

    A line may name both a lot and its item. Raises Invalid for a lot of another item.
    """
    lots = _items_of_lots(work, {line.lot_id for line in lines if line.lot_id is not None})
    found = need_items(
        work, [*lots.values(), *(line.item for line in lines if line.item is not None)]
    )
    return [_item_of(line, lots, found) for line in lines]


def _item_of(
    line: NamesGoods, lots: Mapping[int, int], found: Mapping[ItemRef, ItemRow]
) -> ItemRow:
    named = found[line.item] if line.item is not None else None
    item = found[lots[line.lot_id]] if line.lot_id is not None else named
    if item is None:
        raise Invalid(field="item", problem=N_("Say which item."))
    if named is not None and named.id != item.id:
        raise Invalid(field="lot_id", problem=N_("That lot is of another item."))
    return item


def _items_of_lots(work: Work, lot_ids: set[int]) -> dict[int, int]:
    if not lot_ids:
        return {}
    found = {
        lot_id: item_id
        for lot_id, item_id in work.session.execute(
            select(Lot.id, Lot.item_id).where(Lot.depot_id == work.depot_id, Lot.id.in_(lot_ids))
        )
    }
    for lot_id in sorted(lot_ids - found.keys()):
        raise NotFound(field="lot_id", what=N_("lot"), name=str(lot_id))
    return found


def ignore_safety(held: Iterable[Holding]) -> list[Holding]:
    """Return the holdings as if none were past its date or on hold.

    Only handing out stops at those: they must be free to be written off or set apart.
    """
    return [
        replace(one, date_kind="none", date_on=None, is_apart=False, held_because=None)
        for one in held
    ]
