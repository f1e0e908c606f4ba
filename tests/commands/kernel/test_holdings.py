"""What lies where, now and at the moment of a slip that comes late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from depot.kernel.holdings import Holding, load_holdings, places_within, then_of
from depot.kernel.once import Work
from depot.ledger.choice.booking import Stock
from depot.ledger.entries import Place
from depot.ledger.facts import Order
from tests.builders import NOW, World
from tests.commands.kernel.house import CRATE, HELD, PALLET, SOUTHS, TODAY, Begin, House

#: After all of it came in, and before any of it went on.
YESTERDAY = NOW + timedelta(hours=1)
Row = tuple[str, str, int, bool]
THEIR_RICE, THEIR_OATS = ("Shelf A", "Rice", 5, False), (SOUTHS, "Oats", 2, True)
RICE, BAG, HAM, SALT, BEANS = (
    ("Arrivals", "Rice", 20, False),
    (CRATE, "Rice", 9, True),
    (CRATE, "Ham", 5, True),
    ("Shelf A", "Salt", 6, False),
    (HELD, "Beans", 3, True),
)


def free(row: Row) -> Row:
    return (*row[:3], False)


@pytest.fixture
def late(begin: Begin) -> Work:
    """What happened yesterday, and is written today."""
    return begin(occurred_at=YESTERDAY)


def told(house: House, held: Iterable[Holding]) -> set[Row]:
    names = {place: name for name, place in house.places.items()}
    return {(names[h.stock.place.id], h.item_name, h.stock.quantity, h.is_apart) for h in held}


def test_all_that_a_depot_holds_is_its_own_and_in_order(
    begin: Begin, house: House, souths: House, shared: World
) -> None:
    held = load_holdings(begin())
    assert told(house, held) == {RICE, BAG, HAM, SALT, BEANS}
    spots = [(one.stock.place.id, one.stock.lot_id) for one in held]
    assert spots == sorted(spots)
    assert told(souths, load_holdings(begin(shared.cleo))) == {THEIR_RICE, THEIR_OATS}


def test_a_holding_says_all_that_food_safety_needs(begin: Begin, house: House) -> None:
    day = date(2026, 11, 30)
    ham = Holding(
        Stock(
            Place(house.places[CRATE], "crate"),
            house.lots["Ham"],
            house.items["Ham"],
            5,
            day,
            NOW.date(),
        ),
        "Ham",
        "piece",
        "use_by",
        day,
        "day0",
        is_apart=True,
    )
    now, then = begin(), begin(occurred_at=YESTERDAY)
    assert load_holdings(now, items=[house.items["Ham"]]) == [ham]
    assert load_holdings(then, items=[house.items["Ham"]]) == [replace(ham, is_apart=False)]


def test_holdings_are_of_the_places_asked_for_and_of_the_items(
    begin: Begin, house: House, souths: House
) -> None:
    work, at = begin(), house.places
    assert told(house, load_holdings(work, at=[at[CRATE]])) == {BAG, HAM}
    assert told(house, load_holdings(work, at={at["On hold"], at["Arrivals"]})) == {RICE}
    assert told(house, load_holdings(work, inside=[at["On hold"]])) == {BAG, HAM, BEANS}
    assert told(house, load_holdings(work, inside=[at[PALLET], at["Shelf A"]])) == {SALT}
    assert told(house, load_holdings(work, items=[house.items["Rice"]])) == {RICE, BAG}
    held = load_holdings(work, inside=[at["On hold"]], items=[house.items["Ham"]])
    assert told(house, held) == {HAM}
    assert load_holdings(work, at=[]) == load_holdings(work, inside=[]) == []
    assert load_holdings(work, items=[]) == []
    theirs = souths.places["Shelf A"]
    assert load_holdings(work, at=[theirs]) == load_holdings(work, inside=[theirs]) == []
    assert load_holdings(work, items=[souths.items["Rice"]]) == []


def test_thousands_of_places_are_asked_for_at_once(begin: Begin, house: House) -> None:
    own = list(house.places.values())
    before, behind = range(-6_000, 0), range(10**6, 10**6 + 6_000)
    for others in (before, behind, range(-3_000, 0), [*before, *behind]):
        held = load_holdings(begin(), at=[*own, *others])
        assert told(house, held) == {RICE, BAG, HAM, SALT, BEANS}
        assert len(held) == 5


def test_a_slip_of_yesterday_finds_what_lay_there_and_did_not_leave_since(
    late: Work, house: House
) -> None:
    assert told(house, load_holdings(late)) == {RICE, free(BAG), free(HAM), SALT, BEANS}
    exactly = load_holdings(late, exactly=True)
    all_of_it = ("Arrivals", "Rice", 24, False)
    assert told(house, exactly) == {all_of_it, free(BAG), free(HAM), SALT, BEANS}
    spots = [(one.stock.place.id, one.stock.lot_id) for one in exactly]
    assert spots == sorted(spots)


def test_a_slip_of_yesterday_asks_about_places_and_items_as_they_were(
    late: Work, house: House
) -> None:
    at, rice = house.places, house.items["Rice"]
    assert told(house, load_holdings(late, at=[at[CRATE]])) == {free(BAG), free(HAM)}
    assert told(house, load_holdings(late, at=[at["Shelf A"]])) == {SALT}
    inside = load_holdings(late, inside=[at["Shelf A"]])
    assert told(house, inside) == {free(BAG), free(HAM), SALT}
    assert told(house, load_holdings(late, inside=[at["On hold"]])) == {BEANS}
    assert told(house, load_holdings(late, items=[house.items["Salt"]])) == {SALT}
    held = load_holdings(late, inside=[at[PALLET]], items=[rice])
    assert told(house, held) == {free(BAG)}
    assert told(house, load_holdings(late, at=[at["Arrivals"]], items=[rice])) == {RICE}
    assert load_holdings(late, at=[at[HELD]], items=[rice]) == []


def test_before_anything_came_nothing_is_there(begin: Begin, house: House) -> None:
    before = begin(occurred_at=NOW - timedelta(hours=1))
    assert load_holdings(before) == load_holdings(before, inside=[house.places["Shelf A"]]) == []


def test_where_nothing_went_on_since_a_slip_finds_what_is_there_now(
    begin: Begin, house: House, souths: House, shared: World
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    late = begin(occurred_at=TODAY, recorded_at=tomorrow)
    assert told(house, load_holdings(late)) == {RICE, BAG, HAM, SALT, BEANS}


def test_where_no_crate_was_moved_since_all_stands_as_it_stood_then(
    begin: Begin, souths: House, shared: World
) -> None:
    late, at = begin(shared.cleo, occurred_at=YESTERDAY), souths.places
    assert told(souths, load_holdings(late)) == {THEIR_RICE, THEIR_OATS}
    assert told(souths, load_holdings(late, inside=[at["On hold"]])) == {THEIR_OATS}
    assert told(souths, load_holdings(late, inside=[at["Shelf A"]])) == {THEIR_RICE}
    assert told(souths, load_holdings(late, at=[at["On hold"]])) == set()
    exactly = load_holdings(late, inside=[at["Shelf A"], at["On hold"]], exactly=True)
    assert told(souths, exactly) == {("Shelf A", "Rice", 7, False), (SOUTHS, "Oats", 3, True)}


def test_what_stands_in_a_place_is_all_that_stood_there_then(
    begin: Begin, late: Work, house: House, souths: House
) -> None:
    def inside(work: Work, *names: str) -> dict[str, set[str]]:
        called = {place: name for name, place in house.places.items()}
        places = [Place(house.places[name], "storage") for name in names]
        found = places_within(work, places)
        return {called[root]: {called[one] for one in ids} for root, ids in found.items()}

    now = begin()
    assert inside(now, "Shelf A", "On hold") == {
        "Shelf A": {"Shelf A", PALLET},
        "On hold": {"On hold", HELD, CRATE},
    }
    assert inside(late, "Shelf A", PALLET, "On hold") == {
        "Shelf A": {"Shelf A", PALLET, CRATE},
        PALLET: {PALLET, CRATE},
        "On hold": {"On hold", HELD},
    }
    assert inside(now) == inside(late) == {}
    theirs = Place(souths.places["Shelf A"], "storage")
    assert places_within(now, [theirs]) == {theirs.id: set()}


def test_the_moment_of_a_work_is_before_its_entry_is_in_the_book(late: Work) -> None:
    assert then_of(late) == Order(YESTERDAY, late.head.seq + 1)
