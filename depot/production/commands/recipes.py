"""Recipes: made and edited by coordinators; each edit is a version of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LONGEST_YEARS
from depot.base.errors import Invalid, NotFound, UnknownItem
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import MAX_MOVE, PIECE
from depot.kernel.answers import Saved
from depot.kernel.lookups import ItemRef, ItemRow, find_items
from depot.kernel.new_items import NewItem, add_named, check_name_is_free
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Recipe, RecipeLine, RecipeVersion
from depot.open_book.settings import note_change, values_of

#: Lines of a recipe, what goes in and what comes out together.
MOST_LINES: Final = 100
_LONGEST_DAYS: Final = LONGEST_YEARS * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeInput:
    """What goes in when it is made once, in base units.

    An item not known yet is made if its category or unit is said.
    """

    item: ItemRef
    quantity: int
    unit: str | None = None
    category: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeOutput:
    """What comes out when it is made once; use by so many days after it was made, if it says so.

    An item not known yet is made if its category or unit is said.
    """

    item: ItemRef
    quantity: int
    keeps_days: int | None = None
    unit: str | None = None
    category: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRecipe:
    """A recipe as it is to be from now on.

    With the id of a known one, or with its name unless it `must_be_new`, it is that one's next
    version; the ones before stay, and what was made by them names them.
    """

    command_id: UUID
    name: str
    inputs: tuple[RecipeInput, ...] = ()
    outputs: tuple[RecipeOutput, ...] = ()
    recipe_id: int | None = None
    must_be_new: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRecipe(Saved):
    """The recipe is saved, and this is its newest version."""

    version: int


def save_recipe(command: SaveRecipe, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedRecipe]:
    """Make or edit a recipe; what goes in and out as before makes no new version.

    Raises Forbidden, NotFound, UnknownItem, NameTaken, and Invalid for a side without a line, an
    item that is on one side twice, and amounts or days that cannot be.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, SavedRecipe)


def _save(command: SaveRecipe, work: Work) -> SavedRecipe:
    lines = _lines(command, work)
    recipe_id = _meant(command, work)
    name = check_name_is_free(work, Recipe, command.name, recipe_id)
    values = name | {"archived": command.archived}
    was = values_of(work, Recipe, recipe_id, "archived")
    if recipe_id is None:
        statement = insert(Recipe).values(depot_id=work.depot_id, **values).returning(Recipe.id)
        recipe_id = work.session.execute(statement).scalar_one()
    else:
        this = (Recipe.depot_id == work.depot_id) & (Recipe.id == recipe_id)
        work.session.execute(update(Recipe).where(this).values(**values))
    version = before = _newest(work, recipe_id)
    if version == 0 or _known_lines(work, recipe_id, version) != lines:
        version += 1
        _add_version(work, recipe_id, version, lines)
    told = {"version": version, "archived": command.archived}
    note_change(work, "recipe", name["name"], {"version": before or None, **was}, told)
    return SavedRecipe(id=recipe_id, name=name["name"], version=version)


def _meant(command: SaveRecipe, work: Work) -> int | None:
    """Return the recipe that is edited; None for a new one."""
    ours = Recipe.depot_id == work.depot_id
    if command.recipe_id is not None:
        known = work.session.scalar(select(Recipe.id).where(ours, Recipe.id == command.recipe_id))
        if known is None:
            raise NotFound(what=N_("recipe"), name=command.recipe_id)
        return known
    if command.must_be_new:
        return None
    named = Recipe.name_key == name_key(command.name)
    return work.session.scalar(select(Recipe.id).where(ours, named))


#: Whether it comes out, the item, how much, and the days it keeps.
_Line = tuple[bool, int, int, int | None]


def _lines(command: SaveRecipe, work: Work) -> list[_Line]:
    if not command.inputs:
        raise Invalid(field="inputs", problem=N_("Say what goes in: at least one line."))
    if not command.outputs:
        raise Invalid(field="outputs", problem=N_("Say what comes out: at least one line."))
    if len(command.inputs) + len(command.outputs) > MOST_LINES:
        raise Invalid(field="inputs", problem=N_("A recipe has at most 100 lines."))
    items = _items((*command.inputs, *command.outputs), work)
    lines: list[_Line] = [
        (False, items[line.item].id, line.quantity, None) for line in command.inputs
    ]
    lines += [
        (True, items[line.item].id, line.quantity, line.keeps_days) for line in command.outputs
    ]
    _check(lines)
    return lines


def _items(said: Sequence[RecipeInput | RecipeOutput], work: Work) -> dict[ItemRef, ItemRow]:
    """Return the items of the lines; what is not known and is said to be new is made.

    Raises UnknownItem, UnknownCategory.
    """
    known = find_items(work, [line.item for line in said])
    new: dict[ItemRef, NewItem] = {}
    for line in said:
        if line.item in known:
            continue
        is_new = line.unit is not None or line.category is not None
        if is_new and isinstance(line.item, str):
            unit = line.unit or PIECE
            new.setdefault(line.item, NewItem(line.item, unit, line.category))
        elif line.item not in new:
            raise UnknownItem(field="item", name=line.item)
    return known | add_named(work, new)


def _check(lines: list[_Line]) -> None:
    seen: set[tuple[bool, int]] = set()
    for is_output, item_id, quantity, keeps_days in lines:
        field = "outputs" if is_output else "inputs"
        if not 0 < quantity <= MAX_MOVE:
            raise Invalid(field=field, problem=N_("Say how much: more than nothing."))
        if (is_output, item_id) in seen:
            raise Invalid(field=field, problem=N_("An item stands there twice: add it up."))
        if keeps_days is not None and not 0 <= keeps_days <= _LONGEST_DAYS:
            raise Invalid(field=field, problem=N_("It keeps from 0 days to ten years."))
        seen.add((is_output, item_id))


def _newest(work: Work, recipe_id: int) -> int:
    this = (RecipeVersion.depot_id == work.depot_id) & (RecipeVersion.recipe_id == recipe_id)
    return work.session.scalar(select(func.max(RecipeVersion.version)).where(this)) or 0


def _known_lines(work: Work, recipe_id: int, version: int) -> list[_Line]:
    rows = work.session.execute(
        select(RecipeLine.is_output, RecipeLine.item_id, RecipeLine.quantity, RecipeLine.keeps_days)
        .join(RecipeVersion, RecipeVersion.id == RecipeLine.version_id)
        .where(
            RecipeLine.depot_id == work.depot_id,
            RecipeVersion.recipe_id == recipe_id,
            RecipeVersion.version == version,
        )
        .order_by(RecipeLine.line)
    )
    return [
        (is_output, item_id, quantity, keeps_days)
        for is_output, item_id, quantity, keeps_days in rows
    ]


def _add_version(work: Work, recipe_id: int, version: int, lines: list[_Line]) -> None:
    made = {
        "depot_id": work.depot_id,
        "recipe_id": recipe_id,
        "version": version,
        "made_at": work.recorded_at,
        "person_id": work.actor.person_id,
    }
    statement = insert(RecipeVersion).values(**made).returning(RecipeVersion.id)
    version_id = work.session.execute(statement).scalar_one()
    rows = [
        {
            "depot_id": work.depot_id,
            "version_id": version_id,
            "line": number,
            "is_output": is_output,
            "item_id": item_id,
            "quantity": quantity,
            "keeps_days": keeps_days,
        }
        for number, (is_output, item_id, quantity, keeps_days) in enumerate(lines, start=1)
    ]
    work.session.execute(insert(RecipeLine), rows)
