"""Cook or pack: what went in, what came out, what was made lately, and taking it apart."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_id, reader, show_message
from blueprints.production import words
from blueprints.production.forms import (
    ProductionForm,
    TakeApartSchema,
    production_command,
    production_form,
    unit_choices,
)
from blueprints.words.amounts import typed_amount, units_of
from depot.base.actors import Actor
from depot.base.text import N_
from depot.db.database import current_session
from depot.items.queries import catalog
from depot.kernel.answers import BookedGoods
from depot.kernel.once import Outcome
from depot.production.commands.production import ProducedGoods, produce_goods
from depot.production.commands.taking_apart import TookApart, take_apart
from depot.production.planned import MOST_TIMES
from depot.production.queries.genealogy import genealogy
from depot.production.queries.productions import Production, find_production, recent_productions
from depot.production.queries.recipes import RecipeRow, find_recipe
from depot.words import figures

#: Lines on the page; the next appears when one is filled in.
INPUT_LINES, OUTPUT_LINES, WASTE_LINES = 12, 4, 4


def index() -> ResponseReturnValue:
    """Ask what went in and what came out; show what was made lately.

    With `recipe` and `times` its plan is filled in, with `again` what an entry made last.
    """
    again, recipe_id = query_id("again"), query_id("recipe")
    if again is not None:
        return _page(Form(_as_before(_production(again))))
    if recipe_id is not None:
        times = min(query_id("times") or 1, MOST_TIMES)
        return _page(Form(_as_planned(_recipe(recipe_id), times)))
    return _page(Form())


def produce() -> ResponseReturnValue:
    """Make it."""
    return submit_form(production_form(), _produce, done=_done, again=_page)


def _produce(form: ProductionForm, who: Actor) -> Outcome[ProducedGoods]:
    units = units_of(catalog.item_names(current_session(), who.depot_id, with_loose=True))
    return produce_goods(production_command(form, units, who.depot.weight_unit), who)


def _done(outcome: Outcome[ProducedGoods]) -> ResponseReturnValue:
    made, wasted = _goods(outcome.answer.outputs), _goods(outcome.answer.waste)
    sentence = _("Made: %(what)s.", what=made)
    if wasted:
        sentence = _("Made: %(what)s. Wasted: %(wasted)s.", what=made, wasted=wasted)
    show_message(sentence, outcome)
    return redirect(url_for("production.index"), 303)


def _goods(lines: tuple[BookedGoods, ...]) -> str:
    return ", ".join(
        _(
            "%(item)s (%(amount)s)",
            item=line.item,
            amount=figures.quantity(line.quantity, line.unit, current_reader()),
        )
        for line in lines
    )


def _page(form: Form) -> str:
    session, who = reader()
    items = catalog.item_names(session, who.depot_id, with_loose=True)
    return show_form(
        "production/index.html",
        form,
        items=[item.name for item in items],
        categories=[(row.name, row.name) for row in catalog.categories(session, who.depot_id)],
        unit=who.depot.weight_unit,
        units=unit_choices(who.depot.weight_unit),
        inputs=range(_lines_of(form, "inputs", INPUT_LINES)),
        outputs=range(_lines_of(form, "outputs", OUTPUT_LINES)),
        waste=range(_lines_of(form, "waste", WASTE_LINES)),
        plan=_plan(form),
        made=[
            words.production_text(row, current_reader(), url_for)
            for row in recent_productions(session, who)
        ],
    )


def _lines_of(form: Form, side: str, least: int) -> int:
    """Return how many lines a side needs for what is filled in, and one more to fill in."""
    filled = [int(name.split("-")[1]) for name in form.values if name.startswith(f"{side}-")]
    return max(least, max(filled, default=-1) + 2)


def _plan(form: Form) -> dict[str, str] | None:
    """Return what the recipe that the form names plans, in words; None without one."""
    named, typed = str(form.values.get("recipe") or ""), str(form.values.get("times") or "1")
    if not named.isdecimal() or not typed.isdecimal() or len(named + typed) > 30:
        return None
    session, who = reader()
    row = find_recipe(session, who.depot_id, int(named))
    if row is None:
        return None
    times = min(int(typed), MOST_TIMES)
    return {
        "title": words.version_words(row, times, current_reader()),
        "inputs": words.goods_words(row.inputs, current_reader(), times),
        "outputs": words.goods_words(row.outputs, current_reader(), times),
        "href": url_for("production.recipe", recipe_id=row.id),
    }


def _recipe(recipe_id: int) -> RecipeRow:
    session, who = reader()
    return found_or_404(N_("recipe"), recipe_id, find_recipe(session, who.depot_id, recipe_id))


def _production(entry_id: int) -> Production:
    session, who = reader()
    return found_or_404(N_("entry"), entry_id, find_production(session, who, entry_id))


#: What stands on one side of the form: item, how much of it, its unit.
_Goods = tuple[str, int, str]


def _as_planned(row: RecipeRow, times: int) -> dict[str, Any]:
    """Return the form as a recipe plans it, so many times."""
    return {
        "recipe": row.id,
        "times": times,
        **_typed("inputs", [(one.item, one.quantity * times, one.unit) for one in row.inputs]),
        **_typed("outputs", [(one.item, one.quantity * times, one.unit) for one in row.outputs]),
    }


def _as_before(row: Production) -> dict[str, Any]:
    """Return the form as it was made the last time; dates are new ones."""
    values: dict[str, Any] = {
        **_typed("inputs", [(one.item, one.quantity, one.unit) for one in row.went_in]),
        **_typed("outputs", [(one.item, one.quantity, one.unit) for one in row.came_out]),
    }
    if row.recipe is not None:
        values |= {"recipe": row.recipe.recipe.id, "times": row.recipe.times}
    return values


def _typed(side: str, goods: list[_Goods]) -> dict[str, str]:
    _session, who = reader()
    values = {}
    for index, (item, quantity, unit) in enumerate(goods):
        values[f"{side}-{index}-item"] = item
        amount = typed_amount(quantity, unit, who.depot.weight_unit)
        values[f"{side}-{index}-amount"] = amount
    return values


def apart(entry_id: int) -> ResponseReturnValue:
    """Show what goes and what comes back if it is taken apart."""
    return _apart_page(entry_id, Form())


def do_apart(entry_id: int) -> ResponseReturnValue:
    """Take it apart."""
    return submit_form(
        TakeApartSchema(form=True),
        take_apart,
        done=_taken_apart,
        again=lambda form: _apart_page(entry_id, form),
        extra={"entry_id": entry_id},
    )


def _apart_page(entry_id: int, form: Form) -> str:
    made = words.production_text(_production(entry_id), current_reader(), url_for)
    return show_form("production/apart.html", form, entry_id=entry_id, made=made)


def _taken_apart(outcome: Outcome[TookApart]) -> ResponseReturnValue:
    show_message(_("Taken apart. What went in is here again."), outcome)
    return redirect(url_for("production.index"), 303)


def lot(lot_id: int) -> ResponseReturnValue:
    """Show what a lot is made of and what was made of it, however many steps away."""
    session, who = reader()
    found = found_or_404(N_("lot"), lot_id, genealogy(session, who.depot_id, lot_id))
    return render_template(
        "production/lot.html",
        lot=found.lot,
        facts=" · ".join(words.lot_words(found.lot, current_reader())),
        made_of=[words.kin_text(kin, current_reader(), url_for) for kin in found.made_of],
        went_into=[words.kin_text(kin, current_reader(), url_for) for kin in found.went_into],
    )
