"""How each item of a hand-out stands: planned, promised, short, fetched, out, back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.names import natural_sort_key
from depot.distribution.fetched import Fetched, fetched_at
from depot.distribution.queries.event_goods import ItemOut
from depot.distribution.queries.event_plans import PlannedItem
from depot.kernel.promises.reading import figures_by_item, promise_left
from depot.ledger.item_names import ITEM_NAME
from depot.models import Item, Promise

#: So many items are named that could stand in for one.
STAND_INS: Final = 3


@dataclass(frozen=True, slots=True)
class StandIn:
    """An item of the same category, counted the same way, of which so much is free."""

    item_id: int
    item: str
    unit: str
    free: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An item at a hand-out, in its base unit."""

    item_id: int
    item: str
    unit: str
    planned: int
    #: Set aside, and still to go out.
    promised: int
    #: Fetched of it; and what was fetched instead of it, by item.
    picked: int
    instead: tuple[tuple[str, int], ...]
    out: int
    back: int

    @property
    def net(self) -> int:
        """What was handed out, less what came back."""
        return self.out - self.back

    @property
    def short(self) -> int:
        """What is planned and neither gone out, nor set aside, nor taken instead."""
        taken = sum(quantity for _item, quantity in self.instead)
        return max(self.planned - max(self.net, 0) - self.promised - taken, 0)


def item_standings(
    session: Session,
    depot_id: int,
    event_id: int,
    today: date,
    planned: Iterable[PlannedItem],
    goods: Iterable[ItemOut],
) -> list[Standing]:
    """Return how each item stands that is planned, was fetched or went out, by name."""
    fetched = fetched_at(session, depot_id, event_id)
    names = {line.item_id: (line.item, line.unit) for line in planned}
    wanted = {line.item_id: line.quantity for line in planned}
    gone = {row.item_id: row for row in goods}
    names |= {row.item_id: (row.item, row.unit) for row in gone.values()}
    names |= _names(session, depot_id, {one.item_id for one in fetched} - names.keys())
    promised = _promised(session, depot_id, event_id, today)
    picked, instead = _fetched(fetched, names)
    rows = [
        Standing(
            item_id,
            item,
            unit,
            wanted.get(item_id, 0),
            promised.get(item_id, 0),
            picked[item_id],
            tuple(sorted(instead[item_id].items())),
            gone[item_id].out if item_id in gone else 0,
            gone[item_id].back if item_id in gone else 0,
        )
        for item_id, (item, unit) in names.items()
    ]
    return sorted(rows, key=lambda row: natural_sort_key(row.item))


def stand_ins(
    session: Session, depot_id: int, items: Collection[int], today: date
) -> dict[int, list[StandIn]]:
    """Return what could stand in for each of the items: the same kind, most of it free first."""
    if not items:
        return {}
    short = select(Item.id, Item.category_id, Item.base_unit).where(
        Item.depot_id == depot_id, Item.id.in_(items)
    )
    wanted = {row.id: (row.category_id, row.base_unit) for row in session.execute(short)}
    rows = session.execute(
        select(Item.id, ITEM_NAME.label("name"), Item.base_unit, Item.category_id).where(
            Item.depot_id == depot_id,
            Item.category_id.in_({category for category, _unit in wanted.values()}),
            Item.id.not_in(items),
            ~Item.archived,
        )
    ).all()
    figures = figures_by_item(session, depot_id, [row.id for row in rows], today)
    found: defaultdict[tuple[int, str], list[StandIn]] = defaultdict(list)
    for row in rows:
        if figures[row.id].free:
            one = StandIn(row.id, row.name, row.base_unit, figures[row.id].free)
            found[row.category_id, row.base_unit].append(one)
    for some in found.values():
        some.sort(key=lambda one: (-one.free, natural_sort_key(one.item)))
    return {item_id: found[kind][:STAND_INS] for item_id, kind in wanted.items()}


def _names(session: Session, depot_id: int, items: Collection[int]) -> dict[int, tuple[str, str]]:
    if not items:
        return {}
    rows = session.execute(
        select(Item.id, ITEM_NAME.label("name"), Item.base_unit).where(
            Item.depot_id == depot_id, Item.id.in_(items)
        )
    )
    return {item_id: (name, unit) for item_id, name, unit in rows}


def _promised(session: Session, depot_id: int, event_id: int, today: date) -> dict[int, int]:
    rows = session.execute(
        select(Promise.item_id, promise_left()).where(
            Promise.depot_id == depot_id,
            Promise.event_id == event_id,
            Promise.until_on >= today,
        )
    )
    return {item_id: int(quantity) for item_id, quantity in rows}


def _fetched(
    fetched: Iterable[Fetched], names: Mapping[int, tuple[str, str]]
) -> tuple[defaultdict[int, int], defaultdict[int, dict[str, int]]]:
    """Return how much was fetched of each item, and for each planned one what instead of it."""
    picked: defaultdict[int, int] = defaultdict(int)
    instead: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for one in fetched:
        picked[one.item_id] += one.quantity
        if one.instead_of_id is not None:
            of_it = instead[one.instead_of_id]
            name = names[one.item_id][0]
            of_it[name] = of_it.get(name, 0) + one.quantity
    return picked, instead
