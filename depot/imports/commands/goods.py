"""Goods in imported lists, in boxes or not: their units, their new items, what they add up to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Protocol

from depot.base.names import name_key
from depot.base.units import PIECE, known_unit_weight
from depot.imports.known import KnownNames
from depot.imports.plan import ItemTotal
from depot.imports.rows.values import Quantity
from depot.kernel.lookups import ItemRow
from depot.kernel.new_items import NewItem, add_items
from depot.kernel.once import Work


class GoodsRow(Protocol):
    """A row that may name an item and say how much of it there is."""

    @property
    def item(self) -> str:
        """The item's name; empty if it names none."""

    @property
    def quantity(self) -> Quantity | None:
        """How much of it, if the row says so."""


def units_of(book: KnownNames, rows: Iterable[GoodsRow]) -> dict[str, str]:
    """Return each named item's base unit; of a new one, its first row says it."""
    units = {key: known.base_unit for key, known in book.items.items()}
    for row in rows:
        if row.item and row.quantity:
            units.setdefault(name_key(row.item), row.quantity.unit or PIECE)
    return units


def item_totals(book: KnownNames, rows: Sequence[GoodsRow]) -> tuple[ItemTotal, ...]:
    """Return what is here now of each item that the rows add to, and what they add."""
    units = units_of(book, rows)
    names: dict[str, str] = {}
    added: dict[str, int] = {}
    for row in rows:
        if row.item and row.quantity and row.quantity.amount:
            key = name_key(row.item)
            names.setdefault(key, row.item)
            added[key] = added.get(key, 0) + row.quantity.amount
    totals = []
    for key, quantity in added.items():
        known = book.items.get(key)
        before = book.on_hand.get(known.id, 0) if known else 0
        name = known.name if known else names[key]
        totals.append(ItemTotal(name, units[key], before, quantity))
    return tuple(totals)


def add_new_items(
    work: Work,
    book: KnownNames,
    names: Sequence[str],
    units: Mapping[str, str],
    categories: Mapping[str, int] | None = None,
    weights: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Make the items that the depot does not have; return all items' ids by the name's key.

    `units`, `categories` (their ids) and `weights` of one are by the name's key as well.
    """
    ids = {key: known.id for key, known in book.items.items()}
    new = []
    for name in names:
        key = name_key(name)
        unit = units.get(key, PIECE)
        weight = (weights or {}).get(key) if unit == PIECE else None
        category = (categories or {}).get(key, book.catch_all.id)
        new.append(NewItem(name, unit, category, known_unit_weight(unit, weight)))
    made: dict[str, ItemRow] = add_items(work, new)
    return ids | {key: item.id for key, item in made.items()}


def first_spellings(names: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    """Return the names that are not known, each as it is spelled first, in their order."""
    spelled: dict[str, str] = {}
    for name in names:
        if name and name_key(name) not in known:
            spelled.setdefault(name_key(name), name)
    return tuple(spelled.values())
