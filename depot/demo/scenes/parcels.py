"""What households get in the demo's bags, by size and by how they eat."""

from __future__ import annotations

from typing import Final

from depot.demo.stage import Stage
from depot.production.commands.parcel_plans import PlanParcels, plan_parcels
from depot.production.commands.parcels import (
    InsteadSaid,
    ParcelLineSaid,
    PerSaid,
    SaveParcel,
    save_parcel,
)
from depot.production.multiplied import HouseholdsSaid, ParcelSaid

NAME: Final = "Saturday bag"
SOUP: Final = "Lentil soup, 400 g"
SIZES: Final = ("1", "2", "3", "4", "5", "6 or more")
#: Households of each size, by how they eat: 180 in all.
_HOUSEHOLDS: Final = {
    "": (30, 26, 22, 18, 14, 10),
    "vegan": (10, 8, 7, 5, 3, 2),
    "gluten-free": (4, 5, 5, 5, 3, 3),
}
HOUSEHOLDS: Final = sum(sum(counts) for counts in _HOUSEHOLDS.values())
#: Of each item, how much for each size.
_AMOUNTS: Final = {
    "Baked beans, 400 g": (1, 1, 2, 2, 3, 3),
    "Pasta, 500 g": (1, 1, 1, 2, 2, 2),
    "Tuna in brine, 145 g": (1, 1, 2, 2, 2, 3),
    "Long-life milk, 1 litre": (1, 1, 1, 2, 2, 2),
    SOUP: (1, 1, 1, 1, 2, 2),
}
_INSTEAD: Final = {
    "Pasta, 500 g": ("gluten-free", "Long grain rice, 1 kg"),
    "Tuna in brine, 145 g": ("vegan", "Chickpeas, 400 g"),
    "Long-life milk, 1 litre": ("vegan", "Oat drink, 1 litre"),
}


def save_bag(stage: Stage) -> None:
    """Write down what goes into a bag."""
    lines = tuple(
        ParcelLineSaid(
            item=item,
            per=PerSaid(sizes=amounts),
            instead=_instead(item),
        )
        for item, amounts in _AMOUNTS.items()
    )
    stage.do(save_parcel, SaveParcel, stage.coordinator, name=NAME, sizes=SIZES, lines=lines)


def _instead(item: str) -> tuple[InsteadSaid, ...]:
    if item not in _INSTEAD:
        return ()
    diet, other = _INSTEAD[item]
    return (InsteadSaid(diet=diet, item=other),)


def plan_bags(stage: Stage, event_id: int) -> None:
    """Plan a bag for each household."""
    grid = tuple(
        HouseholdsSaid(count=count, size=size, diet=diet)
        for diet, counts in _HOUSEHOLDS.items()
        for size, count in zip(SIZES, counts, strict=True)
    )
    parcels = (ParcelSaid(parcel=NAME, households=grid),)
    stage.do(plan_parcels, PlanParcels, stage.coordinator, event_id=event_id, parcels=parcels)


def needed() -> dict[str, int]:
    """Return what all bags take, by item."""
    sums: dict[str, int] = {}
    for item, amounts in _AMOUNTS.items():
        for diet, counts in _HOUSEHOLDS.items():
            other, taken = _INSTEAD.get(item, ("", "")), item
            if diet and other[0] == diet:
                taken = other[1]
            bags = sum(one * count for one, count in zip(amounts, counts, strict=True))
            sums[taken] = sums.get(taken, 0) + bags
    return sums
