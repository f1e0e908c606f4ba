"""Parcels: their list, one with its variants and versions, and the form of one."""

from __future__ import annotations

from typing import Any, Final

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.editor import Editor
from blueprints.frame.forms import Form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_id, reader
from blueprints.production.forms import goods_choices
from blueprints.production.parcels import words
from blueprints.production.parcels.forms import (
    ParcelForm,
    form_values,
    parcel_command,
    parcel_form,
)
from blueprints.production.recipes import saved_words
from blueprints.words.amounts import units_of
from depot.base.actors import Actor
from depot.base.text import N_
from depot.db.database import current_session
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.production.commands.parcels import SavedParcel, save_parcel
from depot.production.parcel_rows import ParcelRow
from depot.production.queries import parcels as query

#: Lines of a parcel's form; one that has more gets as many.
LINES: Final = 10


def parcels() -> ResponseReturnValue:
    """List all parcels by name; for an event, each leads to its grid."""
    session, who = reader()
    rows = query.listed_parcels(session, who.depot_id)
    event_id = query_id("event")
    endpoint = "production.parcel" if event_id is None else "production.households"
    return render_template(
        "production/parcels/parcels.html",
        who=who,
        parcels=[
            (
                row,
                words.contents(row, current_reader()),
                url_for(endpoint, parcel_id=row.id, event=event_id),
            )
            for row in rows
        ],
    )


def parcel(parcel_id: int) -> ResponseReturnValue:
    """Show a parcel: what is in it for whom, its variants, its versions."""
    session, who = reader()
    row, reads = own_parcel(parcel_id), current_reader()
    foods = query.parcel_foods(session, who.depot_id, row)
    versions = query.parcel_versions(session, who.depot_id, parcel_id)
    return render_template(
        "production/parcels/parcel.html",
        who=who,
        parcel=row,
        lines=[words.line_text(line, row, foods, reads, url_for) for line in row.lines],
        variants=[words.variant_text(row, diet, foods, reads, url_for) for diet in row.diets],
        versions=[
            (one, words.contents(one, reads), saved_words(one.made_at, one.person))
            for one in versions
        ],
    )


def own_parcel(parcel_id: int) -> ParcelRow:
    """Return the depot's parcel. Raises NotFound."""
    session, who = reader()
    return found_or_404(
        N_("parcel"), parcel_id, query.find_parcel(session, who.depot_id, parcel_id)
    )


def _values(row: ParcelRow) -> dict[str, Any]:
    _session, who = reader()
    return form_values(row, who.depot.weight_unit)


def _context(form: Form, row: ParcelRow | None) -> dict[str, Any]:
    filled = [int(name.split("-")[1]) for name in form.values if name.startswith("lines-")]
    return goods_choices() | {
        "parcel": row,
        "lines": range(max(LINES, max(filled, default=-1) + 3)),
    }


def _save(form: ParcelForm, who: Actor) -> Outcome[SavedParcel]:
    units = units_of(catalog.item_names(current_session(), who.depot_id, with_loose=True))
    return save_parcel(parcel_command(form, units, who.depot.weight_unit), who)


def _saved_sentence(outcome: Outcome[SavedParcel]) -> str:
    values = {"parcel": outcome.answer.name, "version": outcome.answer.version}
    return str(_("Saved: %(parcel)s, version %(version)s.", **values))


EDITOR: Final = Editor(
    key="parcel_id",
    find=own_parcel,
    blank=dict,
    values=_values,
    schema=parcel_form,
    save=_save,
    template="production/parcels/edit_parcel.html",
    context=_context,
    after=lambda outcome: url_for("production.parcel", parcel_id=outcome.answer.id),
    sentence=_saved_sentence,
)
