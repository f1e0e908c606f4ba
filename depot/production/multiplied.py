"""Parcels for households multiplied out over what is free: what a plan and its sheet show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from depot.base.allergens import diet_key
from depot.base.errors import Invalid, NotFound
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import MAX_QUANTITY
from depot.models import Parcel
from depot.production.errors import EmptyCategory, NoVariant
from depot.production.parcel_rows import ParcelLineRow, ParcelRow, is_newest_parcel, load_parcels
from depot.production.parcels import Allotment, Households, Need, allot, expand
from depot.production.supply import Supply, When, load_supply

#: Lines of households in one plan, households of one kind, and people in one household.
MOST_KINDS: Final = 400
MOST_HOUSEHOLDS: Final = 100_000
MOST_PEOPLE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdsSaid:
    """So many households alike: by people, or by a size's name or number; and how they eat."""

    count: int
    adults: int = 0
    children: int = 0
    size: int | str | None = None
    diet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSaid:
    """A kind of parcel, by id or name, and the households that get one."""

    parcel: int | str
    households: tuple[HouseholdsSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class MultipliedLine:
    """How much of a parcel's line is needed, and of which items it is taken."""

    parcel: str
    row: ParcelLineRow
    need: Need
    taken: tuple[Allotment, ...]


@dataclass(frozen=True, slots=True)
class ItemNeeded:
    """How much of an item is to be taken along, how much is free, and what is short of it."""

    item_id: int
    item: str
    unit: str
    planned: int
    free: int
    short: int


@dataclass(frozen=True, slots=True)
class Multiplied:
    """All that the parcels of a plan need: line by line, and item by item."""

    parcels: tuple[tuple[ParcelRow, tuple[Households, ...]], ...]
    lines: tuple[MultipliedLine, ...]
    items: tuple[ItemNeeded, ...]

    @property
    def households(self) -> int:
        """Return for how many households it is."""
        return sum(one.count for _parcel, grid in self.parcels for one in grid)

    @property
    def people(self) -> tuple[int, int]:
        """Return for how many adults and children, as far as it goes by people."""
        grid = [one for _parcel, some in self.parcels for one in some]
        adults = sum(one.count * one.adults for one in grid)
        return adults, sum(one.count * one.children for one in grid)


def multiply_out(
    session: Session, depot_id: int, asked: Sequence[ParcelSaid], when: When
) -> Multiplied:
    """Return what the parcels need for these households, of what may go out on that day.

    Raises NotFound for a parcel that there is not, NoVariant, EmptyCategory, and Invalid for
    households that cannot be.
    """
    rows = _parcels(session, depot_id, asked)
    grids = [
        (row, tuple(check_households(row, said) for said in one.households))
        for row, one in zip(rows, asked, strict=True)
    ]
    if not any(grid for _row, grid in grids):
        raise Invalid(field="parcels", problem=N_("Say for how many households."))
    if sum(len(grid) for _row, grid in grids) > MOST_KINDS:
        raise Invalid(field="parcels", problem=N_("A plan has at most 400 lines of households."))
    needs = [(row, need) for row, grid in grids for need in expand(row.goods, grid)]
    supply = load_supply(session, depot_id, [goods for row in rows for goods in row.goods], when)
    taken = _allot(needs, supply)
    of_need: defaultdict[int, list[Allotment]] = defaultdict(list)
    for one in taken:
        of_need[id(one.need)].append(one)
    lines = tuple(
        MultipliedLine(row.name, row.lines[need.goods.line - 1], need, tuple(of_need[id(need)]))
        for row, need in needs
    )
    return Multiplied(tuple(grids), lines, _items(taken, supply))


def _parcels(session: Session, depot_id: int, asked: Sequence[ParcelSaid]) -> list[ParcelRow]:
    ids = [one.parcel for one in asked if isinstance(one.parcel, int)]
    keys = [name_key(one.parcel) for one in asked if isinstance(one.parcel, str)]
    which = Parcel.id.in_(ids) | Parcel.name_key.in_(keys)
    found = load_parcels(session, depot_id, is_newest_parcel(), which)
    by_id: dict[int | str, ParcelRow] = {row.id: row for row in found}
    by_id |= {name_key(row.name): row for row in found}
    rows = []
    for one in asked:
        key = name_key(one.parcel) if isinstance(one.parcel, str) else one.parcel
        if key not in by_id:
            raise NotFound(field="parcel", what=N_("parcel"), name=one.parcel)
        rows.append(by_id[key])
    return rows


def check_households(row: ParcelRow, said: HouseholdsSaid) -> Households:
    """Return the households as the parcel is multiplied out for them.

    Raises NoVariant, NotFound for a size that there is not, and Invalid for what cannot be.
    """
    if not 0 < said.count <= MOST_HOUSEHOLDS:
        raise Invalid(field="households", problem=N_("Say for how many households."))
    diet = diet_key(said.diet)
    known = {diet_key(one): one for one in row.diets}
    if diet and diet not in known:
        raise NoVariant(field="diet", parcel=row.name, diet=said.diet)
    diet = known.get(diet, "")
    if row.sizes:
        if said.adults or said.children:
            problem = N_("This parcel goes by sizes: name the size.")
            raise Invalid(field="size", problem=problem)
        return Households(said.count, size=_size(row, said.size), diet=diet)
    if said.size is not None:
        problem = N_("This parcel goes by people: say how many adults and children.")
        raise Invalid(field="size", problem=problem)
    people = said.adults + said.children
    if said.adults < 0 or said.children < 0 or not 0 < people <= MOST_PEOPLE:
        problem = N_("A household has one person or more, and at most 50.")
        raise Invalid(field="adults", problem=problem)
    return Households(said.count, said.adults, said.children, diet=diet)


def _size(row: ParcelRow, said: int | str | None) -> int:
    """Return the number of a size, which is named by its name or number."""
    numbers = {name_key(name): number for number, name in enumerate(row.sizes, start=1)}
    found = numbers.get(name_key(said)) if isinstance(said, str) else said
    if found is None or not 0 < found <= len(row.sizes):
        raise NotFound(field="size", what=N_("size"), name=said)
    return found


def _allot(needs: Sequence[tuple[ParcelRow, Need]], supply: Supply) -> tuple[Allotment, ...]:
    for row, need in needs:
        goods = need.goods
        is_empty = goods.category_id is not None and not goods.swaps
        if is_empty and not supply.members.get((goods.category_id or 0, goods.unit)):
            category = row.lines[goods.line - 1].category
            raise EmptyCategory(field="parcel", category=category.name if category else "")
    return allot([need for _row, need in needs], supply.free, supply.members)


def _items(taken: Sequence[Allotment], supply: Supply) -> tuple[ItemNeeded, ...]:
    found: dict[int, ItemNeeded] = {}
    for one in taken:
        words, known = supply.items[one.item_id], found.get(one.item_id)
        planned = one.quantity + (known.planned if known else 0)
        if planned > MAX_QUANTITY:
            raise Invalid(field="parcels", problem=N_("That is more or less than can be booked."))
        short = one.short + (known.short if known else 0)
        free = supply.free.get(one.item_id, 0)
        found[one.item_id] = ItemNeeded(one.item_id, words.name, words.unit, planned, free, short)
    return tuple(found.values())
