"""What lay in a place at the end of each week: its goods came and went, and so did its crates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from depot.base.actors import DepotView
from depot.base.periods import day_begins
from depot.base.units import MAX_QUANTITY
from depot.db.few import in_portions
from depot.ledger.facts import Order
from depot.ledger.past.houses import Houses
from depot.models import Category, Item, StockBalance, StockEntry, StockMove
from depot.pictures.queries import Series, milligrams_each

_WEEK: Final = timedelta(days=7)


def place_series(
    session: Session, depot: DepotView, place_id: int, weeks: Sequence[date]
) -> Series:
    """Return a place's series in milligrams, with what stands in it.

    Five statements, and three more for each some thousand places.

    A crate that was put elsewhere takes its goods along: what changed in a week is what lay in
    everything that stood there at its end, less what lay there at the end of the week before.
    `weeks` are the first days of the weeks in order.
    """
    moments = [_moment(first, depot) for first in (*weeks, weeks[-1] + _WEEK)]
    inside, turns = Houses(session, depot.id).turns(place_id, moments)
    places = inside.union(one for turned in turns for one, _comes in turned)
    changes = _changes(session, depot.id, places, weeks)
    lay = Counter(_held(session, depot.id, places))
    for changed in changes.values():
        lay.subtract(changed)  # what lay there before the first week
    held, flows = sum(lay[place] for place in inside), {}
    for at, (first, turned) in enumerate(zip(weeks, turns, strict=True)):
        before = held
        for place, comes in turned:
            held += lay[place] if comes else -lay[place]
            (inside.add if comes else inside.discard)(place)
        for place, change in changes[at].items():
            lay[place] += change
            held += change if place in inside else 0
        flows[first, "held"] = held - before
    return Series(held, flows)


def _moment(day: date, depot: DepotView) -> Order:
    """Return the last moment before a day, of all that is known by now."""
    return Order(day_begins(day, depot.time_zone) - timedelta.resolution, MAX_QUANTITY)


def _held(session: Session, depot_id: int, places: Collection[int]) -> dict[int, int]:
    """Return what lies in each of the places now."""
    held = select(StockBalance.location_id, func.sum(StockBalance.quantity * milligrams_each()))
    statement = _of_items(held, StockBalance.item_id).where(StockBalance.depot_id == depot_id)
    rows = _rows(session, statement, StockBalance.location_id, places, StockBalance.location_id)
    return {place: int(sum_ or 0) for place, sum_ in rows}


def _changes(
    session: Session, depot_id: int, places: Collection[int], weeks: Sequence[date]
) -> defaultdict[int, Counter[int]]:
    """Return what changed in each place after the end of each week and until that of the next.

    The first end is that of the week before the first; what is later than the last week is last.
    """
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for column, sign in ((StockMove.target_id, 1), (StockMove.source_id, -1)):
        moved = select(
            column, StockEntry.occurred_on, func.sum(StockMove.quantity * milligrams_each())
        ).join(StockEntry, StockEntry.id == StockMove.entry_id)
        statement = _of_items(moved, StockMove.item_id).where(
            StockEntry.depot_id == depot_id, StockEntry.occurred_on >= weeks[0]
        )
        rows = _rows(session, statement, column, places, column, StockEntry.occurred_on)
        for place, day, sum_ in rows:
            week = min((day - weeks[0]) // _WEEK, len(weeks))
            found[week][place] += sign * int(sum_ or 0)
    return found


def _of_items(
    statement: Select[*tuple[Any, ...]], item_id: InstrumentedAttribute[int]
) -> Select[*tuple[Any, ...]]:
    with_items = statement.join(Item, Item.id == item_id)
    return with_items.join(Category, Category.id == Item.category_id)


def _rows(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    place: InstrumentedAttribute[int],
    places: Collection[int],
    *by: InstrumentedAttribute[Any],
) -> Iterator[Row[*tuple[Any, ...]]]:
    for portion in in_portions(places):
        yield from session.execute(statement.where(place.in_(portion)).group_by(*by))
