"""The list of categories and the form of one."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show, submit
from blueprints.frame.guards import coordinator
from blueprints.frame.web import reader, tell
from blueprints.stock.frame import ID, bp, found_or_404
from blueprints.stock.schemas import category_schema
from blueprints.stock.words import small_unit, typed_unit_weight
from depot.base.text import N_
from depot.base.units import PIECE
from depot.items.commands.categories import save_category
from depot.items.queries.category_facts import CategoryFacts, category_facts, listed_categories
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome


@bp.get("/categories")
def categories() -> ResponseReturnValue:
    """List all categories in their order."""
    session, who = reader()
    found = listed_categories(session, who.depot_id)
    return render_template("stock/categories.html", who=who, categories=found)


@bp.get("/categories/new")
def new_category() -> ResponseReturnValue:
    """Show an empty form."""
    coordinator()
    return _page(Form({"best_before_extension_days": "0", "is_food": "yes"}), None)


@bp.post("/categories/new")
def create_category() -> ResponseReturnValue:
    """Make a category."""
    schema = category_schema(coordinator().depot.weight_unit)
    return submit(schema, save_category, done=_saved, again=lambda form: _page(form, None))


@bp.get(f"/categories/<{ID}:category_id>/edit")
def edit_category(category_id: int) -> ResponseReturnValue:
    """Show a category's form."""
    who = coordinator()
    facts = _own(category_id)
    values = {
        "name": facts.name,
        "position": facts.position,
        "best_before_extension_days": facts.best_before_extension_days,
        "average_unit_weight": typed_unit_weight(
            facts.average_unit_milligrams, PIECE, who.depot.weight_unit
        ),
        "note": facts.note,
        "is_food": "yes" if facts.is_food else "",
        "archived": "yes" if facts.archived else "",
    }
    return _page(Form(values), facts)


@bp.post(f"/categories/<{ID}:category_id>/edit")
def update_category(category_id: int) -> ResponseReturnValue:
    """Save a category."""
    who = coordinator()
    facts = _own(category_id)
    return submit(
        category_schema(who.depot.weight_unit),
        save_category,
        done=_saved,
        again=lambda form: _page(form, facts),
        extra={"category_id": category_id},
    )


def _own(category_id: int) -> CategoryFacts:
    session, who = reader()
    facts: CategoryFacts = found_or_404(
        N_("category"), category_id, category_facts(session, who.depot_id, category_id)
    )
    return facts


def _page(form: Form, facts: CategoryFacts | None) -> str:
    _session, who = reader()
    small = small_unit(who.depot.weight_unit)
    return show("stock/edit_category.html", form, facts=facts, small_unit=small)


def _saved(outcome: Outcome[Saved]) -> ResponseReturnValue:
    tell(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("stock.categories"), 303)
