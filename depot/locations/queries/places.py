"""Where things stand: rooms, shelves and crates in each other, with what is in them added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, union
from sqlalchemy.orm import Session

from depot.base.kinds import PHYSICAL_KINDS, LocationKind
from depot.base.names import natural_sort_key
from depot.db.columns import key_of
from depot.kernel.holdings import locations_within
from depot.kernel.weights import Total, held_quantities, named_items, total_weight, weigh_goods
from depot.ledger.holds import APART_KINDS, is_lot_held
from depot.models import Category, CratePlacement, Item, Location, StockEntry

#: So many kinds of goods are named in a crate's line of a list.
NAMED_KINDS = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A location inside; `parent_id` is where it stands."""

    id: int
    kind: LocationKind
    name: str
    parent_id: int | None
    note: str
    is_default: bool
    archived: bool
    #: Which of those beside it is walked to; None: after all that say so.
    walk_position: int | None = None

    @property
    def walk(self) -> tuple[bool, int, bool]:
        """What places beside each other are sorted by; alike by name."""
        is_last = self.walk_position is None
        return is_last, self.walk_position or 0, not self.is_default


@dataclass(frozen=True, slots=True)
class PlaceStock:
    """A room or shelf with all that stands in it, however deep."""

    id: int
    name: str
    kind: LocationKind
    depth: int
    is_default: bool
    archived: bool
    #: Crates with goods in them, and what lies here outside any crate or shelf of its own.
    crates: int
    loose_kinds: int
    total: Total
    #: What of it is held back, or set apart.
    held: Total


@dataclass(frozen=True, slots=True)
class StockByPlace:
    """All places in order, parents before what is in them; `unplaced` is what stands nowhere."""

    places: tuple[PlaceStock, ...]
    unplaced: PlaceStock | None


@dataclass(frozen=True, slots=True)
class PlaceContents:
    """How much of an item is in a crate."""

    item: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class CrateStock:
    """A crate that stands somewhere, with what is in it and in crates on it."""

    id: int
    code: str
    contents: tuple[PlaceContents, ...]
    total: Total
    #: Whether any of it is held back, or set apart.
    is_held: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """An item's facts beside a quantity of it at one location."""

    location_id: int
    item_id: int
    item: str
    unit: str
    known: int | None
    average: int | None
    quantity: int
    #: How much of it is held back, wherever it lies.
    held: int


class PlaceTree:
    """All locations inside, with what is in each, at one moment."""

    def __init__(self, nodes: Mapping[int, Node], held_rows: Iterable[_Held]) -> None:
        self.nodes = nodes
        self._facts: dict[int, _Held] = {}
        self._inside: defaultdict[int, defaultdict[int, int]] = defaultdict(_counter)
        self._held: defaultdict[int, defaultdict[int, int]] = defaultdict(_counter)
        self._crates: defaultdict[int, set[int]] = defaultdict(set)
        self._direct: defaultdict[int, set[int]] = defaultdict(set)
        self.children: defaultdict[int | None, list[Node]] = defaultdict(list)
        for node in sorted(nodes.values(), key=lambda node: natural_sort_key(node.name)):
            self.children[node.parent_id].append(node)
        for row in held_rows:
            self._add(row)

    def _add(self, row: _Held) -> None:
        self._facts[row.item_id] = row
        self._direct[row.location_id].add(row.item_id)
        is_crate = self.nodes[row.location_id].kind == "crate"
        way = list(self.upwards(row.location_id))
        held = row.quantity if any(node.kind in APART_KINDS for node in way) else row.held
        for node in way:
            self._inside[node.id][row.item_id] += row.quantity
            self._held[node.id][row.item_id] += held
            if is_crate:
                self._crates[node.id].add(row.location_id)

    def upwards(self, location_id: int) -> Iterator[Node]:
        """Yield a location and what it stands in, up to a room; a circle ends where it closes."""
        seen: set[int] = set()
        node = self.nodes.get(location_id)
        while node is not None and node.id not in seen:
            seen.add(node.id)
            yield node
            node = None if node.parent_id is None else self.nodes.get(node.parent_id)

    def is_in(self, location_id: int, place_id: int) -> bool:
        """Say whether a location is that place or stands in it, however deep."""
        return any(node.id == place_id for node in self.upwards(location_id))

    def inside(self, location_id: int) -> dict[int, int]:
        """Return how much of each item is at a location and in what stands in it."""
        return {item_id: amount for item_id, amount in self._inside[location_id].items() if amount}

    def place(self, node: Node, depth: int) -> PlaceStock:
        """Return a place with the sum of what is in it."""
        return PlaceStock(
            node.id,
            node.name,
            node.kind,
            depth,
            node.is_default,
            node.archived,
            len(self._crates[node.id] - {node.id}),
            len(self._direct[node.id]),
            self._total(self._inside[node.id]),
            self._total(self._held[node.id]),
        )

    def places(self, parent_id: int | None = None, depth: int = 0) -> Iterator[PlaceStock]:
        """Yield rooms and shelves below a place in walking order, parents first.

        Where nobody said in which order, where goods arrive comes first, the others by name.
        """
        below = [node for node in self.children[parent_id] if node.kind != "crate"]
        for node in sorted(below, key=lambda node: node.walk):
            yield self.place(node, depth)
            yield from self.places(node.id, depth + 1)

    def crates(self, parent_id: int | None) -> list[CrateStock]:
        """Return the crates with goods in them that stand at a place (None: nobody knows where)."""
        return [
            self._crate(node)
            for node in self.children[parent_id]
            if node.kind == "crate" and any(self._inside[node.id].values())
        ]

    def _crate(self, node: Node) -> CrateStock:
        inside = self._inside[node.id]
        contents = [
            PlaceContents(self._facts[item_id].item, self._facts[item_id].unit, quantity)
            for item_id, quantity in inside.items()
            if quantity
        ]
        contents.sort(key=lambda content: natural_sort_key(content.item))
        is_held = any(self._held[node.id].values())
        return CrateStock(node.id, node.name, tuple(contents), self._total(inside), is_held)

    def unplaced(self) -> PlaceStock | None:
        """Return the sum of the crates of which nobody knows where they stand, if there are any."""
        roots = [node for node in self.children[None] if node.kind == "crate"]
        items = _added_up(self._inside[node.id] for node in roots)
        held = _added_up(self._held[node.id] for node in roots)
        if not any(items.values()):
            return None
        crates = set().union(*(self._crates[node.id] for node in roots))
        totals = (self._total(items), self._total(held))
        return PlaceStock(0, "", "crate", 0, False, False, len(crates), 0, *totals)

    def _total(self, items: Mapping[int, int]) -> Total:
        return total_weight(
            weigh_goods(quantity, facts.unit, facts.known, facts.average)
            for item_id, quantity in items.items()
            if quantity
            for facts in [self._facts[item_id]]
        )


def _counter() -> defaultdict[int, int]:
    return defaultdict(int)


def _added_up(parts: Iterable[Mapping[int, int]]) -> dict[int, int]:
    added = _counter()
    for part in parts:
        for item_id, quantity in part.items():
            added[item_id] += quantity
    return added


def load_place_tree(
    session: Session,
    depot_id: int,
    as_of: datetime | None = None,
    search: str = "",
    roots: Collection[int] | None = None,
) -> PlaceTree:
    """Return all locations inside with what is in them (two statements, three for the past).

    `search` is part of an item's name; only such items are counted then. With `roots`, only these,
    what is in them now, and what they are in, which is counted as empty.
    """
    parents = None if as_of is None else _past_parents(session, depot_id, as_of)
    nodes = {
        node.id: replace(node, parent_id=parents.get(node.id))
        if parents is not None and node.kind == "crate"
        else node
        for node in _nodes(session, depot_id, *_near(depot_id, roots))
    }
    return PlaceTree(nodes, _held_rows(session, depot_id, as_of, search, roots))


def _near(depot_id: int, roots: Collection[int] | None) -> list[ColumnElement[bool]]:
    """Return what is asked of locations that are roots, in them, or what they are in."""
    if roots is None:
        return []
    up = (
        select(Location.id, Location.parent_id)
        .where(Location.depot_id == depot_id, Location.id.in_(roots))
        .cte("up", recursive=True)
    )
    up = up.union(select(Location.id, Location.parent_id).join(up, Location.id == up.c.parent_id))
    within = locations_within(depot_id, roots)
    return [Location.id.in_(union(select(up.c.id), select(within.c.id)))]


def _nodes(
    session: Session, depot_id: int, *wanted: ColumnElement[bool], limit: int | None = None
) -> list[Node]:
    rows = session.execute(
        select(
            Location.id,
            Location.kind,
            Location.name,
            Location.parent_id,
            Location.note,
            Location.is_default,
            Location.archived,
            Location.walk_position,
        )
        .where(Location.depot_id == depot_id, Location.kind.in_(PHYSICAL_KINDS), *wanted)
        .order_by(Location.id)
        .limit(limit)
    )
    return [Node(*row) for row in rows]


def stock_by_place(
    session: Session, depot_id: int, as_of: datetime | None = None, search: str = ""
) -> StockByPlace:
    """Return every room and shelf in use with what stands in it, now or at a past moment."""
    found = load_place_tree(session, depot_id, as_of, search)
    rows = tuple(row for row in found.places() if row.total.kinds or not row.archived)
    return StockByPlace(rows, found.unplaced())


def _past_parents(session: Session, depot_id: int, as_of: datetime) -> dict[int, int | None]:
    """Return where each crate stood at that moment: its last placement until then."""
    ranked = (
        select(
            CratePlacement.crate_id,
            CratePlacement.to_id,
            func.row_number()
            .over(
                partition_by=CratePlacement.crate_id,
                order_by=(StockEntry.occurred_at.desc(), CratePlacement.id.desc()),
            )
            .label("rank"),
        )
        .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
        .where(CratePlacement.depot_id == depot_id, StockEntry.occurred_at <= as_of)
        .subquery()
    )
    rows = session.execute(select(ranked.c.crate_id, ranked.c.to_id).where(ranked.c.rank == 1))
    return {crate_id: to_id for crate_id, to_id in rows}


def _held_rows(
    session: Session,
    depot_id: int,
    as_of: datetime | None,
    search: str,
    roots: Collection[int] | None,
) -> Iterator[_Held]:
    rows = held_quantities(depot_id, as_of)
    quantity = func.sum(rows.c.quantity)
    statement = (
        select(
            rows.c.location_id,
            Item.id,
            Item.name,
            Item.base_unit,
            Item.unit_weight_milligrams,
            Category.average_unit_milligrams,
            quantity,
            func.sum(case((is_lot_held(rows.c.lot_id, as_of), rows.c.quantity), else_=0)),
        )
        .select_from(rows)
        .join(Item, Item.id == rows.c.item_id)
        .join(Category, Category.id == Item.category_id)
        .group_by(rows.c.location_id, *key_of(Item), *key_of(Category))
        .having(quantity != 0)
    )
    if search:
        statement = statement.where(rows.c.item_id.in_(named_items(depot_id, search)))
    if roots is not None:
        inside = select(locations_within(depot_id, roots).c.id)
        statement = statement.where(rows.c.location_id.in_(inside))
    for *facts, amount, held in session.execute(statement):
        yield _held_row(facts, int(amount), int(held))


def _held_row(facts: list[Any], quantity: int, held: int) -> _Held:
    location_id, item_id, item, unit, known, average = facts
    return _Held(location_id, item_id, item, unit, known, average, quantity, held)


def place_row(session: Session, depot_id: int, location_id: int) -> Node | None:
    """Return one location inside, or None if the depot has none with that id."""
    found = _nodes(session, depot_id, Location.id == location_id)
    return found[0] if found else None


def places_after(session: Session, depot_id: int, after: int, limit: int) -> list[Node]:
    """Return at most `limit` locations inside whose id comes after `after`, by their ids."""
    return _nodes(session, depot_id, Location.id > after, limit=limit)
