"""A Saturday of two depots as people live it, and what it must add up to by hand.

What people do goes through the edge alone: a coordinator's program asks the API, phones keep what
is done on them and deliver it through /sync when they have signal again, in another order.

Beside them stands the floor: what really lies where, changed at the moment when somebody does
something, whatever the book is told and when. It knows nothing of lots' choice, promises or late
entries; at the end the book must say what the floor says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

import pytest

from tests.web.phone_client import Json

#: A Saturday, at midnight in Berlin.
DAY: Final = date(2026, 11, 28)
MIDNIGHT: Final = datetime.fromisoformat("2026-11-28T00:00:00+01:00")

SIZES: Final = ("1", "2", "3", "4", "5", "6 and more")
DIETS: Final = ("", "vegan", "halal")
#: Households of each size that come, by how they eat: 180 of them.
HOUSEHOLDS: Final = {
    "": (30, 26, 22, 18, 14, 10),
    "vegan": (10, 8, 7, 5, 3, 2),
    "halal": (4, 5, 5, 5, 3, 3),
}
#: What one household gets, by size; and what those who eat so get instead ("": nothing).
PARCEL: Final = {
    "Rice": (1, 1, 1, 2, 2, 3),
    "Beans": (2, 2, 3, 4, 4, 5),
    "Tuna": (1, 2, 2, 3, 3, 4),
    "Peanut butter": (1, 1, 1, 1, 2, 2),
    "Milk": (1, 1, 2, 2, 3, 3),
    "Sausages": (1, 1, 2, 2, 2, 3),
}
INSTEAD: Final = {
    "Tuna": {"vegan": "Chickpeas"},
    "Milk": {"vegan": "Oat drink"},
    "Sausages": {"vegan": "", "halal": "Chicken"},
}


SHELF, COUNTED, COLD = "Shelf A", "Shelf B", "Cold store"
#: Two crates of what is called back, and two that go to the other depot.
FIRST, SECOND, WHOLE, LACKING = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3", "GECY-YS9M"
NUTS: Final = "Peanut butter"
GTIN: Final = "4006381333931"
CALLED_BACK: Final = "L-77"
#: What comes in on Saturday morning: how much of what, where it is put, and what stands on it.
DELIVERED: Final[tuple[tuple[int, str, str, Json], ...]] = (
    (400, "Rice", SHELF, {"date": "2027-08"}),
    (900, "Beans", SHELF, {"date": "2028-01"}),
    (300, NUTS, SHELF, {"date": "2027-09", "lot_code": "L-78", "gtin": GTIN}),
    (60, NUTS, FIRST, {"date": "2027-03", "lot_code": CALLED_BACK, "gtin": GTIN}),
    (60, NUTS, SECOND, {"date": "2027-03", "lot_code": CALLED_BACK, "gtin": GTIN}),
    (90, "Oat drink", SHELF, {"date": "2027-02"}),
    (60, "Pasta", SHELF, {"date": "2028-05"}),
    (24, "Pasta", WHOLE, {"date": "2028-05"}),
    (30, "Soap", LACKING, {}),
    (450, "Tuna", COUNTED, {"date": "2029-04"}),
    (120, "Chickpeas", COUNTED, {"date": "2028-11"}),
    (60, "Tomatoes", COUNTED, {"date": "2028-02"}),
    (420, "Milk", COLD, {"date": "2026-12-02", "date_kind": "use_by"}),
    (330, "Sausages", COLD, {"date": "2026-12-01", "date_kind": "use_by"}),
    (60, "Chicken", COLD, {"date": "2026-12-01", "date_kind": "use_by"}),
    (7, "Ham", COLD, {"date": "2026-11-27", "date_kind": "use_by"}),
)
#: Where a household's goods are taken from at the table, but for what is called back.
TAKEN_FROM: Final = {item: place for _quantity, item, place, _rest in reversed(DELIVERED)}


ARRIVALS: Final = "Arrivals"


def needed() -> Counter[str]:
    """Add up by hand what all households need, item by item."""
    sums: Counter[str] = Counter()
    for item, amounts in PARCEL.items():
        for diet in DIETS:
            taken = INSTEAD.get(item, {}).get(diet, item)
            if taken:
                pairs = zip(amounts, HOUSEHOLDS[diet], strict=True)
                sums[taken] += sum(amount * households for amount, households in pairs)
    return sums


@dataclass
class Hour:
    """What time it is, for everybody."""

    now: datetime = MIDNIGHT

    def strike(self, clock: str) -> datetime:
        """Let it be that time of the Saturday in Berlin; it never goes back."""
        hours, minutes = map(int, clock.split(":"))
        told = MIDNIGHT + timedelta(hours=hours, minutes=minutes)
        assert told >= self.now, f"{clock} is over"
        self.now = told
        return told


@contextmanager
def living_at(hour: Hour) -> Iterator[None]:
    """Have the whole program live at the story's hour."""

    class Told:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return hour.now.astimezone(zone)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("depot.base.clock.datetime", Told)
        yield


@dataclass
class Floor:
    """What really lies where in one depot, and what came of the rest: all of it counted by hand."""

    lies: Counter[tuple[str, str]] = field(default_factory=Counter)
    flows: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def come(self, flow: str, place: str, item: str, quantity: int) -> None:
        """So much came to a place, or went from it (less than nothing)."""
        self.lies[place, item] += quantity
        self.flows[flow][item] += quantity
        assert self.lies[place, item] >= 0, (place, item)

    def lying(self) -> dict[tuple[str, str], int]:
        return {where: quantity for where, quantity in self.lies.items() if quantity}

    def expected(self, item: str) -> dict[str, int]:
        """Return the item's line of the week's report, which began with nothing."""
        flows = {name: self.flows[name][item] for name in ("sourced", "transferred", "variance")}
        out = {"handed_out": -self.flows["handed_out"][item], "lost": -self.flows["lost"][item]}
        closing = sum(quantity for (_, name), quantity in self.lies.items() if name == item)
        return {"opening": 0, "produced": 0} | flows | out | {"closing": closing}
