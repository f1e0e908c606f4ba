"""The list of categories and the form of one."""

from __future__ import annotations

from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.editor import Editor
from blueprints.frame.fields import Choice, ToldSchema, WriteSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader, show_message
from blueprints.items.schemas import category_schema
from blueprints.items.words import (
    life_units,
    life_words,
    table_changes,
    typed_life,
    typed_unit_weight,
)
from blueprints.words.listing.icons import category_icon
from depot.base.text import N_
from depot.base.units import PIECE
from depot.items.commands.categories import save_category
from depot.items.commands.shelf_lives import TakenShelfLives, TakeShelfLives, take_shelf_lives
from depot.items.queries.category_facts import CategoryFacts, category_facts, listed_categories
from depot.items.shelf_lives import TABLES
from depot.kernel.once import Outcome


def categories() -> ResponseReturnValue:
    """List all categories in their order."""
    session, who = reader()
    found = listed_categories(session, who.depot_id)
    return render_template(
        "items/categories.html",
        who=who,
        category_icon=category_icon,
        categories=[(one, life_words(one.shelf_life, current_reader())) for one in found],
    )


def _own(category_id: int) -> CategoryFacts:
    session, who = reader()
    facts = category_facts(session, who.depot_id, category_id)
    return found_or_404(N_("category"), category_id, facts)


def _values(facts: CategoryFacts) -> dict[str, Any]:
    weight_unit = actor().depot.weight_unit
    return {
        "name": facts.name,
        "position": facts.position,
        **typed_life(facts.shelf_life, facts.shelf_life_source),
        "average_unit_weight": typed_unit_weight(facts.average_unit_milligrams, PIECE, weight_unit),
        "note": facts.note,
        "is_food": "yes" if facts.is_food else "",
        "archived": "yes" if facts.archived else "",
    }


def _context(_form: Form, facts: CategoryFacts | None) -> dict[str, Any]:
    return {"facts": facts, "life_units": life_units(current_reader())}


EDITOR: Final = Editor(
    key="category_id",
    find=_own,
    blank=lambda: {"shelf_life_amount": "0", "shelf_life_unit": "day", "is_food": "yes"},
    values=_values,
    schema=lambda: category_schema(actor().depot.weight_unit),
    save=save_category,
    template="items/edit_category.html",
    context=_context,
    after=lambda _outcome: url_for("items.categories"),
)


class TakeSchema(ToldSchema, WriteSchema):
    """Which start table is taken."""

    makes = TakeShelfLives

    class Meta:
        exclude = ("occurred_at",)

    table = Choice(tuple(TABLES), required=True)


def shelf_lives() -> ResponseReturnValue:
    """Show the start tables, and what each would change."""
    return _tables(Form())


def _tables(form: Form) -> str:
    session, who = reader()
    reads = current_reader()
    found = listed_categories(session, who.depot_id)
    tables = [
        (
            table,
            reads.gettext(table.name),
            reads.gettext(table.source),
            table_changes(table, found, reads),
        )
        for table in TABLES.values()
    ]
    return show_form("items/shelf_lives.html", form, tables=tables)


def take() -> ResponseReturnValue:
    """Take a start table."""
    return submit_form(TakeSchema(form=True), take_shelf_lives, done=_taken, again=_tables)


def _taken(outcome: Outcome[TakenShelfLives]) -> ResponseReturnValue:
    changed = outcome.answer.changed
    show_message(_("Categories that changed: %(count)s", count=changed))
    return redirect(url_for("items.categories"), 303)
