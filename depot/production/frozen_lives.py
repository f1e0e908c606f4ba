"""For how long goods keep once frozen or thawed: what the depot says, and whose word it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from depot.base.dates import ShelfLife
from depot.models import Category, FrozenLife, Item
from depot.models.item_names import ITEM_NAME

#: Nothing that was thawed is kept longer.
MOST_THAWED_DAYS: Final = 14
#: What happens to goods: they are put into the freezer, or taken out to be eaten.
ChangeOfState: TypeAlias = Literal["frozen", "thawed"]


@dataclass(frozen=True, slots=True)
class FrozenLifeRow:
    """What the table says of an item or a category."""

    id: int
    category_id: int | None
    item_id: int | None
    name: str
    frozen: ShelfLife
    thawed_days: int | None
    source: str

    def last_day(self, state: ChangeOfState, on: date) -> date | None:
        """Return the last day of goods that were frozen or thawed on a day; None: nobody said."""
        if state == "frozen":
            return self.frozen.from_day(on)
        return None if self.thawed_days is None else on + timedelta(days=self.thawed_days)


def load_frozen_lives(session: Session, depot_id: int) -> list[FrozenLifeRow]:
    """Return the depot's table, categories first, by name (one statement)."""
    rows = _rows(session, depot_id)
    return sorted(rows, key=lambda row: (row.item_id is not None, row.name.casefold()))


def frozen_lives_after(
    session: Session, depot_id: int, after: int, limit: int
) -> list[FrozenLifeRow]:
    """Return lines of the table in the order of their ids, a page."""
    rows = _rows(session, depot_id, FrozenLife.id > after)
    return sorted(rows, key=lambda row: row.id)[:limit]


def frozen_life_of(session: Session, depot_id: int, item_id: int) -> FrozenLifeRow | None:
    """Return what counts for an item: its own word, else its category's; None: nobody said."""
    category = select(Item.category_id).where(Item.depot_id == depot_id, Item.id == item_id)
    of_category = FrozenLife.category_id == category.scalar_subquery()
    rows = _rows(session, depot_id, (FrozenLife.item_id == item_id) | of_category)
    return next(iter(sorted(rows, key=lambda row: row.item_id is None)), None)


def _rows(session: Session, depot_id: int, *which: ColumnElement[bool]) -> list[FrozenLifeRow]:
    rows = session.execute(
        select(FrozenLife, Category.name, ITEM_NAME)
        .outerjoin(Category, Category.id == FrozenLife.category_id)
        .outerjoin(Item, Item.id == FrozenLife.item_id)
        .where(FrozenLife.depot_id == depot_id, *which)
    )
    return [_row(life, category or item) for life, category, item in rows]


def _row(life: FrozenLife, name: str) -> FrozenLifeRow:
    frozen = ShelfLife(life.frozen_months or 0, "month")
    if life.frozen_days:
        frozen = ShelfLife(life.frozen_days, "day")
    return FrozenLifeRow(
        life.id, life.category_id, life.item_id, name, frozen, life.thawed_days, life.source
    )
