"""Items: their list, one with all that happened to it, and the form of one."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any, Final

from flask import jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.editor import Editor
from blueprints.frame.forms import Form, show_form
from blueprints.frame.guards import actor
from blueprints.frame.language import (
    LanguageChoice,
    current_reader,
    language_choices,
    own_language,
)
from blueprints.frame.web import found_or_404, query_id, query_text, reader
from blueprints.items.schemas import item_schema
from blueprints.items.words import (
    life_units,
    typed_life,
    typed_unit_weight,
    unit_weight_words,
    unit_words,
)
from blueprints.words.amounts import understand
from blueprints.words.entries import describe_entry
from blueprints.words.listing.arranged import Arrangement, read_arranged
from blueprints.words.listing.icons import category_icon
from blueprints.words.listing.paged import page_after
from blueprints.words.photos.shown import photos
from blueprints.words.weights import weight_text
from depot.base.allergens import DIETS
from depot.base.clock import local_day, utc_now
from depot.base.errors import NotFound
from depot.base.names import natural_sort_key
from depot.base.text import N_
from depot.base.units import BASE_UNITS, GRAM
from depot.db.database import current_session
from depot.distribution.queries.promises import promises_of_item
from depot.items.commands.items import save_item
from depot.items.item_names import names_of_items
from depot.items.queries import catalog
from depot.items.queries.foods import item_foods, used_diets
from depot.items.queries.item_codes import codes_of_item
from depot.ledger.choice.free_stock import add_figures
from depot.safety.queries.holds import open_holds_of
from depot.stock.queries import items, stock
from depot.stock.queries.items import ItemFacts
from depot.words import figures
from depot.words.allergens import allergen_choices, diet_choices, food_words

LIST: Final = Arrangement(
    key="items",
    orders={"item": N_("Item"), "category": N_("Category")},
    columns={
        "category": N_("Category"),
        "weighs": N_("One weighs"),
        "weight": N_("Weight"),
    },
    size=100,
)


def all_items() -> ResponseReturnValue:
    """List all items, those put away too; loose goods only where there are some."""
    session, who = reader()
    search = query_text("q")
    found = items.listed_items(session, who.depot_id, search)
    arranged = read_arranged(LIST)
    rows = _in_order([row for row in found if row.quantity or not row.is_loose], arranged.order)
    shown, last = page_after(rows, lambda row: row.id, query_id("after"), arranged.size)
    asked: dict[str, Any] = {"q": search} if search else {}
    return render_template(
        "items/items.html",
        who=who,
        items=shown,
        photos=photos([row.id for row in shown]),
        arranged=arranged,
        asked=asked,
        next=last and url_for("items.all_items", **asked | arranged.values, after=last),
        one_weighs=partial(
            unit_weight_words, weight_unit=who.depot.weight_unit, reader=current_reader()
        ),
        weight_text=partial(weight_text, reader=current_reader()),
        category_icon=category_icon,
        values={"q": search},
        errors={},
    )


def _in_order(rows: list[ItemFacts], order: str) -> list[ItemFacts]:
    """Return the items, which come by name, in the order that was asked for."""
    if order == "category":
        return sorted(rows, key=lambda row: (row.archived, natural_sort_key(row.category)))
    return rows


def item(item_id: int) -> ResponseReturnValue:
    """Show an item: how much is here, where and how old, and what happened to it."""
    return show_item(item_id, Form())


def show_item(item_id: int, form: Form) -> str:
    """Return an item's page; `form` is that of its photo."""
    session, who = reader()
    facts = found_or_404(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    after = query_id("after")
    page = items.movements(session, who, item_id, after)
    lots = stock.lots_of_item(session, who.depot_id, item_id)
    held = [lot.lot_id for lot in lots if lot.held_because is not None]
    today = local_day(utc_now(), who.depot.time_zone)
    promised_to = promises_of_item(session, who.depot_id, item_id, today)
    promised = sum(one.quantity for one in promised_to)
    return show_form(
        "items/item.html",
        form,
        who=who,
        photo=photos([item_id]).picture(item_id),
        facts=facts,
        unit_words=unit_words(current_reader()),
        other_names=_other_names(facts),
        food=food_words(item_foods(session, who.depot_id, [item_id])[item_id], current_reader()),
        made={
            lot.lot_id: food_words(lot.food, current_reader())
            for lot in lots
            if lot.origin_kind == "production"
        },
        one_weighs=unit_weight_words(facts, who.depot.weight_unit, current_reader()),
        lots=lots,
        figures=add_figures([lot.dated for lot in lots], today, promised),
        promised_to=promised_to,
        holds=open_holds_of(session, who.depot_id, held),
        movements=[
            (
                describe_entry(row.entry, current_reader(), url_for),
                figures.quantity(row.balance, facts.unit, current_reader()),
            )
            for row in page.rows
        ],
        newest=url_for("items.item", item_id=item_id) if after else None,
        older=url_for("items.item", item_id=item_id, after=page.next) if page.next else None,
        today=today,
        weight_text=partial(weight_text, reader=current_reader()),
        codes=codes_of_item(session, who.depot_id, item_id),
    )


def _other_names(facts: ItemFacts) -> list[tuple[LanguageChoice, str]]:
    """Return what the item is called in each language, for the languages there are."""
    told = _names_of(facts)
    return [(one, told[one.name]) for one in language_choices() if one.name in told]


def _names_of(facts: ItemFacts) -> dict[str, str]:
    return names_of_items(current_session(), actor().depot_id, [facts.id]).get(facts.id, {})


def _own(item_id: int) -> ItemFacts:
    """Return the item to edit; loose goods belong to their category and have no form."""
    session, who = reader()
    facts = found_or_404(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    if facts.is_loose:
        raise NotFound(what=N_("item"), name=item_id)
    return facts


def _values(facts: ItemFacts) -> dict[str, Any]:
    unit_weight = None if facts.unit == GRAM else facts.unit_weight_milligrams
    values: dict[str, Any] = {
        "name": facts.name,
        "category": facts.category_id,
        "base_unit": facts.unit,
        "unit_weight": typed_unit_weight(unit_weight, facts.unit, actor().depot.weight_unit),
        "note": facts.note,
        **typed_life(facts.shelf_life, facts.shelf_life_source),
        "archived": "yes" if facts.archived else "",
    }
    values |= {n: code for n, code, _word in _allergen_fields() if code in facts.stated.allergens}
    values |= {n: code for n, code, _word in _diet_fields() if code in facts.stated.diets}
    values["own_diets"] = ", ".join(word for word in facts.stated.diets if word not in DIETS)
    told = _names_of(facts)
    for field, one in _name_fields():
        values[field] = told.get(one.name, "")
    values["allergens_known"] = "yes" if facts.stated.is_known else ""
    return values


def _context(_form: Form, facts: ItemFacts | None) -> dict[str, Any]:
    session, who = reader()
    words = unit_words(current_reader())
    choices = [(row.id, row.name) for row in catalog.categories(session, who.depot_id)]
    if facts is not None and facts.category_id not in dict(choices):
        choices.append((facts.category_id, facts.category))
    return {
        "facts": facts,
        "is_booked": facts is not None and items.is_booked(session, who.depot_id, facts.id),
        "units": [(unit, words[unit]) for unit in BASE_UNITS],
        "unit_word": words[facts.unit] if facts else "",
        "categories": choices,
        "allergens": _allergen_fields(),
        "diets": _diet_fields(),
        "used_diets": used_diets(session, who.depot_id),
        "life_units": life_units(current_reader()),
        "name_fields": _name_fields(),
    }


def _name_fields() -> list[tuple[str, LanguageChoice]]:
    """Return the field of a name in each language but that of the item's own name."""
    own = own_language(actor().depot)
    others = [one for one in language_choices() if one.name != own]
    return [(f"names-{number}-name", one) for number, one in enumerate(others)]


def _allergen_fields() -> list[tuple[str, str, str]]:
    """Return each allergen's field: its name in the form, its value, its word."""
    return [
        (f"allergens-{number}-code", code, word)
        for number, (code, word) in enumerate(allergen_choices(current_reader()))
    ]


def _diet_fields() -> list[tuple[str, str, str]]:
    """Return each diet's field, as of an allergen."""
    return [
        (f"diets-{number}-code", code, word)
        for number, (code, word) in enumerate(diet_choices(current_reader()))
    ]


EDITOR: Final = Editor(
    key="item_id",
    find=_own,
    blank=lambda: {"base_unit": "piece"},
    values=_values,
    schema=lambda: item_schema(actor().depot.weight_unit),
    save=save_item,
    template="items/edit_item.html",
    context=_context,
    after=lambda outcome: url_for("items.item", item_id=outcome.answer.id),
)


def understand_amount() -> ResponseReturnValue:
    """Tell a page's script what is typed into a field would be booked as; nothing is booked."""
    found = understand(query_text("text"), _field_unit(query_text("unit")), query_text("item"))
    return jsonify(asdict(found))


def _field_unit(text: str) -> str:
    return text if text in (*BASE_UNITS, figures.SMALL) else ""
