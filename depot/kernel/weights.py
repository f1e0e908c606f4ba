"""What lies where, now or at a past moment, and what it weighs: the ground of all stock figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, Subquery, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from depot.base.kinds import PHYSICAL_KINDS
from depot.base.units import PIECE, known_unit_weight, weight_grams
from depot.ledger.item_names import item_is_called
from depot.models import Item, Location, StockBalance, StockEntry, StockMove


@dataclass(frozen=True, slots=True)
class Weight:
    """What a quantity weighs; `grams` is None if nobody knows, estimated by its category's average.

    A category's average is that of a piece and says nothing about a millilitre.
    """

    grams: int | None
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What several kinds of goods weigh together: some of it estimated, some kinds not weighed."""

    kinds: int
    grams: int
    estimated_grams: int
    not_weighed: int


def weigh_goods(quantity: int, unit: str, known: int | None, average: int | None) -> Weight:
    """Return the weight of `quantity` base units; `known` and `average` are milligrams for one."""
    stated = known_unit_weight(unit, known)
    if stated is not None or unit != PIECE or average is None:
        return Weight(weight_grams(quantity, stated))
    return Weight(weight_grams(quantity, average), is_estimated=True)


def total_weight(weights: Iterable[Weight]) -> Total:
    """Add up the weights of several kinds of goods."""
    found = list(weights)
    return Total(
        len(found),
        sum(one.grams or 0 for one in found),
        sum(one.grams or 0 for one in found if one.is_estimated),
        sum(one.grams is None for one in found),
    )


def named_items(depot_id: int, search: str) -> Select[int]:
    """Return the statement for the items of whose name, in any language, `search` is a part."""
    return select(Item.id).where(Item.depot_id == depot_id, item_is_called(search))


def held_quantities(depot_id: int, as_of: datetime | None = None) -> Subquery:
    """Return rows (location_id, lot_id, item_id, quantity) to be added up: physical stock only.

    A past moment is the present balances less all that happened after it (`occurred_at`), so
    that last Friday costs what happened since and not the whole history. Balances equal the sum
    of the moves (invariant 3), hence so does the past.
    """
    now = select(
        StockBalance.location_id,
        StockBalance.lot_id,
        StockBalance.item_id,
        StockBalance.quantity,
    ).where(StockBalance.depot_id == depot_id)
    if as_of is None:
        return now.subquery("held")
    came = _later(depot_id, as_of, StockMove.target_id, sign=-1)
    went = _later(depot_id, as_of, StockMove.source_id, sign=+1)
    return union_all(now, came, went).subquery("held")


def _later(
    depot_id: int, as_of: datetime, place: InstrumentedAttribute[int], sign: int
) -> Select[int, int, int, int]:
    return (
        select(place, StockMove.lot_id, StockMove.item_id, StockMove.quantity * sign)
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .join(Location, Location.id == place)
        .where(
            StockEntry.depot_id == depot_id,
            StockEntry.occurred_at > as_of,
            Location.kind.in_(PHYSICAL_KINDS),
        )
    )
