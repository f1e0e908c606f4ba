"""Taking a start table of shelf lives for a depot's categories."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import ShelfLife
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.items.shelf_lives import TABLES, ShelfLifeTable, changes
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.promises.keeping import look_over
from depot.models import Category
from depot.open_book.settings import note_change, values_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeShelfLives:
    """A start table, by its key, for the categories that bear a start category's name."""

    command_id: UUID
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenShelfLives(Answer):
    """How many categories go out longer or shorter now, or for another reason."""

    changed: int


def take_shelf_lives(
    command: TakeShelfLives, actor: Actor, clock: Clock = utc_now
) -> Outcome[TakenShelfLives]:
    """Give categories the shelf lives of a table; categories and items of one's own stay.

    Raises Forbidden for a volunteer and NotFound for a table that there is none of.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _take, TakenShelfLives)


def _take(command: TakeShelfLives, work: Work) -> TakenShelfLives:
    table = TABLES.get(command.table)
    if table is None:
        raise NotFound(what=N_("table"), name=command.table)
    found = _differing(work, table)
    for category_id, name in found:
        life = table.lives[name]
        values: dict[str, str | int | bool | None] = {
            "shelf_life_amount": life.amount,
            "shelf_life_unit": life.unit,
            "shelf_life_source": table.source_of(name),
        }
        before = values_of(work, Category, category_id, "name", *values)
        note_change(work, "category", str(before["name"]), before, values)
        work.session.execute(update(Category).where(Category.id == category_id).values(**values))
    look_over(work)
    return TakenShelfLives(changed=len(found))


def _differing(work: Work, table: ShelfLifeTable) -> list[tuple[int, str]]:
    rows = work.session.execute(
        select(
            Category.id,
            Category.name_key,
            Category.shelf_life_amount,
            Category.shelf_life_unit,
            Category.shelf_life_source,
        ).where(Category.depot_id == work.depot_id)
    )
    return [
        (row.id, change)
        for row in rows
        if (
            change := changes(
                table,
                row.name_key,
                ShelfLife(row.shelf_life_amount, row.shelf_life_unit),
                row.shelf_life_source,
            )
        )
    ]
