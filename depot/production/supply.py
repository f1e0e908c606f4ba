"""What is free to go into parcels on a day: of the items they name and of their categories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.names import natural_sort_key
from depot.ledger.holds import APART_KINDS
from depot.locations.queries.places import load_place_tree
from depot.locations.queries.shelves import lots_on_hand
from depot.models import Item
from depot.production.parcels import Members, ParcelGoods


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An item by name, and what it is counted in."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Supply:
    """How much of each item is free, the items of each category, and what all of them are."""

    free: dict[int, int]
    members: Members
    items: dict[int, ItemWords]


def load_supply(session: Session, depot_id: int, goods: Iterable[ParcelGoods], on: date) -> Supply:
    """Return what is free on that day of all that the lines name (a handful of statements).

    The items of a category come in the order in which they have to go: earliest date first.
    """
    lines = list(goods)
    named = {item for line in lines for item in (*line.items, *line.swaps)}
    named |= {item for line in lines for _diet, item in line.instead if item is not None}
    categories = {line.category_id for line in lines if line.category_id is not None}
    rows = session.execute(
        select(Item.id, Item.name, Item.base_unit, Item.category_id, Item.archived).where(
            Item.depot_id == depot_id,
            Item.id.in_(named) | Item.category_id.in_(categories),
        )
    ).all()
    free, first = _free(session, depot_id, [row.id for row in rows], on)
    members: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    in_order = sorted(
        rows, key=lambda row: (first.get(row.id, date.max), natural_sort_key(row.name))
    )
    for row in in_order:
        if row.category_id in categories and not (row.archived and row.id not in free):
            members[row.category_id, row.base_unit].append(row.id)
    words = {row.id: ItemWords(row.name, row.base_unit) for row in rows}
    return Supply(free, dict(members), words)


def _free(
    session: Session, depot_id: int, items: list[int], on: date
) -> tuple[dict[int, int], dict[int, date]]:
    """Return how much of each item may go out that day, and by when the first of it has to."""
    found = load_place_tree(session, depot_id)
    free: defaultdict[int, int] = defaultdict(int)
    first: dict[int, date] = {}
    for place, lots in lots_on_hand(session, depot_id, found, items).items():
        is_apart = any(node.kind in APART_KINDS for node in found.upwards(place))
        for lot in lots:
            if lot.may_go_out(on, is_apart=is_apart).is_free:
                free[lot.item_id] += lot.quantity
                until = lot.give_out_until or date.max
                first[lot.item_id] = min(first.get(lot.item_id, date.max), until)
    return dict(free), first
