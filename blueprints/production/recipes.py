"""Recipes: their list, one with its versions, and the form of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.editor import Editor
from blueprints.frame.forms import Form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader
from blueprints.production.forms import RecipeForm, goods_choices, recipe_command, recipe_form
from blueprints.production.words import goods_words
from blueprints.words.amounts import typed_amount, units_of
from depot.base.actors import Actor
from depot.base.text import N_
from depot.db.database import current_session
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.production.commands.recipes import SavedRecipe, save_recipe
from depot.production.queries import recipes as query
from depot.production.queries.recipes import RecipeGoods, RecipeRow
from depot.words import figures

#: Lines of a recipe's form; one that has more gets as many.
INPUT_LINES, OUTPUT_LINES = 12, 4


def recipes() -> ResponseReturnValue:
    """List all recipes by name."""
    session, who = reader()
    rows = query.listed_recipes(session, who.depot_id)
    return render_template(
        "production/recipes.html", who=who, recipes=[(row, _sides(row)) for row in rows]
    )


def _sides(row: RecipeRow) -> str:
    sides = {
        "inputs": goods_words(row.inputs, current_reader()),
        "outputs": goods_words(row.outputs, current_reader()),
    }
    return str(_("%(inputs)s → %(outputs)s", **sides))


def recipe(recipe_id: int) -> ResponseReturnValue:
    """Show a recipe, how to make it, and its versions."""
    session, who = reader()
    row = _own(recipe_id)
    last = query.last_made(session, who.depot_id, recipe_id)
    versions = query.recipe_versions(session, who.depot_id, recipe_id)
    return render_template(
        "production/recipe.html",
        who=who,
        recipe=row,
        again=url_for("production.index", again=last) if last else None,
        inputs=[_line(one) for one in row.inputs],
        outputs=[_line(one) for one in row.outputs],
        versions=[(one, _sides(one), saved_words(one.made_at, one.person)) for one in versions],
        values={"times": "1"},
        errors={},
    )


def _line(one: RecipeGoods) -> tuple[RecipeGoods, str, str | None]:
    """Return a line, how much of it, and how long it keeps."""
    amount = figures.quantity(one.quantity, one.unit, current_reader())
    if one.keeps_days is None:
        return one, amount, None
    days = figures.number(one.keeps_days, current_reader())
    return one, amount, str(_("use by %(days)s days after making", days=days))


def saved_words(made_at: datetime, person: str | None) -> str:
    """Return when a version was saved, and by whom."""
    moment = figures.moment(made_at, current_reader())
    if person is None:
        return moment
    return str(_("%(when)s, by %(name)s", when=moment, name=person))


def _own(recipe_id: int) -> RecipeRow:
    session, who = reader()
    found = query.find_recipe(session, who.depot_id, recipe_id)
    return found_or_404(N_("recipe"), recipe_id, found)


def _values(row: RecipeRow) -> dict[str, Any]:
    _session, who = reader()
    values: dict[str, Any] = {"name": row.name, "archived": "yes" if row.archived else ""}
    for side, lines in (("inputs", row.inputs), ("outputs", row.outputs)):
        for index, one in enumerate(lines):
            amount = typed_amount(one.quantity, one.unit, who.depot.weight_unit)
            keeps = "" if one.keeps_days is None else str(one.keeps_days)
            values |= {
                f"{side}-{index}-item": one.item,
                f"{side}-{index}-amount": amount,
                f"{side}-{index}-keeps_days": keeps,
            }
    return values


def _context(_form: Form, row: RecipeRow | None) -> dict[str, Any]:
    return goods_choices() | {
        "recipe": row,
        "inputs": range(max(INPUT_LINES, len(row.inputs) + 2 if row else 0)),
        "outputs": range(max(OUTPUT_LINES, len(row.outputs) + 2 if row else 0)),
    }


def _save(form: RecipeForm, who: Actor) -> Outcome[SavedRecipe]:
    units = units_of(catalog.item_names(current_session(), who.depot_id, with_loose=True))
    return save_recipe(recipe_command(form, units, who.depot.weight_unit), who)


def _saved_sentence(outcome: Outcome[SavedRecipe]) -> str:
    values = {"recipe": outcome.answer.name, "version": outcome.answer.version}
    return str(_("Saved: %(recipe)s, version %(version)s.", **values))


EDITOR: Final = Editor(
    key="recipe_id",
    find=_own,
    blank=dict,
    values=_values,
    schema=recipe_form,
    save=_save,
    template="production/edit_recipe.html",
    context=_context,
    after=lambda outcome: url_for("production.recipe", recipe_id=outcome.answer.id),
    sentence=_saved_sentence,
)
