"""What is free to go into parcels on a day: of the items they name and of their categories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.dates import give_out_until
from depot.base.names import natural_sort_key
from depot.kernel.promises.reading import load_dated_stock, load_promises
from depot.ledger.choice.free_stock import DatedStock, can_be_promised
from depot.models import Item
from depot.models.item_names import ITEM_NAME
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


@dataclass(frozen=True, slots=True)
class When:
    """The day for which goods are wanted, today, and the event for which they are (0: none yet)."""

    day: date
    today: date
    event_id: int = 0


def load_supply(
    session: Session, depot_id: int, goods: Iterable[ParcelGoods], when: When
) -> Supply:
    """Return what is free on that day of all that the lines name (three statements).

    What is promised to another event is not free. The items of a category come in the order in
    which they have to go: earliest date first.
    """
    lines = list(goods)
    named = {item for line in lines for item in (*line.items, *line.swaps)}
    named |= {item for line in lines for _diet, item in line.instead if item is not None}
    categories = {line.category_id for line in lines if line.category_id is not None}
    rows = session.execute(
        select(
            Item.id, ITEM_NAME.label("name"), Item.base_unit, Item.category_id, Item.archived
        ).where(
            Item.depot_id == depot_id,
            Item.id.in_(named) | Item.category_id.in_(categories),
        )
    ).all()
    ids = [row.id for row in rows]
    parts = load_dated_stock(session, depot_id, ids)
    others = load_promises(session, depot_id, when.today, ids, but_event=when.event_id)
    free = {
        item_id: can_be_promised(some, others.get(item_id, ()), when.today, when.day)
        for item_id, some in parts.items()
    }
    first = {item_id: _first_day(some, when.day) for item_id, some in parts.items()}
    members: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    in_order = sorted(
        rows, key=lambda row: (first.get(row.id, date.max), natural_sort_key(row.name))
    )
    for row in in_order:
        if row.category_id in categories and not (row.archived and not free.get(row.id)):
            members[row.category_id, row.base_unit].append(row.id)
    words = {row.id: ItemWords(row.name, row.base_unit) for row in rows}
    return Supply(free, dict(members), words)


def _first_day(parts: Iterable[DatedStock], day: date) -> date:
    """Return by when the first of an item has to go, of what may go out on that day."""
    days = [
        give_out_until(part.date_kind, part.date_on, part.after_best_before)
        for part in parts
        if part.may_go_out(day) and part.quantity > part.held
    ]
    return min((one for one in days if one is not None), default=date.max)
