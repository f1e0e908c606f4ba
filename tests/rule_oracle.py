"""What may go out, and in which order, told once more from the words of the decisions alone.

Nothing of `depot.ledger.choice`, `depot.base.dates` or the holds' own statements is used: days are
walked one by one, places are climbed step by step, and the order in which lots go out is sought
among all orders that there are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, permutations
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

_DAY = timedelta(days=1)
#: Nothing is handed out from these, nor from what stands in them.
_APART = ("quarantine", "transit")


def last_day(kind: str, on: date, extension: str) -> date:
    """Return the last day on which goods may go out: `extension` is month1, year3, never0."""
    found = re.fullmatch(r"([a-z]+)([0-9]+)", extension)
    assert found is not None
    unit, amount = found[1], int(found[2])
    if kind == "use_by" or unit == "never":
        return on
    if unit == "day":
        return on + amount * _DAY
    day, months = on, amount * (12 if unit == "year" else 1)
    for _ in range(months):
        day = day.replace(day=1) + 32 * _DAY
    day = day.replace(day=1)
    while day.day < on.day and (day + _DAY).day != 1:
        day += _DAY
    return day


def answer(kind: str, on: date | None, day: date, extension: str, is_held: bool) -> str:
    """Return yes, noted, asked or no for goods with the date `on` that would go out on `day`."""
    is_hard = kind == "use_by" or extension.startswith("never")
    if is_held:
        return "no"
    if on is None:
        return "noted" if is_hard else "yes"
    if on >= day:
        return "yes"
    if is_hard:
        return "no"
    return "noted" if last_day(kind, on, extension) >= day else "asked"


@dataclass(frozen=True)
class Pile:
    """So much of a lot at a place; `until` is the last day on which it may go out."""

    place: int
    lot: int
    quantity: int
    until: date | None
    came: date

    def goes_before(self, other: Pile) -> bool:
        """The one that ends first goes first, what never ends last; of two such the one that
        came first, then the lower number of the lot, then that of the place."""
        if self.until != other.until:
            return other.until is None or (self.until is not None and self.until < other.until)
        if self.came != other.came:
            return self.came < other.came
        return (self.lot, self.place) < (other.lot, other.place)


def first_out(piles: Sequence[Pile], wanted: int) -> list[tuple[int, int, int]]:
    """Return how much of which lot goes from where (place, lot, quantity), unit by unit.

    Of all orders of the piles it is the one in which none stands behind one it goes before.
    """
    (order,) = [
        one
        for one in permutations(piles)
        if all(first.goes_before(then) for first, then in combinations(one, 2))
    ]
    units = [pile for pile in order for _ in range(pile.quantity)][:wanted]
    return [(pile.place, pile.lot, units.count(pile)) for pile in dict.fromkeys(units)]


class LotSays(NamedTuple):
    """What is known of a lot: `extension` is how long it may go out after best before."""

    item: int
    kind: str
    on: date | None
    extension: str
    came: date


@dataclass
class House:
    """A depot's stock as its plain rows say it is."""

    #: Place, lot and how much.
    stock: dict[tuple[int, int], int] = field(default_factory=dict)
    lots: dict[int, LotSays] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    #: Until which day how much of an item is promised and not handed out.
    promises: list[tuple[int, date, int]] = field(default_factory=list)

    def is_free(self, place: int, lot: int, day: date) -> bool:
        """Say whether a lot may go out from a place that day without a question."""
        says = self.lots[lot]
        is_held = lot in self.held or place in self.apart
        return answer(says.kind, says.on, day, says.extension, is_held) in ("yes", "noted")

    def pile(self, place: int, lot: int) -> Pile:
        """Return what lies of a lot at a place."""
        says = self.lots[lot]
        until = None if says.on is None else last_day(says.kind, says.on, says.extension)
        return Pile(place, lot, self.stock[place, lot], until, says.came)

    def below_nothing(self, today: date) -> Iterator[tuple[int, date, int]]:
        """Yield items of which more is promised to a day and later ones than may go out then."""
        for day in {today, *(until for _item, until, _quantity in self.promises)}:
            if day < today:
                continue
            left: defaultdict[int, int] = defaultdict(int)
            for (place, lot), quantity in self.stock.items():
                if self.is_free(place, lot, day):
                    left[self.lots[lot].item] += quantity
            for item, until, quantity in self.promises:
                if until >= day:
                    left[item] -= quantity
            yield from ((item, day, here) for item, here in left.items() if here < 0)


def read_house(session: Session, depot_id: int) -> House:
    """Read a depot's rows: balances, lots, holds, places and promises."""

    def rows(statement: str) -> list[Any]:
        return list(session.execute(text(statement), {"depot": depot_id}))

    house = House()
    house.stock = {
        (row.location_id, row.lot_id): row.quantity
        for row in rows("SELECT * FROM stock_balance WHERE depot_id = :depot AND quantity <> 0")
    }
    items = {row.id: row for row in rows("SELECT * FROM item WHERE depot_id = :depot")}
    categories = {row.id: row for row in rows("SELECT * FROM category WHERE depot_id = :depot")}
    for lot in rows("SELECT * FROM lot WHERE depot_id = :depot"):
        says = items[lot.item_id]
        if says.shelf_life_unit is None:
            says = categories[says.category_id]
        extension = f"{says.shelf_life_unit}{says.shelf_life_amount}"
        house.lots[lot.id] = LotSays(
            lot.item_id,
            lot.date_kind,
            _date(lot.date_on),
            extension,
            _required(lot.first_received_on),
        )
    holds = rows("SELECT id FROM hold WHERE depot_id = :depot AND released_at IS NULL")
    standing = {row.id for row in holds}
    for row in rows("SELECT * FROM held_lot WHERE depot_id = :depot"):
        house.held |= {row.lot_id} if row.hold_id in standing else set()
    house.apart = _apart(
        {row.id: row for row in rows("SELECT * FROM location WHERE depot_id = :depot")}
    )
    for row in rows("SELECT * FROM promise WHERE depot_id = :depot"):
        still = max(row.reserved - max(row.handed_out, 0), 0)
        house.promises.append((row.item_id, _required(row.until_on), still))
    return house


def _apart(places: Mapping[int, Any]) -> set[int]:
    found = set()
    for start in places:
        here: int | None = start
        while here is not None:
            if places[here].kind in _APART:
                found.add(start)
            here = places[here].parent_id
    return found


def _date(value: Any) -> date | None:
    """Return a day as either database gives it."""
    return date.fromisoformat(str(value)) if value is not None else None


def _required(value: Any) -> date:
    found = _date(value)
    assert found is not None
    return found
