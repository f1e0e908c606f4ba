"""The tree of places: rooms, shelves and crates in each other, with what is in them added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from depot.base.kinds import LocationKind
from depot.base.names import natural_sort_key
from depot.kernel.weights import Total, total_weight, weigh_goods
from depot.ledger.holds import APART_KINDS


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

    item_id: int
    item: str
    unit: str
    quantity: int
    category: str


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
class HeldRow:
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
    category: str = ""


class PlaceTree:
    """All locations inside, with what is in each, at one moment."""

    def __init__(self, nodes: Mapping[int, Node], held_rows: Iterable[HeldRow]) -> None:
        self.nodes = nodes
        self._facts: dict[int, HeldRow] = {}
        self._inside: defaultdict[int, defaultdict[int, int]] = defaultdict(_counter)
        self._held: defaultdict[int, defaultdict[int, int]] = defaultdict(_counter)
        self._crates: defaultdict[int, set[int]] = defaultdict(set)
        self._direct: defaultdict[int, set[int]] = defaultdict(set)
        self.children: defaultdict[int | None, list[Node]] = defaultdict(list)
        for node in sorted(nodes.values(), key=lambda node: natural_sort_key(node.name)):
            self.children[node.parent_id].append(node)
        for row in held_rows:
            self._add(row)

    def _add(self, row: HeldRow) -> None:
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
            PlaceContents(item_id, facts.item, facts.unit, quantity, facts.category)
            for item_id, quantity in inside.items()
            if quantity
            for facts in [self._facts[item_id]]
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
