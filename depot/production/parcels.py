"""What parcels of a kind need of each item: a grid of households multiplied out. Pure.

`expand` says how much each line needs: so much for each household, adult and child, or for a size.
`allot` says of which items that is taken: what is named first, then what may stand in for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from depot.base.allergens import diet_key

#: The items of each category that are counted in a unit, those to be used first at the front.
Members: TypeAlias = Mapping[tuple[int, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much a line needs, in base units: for a household, an adult, a child; or for each size.

    What the sizes say stands in the order of the parcel's sizes.
    """

    household: int = 0
    adult: int = 0
    child: int = 0
    sizes: tuple[int, ...] = ()

    def of(self, household: Households) -> int:
        """Return how much one household of that kind gets."""
        if household.size:
            return self.sizes[household.size - 1]
        people = household.adults * self.adult + household.children * self.child
        return self.household + people


@dataclass(frozen=True, slots=True)
class ParcelGoods:
    """A line of a parcel.

    One of `items`, which is a choice if they are several; without items, anything of the category
    that is counted in the same unit. `swaps` may stand in for it, the first of them first.
    `instead` says what those who eat so get: another item, or nothing of this line.
    """

    line: int
    amounts: Amounts
    items: tuple[int, ...] = ()
    category_id: int | None = None
    unit: str = "piece"
    swaps: tuple[int, ...] = ()
    instead: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Households:
    """So many households alike: by people, or by the number of a size, from 1; and how they eat."""

    count: int
    adults: int = 0
    children: int = 0
    size: int = 0
    diet: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """So much is needed for a line: of its own goods, or of what one diet has instead."""

    goods: ParcelGoods
    quantity: int
    diet: str = ""

    @property
    def items(self) -> tuple[int, ...]:
        """Return the items that it is of; none for a category's."""
        return self.goods.items


@dataclass(frozen=True, slots=True)
class Allotment:
    """So much of an item is taken for a need; `short` of that is not free here."""

    need: Need
    item_id: int
    quantity: int
    short: int = 0


def expand(lines: Sequence[ParcelGoods], grid: Iterable[Households]) -> tuple[Need, ...]:
    """Return how much each line needs for all the households together, in the order of the lines.

    Twice as many households need twice as much of each line. A line nobody needs is left out.
    """
    households = list(grid)
    needs: list[Need] = []
    for goods in lines:
        sums: defaultdict[str, int] = defaultdict(int)
        for one in households:
            diet = diet_key(one.diet) if _differs(goods, one.diet) else ""
            sums[diet] += goods.amounts.of(one) * one.count
        for diet in sorted(sums):
            meant = _meant(goods, diet)
            if sums[diet] and meant is not None:
                needs.append(Need(meant, sums[diet], diet))
    return tuple(needs)


def _differs(goods: ParcelGoods, diet: str) -> bool:
    return any(diet_key(known) == diet_key(diet) for known, _item in goods.instead)


def _meant(goods: ParcelGoods, diet: str) -> ParcelGoods | None:
    """Return what those who eat so get of a line; None for nothing. A swap might not suit them."""
    for known, item_id in goods.instead:
        if diet and diet_key(known) == diet:
            if item_id is None:
                return None
            return ParcelGoods(goods.line, goods.amounts, (item_id,), unit=goods.unit)
    return goods


def allot(
    needs: Sequence[Need], free: Mapping[int, int], members: Members
) -> tuple[Allotment, ...]:
    """Return what is taken for each need; together exactly what is needed.

    `free` is how much of each item may go out. What is named comes first, so that no swap takes
    what another line names; a choice is shared evenly. What is not free stays on the item named,
    or on the first that there is, and is short. Raises LookupError for a category without items.
    """
    left = defaultdict(int, {item: max(quantity, 0) for item, quantity in free.items()})
    taken: list[list[tuple[int, int]]] = [_of_named(need, left) for need in needs]
    for need, parts in zip(needs, taken, strict=True):
        for item in (*need.items, *_others(need, members)):
            quantity = min(_open(need, parts), left[item])
            left[item] -= quantity
            parts.append((item, quantity))
    return tuple(
        one
        for need, parts in zip(needs, taken, strict=True)
        for one in _allotments(need, parts, members)
    )


def _open(need: Need, parts: Iterable[tuple[int, int]]) -> int:
    return need.quantity - sum(quantity for _item, quantity in parts)


def _of_named(need: Need, left: defaultdict[int, int]) -> list[tuple[int, int]]:
    """Take what the line names itself: of a choice an even share of each, as far as it goes."""
    items = need.items
    parts: list[tuple[int, int]] = []
    for number, item in enumerate(items):
        share = need.quantity // len(items) + (number < need.quantity % len(items))
        parts.append((item, min(share, left[item])))
        left[item] -= parts[-1][1]
    return parts


def _others(need: Need, members: Members) -> Iterable[int]:
    """Return what may be taken besides what is named: the category's items, then the swaps."""
    if need.goods.category_id is not None:
        yield from members.get((need.goods.category_id, need.goods.unit), ())
    yield from need.goods.swaps


def _allotments(need: Need, parts: Iterable[tuple[int, int]], members: Members) -> list[Allotment]:
    """Add up what is taken by item; what is still open is short of the first that was meant."""
    sums: dict[int, int] = {}
    for item, quantity in parts:
        if quantity:
            sums[item] = sums.get(item, 0) + quantity
    short = need.quantity - sum(sums.values())
    meant = next(iter([*need.items, *_others(need, members)]), None)
    if short and meant is None:
        raise LookupError(need.goods.category_id)
    if short and meant is not None:
        sums[meant] = sums.get(meant, 0) + short
    return [
        Allotment(need, item, quantity, short if item == meant else 0)
        for item, quantity in sums.items()
    ]


def planned(allotments: Iterable[Allotment]) -> dict[int, int]:
    """Return how much of each item is to be taken along."""
    sums: defaultdict[int, int] = defaultdict(int)
    for one in allotments:
        sums[one.item_id] += one.quantity
    return dict(sums)
