"""Recipes as people read them: their lines, their versions, and when they were made last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from depot.ledger.item_names import ITEM_NAME
from depot.models import (
    Item,
    Person,
    Recipe,
    RecipeLine,
    RecipeUse,
    RecipeVersion,
    StockEntry,
)


@dataclass(frozen=True, slots=True)
class RecipeGoods:
    """So much of an item goes in, or comes out, when it is made once."""

    item_id: int
    item: str
    unit: str
    quantity: int
    keeps_days: int | None


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """A recipe in one of its versions."""

    id: int
    name: str
    archived: bool
    version_id: int
    version: int
    made_at: datetime
    person: str | None
    inputs: tuple[RecipeGoods, ...]
    outputs: tuple[RecipeGoods, ...]


@dataclass(frozen=True, slots=True)
class RecipeUsed:
    """By which version of which recipe an entry was made, and how often."""

    entry_id: int
    recipe: RecipeRow
    times: int


def recipes_after(session: Session, depot_id: int, after: int, limit: int) -> list[RecipeRow]:
    """Return the depot's recipes in their newest versions, in the order of their ids, a page."""
    page = (
        select(Recipe.id)
        .where(Recipe.depot_id == depot_id, Recipe.id > after)
        .order_by(Recipe.id)
        .limit(limit)
    )
    rows = _rows(session, depot_id, _is_newest(), Recipe.id.in_(page))
    return sorted(rows, key=lambda row: row.id)


def listed_recipes(session: Session, depot_id: int) -> list[RecipeRow]:
    """Return all recipes by name, those no longer in use last (two statements)."""
    rows = _rows(session, depot_id, _is_newest())
    return sorted(rows, key=lambda row: (row.archived, row.name.casefold()))


def find_recipe(session: Session, depot_id: int, recipe_id: int) -> RecipeRow | None:
    """Return a recipe in its newest version; None if the depot has none with that id."""
    found = _rows(session, depot_id, _is_newest(), Recipe.id == recipe_id)
    return found[0] if found else None


def recipe_versions(session: Session, depot_id: int, recipe_id: int) -> list[RecipeRow]:
    """Return all versions of a recipe, the newest first."""
    rows = _rows(session, depot_id, Recipe.id == recipe_id)
    return sorted(rows, key=lambda row: -row.version)


def recipes_used(
    session: Session, depot_id: int, entry_ids: Collection[int]
) -> dict[int, RecipeUsed]:
    """Return by what the entries were made, by entry id; those without a recipe are missing."""
    uses = session.execute(
        select(RecipeUse.entry_id, RecipeUse.version_id, RecipeUse.times).where(
            RecipeUse.depot_id == depot_id, RecipeUse.entry_id.in_(entry_ids)
        )
    ).all()
    if not uses:
        return {}
    versions = _rows(session, depot_id, RecipeVersion.id.in_({use.version_id for use in uses}))
    by_id = {row.version_id: row for row in versions}
    return {
        use.entry_id: RecipeUsed(use.entry_id, by_id[use.version_id], use.times) for use in uses
    }


def last_made(session: Session, depot_id: int, recipe_id: int) -> int | None:
    """Return the last entry that made the recipe, in any version, and was not undone."""
    undo = aliased(StockEntry)
    return session.scalar(
        select(StockEntry.id)
        .join(RecipeUse, RecipeUse.entry_id == StockEntry.id)
        .join(RecipeVersion, RecipeVersion.id == RecipeUse.version_id)
        .outerjoin(undo, undo.reverses_id == StockEntry.id)
        .where(StockEntry.depot_id == depot_id, RecipeUse.depot_id == depot_id)
        .where(RecipeVersion.depot_id == depot_id, RecipeVersion.recipe_id == recipe_id)
        .where(undo.id.is_(None))
        .order_by(StockEntry.seq.desc())
        .limit(1)
    )


def _is_newest() -> ColumnElement[bool]:
    other = aliased(RecipeVersion)
    newest = (
        select(func.max(other.version))
        .where(other.depot_id == Recipe.depot_id, other.recipe_id == Recipe.id)
        .correlate(Recipe)
        .scalar_subquery()
    )
    return RecipeVersion.version == newest


def _rows(session: Session, depot_id: int, *which: ColumnElement[bool]) -> list[RecipeRow]:
    """Return the versions that `which` names, with their lines (two statements)."""
    found = session.execute(
        select(Recipe, RecipeVersion, Person.name.label("person"))
        .join(RecipeVersion, RecipeVersion.recipe_id == Recipe.id)
        .outerjoin(Person, Person.id == RecipeVersion.person_id)
        .where(Recipe.depot_id == depot_id, RecipeVersion.depot_id == depot_id, *which)
    ).all()
    goods = _goods(session, depot_id, {row.RecipeVersion.id for row in found})
    return [
        RecipeRow(
            row.Recipe.id,
            row.Recipe.name,
            row.Recipe.archived,
            row.RecipeVersion.id,
            row.RecipeVersion.version,
            row.RecipeVersion.made_at,
            row.person,
            tuple(goods[row.RecipeVersion.id, False]),
            tuple(goods[row.RecipeVersion.id, True]),
        )
        for row in found
    ]


def _goods(
    session: Session, depot_id: int, versions: Collection[int]
) -> defaultdict[tuple[int, bool], list[RecipeGoods]]:
    goods: defaultdict[tuple[int, bool], list[RecipeGoods]] = defaultdict(list)
    if not versions:
        return goods
    rows = session.execute(
        select(RecipeLine, ITEM_NAME, Item.base_unit)
        .join(Item, Item.id == RecipeLine.item_id)
        .where(RecipeLine.depot_id == depot_id, RecipeLine.version_id.in_(versions))
        .order_by(RecipeLine.version_id, RecipeLine.line)
    )
    for line, name, unit in rows:
        found = RecipeGoods(line.item_id, name, unit, line.quantity, line.keeps_days)
        goods[line.version_id, line.is_output].append(found)
    return goods
