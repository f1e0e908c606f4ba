"""What a recipe plans, as commands need it: its newest version and the lines of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from depot.base.dates import UNDATED, LotDate
from depot.base.errors import Invalid, NotFound
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import MAX_MOVE
from depot.kernel.once import Work
from depot.models import Recipe, RecipeLine, RecipeVersion

#: Nobody makes more than this of one recipe in one go.
MOST_TIMES: Final = 10_000


@dataclass(frozen=True, slots=True)
class PlannedGoods:
    """So much of an item goes in, or comes out, when a recipe is made once."""

    item_id: int
    quantity: int
    is_output: bool
    keeps_days: int | None


@dataclass(frozen=True, slots=True)
class PlannedRecipe:
    """A recipe's newest version."""

    recipe_id: int
    version_id: int
    version: int
    lines: tuple[PlannedGoods, ...]

    def side(self, *, is_output: bool) -> list[PlannedGoods]:
        """Return what goes in, or what comes out."""
        return [line for line in self.lines if line.is_output is is_output]

    def date_of(self, item_id: int, made_on: date) -> LotDate:
        """Return the date of what comes out of it, made on that day; undated if it says none."""
        for line in self.lines:
            if line.is_output and line.item_id == item_id and line.keeps_days is not None:
                on = made_on + timedelta(days=line.keeps_days)
                return LotDate("use_by", on.isoformat(), "day", on)
        return UNDATED


def load_recipe(work: Work, ref: int | str, times: int) -> PlannedRecipe:
    """Return the newest version of the recipe named (two statements).

    Raises NotFound, and Invalid for a number of times that nobody makes it.
    """
    if not 0 < times <= MOST_TIMES:
        raise Invalid(
            field="times",
            problem=N_("A recipe is made once or more often, and at most 10,000 times in one go."),
        )
    named = Recipe.id == ref if isinstance(ref, int) else Recipe.name_key == name_key(ref)
    found = work.session.execute(
        select(Recipe.id, RecipeVersion.id, RecipeVersion.version)
        .join(RecipeVersion, RecipeVersion.recipe_id == Recipe.id)
        .where(Recipe.depot_id == work.depot_id, RecipeVersion.depot_id == work.depot_id, named)
        .order_by(RecipeVersion.version.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound(field="recipe", what=N_("recipe"), name=ref)
    recipe_id, version_id, version = found
    rows = work.session.scalars(
        select(RecipeLine)
        .where(RecipeLine.depot_id == work.depot_id, RecipeLine.version_id == version_id)
        .order_by(RecipeLine.line)
    )
    lines = tuple(
        PlannedGoods(row.item_id, _multiplied(row.quantity, times), row.is_output, row.keeps_days)
        for row in rows
    )
    return PlannedRecipe(recipe_id, version_id, version, lines)


def _multiplied(quantity: int, times: int) -> int:
    if quantity * times > MAX_MOVE:
        raise Invalid(field="times", problem=N_("So much is never made in one go."))
    return quantity * times
