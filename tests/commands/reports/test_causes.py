"""Why a week differs from the one before, and what was short then, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from depot.base.periods import parse_week
from depot.ledger.entries import People
from depot.needs.queries.past import past_needs
from depot.reports.queries.causes import read_causes
from tests.book import Book
from tests.builders import World

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def test_the_largest_causes_are_named_and_the_outsiders_are_none(world: World) -> None:
    book, other = Book(world.ada), Book(world.cleo)
    bread = book.goods("Rye bread", "Bread", milligrams=500_000)
    bakery = book.donor("Kestrel Bakery")
    for at, quantity in ((MONDAY - WEEK, 10), (MONDAY, 90)):
        book.move(
            "receipt",
            bread,
            quantity,
            "supplier",
            "here",
            at,
            source_kind="donation",
            partner_id=bakery,
        )
    event_id = book.event("St Luke’s", MONDAY)
    book.people(People(event_id, 50, None, None, None, None), MONDAY - WEEK)
    book.went_out(bread, 5, MONDAY)
    other.came_in(other.goods("Kale", "Fruit and veg", milligrams=1_000_000), 900, MONDAY)
    week = parse_week("2026-W47", 1)
    found = read_causes(world.session, world.north, week)
    came, out, lost = found.changes
    assert (came.grams, [(one.name, one.grams) for one in came.causes]) == (
        40_000,
        [("Kestrel Bakery", 40_000), ("Rye bread", 40_000)],
    )
    assert (out.grams, lost.grams, lost.causes) == (2_500, 0, ())
    assert (found.food_before, found.households_before) == (0, 50)
    lines = past_needs(world.session, world.north.id, week.last, {bread.item_id: 95})
    assert next(line for line in lines if line.name == "Bread").stock_grams == 47_500
