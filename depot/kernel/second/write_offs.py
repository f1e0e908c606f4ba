"""Write-offs above what one person may: asked for, or looked at by a second one afterwards.

What has happened is booked. Goods that were thrown away without a signal, or are written down from
a slip, are gone whatever anybody agrees to; then a coordinator other than who wrote it looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select

from depot.base.kinds import PHYSICAL_KINDS, DiscrepancyKind
from depot.base.units import Measure
from depot.kernel.asked.errors import NeedsSecond, OtherGoods
from depot.kernel.once import Work
from depot.kernel.second.needed import is_wanted, told_then
from depot.kernel.weights import weigh_goods
from depot.models import Category, Item, Location, StockEntry, StockMove

ABOVE_LIMIT: Final[DiscrepancyKind] = "above_limit"


def look_at_write_off(work: Work, entry_id: int | None, *, is_done: bool) -> tuple[int, int] | None:
    """Look at a write-off that was just posted; return limit and grams of one to be looked at.

    Raises NeedsSecond for one that can still be stopped, and OtherGoods where it was agreed to and
    is about other goods by now. What nobody knows the weight of weighs nothing here.
    """
    limit, then = work.actor.depot.second_write_off_grams, told_then(work)
    if then is not None:
        _need_same(then["goods"], _told(work, entry_id)["goods"])
        return None
    if limit is None or entry_id is None or not work.actor.depot.wants_second("write_off"):
        return None
    told = _told(work, entry_id)
    if told["grams"] <= limit or not is_wanted(work, "write_off"):
        return None
    asking = work.actor.asking
    if is_done or work.is_fact or (asking is not None and asking.is_late):
        return limit, told["grams"]
    raise NeedsSecond("write_off", told)


def _told(work: Work, entry_id: int | None) -> dict[str, Any]:
    """Return what goes, by item, from where and why, with what it weighs (two statements)."""
    goods: dict[int, dict[str, Any]] = {}
    places: dict[str, None] = {}
    grams = 0
    for row in work.session.execute(_moves(work, entry_id)):
        one = goods.setdefault(
            row.item_id,
            {"id": row.item_id, "item": row.name, "unit": row.base_unit, "quantity": 0},
        )
        if row.kind in PHYSICAL_KINDS:  # the rest was not there to be written off
            one["quantity"] += row.quantity
            places[row.place] = None
        average = row.average_unit_milligrams
        known = weigh_goods(row.quantity, row.base_unit, row.unit_weight_milligrams, average)
        is_weighed = row.weighed_grams is not None and (known.is_estimated or known.grams is None)
        grams += (row.weighed_grams if is_weighed else known.grams) or 0
    why = select(StockEntry.reason).where(
        StockEntry.depot_id == work.depot_id, StockEntry.id == entry_id
    )
    return {
        "goods": list(goods.values()),
        "places": list(places),
        "grams": grams,
        "reason": work.session.scalar(why) or "",
    }


def _moves(work: Work, entry_id: int | None) -> Any:
    return (
        select(
            StockMove.item_id,
            StockMove.quantity,
            StockMove.weighed_grams,
            Item.name,
            Item.base_unit,
            Item.unit_weight_milligrams,
            Category.average_unit_milligrams,
            Location.kind,
            Location.name.label("place"),
        )
        .join(Item, Item.id == StockMove.item_id)
        .join(Category, Category.id == Item.category_id)
        .join(Location, Location.id == StockMove.source_id)
        .where(StockMove.depot_id == work.depot_id, StockMove.entry_id == entry_id)
        .order_by(StockMove.line)
    )


def _need_same(then: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]) -> None:
    """Raise OtherGoods unless just so much of each item goes as was asked for."""
    before, after = ({one["id"]: one for one in part} for part in (then, now))
    for item_id, one in sorted((before | after).items()):
        was, here = (part.get(item_id, {}).get("quantity", 0) for part in (before, after))
        if was != here:
            unit = one["unit"]
            raise OtherGoods(item=one["item"], then=Measure(was, unit), now=Measure(here, unit))
