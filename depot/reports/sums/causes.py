"""Why a period differs from the one before: the donor and the item that changed the most. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from depot.base.units import weight_grams
from depot.items.item_facts import ItemFacts
from depot.reports.sums.figures import OUTWARD

#: The flows of which is told why they changed.
TOLD: Final = ("sourced", "handed_out", "lost")


@dataclass(frozen=True, slots=True)
class Cause:
    """Somebody who gave more or less than before, or goods of which there was more or less."""

    name: str
    grams: int


@dataclass(frozen=True, slots=True)
class FlowChange:
    """By how much a flow changed in grams, and what did most of it, donor before item."""

    flow: str
    grams: int
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed against the period before; `food_before` was handed out then, in grams."""

    changes: tuple[FlowChange, ...]
    food_before: int
    households_before: int | None


@dataclass(frozen=True, slots=True)
class FlowsOfTwo:
    """The flows of a period and of the one before, as the ledger has them.

    `by_item` are quantities, signed as the stock feels them, by (in this period?, flow, item);
    `by_donor` what came in, by (in this period?, donor, item).
    """

    by_item: Mapping[tuple[bool, str, int], int]
    by_donor: Mapping[tuple[bool, str, int], int]
    households_before: int | None


def compare_flows(found: FlowsOfTwo, items: Mapping[int, ItemFacts]) -> Compared:
    """Return by how much each flow changed, and the largest causes that go the same way."""
    changed = _differences(found.by_item, items)
    donors: defaultdict[str, int] = defaultdict(int)
    for (donor, item_id), quantity in _by_pair(found.by_donor).items():
        donors[donor] += weight_grams(quantity, items[item_id].milligrams) or 0
    changes = []
    for flow in TOLD:
        of_items = {items[key].name: grams for (of, key), grams in changed.items() if of == flow}
        total = sum(of_items.values())
        causes = [_largest(of_items, total)]
        if flow == "sourced":
            causes.insert(0, _largest(donors, total))
        changes.append(FlowChange(flow, total, tuple(one for one in causes if one)))
    food_before = -sum(
        weight_grams(quantity, items[key].milligrams) or 0
        for (is_this, flow, key), quantity in found.by_item.items()
        if flow == "handed_out" and not is_this and items[key].is_food
    )
    return Compared(tuple(changes), food_before, found.households_before)


def _differences(
    found: Mapping[tuple[bool, str, int], int], items: Mapping[int, ItemFacts]
) -> dict[tuple[str, int], int]:
    return {
        (flow, key): (weight_grams(quantity, items[key].milligrams) or 0)
        * (-1 if flow in OUTWARD else 1)
        for (flow, key), quantity in _by_pair(found).items()
    }


def _by_pair(found: Mapping[tuple[bool, str, int], int]) -> dict[tuple[str, int], int]:
    """Return by how much each quantity grew from the period before to this one."""
    sums: defaultdict[tuple[str, int], int] = defaultdict(int)
    for (is_this, what, item_id), quantity in found.items():
        sums[what, item_id] += quantity if is_this else -quantity
    return dict(sums)


def _largest(grams: Mapping[str, int], total: int) -> Cause | None:
    """Return what changed the most in the direction of the whole; None if nothing did."""
    same_way = [Cause(name, one) for name, one in grams.items() if one * total > 0]
    return max(same_way, key=lambda cause: (abs(cause.grams), cause.name), default=None)
