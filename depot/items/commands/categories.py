"""Categories: what items are counted under, with the policy for their dates."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import UNTIL_THE_DAY, ShelfLife
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.items.shelf_lives import need_likely
from depot.items.start_categories import StartCategory, add_category, loose_name
from depot.kernel.answers import Saved
from depot.kernel.new_items import check_name_is_free
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.promises.keeping import look_over
from depot.models import Category, Item
from depot.open_book.settings import note_change, values_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCategory:
    """A category as it is to be; without an id it is a new one."""

    command_id: UUID
    name: str
    category_id: int | None = None
    note: str = ""
    #: Categories are listed by this number; None: after all others, or where it is.
    position: int | None = None
    #: How long after a best-before date its goods may be given out, and who says so.
    shelf_life: ShelfLife = UNTIL_THE_DAY
    shelf_life_source: str = ""
    #: Weight assumed for a piece whose item has no weight of its own.
    average_unit_milligrams: int | None = None
    #: Handed out, it counts in the meals of a report.
    is_food: bool = True
    archived: bool = False


def save_category(command: SaveCategory, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Make or edit a category together with the item of its loose goods.

    Raises Forbidden, NotFound, NameTaken, and Invalid for a shelf life below nothing or above ten
    years, and for putting away the last category in use.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, Saved)


def _save(command: SaveCategory, work: Work) -> Saved:
    need_likely(command.shelf_life)
    known = None if command.category_id is None else _known(work, command.category_id)
    if known is not None and command.archived and not known.archived:
        _refuse_the_last(work)
    names = check_name_is_free(work, Category, command.name, command.category_id)
    loose = _free_loose_name(work, names["name"], known)
    category_id = known.id if known is not None else _add(work, names["name"])
    position = {} if command.position is None else {"position": command.position}
    values: dict[str, str | int | bool | None] = {
        "note": command.note,
        "shelf_life_amount": command.shelf_life.amount,
        "shelf_life_unit": command.shelf_life.unit,
        "shelf_life_source": command.shelf_life_source,
        "average_unit_milligrams": command.average_unit_milligrams,
        "is_food": command.is_food,
        "archived": command.archived,
    }
    this = Category.id == category_id
    told = {"name": names["name"], **values}
    before = {} if known is None else values_of(work, Category, category_id, *told)
    note_change(work, "category", names["name"], before, told)
    work.session.execute(update(Category).where(this).values(**names, **position, **values))
    work.session.execute(
        update(Item)
        .where(Item.category_id == category_id, Item.is_loose)
        .values(**loose, archived=command.archived)
    )
    look_over(work)
    return Saved(id=category_id, name=names["name"])


def _free_loose_name(work: Work, name: str, known: Category | None) -> dict[str, str]:
    """Return the name of the category's loose goods; an item of that name is in its way."""
    own_id = None
    if known is not None:
        loose = select(Item.id).where(Item.category_id == known.id, Item.is_loose)
        own_id = work.session.scalar(loose)
    return check_name_is_free(work, Item, loose_name(name, work.actor.depot), own_id)


def _add(work: Work, name: str) -> int:
    last = work.session.scalar(
        select(func.max(Category.position)).where(Category.depot_id == work.depot_id)
    )
    start = StartCategory(name, UNTIL_THE_DAY, None)
    loose = loose_name(name, work.actor.depot)
    return add_category(work.session, work.depot_id, start, (last or 0) + 10, loose)


def _known(work: Work, category_id: int) -> Category:
    category = work.session.scalar(
        select(Category).where(Category.depot_id == work.depot_id, Category.id == category_id)
    )
    if category is None:
        raise NotFound(what=N_("category"), name=category_id)
    return category


def _refuse_the_last(work: Work) -> None:
    in_use = work.session.scalar(
        select(func.count()).where(Category.depot_id == work.depot_id, ~Category.archived)
    )
    if in_use == 1:
        raise Invalid(field="archived", problem=N_("The last category stays: goods need one."))
