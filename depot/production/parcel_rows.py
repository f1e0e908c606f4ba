"""Kinds of parcels as they stand in the database, with their lines in one of their versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from depot.models import (
    Category,
    Item,
    Parcel,
    ParcelAmount,
    ParcelItem,
    ParcelLine,
    ParcelVersion,
    Person,
)
from depot.models.item_names import ITEM_NAME
from depot.production.parcels import Amounts, ParcelGoods


@dataclass(frozen=True, slots=True)
class Named:
    """An item or a category by its number and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ParcelLineRow:
    """A line of a parcel with the names of what is in it."""

    goods: ParcelGoods
    category: Named | None
    items: tuple[Named, ...]
    swaps: tuple[Named, ...]
    instead: tuple[tuple[str, Named | None], ...]


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel in one of its versions. Without sizes it goes by adults and children."""

    id: int
    name: str
    archived: bool
    version_id: int
    version: int
    sizes: tuple[str, ...]
    made_at: datetime
    person: str | None
    lines: tuple[ParcelLineRow, ...]

    @property
    def diets(self) -> tuple[str, ...]:
        """Return the diets that have a variant of their own, in the order of the lines."""
        named = (diet for line in self.lines for diet, _item in line.instead)
        return tuple(dict.fromkeys(named))

    @property
    def goods(self) -> tuple[ParcelGoods, ...]:
        """Return the lines as they are multiplied out."""
        return tuple(line.goods for line in self.lines)


def is_newest_parcel() -> ColumnElement[bool]:
    """Return the condition that a version is its parcel's newest."""
    other = aliased(ParcelVersion)
    newest = (
        select(func.max(other.version))
        .where(other.depot_id == Parcel.depot_id, other.parcel_id == Parcel.id)
        .correlate(Parcel)
        .scalar_subquery()
    )
    return ParcelVersion.version == newest


def load_parcels(session: Session, depot_id: int, *which: ColumnElement[bool]) -> list[ParcelRow]:
    """Return the versions that `which` names, with their lines (four statements)."""
    found = session.execute(
        select(Parcel, ParcelVersion, Person.name.label("person"))
        .join(ParcelVersion, ParcelVersion.parcel_id == Parcel.id)
        .outerjoin(Person, Person.id == ParcelVersion.person_id)
        .where(Parcel.depot_id == depot_id, ParcelVersion.depot_id == depot_id, *which)
        .order_by(Parcel.id, ParcelVersion.version)
    ).all()
    sizes = {row.ParcelVersion.id: tuple(row.ParcelVersion.sizes.splitlines()) for row in found}
    lines = _lines(session, depot_id, sizes)
    return [
        ParcelRow(
            row.Parcel.id,
            row.Parcel.name,
            row.Parcel.archived,
            row.ParcelVersion.id,
            row.ParcelVersion.version,
            sizes[row.ParcelVersion.id],
            row.ParcelVersion.made_at,
            row.person,
            tuple(lines[row.ParcelVersion.id]),
        )
        for row in found
    ]


def _lines(
    session: Session, depot_id: int, sizes: dict[int, tuple[str, ...]]
) -> defaultdict[int, list[ParcelLineRow]]:
    lines: defaultdict[int, list[ParcelLineRow]] = defaultdict(list)
    if not sizes:
        return lines
    rows = session.execute(
        select(ParcelLine, Category.name)
        .outerjoin(Category, Category.id == ParcelLine.category_id)
        .where(ParcelLine.depot_id == depot_id, ParcelLine.version_id.in_(sizes))
        .order_by(ParcelLine.version_id, ParcelLine.line)
    ).all()
    ids = {line.id for line, _name in rows}
    amounts, items = _amounts(session, depot_id, ids), _items(session, depot_id, ids)
    for line, category in rows:
        counted = amounts[line.id]
        by_size = tuple(counted["size", size] for size in range(1, len(sizes[line.version_id]) + 1))
        said = Amounts(counted["household", 0], counted["adult", 0], counted["child", 0], by_size)
        named = None if line.category_id is None else Named(line.category_id, category)
        lines[line.version_id].append(_line(line, said, named, items[line.id]))
    return lines


def _line(
    line: ParcelLine, amounts: Amounts, category: Named | None, rows: list[tuple[ParcelItem, str]]
) -> ParcelLineRow:
    by_role: defaultdict[str, list[Named]] = defaultdict(list)
    instead: list[tuple[str, Named | None]] = []
    for row, name in rows:
        named = None if row.item_id is None else Named(row.item_id, name)
        if row.role == "diet":
            instead.append((row.diet, named))
        elif named is not None:
            by_role[row.role].append(named)
    goods = ParcelGoods(
        line.line,
        amounts,
        tuple(one.id for one in by_role["item"]),
        line.category_id,
        line.unit,
        tuple(one.id for one in by_role["swap"]),
        tuple((diet, one.id if one else None) for diet, one in instead),
    )
    items, swaps = tuple(by_role["item"]), tuple(by_role["swap"])
    return ParcelLineRow(goods, category, items, swaps, tuple(instead))


def _amounts(
    session: Session, depot_id: int, ids: Collection[int]
) -> defaultdict[int, defaultdict[tuple[str, int], int]]:
    amounts: defaultdict[int, defaultdict[tuple[str, int], int]] = defaultdict(
        lambda: defaultdict(int)
    )
    rows = session.scalars(
        select(ParcelAmount).where(ParcelAmount.depot_id == depot_id, ParcelAmount.line_id.in_(ids))
    )
    for row in rows:
        amounts[row.line_id][row.per, row.size] = row.quantity
    return amounts


def _items(
    session: Session, depot_id: int, ids: Collection[int]
) -> defaultdict[int, list[tuple[ParcelItem, str]]]:
    items: defaultdict[int, list[tuple[ParcelItem, str]]] = defaultdict(list)
    rows = session.execute(
        select(ParcelItem, ITEM_NAME)
        .outerjoin(Item, Item.id == ParcelItem.item_id)
        .where(ParcelItem.depot_id == depot_id, ParcelItem.line_id.in_(ids))
        .order_by(ParcelItem.line_id, ParcelItem.position)
    )
    for row, name in rows:
        items[row.line_id].append((row, name))
    return items
