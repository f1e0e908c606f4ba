"""What parcels need: as a spreadsheet that was worked out by hand says, and in proportion."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.production.parcels import (
    Amounts,
    Households,
    Need,
    ParcelGoods,
    allot,
    expand,
    planned,
)

DATA: Final = Path(__file__).parents[2] / "data" / "parcels"
PULSES, SPREADS = 100, (31, 32, 33)
#: What stands for each word of the spreadsheet.
ITEMS: Final = {"rice": 1, "beans": 2, "milk": 3, "tea": 4, "tuna": 5, "cheese": 6, "chickpeas": 7}


def parcel() -> tuple[ParcelGoods, ...]:
    """Return the spreadsheet's parcel."""
    lines = []
    with (DATA / "parcel.csv").open() as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            name = row["line"]
            instead = tuple(
                (diet, ITEMS.get(row[diet])) for diet in ("vegetarian", "vegan") if row[diet]
            )
            amounts = Amounts(int(row["household"]), int(row["adult"]), int(row["child"]))
            items = SPREADS if name == "spread" else (ITEMS[name],) if name in ITEMS else ()
            category = PULSES if name == "pulses" else None
            lines.append(ParcelGoods(number, amounts, items, category, instead=instead))
    return tuple(lines)


def grids() -> Iterator[tuple[str, list[Households], dict[str, int]]]:
    """Return each grid of the spreadsheet with what it says is needed."""
    found: list[tuple[str, list[Households], dict[str, int]]] = []
    with (DATA / "grids.csv").open() as file:
        for row in csv.DictReader(file):
            if row["grid"]:
                needed = {name: int(row[name]) for name in list(row)[5:]}
                found.append((row["grid"], [], needed))
            count, adults, children = int(row["count"]), int(row["adults"]), int(row["children"])
            found[-1][1].append(Households(count, adults, children, diet=row["diet"]))
    yield from found


def named(needs: tuple[Need, ...]) -> Counter[str]:
    words = {number: name for name, number in ITEMS.items()}
    sums: Counter[str] = Counter()
    for need in needs:
        if need.goods.category_id == PULSES:
            sums["pulses"] += need.quantity
        else:
            name = "spread" if need.items == SPREADS else words[need.items[0]]
            sums[name] += need.quantity
    return sums


@pytest.mark.parametrize(("name", "grid", "needed"), list(grids()))
def test_a_grid_needs_what_the_spreadsheet_says(
    name: str, grid: list[Households], needed: dict[str, int]
) -> None:
    assert named(expand(parcel(), grid)) == Counter({k: v for k, v in needed.items() if v}), name


HOUSEHOLDS = st.builds(
    Households,
    count=st.integers(1, 200),
    adults=st.integers(0, 6),
    children=st.integers(0, 6),
    diet=st.sampled_from(("", "vegetarian", "vegan", "Vegan", "halal")),
)


@given(st.lists(HOUSEHOLDS, max_size=8), st.lists(HOUSEHOLDS, max_size=8), st.integers(1, 9))
def test_needs_are_linear_in_the_counts(
    some: list[Households], more: list[Households], times: int
) -> None:
    one, other = named(expand(parcel(), some)), named(expand(parcel(), more))
    assert named(expand(parcel(), some + more)) == one + other
    multiplied = [
        Households(row.count * times, row.adults, row.children, diet=row.diet) for row in some
    ]
    assert named(expand(parcel(), multiplied)) == Counter(
        {name: quantity * times for name, quantity in one.items()}
    )


def test_a_household_of_a_size_gets_what_the_size_says() -> None:
    rice = ParcelGoods(1, Amounts(sizes=(1, 2, 5)), (1,))
    tea = ParcelGoods(2, Amounts(sizes=(0, 1, 1)), (4,))
    grid = [Households(10, size=1), Households(4, size=3)]
    assert [(need.items, need.quantity) for need in expand((rice, tea), grid)] == [
        ((1,), 30),
        ((4,), 4),
    ]


def needs(*lines: ParcelGoods, count: int = 10) -> tuple[Need, ...]:
    return expand(lines, [Households(count, adults=1)])


EACH = Amounts(household=1)


def test_what_is_named_is_taken_before_what_may_stand_in() -> None:
    beans = ParcelGoods(1, EACH, (2,), swaps=(7, 8))
    chickpeas = ParcelGoods(2, EACH, (7,))
    taken = allot(needs(beans, chickpeas), {2: 4, 7: 12, 8: 3}, {})
    assert planned(taken) == {2: 5, 7: 12, 8: 3}
    assert [(one.item_id, one.quantity, one.short) for one in taken] == [
        (2, 5, 1),
        (7, 2, 0),
        (8, 3, 0),
        (7, 10, 0),
    ]


def test_what_stands_in_for_one_line_stands_in_for_no_other() -> None:
    beans = ParcelGoods(1, EACH, (2,), swaps=(8,))
    tuna = ParcelGoods(2, EACH, (5,), swaps=(8,))
    taken = allot(needs(beans, tuna), {8: 12}, {})
    assert [(one.item_id, one.quantity, one.short) for one in taken] == [
        (8, 10, 0),
        (8, 2, 0),
        (5, 8, 8),
    ]


def test_a_choice_is_shared_evenly_and_others_fill_in() -> None:
    spread = ParcelGoods(1, EACH, SPREADS)
    assert planned(allot(needs(spread), {31: 50, 32: 50, 33: 50}, {})) == {31: 4, 32: 3, 33: 3}
    assert planned(allot(needs(spread), {31: 50, 32: 1, 33: 50}, {})) == {31: 6, 32: 1, 33: 3}
    plenty = {31: 50, 32: 50, 33: 50}
    assert planned(allot(needs(spread, count=11), plenty, {})) == {31: 4, 32: 4, 33: 3}


def test_anything_of_a_category_goes_in_its_order_and_its_unit() -> None:
    pulses = ParcelGoods(1, EACH, category_id=PULSES)
    members = {(PULSES, "piece"): (8, 9), (PULSES, "gram"): (7,)}
    taken = allot(needs(pulses), {7: 9000, 8: 3, 9: 4}, members)
    assert [(one.item_id, one.quantity, one.short) for one in taken] == [(8, 6, 3), (9, 4, 0)]
    with pytest.raises(LookupError):
        allot(needs(pulses), {}, {})


def test_no_swap_goes_to_those_who_eat_something_else_instead() -> None:
    tuna = ParcelGoods(1, EACH, (5,), swaps=(8,), instead=(("vegan", 7),))
    found = expand((tuna,), [Households(3, adults=1, diet="Vegan")])
    assert planned(allot(found, {5: 9, 8: 9}, {})) == {7: 3}


STOCK = st.dictionaries(st.sampled_from((1, 2, 5, 7, 8, 31, 32, 33)), st.integers(0, 60))


@given(st.lists(HOUSEHOLDS, max_size=6), STOCK)
def test_what_is_taken_is_what_is_needed_and_never_more_than_is_free_but_what_is_short(
    grid: list[Households], free: dict[int, int]
) -> None:
    found = expand(parcel(), grid)
    taken = allot(found, free, {(PULSES, "piece"): (8, 7)})
    for need in found:
        assert sum(one.quantity for one in taken if one.need is need) == need.quantity
    really: Counter[int] = Counter()
    for one in taken:
        really[one.item_id] += one.quantity - one.short
    assert all(quantity <= free.get(item, 0) for item, quantity in really.items())
