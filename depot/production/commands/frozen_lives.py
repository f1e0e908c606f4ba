"""The table of how long goods keep once frozen or thawed, which coordinators write."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import ShelfLife
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.lookups import ItemRef, need_items
from depot.kernel.new_items import need_category
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import FrozenLife
from depot.open_book.settings import note_row, standing
from depot.production.frozen_lives import MOST_THAWED_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveFrozenLife:
    """How long an item or a category keeps once frozen, and who says so; None takes it off."""

    command_id: UUID
    item: ItemRef | None = None
    category: str | int | None = None
    frozen: ShelfLife | None = None
    thawed_days: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFrozenLife(Answer):
    """The table says so now of what bears that name."""

    name: str


def save_frozen_life(
    command: SaveFrozenLife, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedFrozenLife]:
    """Write a line of the table anew. What was frozen already keeps its date.

    Raises Forbidden, UnknownItem, UnknownCategory, and Invalid for a time that cannot be.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, SavedFrozenLife)


def _save(command: SaveFrozenLife, work: Work) -> SavedFrozenLife:
    if (command.item is None) == (command.category is None):
        raise Invalid(field="item", problem=N_("Say of which item, or of which category."))
    _check(command)
    of: dict[str, int] = {}
    if command.item is not None:
        item = need_items(work, [command.item])[command.item]
        name, of = item.name, {"item_id": item.id}
    else:
        category = need_category(work, command.category)
        name, of = category.name, {"category_id": category.id}
    this = [FrozenLife.__table__.c[column] == number for column, number in of.items()]
    before = standing(work, FrozenLife, *this)
    work.session.execute(delete(FrozenLife).where(FrozenLife.depot_id == work.depot_id, *this))
    if command.frozen is not None:
        work.session.execute(insert(FrozenLife).values(**_values(command, work), **of))
    note_row(work, FrozenLife, name, before, *this)
    return SavedFrozenLife(name=name)


def _check(command: SaveFrozenLife) -> None:
    frozen = command.frozen
    if frozen is not None and (frozen.is_hard or not frozen.amount or not frozen.is_likely):
        problem = N_("Frozen goods keep from one day to ten years.")
        raise Invalid(field="frozen_amount", problem=problem)
    if command.thawed_days is not None and not 0 <= command.thawed_days <= MOST_THAWED_DAYS:
        problem = N_("Thawed goods keep from 0 to 14 days.")
        raise Invalid(field="thawed_days", problem=problem)


def _values(command: SaveFrozenLife, work: Work) -> dict[str, object]:
    frozen = command.frozen or ShelfLife()
    months = {"month": frozen.amount, "year": 12 * frozen.amount}.get(frozen.unit)
    return {
        "depot_id": work.depot_id,
        "frozen_days": frozen.amount if months is None else None,
        "frozen_months": months,
        "thawed_days": command.thawed_days,
        "source": command.source,
    }
