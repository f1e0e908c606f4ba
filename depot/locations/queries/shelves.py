"""Every lot where it lies, place by place: what stock lists, count sheets and pick lists need."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from depot.base.allergens import FoodFacts, FoodWish
from depot.base.dates import give_out_until
from depot.base.kinds import DateKind, LocationKind
from depot.base.names import natural_sort_key
from depot.items.queries.foods import item_food, lot_foods
from depot.kernel.holdings import locations_within
from depot.kernel.weights import Weight, weigh_goods
from depot.ledger.choice.safety import Verdict, may_go_out
from depot.ledger.holds import held_because
from depot.ledger.item_names import ITEM_NAME
from depot.locations.queries.places import load_place_tree
from depot.locations.tree import Node, PlaceTree
from depot.models import Category, Item, Lot, StockBalance
from depot.models.goods import after_best_before


@dataclass(frozen=True, slots=True)
class LotOnHand:
    """So much of one lot in one crate or loose at one place.

    `crates` are the codes of the crates it is in, the innermost first; empty: loose.
    """

    location_id: int
    crates: tuple[str, ...]
    lot_id: int
    item_id: int
    item: str
    unit: str
    lot_code: str
    date_kind: DateKind
    date_text: str
    date_on: date | None
    after_best_before: str
    give_out_until: date | None
    first_received_on: date
    quantity: int
    weight: Weight
    #: Why it is held back, wherever it lies; None: it is not.
    held_because: str | None
    food: FoodFacts

    def may_go_out(self, day: date, *, is_apart: bool) -> Verdict:
        """Say whether it may be handed out on that day; `is_apart`: it lies where nothing is."""
        is_held = is_apart or self.held_because is not None
        return may_go_out(
            self.date_kind, self.date_on, day, self.after_best_before, is_held=is_held
        )


@dataclass(frozen=True, slots=True)
class PlaceGoods:
    """A room or shelf with all that lies there, in crates or loose; `path` begins with it.

    Its name is empty and its path too where nobody knows where crates stand.
    """

    id: int
    name: str
    path: tuple[str, ...]
    kind: LocationKind
    lots: tuple[LotOnHand, ...]


def shelves(session: Session, depot_id: int, place_id: int | None = None) -> list[PlaceGoods]:
    """Return each place in use with what lies there, in the order of the places; three statements.

    With `place_id` that place and what is in it alone. What stands nowhere comes last.
    """
    found = load_place_tree(session, depot_id)
    lots = lots_on_hand(session, depot_id, found)
    wanted = [
        found.nodes[row.id]
        for row in found.places()
        if (place_id is None or found.is_in(row.id, place_id))
        and (not row.archived or row.id in lots)
    ]
    placed = [_shelf(found, node, lots.get(node.id, [])) for node in wanted]
    if place_id is None and lots.get(0):
        placed.append(PlaceGoods(0, "", (), "crate", order_lots(lots[0])))
    return placed


def narrow_shelves(found: Iterable[PlaceGoods], wish: FoodWish) -> list[PlaceGoods]:
    """Return the places where something lies that is known to be as wished, with that alone."""
    rows = (
        replace(shelf, lots=tuple(lot for lot in shelf.lots if wish.suits(lot.food)))
        for shelf in found
    )
    return [shelf for shelf in rows if shelf.lots]


def _shelf(found: PlaceTree, node: Node, lots: list[LotOnHand]) -> PlaceGoods:
    path = tuple(above.name for above in found.upwards(node.id))
    return PlaceGoods(node.id, node.name, path, node.kind, order_lots(lots))


def order_lots(lots: Iterable[LotOnHand]) -> tuple[LotOnHand, ...]:
    """Return lots as they are listed: loose ones first, then crate by crate, by name and date."""
    return tuple(
        sorted(
            lots,
            key=lambda lot: (
                lot.crates[::-1],
                natural_sort_key(lot.item),
                lot.give_out_until or date.max,
                lot.lot_id,
            ),
        )
    )


def lots_on_hand(
    session: Session,
    depot_id: int,
    found: PlaceTree,
    items: Collection[int] | None = None,
    roots: Collection[int] | None = None,
) -> dict[int, list[LotOnHand]]:
    """Return the lots on hand, of `items` alone, by the place they are at; 0 where nobody knows.

    With `roots`, those in them alone.
    """
    by_place: dict[int, list[LotOnHand]] = {}
    statement = _lots(depot_id, items)
    if roots is not None:
        inside = select(locations_within(depot_id, roots).c.id)
        statement = statement.where(StockBalance.location_id.in_(inside))
    rows = session.execute(statement).all()
    foods = lot_foods(
        session,
        depot_id,
        [(r.Lot.id, r.Lot.produced_by_seq, item_food(r.Item, r.Category)) for r in rows],
    )
    for row in rows:
        crates = []
        place = 0
        for node in found.upwards(row.location_id):
            if node.kind != "crate":
                place = node.id
                break
            crates.append(node.name)
        by_place.setdefault(place, []).append(_held(row, tuple(crates), foods[row.Lot.id]))
    return by_place


def _lots(depot_id: int, items: Collection[int] | None) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(
            StockBalance.location_id,
            StockBalance.quantity,
            Lot,
            Item,
            Category,
            ITEM_NAME.label("called"),
            held_because().label("held_because"),
        )
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(StockBalance.depot_id == depot_id, StockBalance.quantity > 0)
    )
    return statement if items is None else statement.where(StockBalance.item_id.in_(items))


def _held(row: Any, crates: tuple[str, ...], food: FoodFacts) -> LotOnHand:
    lot, item, category = row.Lot, row.Item, row.Category
    return LotOnHand(
        location_id=row.location_id,
        crates=crates,
        lot_id=lot.id,
        item_id=item.id,
        item=row.called,
        unit=item.base_unit,
        lot_code=lot.lot_code,
        date_kind=lot.date_kind,
        date_text=lot.date_text,
        date_on=lot.date_on,
        after_best_before=after_best_before(item, category),
        give_out_until=give_out_until(
            lot.date_kind, lot.date_on, after_best_before(item, category)
        ),
        first_received_on=lot.first_received_on,
        quantity=row.quantity,
        weight=weigh_goods(
            row.quantity,
            item.base_unit,
            item.unit_weight_milligrams,
            category.average_unit_milligrams,
        ),
        held_because=row.held_because,
        food=food,
    )
