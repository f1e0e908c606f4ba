"""The depot's own settings. For coordinators."""

from __future__ import annotations

from functools import partial
from zoneinfo import available_timezones

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields

from blueprints.frame.fields import Choice, Text, ToldSchema, WholeNumber, WriteSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import Language, current_reader, known_language
from blueprints.frame.web import show_message
from depot.kernel.once import AnyOutcome
from depot.papers.paper import SIZES
from depot.people.commands.depots import SaveDepot, save_depot
from depot.words import figures


class SettingsSchema(ToldSchema, WriteSchema):
    """The depot's settings."""

    makes = SaveDepot

    class Meta:
        exclude = ("occurred_at",)

    name = Text(required=True)
    time_zone = fields.String(required=True)
    week_start = WholeNumber(required=True, least=1, most=7)
    weight_unit = Choice(("kg", "lb"), required=True)
    paper_size = Choice(SIZES, required=True)
    date_order = Choice(("", "dmy", "mdy"), load_default="")
    language = Language(load_default="")
    needs_second_factor = fields.Boolean(load_default=False)


def edit() -> ResponseReturnValue:
    """Show what is set now."""
    depot = actor().depot
    values = {
        "name": depot.name,
        "time_zone": depot.time_zone,
        "week_start": str(depot.week_start),
        "weight_unit": depot.weight_unit,
        "paper_size": depot.paper_size,
        "date_order": depot.date_order,
        "language": known_language(depot.language),
        "needs_second_factor": "yes" if depot.needs_second_factor else "",
    }
    return _page(Form(values))


def _page(form: Form) -> str:
    names = figures.weekdays(current_reader())
    return show_form(
        "settings/edit.html",
        form,
        zones=sorted(available_timezones()),
        sizes=[("A4", _("A4")), ("Letter", _("US Letter"))],
        orders=[
            ("", _("As is usual in your country")),
            ("dmy", _("The day first, then the month")),
            ("mdy", _("The month first, then the day")),
        ],
        days=[(str(number), name) for number, name in names.items()],
    )


def save() -> ResponseReturnValue:
    """Save the settings."""
    languages = current_app.config["DEPOT"].languages
    save = partial(save_depot, languages=languages)
    return submit_form(SettingsSchema(form=True), save, done=_saved, again=_page)


def _saved(_outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(_("The settings are saved."))
    return redirect(url_for("settings.edit"), 303)
