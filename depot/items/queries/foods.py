"""What goods here contain and whom they suit: as stated of their item, or of what they are made of.

Nothing of it is kept on a lot. What went into a lot that was made here stands in the entry that
made it, and what is said of those items now is what is true of the lot: when somebody looks at the
flour tomorrow, the bread of today is known as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Protocol

from sqlalchemy import Select, case, cast, exists, literal_column, select
from sqlalchemy.orm import Session, aliased

from depot.base.allergens import (
    DIETS,
    FoodFacts,
    clean_diets,
    diets_from_stored,
    made_of,
    put_together,
    state_food,
)
from depot.db.columns import Int
from depot.db.few import in_portions, joined_to_few
from depot.models import Category, Item, Location, Lot, StockBalance, StockEntry, StockMove

#: What `stated_food` reads; for statements that join both.
FOOD_COLUMNS: Final = (Item.allergens, Item.allergens_known, Item.diets, Category.is_food)

#: Whether some of an item was ever made here: then what is stated of it says nothing of that.
IS_MADE: Final = (
    exists()
    .where(Lot.depot_id == Item.depot_id, Lot.item_id == Item.id, Lot.produced_by_seq > 0)
    .label("is_made")
)


class StatesFood(Protocol):
    """A row with FOOD_COLUMNS."""

    allergens: Any
    allergens_known: Any
    diets: Any
    is_food: Any


def stated_food(row: StatesFood) -> FoodFacts:
    """Return what is stated of an item."""
    known, is_food = bool(row.allergens_known), bool(row.is_food)
    return state_food(row.allergens, row.diets, is_known=known, is_food=is_food)


def item_food(item: Item, category: Category) -> FoodFacts:
    """Return what is stated of an item that was loaded with its category."""
    known, is_food = item.allergens_known, category.is_food
    return state_food(item.allergens, item.diets, is_known=known, is_food=is_food)


def lot_foods(
    session: Session, depot_id: int, lots: Iterable[tuple[int, int, FoodFacts]]
) -> dict[int, FoodFacts]:
    """Return the facts of lots by their ids. No statement, or one if some were made here.

    Each is given with the number of the entry that made it (0: none did) and what is stated of
    its item.
    """
    found = {lot_id: (made_by, stated) for lot_id, made_by, stated in lots}
    made = [lot_id for lot_id, (made_by, _stated) in found.items() if made_by]
    stated = {lot_id: stated for lot_id, (_made_by, stated) in found.items()}
    return stated | made_foods(session, depot_id, made)


def made_foods(session: Session, depot_id: int, lot_ids: Collection[int]) -> dict[int, FoodFacts]:
    """Return the facts of lots that were made here, however deep (one statement, or none)."""
    found: dict[int, FoodFacts] = {}
    for some in in_portions(lot_ids):
        found |= _made(session, depot_id, some)
    return found


def _made(session: Session, depot_id: int, lot_ids: list[int]) -> dict[int, FoodFacts]:
    rows = session.execute(_genealogy(depot_id, lot_ids)).all()
    parts: defaultdict[int, set[int]] = defaultdict(set)
    stated: dict[int, FoodFacts] = {}
    was_made: set[int] = set()
    for row in rows:
        if row.lot_id not in stated:
            stated[row.lot_id] = stated_food(row)
            if row.produced_by_seq:
                was_made.add(row.lot_id)
        if row.made_into:
            parts[row.made_into].add(row.lot_id)
    known: dict[int, FoodFacts] = {}
    for lot_id in lot_ids:
        _resolve(lot_id, stated, was_made, parts, known)
    return {lot_id: known[lot_id] for lot_id in lot_ids if lot_id in known}


def _resolve(
    root: int,
    stated: Mapping[int, FoodFacts],
    was_made: Collection[int],
    parts: Mapping[int, Collection[int]],
    known: dict[int, FoodFacts],
) -> None:
    """Work out a lot after all that went into it; a circle, which cannot be, ends unknown."""
    waiting, begun = [root], set()
    while waiting:
        lot_id = waiting[-1]
        open_parts = [one for one in parts.get(lot_id, ()) if one not in known]
        if lot_id in known or lot_id not in stated:
            waiting.pop()
        elif lot_id not in was_made:
            known[waiting.pop()] = stated[lot_id]
        elif open_parts and lot_id not in begun:
            begun.add(lot_id)
            waiting += open_parts
        else:
            inside = [known.get(one, FoodFacts()) for one in parts.get(lot_id, ())]
            known[waiting.pop()] = made_of(stated[lot_id], inside)


def _genealogy(depot_id: int, lot_ids: list[int]) -> Select[*tuple[Any, ...]]:
    """Return the statement for the lots and all that went into them, with what each went into."""
    columns = (Lot.id.label("lot_id"), Lot.produced_by_seq, Lot.item_id.label("id"), Lot.depot_id)
    line = (
        select(cast(0, Int).label("made_into"), *columns)
        .where(Lot.depot_id == depot_id, Lot.id.in_(lot_ids))
        .cte("line", recursive=True)
    )
    part, entry, into = aliased(Lot), aliased(StockEntry), aliased(Location)
    line = line.union(
        select(line.c.lot_id, part.id, part.produced_by_seq, part.item_id, part.depot_id)
        .select_from(line)
        .join(
            entry,
            (entry.depot_id == line.c.depot_id)
            & (entry.seq == line.c.produced_by_seq)
            & (line.c.produced_by_seq > 0),
        )
        .join(StockMove, (StockMove.entry_id == entry.id) & (StockMove.depot_id == entry.depot_id))
        .join(into, (into.id == StockMove.target_id) & (into.kind == "production"))
        .join(part, (part.id == StockMove.lot_id) & (part.depot_id == StockMove.depot_id))
    )
    # the depot is asked of the line alone: SQLite would else begin with all items of the depot
    statement: Select[*tuple[Any, ...]] = (
        select(line.c.made_into, line.c.lot_id, line.c.produced_by_seq, *FOOD_COLUMNS)
        .select_from(line)
        .join(
            Item,
            (Item.id == line.c.id)
            & (Item.depot_id == line.c.depot_id)
            & joined_to_few(Item.id, line),
        )
        .join(Category, Category.id == Item.category_id)
    )
    return statement


def item_foods(
    session: Session,
    depot_id: int,
    items: Collection[int] | None = None,
    event_id: int | None = None,
) -> dict[int, FoodFacts]:
    """Return the facts of items, of `items` alone: of all their lots here, else as stated.

    Those that went out at `event_id` are among the lots. Two statements, three where some of it
    was made here.
    """
    stated = select(Item.id, *FOOD_COLUMNS, IS_MADE).join(Category, Category.id == Item.category_id)
    stated = stated.where(Item.depot_id == depot_id)
    if items is not None:
        stated = stated.where(Item.id.in_(items))
    rows = session.execute(stated).all()
    plain = {row.id: stated_food(row) for row in rows}
    found = {row.id: made_of(plain[row.id], ()) if row.is_made else plain[row.id] for row in rows}
    lots = session.execute(_lots_of(depot_id, items, event_id)).all()
    here = [row for row in lots if row.item_id in found]
    made = made_foods(session, depot_id, {row.lot_id for row in here if row.lot_id})
    parts: defaultdict[int, list[FoodFacts]] = defaultdict(list)
    for row in here:
        parts[row.item_id].append(made[row.lot_id] if row.lot_id else plain[row.item_id])
    return found | {item_id: put_together(inside) for item_id, inside in parts.items()}


def _lots_of(
    depot_id: int, items: Collection[int] | None, event_id: int | None
) -> Select[int, int]:
    """Return the statement for each item's lots here and at the event; 0 for all not made here."""
    here = select(StockBalance.lot_id).where(
        StockBalance.depot_id == depot_id, StockBalance.quantity > 0
    )
    went = (
        select(StockMove.lot_id)
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .where(StockEntry.depot_id == depot_id, StockEntry.event_id == event_id)
    )
    if items is not None:
        # what went out is found by its event: by its item, all that ever happened would be read
        here = here.where(StockBalance.item_id.in_(items))
    found = (here if event_id is None else here.union(went)).subquery()
    made = case((Lot.produced_by_seq > literal_column("0"), Lot.id), else_=literal_column("0"))
    return (
        select(Lot.item_id, made.label("lot_id"))
        .join(found, found.c.lot_id == Lot.id)
        .where(Lot.depot_id == depot_id)
        .distinct()
    )


def used_diets(session: Session, depot_id: int) -> list[str]:
    """Return the depot's own words for diets, as far as an item in use has them, by name."""
    texts = session.scalars(
        select(Item.diets)
        .where(Item.depot_id == depot_id, ~Item.archived, Item.diets != "")
        .distinct()
    )
    words = {word for text in texts for word in diets_from_stored(text) if word not in DIETS}
    return list(clean_diets(words))
