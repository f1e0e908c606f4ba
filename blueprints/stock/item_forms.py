"""The list of items and the form of one."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show, submit
from blueprints.frame.guards import coordinator
from blueprints.frame.web import asked, reader, tell
from blueprints.stock.frame import ID, bp, found_or_404
from blueprints.stock.schemas import item_schema
from blueprints.stock.words import small_unit, typed_unit_weight, unit_words
from blueprints.words.allergens import allergen_choices
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.base.units import BASE_UNITS, GRAM
from depot.items.commands.items import save_item
from depot.items.queries import catalog
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome
from depot.stock.queries import items
from depot.stock.queries.items import ItemFacts


@bp.get("/items")
def all_items() -> ResponseReturnValue:
    """List all items, those put away too; loose goods only where there are some."""
    session, who = reader()
    search = asked("q")
    found = items.listed_items(session, who.depot_id, search)
    return render_template(
        "stock/items.html",
        who=who,
        items=[row for row in found if row.quantity or not row.is_loose],
        values={"q": search},
        errors={},
    )


@bp.get("/items/new")
def new_item() -> ResponseReturnValue:
    """Show an empty form."""
    coordinator()
    return _page(Form({"base_unit": "piece"}), None)


@bp.post("/items/new")
def create_item() -> ResponseReturnValue:
    """Make an item."""
    schema = item_schema(coordinator().depot.weight_unit)
    return submit(schema, save_item, done=_saved, again=lambda form: _page(form, None))


@bp.get(f"/items/<{ID}:item_id>/edit")
def edit_item(item_id: int) -> ResponseReturnValue:
    """Show an item's form."""
    facts = _own(item_id)
    unit_weight = None if facts.unit == GRAM else facts.unit_weight_milligrams
    values = {
        "name": facts.name,
        "category": facts.category_id,
        "base_unit": facts.unit,
        "unit_weight": typed_unit_weight(unit_weight, facts.unit, coordinator().depot.weight_unit),
        "note": facts.note,
        "archived": "yes" if facts.archived else "",
    }
    codes = dict.fromkeys(facts.allergens)
    values |= {name: code for name, code, _word in _allergen_fields() if code in codes}
    return _page(Form(values), facts)


@bp.post(f"/items/<{ID}:item_id>/edit")
def update_item(item_id: int) -> ResponseReturnValue:
    """Save an item."""
    facts = _own(item_id)
    return submit(
        item_schema(coordinator().depot.weight_unit),
        save_item,
        done=_saved,
        again=lambda form: _page(form, facts),
        extra={"item_id": item_id},
    )


def _own(item_id: int) -> ItemFacts:
    """Return the item to edit; loose goods belong to their category and have no form."""
    coordinator()
    session, who = reader()
    facts: ItemFacts = found_or_404(
        N_("item"), item_id, items.item_facts(session, who.depot_id, item_id)
    )
    if facts.is_loose:
        raise NotFound(what=N_("item"), name=item_id)
    return facts


def _page(form: Form, facts: ItemFacts | None) -> str:
    session, who = reader()
    booked = facts is not None and items.is_booked(session, who.depot_id, facts.id)
    words = unit_words()
    choices = [(row.id, row.name) for row in catalog.categories(session, who.depot_id)]
    if facts is not None and facts.category_id not in dict(choices):
        choices.append((facts.category_id, facts.category))
    return show(
        "stock/edit_item.html",
        form,
        facts=facts,
        is_booked=booked,
        units=[(unit, words[unit]) for unit in BASE_UNITS],
        unit_word=words[facts.unit] if facts else "",
        categories=choices,
        small_unit=small_unit(who.depot.weight_unit),
        allergens=_allergen_fields(),
    )


def _allergen_fields() -> list[tuple[str, str, str]]:
    """Return each allergen's field: its name in the form, its value, its word."""
    return [
        (f"allergens-{number}-code", code, word)
        for number, (code, word) in enumerate(allergen_choices())
    ]


def _saved(outcome: Outcome[Saved]) -> ResponseReturnValue:
    tell(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("stock.item", item_id=outcome.answer.id), 303)
