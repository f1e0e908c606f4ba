"""Cook or pack: what went in, what came out, and what was made lately."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.production.schemas import ProductionForm, production_command, production_form
from blueprints.words import entries
from blueprints.words.amounts import units_of
from blueprints.words.entries import EntryText
from depot.base.actors import Actor
from depot.db.database import current_session
from depot.entries.queries.entry_lines import LineRow
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.production.commands import ProducedGoods, produce_goods
from depot.production.queries import Ingredient, Production, recent_productions
from depot.words import figures

#: Lines on the page; the next appears when one is filled in.
INPUT_LINES, OUTPUT_LINES = 12, 4


@dataclass(frozen=True, slots=True)
class ProductionText:
    """A production in words: its row, and what went in by lot."""

    told: EntryText
    came_out: tuple[str, ...]
    went_in: tuple[str, ...]


def index() -> ResponseReturnValue:
    """Ask what went in and what came out; show what was made lately."""
    return _page(Form())


def produce() -> ResponseReturnValue:
    """Make it."""
    return submit_form(production_form(), _produce, done=_done, again=_page)


def _produce(form: ProductionForm, who: Actor) -> Outcome[ProducedGoods]:
    units = units_of(catalog.item_names(current_session(), who.depot_id, with_loose=True))
    return produce_goods(production_command(form, units, who.depot.weight_unit), who)


def _done(outcome: Outcome[ProducedGoods]) -> ResponseReturnValue:
    made = ", ".join(
        _(
            "%(item)s (%(amount)s)",
            item=line.item,
            amount=figures.quantity(line.quantity, line.unit, current_reader()),
        )
        for line in outcome.answer.outputs
    )
    show_message(_("Made: %(what)s.", what=made), outcome)
    return redirect(url_for("production.index"), 303)


def _page(form: Form) -> str:
    session, who = reader()
    return show_form(
        "production/index.html",
        form,
        items=[item.name for item in catalog.item_names(session, who.depot_id, with_loose=True)],
        categories=[(row.name, row.name) for row in catalog.categories(session, who.depot_id)],
        unit=who.depot.weight_unit,
        units=_units(who.depot.weight_unit),
        inputs=range(INPUT_LINES),
        outputs=range(OUTPUT_LINES),
        made=[_made(row) for row in recent_productions(session, who)],
    )


def _units(weight_unit: str) -> list[tuple[str, str]]:
    """Return the units a new item may have, besides pieces, which is what is meant by nothing."""
    return [
        ("gram", _("pounds") if weight_unit == "lb" else _("kilograms")),
        ("millilitre", _("litres")),
    ]


def _made(row: Production) -> ProductionText:
    return ProductionText(
        entries.describe_entry(row.entry, current_reader(), url_for),
        tuple(_output(line) for line in row.outputs),
        tuple(_input(ingredient) for ingredient in row.inputs),
    )


def _output(line: LineRow) -> str:
    return str(
        _(
            "%(amount)s %(item)s, %(date)s",
            amount=figures.quantity(line.quantity, line.unit, current_reader()),
            item=line.item,
            date=figures.lot_date(line.date_kind, line.date_text, current_reader()),
        )
    )


def _input(ingredient: Ingredient) -> str:
    line, origin = ingredient.line, ingredient.origin
    params = {
        "amount": figures.quantity(line.quantity, line.unit, current_reader()),
        "item": line.item,
        "date": figures.lot_date(line.date_kind, line.date_text, current_reader()),
        "origin": _origin(ingredient),
    }
    if origin.origin_kind == "opening":
        return str(_("%(amount)s %(item)s, %(date)s, here at the start", **params))
    return str(_("%(amount)s %(item)s, %(date)s, %(origin)s", **params))


def _origin(ingredient: Ingredient) -> str:
    origin = ingredient.origin
    if origin.produced_by_seq:
        return str(_("made here, line %(seq)s", seq=origin.produced_by_seq))
    if origin.partner:
        return str(_("from %(who)s", who=origin.partner))
    return str(_(entries.SOURCE_WORDS.get(origin.origin_kind, "Other")))
