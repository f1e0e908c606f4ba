"""What a depot has already, as an import needs it: by name, by code, and how much is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.kinds import PHYSICAL_KINDS, LocationKind
from depot.base.names import name_key
from depot.items.item_names import names_of_all_items
from depot.items.start_categories import loose_name
from depot.models import (
    Category,
    Crate,
    Item,
    ItemCode,
    Location,
    Lot,
    StockBalance,
    StockMove,
)
from labels.symbols import codes


@dataclass(frozen=True, slots=True)
class OpeningKey:
    """Goods that an import brought to a place: two rows of one key are the same goods."""

    item_id: int
    lot_code: str
    date_text: str
    place_id: int


@dataclass(frozen=True, slots=True)
class KnownCategory:
    """A category of the depot."""

    id: int
    name: str
    note: str
    position: int


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item of the depot."""

    id: int
    name: str
    category_id: int
    base_unit: str
    unit_weight_milligrams: int | None
    note: str
    #: As stored: codes with blanks between.
    allergens: str
    #: As stored: one a line.
    diets: str
    #: What it is called in other languages, by language.
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place of the depot that is no crate."""

    id: int
    name: str
    kind: LocationKind
    note: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the depot knows by name, under each name's key.

    `other_names` are names of locations that are no places: crates and what lies outside.
    """

    categories: Mapping[str, KnownCategory]
    items: Mapping[str, KnownItem]
    places: Mapping[str, KnownPlace]
    other_names: frozenset[str]
    #: As they are written, by their key.
    box_numbers: Mapping[str, str]
    crate_codes: frozenset[str]
    #: The key of the item that each learned code stands for.
    codes: Mapping[str, str]
    #: How much of each item is here, by its id.
    on_hand: Mapping[int, int]
    #: Where goods are put that nobody says a place of.
    arrival: KnownPlace
    #: What imports brought that was not undone; read where stock is imported.
    openings: Mapping[OpeningKey, int] = field(default_factory=dict)
    #: Items' own names by the key of each name in another language.
    called: Mapping[str, str] = field(default_factory=dict)
    #: What the loose goods of a category are called in the depot's language.
    loose: Callable[[str], str] = str

    @property
    def catch_all(self) -> KnownCategory:
        """The last category, "Other", where what has none belongs."""
        return max(self.categories.values(), key=lambda known: (known.position, known.id))

    def is_item(self, text: str) -> bool:
        """Say whether an item of the depot is called so, in any language."""
        key = name_key(text)
        return key in self.items or key in self.called

    def has_crate(self, text: str) -> bool:
        """Say whether `text` is the box number or the code of a crate of the depot."""
        if name_key(text) in self.box_numbers:
            return True
        return bool(self.crate_codes) and codes.normalise_code(text) in self.crate_codes


@dataclass(frozen=True, slots=True)
class _LooseNames:
    """What loose goods are called in a depot: equal for the same depot, so that books are too."""

    depot: DepotView

    def __call__(self, category: str) -> str:
        return loose_name(category, self.depot)


def read_book(session: Session, depot: DepotView, *, openings: bool = False) -> KnownNames:
    """Return what the depot has (seven statements; with `openings` nine)."""
    depot_id = depot.id
    items = _items(session, depot_id)
    locations = session.execute(
        select(
            Location.name_key,
            Location.id,
            Location.name,
            Location.kind,
            Location.note,
            Location.is_default,
        ).where(Location.depot_id == depot_id)
    ).all()
    crates = session.execute(
        select(Crate.box_number_key, Crate.box_number, Crate.code).where(Crate.depot_id == depot_id)
    ).all()
    places = {
        row.name_key: KnownPlace(row.id, row.name, row.kind, row.note)
        for row in locations
        if row.kind in PHYSICAL_KINDS and row.kind != "crate"
    }
    return KnownNames(
        categories=_categories(session, depot_id),
        items=items,
        places=places,
        other_names=frozenset(row.name_key for row in locations if row.name_key not in places),
        box_numbers={row.box_number_key: row.box_number for row in crates if row.box_number_key},
        crate_codes=frozenset(row.code for row in crates),
        codes=_codes(session, depot_id),
        on_hand=_on_hand(session, depot_id),
        arrival=next(places[row.name_key] for row in locations if row.is_default),
        openings=_openings(session, depot_id) if openings else {},
        called={
            name_key(name): known.name
            for known in items.values()
            for name in known.names.values()
            if name_key(name) not in items
        },
        loose=_LooseNames(depot),
    )


def _codes(session: Session, depot_id: int) -> dict[str, str]:
    rows = session.execute(
        select(ItemCode.code, Item.name_key)
        .join(Item, Item.id == ItemCode.item_id)
        .where(ItemCode.depot_id == depot_id)
    )
    return {code: key for code, key in rows}


def _on_hand(session: Session, depot_id: int) -> dict[int, int]:
    rows = session.execute(
        select(StockBalance.item_id, func.sum(StockBalance.quantity))
        .where(StockBalance.depot_id == depot_id)
        .group_by(StockBalance.item_id)
    )
    return {item_id: int(quantity) for item_id, quantity in rows}


def _openings(session: Session, depot_id: int) -> dict[OpeningKey, int]:
    """Return what imports brought to each place, less what was undone."""
    opening = (
        select(Location.id)
        .where(Location.depot_id == depot_id, Location.kind == "opening")
        .scalar_subquery()
    )
    moves = select(StockMove.item_id, Lot.lot_code, Lot.date_text).join(
        Lot, Lot.id == StockMove.lot_id
    )
    brought: dict[OpeningKey, int] = {}
    for own, other, sign in (
        (StockMove.source_id, StockMove.target_id, 1),
        (StockMove.target_id, StockMove.source_id, -1),
    ):
        rows = session.execute(
            moves.add_columns(other, func.sum(StockMove.quantity))
            .where(StockMove.depot_id == depot_id, own == opening)
            .group_by(StockMove.item_id, Lot.lot_code, Lot.date_text, other)
        )
        for item_id, lot_code, date_text, place_id, quantity in rows:
            key = OpeningKey(item_id, lot_code, date_text, place_id)
            brought[key] = brought.get(key, 0) + sign * int(quantity)
    return {key: quantity for key, quantity in brought.items() if quantity > 0}


def _categories(session: Session, depot_id: int) -> dict[str, KnownCategory]:
    rows = session.scalars(select(Category).where(Category.depot_id == depot_id))
    return {row.name_key: KnownCategory(row.id, row.name, row.note, row.position) for row in rows}


def _items(session: Session, depot_id: int) -> dict[str, KnownItem]:
    names = names_of_all_items(session, depot_id)
    rows = session.execute(
        select(
            Item.name_key,
            Item.id,
            Item.name,
            Item.category_id,
            Item.base_unit,
            Item.unit_weight_milligrams,
            Item.note,
            Item.allergens,
            Item.diets,
        ).where(Item.depot_id == depot_id)
    )
    return {
        row.name_key: KnownItem(
            row.id,
            row.name,
            row.category_id,
            row.base_unit,
            row.unit_weight_milligrams,
            row.note,
            row.allergens,
            row.diets,
            names.get(row.id, {}),
        )
        for row in rows
    }
