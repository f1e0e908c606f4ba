"""What may be promised to agencies: what is free and never more, without where it lies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from depot.base.allergens import FoodFacts
from depot.kernel.promises.reading import load_promises
from depot.ledger.choice.free_stock import can_be_promised
from depot.stock.queries.stock import stock_by_category, stock_by_item


@dataclass(frozen=True, slots=True)
class Offer:
    """How much of an item is free on a day, in its base unit."""

    item_id: int
    item: str
    category_id: int
    category: str
    unit: str
    free: int
    food: FoodFacts


def free_goods(session: Session, depot_id: int, day: date, today: date) -> list[Offer]:
    """Return what can be promised to that day, by category in the depot's order, then by name.

    What is held back, past its day by then or promised to others is not in it, and neither is an
    item of which nothing is left (three statements, four where some of it was made here).
    """
    stocks = stock_by_item(session, depot_id)
    promises = load_promises(session, depot_id, today)
    order = {
        row.category_id: number
        for number, row in enumerate(stock_by_category(session, depot_id, stocks))
    }
    offers = [
        Offer(
            stock.item_id,
            stock.item,
            stock.category_id,
            stock.category,
            stock.unit,
            can_be_promised(stock.dated, promises.get(stock.item_id, ()), today, day),
            stock.food,
        )
        for stock in stocks
    ]
    found = [offer for offer in offers if offer.free > 0]
    return sorted(found, key=lambda offer: order[offer.category_id])  # by name within each


def free_of(
    session: Session, depot_id: int, day: date, today: date, items: Collection[int]
) -> dict[int, int]:
    """Return how much of each of the items can be promised to that day."""
    free = {offer.item_id: offer.free for offer in free_goods(session, depot_id, day, today)}
    return {item_id: free.get(item_id, 0) for item_id in items}
