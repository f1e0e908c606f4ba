"""The list of categories and the form of one."""

from __future__ import annotations

from typing import Any, Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.editor import Editor
from blueprints.frame.forms import Form
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader
from blueprints.items.schemas import category_schema
from blueprints.items.words import typed_unit_weight
from depot.base.text import N_
from depot.base.units import PIECE
from depot.items.commands.categories import save_category
from depot.items.queries.category_facts import CategoryFacts, category_facts, listed_categories


def categories() -> ResponseReturnValue:
    """List all categories in their order."""
    session, who = reader()
    found = listed_categories(session, who.depot_id)
    return render_template("items/categories.html", who=who, categories=found)


def _own(category_id: int) -> CategoryFacts:
    session, who = reader()
    facts = category_facts(session, who.depot_id, category_id)
    return found_or_404(N_("category"), category_id, facts)


def _values(facts: CategoryFacts) -> dict[str, Any]:
    weight_unit = actor().depot.weight_unit
    return {
        "name": facts.name,
        "position": facts.position,
        "best_before_extension_days": facts.best_before_extension_days,
        "average_unit_weight": typed_unit_weight(facts.average_unit_milligrams, PIECE, weight_unit),
        "note": facts.note,
        "is_food": "yes" if facts.is_food else "",
        "archived": "yes" if facts.archived else "",
    }


def _context(_form: Form, facts: CategoryFacts | None) -> dict[str, Any]:
    return {"facts": facts}


EDITOR: Final = Editor(
    key="category_id",
    find=_own,
    blank=lambda: {"best_before_extension_days": "0", "is_food": "yes"},
    values=_values,
    schema=lambda: category_schema(actor().depot.weight_unit),
    save=save_category,
    template="items/edit_category.html",
    context=_context,
    after=lambda _outcome: url_for("items.categories"),
)
