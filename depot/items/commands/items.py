"""Items: making and editing them on their own page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import exists, insert, select, update

from depot.base import allergens
from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import ShelfLife
from depot.base.errors import Invalid, NotFound
from depot.base.names import find_almost
from depot.base.text import N_
from depot.base.units import BASE_UNITS, GRAM, MILLIGRAMS_PER_GRAM
from depot.items.item_names import save_item_names
from depot.items.shelf_lives import need_likely
from depot.kernel.answers import Saved
from depot.kernel.draft import doubt_without_entry, settle_discrepancies
from depot.kernel.new_items import check_name_is_free, need_category
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.promises.keeping import look_over
from depot.ledger.doubts.questions import AlmostKnown
from depot.ledger.doubts.rules import Doubt, is_likely_unit_weight
from depot.models import Discrepancy, Item, RecipeLine, StockMove
from depot.open_book.settings import note_change, values_of

#: What of an item changes figures and what may go out: the open book tells of it.
_TOLD: Final = (
    "unit_weight_milligrams",
    "shelf_life_amount",
    "shelf_life_unit",
    "shelf_life_source",
)
#: How a doubt about a weight is settled by another one on the item's page.
MENDED: Final = "mended"
#: What is said where an allergen and a diet cannot both be so.
_WRONG_DIETS: Final = {
    "kosher": N_("What is kosher contains no crustaceans or molluscs: look again at both."),
    "vegetarian": N_(
        "What is vegetarian contains no fish, crustaceans or molluscs: look again at both."
    ),
    "vegan": N_(
        "What is vegan contains no milk, eggs, fish, crustaceans or molluscs: look again at both."
    ),
    "gluten-free": N_("What is gluten-free contains no gluten: look again at both."),
}


@dataclass(frozen=True, slots=True)
class NameIn:
    """What an item is called in a language, by its catalogue's name; an empty name: nothing."""

    language: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveItem:
    """An item as it is to be; without an id it is a new one."""

    command_id: UUID
    name: str
    category: int | str
    base_unit: str
    item_id: int | None = None
    #: What one base unit weighs; None if nobody knows.
    unit_weight_milligrams: int | None = None
    note: str = ""
    #: Codes of depot.base.allergens.
    allergens: tuple[str, ...] = ()
    #: Somebody looked for all fourteen: what is not named is not in it.
    allergens_known: bool = False
    #: Diets it is for: codes of depot.base.allergens, and the depot's own words.
    diets: tuple[str, ...] = ()
    #: How long after best before it may be given out; None: as its category.
    shelf_life: ShelfLife | None = None
    shelf_life_source: str = ""
    archived: bool = False
    #: What it is called in other languages; in those that are not named, as it was.
    names: tuple[NameIn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    """Something else about an item: fields of SaveItem by name; what is not named stays."""

    command_id: UUID
    item_id: int = 0
    changes: tuple[tuple[str, Any], ...] = ()


def save_item(command: SaveItem, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Make or edit an item. Its base unit stands fast as soon as any of it was booked.

    Raises Forbidden, NotFound, UnknownCategory, NameTaken, and Invalid: for a unit that may not
    change, and for a category's loose goods, which are named and put away with their category.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, Saved)


def change_item(command: ChangeItem, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Change what is said of an item. Raises as `save_item` does."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _change, Saved)


def _change(command: ChangeItem, work: Work) -> Saved:
    item = _known(work, command.item_id)
    amount, unit = item.shelf_life_amount, item.shelf_life_unit
    stands = SaveItem(
        command_id=command.command_id,
        item_id=item.id,
        name=item.name,
        category=item.category_id,
        base_unit=item.base_unit,
        unit_weight_milligrams=None if item.base_unit == GRAM else item.unit_weight_milligrams,
        note=item.note,
        allergens=allergens.from_stored(item.allergens),
        allergens_known=item.allergens_known,
        diets=allergens.diets_from_stored(item.diets),
        shelf_life=None if amount is None or unit is None else ShelfLife(amount, unit),
        shelf_life_source=item.shelf_life_source,
        archived=item.archived,
    )
    return _save(replace(stands, **dict(command.changes)), work)


def _save(command: SaveItem, work: Work) -> Saved:
    if command.base_unit not in BASE_UNITS:
        raise Invalid(field="base_unit", problem=N_("Say what it is counted in."))
    _check_food(command)
    if command.shelf_life is not None:
        need_likely(command.shelf_life)
    known = None if command.item_id is None else _known(work, command.item_id)
    if known is not None and known.base_unit != command.base_unit:
        _refuse_if_booked(work, known.id)
    weighs_itself = command.base_unit == GRAM
    name = check_name_is_free(work, Item, command.name, command.item_id)
    values = name | {
        "category_id": need_category(work, command.category).id,
        "base_unit": command.base_unit,
        "unit_weight_milligrams": MILLIGRAMS_PER_GRAM
        if weighs_itself
        else command.unit_weight_milligrams,
        "note": command.note,
        "allergens": allergens.allergens_to_text(command.allergens),
        "allergens_known": command.allergens_known,
        "diets": allergens.diets_to_text(command.diets),
        "shelf_life_amount": None if command.shelf_life is None else command.shelf_life.amount,
        "shelf_life_unit": None if command.shelf_life is None else command.shelf_life.unit,
        "shelf_life_source": command.shelf_life_source,
        "archived": command.archived,
    }
    if known is None:
        statement = insert(Item).values(depot_id=work.depot_id, **values).returning(Item.id)
        item_id = work.session.execute(statement).scalar_one()
    else:
        item_id = known.id
        told = {name: values[name] for name in _TOLD}
        note_change(work, "item", known.name, values_of(work, Item, item_id, *_TOLD), told)
        work.session.execute(update(Item).where(Item.id == item_id).values(**values))
    if command.names:
        save_item_names(work, item_id, {one.language: one.name for one in command.names})
    look_over(work, [item_id])
    _doubt_weight(work, item_id, command)
    if known is None:
        _doubt_name(work, item_id, name["name"])
    return Saved(id=item_id, name=name["name"])


def _check_food(command: SaveItem) -> None:
    """Raise Invalid for an allergen that is none, a long diet, and a diet that cannot be so."""
    if not set(command.allergens) <= allergens.ALLERGENS.keys():
        raise Invalid(field="allergens", problem=N_("One of these is no allergen of the list."))
    diets = allergens.clean_diets(command.diets)
    if len(diets) > allergens.MAX_DIETS or any(len(word) > allergens.MAX_DIET for word in diets):
        raise Invalid(
            field="own_diets",
            problem=N_("At most twenty words, of at most forty letters each."),
        )
    for diet, _code in allergens.contradictions(command.allergens, diets):
        raise Invalid(field="diets", problem=_WRONG_DIETS[diet])


def _doubt_weight(work: Work, item_id: int, command: SaveItem) -> None:
    """Ask about a weight that one cannot have; what was doubted before is settled by this one."""
    this = (Discrepancy.kind == "unlikely_number") & (Discrepancy.item_id == item_id)
    weighs = Discrepancy.detail == "unit_weight"
    settle_discrepancies(work, MENDED, this & weighs & Discrepancy.entry_id.is_(None))
    weight, unit = command.unit_weight_milligrams, command.base_unit
    if weight is not None and unit != GRAM and not is_likely_unit_weight(weight, unit):
        doubt_without_entry(
            work,
            Doubt(sort="unit_weight", name=command.name, item_id=item_id, unit=unit, found=weight),
        )


def _doubt_name(work: Work, item_id: int, name: str) -> None:
    others = work.session.scalars(
        select(Item.name).where(Item.depot_id == work.depot_id, ~Item.archived, Item.id != item_id)
    )
    almost = find_almost(name, others)
    if almost is not None:
        work.doubt(AlmostKnown(field="name", name=name, known=almost))


def _known(work: Work, item_id: int) -> Item:
    item = work.session.scalar(
        select(Item).where(Item.depot_id == work.depot_id, Item.id == item_id)
    )
    if item is None:
        raise NotFound(what=N_("item"), name=item_id)
    if item.is_loose:
        raise Invalid(problem=N_("These are a category's loose goods: edit the category."))
    return item


def _refuse_if_booked(work: Work, item_id: int) -> None:
    if work.session.scalar(select(exists().where(StockMove.item_id == item_id))):
        raise Invalid(
            field="base_unit",
            problem=N_("Some of it was booked already, so what it is counted in stays."),
        )
    if work.session.scalar(select(exists().where(RecipeLine.item_id == item_id))):
        raise Invalid(
            field="base_unit",
            problem=N_("A recipe says how much of it goes in, so what it is counted in stays."),
        )
